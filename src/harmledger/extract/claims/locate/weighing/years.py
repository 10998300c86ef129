"""Days and months without a year, told after a year: "on 14 June 1992 … on 19 June"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import msgspec

from harmledger.core.when import TimeHit, When, edtf_interval
from harmledger.extract.claims.locate.weighing.report import Report
from harmledger.extract.passage import Passage

_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.I)
_YEAR = re.compile(r"\d{4}")
_SAME_YEAR = re.compile(r" (?:of )?(?:the|that) (?:same )?year")
_STRETCHES = frozenset({"since", "by", "until", "till", "as_of"})
_FROM_NOW = re.compile(r"\b(?:last|this|next|past|coming|ago|previous)\b", re.I)
""" "In June last year" is counted from the report, whatever year it told before."""
_SENTENCES = 6
_LONG = 2
"""Years between publication and a year told that make it a time long before."""
_NEXT = 2
_LATELY, _AGES = 30, 180
"""Days before publication from which a bare day is of the year its paragraph tells of, and of the
year that the sentence before names; nearer ones may be of the report's own news."""


@dataclass(frozen=True, slots=True)
class YearTold:
    """The time in the year told before. ``apart``: sentences back to that year."""

    when: When
    apart: int
    same_year: bool
    long_before: bool
    passed_over: bool
    """So far back that the bare day is of that year."""


def year_told_before(report: Report, passage: Passage, hit: TimeHit, when: When) -> YearTold | None:
    """The same days in the year that the report named last; None where that changes nothing."""
    counted = (hit.when.anchor or "").startswith("published")
    if not counted or not hit.when.earliest or not _MONTH.search(hit.when.as_written):
        return None
    if _FROM_NOW.search(hit.when.as_written) is not None:
        return None
    for earlier in (passage, *report.passages_before(passage, _SENTENCES)):
        dated = [t.when for t in earlier.times if t.start < hit.start and _names_year(t.when)]
        if not dated:
            continue
        year = int((dated[-1].latest or "")[:4])
        moved = _moved(when, year, dated[-1].as_written)
        if moved is None:
            return None
        published = report.thread.published
        apart, days = passage.index - earlier.index, _days_before(published, when)
        return YearTold(
            when=moved,
            apart=apart,
            same_year=_SAME_YEAR.match(report.text.text, hit.end) is not None,
            long_before=published is not None and published.year - year > _LONG,
            passed_over=(days > _LATELY and earlier.block == passage.block)
            or (days > _AGES and apart <= _NEXT),
        )
    return None


def _days_before(published: date | None, when: When) -> int:
    if published is None or when.latest is None:
        return 0
    return (published - date.fromisoformat(when.latest)).days


def _names_year(when: When) -> bool:
    counted = (when.anchor or "").startswith("published")
    known = when.earliest is not None and when.latest is not None
    dates = when.rule not in _STRETCHES
    return known and dates and not counted and _YEAR.search(when.as_written) is not None


def _moved(when: When, year: int, told: str) -> When | None:
    """The same days of another year; None in that year already, or where it lacks the day."""
    if when.earliest is None or when.latest is None or int(when.earliest[:4]) == year:
        return None
    first, last = date.fromisoformat(when.earliest), date.fromisoformat(when.latest)
    try:
        earliest = first.replace(year=year).isoformat()
        latest = last.replace(year=year + last.year - first.year).isoformat()
    except ValueError:
        return None  # 29 February
    return msgspec.structs.replace(
        when,
        earliest=earliest,
        latest=latest,
        edtf=edtf_interval(earliest, latest),
        anchor=f"text:{told}",
    )
