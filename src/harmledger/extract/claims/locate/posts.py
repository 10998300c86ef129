"""Posts of a channel or a thread: the day they are all of."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from harmledger.core.document import Text
from harmledger.core.when import TimeHit, When
from harmledger.extract.times import find_times

_CLOCKED = re.compile(r"\W{0,4}\d{1,2}[:.h]\d{2}\b")
_NUMBERED = re.compile(r"\W{0,4}\d{1,2}[./)]\W")
_THREAD = re.compile(r"\b(?:posts?|posted|thread|tweets?)\b", re.I)
"""Posts that are numbered have a day where the head says that they are posts."""
_FEW = 4
"""Blocks at the head of a channel in which it says whose posts these are, and of which day."""
_LEAST, _LIVE = 2, 3
"""So many clock times make a report one of posts; a live one, of the day it is published."""


class Posts(NamedTuple):
    """The day of every post, and how one opens. The span of the day is empty where it is that of
    publication."""

    day: TimeHit
    stamp: re.Pattern[str]


def find_posts(text: Text, published: date | None) -> Posts | None:
    """ "All posts of Thursday 11 May": the day of every post that a clock time opens, or a number;
    that of publication where the report is written by the clock and names no day."""
    clocked = _count(text, _CLOCKED)
    if clocked < _LEAST:
        thread = _count(text, _NUMBERED) >= _LIVE
        day = _find_day(text, published, _NUMBERED, _THREAD) if thread else None
        return Posts(day, _NUMBERED) if day is not None else None
    day = _find_day(text, published, _CLOCKED, None)
    if day is not None:
        return Posts(day, _CLOCKED)
    if clocked < _LIVE or published is None:
        return None
    written = published.isoformat()
    when = When(
        as_written=written, edtf=written, earliest=written, latest=written, precision=1,
        anchor=f"published:{written}", rule="day_of_post",
    )  # fmt: skip
    return Posts(TimeHit(start=0, end=0, when=when), _CLOCKED)


def _count(text: Text, stamp: re.Pattern[str]) -> int:
    return sum(stamp.match(text.text, block.start) is not None for block in text.blocks)


def _find_day(
    text: Text, published: date | None, stamp: re.Pattern[str], says: re.Pattern[str] | None
) -> TimeHit | None:
    """The single day that the head names."""
    for block in text.blocks[:_FEW]:
        if stamp.match(text.text, block.start) is not None:
            continue
        if says is not None and says.search(text.text, block.start, block.end) is None:
            continue
        for hit in find_times(text.text, block.start, block.end, published):
            if hit.when.precision == 1:
                return hit
    return None
