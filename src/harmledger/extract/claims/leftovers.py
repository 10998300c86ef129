"""What the rules leave of a sentence that may be harmed all the same: phrases to ask the head of.

A figure of people is left where no rule counts it, no claim's words hold it and nothing beside it
says otherwise. Where nothing is left, the head is not asked. Of one person and of sites without a
figure it is not asked: beside what the rules already tell it was wrong too often.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from harmledger.core.base import Value
from harmledger.core.quantity import Figure
from harmledger.extract.claims.counting import Counted, count_phrase
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.hedging import guess_modality, is_negated
from harmledger.extract.claims.lexica import Lexica
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.guard import tells_end
from harmledger.extract.harms.arguments import find_agents, is_passive
from harmledger.extract.passage import Passage
from harmledger.lexicon.harms import load_harms

_NOT_YET = frozenset({"conditional", "predicted", "feared"})
_AGED = frozenset({"aged", "age"})
_THE_DEAD = frozenset(
    {"death", "body", "corpse", "victim", "casualty", "fatality", "remains", "wounded", "dead"}
)
_ALIVE = re.compile(r"\W+(?:\w+\W+){0,3}?(?:alive|unhurt|unharmed|safe)\b", re.I)
_LISTED = re.compile(r"\s*;")
"""Behind a figure that nothing is said of: "2 nurses; 14 injured"."""
_KNOWN = (" the ", " those ", " these ", " all ")
"""Before a figure: of whom has been told ("a spokesman cut the five to three")."""
_CITED = re.compile(r"\b(?:citing|quoting|according to|(?:account|words) of)\s*$", re.I)
_NEAR = 40
_BEREFT = frozenset({"orphan", "widow", "bereave"})


class Leftover(Value, frozen=True, kw_only=True):
    """A figure of people with the phrase that it counts."""

    counted: Counted

    @property
    def word(self) -> int:
        """The noun that heads it, or its figure."""
        return self.counted.noun


def find_leftovers(
    passage: Passage, drafts: Sequence[Draft], lexica: Lexica, *, telling: bool
) -> tuple[Leftover, ...]:
    """The phrases of a passage that no draft tells anything of, one a noun. ``telling``: harm is
    told in it or was right before, so that a figure without a noun may count people."""
    counted = [c for d in drafts for c in _counted_in(d)]
    used = {f.core for d in drafts for f in d.figures} | {
        c.figure.core for c in counted if c.figure is not None
    }
    found: dict[int, Leftover] = {}
    for left in _with_figure(passage, used, lexica, telling=telling):
        told = _within(left, counted) or _inside(left, drafts) or _leads_to(passage, left, drafts)
        if left.word not in found and not told and _open(passage, left, lexica):
            found[left.word] = left
    return tuple(found.values())


def _counted_in(draft: Draft) -> list[Counted]:
    return [draft.counted, *draft.counted.members] if draft.counted is not None else []


def _within(left: Leftover, counted: Sequence[Counted]) -> bool:
    mine = left.counted
    return any(c.start <= mine.start < c.end or mine.noun == c.noun for c in counted)


def _inside(left: Leftover, drafts: Sequence[Draft]) -> bool:
    """ "Three people, a farmer and his two sons, were killed": the words of a claim hold it."""
    return any(d.start <= left.counted.start and left.counted.end <= d.end for d in drafts)


_PHRASE = frozenset({"DET", "NUM", "PROPN", "ADJ", "PRON"})
_PARTED = re.compile(r"[,;:.()–—]|\b(?:and|or|but|while|who|whom|which|that)\b", re.I)


def _leads_to(passage: Passage, left: Leftover, drafts: Sequence[Draft]) -> bool:
    """ "Two men on a motorcycle shot dead a guard": right before the words of a claim that begin
    with what was done stand those who did it, whatever the tree makes of them."""
    for draft in drafts:
        between = passage.text[left.counted.end - passage.start : draft.start - passage.start]
        if draft.start < left.counted.end or len(between) > _NEAR or _PARTED.search(between):
            continue
        first = next((t for t in passage.tokens if t.start >= draft.start), None)
        if first is not None and first.upos not in _PHRASE:
            return True
    return False


def _with_figure(
    passage: Passage, used: set[tuple[int, int]], lexica: Lexica, *, telling: bool
) -> Iterator[Leftover]:
    for figure in passage.figures:
        if figure.kind != "count" or figure.core in used:
            continue
        counted = _count(passage, figure, lexica)
        if counted is None or figure.high == 0:  # who says that none were harmed denies it
            continue
        if passage.text[: figure.start - passage.start].lower().endswith(_KNOWN):
            continue
        if _speaks(passage, figure):
            continue
        if _counts_people(passage, counted, figure, lexica, telling=telling):
            yield Leftover(counted=counted)


def _speaks(passage: Passage, figure: Figure) -> bool:
    """ "Reuters, citing two officials, …", "by the account of two survivors": who tells it."""
    if _CITED.search(passage.text[: figure.start - passage.start]):
        return True
    sources = (a.source for a in passage.attributions if a.source is not None)
    return any(
        start <= figure.start < end
        and "," not in passage.text[start - passage.start : figure.start - passage.start]
        for start, end in sources
    )


def _count(passage: Passage, figure: Figure, lexica: Lexica) -> Counted | None:
    """The phrase of a figure, by the word that it stands on or the one that this hangs on."""
    inside = [t for t in passage.tokens if t.start < figure.core[1] and figure.core[0] < t.end]
    for token in inside[-1:]:
        above = passage.tree.head(token.index)
        numeral = token.deprel.startswith(("nummod", "compound", "amod", "det"))
        for word in (above.index if above is not None and numeral else None, token.index):
            if word is None:
                continue
            counted = count_phrase(passage, word, lexica.persons, "persons")
            if counted.figure is not None and counted.figure.core == figure.core:
                return counted
    return None


def _counts_people(
    passage: Passage, counted: Counted, figure: Figure, lexica: Lexica, *, telling: bool
) -> bool:
    """A figure with people behind it, or with nothing where harm is told: "11", "35 soldiers"."""
    noun = passage.tokens[counted.noun]
    if noun.upos in {"NOUN", "PROPN"} and noun.end > figure.core[1]:
        known = is_person(passage, noun.index, lexica.persons)
        return known or passage.lemmas[noun.index] in _THE_DEAD
    first = next(t.index for t in passage.tokens if t.end > figure.core[0])
    if not telling or _of_others(passage, figure, lexica):
        return False
    return first == 0 or not _is_age(passage, first, lexica)


def _of_others(passage: Passage, figure: Figure, lexica: Lexica) -> bool:
    """ "12 of 14 drones": of what is no person."""
    behind = [t for t in passage.tokens if t.start >= figure.core[1]][:6]
    if [t.text.lower() for t in behind[:1]] != ["of"]:
        return False
    noun = next((t for t in behind if t.upos in {"NOUN", "PROPN"}), None)
    return noun is not None and not is_person(passage, noun.index, lexica.persons)


def _is_age(passage: Passage, first: int, lexica: Lexica) -> bool:
    """ "Both conscripts of 18", "a girl aged 9"; but "of 19" behind no person counts."""
    if passage.lowered[first - 1] in _AGED:
        return True
    told = passage.lowered[first - 1] == "of" and first > 1
    return told and is_person(passage, first - 2, lexica.persons)


def _open(passage: Passage, left: Leftover, lexica: Lexica) -> bool:
    """Whether nothing denies, foresees or ends a harm of the phrase, and it does none itself."""
    above = predicate_of(passage, left.word)
    behind = passage.text[left.counted.start - passage.start :]
    if tells_end(behind) or tells_end(passage.tokens[above].text):
        return False
    end = left.counted.end - passage.start
    if _ALIVE.match(passage.text, end) or _is_bare(passage, left, end):
        return False
    if passage.lemmas[above] in _BEREFT or _does_harm(passage, left.word, above):
        return False
    if is_negated(passage, above, lexica.hedges):
        return False
    return guess_modality(passage, above, None, lexica.hedges)[0] not in _NOT_YET


def _is_bare(passage: Passage, left: Leftover, end: int) -> bool:
    """Whether it stands by itself between semicolons, so that nothing says what befell it."""
    before = passage.text[: left.counted.start - passage.start].rstrip()
    return (not before or before.endswith(";")) and _LISTED.match(passage.text, end) is not None


def _does_harm(passage: Passage, word: int, above: int) -> bool:
    """ "Two men on a motorcycle shot dead a guard": the subject of a verb whose subject harms, or
    the doer behind "by"."""
    passive = is_passive(passage.tree, above)
    if passive and word in find_agents(passage.tree, above):
        return True
    if passage.tokens[word].deprel != "nsubj" or passive:
        return False
    verbs = load_harms().verbs.get(passage.lemmas[above], ())
    return bool(verbs) and all(verb.pattern != "subject" for verb in verbs)


def predicate_of(passage: Passage, word: int) -> int:
    """The verb a phrase hangs on, for voice, modality and denial; else the phrase itself."""
    above = passage.tree.head(word)
    return above.index if above is not None and above.upos in {"VERB", "AUX", "ADJ"} else word
