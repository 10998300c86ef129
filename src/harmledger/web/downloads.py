"""Exactly what a view of incidents shows, all its pages, as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from harmledger.core.incident import Incident
from harmledger.index import Filters, Index
from harmledger.index.lists import list_incidents
from harmledger.index.sums import sum_by_time
from harmledger.publish import notice
from harmledger.publish.exports.areas import render_feature
from harmledger.publish.exports.tables import COLUMNS, guard, incident_row
from harmledger.web.ask import filters_of, shown_filters
from harmledger.web.asof import find_rows
from harmledger.web.frame import load_environment
from harmledger.web.guard import RefusedError, desk_of, visitor_of
from harmledger.web.pages.overview import MAIN_HARM, draw_columns, map_panel, recount
from harmledger.web.sealing import seal_for
from harmledger.web.ways import get

CHUNK = 200
Rows = Iterator[Incident]


def download_incidents(request: Request, form: str) -> Response:
    """CSV, GeoJSON or JSON Lines of the incidents within the filters of the address, in its
    order, under its policy and as of its day."""
    if form not in FORMS:
        raise RefusedError(404, f"choose one of {', '.join(FORMS)}.")
    write, kind = FORMS[form]
    filters = filters_of(request)
    index = desk_of(request).index_for(visitor_of(request))
    return StreamingResponse(
        write(iter_incidents(request, index, filters), index),
        media_type=kind,
        headers={"content-disposition": f'attachment; filename="incidents.{form}"'},
    )


def iter_incidents(request: Request, index: Index, filters: Filters) -> Rows:
    """Every incident of the view with the readings of its policy alone."""
    offset = 0
    while True:
        chunk = list_incidents(index, filters, CHUNK, offset)
        for incident in chunk:
            now = recount(index, incident, filters)
            readings = tuple(r for r in now.readings if r.policy == filters.policy)
            shown = msgspec.structs.replace(now, readings=readings)
            yield seal_for(shown, index, desk_of(request), visitor_of(request))
        if len(chunk) < CHUNK:
            return
        offset += CHUNK


def _csv(rows: Rows, _index: Index) -> Iterator[str]:
    columns = COLUMNS["incidents.csv"]
    out = io.StringIO()
    writer: csv.DictWriter[str] = csv.DictWriter(out, columns)
    writer.writeheader()
    for incident in rows:
        for reading in incident.readings or (None,):
            row: dict[str, Any] = incident_row(incident, reading)
            writer.writerow({key: guard(cell) for key, cell in row.items()})
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _geojson(rows: Rows, _index: Index) -> Iterator[bytes]:
    head = {"notice": [notice.WORKING_COPY, notice.RECORDED, notice.MAP_DISCLAIMER]}
    yield b'{"type":"FeatureCollection",' + msgspec.json.encode(head)[1:-1] + b',"features":['
    for n, incident in enumerate(rows):
        yield (b",\n" if n else b"\n") + msgspec.json.encode(render_feature(incident))
    yield b"\n]}\n"


def _jsonl(rows: Rows, _index: Index) -> Iterator[bytes]:
    for incident in rows:
        yield msgspec.json.encode(incident) + b"\n"


FORMS: dict[str, tuple[Callable[[Rows, Index], Iterator[Any]], str]] = {
    "csv": (_csv, "text/csv; charset=utf-8"),
    "geojson": (_geojson, "application/geo+json"),
    "jsonl": (_jsonl, "application/jsonl"),
}


def download_chart(request: Request) -> Response:
    """The chart by time of the view as a picture of its own."""
    filters = filters_of(request)
    index = desk_of(request).index_for(visitor_of(request))
    harm = filters.harm or MAIN_HARM
    step, buckets = sum_by_time(index, filters, harm, find_rows(index, filters, harm))
    page = load_environment().get_template("chart.svg.j2")
    chart = draw_columns(step, buckets, shown_filters(filters))
    content = page.render(chart=chart, step=step, harm=harm, filters=filters)
    return Response(
        content,
        media_type="image/svg+xml",
        headers={"content-disposition": 'attachment; filename="chart.svg"'},
    )


def download_map(request: Request) -> Response:
    """The map of the view as a picture of its own, with what it must say."""
    filters = filters_of(request)
    panel = map_panel(desk_of(request).index_for(visitor_of(request)), filters)
    content = load_environment().get_template("map.svg.j2").render(panel=panel, filters=filters)
    return Response(
        content,
        media_type="image/svg+xml",
        headers={"content-disposition": 'attachment; filename="map.svg"'},
    )


WAYS = (
    get("/download/incidents.{form}", "read", download_incidents),
    get("/download/chart.svg", "read", download_chart),
    get("/download/map.svg", "read", download_map),
)
