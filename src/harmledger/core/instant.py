"""When a statement was made, as a stretch of time that can be compared (R5, as-of readings)."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

Instant = tuple[datetime, datetime]
"""Earliest and latest moment, UTC, both inclusive. A date alone is its whole day."""

_DAY = timedelta(days=1) - timedelta(microseconds=1)


@lru_cache(maxsize=16384)
def find_instant(at: str | None) -> Instant | None:
    """The stretch of time an ISO date or date-time names; None when there is none to read.

    A date-time without a zone is read as UTC; a date alone is that whole day in UTC.
    """
    if not at:
        return None
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    moment = moment.astimezone(UTC)
    return (moment, moment + _DAY) if len(at) <= len("2022-03-09") else (moment, moment)


def is_later(a: Instant, b: Instant) -> bool:
    """True when ``a`` is surely later than ``b``. A date alone is not later than an hour of it."""
    return a[0] > b[1]


def end_of(day: str) -> datetime:
    """The last moment, UTC, of an ISO date.

    Raises:
        ValueError: ``day`` is no ISO date.
    """
    start = datetime.combine(datetime.fromisoformat(day).date(), time(), tzinfo=UTC)
    return start + _DAY
