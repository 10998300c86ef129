"""The cells of tables that hold a figure of harm, with what their headings say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from harmledger.core.base import Value
from harmledger.core.document import Block, Text
from harmledger.extract.tables.labels import Label, of_objects, read_label

_CELL = re.compile(r"[^|\t]+")
_FIGURE = re.compile(r"[^\w|]*\d")
_FIGURE_IN = re.compile(r"\d")
_LEAD_WORDS = 14
_STRUCK = re.compile(
    r"\b(?:were|was|been|are|is|or|and) (?:\w+ly )?"
    r"(?:damaged|destroyed|burn(?:ed|t)|torched|hit|struck|looted|shelled|bombed|razed|attacked)\b",
    re.I,
)
_MARKS = re.compile(r"^[#\s*]+")


_CIVILIANS = re.compile(r"\bcivilian(?:s\b| casualt| death| harm| victim)", re.I)


class Cell(Value, frozen=True, kw_only=True):
    """One cell: where it stands, the label of its column, of its row and of the whole table.

    ``table`` numbers the table in its document. ``header`` marks the cells of the row that names
    the columns, and the heading of the table: what stands there is no claim.
    """

    start: int
    end: int
    column: Label
    row: Label
    caption: Label
    table: int
    place: int
    """Which column it stands in, from 0."""
    header: bool = False
    civilians: bool = False
    """The text around the table says that it counts civilians."""


def find_cells(text: Text) -> dict[int, tuple[Cell, ...]]:
    """Cells by the number of the sentence (a table row is one sentence).

    Only of tables whose columns or headings name a harm. Reads rows whose fields are parted by a
    bar or a tab; a table laid out with blanks is not seen as one.
    """
    found: dict[int, tuple[Cell, ...]] = {}
    for table, rows in enumerate(_tables(text)):
        columns: tuple[Label, ...] = ()
        caption = _caption(text, text.blocks[text.sentences[rows[0]].block])
        civilians = _counts_civilians(text, rows)
        for order, number in enumerate(rows):
            sentence = text.sentences[number]
            fields = list(_fields(text.text, sentence.start, sentence.end))
            if order == 0 and not any(_FIGURE.match(written) for _, _, written in fields[1:]):
                columns = tuple(read_label(written) for _, _, written in fields)
                found[number] = tuple(_header(start, end, table) for start, end, _ in fields)
            else:
                cells = _cells(fields, columns, caption, table)
                found[number] = tuple(
                    msgspec.structs.replace(cell, civilians=civilians) for cell in cells
                )
    harmful = {c.table for row in found.values() for c in row if label_of(c).harm is not None}
    return {n: cells for n, cells in found.items() if any(c.table in harmful for c in cells)}


def _tables(text: Text) -> list[list[int]]:
    """Numbers of the sentences of each table: rows with nothing but a rule between them."""
    tables: list[list[int]] = []
    last = -2
    for number, sentence in enumerate(text.sentences):
        block = text.blocks[sentence.block]
        if block.kind != "table_row":
            continue
        if block.furniture:
            last = last + 1 if last == sentence.block - 1 else last
            continue
        if last != sentence.block - 1:
            tables.append([])
        tables[-1].append(number)
        last = sentence.block
    return tables


def label_of(cell: Cell) -> Label:
    """What a cell counts: its column, row or caption names the harm; or one of them names an
    object and another says that objects were struck ("Churches" under "Destroyed or damaged")."""
    if cell.column.harm is not None:
        return cell.column
    both = (cell.row, cell.caption)
    if cell.column.site is not None and any(one.struck for one in both):
        return of_objects(cell.column)
    if cell.column.struck or (cell.caption.struck and not cell.column.people):
        site = next((one for one in both if one.site is not None and one.harm is None), None)
        if site is not None:
            return of_objects(site)
    return next((one for one in both if one.harm is not None), cell.caption)


def _fields(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Every field with its words; an empty one keeps its place between its neighbours."""
    for match in _CELL.finditer(text, start, end):
        written = match.group().strip()
        if not written and (match.start() == start or match.end() == end):
            continue
        lead = len(match.group()) - len(match.group().lstrip())
        first = match.start() + (lead if written else 0)
        yield first, first + len(written), written


def _header(start: int, end: int, table: int) -> Cell:
    none = Label()
    return Cell(start=start, end=end, column=none, row=none, caption=none, table=table,
                place=0, header=True)  # fmt: skip


def _cells(
    fields: Sequence[tuple[int, int, str]], columns: Sequence[Label], caption: Label, table: int
) -> tuple[Cell, ...]:
    if not fields:
        return ()
    row = read_label(next((written for _, _, written in fields if written), ""))
    return tuple(
        Cell(
            start=start, end=end, column=columns[place] if place < len(columns) else Label(),
            row=row, caption=caption, table=table, place=place,
        )
        for place, (start, end, _) in enumerate(fields)
        if start < end or place == 0
    )  # fmt: skip


def _caption(text: Text, block: Block) -> Label:
    """The lead, or the nearest heading, above the table that names a harm; else the nearest."""
    above = block.heading
    nearest: Label | None = _lead_above(text, block)
    if nearest is not None and nearest.harm is not None:
        return nearest
    while above is not None:
        heading = text.blocks[above]
        if heading.kind == "table_row":
            above = heading.heading
            continue
        label = read_label(_MARKS.sub("", text.text[heading.start : heading.end]))
        if label.harm is not None:
            return label
        nearest = nearest or label
        above = heading.heading
    if nearest is None or not (nearest.struck or nearest.site):
        told = _struck_above(text, block)
        nearest = msgspec.structs.replace(nearest or Label(), struck=told)
    return nearest


_PARAGRAPHS = 3
"""As many paragraphs above a table may say what became of the objects its columns name."""


def _struck_above(text: Text, block: Block) -> bool:
    """ "Eighteen churches were destroyed or damaged", and below a table by township."""
    number = next((n for n, b in enumerate(text.blocks) if b.start == block.start), 0) - 1
    seen = 0
    while number >= 0 and seen < _PARAGRAPHS and text.blocks[number].kind != "table_row":
        above = text.blocks[number]
        if above.kind == "paragraph":
            seen += 1
            if _STRUCK.search(text.text, above.start, above.end):
                return True
        number -= 1
    return False


def _lead_above(text: Text, block: Block) -> Label | None:
    """What the paragraph right above a table says, if it leads into it."""
    number = next((n for n, b in enumerate(text.blocks) if b.start == block.start), 0) - 1
    if number < 0 or text.blocks[number].kind != "paragraph":
        return None
    lead = text.text[text.blocks[number].start : text.blocks[number].end].strip()
    return read_label(_MARKS.sub("", lead)) if _is_lead(lead) else None


def _counts_civilians(text: Text, rows: Sequence[int]) -> bool:
    """Whether the paragraphs above a table or the note below say that it counts civilians: "58
    civilians were killed", "Civilians only"; not where they speak of combatants too."""
    first, last = text.sentences[rows[0]].block, text.sentences[rows[-1]].block
    above = text.blocks[first].heading
    begin = above + 1 if above is not None and text.blocks[above].kind != "table_row" else 0
    for number in (*range(first - 1, begin - 1, -1), last + 1):
        block = text.blocks[number] if number < len(text.blocks) else None
        if block is None or block.kind != "paragraph":
            continue
        body = text.text[block.start : block.end]
        combatants = any(p.status == "combatant" for p in read_label(body).people)
        if _CIVILIANS.search(body) is not None and not combatants:
            return True
    return False


def find_lead(text: Text, block: int) -> str | None:
    """The words right above the list that a block is a line of; None for other blocks."""
    if text.blocks[block].kind != "list_item":
        return None
    above = block - 1
    while above >= 0 and text.blocks[above].kind == "list_item":
        above -= 1
    if above < 0 or text.blocks[above].kind == "table_row":
        return None
    lead = text.text[text.blocks[above].start : text.blocks[above].end].rstrip()
    if text.blocks[above].kind != "heading" and not _is_lead(lead):
        return None
    return re.split(r"(?<=[.!?])\s+", lead)[-1]


def _is_lead(written: str) -> bool:
    """A line that ends in a colon, stands in bold, or is a few words with no full stop."""
    short = len(written.split()) <= _LEAD_WORDS and not written.endswith((".", "!", "?"))
    return written.endswith(":") or written.startswith("**") or short


def find_list_heads(text: Text) -> frozenset[int]:
    """Numbers of the sentences that head a table or a list of figures right below them."""
    heads: set[int] = set()
    for number, sentence in enumerate(text.sentences):
        block = text.blocks[sentence.block]
        below = text.blocks[sentence.block + 1 : sentence.block + 2]
        listed = bool(below) and below[0].kind in {"table_row", "list_item"}
        if not listed or block.kind in {"table_row", "list_item"}:
            continue
        figures = _FIGURE_IN.search(text.text, below[0].start, below[0].end)
        if block.kind == "heading" or (text.text[block.end - 1] == ":" and figures):
            heads.add(number)
    return frozenset(heads)
