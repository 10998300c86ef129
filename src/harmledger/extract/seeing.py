"""Which sentences are read, and all that is seen in them, before anyone asks what they claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from harmledger.core.base import Value
from harmledger.core.document import Document, SeenPlace, Text
from harmledger.core.place import Place
from harmledger.extract.claims.drafting import draft_passage
from harmledger.extract.claims.lexica import Lexica
from harmledger.extract.claims.locate.datelines import no_grammar_length
from harmledger.extract.claims.means import find_means
from harmledger.extract.claims.scope import Setting
from harmledger.extract.claims.sites import find_sites
from harmledger.extract.language import Parser
from harmledger.extract.language.shallow import ShallowParser
from harmledger.extract.language.tree import Token, Tree
from harmledger.extract.matter import Plan, plan_beside, plan_reading
from harmledger.extract.passage import Passage, SiteMention
from harmledger.extract.places import DocumentPlaces, find_document_places
from harmledger.extract.quantities import find_figures
from harmledger.extract.tables import find_cells, find_lead, find_list_heads
from harmledger.extract.times import Written, find_days_written, parse_published
from harmledger.extract.voices import find_attributions
from harmledger.extract.voices.roster import Roster, open_roster
from harmledger.extract.voices.tables import carry_tables
from harmledger.lexicon.gazetteer import Gazetteer
from harmledger.lexicon.numbers import NumberProfile, load_number_profile

_WITHIN = Setting(violence=(1,), force=(2,), accident=(0,), sport=(0,), totals=(1, 0, 0))
"""A setting that puts no harm out of scope."""


class Seen(Value, frozen=True, kw_only=True):
    """The passages of a text that are read, in order, the places it names, and who may speak."""

    passages: tuple[Passage, ...]
    places: DocumentPlaces
    roster: Roster


class Sight:
    """Sees one text after another; holds the parsers and the gazetteer, nothing of a text."""

    def __init__(
        self,
        parser: Parser,
        gazetteer: Gazetteer,
        countries: Mapping[str, float],
        lexica: Lexica,
    ) -> None:
        self._parser = parser
        self._neighbours: Parser = ShallowParser("neighbours are read by rules")
        self._gazetteer = gazetteer
        self._countries = dict(countries)
        self._lexica = lexica
        self._profile: NumberProfile = load_number_profile("literal")

    def look(self, document: Document, text: Text, *, every: bool) -> Seen:
        """Passages with their figures, times, places and voices; of ``every`` sentence, or of
        those that can matter."""
        written = find_days_written(text, parse_published(document.published_at))
        plan, known = self._plan(text, written, every=every)
        cells = find_cells(text)
        wanted = sorted({*plan.wanted, *cells})
        passages = _one_after_another(self._read(text, wanted, plan, known, written))
        # Where nothing tells a harm there is no claim, and no place is asked for.
        scanned = text.text if plan.tells or cells else ""
        trees = [p.tree for p in passages]
        places = find_document_places(scanned, trees, self._gazetteer, self._countries)
        passages = [self._placed(p, places.within(p.start, p.end)) for p in passages]
        heads = find_list_heads(text)
        roster = open_roster(passages)
        attributions = carry_tables(text, passages, find_attributions(passages, roster))
        return Seen(
            passages=tuple(
                msgspec.structs.replace(
                    p,
                    attributions=a,
                    cells=cells.get(p.index, ()),
                    silent=p.index in plan.silent and p.index not in cells,
                    heads_figures=p.index in heads,
                )
                for p, a in zip(passages, attributions, strict=True)
            ),
            places=places,
            roster=roster,
        )

    def _plan(
        self, text: Text, written: Written, *, every: bool
    ) -> tuple[Plan, dict[int, Passage]]:
        """The plan, and the passages that were needed to make it, not yet placed."""
        if every:
            numbers = range(len(text.sentences))
            return Plan(wanted=tuple(numbers), network=frozenset(numbers), tells=True), {}
        plan = plan_reading(text.text, text.sentences)
        if plan.open is None:
            return plan, {}
        known = self._parse(self._parser, text, plan.network, written)
        telling = {n for n, passage in known.items() if self._tells(passage)}
        return plan_beside(text.text, text.sentences, plan, telling), known

    def _tells(self, passage: Passage) -> bool:
        """Whether a sentence by itself, wherever it stood, would tell a harm.

        Places are not looked up yet: any word with a capital may be one.
        """
        named = msgspec.structs.replace(self._placed(passage, ()), places=_possible_places(passage))
        return bool(draft_passage(named, 0, _WITHIN, self._lexica).drafts)

    def _read(
        self,
        text: Text,
        wanted: Sequence[int],
        plan: Plan,
        known: dict[int, Passage],
        written: Written,
    ) -> list[Passage]:
        """The wanted passages, not yet placed: their trees learned where a word could matter, made
        by rules for the neighbours that only may name a speaker or a place."""
        left = [n for n in wanted if n in plan.network and n not in known]
        plain = [n for n in wanted if n not in plan.network]
        passages = {
            **known,
            **self._parse(self._parser, text, left, written),
            **self._parse(self._neighbours, text, plain, written),
        }
        return [passages[n] for n in wanted]

    def _parse(
        self, parser: Parser, text: Text, numbers: Iterable[int], written: Written
    ) -> dict[int, Passage]:
        ordered = sorted(numbers)
        spans = [text.sentences[n] for n in ordered]
        pieces = [(_for_parser(text.text[s.start : s.end]), s.start) for s in spans]
        trees = parser.parse(pieces)
        return {
            number: self._passage(text, number, tree, written)
            for number, tree in zip(ordered, trees, strict=True)
        }

    def _passage(self, text: Text, number: int, tree: Tree, written: Written) -> Passage:
        """What one sentence shows by itself; places and sites are for ``_placed``."""
        sentence = text.sentences[number]
        block = text.blocks[sentence.block]
        heading = text.blocks[block.heading] if block.heading is not None else None
        start, end = sentence.start, sentence.end
        return Passage(
            index=number,
            start=start,
            end=end,
            text=text.text[start:end],
            block=sentence.block,
            kind=block.kind,
            heading=text.text[heading.start : heading.end] if heading is not None else None,
            lead=find_lead(text, sentence.block),
            beside=_sentence_before(text, number),
            tree=tree,
            lowered=tuple(t.text.lower() for t in tree.tokens),
            lemmas=tuple(_lemma(t) for t in tree.tokens),
            figures=find_figures(text.text, start, end, self._profile),
            times=written.find_times(text.text, sentence.block, start, end),
        )

    def _placed(self, passage: Passage, places: tuple[SeenPlace, ...]) -> Passage:
        placed = msgspec.structs.replace(passage, places=places)
        return msgspec.structs.replace(placed, sites=self._sites(placed))

    def _sites(self, passage: Passage) -> tuple[SiteMention, ...]:
        """Sites that are neither part of a place name ("Port-au-Prince") nor of a weapon's
        ("car bomb")."""
        weapons = find_means(passage, self._lexica.means)
        return tuple(
            site
            for site in find_sites(passage, self._lexica.sites)
            if not any(p.start <= site.start and site.end <= p.end for p in passage.places)
            and not any(m.first <= site.first and site.last <= m.last for m in weapons)
        )


def _sentence_before(text: Text, number: int) -> str:
    """The sentence right before, unless that is a heading."""
    if number == 0:
        return ""
    sentence = text.sentences[number - 1]
    heads = text.blocks[sentence.block].kind == "heading"
    return "" if heads else text.text[sentence.start : sentence.end]


def _one_after_another(passages: Sequence[Passage]) -> list[Passage]:
    """Each with the text of the one read before it."""
    before = ["", *(p.text for p in passages)]
    return [
        msgspec.structs.replace(p, before=said)
        for p, said in zip(passages, before[:-1], strict=True)
    ]


def _possible_places(passage: Passage) -> tuple[SeenPlace, ...]:
    return tuple(
        SeenPlace(
            start=t.start, end=t.end, place=Place(as_written=t.text, name=t.text, kind="town")
        )
        for t in passage.tokens
        if t.text[:1].isupper()
    )


def _lemma(token: Token) -> str:
    """Lower-cased lemma; a plural taken for a name ("Rockets") loses its ending."""
    lemma = token.lemma.lower()
    plural = token.xpos == "NNPS" or (token.upos == "PROPN" and token.index == 0)
    return lemma[:-1] if plural and lemma.endswith("s") and len(lemma) > 3 else lemma


def _for_parser(sentence: str) -> str:
    """The sentence as a parser should see it, same length, same offsets: a dateline is no part
    of its grammar, and would be taken for the subject."""
    cut = no_grammar_length(sentence)
    return _with_dashes(" " * cut + sentence[cut:])


def _with_dashes(sentence: str) -> str:
    """A spaced hyphen is a dash; the parser reads it as a compound. Same length, same offsets."""
    return sentence.replace(" - ", " – ")
