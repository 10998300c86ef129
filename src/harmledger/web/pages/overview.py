"""The overview: filters, what changed, sums by time and place, incidents with their bars."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import lru_cache
from math import ceil

import msgspec
from fastapi import Request, Response

from harmledger.core.base import Value
from harmledger.core.incident import Incident
from harmledger.core.place import Place
from harmledger.index import Filters, Index
from harmledger.index.lists import count_changes, list_incidents, list_unplaced
from harmledger.index.sums import (
    Bucket,
    Spot,
    Step,
    count_by,
    count_incidents,
    list_spots,
    sum_all,
    sum_by_place,
    sum_by_time,
)
from harmledger.lexicon.policies import find_policy
from harmledger.pipeline.desk import recount_incident
from harmledger.publish.atlas import Locator, Panel, Pin, cluster_pins, render_locator, render_panel
from harmledger.publish.basemap import load_disputed_names
from harmledger.publish.catalogue import Catalogue
from harmledger.publish.charts import (
    BAR_WIDTH,
    Axis,
    Bar,
    build_axis,
    reading_values,
    render_timeline,
)
from harmledger.publish.pages.overview import incident_lines, resting_claims
from harmledger.publish.shapes import find_shape
from harmledger.publish.words import range_words
from harmledger.web.access import Visitor
from harmledger.web.ask import CHOICES, Pages, filters_of, page_of, policy_names, shown_filters
from harmledger.web.asof import find_rows, recount_view
from harmledger.web.frame import address_of, make_catalogue, render, with_policy
from harmledger.web.guard import desk_of, visitor_of
from harmledger.web.sealing import seal_for
from harmledger.web.state import Desk
from harmledger.web.ways import get

MAIN_HARM = "killed"
MOST_SPOTS = 150
MOST_MOMENTS = 40
"""More dated incidents than this are drawn as sums alone; a lane each would be a wall."""
MOST_PANELS = 24
CHART_WIDTH, CHART_HEIGHT, CHART_LEFT = 960.0, 150.0, 56.0
CHART_LEAST, WIDEST = 480.0, 110.0


class Column(Value, frozen=True, kw_only=True):
    """One bar of the chart by time, in view units; ``href`` narrows the view to it."""

    bucket: Bucket
    x: float
    wide: float
    top: float
    bottom: float
    href: str
    label: str
    text: str
    tick: str


class Chart(Value, frozen=True, kw_only=True):
    """The columns and their scale: ``grid`` holds the height and the number of each line."""

    columns: tuple[Column, ...]
    grid: tuple[tuple[float, int], ...]
    width: float


class Row(Value, frozen=True, kw_only=True):
    """One place with its bar."""

    bucket: Bucket
    bar: Bar
    filters: str


def show_overview(request: Request) -> Response:
    desk, visitor = desk_of(request), visitor_of(request)
    index = desk.index_for(visitor)
    filters = filters_of(request)
    harm = filters.harm or MAIN_HARM
    pages = Pages(page_of(request), count_incidents(index, filters))
    incidents = [
        seal_denials(recount(index, i, filters), index, desk, visitor)
        for i in list_incidents(index, filters, pages.size, pages.offset)
    ]
    catalogue = catalogue_of(index, incidents, filters)
    axis = build_axis(
        [
            v
            for i in incidents
            for r in catalogue.readings(i)
            for v in reading_values(r, resting_claims(catalogue, r))
        ]
    )
    summed = find_rows(index, filters, harm)
    step, buckets = sum_by_time(index, filters, harm, summed)
    places = sum_by_place(index, filters, harm, summed)
    known = shown_filters(filters)
    since = desk.people.last_look(visitor.name or "alone")
    few = pages.total <= MOST_MOMENTS
    return render(
        request,
        "desk-overview.html.j2",
        catalogue=catalogue,
        filters=filters,
        known=known,
        choices=CHOICES,
        policy_names=policy_names(),
        policy=find_policy(filters.policy),
        harm=harm,
        pages=pages,
        lines_of=sorted_as_asked(catalogue, axis, incidents),
        axis=axis,
        step=step,
        chart=draw_columns(step, buckets, known),
        apart=next((b for b in buckets if not b.key), None),
        rows=draw_rows(places, known),
        whole=sum_all(index, filters, harm, summed),
        sums_of_today=bool(filters.as_of) and summed is None,
        panel=map_panel(index, filters),
        timeline=render_timeline(catalogue) if few else None,
        grades=count_grades(index, filters),
        counts={t: index.count(t) for t in ("documents", "claims", "unresolved", "decisions")},
        changed=count_changes(index, since) if since else None,
        since=since,
        has_examples=any(d.example for d in catalogue.view.documents),
    )


def count_grades(index: Index, filters: Filters) -> list[tuple[str, int]]:
    """How many incidents have each grade, as of the day asked for where they were counted again."""
    counted = recount_view(index, filters)
    if counted is None:
        return count_by(index, filters, "grade")
    return Counter(str(incident.grade) for incident in counted).most_common()


def recount(index: Index, incident: Incident, filters: Filters) -> Incident:
    """As of the day asked for; the index holds today's."""
    if not filters.as_of:
        return incident
    return recount_incident(index, incident, as_of=filters.as_of)


def seal_denials(incident: Incident, index: Index, desk: Desk, visitor: Visitor) -> Incident:
    """A list names who denies an incident and nobody else."""
    return seal_for(incident, index, desk, visitor) if incident.denied_by else incident


def catalogue_of(index: Index, incidents: list[Incident], filters: Filters) -> Catalogue:
    """What rows of incidents need: the claims their bars rest on."""
    resting = [
        c
        for i in incidents
        for r in i.readings
        if r.policy == filters.policy
        for c in (*r.claims_low, *r.claims_high, *r.between)
    ]
    view = {"incidents": tuple(incidents), "as_of": filters.as_of or None}
    return with_policy(
        make_catalogue(index, index.claims(resting).values(), **view), filters.policy
    )


def sorted_as_asked(catalogue: Catalogue, axis: Axis, incidents: list[Incident]) -> list[object]:
    """Lines in the order of the filters, not of the site."""
    lines = {line.incident.id: line for line in incident_lines(catalogue, axis)}
    return [lines[incident.id] for incident in incidents]


def draw_columns(step: Step, buckets: list[Bucket], known: dict[str, str]) -> Chart | None:
    """Vertical range bars on a logarithmic scale, one a week, month or year with incidents; None
    where none has a date."""
    keyed = [b for b in buckets if b.key]
    if not keyed:
        return None
    axis = build_axis([v for b in keyed for v in (b.low, b.high or 0)])
    wide = min(WIDEST, (CHART_WIDTH - CHART_LEFT) / len(keyed))
    every = max(1, ceil(86 / wide))
    columns = []
    for n, bucket in enumerate(keyed):
        first, last = _days_of(step, bucket.key)
        high = bucket.high
        columns.append(
            Column(
                bucket=bucket,
                x=round(CHART_LEFT + n * wide, 1),
                wide=round(wide, 1),
                top=_height(axis, high) if high is not None else 4.0,
                bottom=_height(axis, bucket.low),
                href=_address(known, since=first, until=last),
                label=bucket.key if step != "week" else f"week of {bucket.key}",
                text=range_words(bucket.low, high),
                tick=bucket.key if n % every == 0 else "",
            )
        )
    grid = tuple((_height(axis, value), value) for _, value in axis.ticks)
    width = min(CHART_WIDTH, max(CHART_LEAST, CHART_LEFT + wide * len(keyed)))
    return Chart(columns=tuple(columns), grid=grid, width=width)


def _height(axis: Axis, value: int) -> float:
    share = axis.place(value) / BAR_WIDTH
    return round(CHART_HEIGHT - share * (CHART_HEIGHT - 10), 1)


def _days_of(step: Step, key: str) -> tuple[str, str]:
    if step == "week":
        return key, (date.fromisoformat(key) + timedelta(days=6)).isoformat()
    if step == "year":
        return f"{key}-01-01", f"{key}-12-31"
    first = date.fromisoformat(f"{key}-01")
    after = (first + timedelta(days=32)).replace(day=1)
    return first.isoformat(), (after - timedelta(days=1)).isoformat()


def _address(known: dict[str, str], **changes: str) -> str:

    return "/?" + address_of(known, page="", **changes)


def draw_rows(places: list[Bucket], known: dict[str, str]) -> tuple[Row, ...]:
    """Horizontal range bars by place, on one axis."""
    axis = build_axis([v for b in places for v in (b.low, b.high or 0)])
    return tuple(
        Row(
            bucket=b,
            bar=Bar(
                left=axis.place(b.low),
                right=axis.place(b.high) if b.high is not None else BAR_WIDTH,
                open_low=False,
                open_high=b.high is None,
                ticks=(),
                text=range_words(b.low, b.high),
            ),
            filters=_address(known, place=b.key),
        )
        for b in places
        if b.key
    )


def map_panel(index: Index, filters: Filters) -> Panel | None:
    """One small map of everything within the filters."""
    spots, _ = list_spots(index, filters, MOST_SPOTS)
    pins = _pins(tuple(spots), labels=12)
    return _panel(pins) if pins else None


def _pins(spots: tuple[Spot, ...], labels: int) -> tuple[Pin, ...]:
    pins = []
    for n, spot in enumerate(spots):
        place = msgspec.convert(
            {
                "as_written": spot.place,
                "name": spot.place,
                "kind": spot.kind,
                "lat": spot.lat,
                "lon": spot.lon,
                "precision": spot.precision,
                "country": spot.country,
            },
            Place,
        )
        shape = find_shape(place)
        if shape is None:
            continue
        more = f" ({spot.incidents})" if spot.incidents > 1 else ""
        href = f"/?place={spot.place}" if spot.incidents > 1 else f"/incidents/{spot.first}"
        label = f"{spot.place}{more}" if n < labels else ""
        title = spot.title if spot.incidents == 1 else f"{spot.place}: {spot.incidents} incidents"
        pins.append(Pin(label=label, title=title, href=href, shape=shape))
    return tuple(pins)


@lru_cache(maxsize=64)
def _panel(pins: tuple[Pin, ...]) -> Panel:
    """Drawn once for the same pins: land and borders take longer than everything else."""
    return render_panel(1, pins)


@lru_cache(maxsize=32)
def _atlas(pins: tuple[Pin, ...]) -> tuple[Panel, ...]:
    clusters = cluster_pins(sorted(pins, key=lambda p: (-p.shape.points[0][1], p.href)))
    return tuple(render_panel(n, c) for n, c in enumerate(clusters[:MOST_PANELS], start=1))


@lru_cache(maxsize=32)
def _locator(panels: tuple[Panel, ...]) -> Locator:
    return render_locator(panels)


def show_map(request: Request) -> Response:
    """Panels a neighbourhood; every place once more as text, and what no map may show."""
    index = desk_of(request).index_for(visitor_of(request))
    filters = filters_of(request)
    spots, total = list_spots(index, filters, MOST_SPOTS)
    panels = _atlas(_pins(tuple(spots), labels=MOST_SPOTS))
    without, missing = list_unplaced(index, filters, 100)
    return render(
        request,
        "desk-map.html.j2",
        filters=filters,
        known=shown_filters(filters),
        choices=CHOICES,
        policy_names=policy_names(),
        panels=panels,
        locator=_locator(panels) if len(panels) > 1 else None,
        shown=len(spots),
        total=total,
        without=without,
        missing=missing,
        disputed=load_disputed_names(),
    )


WAYS = (get("/", "read", show_overview), get("/map", "read", show_map))
