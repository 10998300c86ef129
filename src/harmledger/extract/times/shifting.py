"""Days counted from other days: "two days later", "the following Tuesday", "the weekend before"."""

from __future__ import annotations

from datetime import date

from harmledger.core.when import edtf_interval
from harmledger.extract.times.calendar import add_days, add_months, monday_of, month_end

ON_WEEKDAY = "weekday"
"""Unit "weekday0" to "weekday6": the next, or the last, Monday to Sunday."""
_LENGTHS = {"week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "year": 12, "decade": 120}


def shift_day(day: date, count: int, unit: str) -> date:
    """``day`` moved by ``count`` units; minutes stay on it, and hours short of a day."""
    if unit == "minute":
        return day
    if unit == "hour":
        return add_days(day, int(count / 24))
    if unit in _MONTHS:
        return add_months(day, count * _MONTHS[unit])
    return add_days(day, count * _LENGTHS.get(unit, 1))


def shift_span(first: date, last: date, count: int, unit: str) -> tuple[date, date, str | None]:
    """The days ``count`` units from ``first`` to ``last``, and their EDTF. Counted in months or
    years they are as wide as these (contract §4: "two years ago" is that year)."""
    if unit.startswith(ON_WEEKDAY):
        start = end = _weekday(first, last, count, int(unit[len(ON_WEEKDAY) :]))
    elif unit == "weekend":
        start = _saturday(first, last, count)
        end = add_days(start, 1)
    elif not count and (last - first).days >= _LENGTHS["week"] - 1:
        start, end = first, last  # "that week", told of one that begins on a Sunday
    elif unit == "whole week":
        start = add_days(monday_of(first), 7 * count)
        end = add_days(start, 6)
    elif unit in {"month", "year", "whole month", "whole year"}:
        return _months(first, last, count, unit.removeprefix("whole "))
    else:
        start, end = shift_day(first, count, unit), shift_day(last, count, unit)
    return start, end, edtf_interval(start.isoformat(), end.isoformat())


def _weekday(first: date, last: date, count: int, weekday: int) -> date:
    """The first such weekday after ``last``, or the last one before ``first``."""
    if count > 0:
        return add_days(last, (weekday - last.weekday() - 1) % 7 + 1)
    return add_days(first, -((first.weekday() - weekday - 1) % 7 + 1))


def _saturday(first: date, last: date, count: int) -> date:
    """That of the weekend wholly after ``last``, or wholly before ``first``."""
    if count > 0:
        return add_days(last, (5 - last.weekday() - 1) % 7 + 1)
    saturday = add_days(first, -((first.weekday() - 5) % 7))
    return add_days(saturday, -7) if add_days(saturday, 1) >= first else saturday


def _months(first: date, last: date, count: int, unit: str) -> tuple[date, date, str | None]:
    start = shift_day(first.replace(day=1), count, unit)
    end = shift_day(last.replace(day=1), count, unit)
    if unit == "month":
        end = month_end(end.year, end.month)
        single = f"{start:%Y-%m}" if f"{start:%Y-%m}" == f"{end:%Y-%m}" else None
    else:
        start, end = date(start.year, 1, 1), date(end.year, 12, 31)
        single = f"{start.year:04}" if start.year == end.year else None
    return start, end, single or edtf_interval(start.isoformat(), end.isoformat())
