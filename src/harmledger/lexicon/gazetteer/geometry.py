"""Distances and boxes on the sphere. Degrees in, kilometres out."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088

Point = tuple[float, float]
Box = tuple[float, float, float, float]


def distance_km(a: Point, b: Point) -> float:
    """Great-circle distance between two (latitude, longitude) points."""
    lat_a, lon_a, lat_b, lon_b = (radians(value) for value in (*a, *b))
    chord = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))


def in_box(point: Point, box: Box, *, margin: float = 0.0) -> bool:
    """True if the point lies in (south, west, north, east), widened by ``margin`` degrees."""
    south, west, north, east = box
    return (
        south - margin <= point[0] <= north + margin and west - margin <= point[1] <= east + margin
    )
