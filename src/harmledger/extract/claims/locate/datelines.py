"""Datelines: where and when a report was filed, not where and when anything happened (rule 21)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from harmledger.core.document import SeenPlace
from harmledger.extract.passage import LATELY, Passage

_DATELINE = re.compile(
    r"\s*(?:\((?:[A-Z][A-Z &]+)\)\s*)?"
    r"(?:[^a-z.!?;:]{3,90}?(?:--|—|–)"
    r"|[A-Z][A-Z’'\- ]+(?:, [\w .]+)?,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)"
    r"(?: \([^)]{2,40}\))?\s*(?:--|—|–|-)"
    r"|(?P<mark>[*_]{1,2})[A-Z][^*_\n.:;]{2,50}\b\d{1,4}(?P=mark)\s*(?:--|—|–|-)"
    r"|[*_]{0,2}(?i:correct(?:ion|ed)|corrigendum|erratum|clarification)\b[^:\n]{0,50}\d[^:\n]{0,12}:(?!\d)"
    r"|[A-Z][\w ,]{2,40}\([^)]{2,40}\)\s*(?:--|—|–|-)"
    r"|\([A-Z][^()]{2,40}\b\d{1,2}\b[^()]{0,12}\)\s*(?:--|—|–|-)"
    r"|[A-Z]{2}[A-Z’'\- ]+(?:, [A-Z][\w.]*(?: (?:[A-Z][\w.]*|of|the|and))*)?\.?\s*(?:--|—|–)\s)"
    r"(?:\s*\[[A-Z ]+\])*"
)


_TOWN_AND_DASH = re.compile(
    r"\s*(?:[A-Z][\w'’.]+)(?:,? [A-Z][\w'’.]+){0,4}(?: \([^)]{2,40}\))?(?: [–—-] | ?(?:--|—) ?)"
    r"(?=[A-Z0-9“\"])"
)
""" "Addis Abeba – The commission said": a town in small letters, or the label of a line."""


def no_grammar_length(text: str) -> int:
    """How many code points before a dash open a sentence and are no part of its grammar: a
    dateline, or a label, which may well say where it happened."""
    match = _TOWN_AND_DASH.match(text)
    return max(dateline_length(text), match.end() if match is not None else 0)


def dateline_length(text: str) -> int:
    """How many code points of a sentence are its dateline; 0 when it has none."""
    match = _DATELINE.match(text)
    return match.end() if match is not None else 0


@lru_cache(LATELY)
def dateline_end(passage: Passage) -> int:
    """Where the dateline of a passage ends, in the document; its start when it has none."""
    length = dateline_length(passage.text)
    town = None if length or passage.kind != "paragraph" else _TOWN_AND_DASH.match(passage.text)
    if town is not None and any(s.start >= passage.start + town.end() for s in passage.places):
        length = town.end()  # the town of "Maiduguri – Fighters killed 11 in Mafa"
    return passage.start + length


def without_filed(text: str, seen: Sequence[SeenPlace]) -> tuple[SeenPlace, ...]:
    """The places of a document but those of its datelines."""
    return tuple(s for s in seen if not _is_filed(text, s))


def _is_filed(text: str, seen: SeenPlace) -> bool:
    line = text.rfind("\n", 0, seen.start) + 1
    match = _DATELINE.match(text, line)
    return match is not None and seen.end <= match.end()
