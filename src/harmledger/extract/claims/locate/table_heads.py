"""What the heads of a table say of its rows and columns: places and times."""

from __future__ import annotations

import itertools
import re
from datetime import date

from harmledger.core.document import Block, SeenPlace, Text
from harmledger.core.when import TimeHit, When
from harmledger.extract.places import DocumentPlaces
from harmledger.extract.times import find_times

_KIND_OF_PLACE = re.compile(
    r"[|\s*]*(?:affected |displaced to |of )?(?:county|district|province|region|cercle|governorate|"
    r"town|village|municipality|state|department|parish|township|territory|locality|location|place|"
    r"commune|oblast|ward|barangay|sub-?district|upazila|local government area|lga|zone|area)s?\b",
    re.I,
)


_FACILITY = re.compile(
    r"[|\s*]*(?:health )?(?:facilit(?:y|ies)|hospitals?|clinics?|health (?:cent(?:re|er)|post)s?|"
    r"morgues?|admitted (?:to|at)|treated (?:in|at))\b",
    re.I,
)


_YEAR_CELL = re.compile(r"[\s*_]*(?P<year>(?:19|20)\d{2})[\s*_]*")
_YEAR_ROW = re.compile(r"\s*\|[\s*_]*(?P<year>(?:19|20)\d{2})[\s*_]*\|")


def column_places(text: Text, number: int, places: DocumentPlaces) -> tuple[SeenPlace | None, ...]:
    """ "| | Hays | Durayhimi |": the place that heads each column of a table, from the first; empty
    where not every column but the first is headed by one."""
    cells = _heads_of_columns(text, number)
    found = [next(iter(places.within(first, last)), None) for first, last in cells]
    return tuple(found) if len(found) > 2 and all(found[1:]) and not found[0] else ()


def _heads_of_columns(text: Text, number: int) -> list[tuple[int, int]]:
    """Where the heads of the columns stand, from the first on."""
    head = text.blocks[_first_row(text, number)]
    bars = [m.start() for m in re.finditer(r"\|", text.text[head.start : head.end])]
    return [(head.start + a + 1, head.start + b) for a, b in itertools.pairwise(bars)]


def column_times(text: Text, number: int, published: date | None) -> tuple[TimeHit | None, ...]:
    """ "| Locality | Displaced, 1–7 May |": what time heads each column; empty where none.
    "| District, April 2024 | Killed |": the corner says when all of it was."""
    if _first_row(text, number) == number:
        return ()
    hits = [_time_of_cell(text.text, *cell, published) for cell in _heads_of_columns(text, number)]
    corner = hits[0] if hits and not any(hits[1:]) else None
    if corner is not None and not (corner.when.rule or "").startswith(("this_", "last_")):
        return (corner,) * len(hits)
    return tuple(hits) if any(hits) else ()


def _time_of_cell(text: str, first: int, last: int, published: date | None) -> TimeHit | None:
    bare = _YEAR_CELL.fullmatch(text, first, last)
    if bare is not None:
        return _year(bare)
    return next((t for t in find_times(text, first, last, published) if t.when.edtf), None)


def row_year(text: Text, number: int) -> TimeHit | None:
    """ "| 2021 | 26 | 29 |": the year that opens a row, behind the head of its table."""
    block = text.blocks[number]
    match = _YEAR_ROW.match(text.text, block.start, block.end)
    return _year(match) if match is not None and _first_row(text, number) != number else None


def _year(match: re.Match[str]) -> TimeHit:
    year = match["year"]
    when = When(
        as_written=year, edtf=year, earliest=f"{year}-01-01", latest=f"{year}-12-31", precision=5,
        rule="year",
    )  # fmt: skip
    return TimeHit(start=match.start("year"), end=match.end("year"), when=when)


def _first_row(text: Text, number: int) -> int:
    while number > 0 and text.blocks[number - 1].kind == "table_row":
        number -= 1
    return number


def names_places(text: Text, number: int) -> bool:
    """Whether the corner of the table a row stands in says that its rows are places."""
    first = _first_row(text, number)
    if first == number:
        return False
    head = text.blocks[first]
    return _KIND_OF_PLACE.match(text.text, head.start, head.end) is not None


def names_facilities(text: Text, number: int) -> bool:
    """Whether the rows of a table are hospitals: where the hurt came to, and not where they were
    hurt."""
    first = _first_row(text, number)
    head = text.blocks[first]
    return first != number and _FACILITY.match(text.text, head.start, head.end) is not None


def row_places(text: Text, number: int, places: DocumentPlaces) -> tuple[SeenPlace, ...]:
    """Places in the first cells of the rows of one table."""
    first = last = number
    while first > 0 and text.blocks[first - 1].kind == "table_row":
        first -= 1
    while last + 1 < len(text.blocks) and text.blocks[last + 1].kind == "table_row":
        last += 1
    found = []
    for block in text.blocks[first : last + 1]:
        cell = places.within(block.start, block.end)[:1]
        lead = text.text[block.start : cell[0].start] if cell else ""
        if cell and lead.strip(" |\t") == "":
            found.append(cell[0])
    return tuple(found) or _corner_places(text, text.blocks[first], places)


def _corner_places(text: Text, head: Block, places: DocumentPlaces) -> tuple[SeenPlace, ...]:
    """ "| July, Yemen | Men | Women |": the corner of a table says where all of it is."""
    corner = text.text.find("|", head.start + 1, head.end)
    return places.within(head.start, corner)[:1] if corner > 0 else ()
