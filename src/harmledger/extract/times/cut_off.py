"""Sums up to a day told with their period: "61 killed this year, as of Tuesday", "the unrest, which
began on 1 May: 88 killed up to the end of July". What was counted "since" a day lasts to the day of
the report (reading rule 22)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.extract.times.scene import Found, Reading, Scene, days

_ENDS = frozenset({"as_of", "until"})
_RUNNING = frozenset({"this_year", "this_month"})
_OF_YEAR = re.compile(
    r"\b(?:in|over|during)\s+the\s+course\s+of\s+(?:the|this)\s+year\b",
    re.IGNORECASE,
)


def cut_off(found: Sequence[Found], scene: Scene) -> list[Found]:
    """Both times of such a sentence are the days from the first of the period to that day; the day
    something began stays itself. Where a sentence tells two sums, each keeps its own."""
    ends = [n for n, hit in enumerate(found) if hit.reading.rule in _ENDS and hit.reading.latest]
    if len(ends) != 1:
        return list(found)
    last = found[ends[0]].reading.latest
    periods = [n for n, hit in enumerate(found) if _runs_over(hit, found[ends[0]].reading)]
    if len(periods) > 1 or last is None or ";" in scene.text[scene.start : scene.end]:
        return list(found)
    first = found[periods[0]].reading.earliest if periods else None
    if first is None and _OF_YEAR.search(scene.text, scene.start, scene.end) is not None:
        first = last.replace(month=1, day=1)
    if first is None and found[ends[0]].reading.rule == "until":
        first = next((h.reading.earliest for h in found[: ends[0]] if _began(h, scene)), None)
    if first is None or first >= last:
        return list(found)
    reading = days("range", first, last)
    cut = {*ends, *periods}
    return [hit._replace(reading=reading) if n in cut else hit for n, hit in enumerate(found)]


_BEGAN = re.compile(r"\b(?:began|started|erupted|broke\s+out)\s+(?:on|in)\s+\Z", re.IGNORECASE)


def _began(hit: Found, scene: Scene) -> bool:
    return _BEGAN.search(scene.text, max(scene.start, hit.start - 20), hit.start) is not None


def _runs_over(hit: Found, end: Reading) -> bool:
    """A period up to the day of the report, over which the end falls."""
    first, last = hit.reading.earliest, hit.reading.latest
    if hit.reading.rule not in _RUNNING or first is None or last is None or end.latest is None:
        return False
    return first < end.latest <= last
