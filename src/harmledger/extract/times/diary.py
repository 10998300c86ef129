"""Reports written day by day: posts with a stamp, diaries, logs. What such an entry calls "today",
"last night" or "on Sunday" is counted from its own day, not from that of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from harmledger.core.document import Block, Text
from harmledger.core.when import TimeHit
from harmledger.extract.times.finder import find_times

_OPENS = re.compile(r"(?:[^\w\n]{0,6}(?:#?\d{1,3}[.)]\s+)?)")
_DAYS = frozenset({"date", "weekday", "weekday_conflict", "iso", "numeric"})
_CLOSES = re.compile(
    r"[,\s]*(?:at\s+)?(?P<clock>\d{1,2}[:.h]\d{2}\s*(?:hrs|h|[ap]\.?m\.?)?)?\s*(?:\([^)\n]{2,30}\)\s*)?"
    r"(?:\*\*|__|[\]):.–—\n]|\Z)"
)
_CALENDAR = frozenset(
    {"date", "date_range", "month", "part_of_month", "week_of_month", "nth_weekday", "iso",
     "numeric", "weekday_conflict", "season", "feast", "range", "begun"}
)  # fmt: skip
"""Days of the calendar: without a year they are the last before publication."""
_NEAR = frozenset({"named_day", "weekday", "overnight", "night_between", "weekend"})
_LONGEST = 60
_LEAST = 2
"""So many stamps make a report one of days; a single one may be its dateline."""


class Entry(NamedTuple):
    """The day an entry is written on; ``posted``: at a time of the clock, as it happened."""

    day: date
    posted: bool


@dataclass(frozen=True, slots=True)
class Written:
    """The day of publication, and the entries of a diary, by number of block."""

    published: date | None
    entries: dict[int, Entry]

    def find_times(self, text: str, block: int, start: int, end: int) -> tuple[TimeHit, ...]:
        """The times of a sentence of that block: those counted from the day it was written from
        that of its entry, all others from publication."""
        plain = find_times(text, start, end, self.published)
        entry = self.entries.get(block)
        if entry is None or not plain:
            return plain
        there = {(h.start, h.end): h for h in find_times(text, start, end, entry.day)}
        return tuple(
            there.get((hit.start, hit.end), hit) if _is_counted(hit, entry) else hit
            for hit in plain
        )


def _is_counted(hit: TimeHit, entry: Entry) -> bool:
    rule = hit.when.rule or ""
    return (entry.posted and rule not in _CALENDAR) or rule in _NEAR


def find_days_written(text: Text, published: date | None) -> Written:
    """The day each block of a report is written on.

    An entry lasts to the next stamp, or to a heading that is none; one that a day alone opens, in
    its own block, or under its heading.
    """
    return Written(published, _find_entries(text, published) if published is not None else {})


def _find_entries(text: Text, published: date) -> dict[int, Entry]:
    stamps = {n: entry for n, b in enumerate(text.blocks) if (entry := _stamp(text, b, published))}
    if len(stamps) < _LEAST or max(entry.day for entry in stamps.values()) > published:
        return {}
    found: dict[int, Entry] = {}
    last: Entry | None = None
    for number, block in enumerate(text.blocks):
        if number in stamps:
            entry = stamps[number]
            found[number] = entry
            last = entry if entry.posted or block.kind == "heading" else None
        elif block.kind in {"heading", "table_row"} or text.text[block.start] in "*_":
            last = None  # a title, or a note of those who publish the posts
        elif last is not None:
            found[number] = last
    return found


def _stamp(text: Text, block: Block, published: date) -> Entry | None:
    """The day that opens a block, alone or with a clock time: "[3 June, 08:14] …"."""
    if block.kind not in {"paragraph", "heading", "list_item"}:
        return None
    lead = _OPENS.match(text.text, block.start, block.end)
    start = lead.end() if lead else block.start
    end = min(block.end, start + _LONGEST)
    hit = next(iter(find_times(text.text, start, end, published)), None)
    if hit is None or hit.start != start or not _is_day(hit):
        return None
    closed = _CLOSES.match(text.text, hit.end, block.end)
    if closed is None:
        return None
    posted = closed["clock"] is not None or block.kind == "heading"
    return Entry(date.fromisoformat(hit.when.earliest or ""), posted)


def _is_day(hit: TimeHit) -> bool:
    when = hit.when
    return when.rule in _DAYS and when.earliest is not None and when.earliest == when.latest
