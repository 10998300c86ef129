"""The base map: land, agreed lines, disputed lines. No names, no codes, no colours.

Made from Natural Earth by ``scripts/build_basemap.py``; see ``assets/disputed_borders.yaml``.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib import resources
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import yaml

from harmledger.core.base import Value

Box = tuple[float, float, float, float]
"""west, south, east, north in degrees."""
Points = npt.NDArray[np.float64]
"""n x 2: longitude, latitude in degrees."""


class PackedLine(Value, frozen=True, kw_only=True):
    """A line as stored: its box in degrees, and steps in thousandths of a degree."""

    box: Box
    steps: tuple[int, ...]
    unit: int

    def unpack(self) -> Points:
        return np.cumsum(np.array(self.steps, dtype=np.float64).reshape(-1, 2), axis=0) / self.unit


class BaseMap(Value, frozen=True, kw_only=True):
    """``world`` is land for small scales, ``land`` for large ones."""

    world: tuple[PackedLine, ...]
    land: tuple[PackedLine, ...]
    agreed: tuple[PackedLine, ...]
    disputed: tuple[PackedLine, ...]


@cache
def load_basemap() -> BaseMap:
    """The base map of this package."""
    packed = resources.files("harmledger.publish").joinpath("assets/basemap.json.gz").read_bytes()
    data: dict[str, Any] = msgspec.json.decode(gzip.decompress(packed))
    unit = data["unit"]

    def lines(name: str) -> tuple[PackedLine, ...]:
        return tuple(
            PackedLine(
                box=(row[0] / unit, row[1] / unit, row[2] / unit, row[3] / unit),
                steps=tuple(row[4]),
                unit=unit,
            )
            for row in data[name]
        )

    return BaseMap(
        world=lines("world"),
        land=lines("land"),
        agreed=lines("agreed"),
        disputed=lines("disputed"),
    )


@cache
def load_disputed_names() -> tuple[str, ...]:
    """Names of the lines that are dashed, each once."""
    source = resources.files("harmledger.publish").joinpath("assets/disputed_borders.yaml")
    table = yaml.safe_load(source.read_text(encoding="utf-8"))
    return tuple(dict.fromkeys(row["name"] for row in [*table["lines"], *table["added"]]))


def touches(a: Box, b: Box) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def _sides(points: Points, box: Box) -> npt.NDArray[np.int64]:
    """Which sides of the box each point is beyond, as bits."""
    x, y = points[:, 0], points[:, 1]
    beyond = (x < box[0]) * 1 + (x > box[2]) * 2 + (y < box[1]) * 4 + (y > box[3]) * 8
    sides: npt.NDArray[np.int64] = beyond.astype(np.int64)
    return sides


def thin_outside(points: Points, box: Box) -> Points:
    """Drop points beyond the very sides both neighbours are beyond: they cannot be seen.

    The first and last point of a run beyond one corner stay, so a ring still goes round it.
    """
    if len(points) < 4:
        return points
    sides = _sides(points, box)
    unseen = (sides[1:-1] > 0) & (sides[1:-1] == sides[:-2]) & (sides[1:-1] == sides[2:])
    keep = np.concatenate(([True], ~unseen, [True]))
    kept: Points = points[keep]
    return kept


def clip_ring(points: Points, box: Box) -> list[tuple[float, float]]:
    """A ring cut to the box (Sutherland-Hodgman); empty when nothing of it is inside."""
    ring = [(float(x), float(y)) for x, y in thin_outside(points, box)]
    west, south, east, north = box
    sides = ((0, west, True), (0, east, False), (1, south, True), (1, north, False))
    for axis, limit, above in sides:
        ring = _clip_side(ring, axis, limit, above)
        if not ring:
            return []
    return ring


def _clip_side(
    ring: list[tuple[float, float]], axis: int, limit: float, above: bool
) -> list[tuple[float, float]]:
    def inside(point: tuple[float, float]) -> bool:
        return point[axis] >= limit if above else point[axis] <= limit

    clipped: list[tuple[float, float]] = []
    for before, here in zip([ring[-1], *ring[:-1]], ring, strict=True):
        if inside(before) != inside(here):
            share = (limit - before[axis]) / (here[axis] - before[axis])
            other = before[1 - axis] + share * (here[1 - axis] - before[1 - axis])
            clipped.append((limit, other) if axis == 0 else (other, limit))
        if inside(here):
            clipped.append(here)
    return clipped


def clip_line(points: Points, box: Box) -> list[list[tuple[float, float]]]:
    """The runs of a line whose segments may be seen in the box (ends stay a little outside)."""
    sides = _sides(points, box)
    seen = (sides[:-1] & sides[1:]) == 0
    runs: list[list[tuple[float, float]]] = []
    last = -2
    for index in np.flatnonzero(seen):
        here = (float(points[index, 0]), float(points[index, 1]))
        ahead = (float(points[index + 1, 0]), float(points[index + 1, 1]))
        if index == last + 1:
            runs[-1].append(ahead)
        else:
            runs.append([here, ahead])
        last = int(index)
    return runs
