"""Years as written, and the parts of months and years (early, late, first half)."""

from __future__ import annotations

import re
from datetime import date

from harmledger.extract.times.calendar import month_end
from harmledger.extract.times.scene import Scene

PARTS = (
    r"(?:(?:the\s+)?(?P<part>early|mid|late|end|beginning|start|middle|first\s+half|second\s+half|opening)"
    r"(?:\s+days)?(?:\s+(?:of|in)\s+(?:the\s+)?|[\s-]+))?"
)
PART_FIRSTS = " early mid late end beginning start middle first second opening the "


def year_of(match: re.Match[str], scene: Scene) -> int | None:
    """The year written in ``match``; two digits are the latest such year not after publication."""
    groups = match.groupdict()
    if groups.get("year"):
        return int(str(groups["year"]))
    if groups.get("yy"):
        short = int(groups["yy"])
        limit = scene.published.year if scene.published else 2069
        return 2000 + short if 2000 + short <= limit else 1900 + short
    if groups.get("rel") and scene.published:
        return scene.published.year - (str(groups["rel"]).lower() == "last")
    return None


def part_of_month(part: str, year: int, month: int) -> tuple[date, date]:
    """Early 1-10, mid 10-20, late 15-end (UCDP GED 23.1, Appendix 2)."""
    if part in {"early", "beginning", "start", "opening"}:
        return date(year, month, 1), date(year, month, 10)
    if part in {"mid", "middle"}:
        return date(year, month, 10), date(year, month, 20)
    if part == "first half":
        return date(year, month, 1), date(year, month, 15)
    return date(year, month, 16 if part == "second half" else 15), month_end(year, month)


def half_year(part: str, year: int) -> tuple[date, date]:
    """The first or the second half of a year."""
    if part == "first half":
        return date(year, 1, 1), date(year, 6, 30)
    return date(year, 7, 1), date(year, 12, 31)


def not_beyond(end: date, start: date, scene: Scene) -> date:
    """The report day for a period that is not over yet, else its own end."""
    if scene.published and start <= scene.published < end:
        return scene.published
    return end


def part_word(match: re.Match[str]) -> str:
    """The word that cuts a month or year down: early, mid, late, end, first half."""
    return " ".join((match.groupdict().get("part") or "").lower().split())
