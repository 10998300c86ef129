"""Where a place may be drawn: a point only for a point, an area for an area, nothing for a country.

Precision is UCDP where_prec (contract §2). The gazetteer gives a province the middle of its towns;
a sharp pin there would name a village that nobody named. Such a place is a circle that says so.
"""

from __future__ import annotations

from math import asin, atan2, cos, degrees, pi, radians, sin
from typing import Literal

from harmledger.core.base import Value
from harmledger.core.place import Place

EARTH_RADIUS_KM = 6371.0088
RADIUS_KM = {2: 25.0, 3: 30.0, 4: 100.0, 5: 150.0, 7: 50.0}
"""Radius drawn for each precision that is no point; 2 is UCDP's own 25 km, the others ours."""
POINTLESS = frozenset({"country", "continent", "macro_region"})
CIRCLE_CORNERS = 64
MEMBERS_MARGIN = 0.1
"""Degrees added round the box that holds several places."""

Kind = Literal["point", "circle", "box"]
LonLat = tuple[float, float]


class Shape(Value, frozen=True, kw_only=True):
    """``points`` are (longitude, latitude): one for a point or circle, two corners
    (south-west, north-east) for a box. ``radius_km`` is 0 unless a circle."""

    kind: Kind
    points: tuple[LonLat, ...]
    radius_km: float = 0.0
    note: str


def find_shape(place: Place | None) -> Shape | None:
    """How ``place`` may be drawn; None when it has no point of its own (country, unknown)."""
    if place is None or place.kind in POINTLESS or place.precision == 6:
        return None
    if place.members:
        return _box_round([shape for m in place.members if (shape := find_shape(m))])
    if place.lat is None or place.lon is None:
        return None
    here = ((place.lon, place.lat),)
    area = place.kind in ("admin1", "admin2", "area", "water")
    if place.precision == 1 and not area:
        return Shape(kind="point", points=here, note="a point as the gazetteer gives it")
    precision = place.precision if place.precision in RADIUS_KM else 4 if area else 2
    radius = RADIUS_KM[precision or 2]
    note = f"somewhere in or near a circle of {radius:.0f} km; its middle is no location"
    return Shape(kind="circle", points=here, radius_km=radius, note=note)


def _box_round(shapes: list[Shape]) -> Shape | None:
    if not shapes:
        return None
    corners = [corner for shape in shapes for corner in bounds(shape)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    margin = MEMBERS_MARGIN
    return Shape(
        kind="box",
        points=((min(xs) - margin, min(ys) - margin), (max(xs) + margin, max(ys) + margin)),
        note="a box round several places",
    )


def circle_corners(center: LonLat, radius_km: float) -> tuple[LonLat, ...]:
    """The circle on the sphere as a closed ring, counter-clockwise (RFC 7946 §3.1.6)."""
    lon, lat = radians(center[0]), radians(center[1])
    turn = radius_km / EARTH_RADIUS_KM
    ring = []
    for step in range(CIRCLE_CORNERS):
        bearing = -2 * pi * step / CIRCLE_CORNERS
        y = asin(sin(lat) * cos(turn) + cos(lat) * sin(turn) * cos(bearing))
        x = lon + atan2(sin(bearing) * sin(turn) * cos(lat), cos(turn) - sin(lat) * sin(y))
        ring.append((round(degrees(x), 5), round(degrees(y), 5)))
    return (*ring, ring[0])


def ring_of(shape: Shape) -> tuple[LonLat, ...]:
    """The outline of an area as a closed counter-clockwise ring; raises ValueError for a point."""
    if shape.kind == "point":
        raise ValueError("a point has no outline")
    if shape.kind == "circle":
        return circle_corners(shape.points[0], shape.radius_km)
    (west, south), (east, north) = shape.points
    return ((west, south), (east, south), (east, north), (west, north), (west, south))


def bounds(shape: Shape) -> tuple[LonLat, LonLat]:
    """South-west and north-east corner."""
    ring = shape.points if shape.kind == "point" else ring_of(shape)
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs), min(ys)), (max(xs), max(ys))


def middle(shape: Shape) -> LonLat:
    (west, south), (east, north) = bounds(shape)
    return (west + east) / 2, (south + north) / 2
