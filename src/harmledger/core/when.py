"""When something is said to have happened: an interval, never a guess (contract §2, §4)."""

from __future__ import annotations

from harmledger.core.base import Value


class When(Value, frozen=True, kw_only=True):
    """``earliest``/``latest`` are ISO dates, inclusive; null when it cannot be anchored."""

    as_written: str
    edtf: str | None = None
    earliest: str | None = None
    latest: str | None = None
    precision: int | None = None
    """UCDP date_prec: 1 day, 2 within 2-6 days, 3 week, 4 month, 5 year or more."""
    anchor: str | None = None
    """Counted from: ``published:2022-03-10``, ``text:…``, or null for absolute dates."""
    rule: str = ""


class TimeHit(Value, frozen=True, kw_only=True):
    """A time expression and where it stands."""

    start: int
    end: int
    when: When


class Moment(Value, frozen=True, kw_only=True):
    """When a statement was made: an ISO date-time with zone, or a date; null when unknown."""

    at: str | None = None
    origin: str | None = None
    """``stated`` (the text dates the statement) or ``published``."""


def edtf_interval(earliest: str, latest: str) -> str:
    """EDTF for an inclusive interval of days; one day is written as that day."""
    return earliest if earliest == latest else f"{earliest}/{latest}"
