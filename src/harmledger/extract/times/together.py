"""Time phrases of one sentence that say more together than each by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from harmledger.extract.times.calendar import add_days
from harmledger.extract.times.scene import Found, Scene, days
from harmledger.extract.times.words import NUMBER, small_number

_BEGUN = regex.compile(
    rf"(?P<number>{NUMBER})[\s-]days?\s+(?:long\s+)?[^.;:()]{{1,70}}?"
    r"\b(?:began|begun|beginning|starting|started|opened|opening|launched)\s+(?:on\s+)?(?:the\s+)?$",
    regex.IGNORECASE,
)
_LOOK_BACK = 110
_DAY_RULES = frozenset({"date", "iso", "numeric", "weekday_conflict", "feast"})
_MOST = 31
"""Days that a deed lasts; longer ones are told in weeks and months."""


def fit_together(found: Sequence[Found], scene: Scene) -> list[Found]:
    """ "a four-day sweep that began on 11 October" lasts four days; "on 9 November, during the
    Sunday Mass" is the Sunday of that date."""
    return list(_named_before(_lengthened(found, scene)))


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


def _named_before(found: Iterator[Found]) -> Iterator[Found]:
    """A weekday told after a date that falls on it is that date."""
    dates = []
    for hit in found:
        day = hit.reading.earliest
        if hit.reading.rule in _DAY_RULES and day is not None:
            dates.append(day)
        elif hit.reading.rule == "weekday" and day is not None:
            same = next((d for d in reversed(dates) if d.weekday() == day.weekday()), None)
            if same is not None and same != day:
                reading = days("weekday", same, same, anchored=hit.reading.anchored)
                hit = hit._replace(reading=reading)
        yield hit
