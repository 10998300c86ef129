"""Stretches told from a day of the report: "in the week that followed", "that year"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from harmledger.core.when import TimeHit, When, edtf_interval
from harmledger.extract.claims.locate.values import Thread
from harmledger.extract.passage import Passage
from harmledger.extract.times.scene import precision
from harmledger.extract.times.shifting import shift_day
from harmledger.extract.times.words import NUMBER, small_number

FOLLOWED = re.compile(
    rf"the (?:(?:following|ensuing|subsequent|next) )?(?:(?P<number>{NUMBER}) )?"
    r"(?P<unit>day|week|fortnight|month)(?P<more>s)?(?: (?:that|which) followed| after that)?"
)


PERIOD_BEFORE = re.compile(
    r"(?:in )?the (?:(?:previous|preceding) (?P<one>week|fortnight|month|year)"
    r"|(?P<two>week|fortnight|month|year) before)"
)


def period_before(
    when: When, period: re.Match[str], thread: Thread, passage: Passage, at: int
) -> When:
    """ "24 the week before", "33 killed in the previous fortnight": before the period that the
    sentence counts, or that the report told last; else before the report's own."""
    unit = period["one"] or period["two"]
    said = periods_told(thread, passage, at - len(period.group()))
    told = next((w for w in said if _lasts(w, unit)), None)
    if told is None or told.earliest is None:
        return when
    last = shift_day(date.fromisoformat(told.earliest), -1, "day")
    first = shift_day(shift_day(last, 1, "day"), -1, unit)
    earliest, latest = first.isoformat(), last.isoformat()
    return msgspec.structs.replace(
        when,
        edtf=edtf_interval(earliest, latest),
        earliest=earliest,
        latest=latest,
        precision=told.precision,
        anchor=f"text:{told.as_written}",
    )


def periods_told(thread: Thread, passage: Passage, before: int) -> tuple[When, ...]:
    """The times of the sentence before an expression, of its heading, and told last, in order."""
    counted = [t.when for t in passage.times if t.end < before]
    section = thread.sections.get(passage.block)
    headed = [section.when] if section is not None and section.when is not None else []
    told = [t.when for t in thread.near(passage.start) if t.end < passage.start and t.when]
    return (*counted[::-1], *headed, *told[::-1])


def _lasts(when: When, unit: str) -> bool:
    """About as long as the unit."""
    if when.earliest is None or when.latest is None:
        return False
    length = (date.fromisoformat(when.latest) - date.fromisoformat(when.earliest)).days + 1
    lengths = {"week": (6, 8), "fortnight": (13, 16), "month": (28, 31), "year": (360, 366)}
    return lengths[unit][0] <= length <= lengths[unit][1]


WENT_BEFORE = re.compile(
    rf"the (?:(?:previous|preceding) (?P<number>{NUMBER}) (?P<unit>day|week|month)s"
    rf"|(?P<count>{NUMBER}) (?P<units>day|week|month)s before)"
)


def stretch_before(when: When, before: re.Match[str], told: Sequence[When]) -> When:
    """ "19 this week, against 26 in the seven days before": before the time told last."""
    anchor = next((w for w in told if w.earliest is not None), None)
    if anchor is None or anchor.earliest is None:
        return when
    count, unit = small_number(before["number"] or before["count"]), before["unit"]
    begun = date.fromisoformat(anchor.earliest)
    first = shift_day(begun, -count, unit or before["units"])
    return _dated(when, first, shift_day(begun, -1, "day"), anchor)


def stretch_after(
    when: When, followed: re.Match[str], anchor: When | None, published: date | None
) -> When:
    """ "In the week that followed": the seven days behind it. "In the days that followed" fixes
    none; nor does what would not be over yet."""
    if anchor is None or anchor.latest is None or (followed["more"] and not followed["number"]):
        return when
    last_told = date.fromisoformat(anchor.latest)
    count = small_number(followed["number"]) if followed["number"] else 1
    first, last = shift_day(last_told, 1, "day"), shift_day(last_told, count, followed["unit"])
    if published is not None and last > published:
        return when
    return _dated(when, first, last, anchor)


def widened(told: When, unit: str) -> When:
    """ "That year", told of the spring of a year: the year; "that month", of a day: its month."""
    if told.earliest is None or told.latest is None or unit not in {"year", "month"}:
        return told
    digits = 4 if unit == "year" else 7
    period = told.earliest[:digits]
    if told.latest[:digits] != period or told.edtf == period:
        return told
    first = date.fromisoformat(told.earliest).replace(day=1)
    if unit == "year":
        first = first.replace(month=1)
    after = shift_day(first, 1, unit)
    last = shift_day(after, -1, "day")
    return msgspec.structs.replace(
        told,
        edtf=period,
        earliest=first.isoformat(),
        latest=last.isoformat(),
        precision=precision(first, last),
    )


def is_told_of_now(passage: Passage, told: TimeHit) -> bool:
    """ "Two days after gunmen shot nine, shops remain shut": two days before the report."""
    root = passage.tree.root
    if root is None or root.start < told.end:
        return False
    auxiliaries = passage.tree.children(root.index, "aux", "cop")
    return any(t.xpos in {"VBZ", "VBP"} for t in (root, *auxiliaries))


def day_of_report(published: date | None) -> When | None:
    """The day a report is published, to count from."""
    if published is None:
        return None
    day = published.isoformat()
    return When(as_written=day, edtf=day, earliest=day, latest=day)


def _dated(when: When, first: date, last: date, anchor: When) -> When:
    return msgspec.structs.replace(
        when,
        edtf=edtf_interval(first.isoformat(), last.isoformat()),
        earliest=first.isoformat(),
        latest=last.isoformat(),
        precision=precision(first, last),
        anchor=f"text:{anchor.as_written}",
    )
