"""Figures of a table that its row of totals, or a figure told above it, adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from harmledger.core.claim import Claim
from harmledger.extract.passage import Passage
from harmledger.extract.tables import Cell

_FEWEST = 2
_DAYS = 2
"""UCDP precision of a row that tells a day."""


def settle_table_parts(claims: Sequence[Claim], passages: Sequence[Passage]) -> tuple[Claim, ...]:
    """The claims, with those of the cells of a table as parts of the total they add up to.

    The total stands in a row (or column) of the table that says so, or it is told in the text
    above: then only where the cells add up to it. A table of incidents has neither.
    """
    placed = list(_place(claims, passages))
    wholes: dict[str, str] = {}
    above: dict[str, Claim] = {}
    for line in (*_lines(placed, by_row=False), *_lines(placed, by_row=True)):
        told = None if (total := _total_of(line)) else _told_above(line, claims)
        whole = total or told
        if whole is not None:
            wholes.update({c.id: whole.id for _, _, c in line if c.id != whole.id})
        if told is not None:
            above.update({c.id: told for _, _, c in line})
    return tuple(
        _dated_like(msgspec.structs.replace(c, part_of=wholes[c.id]), above.get(c.id))
        if c.id in wholes and not c.part_of
        else c
        for c in claims
    )


def _dated_like(part: Claim, whole: Claim | None) -> Claim:
    """A cell whose day only the head of its report gives is of the time of the total told above
    the table: "14,300 fled between 24 and 30 May", under "as of 3 June"."""
    headed = any(t.field == "occurred" and t.rule == "time:heading" for t in part.trace)
    if whole is None or whole.occurred is None or not headed:
        return part
    said = [t for t in whole.trace if t.field == "occurred"]
    kept = [t for t in part.trace if t.field != "occurred"]
    quantity = msgspec.structs.replace(part.quantity, scope=whole.quantity.scope)
    return msgspec.structs.replace(
        part, occurred=whole.occurred, quantity=quantity, trace=(*kept, *said)
    )


_Placed = tuple[int, Cell, Claim]
"""The sentence of a row, the cell, and the claim it makes."""


def _place(claims: Sequence[Claim], passages: Sequence[Passage]) -> Iterator[_Placed]:
    rows = [p for p in passages if p.cells and not _is_incident(p)]
    for claim in claims:
        for row in rows:
            at = claim.span.start
            cell = next((c for c in row.cells if c.start <= at < c.end), None)
            if cell is not None and row.start <= at < row.end:
                yield row.index, cell, claim


def _is_incident(row: Passage) -> bool:
    return any((t.when.precision or 9) <= _DAYS for t in row.times)


def _lines(placed: Sequence[_Placed], *, by_row: bool) -> Iterator[list[_Placed]]:
    """The claims of one harm and unit in one column, or in one row."""
    lines: dict[tuple[object, ...], list[_Placed]] = {}
    for row, cell, claim in placed:
        at = row if by_row else cell.place
        key = (cell.table, at, claim.harm, claim.quantity.unit)
        lines.setdefault(key, []).append((row, cell, claim))
    return (line for line in lines.values() if len(line) >= _FEWEST)


def _total_of(line: Sequence[_Placed]) -> Claim | None:
    """The cell of the line whose row or column is labelled as the total."""
    column = len({cell.place for _, cell, _ in line}) == 1
    totals = [c for _, cell, c in line if (cell.row.total if column else cell.column.total)]
    if len(totals) != 1:
        return None
    most = totals[0].quantity.low
    others = [c.quantity.low or 0 for _, _, c in line if c.id != totals[0].id]
    return totals[0] if most is not None and all(low <= most for low in others) else None


def _told_above(line: Sequence[_Placed], claims: Sequence[Claim]) -> Claim | None:
    """The figure told before the table that the line adds up to."""
    first = line[0][2]
    added = sum(c.quantity.low or 0 for _, _, c in line)
    inside = {c.id for _, _, c in line}
    if not added:
        return None
    return next(
        (
            c for c in reversed(claims)
            if c.id not in inside and c.span.start < first.span.start and c.harm == first.harm
            and c.stance == "asserts" and c.quantity.low == added and c.part_of is None
            and c.quantity.unit == first.quantity.unit
        ),
        None,
    )  # fmt: skip
