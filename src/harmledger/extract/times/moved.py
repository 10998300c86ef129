"""What a word before a time does to it, where the sentence says more: ends, days still to come."""

from __future__ import annotations

import re

from harmledger.extract.times.calendar import add_months, month_end
from harmledger.extract.times.scene import Found, Reading, Scene, days

_END_OF = re.compile(r"(?:the\s+)?(?:very\s+)?end\s+of\b", re.IGNORECASE)
_PARTS = frozenset({"part_of_month", "last_month", "last_week", "last_year"})
_TO_COME = re.compile(
    r"\b(?:could|may|might|will|would|won['’]t|risks?|expects?|expected|projects?|projected"
    r"|predicts?|predicted|forecasts?|if|unless)\b[^.;:]*+\Z",
    re.IGNORECASE,
)
_BOUNDS = frozenset({"by", "until", "till", "before"})
_MONTHS = frozenset({"month", "part_of_month"})
_BACK = 110


def core_of_since(word: str, core: Found, scene: Scene) -> Reading:
    """ "Since the end of April": since its last day, and not since the middle of the month."""
    reading = core.reading
    if word != "since" or reading.rule not in _PARTS or reading.latest is None:
        return reading
    if _END_OF.match(scene.text, core.start, core.end) is None:
        return reading
    return reading._replace(earliest=reading.latest)


def coming_until(word: str, core: Reading, at: int, scene: Scene) -> Reading | None:
    """ "Could die by the end of June", told in May: from the day of the report to the June to come.
    Nothing else is: "had died by the end of April" is past."""
    here = scene.published
    if word not in _BOUNDS or core.rule not in _MONTHS or not core.anchored or here is None:
        return None
    last = core.latest
    if last is None or _TO_COME.search(scene.text, max(scene.start, at - _BACK), at) is None:
        return None
    coming = add_months(last, 12) if last < here else last
    if core.rule == "month" or last == month_end(last.year, last.month):
        coming = month_end(coming.year, coming.month)
    if not 0 < (coming - here).days < 366:
        return None
    return days("coming_until", here, coming)
