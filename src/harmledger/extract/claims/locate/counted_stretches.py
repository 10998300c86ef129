"""Stretches told from a day of the report: "in the week that followed", "that year"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from harmledger.core.when import When, edtf_interval
from harmledger.extract.times.scene import precision
from harmledger.extract.times.shifting import shift_day
from harmledger.extract.times.words import NUMBER, small_number

FOLLOWED = re.compile(
    rf"the (?:(?:following|ensuing|subsequent|next) )?(?:(?P<number>{NUMBER}) )?"
    r"(?P<unit>day|week|fortnight|month)(?P<more>s)?(?: (?:that|which) followed| after that)?"
)


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


def _dated(when: When, first: date, last: date, anchor: When) -> When:
    return msgspec.structs.replace(
        when,
        edtf=edtf_interval(first.isoformat(), last.isoformat()),
        earliest=first.isoformat(),
        latest=last.isoformat(),
        precision=precision(first, last),
        anchor=f"text:{anchor.as_written}",
    )
