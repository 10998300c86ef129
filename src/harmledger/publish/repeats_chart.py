"""Who repeats whom as a drawing: a column a document in order of publication, a row a voice.

The first telling of a voice is a full dot, later ones are hollow; an arc joins a copy to the report
it repeats. Whoever cannot see the drawing finds the same in the list under it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harmledger.core.base import Value
from harmledger.core.document import Document
from harmledger.core.repeats import RepeatReason, Repeats
from harmledger.publish.catalogue import instant_of

LABELS, COLUMN, ROW, ARCS = 250.0, 44.0, 30.0, 46.0
MOST_COLUMNS, MOST_ROWS = 24, 30


class RepeatColumn(Value, frozen=True, kw_only=True):
    """A document: its place across, its number, and what the list calls it."""

    x: float
    number: int
    id: str
    title: str
    source: str
    published_at: str | None


class RepeatDot(Value, frozen=True, kw_only=True):
    """A document carries a voice; ``first``: no document here did so before."""

    x: float
    first: bool


class RepeatRow(Value, frozen=True, kw_only=True):
    """A voice, and the documents that carry its word."""

    y: float
    label: str
    dots: tuple[RepeatDot, ...]


class RepeatArc(Value, frozen=True, kw_only=True):
    """From a copy to the report it repeats, and why we think so."""

    path: str
    repeater: int
    source: int
    reason: RepeatReason
    detail: str


class RepeatsChart(Value, frozen=True, kw_only=True):
    """``left_out``: documents and voices beyond what is drawn."""

    width: float
    height: float
    top: float
    """Where the columns begin; arcs stand above."""
    columns: tuple[RepeatColumn, ...]
    rows: tuple[RepeatRow, ...]
    arcs: tuple[RepeatArc, ...]
    left_out: tuple[int, int]


def render_repeats(repeats: Repeats, documents: Mapping[str, Document]) -> RepeatsChart | None:
    """The drawing; None where there is one document, and so nobody to repeat."""
    held = [documents[n.id] for n in repeats.nodes if n.kind == "document" and n.id in documents]
    if len(held) < 2:
        return None
    ordered = sorted(held, key=lambda d: (d.published_at is None, instant_of(d.published_at), d.id))
    columns = tuple(_column(n, one) for n, one in enumerate(ordered[:MOST_COLUMNS]))
    rows = _rows(repeats, columns)
    arcs = tuple(_arcs(repeats, columns))
    voices = sum(1 for n in repeats.nodes if n.kind == "origin")
    top = ARCS if arcs else 0.0
    shown = tuple(_at(row, top + ROW * (n + 0.8)) for n, row in enumerate(rows[:MOST_ROWS]))
    return RepeatsChart(
        width=LABELS + COLUMN * (len(columns) + 0.5),
        height=top + ROW * (len(shown) + 1.5) + 10.0,
        top=top,
        columns=columns,
        rows=shown,
        arcs=arcs,
        left_out=(len(ordered) - len(columns), voices - len(shown)),
    )


def _column(number: int, document: Document) -> RepeatColumn:
    return RepeatColumn(
        x=LABELS + COLUMN * (number + 0.5),
        number=number + 1,
        id=document.id,
        title=document.title or document.name,
        source=document.source or "",
        published_at=document.published_at,
    )


def _rows(repeats: Repeats, columns: Sequence[RepeatColumn]) -> list[RepeatRow]:
    """Voices in the order in which they were first carried."""
    across = {column.id: column.x for column in columns}
    rows = []
    for node in repeats.nodes:
        carried = sorted(
            across[e.repeater]
            for e in repeats.edges
            if node.kind == "origin" and e.source == node.id and e.repeater in across
        )
        if carried:
            dots = tuple(RepeatDot(x=x, first=n == 0) for n, x in enumerate(carried))
            rows.append(RepeatRow(y=0.0, label=node.label, dots=dots))
    return sorted(rows, key=lambda row: (row.dots[0].x, -len(row.dots), row.label))


def _at(row: RepeatRow, y: float) -> RepeatRow:
    return RepeatRow(y=y, label=row.label, dots=row.dots)


def _arcs(repeats: Repeats, columns: Sequence[RepeatColumn]) -> list[RepeatArc]:
    known = {column.id: column for column in columns}
    found = []
    for edge in repeats.edges:
        copy, source = known.get(edge.repeater), known.get(edge.source)
        if copy is None or source is None:
            continue
        lift = min(ARCS - 6.0, 8.0 + 0.3 * abs(copy.x - source.x))
        bend = f"{(copy.x + source.x) / 2:g} {ARCS - 2 * lift:g}"
        path = f"M{copy.x:g} {ARCS:g}Q{bend} {source.x:g} {ARCS:g}"
        found.append(
            RepeatArc(
                path=path,
                repeater=copy.number,
                source=source.number,
                reason=edge.reason,
                detail=edge.detail,
            )
        )
    return sorted(found, key=lambda arc: (arc.repeater, arc.source))
