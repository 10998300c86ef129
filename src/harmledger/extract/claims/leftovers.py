"""What the rules leave of a sentence that may be harmed all the same: phrases to ask the head of.

A phrase is left where no rule counts its figure or tells anything of its noun; where it may be
harmed at all: people, or a kind of site; and where nothing beside it says otherwise. Where nothing
is left, the head is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from harmledger.core.base import Value
from harmledger.core.quantity import Figure
from harmledger.extract.claims.counting import Counted, count_phrase
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.hedging import guess_modality, is_negated
from harmledger.extract.claims.lexica import Lexica
from harmledger.extract.claims.objects import Objects, is_equipment
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.claims.sites import unit_of
from harmledger.extract.guard import tells_end
from harmledger.extract.language.tree import Token
from harmledger.extract.passage import Passage, SiteMention

Kind = Literal["figure", "one", "site"]
_NOT_YET = frozenset({"conditional", "predicted", "feared"})
_AGED = frozenset({"aged", "age"})
_THE_DEAD = frozenset(
    {"death", "body", "corpse", "victim", "casualty", "fatality", "remains", "wounded", "dead"}
)
_INSIDE = ("compound", "flat", "amod", "nummod", "det", "nmod:poss")
"""Relations of words inside a phrase that another word heads."""
_BESIDE = ("obl", "nmod", "advmod", "vocative")
"""Who is told of with a preposition does it, or is beside it; sites say where something happens."""


class Leftover(Value, frozen=True, kw_only=True):
    """One phrase and what it counts: a ``figure`` of people, ``one`` person, or a ``site``."""

    kind: Kind
    counted: Counted
    site: SiteMention | None = None

    @property
    def word(self) -> int:
        """The noun that heads it, or its figure."""
        return self.counted.noun


def find_leftovers(
    passage: Passage, drafts: Sequence[Draft], lexica: Lexica
) -> tuple[Leftover, ...]:
    """The phrases of a passage that no draft tells anything of, one a noun."""
    counted = [c for d in drafts for c in _counted_in(d)]
    used = {f.core for d in drafts for f in d.figures} | {
        c.figure.core for c in counted if c.figure is not None
    }
    found: dict[int, Leftover] = {}
    for left in (*_with_figure(passage, used, lexica), *_without(passage, lexica)):
        if left.word not in found and not _within(left, counted) and _open(passage, left, lexica):
            found[left.word] = left
    return tuple(found.values())


def _counted_in(draft: Draft) -> list[Counted]:
    return [draft.counted, *draft.counted.members] if draft.counted is not None else []


def _within(left: Leftover, counted: Sequence[Counted]) -> bool:
    mine = left.counted
    return any(c.start <= mine.start < c.end or mine.noun == c.noun for c in counted)


def _speaks(passage: Passage, word: int) -> bool:
    """Whether a voice of the passage is named there: who tells of harm is seldom harmed by it."""
    at = passage.tokens[word].start
    return any(
        a.source is not None and a.source[0] <= at < a.source[1] for a in passage.attributions
    )


def _with_figure(
    passage: Passage, used: set[tuple[int, int]], lexica: Lexica
) -> Iterator[Leftover]:
    for figure in passage.figures:
        if figure.kind != "count" or figure.core in used:
            continue
        counted = _count(passage, figure, lexica)
        if counted is None or figure.high == 0:  # who says that none were harmed denies it
            continue
        if _counts_people(passage, counted, figure, lexica):
            yield Leftover(kind="figure", counted=counted)


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


def _counts_people(passage: Passage, counted: Counted, figure: Figure, lexica: Lexica) -> bool:
    """A figure with people behind it, or with nothing: "11", "35 soldiers", "864 families"."""
    noun = passage.tokens[counted.noun]
    if noun.upos in {"NOUN", "PROPN"} and noun.end > figure.core[1]:
        known = is_person(passage, noun.index, lexica.persons)
        return known or passage.lemmas[noun.index] in _THE_DEAD
    first = next(t.index for t in passage.tokens if t.end > figure.core[0])
    return first == 0 or not _is_age(passage, first, lexica)


def _is_age(passage: Passage, first: int, lexica: Lexica) -> bool:
    """ "Both conscripts of 18", "a girl aged 9"; but "of 19" behind no person counts."""
    if passage.lowered[first - 1] in _AGED:
        return True
    told = passage.lowered[first - 1] == "of" and first > 1
    return told and is_person(passage, first - 2, lexica.persons)


def _without(passage: Passage, lexica: Lexica) -> Iterator[Leftover]:
    """One person, and sites. People told in the plural without a figure are left to the rules: of
    those that the head marked, most were no claim; so are villages and quarters."""
    sites = {s.noun: s for s in passage.sites}
    for token in passage.tokens:
        if token.upos not in {"NOUN", "PROPN"} or token.deprel.startswith((*_INSIDE, *_BESIDE)):
            continue
        site = sites.get(token.index)
        if site is not None:
            if site.kind == "populated_area":
                continue
            unit = unit_of(lexica.sites, passage, site)
            yield Leftover(
                kind="site", counted=count_phrase(passage, token.index, lexica.persons, unit),
                site=site,
            )  # fmt: skip
        elif _may_be_harmed(passage, token, lexica):
            counted = count_phrase(passage, token.index, lexica.persons, "persons")
            if counted.figure is None and counted.quantity.high == 1:
                yield Leftover(kind="one", counted=counted)


def _may_be_harmed(passage: Passage, token: Token, lexica: Lexica) -> bool:
    """A person who does not speak, and is no other name for one told right before ("his grandson,
    a student")."""
    if token.deprel == "appos" or not is_person(passage, token.index, lexica.persons):
        return False
    return not _speaks(passage, token.index)


def _open(passage: Passage, left: Leftover, lexica: Lexica) -> bool:
    """Whether nothing denies, foresees or ends a harm of the phrase; equipment of forces is none
    (contract §6)."""
    if left.site is not None and is_equipment(
        passage, left.site, Objects(sites=lexica.sites, people=lexica.people)
    ):
        return False
    above = predicate_of(passage, left.word)
    behind = passage.text[left.counted.start - passage.start :]
    if tells_end(behind) or tells_end(passage.tokens[above].text):
        return False
    if is_negated(passage, above, lexica.hedges):
        return False
    return guess_modality(passage, above, None, lexica.hedges)[0] not in _NOT_YET


def predicate_of(passage: Passage, word: int) -> int:
    """The verb a phrase hangs on, for voice, modality and denial; else the phrase itself."""
    above = passage.tree.head(word)
    return above.index if above is not None and above.upos in {"VERB", "AUX", "ADJ"} else word
