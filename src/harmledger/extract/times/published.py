"""The day a document says it was published."""

from __future__ import annotations

from datetime import date, datetime
from email.utils import parsedate_to_datetime

from harmledger.core.errors import CannotParse


def parse_published(published_at: str | None) -> date | None:
    """The calendar day of ``published_at`` in its own zone; None for None or blank.

    Takes ISO 8601 dates and date-times and the dates of mail and feeds (RFC 5322).

    Raises:
        CannotParse: the text is no such date.
    """
    if published_at is None or not published_at.strip():
        return None
    written = published_at.strip()
    day = _find_day(written)
    if day is None or not 1450 <= day.year <= 9000:
        # 0001-01-01 and the like are how systems write "unknown".
        raise CannotParse(
            f"publication date {published_at!r} is no ISO 8601 or RFC 5322 date; "
            "write it as 2022-03-10 or 2022-03-10T18:30:00+02:00"
        )
    return day


def _find_day(written: str) -> date | None:
    try:
        return datetime.fromisoformat(written).date()
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(written).date()
    except (ValueError, TypeError, IndexError):
        return None
