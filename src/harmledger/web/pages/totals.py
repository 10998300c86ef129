"""Totals: each speaker's statements in order against the incidents inside, and what is left."""

from __future__ import annotations

from fastapi import Request, Response

from harmledger.core.base import Value
from harmledger.core.incident import Incident, Total
from harmledger.publish.catalogue import Catalogue
from harmledger.publish.charts import BAR_WIDTH, Axis, build_axis
from harmledger.publish.pages.frame import find_claim
from harmledger.publish.pages.lists import Said, TotalLine
from harmledger.publish.words import day_words, range_words
from harmledger.web.ask import Pages, page_of
from harmledger.web.frame import make_catalogue, render
from harmledger.web.guard import desk_of, visitor_of
from harmledger.web.sealing import seal_shown, seal_totals
from harmledger.web.ways import get

TOTALS_SIZE = 20
MOST_POINTS = 40
"""The latest statements drawn; the table holds all."""
LEFT, TOP, HEIGHT, COLUMN = 64.0, 16.0, 150.0, 96.0
LEAST = 420.0


class Point(Value, frozen=True, kw_only=True):
    """One statement; ``low``/``high`` are heights, None where the speaker left an end open."""

    x: float
    low: float | None
    high: float | None
    day: str
    text: str


class Band(Value, frozen=True, kw_only=True):
    """From one height to another with what it stands for; ``is_open`` upwards."""

    top: float
    bottom: float
    text: str
    is_open: bool = False


class SeriesChart(Value, frozen=True, kw_only=True):
    """A speaker's statements on a logarithmic scale; the sum of the incidents inside as a band,
    and the remainder as the band between it and the latest statement. ``remainder`` is None where
    it is not known, or falls below zero and cannot be drawn."""

    width: float
    height: float
    grid: tuple[tuple[float, int], ...]
    points: tuple[Point, ...]
    line: str
    incidents: Band | None
    remainder: Band | None
    left_out: int


def show_totals(request: Request) -> Response:
    desk, visitor = desk_of(request), visitor_of(request)
    index = desk.index_for(visitor)
    pages = Pages(page_of(request), index.count("totals"), TOTALS_SIZE)
    totals = seal_totals(index, index.totals(pages.size, pages.offset), desk, visitor)
    shown = index.claims(p.claim for t in totals for p in t.series)
    sealed = [seal_shown(s, desk, visitor) for s in shown.values()]
    inside = index.incidents(i for t in totals for i in t.incidents)
    catalogue = make_catalogue(index, sealed, incidents=tuple(inside.values()))
    return render(
        request,
        "desk-totals.html.j2",
        catalogue=catalogue,
        totals=[(total_line(catalogue, t, inside), draw_series(t)) for t in totals],
        pages=pages,
    )


def total_line(catalogue: Catalogue, total: Total, inside: dict[str, Incident]) -> TotalLine:
    return TotalLine(
        total=total,
        said=tuple(Said(point=p, claim=find_claim(catalogue, p.claim)) for p in total.series),
        incidents=tuple(inside[i] for i in total.incidents if i in inside),
    )


def draw_series(total: Total) -> SeriesChart | None:
    """None where nothing was stated."""
    told = total.series[-MOST_POINTS:]
    stated = [v for p in told for v in (p.low, p.high) if v is not None]
    if not stated:
        return None
    inside = (total.incident_low, total.incident_high)
    axis = build_axis([*stated, *(v for v in inside if v is not None)])
    points = tuple(
        Point(
            x=LEFT + COLUMN * (n + 0.5),
            low=None if p.low is None else height_on(axis, p.low),
            high=None if p.high is None else height_on(axis, p.high),
            day=day_words(p.said_at)[:10],
            text=range_words(p.low, p.high),
        )
        for n, p in enumerate(told)
    )
    ends = ((p.x, p.low if p.low is not None else p.high) for p in points)
    steps = " ".join(f"{'M' if n == 0 else 'L'}{x} {y}" for n, (x, y) in enumerate(ends) if y)
    return SeriesChart(
        width=max(LEAST, LEFT + COLUMN * len(points) + 24),
        height=TOP + HEIGHT + 30,
        grid=tuple((height_on(axis, value), value) for _, value in axis.ticks),
        points=points,
        line=steps,
        incidents=_inside_band(axis, total),
        remainder=_remainder_band(axis, total),
        left_out=len(total.series) - len(told),
    )


def height_on(axis: Axis, value: int) -> float:
    """Where a figure stands, from the top of the drawing."""
    return round(TOP + HEIGHT * (1 - axis.place(value) / BAR_WIDTH), 1)


def _inside_band(axis: Axis, total: Total) -> Band | None:
    low, high = total.incident_low, total.incident_high
    if low is None:
        return None
    top = TOP if high is None else height_on(axis, high)
    text = range_words(low, high)
    return Band(top=top, bottom=height_on(axis, low), text=text, is_open=high is None)


def _remainder_band(axis: Axis, total: Total) -> Band | None:
    """Between the incidents and the latest statement; the least there is to tell of it."""
    last, base = total.series[-1], total.incident_high
    low, high = total.remainder_low, total.remainder_high
    known = [v for v in (low, high) if v is not None]
    top = last.low if last.low is not None else last.high
    if base is None or top is None or not known or min(known) < 0 or top < base:
        return None
    text = range_words(low, high)
    is_open = high is None
    return Band(top=height_on(axis, top), bottom=height_on(axis, base), text=text, is_open=is_open)


WAYS = (get("/totals", "read", show_totals),)
