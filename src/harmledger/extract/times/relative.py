"""Phrases counted from the publication date (contract §4; UCDP GED 23.1, Appendix 2)."""

from __future__ import annotations

import re
from datetime import date

from harmledger.extract.times.calendar import (
    add_days,
    add_months,
    latest_weekday,
    monday_of,
    month_end,
)
from harmledger.extract.times.parts import half_year, part_of_month, part_word
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
    DASH,
    NUMBER,
    NUMBER_FIRSTS,
    PART,
    VAGUE,
    VAGUE_FIRSTS,
    WEEKDAY,
    WEEKDAY_FIRSTS,
    small_number,
    weekday_number,
)
from harmledger.lexicon.times import load_time_words

_WORDS = load_time_words()
_SEVERAL = _WORDS.several
_DAY_OFFSETS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_NOT_A_DAY_AFTER = frozenset(["every", "each", "black", "bloody", "any", "some", "most", "many"])


def _read_named_day(match: re.Match[str], scene: Scene) -> Reading | None:
    """today, this morning, last night, the day before yesterday, the other day."""
    low = " ".join(match.group().lower().replace("-", " ").split())
    if scene.published is None:
        return unanchored("named_day")
    if "and the day before" in low:
        return days("named_day", add_days(scene.published, -2), add_days(scene.published, -1))
    if "day before yesterday" in low or "before last" in low:
        offset = -2
    elif "day after tomorrow" in low:
        offset = 2
    elif "last " in low or "other day" in low:
        offset = -1
    else:
        offset = next((n for word, n in _DAY_OFFSETS.items() if word in low), 0)
    day = add_days(scene.published, offset)
    return days("named_day", day, day)


def _read_weekday(match: re.Match[str], scene: Scene) -> Reading | None:
    """A weekday is the latest one on or before publication; "last Friday" is before it."""
    if scene.word_before(match.start()) in _NOT_A_DAY_AFTER:
        return None
    if scene.published is None or scene.word_before(match.start()) == "following":
        return unanchored("weekday")
    lead = " ".join((match.group("lead") or "").lower().split())
    weekday = weekday_number(match.group("wd"))
    if match.group("week"):
        day = add_days(monday_of(scene.published), weekday - 7)
        return days("weekday_last_week", day, day)
    day = latest_weekday(weekday, scene.published)
    if lead in {"next", "this coming", "coming"}:
        day = add_days(day, 7)
    elif (lead.startswith("last") or lead == "this past") and day == scene.published:
        day = add_days(day, -7)
    return days("weekday", day, day)


def _read_last_week_day(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "last week's Friday"."""
    return _read_weekday(match, scene)


def _read_night_between(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "night between Sunday and Monday", "Sunday night into Monday": both days."""
    if scene.published is None:
        return unanchored("night_between")
    said = match.group
    second = latest_weekday(
        weekday_number(said("second") or said("morning") or said("to")), scene.published
    )
    first = latest_weekday(weekday_number(said("first") or said("eve") or said("from")), second)
    if (second - first).days > 1:
        return None
    return days("night_between", first, second)


def _read_night_to(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "the night to Thursday": Wednesday and Thursday."""
    if scene.published is None:
        return unanchored("night_between")
    last = latest_weekday(weekday_number(match.group("second")), scene.published)
    return days("night_between", add_days(last, -1), last)


def _read_midnight(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "since midnight", "since dawn": of the report day."""
    if scene.published is None:
        return unanchored("named_day")
    return days("named_day", scene.published, scene.published)


def _read_overnight(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "overnight" alone is the night before: both days (our departure from UCDP)."""
    if scene.published is None:
        return unanchored("overnight")
    return days("overnight", add_days(scene.published, -1), scene.published)


def _read_weekend(match: re.Match[str], scene: Scene) -> Reading | None:
    """The latest Saturday and Sunday that have begun; "last weekend" one that is over."""
    if scene.published is None:
        return unanchored("weekend")
    saturday = latest_weekday(5, scene.published)
    lead = (match.group("lead") or "").lower()
    if match.group("before") or (lead == "last" and scene.published.weekday() >= 5):
        saturday = add_days(saturday, -7)
    elif lead == "next":
        saturday = add_days(saturday, 7)
    return days("weekend", saturday, add_days(saturday, 1))


def _read_this(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "this week": Monday to report day; this month, this year likewise from their first day."""
    here = scene.published
    if here is None:
        return unanchored("this_period")
    unit = match.group("unit").lower()
    start = {"week": monday_of(here), "month": here.replace(day=1)}.get(unit, date(here.year, 1, 1))
    part = part_word(match)
    if match.group().lower().startswith("later"):
        return days(f"this_{unit}", here, _end_of(here, unit))
    if part and unit in {"week", "month"}:
        return _part_of_this(part, unit, here)
    earlier = match.group().lower().startswith("earlier") and start < here
    return days(f"this_{unit}", start, add_days(here, -1) if earlier else here)


def _end_of(here: date, unit: str) -> date:
    """The last day of the week, month or year of ``here``."""
    if unit == "week":
        return add_days(monday_of(here), 6)
    return month_end(here.year, here.month if unit == "month" else 12)


def _part_of_this(part: str, unit: str, here: date) -> Reading:
    """ "early this month", "the start of the week": cut down, and not beyond the report day."""
    if unit == "week":
        first, last = (add_days(monday_of(here), n) for n in _part_of_week(part))
    else:
        first, last = part_of_month(part, here.year, here.month)
    return days(f"this_{unit}", first, max(first, min(last, here)))


def _read_last(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "last week": the previous Monday to Sunday; "last month", "last year" as such."""
    here = scene.published
    unit = match.group("unit").lower()
    if here is None:
        return unanchored(f"last_{unit}")
    back = 2 if (match.group("lead") or "").lower().startswith("before") else 1
    part = part_word(match)
    if unit == "week":
        monday = add_days(monday_of(here), -7 * back)
        first, last = _part_of_week(part)
        return days("last_week", add_days(monday, first), add_days(monday, last))
    if unit == "month":
        start = add_months(here.replace(day=1), -back)
        if part:
            return days("last_month", *part_of_month(part, start.year, start.month))
        end = month_end(start.year, start.month)
        return Reading("last_month", start, end, start.strftime("%Y-%m"), True)
    year = here.year - back
    if part.endswith("half"):
        return days("last_year", *half_year(part, year))
    return Reading("last_year", date(year, 1, 1), date(year, 12, 31), f"{year:04}", True)


def _part_of_week(part: str) -> tuple[int, int]:
    """Days of the week, Monday = 0: late is Friday to Sunday (UCDP), early and mid mirror it."""
    if part in {"early", "beginning", "start", "first half"}:
        return 0, 2
    if part in {"mid", "middle"}:
        return 2, 4
    return (4, 6) if part else (0, 6)


def _read_past(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "past 24 hours", "the last week", "past few days", "the past 12 months"."""
    here = scene.published
    if scene.word_after(match.end()) == "of" and not match.groupdict().get("number"):
        return None  # "the last hours of Monday", "the last year of the war"
    if here is None:
        return unanchored("past")
    unit = match.group("unit").lower().rstrip("s")
    number, vague = match.groupdict().get("number"), match.groupdict().get("vague")
    if unit in {"day", "night"} and vague:
        return days("recent_days", add_days(here, -_SEVERAL), add_days(here, -1))
    count = small_number(number) if number else (_SEVERAL if vague else 1)
    if vague and unit in {"hour", "minute"}:
        count = 1
    return days(f"past_{unit}s", back_from(here, count, unit), here)


def back_from(here: date, count: int, unit: str) -> date:
    """The first day of the past N units, the report day inside them."""
    if unit in {"minute", "hour"}:
        hours = count if unit == "hour" else 1
        return add_days(here, -max(1, -(-hours // 24)))
    if unit in {"day", "night"}:
        return add_days(here, -max(count - 1, 1) if unit == "day" else -count)
    if unit in {"week", "fortnight"}:
        return add_days(here, 1 - count * (7 if unit == "week" else 14))
    months = count * {"month": 1, "year": 12, "decade": 120}[unit]
    return add_days(add_months(here, -months), 1)


def _read_recent(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "recently", "in recent days": the three days before, report day excluded."""
    here = scene.published
    if here is None:
        return unanchored("recent")
    unit = (match.groupdict().get("unit") or "days").lower().rstrip("s")
    if unit == "day":
        return days("recent_days", add_days(here, -_SEVERAL), add_days(here, -1))
    return days(f"recent_{unit}s", back_from(here, 1 if unit == "hour" else _SEVERAL, unit), here)


def _read_ago(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "three days ago", "a fortnight ago", "several weeks ago", "two years ago"."""
    here = scene.published
    if here is None:
        return unanchored("ago")
    unit = match.group("unit").lower().rstrip("s")
    number, vague = match.group("number"), match.group("vague")
    count = small_number(number) if number else _SEVERAL
    if unit == "minute" or (unit == "hour" and number and count == 1):
        return days("ago", here, here)
    if unit == "hour":
        whole_days = (count + 23) // 24 if number else 1
        return days("ago", add_days(here, -whole_days), here)
    if unit == "day" and not number:
        return days("recent_days", add_days(here, -_SEVERAL), add_days(here, -1))
    if match.group("fewer") and number and unit in {"day", "week"}:
        length = 7 if unit == "week" else 1
        start = add_days(here, -count * length)
        return days(
            "ago", start, max(start, add_days(here, -small_number(match.group("fewer")) * length))
        )
    exact = match.group("exact") or match.group("day")
    if exact and unit in {"month", "year"}:
        day = add_months(here, -count * (12 if unit == "year" else 1))
        return days("ago", day, day)
    if unit in {"month", "year", "decade"}:
        return months_ago(here, count, unit)
    length = {"day": 1, "night": 1, "week": 7, "fortnight": 14}[unit]
    day = add_days(here, -count * length)
    return days("ago" if not vague else "ago_several", day, day)


def months_ago(here: date, count: int, unit: str) -> Reading:
    """Months and years ago keep their own width."""
    if unit == "month":
        start = add_months(here.replace(day=1), -count)
        end = month_end(start.year, start.month)
        return Reading("ago", start, end, start.strftime("%Y-%m"), True)
    year = max(here.year - count * (10 if unit == "decade" else 1), 1)
    return Reading("ago", date(year, 1, 1), date(year, 12, 31), f"{year:04}", True)


_COUNT = rf"(?:(?P<number>{NUMBER})|(?P<vague>{VAGUE}))"
_AGO_UNIT = r"(?P<unit>(?:minute|hour|day|night|week|fortnight|month|year|decade)s?)"
_LAST_PART = (
    r"(?:(?:the\s+)?(?P<part>early|mid|late|later|end|beginning|start|middle"
    r"|first\s+half|second\s+half)(?:\s+(?:of|in)\s+(?:the\s+)?|[\s-]+))?"
)

RELATIVE: tuple[Rule, ...] = (
    make_rule(
        "named_day",
        "today yesterday tomorrow tonight this last earlier late early later the previous",
        r"(?:(?:earlier|late|later|early)\s+(?:on\s+)?)?(?:the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow"
        rf"|(?:today|yesterday|tomorrow)(?:['’]s)?(?:\s+{PART})?(?:\s+and\s+the\s+day\s+before(?!\s+yesterday))?|tonight(?:['’]s)?"
        rf"|this\s+(?:very\s+)?{PART}|last\s+(?:night|evening)(?:['’]s)?|the\s+other\s+(?:day|night)|the\s+night\s+before\s+last)",
        _read_named_day,
    ),
    make_rule(
        "weekday",
        "early late earlier later last this next previous coming " + WEEKDAY_FIRSTS,
        r"(?:(?:early|late|earlier|later)\s+(?:on\s+)?(?:the\s+)?)?"
        r"(?:(?P<lead>last|this\s+past|this\s+coming|this|next|coming)\s+)?"
        rf"(?P<wd>{WEEKDAY})(?:['’]s)?(?:\s+(?:the\s+)?{PART}(?:['’]s)?)?"
        r"(?P<week>\s+(?:of\s+)?last\s+week)?(?:\s+(?:of\s+)?this\s+week)?",
        _read_weekday,
    ),
    make_rule(
        "last_week_day",
        "last",
        rf"(?P<week>last\s+week['’]s)\s+(?P<lead>)(?P<wd>{WEEKDAY})",
        _read_last_week_day,
    ),
    make_rule(
        "night_between",
        "the night overnight late " + WEEKDAY_FIRSTS,
        rf"(?:(?:the\s+)?(?:over)?night\s+(?:between|from|of|on|spanning)?\s*(?P<first>{WEEKDAY})(?:\s+night)?"
        rf"(?:{DASH}|/|\s+(?:and|to|into)\s+)(?:early\s+)?(?P<second>{WEEKDAY})(?:\s+{PART})?"
        rf"|(?:late\s+(?:on\s+)?)?(?P<eve>{WEEKDAY})\s+(?:night|evening)\s+(?:and\s+)?(?:to|into|through\s+to|through|until)"
        rf"\s+(?:early\s+(?:on\s+)?)?(?P<morning>{WEEKDAY})(?:\s+{PART})?"
        rf"|(?P<from>{WEEKDAY})(?:{DASH}|/|\s+to\s+)(?P<to>{WEEKDAY})\s+night)",
        _read_night_between,
    ),
    make_rule(
        "night_to",
        "the night",
        rf"(?:the\s+)?night\s+(?:to|into|before)\s+(?P<second>{WEEKDAY})",
        _read_night_to,
    ),
    make_rule("since_midnight", "since", r"since\s+(?:midnight|dawn|daybreak)", _read_midnight),
    make_rule(
        "overnight",
        "overnight during",
        r"(?:overnight|during\s+the\s+night(?!\s+(?:from|between|to|of|on)\b))",
        _read_overnight,
    ),
    make_rule(
        "weekend",
        "over the this last past next in",
        r"(?:(?:over\s+)?(?P<lead>this\s+past|the\s+past|the|this|last|past|next)\s+weekend(?:['’]s)?(?P<before>\s+before\s+last)?"
        r"|(?:in|over)\s+a\s+(?:single\s+)?weekend(?!\s+(?:in|of)\s+(?:\d|[a-z]+\s+\d)|\s+(?:interview|edition|retreat)))",
        _read_weekend,
    ),
    make_rule(
        "this_period",
        "earlier later this so early mid late",
        r"(?:(?:earlier|later|so\s+far|(?P<part>early|mid|late))\s+)?this\s+(?P<unit>week|month|year)(?:['’]s)?",
        _read_this,
    ),
    make_rule(
        "start_of_period",
        "the",
        r"the\s+(?P<part>beginning|start)\s+of\s+(?:the|this)\s+(?P<unit>week|month|year)",
        _read_this,
    ),
    make_rule(
        "last_period",
        "last early mid late later end beginning start middle the earlier",
        rf"{_LAST_PART}(?:last|the\s+previous)\s+(?P<unit>week|month|year)(?:['’]s)?(?P<lead>)",
        _read_last,
    ),
    make_rule(
        "period_before_last",
        "the",
        r"the\s+(?P<unit>week|month|year)\s+(?P<lead>before\s+last)",
        _read_last,
    ),
    make_rule(
        "past",
        "the past last over within these",
        r"(?:(?:over|within)\s+)?(?:(?:the|these)\s+(?:past|last)|past)\s+"
        rf"(?:(?P<number>{NUMBER})[\s-]+|(?P<vague>{VAGUE})\s+)?(?P<unit>(?:minute|hour|day|night|week|fortnight|month|year|decade)s?)",
        _read_past,
    ),
    make_rule(
        "last_number",
        "last over",
        rf"(?:over\s+)?last\s+(?:(?P<number>{NUMBER})[\s-]+|(?P<vague>{VAGUE})\s+)(?P<unit>(?:hour|day|night|week|month|year)s)",
        _read_past,
    ),
    make_rule("recently", "recently lately", r"(?:recently|lately)", _read_recent),
    make_rule(
        "recent",
        "recent the",
        r"(?:the\s+)?(?:most\s+)?recent\s+(?P<unit>hours|days|weeks|months|years)",
        _read_recent,
    ),
    make_rule(
        "ago",
        f"exactly {DIGITS} {NUMBER_FIRSTS} {VAGUE_FIRSTS} days hours weeks months years minutes",
        rf"(?P<exact>exactly\s+)?(?:(?P<fewer>{NUMBER})(?:\s+(?:or|to)\s+|{DASH}))?"
        rf"(?:{_COUNT}[\s-]+)?{_AGO_UNIT}\s+ago(?P<day>\s+(?:today|to\s+the\s+day))?",
        _read_ago,
    ),
)
