"""Days reckoned by weekdays and weeks, by the year to date, and from how long a state has lasted:
"two Fridays ago", "a week ago on Sunday", "nine days now", "no water in nine days"."""

from __future__ import annotations

import re
from datetime import date

from harmledger.extract.times.calendar import add_days, latest_weekday, make_date, monday_of
from harmledger.extract.times.relative import back_from, months_ago
from harmledger.extract.times.scene import (
    DIGITS,
    Reading,
    Rule,
    Scene,
    days,
    make_rule,
    unanchored,
)
from harmledger.extract.times.shifting import shift_day
from harmledger.extract.times.words import (
    MONTH,
    MONTH_FIRSTS,
    NUMBER,
    NUMBER_FIRSTS,
    ORDINAL_DAY,
    WEEKDAY,
    WEEKDAY_FIRSTS,
    YEAR,
    any_of,
    day_number,
    is_month_name,
    month_number,
    small_number,
    weekday_number,
)
from harmledger.lexicon.times import load_time_words

_WORDS = load_time_words()
_SHORT = any_of(_WORDS.weekday_abbreviations)
_BEFORE_SHORT = frozenset({"on", "late", "early", "last", "since", "until", "from", "by"})


def _read_weekdays_ago(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "two Fridays ago": the last Friday but one."""
    here = scene.published
    if here is None:
        return unanchored("ago")
    last = latest_weekday(weekday_number(match.group("wd")), add_days(here, -1))
    day = add_days(last, 7 - 7 * small_number(match.group("number")))
    return days("ago", day, day)


def _read_weeks_ago_on(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "a week ago on Sunday", "a week last Tuesday", "Sunday a week ago"."""
    here = scene.published
    if here is None:
        return unanchored("ago")
    written = match.group("wd") or match.group("before")
    count = small_number(match.group("number") or match.group("many"))
    last = add_days(here, -1) if match.group("last") else here
    day = add_days(latest_weekday(weekday_number(written), last), -7 * count)
    return days("ago", day, day)


def _read_last_week_on(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "last week, on Tuesday"."""
    if scene.published is None:
        return unanchored("weekday")
    day = add_days(monday_of(scene.published), weekday_number(match.group("wd")) - 7)
    return days("weekday_last_week", day, day)


def _read_to_date(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "the year to date"."""
    here = scene.published
    if here is None:
        return unanchored("this_period")
    unit = match.group("unit").lower()
    first = here.replace(day=1) if unit == "month" else date(here.year, 1, 1)
    return days(f"this_{unit}", first, here)


def _read_short_weekday(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "on Wed.": behind a word of time only, since "Sun" and "Wed" are words themselves."""
    if not match.group()[0].isupper() or scene.word_before(match.start()) not in _BEFORE_SHORT:
        return None
    if scene.published is None:
        return unanchored("weekday")
    day = latest_weekday(weekday_number(match.group("wd")), scene.published)
    return days("weekday", day, day)


def _read_bare_days(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "between the 9th and the 12th": the last such days. Not "the 9th and 12th floors"."""
    here, behind = scene.published, scene.text[match.end() : match.end() + 2]
    if behind[:1] == " " and behind[1:].isalnum():
        known = scene.word_after(match.end()) in _WORDS.after_ordinal_day
        if not known and not match.group("rest"):
            return None
    if here is None:
        return unanchored("date_range")
    first, second = day_number(match.group("first")), day_number(match.group("second"))
    back = (match.group("rest") or "").lower().endswith("last month")
    for step in range(int(back), 3):
        year, month = divmod(here.year * 12 + here.month - 1 - step, 12)
        start, end = make_date(year, month + 1, first), make_date(year, month + 1, second)
        if start is not None and end is not None and start < end <= here:
            return days("date_range", start, end)
    return None


def _read_between_the_years(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "Between Christmas and New Year": the last that are over."""
    if scene.published is None:
        return unanchored("feast")
    year = scene.published.year
    return days("range", date(year - 1, 12, 25), date(year, 1, 1))


def _read_now(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "nine days now without a drop from the tap": nine days that end on the report day. Not
    "who need dialysis twice a week now"."""
    return None if match.group("number").lower() in {"a", "an"} else _lasting(match, scene)


_NEVER = re.compile(
    r"(?:\b(?:no|not|nor|neither|never|nobody|nothing|none)\b|n['’]t\b)[^.;:]*+$", re.IGNORECASE
)
_PERFECT = re.compile(r"\b(?:has|have|hasn|haven)\b|['’]ve\b", re.IGNORECASE)
_BACK = 90


def _read_never_in(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "no flour has reached the town in nine days". Not "the first attack in nine days"."""
    before = scene.text[max(scene.start, match.start() - _BACK) : match.start()]
    if _NEVER.search(before) is None or _PERFECT.search(before) is None:
        return None
    return _lasting(match, scene)


_OPENS = re.compile(r"\W*(?:(?:and|but|now|so)\W+)?\Z", re.IGNORECASE)
_HAVE = re.compile(r"[^.;:]{0,90}?(?:\b(?:has|have)\b|['’]ve\b)", re.IGNORECASE)


def _read_opening_for(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "For three weeks the army has let nothing through"."""
    if _OPENS.match(scene.text[scene.start : match.start()]) is None:
        return None
    if _HAVE.match(scene.text, match.end(), scene.end) is None:
        return None
    return _lasting(match, scene)


def _lasting(match: re.Match[str], scene: Scene) -> Reading | None:
    if scene.published is None:
        return unanchored("for_number")
    count, unit = small_number(match.group("number")), match.group("unit").lower().rstrip("s")
    first = scene.published if (count, unit) == (1, "day") else None
    return days("for_number", first or back_from(scene.published, count, unit), scene.published)


_COUNT_FIRSTS = f"{DIGITS} {NUMBER_FIRSTS}"
_LENGTH = (
    rf"(?P<number>{NUMBER})\s+(?:(?:straight|consecutive|full|whole)\s+)?"
    r"(?P<unit>(?:day|week|month|year)s?)"
)


def _read_since_period(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "since the year began", "since the turn of the year"."""
    here = scene.published
    if here is None:
        return unanchored("since")
    unit = (match.group("unit") or "year").lower()
    first = {"week": monday_of(here), "month": here.replace(day=1)}.get(unit, date(here.year, 1, 1))
    return days("since", first, here)


def _read_so_far_in(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "so far in 2024", "in May so far": up to the day of the report."""
    here = scene.published
    written = match.group("one") or match.group("two")
    if here is None:
        return None
    first = date(here.year, 1, 1)
    if not written.isdigit():
        if not is_month_name(written, scene, match.end()):
            return None
        first = date(here.year, month_number(written), 1)
    elif int(written) != here.year:
        return None
    if first > here:
        return None
    return days("this_year" if written.isdigit() else "this_month", first, here)


_IT_IS = frozenset({"is", "s", "been", "now", "also", "exactly", "marks", "passed"})


def _read_units_since(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "It is a week since gunmen shot nine": a week ago. "In the two weeks since the raid": these
    two weeks, up to the day of the report."""
    here, before = scene.published, scene.word_before(match.start())
    count, unit = small_number(match.group("number")), match.group("unit").lower().rstrip("s")
    if before not in _IT_IS | {"the"}:
        return None
    if here is None:
        return unanchored("ago")
    if before == "the":
        return days(f"past_{unit}s", shift_day(here, -count, unit), here)
    if unit in {"month", "year"}:
        return months_ago(here, count, unit)
    day = shift_day(here, -count, unit)
    return days("ago", day, day)


RECKONED: tuple[Rule, ...] = (
    make_rule(
        "weekdays_ago",
        _COUNT_FIRSTS,
        rf"(?P<number>{NUMBER})\s+(?P<wd>{any_of(_WORDS.weekdays)})s\s+ago",
        _read_weekdays_ago,
    ),
    make_rule(
        "weeks_ago_on",
        f"{_COUNT_FIRSTS} {WEEKDAY_FIRSTS}",
        rf"(?:(?P<number>{NUMBER})\s+weeks?\s+(?:ago\s+(?:on\s+|(?:this\s+)?(?:past\s+)?)|(?P<last>last\s+))(?P<wd>{WEEKDAY})"
        rf"|(?P<before>{WEEKDAY})\s+(?P<many>{NUMBER})\s+weeks?\s+ago)",
        _read_weeks_ago_on,
    ),
    make_rule(
        "last_week_on",
        "last",
        rf"last\s+week,?\s+(?:late\s+|early\s+)?on\s+(?P<wd>{WEEKDAY})",
        _read_last_week_on,
    ),
    make_rule(
        "to_date", "the", r"the\s+(?P<unit>year|month)(?:\s+|-)to(?:\s+|-)date", _read_to_date
    ),
    make_rule(
        "short_weekday",
        " ".join(_WORDS.weekday_abbreviations),
        rf"(?P<wd>{_SHORT})\.?(?!\s*,?\s*\d)",
        _read_short_weekday,
    ),
    make_rule(
        "bare_days",
        "between from",
        rf"(?:between|from)\s+the\s+(?P<first>{ORDINAL_DAY})\s+(?:and|to|until|till|through)\s+(?:the\s+)?(?P<second>{ORDINAL_DAY})"
        r"(?P<rest>\s+of\s+(?:this|last|the)\s+month)?(?!\s+of\b)",
        _read_bare_days,
    ),
    make_rule(
        "between_the_years",
        "between",
        r"between\s+christmas(?:\s+day)?\s+and\s+(?:the\s+)?new\s+year(?:['’]s(?:\s+day)?)?",
        _read_between_the_years,
    ),
    make_rule(
        "so_far_in",
        f"so in {DIGITS} {MONTH_FIRSTS}",
        rf"(?:so\s+far\s+(?:in|during)\s+(?P<one>{YEAR}|{MONTH})(?!\s+\d)|(?:in\s+)?(?P<two>{YEAR}|{MONTH})\s+so\s+far)",
        _read_so_far_in,
    ),
    make_rule("units_since", _COUNT_FIRSTS, rf"{_LENGTH}\s+since(?!\s+then)", _read_units_since),
    make_rule(
        "since_period",
        "since",
        r"since\s+the\s+(?:(?P<unit>year|month|week)\s+(?:began|started)|turn\s+of\s+the\s+year)",
        _read_since_period,
    ),
    make_rule("days_now", _COUNT_FIRSTS, rf"{_LENGTH}\s+now(?!\s+\w+ing\b)", _read_now),
    make_rule("never_in", "in", rf"in\s+(?:the\s+)?{_LENGTH}", _read_never_in),
    make_rule("opening_for", "for", rf"for\s+{_LENGTH}", _read_opening_for),
)
