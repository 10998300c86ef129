"""Calendar dates: day and month, month, year, season, feast (contract §4)."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from harmledger.extract.times.calendar import (
    add_days,
    latest_day,
    make_date,
    month_end,
)
from harmledger.extract.times.parts import (
    PART_FIRSTS,
    PARTS,
    not_beyond,
    part_of_month,
    part_word,
    year_of,
)
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
    DAY,
    MONTH,
    MONTH_FIRSTS,
    NUMBER,
    ORDINAL_DAY,
    SPELLED_DAY,
    SPELLED_DAY_FIRSTS,
    WEEKDAY,
    WEEKDAY_ANY,
    WEEKDAY_FIRSTS,
    YEAR,
    day_number,
    is_month_name,
    month_number,
    small_number,
    weekday_number,
)
from harmledger.lexicon.numbers import load_number_words
from harmledger.lexicon.times import load_time_words

_WORDS = load_time_words()
_COUNTED = load_number_words().kinds.death_numbers
_REL = r"\s+(?:of\s+)?(?P<rel>this|last)\s+year"
_YEAR_TAIL = (
    rf"(?:,?\s+(?:of\s+)?(?P<year>{YEAR})|{_REL}|\s+['’]?(?P<yy>\d{{2}})(?![\w.,:]\d|\w|\s*%))?"
)
_WD_HEAD = rf"(?:(?P<wd>{WEEKDAY_ANY})(?:['’]s)?(?:,\s*|\s+|\s*\()(?:the\s+)?)?"


def _read_day(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "9 March 2022", "March 9", "Wednesday, 9 March"."""
    written, day = match.group("month"), day_number(match.group("day"))
    if not is_month_name(written, scene, match.end("month")) or _counts(match, scene):
        return None
    if scene.word_after(match.end()) in _WORDS.named_after_days:
        return None
    month = month_number(written)
    year = year_of(match, scene)
    if year is not None:
        found = make_date(year, month, day)
    elif scene.published is None:
        return unanchored("date")
    else:
        found = latest_day(month, day, scene.published)
    if found is None:
        return unanchored("no_such_day")
    weekday = match.groupdict().get("wd")
    rule = "date"
    if weekday and weekday_number(weekday) != found.weekday():
        rule = "weekday_conflict"
    return days(rule, found, found, anchored=year is None or bool(match.groupdict().get("rel")))


def _counts(match: re.Match[str], scene: Scene) -> bool:
    """ "In March 12 people were killed" names a month and counts people."""
    if match.end("day") != match.end() or match.start("day") < match.start("month"):
        return False
    before = scene.word_before(match.start())
    said = before in {"in", "since", "last", "late", "early"} or _MONTH_TO.search(
        scene.text[max(scene.start, match.start() - 40) : match.start()]
    )
    return bool(said) and scene.word_after(match.end()) in _COUNTED


_MONTH_TO = re.compile(
    rf"\b(?:{MONTH})(?:\s+{YEAR})?\s+(?:and|to|until|through)\s+$", re.IGNORECASE
)
""" "Between January and April 12 people were killed"."""


_NUMBERED = re.compile(
    r"\b(?:no\.?|number|nr\.?|bulletin|update|report|issue|edition|sitrep|communiqu[eé]|volume|"
    r"vol\.?|dispatch|digest|brief|briefing|newsletter|snapshot|statement)\s*#?\s*$",
    re.IGNORECASE,
)
""" "Bulletin 3 — 5 February 2026": the number of a report, and its day."""


def _read_days(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "3 to 5 May", "May 3-5", "between 3 and 5 May", "9 and 12 March"."""
    written = match.group("month")
    if not is_month_name(written, scene, match.end("month")):
        return None
    if match.start("second") > match.start("month") and not match.groupdict().get("year"):
        counted = (
            scene.word_after(match.end()) in _COUNTED or scene.word_after(match.end()) == "people"
        )
        if match.group("joint").strip().lower() == "and" and counted:
            return None
    if _NUMBERED.search(scene.text[max(scene.start, match.start() - 24) : match.start()]):
        return None
    month, year = month_number(written), year_of(match, scene)
    first, second = (day_number(match.group(name)) for name in ("first", "second"))
    if first >= second:
        return None
    if year is None:
        if scene.published is None:
            return unanchored("date_range")
        last = latest_day(month, second, scene.published)
        year = last.year if last else None
    start = make_date(year, month, first) if year else None
    end = make_date(year, month, second) if year else None
    if not start or not end:
        return unanchored("no_such_day")
    return days("date_range", start, end, anchored=not match.groupdict().get("year"))


def _read_numeric(match: re.Match[str], scene: Scene) -> Reading | None:
    """2022-03-09, 09.03.2022, 9/3/2022 (ambiguous unless one number can be no month)."""
    if match.group("iso_year"):
        found = make_date(
            *(int(match.group(name)) for name in ("iso_year", "iso_month", "iso_day"))
        )
        return days("iso", found, found, anchored=False) if found else None
    first, second = int(match.group("one")), int(match.group("two"))
    short = match.group("long_year")
    year = int(short)
    if len(short) == 2:
        limit = scene.published.year if scene.published else 2069
        year += 2000 if 2000 + year <= limit else 1900
    readings = {make_date(year, second, first)}
    if match.group("sep") == "/":
        readings.add(make_date(year, first, second))
    found_all = readings - {None}
    if len(found_all) != 1:
        return unanchored("ambiguous_date") if found_all else None
    found = found_all.pop()
    return days("numeric", found, found, anchored=False) if found else None


def _read_month(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "March 2022", "in March", "late March", "last March", "March last year"."""
    written = match.group("month")
    part, lead = part_word(match), (match.group("lead") or "").lower()
    if not is_month_name(written, scene, match.end("month")):
        return None
    year, relative = year_of(match, scene), (match.group("relative") or "").lower()
    if year is None and not (part or lead or relative) and not _is_said_as_time(match, scene):
        return None
    month = month_number(written)
    if year is None and scene.published is None:
        return unanchored("month")
    anchored = year is None
    if year is None and scene.published:
        year = _month_year(month, lead, relative, scene.published)
    assert year is not None  # noqa: S101 - either written or counted from the publication date
    if part:
        return days("part_of_month", *part_of_month(part, year, month), anchored=anchored)
    first = date(year, month, 1)
    end = not_beyond(month_end(year, month), first, scene)
    return Reading("month", first, end, f"{year:04}-{month:02}", anchored)


def _month_year(month: int, lead: str, relative: str, published: date) -> int:
    """The year of a month named without one: the latest that has begun."""
    if relative.startswith(("last", "the previous")):
        return published.year - 1
    if relative.startswith("this"):
        return published.year
    if lead == "next":
        return published.year + (month <= published.month)
    if lead == "last":
        return published.year - (month >= published.month)
    return published.year - (month > published.month)


_TIME_WORDS = _WORDS.before_month


_UNTIL_MONTH = re.compile(
    rf"\s*(?:-|–|—|\b(?:to|until|through)\b)\s*(?:{MONTH}),?\s+{YEAR}\b", re.IGNORECASE
)
""" "January to March 2026"."""
_FROM_MONTH = re.compile(rf"\b(?:in|during|of)\s+(?:{MONTH}){DASH}$", re.IGNORECASE)
""" "in March-April"."""
_A_FIGURE = re.compile(r":\s*\d")


def _in_figures(match: re.Match[str], scene: Scene) -> bool:
    """ "142 (March: 118)": beside the figure of another month."""
    opened = scene.text[max(0, match.start() - 1) : match.start()] == "("
    return opened and _A_FIGURE.match(scene.text, match.end(), scene.end) is not None


def _is_said_as_time(match: re.Match[str], scene: Scene) -> bool:
    """A bare month needs a word of time before it: "April" may be a woman, "March" a verb."""
    if _FROM_MONTH.search(scene.text[max(scene.start, match.start() - 16) : match.start()]):
        return True
    if _UNTIL_MONTH.match(scene.text, match.end(), scene.end) or _in_figures(match, scene):
        return True
    before = scene.word_before(match.start())
    if before not in _TIME_WORDS:
        return False
    following = scene.text[match.end() : match.end() + 2]
    name_follows = len(following) == 2 and following[0] == " " and following[1].isupper()
    return not (name_follows and before in {"from", "by", "for", "to", "of", "and", "the"})


def _read_week_of_month(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "the first week of March": days 1-7; "the last two weeks of April"."""
    written = match.group("month")
    if not is_month_name(written, scene, match.end("month")):
        return None
    month, year = month_number(written), year_of(match, scene)
    anchored = year is None
    if year is None:
        if scene.published is None:
            return unanchored("week_of_month")
        year = _month_year(month, "", "", scene.published)
    which, end = match.group("which").lower(), month_end(year, month)
    week = match.group("unit").lower().startswith("week")
    number = match.group("number")
    length = (
        (small_number(number) * (7 if week else 1))
        if number
        else (7 if week else 3 if match.group("unit").lower() == "days" else 1)
    )
    if which in {"last", "final"}:
        return days("week_of_month", add_days(end, 1 - length), end, anchored=anchored)
    place = ["first", "second", "third", "fourth"].index(which)
    start = date(year, month, 1 + place * 7)
    last = min(add_days(start, length - 1), end)
    return days("week_of_month", start, last, anchored=anchored)


def _read_nth_weekday(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "the second Sunday of January"."""
    written = match.group("month")
    if not is_month_name(written, scene, match.end("month")):
        return None
    month, year = month_number(written), year_of(match, scene)
    anchored = year is None
    if year is None:
        if scene.published is None:
            return unanchored("nth_weekday")
        year = _month_year(month, "", "", scene.published)
    weekday, which = weekday_number(match.group("wd")), match.group("which").lower()
    first = date(year, month, 1)
    first = add_days(first, (weekday - first.weekday()) % 7)
    if which in {"last", "final"}:
        found = add_days(first, (month_end(year, month) - first).days // 7 * 7)
    else:
        found = add_days(first, 7 * ["first", "second", "third", "fourth"].index(which))
    return days("nth_weekday", found, found, anchored=anchored)


_AFTER_DAY = _WORDS.after_ordinal_day
_BEFORE_DAY = _WORDS.before_ordinal_day
_PART_OF = re.compile(r"\b(?:morning|afternoon|evening|night|dawn)\s+of\s+\Z", re.IGNORECASE)


def _is_bare_day(match: re.Match[str], scene: Scene) -> bool:
    """ "on the 9th", "in the night of the 9th", "since the 2nd"; not "the 9th battalion"."""
    before = scene.word_before(match.start())
    if (
        before not in _BEFORE_DAY
        and _PART_OF.search(scene.text, max(scene.start, match.start() - 16), match.start()) is None
    ):
        return False
    behind = scene.text[match.end() : match.end() + 2]
    goes_on = behind[:1] == " " and behind[1:].isalnum()
    return not goes_on or scene.word_after(match.end()) in _AFTER_DAY


def _read_day_of_month(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "on the 9th": the latest ninth on or before publication."""
    rest = match.group("rest") or match.group("of_month") or ""
    if not rest and not _is_bare_day(match, scene):
        return None
    if scene.published is None:
        return unanchored("day_of_month")
    day, here = day_number(match.group("day") or match.group("spelled")), scene.published
    back = 1 if rest.lower().endswith("last month") else 0
    for step in range(back, back + 3):
        year, month = divmod(here.year * 12 + here.month - 1 - step, 12)
        if day <= monthrange(year, month + 1)[1] and date(year, month + 1, day) <= here:
            found = date(year, month + 1, day)
            return days("day_of_month", found, found)
    return None


def _read_weekday_and_day(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "Monday 28" with no month, as a diary heads its days: the last such day. Not "On Monday 28
    people died": nothing counted follows, and the weekday has to agree."""
    here, behind = scene.published, scene.text[match.end() : scene.end].lstrip()[:1]
    if here is None or behind.isalnum():
        return None
    day, weekday = day_number(match.group("day")), weekday_number(match.group("wd"))
    for step in range(3):
        year, month = divmod(here.year * 12 + here.month - 1 - step, 12)
        found = make_date(year, month + 1, day)
        if found is not None and found <= here and found.weekday() == weekday:
            return days("date", found, found)
    return None


ABSOLUTE: tuple[Rule, ...] = (
    make_rule(
        "weekday_and_day",
        WEEKDAY_FIRSTS,
        rf"(?P<wd>{WEEKDAY_ANY}),?\s+(?:the\s+)?(?P<day>{DAY})(?![.,:]\d)",
        _read_weekday_and_day,
    ),
    make_rule(
        "dmy",
        f"{DIGITS} the {WEEKDAY_FIRSTS} {SPELLED_DAY_FIRSTS}",
        rf"{_WD_HEAD}(?:the\s+)?(?P<day>{DAY}|{SPELLED_DAY}(?=\s+(?:day\s+)?of))(?:\s+(?:day\s+)?of)?[\s-]+(?P<month>{MONTH}){_YEAR_TAIL}",
        _read_day,
    ),
    make_rule(
        "mdy",
        f"{MONTH_FIRSTS} {WEEKDAY_FIRSTS}",
        rf"{_WD_HEAD}(?P<month>{MONTH})\s*(?:the\s+)?(?P<day>{DAY})(?![.,:]\d)(?:,?\s+(?P<year>{YEAR})|{_REL})?",
        _read_day,
    ),
    make_rule(
        "days_month",
        f"{DIGITS} between from the {WEEKDAY_FIRSTS}",
        rf"(?:(?:between|from)\s+)?(?:the\s+)?(?:{WEEKDAY},?\s+)?(?P<first>{DAY})(?:,\s*{DAY}){{0,6}},?(?P<joint>{DASH}|/|\s+(?:to|and|until|or|through)\s+(?:the\s+)?)"
        rf"(?:{WEEKDAY},?\s+)?(?P<second>{DAY})(?:\s+of)?\s+(?P<month>{MONTH}){_YEAR_TAIL}",
        _read_days,
    ),
    make_rule(
        "month_days",
        f"{MONTH_FIRSTS} between from",
        rf"(?:(?:between|from)\s+)?(?P<month>{MONTH})\s+(?P<first>{DAY})(?:,\s*{DAY}){{0,6}},?"
        rf"(?P<joint>{DASH}|\s+(?:to|and|until|or|through)\s+)(?P<second>{DAY})(?![.,:]\d)(?:,?\s+(?P<year>{YEAR}))?",
        _read_days,
    ),
    make_rule(
        "numeric",
        DIGITS,
        r"(?:(?P<iso_year>(?:1[89]|20)\d{2})(?P<iso_sep>[-/.])(?P<iso_month>\d{1,2})(?P=iso_sep)(?P<iso_day>\d{1,2})(?:T[\d:.+Z-]*)?"
        r"|(?P<one>\d{1,2})(?P<sep>[/.-])(?P<two>\d{1,2})(?P=sep)(?P<long_year>\d{4}|\d{2}))",
        _read_numeric,
    ),
    make_rule(
        "month",
        PART_FIRSTS + " last this next past " + MONTH_FIRSTS,
        rf"{PARTS}(?:(?P<lead>last|this|next|this\s+past)\s+)?(?P<month>{MONTH})"
        rf"(?:,?\s+(?:of\s+)?(?P<year>{YEAR})|\s*['’](?P<yy>\d{{2}})(?!\w)"
        rf"|\s+(?:of\s+)?(?P<relative>last\s+year|this\s+year|the\s+previous\s+year))?",
        _read_month,
    ),
    make_rule(
        "week_of_month",
        "the first second third fourth last final",
        rf"(?:the\s+)?(?P<which>first|second|third|fourth|last|final)\s+(?:(?P<number>{NUMBER})\s+)?(?P<unit>weeks?|days?)"
        rf"\s+(?:of|in)\s+(?P<month>{MONTH})(?:,?\s+(?P<year>{YEAR}))?",
        _read_week_of_month,
    ),
    make_rule(
        "nth_weekday",
        "the first second third fourth last final",
        rf"(?:the\s+)?(?P<which>first|second|third|fourth|last|final)\s+(?P<wd>{WEEKDAY})"
        rf"\s+(?:of|in)\s+(?P<month>{MONTH})(?:,?\s+(?:of\s+)?(?P<year>{YEAR}))?",
        _read_nth_weekday,
    ),
    make_rule(
        "day_of_month",
        "the",
        rf"the\s+(?:(?P<day>{ORDINAL_DAY})(?P<rest>\s+of\s+(?:this|last|the)\s+month)?"
        rf"|(?P<spelled>{SPELLED_DAY})(?P<of_month>\s+of\s+(?:this|last|the)\s+month))",
        _read_day_of_month,
    ),
)
