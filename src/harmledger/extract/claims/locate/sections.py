"""What headings say of all that stands under them: place and period of lists and tables (rule 18).

A headline is a sentence of the report and no section: what it tells, it tells itself.
"""

from __future__ import annotations

import re
from datetime import date

from harmledger.core.document import Block, SeenPlace, Text
from harmledger.core.when import TimeHit
from harmledger.extract.claims.locate.areas import find_lists
from harmledger.extract.claims.locate.values import Section
from harmledger.extract.places import DocumentPlaces
from harmledger.extract.times import find_times

_BOLD = re.compile(r"\s*(?:\*\*|__)[^*_\n]{3,140}(?:\*\*|__):?\s*")
_LEVEL = re.compile(r"\s*(#{1,6})\s")


def find_sections(text: Text, places: DocumentPlaces, published: date | None) -> dict[int, Section]:
    """The section each block stands in, by number of block; blocks under no heading are absent."""
    found: dict[int, Section] = {}
    open_heads: list[tuple[int, Section]] = []
    for number, block in enumerate(text.blocks):
        level = _level(text, block)
        if level is not None:
            open_heads = [(at, head) for at, head in open_heads if at < level]
            if level > 1:
                open_heads.append((level, _read_heading(text, block, places, published)))
            continue
        if open_heads:
            found[number] = _joined([head for _, head in open_heads])
        if block.kind == "table_row":
            rows = _row_places(text, number, places)
            found[number] = _with_rows(found.get(number, Section()), rows)
    return {number: section for number, section in found.items() if section != Section()}


def _level(text: Text, block: Block) -> int | None:
    """1 for a headline, 2 to 6 for headings below it, 7 for a line in bold; None for the rest."""
    body = text.text[block.start : block.end]
    if block.kind == "heading":
        match = _LEVEL.match(body)
        return len(match[1]) if match else 2
    return 7 if block.kind == "paragraph" and _BOLD.fullmatch(body) else None


def _read_heading(
    text: Text, block: Block, places: DocumentPlaces, published: date | None
) -> Section:
    seen = places.within(block.start, block.end)
    groups = find_lists(text.text, 0, seen)
    times = [t for t in find_times(text.text, block.start, block.end, published) if t.when.edtf]
    best: TimeHit | None = times[0] if times else None
    return Section(
        places=max(groups, key=len) if groups else (),
        when=best.when if best else None,
        when_span=(best.start, best.end) if best else None,
    )


def _joined(heads: list[Section]) -> Section:
    """The innermost heading that says a thing says it."""
    placed = next((h for h in reversed(heads) if h.places), Section())
    dated = next((h for h in reversed(heads) if h.when is not None), Section())
    return Section(places=placed.places, when=dated.when, when_span=dated.when_span)


def _with_rows(section: Section, rows: tuple[SeenPlace, ...]) -> Section:
    return Section(places=section.places, when=section.when, when_span=section.when_span, rows=rows)


def _row_places(text: Text, number: int, places: DocumentPlaces) -> tuple[SeenPlace, ...]:
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
    return tuple(found)
