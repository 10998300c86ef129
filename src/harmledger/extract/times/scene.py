"""What a time rule sees, and what it answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import NamedTuple

from harmledger.core.when import When, edtf_interval

DIGITS = "#"
"""The first word of a rule that begins with digits."""


class Reading(NamedTuple):
    """The days a phrase names. ``anchored``: counted from the publication date."""

    rule: str
    earliest: date | None = None
    latest: date | None = None
    edtf: str | None = None
    anchored: bool = False
    anchor_text: str | None = None
    shift: tuple[int, str, str] | None = None
    """For a phrase told from an event: (how many, unit, after | before | later | same)."""


class Found(NamedTuple):
    """A time phrase of a sentence, and what it names."""

    start: int
    end: int
    reading: Reading


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence and the day it is read against."""

    text: str
    start: int
    end: int
    published: date | None

    def told_on(self, day: date | None) -> Scene:
        """The same sentence read against another day."""
        return replace(self, published=day)

    def word_before(self, index: int) -> str:
        """The lower-cased word that ends just before ``index``, or ""."""
        found = _WORD_BEFORE.search(self.text[max(self.start, index - 24) : index])
        return found.group(1).lower() if found else ""

    def word_after(self, index: int) -> str:
        """The lower-cased word that begins just after ``index``, or ""."""
        found = _WORD_AFTER.match(self.text, index, self.end)
        return found.group(1).lower() if found else ""


_WORD_BEFORE = re.compile(r"(\w+)[\s\"“‘(]*+$")
_WORD_AFTER = re.compile(r"\s*+(\w++)")

Handler = Callable[["re.Match[str]", Scene], Reading | None]


class Rule(NamedTuple):
    """A pattern tried where one of ``firsts`` begins; the handler may refuse a match."""

    name: str
    firsts: frozenset[str]
    written: str
    handler: Handler

    def match(self, text: str, at: int, end: int) -> re.Match[str] | None:
        """The rule's words at ``at``, reading no further than ``end``."""
        return _compiled(self.written).match(text, at, end)


@cache
def _compiled(written: str) -> re.Pattern[str]:
    """Compiled when first tried: most reports use few of the rules, and a start should be quick."""
    return re.compile(written, re.IGNORECASE)


def make_rule(name: str, firsts: str, pattern: str, handler: Handler) -> Rule:
    """A rule whose ``firsts`` are written as one line of words."""
    return Rule(name, frozenset(firsts.split()), pattern + r"(?!\w)", handler)


def days(rule: str, earliest: date, latest: date, *, anchored: bool = True) -> Reading:
    """A closed interval of days."""
    edtf = edtf_interval(earliest.isoformat(), latest.isoformat())
    return Reading(rule, earliest, latest, edtf, anchored)


def unanchored(rule: str) -> Reading:
    """A phrase that names no day we can compute."""
    return Reading(rule)


def precision(earliest: date | None, latest: date | None) -> int | None:
    """UCDP date_prec of an interval (GED 23.1): 1 day, 2 to six days, 3 week, 4 month, 5 longer."""
    if latest is None and earliest is None:
        return None
    if earliest is None or latest is None:
        return 5
    width = (latest - earliest).days + 1
    for limit, code in ((1, 1), (6, 2), (7, 3), (31, 4)):
        if width <= limit:
            return code
    return 5


def to_when(reading: Reading, as_written: str, published: date | None) -> When:
    """The reading as the value everybody else reads."""
    anchor = reading.anchor_text
    known = reading.earliest or reading.latest
    if anchor is None and reading.anchored and known and published:
        anchor = f"published:{published.isoformat()}"
    return When(
        as_written=as_written,
        edtf=reading.edtf,
        earliest=reading.earliest.isoformat() if reading.earliest else None,
        latest=reading.latest.isoformat() if reading.latest else None,
        precision=precision(reading.earliest, reading.latest),
        anchor=anchor,
        rule=reading.rule,
    )
