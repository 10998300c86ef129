"""Stretches cut out of a year, and those that end or begin on a day told with them: "the first ten
months of the year", "the week ending 21 April", "the weekend of 4 May"."""

from __future__ import annotations

import re
from datetime import date

from harmledger.extract.times.calendar import add_days, add_months, monday_of, month_end
from harmledger.extract.times.parts import half_year, not_beyond
from harmledger.extract.times.scene import (
    DIGITS,
    Reading,
    Rule,
    Scene,
    days,
    make_rule,
    unanchored,
)
from harmledger.extract.times.words import (
    NUMBER,
    NUMBER_FIRSTS,
    VAGUE,
    WEEKDAY,
    YEAR,
    small_number,
    weekday_number,
)

_QUARTERS = ("first", "second", "third", "fourth")
_A_YEAR = (
    rf"(?P<year>{YEAR}|(?:this|last|the\s+previous|the\s+past|the\s+current)\s+year|the\s+year)"
)


def _year_named(match: re.Match[str], scene: Scene) -> int | None:
    """The year of a stretch: "this year" where none is named; None without a day of publication."""
    named = " ".join((match.groupdict().get("year") or "").lower().split())
    if named.isdigit():
        return int(named)
    if scene.published is None:
        return None
    return scene.published.year - named.startswith(("last", "the previous"))


def _stretch(match: re.Match[str], scene: Scene, months: tuple[int, int], rule: str) -> Reading:
    """Months of a year. "The year" is the last one in which they have begun."""
    year = _year_named(match, scene)
    if year is None:
        return unanchored(rule)
    named = (match.groupdict().get("year") or "").isdigit()
    first, last = date(year, months[0], 1), month_end(year, months[1])
    if not named and scene.published is not None and first > scene.published:
        first, last = date(year - 1, months[0], 1), month_end(year - 1, months[1])
    return days(rule, first, not_beyond(last, first, scene), anchored=not named)


def _read_quarter(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "the first quarter of 2023", "Q1 2024", "the third quarter": January to March and so on."""
    which = (match.group("which") or "").lower()
    number = int(match.group("q") or 0) or (
        4 if which in {"last", "final"} else _QUARTERS.index(which) + 1
    )
    if not match.group("year") and scene.word_before(match.start()) not in {"in", "during", "for"}:
        return None
    if not match.group("year") and which in {"last", "final"} and scene.published is not None:
        here = scene.published.replace(day=1)
        end = add_days(add_months(here, -((here.month - 1) % 3)), -1)
        return days("quarter", add_months(end.replace(day=1), -2), end)
    month = number * 3
    return _stretch(match, scene, (month - 2, month), "quarter")


def _read_half(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "the first half of the year"."""
    first, last = half_year(f"{match.group('which').lower()} half", 2000)
    return _stretch(match, scene, (first.month, last.month), "half_year")


def _read_months(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "the first ten months of the year", "the last three months of 2023"."""
    number, which = match.group("number"), match.group("which").lower()
    count = small_number(number) if number else 1
    if not 1 <= count <= 12:
        return None
    months = (1, count) if which in {"first", "opening"} else (13 - count, 12)
    return _stretch(match, scene, months, "range")


def _read_days(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "the first 100 days of the year", "the first six weeks of 2024"."""
    year = _year_named(match, scene)
    if year is None:
        return unanchored("range")
    length = small_number(match.group("number")) * (
        7 if match.group("unit").lower().startswith("week") else 1
    )
    if match.group("which").lower() in {"last", "final"}:
        end = date(year, 12, 31)
        return days("range", add_days(end, 1 - length), end)
    first = date(year, 1, 1)
    return days("range", first, not_beyond(add_days(first, length - 1), first, scene))


_NTH = ("first", "second", "third", "fourth")


def _read_of_month(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "the first week of this month", "the second Friday of last month", "the first of the month"
    is read elsewhere: counted from the month of the report."""
    if scene.published is None:
        return unanchored("week_of_month")
    here = scene.published.replace(day=1)
    first = add_months(here, -1) if match.group("month").lower() == "last" else here
    end, which = month_end(first.year, first.month), match.group("which").lower()
    number = small_number(match.group("number")) if match.group("number") else 1
    length = number * (7 if match.group("unit").lower().startswith("week") else 1)
    if match.group("wd"):
        weekday = weekday_number(match.group("wd"))
        first = add_days(first, (weekday - first.weekday()) % 7)
        end = add_days(first, (end - first).days // 7 * 7)
    step = 7 if match.group("wd") else length
    start = (
        add_days(first, _NTH.index(which) * step) if which in _NTH else add_days(end, 1 - length)
    )
    last = min(add_days(start, length - 1), month_end(start.year, start.month))
    if start > scene.published and match.group("month").lower() == "the":
        # "the last week of the month", told in the next one
        return _read_of_month(match, scene.told_on(add_days(here, -1)))
    if start > scene.published:
        return unanchored("week_of_month")
    return days("week_of_month", start, min(last, scene.published))


def _read_same(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "the same period last year", "the same point of 2023": up to the day of the report, a year
    before; of another stretch where the sentence tells one."""
    if scene.published is None:
        return unanchored("same_of_year")
    named = match.group("year").lower()
    year = int(named) if named.isdigit() else scene.published.year - 1
    here = add_months(scene.published, 12 * (year - scene.published.year))
    if match.group("unit").lower() == "month":
        return days("same_of_year", here.replace(day=1), month_end(here.year, here.month))
    if match.group("unit").lower() == "week":
        return days("same_of_year", monday_of(here), add_days(monday_of(here), 6))
    return days("same_of_year", date(year, 1, 1), here)


def _read_span_to(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "the 24 hours to Friday", "the week ending 21 April", "the 12 months to March"."""
    number = match.group("number")
    if number is None and match.group("unit").lower().endswith("s"):
        return None
    count = small_number(number) if number else 1
    unit = match.group("unit").lower().rstrip("s")
    return Reading("relative_to_event", shift=(count, unit, "to"))


def _read_span_from(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "the week of 15 April", "the week starting 15 April", "the weekend of 4 May"."""
    kind = "of" if match.group("where").lower() == "of" else "from"
    return Reading("relative_to_event", shift=(1, match.group("unit").lower(), kind))


def span_of(first: date, last: date, shift: tuple[int, str, str]) -> tuple[date, date] | None:
    """The stretch that ends or begins on the day told with it; None where that is as long."""
    count, unit, kind = shift
    if kind == "to":
        return _back_to(last, count, unit), last
    if (last - first).days > 1:
        return (first, last) if unit == "week" else None  # "the week of 15-21 April"
    if unit == "weekend":
        saturday = add_days(monday_of(first), 5)
        return (saturday, add_days(saturday, 1)) if first.weekday() >= 4 else None
    start = monday_of(first) if kind == "of" else first
    return start, add_days(start, 6)


def _back_to(last: date, count: int, unit: str) -> date:
    """The first day: hours are counted as for the past 24 hours, a week is seven days."""
    if unit in {"hour", "minute"}:
        return add_days(last, -((count + 23) // 24))
    if unit in {"month", "year", "decade"}:
        months = count * {"month": 1, "year": 12, "decade": 120}[unit]
        return add_months(add_days(last, 1), -months)
    return add_days(last, 1 - count * {"week": 7, "fortnight": 14}.get(unit, 1))


STRETCHES: tuple[Rule, ...] = (
    make_rule(
        "quarter",
        "the first second third fourth last final q1 q2 q3 q4",
        r"(?:(?:the\s+)?(?P<which>first|second|third|fourth|last|final)\s+quarter|q(?P<q>[1-4]))"
        rf"(?:\s+(?:of\s+)?{_A_YEAR}|(?!\s+of\b))",
        _read_quarter,
    ),
    make_rule(
        "half_of_year",
        "the first second",
        rf"(?:the\s+)?(?P<which>first|second)\s+half\s+of\s+{_A_YEAR}",
        _read_half,
    ),
    make_rule(
        "months_of_year",
        "the first last final opening",
        rf"(?:the\s+)?(?P<which>first|last|final|opening)\s+(?:(?P<number>{NUMBER})\s+)?months?\s+of\s+{_A_YEAR}",
        _read_months,
    ),
    make_rule(
        "days_of_year",
        "the first last final opening",
        rf"(?:the\s+)?(?P<which>first|last|final|opening)\s+(?P<number>{NUMBER})\s+(?P<unit>days|weeks)\s+of\s+{_A_YEAR}",
        _read_days,
    ),
    make_rule(
        "of_month",
        "the first second third fourth last final",
        rf"(?:the\s+)?(?P<which>first|second|third|fourth|last|final)\s+(?:(?P<number>{NUMBER})\s+)?(?P<unit>(?P<wd>{WEEKDAY})|weeks?|days?)"
        r"\s+(?:of|in)\s+(?P<month>this|last|the)\s+month",
        _read_of_month,
    ),
    make_rule(
        "same_of_year",
        "the that",
        r"(?:the|that)\s+same\s+(?P<unit>period|point|time|stretch|months|month|week|quarter)\s+(?:of\s+|in\s+)?"
        rf"(?P<year>{YEAR}|last\s+year|the\s+previous\s+year|the\s+year\s+before|a\s+year\s+(?:earlier|ago|before))",
        _read_same,
    ),
    make_rule(
        "span_to",
        f"the hours week fortnight month year {DIGITS} {NUMBER_FIRSTS}",
        rf"(?:the\s+)?(?:(?P<number>{NUMBER})[\s-]+|(?:{VAGUE})\s+)?"
        r"(?P<unit>(?:hour|day|week|fortnight|month|year)s?)\s+"
        r"(?P<where>to|up\s+to|through|ending|ended|that\s+ended)(?:\s+on)?",
        _read_span_to,
    ),
    make_rule(
        "span_from",
        "the week weekend",
        r"(?:the\s+)?(?P<unit>weekend|week)\s+(?P<where>of|from|starting|beginning|commencing|that\s+began)(?:\s+on)?",
        _read_span_from,
    ),
)
