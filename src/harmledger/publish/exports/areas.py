"""geojson: incidents on the map (RFC 7946). A point only where there is a point."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from harmledger.core.incident import Incident
from harmledger.core.view import LedgerView
from harmledger.lexicon.gazetteer.paths import ATTRIBUTION
from harmledger.publish.exports.listen import Record
from harmledger.publish.notice import MAP_DISCLAIMER, RECORDED, WORKING_COPY
from harmledger.publish.shapes import Shape, bounds, find_shape, ring_of
from harmledger.publish.words import place_words, precision_words, when_words


class IncidentMap:
    """Writes ``incidents.geojson``: one feature an incident; no geometry for a country."""

    def __init__(self) -> None:
        self._features: list[dict[str, Any]] = []

    def setup(self, folder: Path, view: LedgerView) -> None:
        self._path = folder / "incidents.geojson"
        self._view = view

    def feed(self, record: Record) -> None:
        if isinstance(record, Incident):
            self._features.append(render_feature(record))

    def finish(self) -> None:
        collection = {
            "type": "FeatureCollection",
            "notice": [WORKING_COPY, RECORDED, MAP_DISCLAIMER, ATTRIBUTION],
            "policies": list(self._view.policies),
            "features": self._features,
        }
        self._path.write_bytes(msgspec.json.format(msgspec.json.encode(collection), indent=1))


def render_feature(incident: Incident) -> dict[str, Any]:
    """One incident as a GeoJSON feature; its geometry is null where nothing may be drawn."""
    shape = find_shape(incident.place)
    feature: dict[str, Any] = {
        "type": "Feature",
        "id": incident.id,
        "geometry": render_geometry(shape) if shape else None,
        "properties": _properties(incident, shape),
    }
    if shape and shape.kind != "point":
        (west, south), (east, north) = bounds(shape)
        feature["bbox"] = [west, south, east, north]
    return feature


def render_geometry(shape: Shape) -> dict[str, Any]:
    """A Point, or the outline of the area as a Polygon, outer ring counter-clockwise."""
    if shape.kind == "point":
        return {"type": "Point", "coordinates": list(shape.points[0])}
    return {"type": "Polygon", "coordinates": [[list(corner) for corner in ring_of(shape)]]}


def _properties(incident: Incident, shape: Shape | None) -> dict[str, Any]:
    place = incident.place
    return {
        "code": incident.code,
        "title": incident.title,
        "place": place_words(place),
        "country": place.country if place else None,
        "precision": place.precision if place else None,
        "precision_words": precision_words(place),
        "disputed": bool(place and place.disputed),
        "geometry_note": shape.note if shape else "not drawn: no point is known or stated",
        "radius_km": shape.radius_km if shape and shape.kind == "circle" else None,
        "occurred": incident.occurred.edtf if incident.occurred else None,
        "occurred_words": when_words(incident.occurred),
        "grade": incident.grade,
        "status": incident.status,
        "readings": [
            {
                "policy": reading.policy,
                "harm": reading.harm,
                "unit": reading.unit,
                "victims": reading.victims,
                "low": reading.low,
                "best": reading.best,
                "high": reading.high,
            }
            for reading in incident.readings
        ],
    }
