"""When a document was published: an ISO date, or an ISO date-time with zone; never a guess.

A time without a zone cannot be ordered against other statements and is cut to its day. A date
that can be read two ways (3/4/2022) is no date.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from harmledger.read.page import PublishedFrom

DATELINE_REACH = 300
"""Code points at the start of a text in which its dateline stands."""

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "sept": 9, "oct": 10, "nov": 11, "dec": 12, "january": 1, "february": 2, "march": 3,
    "april": 4, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10,
    "november": 11, "december": 12,
}  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_SHORT_YEAR = r"(?P<year>(?:19|20)?\d\d)"
_DAY_FIRST = rf"{_WEEKDAY}{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+"
_MONTH_FIRST = rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+"
_WRITTEN = tuple(
    re.compile(rf"\s*{form}(?!\d)", re.I) for form in (_DAY_FIRST + _YEAR, _MONTH_FIRST + _YEAR)
)
_NUMERIC = re.compile(
    r"\s*(?P<a>\d{1,4})(?P<mark>[./-])(?P<b>\d{1,2})(?P=mark)(?P<c>\d{2,4})(?!\d)"
)
_IN_URL = (
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[/-](?P<month>\d{1,2})[/-](?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}/{_MONTH}/(?P<day>\d{{1,2}})(?!\d)", re.I),
)
_CITY = r"[^\W\d_][^\n\r,]{0,50}(?:,[ \t]*[^\W\d_][^\n\r,]{0,40}){0,2}"
_DASH = r"[ \t]*(?:\[[^\]\n]{0,60}\][ \t]*|\([^)\n]{0,60}\)\s*){0,2}(?:--|[—–-])"
_DATELINES = tuple(
    re.compile(rf"^[ \t]*{_CITY},[ \t]*{form}(?!\d){_DASH}", re.I | re.M)
    for form in (_DAY_FIRST + _SHORT_YEAR, _MONTH_FIRST + _SHORT_YEAR)
)
_LABELLED = tuple(
    re.compile(
        r"^[ \t*_#>]*(?:published|posted|issued|dated?|released)(?:[ \t]+(?:on|at))?"
        rf"[ \t]*:?[ \t*_]+{form}(?!\d)",
        re.I | re.M,
    )
    for form in (
        _DAY_FIRST + _YEAR,
        _MONTH_FIRST + _YEAR,
        r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)",
    )
)
_ALONE = tuple(
    re.compile(rf"^[ \t*_]*{form}(?!\d)[ \t*_.]*$", re.I | re.M)
    for form in (_DAY_FIRST + _YEAR, _MONTH_FIRST + _YEAR)
)


def find_published(
    candidates: tuple[str, ...], given_as: PublishedFrom, url: str | None, text: str
) -> tuple[str | None, PublishedFrom | None]:
    """(ISO date or date-time, where it was found): metadata first, then the address, then a
    dateline at the head of the text; (None, None) when none of them says it."""
    for candidate in candidates:
        if (stated := normalise_date(candidate)) is not None:
            return stated, given_as
    if url and (found := find_date_in_url(url)):
        return found, "url"
    if found := find_dateline(text):
        return found, "text"
    return None, None


def normalise_date(written: str) -> str | None:
    """``written`` as an ISO date or an ISO date-time with zone; None when it is no full date."""
    kept = " ".join(written.split())[:100]
    try:
        moment = datetime.fromisoformat(kept)
    except ValueError:
        return _from_mail(kept) or _from_words(kept)
    if "W" in kept.upper():
        return None  # an ISO week is no day
    return _plausible((moment if moment.tzinfo else moment.date()).isoformat())


def find_date_in_url(url: str) -> str | None:
    """The day an address carries (``/2022/03/10/``), or None."""
    for pattern in _IN_URL:
        if found := pattern.search(url):
            return _iso(found)
    return None


def find_dateline(text: str) -> str | None:
    """The full date of a dateline ("SAN SALVADOR, 3 JAN 90 --"), of a label ("Published: 10
    March 2022") or standing alone on a line, at the head of ``text``; None otherwise.

    A date inside a sentence is the story's and is not taken. Years of two digits: 00–29 are
    20xx, 30–99 are 19xx.
    """
    head = text[:DATELINE_REACH].replace("\r\n", "\n").replace("\r", "\n")
    for pattern in (*_LABELLED, *_DATELINES, *_ALONE):
        if (found := pattern.search(head)) and (day := _iso(found)):
            return day
    return None


def _from_mail(written: str) -> str | None:
    """RFC 2822, as feeds and mail write it."""
    if ":" not in written:
        return None
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _plausible((moment if moment.tzinfo else moment.date()).isoformat())


def _from_words(written: str) -> str | None:
    for pattern in _WRITTEN:
        if found := pattern.match(written):
            return _iso(found)
    found = _NUMERIC.match(written)
    return _from_figures(found) if found else None


def _from_figures(found: re.Match[str]) -> str | None:
    a, b, c = (int(found[group]) for group in ("a", "b", "c"))
    if len(found["a"]) == 4:
        return _day(a, b, c)
    if len(found["c"]) != 4 or len(found["a"]) > 2:
        return None
    if found["mark"] == "." or a > 12 or a == b:
        return _day(c, b, a)
    return _day(c, a, b) if b > 12 else None


def _iso(found: re.Match[str]) -> str | None:
    month = found["month"].lower().rstrip(".")
    year = int(found["year"])
    if year < 100:
        year += 2000 if year < 30 else 1900
    return _day(year, int(month) if month.isdigit() else _MONTHS[month], int(found["day"]))


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return _plausible(date(year, month, day).isoformat())
    except ValueError:
        return None


def _plausible(iso: str) -> str | None:
    return iso if "1900" <= iso[:4] <= "2100" else None
