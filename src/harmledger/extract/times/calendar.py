"""Days, months and feasts: plain calendar arithmetic."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def add_days(day: date, days: int) -> date:
    """``day`` moved by ``days``, held inside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max


def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` away, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.min if months < 0 else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def make_date(year: int, month: int, day: int) -> date | None:
    """A date, or None for 31 April and the like."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def latest_day(month: int, day: int, published: date) -> date | None:
    """The latest such day on or before ``published``; None when the calendar has none."""
    for year in range(published.year, max(published.year - 9, 0), -1):
        found = make_date(year, month, day)
        if found and found <= published:
            return found
    return None


def latest_weekday(weekday: int, published: date) -> date:
    """The latest such weekday (Monday is 0) on or before ``published``."""
    return add_days(published, -((published.weekday() - weekday) % 7))


def monday_of(day: date) -> date:
    """The Monday of the week of ``day``."""
    return add_days(day, -day.weekday())


def easter_sunday(year: int, *, orthodox: bool = False) -> date:
    """Easter Sunday: the Gregorian computus, or the Julian one put into Gregorian days.

    Source: Meeus, *Astronomical Algorithms*, chapter 8.
    """
    if orthodox:
        d = (19 * (year % 19) + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        month, day = divmod(d + e + 114, 31)
        offset = year // 100 - year // 400 - 2
        return add_days(date(year, month, day + 1), offset)
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    shift = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, shift // 31, shift % 31 + 1)
