"""Datelines: where and when a report was filed, not where and when anything happened (rule 21)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from harmledger.core.document import SeenPlace
from harmledger.extract.passage import LATELY, Passage
from harmledger.lexicon.harms import load_harms
from harmledger.lexicon.persons import load_persons

_DATELINE = re.compile(
    r"\s*(?:\((?:[A-Z][A-Z &]+)\)\s*)?"
    r"(?:[^a-z.!?;:]{3,90}?(?:--|—|–)"
    r"|[A-Z][A-Z’'\- ]+(?:, [\w .]+)?,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)"
    r"(?:,? (?:19|20)\d\d)?(?: \([^)]{2,40}\))?\s*(?:--|—|–|-)"
    r"|(?P<mark>[*_]{1,2})[A-Z][^*_\n.:;]{2,50}\b\d{1,4}(?P=mark)\s*(?:--|—|–|-)"
    r"|[*_]{0,2}(?i:correct(?:ion|ed)|corrigendum|erratum|clarification)\b[^:\n]{0,50}\d[^:\n]{0,12}:(?!\d)"
    r"|[A-Z][\w ,]{2,40}\([^)]{2,40}\)\s*(?:--|—|–|-)"
    r"|\([A-Z][^()]{2,40}\b\d{1,2}\b[^()]{0,12}\)\s*(?:--|—|–|-)"
    r"|[A-Z]{2}[A-Z’'\- ]+(?:, [A-Z][\w.]*(?: (?:[A-Z][\w.]*|of|the|and))*)?\.?\s*(?:--|—|–)\s)"
    r"(?:\s*\[[A-Z ]+\])*"
)


_TOWN_AND_DASH = re.compile(
    r"\s*(?:[A-Z][\w'’.]+)(?:,? [A-Z][\w'’.]+){0,4}(?:,? \d{1,2} [A-Z][a-z]{2,8}\.?| \d{1,2})?"
    r"(?:,? (?:19|20)\d\d)?(?: \([^)]{2,40}\))?(?: [–—-] | ?(?:--|—) ?)"
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
    if match is not None:
        return match.end()
    return _with_colon(text)


_AGENCY = r" ?\([A-Z][A-Za-z/]{1,20}\)"
_COLON = re.compile(
    rf"\s*(?:(?P<place>[A-Z]{{2}}[A-Z’'\- ]+(?:, [A-Z][\w. ]{{2,20}}?)?)(?:{_AGENCY})?:"
    rf"|[A-Z]\w+(?: [A-Z]\w+)?, [A-Z][a-z]{{2,8}}\.? \d{{1,2}}{_AGENCY}:?)\s+(?=\S)"
)
_LEAST = 40
"""A dateline opens a sentence that tells; behind a label stands a line."""


def _with_colon(text: str) -> int:
    """ "PESHAWAR: Two men …", "Srinagar, May 15 (PTI) Two men …". Of words in capitals those that
    tell a harm, or whom it was done to, are labels ("KILLED: …", "CIVILIANS: …")."""
    match = _COLON.match(text)
    rest = text[match.end() :] if match is not None else ""
    if match is None or len(rest) < _LEAST or rest[:_LEAST].isupper():
        return 0
    words = (match["place"] or "").lower().split()
    stems, persons = load_harms().stems, load_persons().single
    forms = {form for word in words for form in (word, word.removesuffix("s"))}
    return match.end() if forms.isdisjoint(stems) and forms.isdisjoint(persons) else 0


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
    end = text.find("\n", line)
    length = dateline_length(text[line : end if end >= 0 else len(text)])
    return seen.end <= line + length
