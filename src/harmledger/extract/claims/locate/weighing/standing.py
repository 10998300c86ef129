"""What a time is, and how it stands in the whole report."""

from __future__ import annotations

from datetime import date

from harmledger.core.when import When
from harmledger.extract.claims.locate.weighing.asked import Asked
from harmledger.extract.claims.locate.weighing.offers import Offer


def mark_standing(asked: Asked, offer: Offer[When]) -> None:
    """What the time is, and how it stands in the whole report."""
    when, report = offer.value, asked.report
    if when is None:
        return
    often = report.times.get(offer.key, 0)
    if often > 1 and often == report.most_timed:
        offer.mark("named most")
    if when.earliest is None or when.latest is None:
        offer.mark("open" if when.edtf else "not anchored")
        return
    first, last = date.fromisoformat(when.earliest), date.fromisoformat(when.latest)
    offer.mark(f"lasts {_length((last - first).days)}")
    published = report.thread.published
    if published is None:
        return
    ago = (published - last).days
    marks = {
        "up to publication": last == published,
        "from publication": first == published,
        "after publication": ago < 0,
    }
    offer.mark(f"over {_long_ago(ago)}", *(name for name, true in marks.items() if true))


def _length(days: int) -> str:
    if days <= 1:
        return "a day" if days == 0 else "two days"
    return "a week" if days <= 7 else "a month" if days <= 31 else "long"


def _long_ago(days: int) -> str:
    if days <= 7:
        return "now" if days <= 0 else "within a week"
    return "within weeks" if days <= 45 else "within a year" if days <= 400 else "years ago"
