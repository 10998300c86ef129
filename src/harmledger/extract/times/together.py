"""Time phrases of one sentence that say more together than each by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from harmledger.extract.times.calendar import add_days
from harmledger.extract.times.scene import Found, Scene, days
from harmledger.extract.times.words import NUMBER, small_number

_BEGUN = re.compile(
    rf"(?P<number>{NUMBER})[\s-]days?\s+(?:long\s+)?[^.;:()]{{1,70}}?"
    r"\b(?:began|begun|beginning|starting|started|opened|opening|launched)\s+(?:on\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_EVENING = re.compile(r"(?:evening|dusk|sunset|nightfall|night|midnight)$", re.IGNORECASE)
_UNTIL_MORNING = re.compile(
    r"\s*(?:until|till|to|through|into)\s+(?:past|about|around|after|nearly|almost)?\s*"
    r"(?:\d{1,2}(?:[:.]\d{2})?\s*a\.?m\b|dawn|daybreak|sunrise|first\s+light|(?:the\s+)?morning|"
    r"(?:the\s+)?(?:early|small)\s+hours)",
    re.IGNORECASE,
)
_NIGHT_RULES = frozenset({"date", "weekday", "named_day"})
_LOOK_BACK = 110
_DAY_RULES = frozenset({"date", "iso", "numeric", "weekday_conflict", "feast"})
_MOST = 31
"""Days that a deed lasts; longer ones are told in weeks and months."""


def fit_together(found: Sequence[Found], scene: Scene) -> list[Found]:
    """ "a four-day sweep that began on 11 October" lasts four days; "from Saturday dusk until
    3 a.m." two; "on 9 November, during the Sunday Mass" is the Sunday of that date."""
    return list(_named_before(_into_the_night(_lengthened(found, scene), scene), scene))


def _lengthened(found: Sequence[Found], scene: Scene) -> Iterator[Found]:
    for hit in found:
        first, last = hit.reading.earliest, hit.reading.latest
        begun = None
        if first is not None and first == last and hit.reading.shift is None:
            begun = _BEGUN.search(scene.text[max(scene.start, hit.start - _LOOK_BACK) : hit.start])
        count = small_number(begun.group("number")) if begun else 1
        if first is None or not 1 < count <= _MOST:
            yield hit
            continue
        end = add_days(first, count - 1)
        if scene.published is not None and first <= scene.published:
            end = min(end, scene.published)
        yield hit._replace(reading=days("begun", first, end, anchored=hit.reading.anchored))


def _into_the_night(found: Iterator[Found], scene: Scene) -> Iterator[Found]:
    for hit in found:
        first, last = hit.reading.earliest, hit.reading.latest
        single = first is not None and first == last and hit.reading.rule in _NIGHT_RULES
        if not single or first is None or first == scene.published or not _lasts(hit, scene):
            yield hit
            continue
        reading = days("into_the_night", first, add_days(first, 1), anchored=hit.reading.anchored)
        yield hit._replace(reading=reading)


def _lasts(hit: Found, scene: Scene) -> bool:
    words = scene.text[hit.start : hit.end]
    return (
        _EVENING.search(words) is not None
        and _UNTIL_MORNING.match(scene.text, hit.end, scene.end) is not None
    )


_SAYING = re.compile(
    r"\b(?:said|says|told|announced|confirmed|reported|added|stated|wrote|posted|published)\b"
    r"(?:\s+\w+){0,3}\s*$",
    re.IGNORECASE,
)
_NEAR = 48
"""Characters between a date and the weekday it falls on."""


def _named_before(found: Iterator[Found], scene: Scene) -> Iterator[Found]:
    """A weekday told right after a date that falls on it is that date; not the day on which
    somebody said so."""
    dates: list[tuple[date, int]] = []
    for hit in found:
        day = hit.reading.earliest
        if hit.reading.rule in _DAY_RULES and day is not None:
            dates.append((day, hit.end))
        elif hit.reading.rule == "weekday" and day is not None:
            said = _SAYING.search(scene.text[max(scene.start, hit.start - _NEAR) : hit.start])
            same = next(
                (d for d, end in reversed(dates)
                 if d.weekday() == day.weekday() and hit.start - end <= _NEAR),
                None,
            )  # fmt: skip
            if same is not None and same != day and not said:
                reading = days("weekday", same, same, anchored=hit.reading.anchored)
                hit = hit._replace(reading=reading)
        yield hit
