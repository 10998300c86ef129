"""Durations to the report day, open starts, days told from an event (reading rule 22)."""

from __future__ import annotations

import re

from harmledger.extract.times.relative import back_from
from harmledger.extract.times.scene import (
    DIGITS,
    Reading,
    Rule,
    Scene,
    days,
    make_rule,
    unanchored,
)
from harmledger.extract.times.shifting import ON_WEEKDAY, shift_day
from harmledger.extract.times.words import (
    MONTH,
    NUMBER,
    NUMBER_FIRSTS,
    PART,
    VAGUE,
    VAGUE_FIRSTS,
    WEEKDAY,
    any_of,
    small_number,
    weekday_number,
)
from harmledger.lexicon.numbers import load_number_words
from harmledger.lexicon.times import load_time_words

_WORDS = load_time_words()
_ORDINALS = load_number_words().ordinals


def open_start(rule: str, scene: Scene) -> Reading:
    """A state that began on no stated day and lasts to the report day."""
    if scene.published is None:
        return unanchored(rule)
    return Reading(rule, None, scene.published, f"../{scene.published.isoformat()}", True)


def _read_lasting(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "nine-day siege": nine calendar days that end on the report day."""
    if scene.published is None:
        return unanchored("lasting")
    if _is_of_another_year(match, scene) or _is_age(match, scene):
        return None
    number = match.group("number")
    if number is None and match.group("unit").lower().endswith("s"):
        return open_start("lasting", scene)
    count = small_number(number) if number else 1
    start = back_from(scene.published, count, match.group("unit").lower().rstrip("s"))
    if match.group("unit").lower() == "day" and count == 1:
        start = scene.published
    return days("lasting", start, scene.published)


_YEAR_BEFORE = re.compile(
    r"\b(?:in|of|the) ((?:19|20)\d\d),?(?: [a-z'\d]+){0,2}[ -]\Z", re.IGNORECASE
)


_OF_AN_AGE = re.compile(
    r"\byear[-‐‑]old\s+(?:\S+\s+)+(?:fighting|shelling|bombing)\Z", re.IGNORECASE
)
_SOMEBODY = re.compile(
    r"\s+(?:reporter|correspondent|photographer|veteran|widow|orphan|surgeon|survivor|victim|"
    r"refugee|hero|activist|monitor|leader)s?\b",
    re.IGNORECASE,
)


def _is_age(match: re.Match[str], scene: Scene) -> bool:
    """ "A 24-year-old barmaid fighting for her life", "a 60-year-old war veteran": of a person."""
    if "old" not in match.group().lower():
        return False
    somebody = _SOMEBODY.match(scene.text, match.end())
    return somebody is not None or _OF_AN_AGE.search(match.group()) is not None


def _is_of_another_year(match: re.Match[str], scene: Scene) -> bool:
    """ "In 2020 the six-week war": of a year long over, and no length up to today."""
    year = _YEAR_BEFORE.search(scene.text, max(scene.start, match.start() - 40), match.start())
    return year is not None and scene.published is not None and int(year[1]) < scene.published.year


def _read_into(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "two weeks into the siege": the state began 7N days back."""
    here = scene.published
    if here is None:
        return unanchored("into")
    count, unit = small_number(match.group("number")), match.group("unit").lower().rstrip("s")
    start = shift_day(here, -count, unit)
    return days("into", start, here)


def _read_for(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "for days": an open start. "have been cut off for nine days": up to the report day."""
    number = match.group("number")
    if number is None:
        return open_start("for_days", scene)
    before = scene.text[max(scene.start, match.start() - 80) : match.start()].lower()
    if not _PERFECT.search(before) or scene.word_after(match.end()) in {"in", "before", "after"}:
        return None
    if scene.published is None:
        return unanchored("for_number")
    unit = match.group("unit").lower().rstrip("s")
    return days(
        "for_number", back_from(scene.published, small_number(number), unit), scene.published
    )


_PERFECT = re.compile(r"\b(?:has|have|'ve|’ve)\b[^.;]*+$")


def _read_nth_day(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "for a third straight day": three days, the last one the report day."""
    if scene.published is None:
        return unanchored("nth_day")
    count = _ORDINALS[match.group("ordinal").lower()]
    unit = match.group("unit").lower()
    return days("nth_day", back_from(scene.published, count, unit), scene.published)


def _read_since_event(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "since the invasion", "since the war began": an open start when no date follows."""
    return open_start("since_event", scene)


def _read_told(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "two days after …", "a week later": told from an event, anchored by a date beside it."""
    number, vague = match.group("number"), match.group("vague")
    unit = match.group("unit").lower().rstrip("s")
    count = small_number(number or vague) if number or vague else 1
    several = not (number or vague) and match.group("unit").lower().endswith("s")
    if several and unit not in {"minute", "hour"}:  # "hours later" is still that day
        return Reading("relative_to_event")
    where = match.group("where").lower()
    told = match.group("told") or where in {"afterwards", "afterward", "beforehand", "on"}
    side = where.split()[0]
    if told or side == "previously":  # "three days before that", "a day afterwards"
        side = "earlier" if side in {"before", "beforehand", "prior", "previously"} else "later"
    kind = {"prior": "before", "following": "after"}.get(side, side)
    return Reading("relative_to_event", shift=(count, unit, kind))


def _read_nothing(match: re.Match[str], scene: Scene) -> Reading | None:
    """A phrase of time that fixes no day: "day 12", "a two-day attack", "previously"."""
    return unanchored("no_day")


_WITHIN = re.compile(r"(?:earlier|later|early|late) .*\b(?:that|same|in the)\b")
""" "earlier in the day", "later that evening"; "early the next morning" is of the day after."""


def _read_neighbour(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "the following day", "the day before", "that night", "earlier in the day"."""
    low = match.group().lower()
    if low.endswith(
        ("week before", "month before", "year before", "fortnight before", "fortnight")
    ):
        return Reading("relative_to_event")  # before the period that is counted
    if low.endswith(("week", "month", "year")):
        shift = (0, f"whole {low.split()[-1]}", "later")
    elif "same" in low or low.startswith("that") or _WITHIN.match(low) is not None:
        shift = (0, "day", "later")
    elif "previous" in low or low.endswith("before"):
        shift = (1, "day", "before" if low.endswith("before") else "earlier")
    elif low.startswith(("the eve", "eve")):
        shift = (1, "day", "before")
    else:
        shift = (1, "day", "after" if low.endswith("after") else "later")
    return Reading("relative_to_event", shift=shift)


def _read_that_followed(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "In the week that followed", "over the following nine days", "26 in the seven days before":
    told from an incident, or from a period."""
    return Reading("relative_to_event")


def _read_next_whole(match: re.Match[str], scene: Scene) -> Reading | None:
    """ "the following Tuesday", "the previous weekend", "the month after"."""
    unit = match.group("unit").lower()
    later = (match.group("side") or match.group("behind")).lower() in {"following", "next", "after"}
    if match.group("wd"):
        unit = f"{ON_WEEKDAY}{weekday_number(match.group('wd'))}"
    elif unit != "weekend":
        if not later:
            return Reading("relative_to_event")  # before the period that is counted
        unit = f"whole {unit}"
    return Reading("relative_to_event", shift=(1, unit, "later" if later else "earlier"))


_COUNT = rf"(?:(?P<number>{NUMBER})|(?P<vague>{VAGUE}))"
_UNITS = r"(?P<unit>(?:minute|hour|day|night|week|fortnight|month|year|decade)s?)"
_LONG = any_of(_WORDS.lasting)
_NOT_LASTING = r"(?:after|before|into|of|in|ago|later|earlier|since|when|as)\b"
_COUNT_FIRSTS = f"{DIGITS} {NUMBER_FIRSTS} {VAGUE_FIRSTS}"

EVENTS: tuple[Rule, ...] = (
    make_rule(
        "length",
        _COUNT_FIRSTS,
        rf"{NUMBER}-(?:day|night|week|month|year)(?:-long)?\s+(?:(?!{_NOT_LASTING})\w+\s+){{0,2}}?(?:{any_of(_WORDS.over)})",
        _read_nothing,
    ),
    make_rule(
        "nth_day_of",
        "the day week",
        rf"(?:the\s+(?:{any_of(_ORDINALS)}|\d+(?:st|nd|rd|th))\s+(?:day|night|week|month)\s+of"
        rf"(?:\s+(?:the\s+)?(?!{MONTH})\w+)?|(?:day|week)\s+{NUMBER}(?!\s*(?:[-‐‑–—]|to|and|until|through)\s*\d|\s+{MONTH}))",
        _read_nothing,
    ),
    make_rule(
        "vague_past",
        "previously formerly at some long earlier",
        r"(?:previously|formerly|at\s+the\s+time|some\s+time\s+ago|long\s+ago|earlier\s+in\s+the\s+(?:week|month|year))",
        _read_nothing,
    ),
    make_rule(
        "lasting",
        f"{_COUNT_FIRSTS} day days week weeks month months year years",
        rf"(?:(?P<number>{NUMBER})[\s-]*)?(?P<unit>(?:day|night|week|month|year)s?)"
        rf"(?:-(?:long|old)\s+|\s*+(?<=[^s]\s)|\s+of\s+)(?:(?!{_NOT_LASTING})\w+\s+){{0,2}}?(?:{_LONG})",
        _read_lasting,
    ),
    make_rule(
        "into",
        _COUNT_FIRSTS,
        rf"(?P<number>{NUMBER})\s+(?:full\s+)?(?P<unit>(?:day|week|fortnight|month|year)s?)\s+into",
        _read_into,
    ),
    make_rule(
        "for_days",
        "for",
        rf"for\s+(?:(?P<number>{NUMBER})\s+|(?:many\s+|several\s+|some\s+)?)(?:straight\s+|consecutive\s+|full\s+)?"
        r"(?P<unit>(?:day|week|month|year)s)",
        _read_for,
    ),
    make_rule(
        "nth_day",
        "for",
        rf"for\s+(?:a|the)\s+(?P<ordinal>{any_of(_ORDINALS)})\s+(?:(?:straight|consecutive|successive|full)\s+)?"
        r"(?P<unit>day|night|week|month)",
        _read_nth_day,
    ),
    make_rule(
        "since_event",
        "since",
        rf"since\s+(?:[\w'’-]+\s+){{0,6}}?(?:{any_of(_WORDS.since_events)})",
        _read_since_event,
    ),
    make_rule(
        "told_from",
        f"{_COUNT_FIRSTS} hours minutes days weeks months years",
        rf"(?:{_COUNT}\s+)?{_UNITS}\s+(?P<where>after(?:wards?)?|before(?:hand)?|later|earlier|previously|following"
        rf"|prior\s+to|on(?=,))(?:\s+on(?!,)|(?P<told>\s+(?:that|this)(?=\s*[,.;:]|\s+{NUMBER})))?",
        _read_told,
    ),
    make_rule(
        "that_followed",
        "the",
        rf"the\s+(?:(?:following|ensuing|subsequent|next)\s+{NUMBER}\s+(?:days|weeks|months)"
        rf"|(?:{NUMBER}\s+)?(?:days|weeks?|fortnight|months?)\s+(?:(?:that|which)\s+followed|after\s+that)"
        rf"|(?:previous|preceding)\s+{NUMBER}\s+(?:days|weeks|months)"
        rf"|{NUMBER}\s+(?:days|weeks|months)\s+before(?=\s*[,.;:)]|\s+that\b))",
        _read_that_followed,
    ),
    make_rule(
        "next_whole",
        "the",
        rf"the\s+(?:(?P<side>following|next|previous|preceding)\s+)?"
        rf"(?P<unit>(?P<wd>{WEEKDAY})(?:\s+{PART})?|weekend|week|month|year)"
        r"(?(side)|\s+(?P<behind>before|after)(?=\s*[,.;:)]))",
        _read_next_whole,
    ),
    make_rule(
        "neighbour_day",
        "the that eve earlier later early late",
        rf"(?:that\s+(?:month|week|year)|the\s+(?:week|fortnight|month|year)\s+before(?!\s+last)"
        rf"|the\s+(?:previous|preceding)\s+fortnight|the\s+same\s+(?:month|week|year|period)"
        rf"|the\s+(?:following|next|previous|same)\s+(?:day|{PART}|afternoon)|that\s+(?:same\s+)?(?:day|{PART})"
        r"|the\s+(?:day|night|morning|evening)\s+(?:before|after)|(?:the\s+)?eve\s+of"
        r"|(?:earlier|later|early|late)\s+(?:(?:(?:in|on)\s+)?(?:that|the)\s+same|(?:in\s+|on\s+)?that|in\s+the)\s+(?:day|morning|evening|night|afternoon))",
        _read_neighbour,
    ),
)
