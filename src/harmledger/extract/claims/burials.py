"""Graves, and bodies in them (reading rule 7): no twin claim of killed for the same bodies."""

from __future__ import annotations

import re

from harmledger.extract.claims.counting import count_phrase
from harmledger.extract.claims.draft import Draft, Note, figures_of
from harmledger.extract.harms.arguments import find_phrases
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon

_GRAVE = re.compile(
    r"\b(?:mass|common|unmarked|collective) (?:graves?|burials?)|burial pits?\b", re.I
)
_PIT = re.compile(r"\b(?:trench|pit|ditch|hole|grave)(?:es|s)?\b", re.I)
_BODIES = re.compile(r"\b(?:bodies|corpses|remains|the dead)\b", re.I)
_FILLED = re.compile(r"\b(?:fill(?:ed|ing)?|full of|contain(?:ing|ed|s)?|pushed|thrown|buried|"
                     r"lowered|piled|dumped|laid|exhumed|found|unearthed)\b", re.I)  # fmt: skip


def draft_burials(passage: Passage, persons: PersonLexicon) -> tuple[Draft, ...]:
    """A draft for the graves of the passage, and one for counted bodies in them."""
    grave = _find_grave(passage)
    if grave is None:
        return ()
    start, end, rule = grave
    head = passage.tree.top(start, end)
    if head is None:
        return ()
    counted = count_phrase(passage, head.index, persons, "graves")
    drafts = [
        Draft(
            harm="mass_burial", predicate=head.index, start=min(counted.start, start),
            end=max(end, counted.end), quantity=counted.quantity, counted=counted,
            figures=figures_of(counted), kind="burial", weak=False,
            notes=(Note(field="harm", start=start, end=end, rule=rule),),
        )
    ]  # fmt: skip
    bodies = _BODIES.search(passage.text)
    if bodies is not None:
        noun = passage.tree.at(passage.start + bodies.end() - 1)
        if noun is not None:
            drafts.extend(_bodies(passage, noun.index, persons))
    return tuple(drafts)


def speaks_of_graves(passage: Passage) -> bool:
    """Whether bodies told here lie in a grave, so that no twin claim of killed is made of them."""
    if _GRAVE.search(passage.text):
        return True
    return bool(_PIT.search(passage.text) and _FILLED.search(passage.text))


def _find_grave(passage: Passage) -> tuple[int, int, str] | None:
    match = _GRAVE.search(passage.text)
    if match is not None:
        return passage.start + match.start(), passage.start + match.end(), "burial:mass_grave"
    pit, filled = _PIT.search(passage.text), _FILLED.search(passage.text)
    definite = pit is not None and passage.text[: pit.start()].lower().endswith("the ")
    if pit is not None and not definite and filled is not None and _BODIES.search(passage.text):
        return passage.start + pit.start(), passage.start + pit.end(), "burial:pit_with_bodies"
    return None


def _bodies(passage: Passage, noun: int, persons: PersonLexicon) -> list[Draft]:
    counted = count_phrase(passage, noun, persons)
    for inner in find_phrases(passage.tree, noun, "of") if counted.figure is None else ():
        counted = count_phrase(passage, inner, persons)
    if counted.figure is None:
        return []
    return [
        Draft(
            harm="mass_burial", predicate=noun, start=counted.start, end=counted.end,
            quantity=counted.quantity, counted=counted, figures=figures_of(counted), kind="burial",
            notes=(Note(field="harm", start=counted.start, end=counted.end, rule="burial:bodies"),),
        )
    ]  # fmt: skip
