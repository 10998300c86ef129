"""Map panels as plain values: paths, marks and labels in the units of an SVG view box."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import cos, radians

from harmledger.core.base import Value
from harmledger.publish.basemap import (
    BaseMap,
    Box,
    PackedLine,
    clip_line,
    clip_ring,
    load_basemap,
    touches,
)
from harmledger.publish.shapes import Shape, bounds, middle, ring_of

WIDTH = 640.0
LOCATOR_WIDTH = 960.0
LEAST_SPAN = 3.2
"""Degrees of latitude a panel shows at least: towns are found by their surroundings."""
JOIN_WITHIN = 4.0
"""Degrees: incidents closer than this share a panel."""
PANEL_RATIO = 0.62
WIDE = 45.0
"""Degrees of longitude from which a panel is drawn with the coarse coast and without borders."""
INSET_WIDTH = 150.0
INSET_SPAN = 50.0
"""Degrees of latitude the small corner map shows at least."""
KM_PER_DEGREE = 111.195
SCALES_KM = (10, 20, 50, 100, 200, 500, 1000, 2000)
LABEL_LETTER = 9.0
LABEL_LINE = 21.0
"""View units a letter and a line of a label take on a narrow screen, where labels are largest."""


class Pin(Value, frozen=True, kw_only=True):
    """One incident to be drawn: where, what to call it, where to read on."""

    label: str
    title: str
    href: str
    shape: Shape


class Mark(Value, frozen=True, kw_only=True):
    """A drawn pin. ``path`` for an area, ``x``/``y``/label position in view units."""

    pins: tuple[Pin, ...]
    kind: str
    x: float
    y: float
    path: str
    label: str
    label_x: float
    label_y: float
    anchor: str


class Inset(Value, frozen=True, kw_only=True):
    """The wider neighbourhood in a corner of a panel, and the panel's box on it.

    ``box`` is x, y, width, height; everything in units of the inset itself."""

    width: float
    height: float
    land: str
    box: tuple[float, float, float, float]


class Panel(Value, frozen=True, kw_only=True):
    """One map. ``number`` ties it to its box on the locator map."""

    number: int
    width: float
    height: float
    box: Box
    land: str
    agreed: str
    disputed: str
    marks: tuple[Mark, ...]
    scale_km: int
    scale_width: float
    title: str
    inset: Inset

    @property
    def pins(self) -> tuple[Pin, ...]:
        return tuple(pin for mark in self.marks for pin in mark.pins)


class Locator(Value, frozen=True, kw_only=True):
    """The world, small, with the number of each panel where it lies."""

    width: float
    height: float
    land: str
    places: tuple[tuple[int, float, float], ...]


Project = Callable[[tuple[float, float]], tuple[float, float]]


def cluster_pins(pins: Iterable[Pin]) -> tuple[tuple[Pin, ...], ...]:
    """Pins that lie near each other, in the order they came; each cluster gets a panel."""
    clusters: list[list[Pin]] = []
    for pin in pins:
        near = [c for c in clusters if any(_near(pin.shape, other.shape) for other in c)]
        joined = [other for c in near for other in c] + [pin]
        clusters = [c for c in clusters if c not in near] + [joined]
    return tuple(tuple(cluster) for cluster in clusters)


def _near(a: Shape, b: Shape) -> bool:
    (ax, ay), (bx, by) = middle(a), middle(b)
    return abs(ay - by) <= JOIN_WITHIN and abs(ax - bx) * cos(radians(ay)) <= JOIN_WITHIN


def frame(pins: Iterable[Pin]) -> Box:
    """The box that shows these pins with room around them, as wide as a panel is."""
    corners = [corner for pin in pins for corner in bounds(pin.shape)]
    west, east = min(x for x, _ in corners), max(x for x, _ in corners)
    south, north = min(y for _, y in corners), max(y for _, y in corners)
    lat, lon = (south + north) / 2, (west + east) / 2
    squeeze = max(0.2, cos(radians(lat)))
    tall = max(LEAST_SPAN, (north - south) * 1.5, (east - west) * 1.5 * squeeze * PANEL_RATIO)
    wide = tall / PANEL_RATIO / squeeze
    return (lon - wide / 2, lat - tall / 2, lon + wide / 2, lat + tall / 2)


def render_panel(number: int, pins: tuple[Pin, ...], width: float = WIDTH) -> Panel:
    """One panel round ``pins``: equirectangular, true to scale at its middle."""
    base = load_basemap()
    box = frame(pins)
    height = round(width * PANEL_RATIO, 1)
    project = projector(box, width, height)
    land, agreed, disputed = _draw(base, box, project)
    degrees_wide = (box[2] - box[0]) * cos(radians((box[1] + box[3]) / 2))
    per_km = width / (degrees_wide * KM_PER_DEGREE)
    scale = max(km for km in SCALES_KM if km == SCALES_KM[0] or km * per_km < width / 4)
    return Panel(
        number=number,
        width=width,
        height=height,
        box=box,
        land=land,
        agreed=agreed,
        disputed=disputed,
        marks=_place_marks(pins, project, width),
        scale_km=scale,
        scale_width=round(scale * per_km, 1),
        title=", ".join(dict.fromkeys(pin.label for pin in pins)),
        inset=render_inset(box),
    )


def render_inset(box: Box) -> Inset:
    """Coasts round the panel, wide enough to know the part of the world; no borders."""
    west, south, east, north = box
    lon, lat = (west + east) / 2, (south + north) / 2
    tall = max(INSET_SPAN, (north - south) * 4)
    wide = tall / PANEL_RATIO / max(0.4, cos(radians(lat)))
    around = (lon - wide / 2, lat - tall / 2, lon + wide / 2, lat + tall / 2)
    height = round(INSET_WIDTH * PANEL_RATIO, 1)
    project = projector(around, INSET_WIDTH, height)
    (left, top), (right, bottom) = project((west, north)), project((east, south))
    return Inset(
        width=INSET_WIDTH,
        height=height,
        land=_land_path(load_basemap().world, around, project),
        box=(left, top, round(right - left, 1), round(bottom - top, 1)),
    )


def _draw(base: BaseMap, box: Box, project: Project) -> tuple[str, str, str]:
    """Land, agreed and disputed lines as path data; cut a little outside the frame."""
    room = (box[2] - box[0]) * 0.05
    wide = (box[0] - room, box[1] - room, box[2] + room, box[3] + room)
    if box[2] - box[0] > WIDE:
        return _land_path(base.world, wide, project), "", _line_path(base.disputed, wide, project)
    return (
        _land_path(base.land, wide, project),
        _line_path(base.agreed, wide, project),
        _line_path(base.disputed, wide, project),
    )


def render_locator(panels: Iterable[Panel]) -> Locator:
    """The world from 58° south to 80° north with the panels' numbers."""
    box = (-170.0, -58.0, 180.0, 80.0)
    height = round(LOCATOR_WIDTH * (box[3] - box[1]) / (box[2] - box[0]), 1)
    project = projector(box, LOCATOR_WIDTH, height)
    places = []
    for panel in panels:
        west, south, east, north = panel.box
        x, y = project(((west + east) / 2, (south + north) / 2))
        places.append((panel.number, x, y))
    land = _land_path(load_basemap().world, box, project)
    return Locator(width=LOCATOR_WIDTH, height=height, land=land, places=_apart(places))


def _apart(places: list[tuple[int, float, float]]) -> tuple[tuple[int, float, float], ...]:
    """Move numbers that would cover each other downwards, nearest first."""
    placed: list[tuple[int, float, float]] = []
    for number, x, y in places:
        low = y
        while any(abs(x - px) < 24 and abs(low - py) < 24 for _, px, py in placed):
            low += 6
        placed.append((number, x, low))
    return tuple(placed)


def projector(box: Box, width: float, height: float) -> Project:
    """Degrees to view units, rounded to a tenth."""
    west, south, east, north = box

    def project(point: tuple[float, float]) -> tuple[float, float]:
        x = (point[0] - west) / (east - west) * width
        y = (north - point[1]) / (north - south) * height
        return round(x, 1), round(y, 1)

    return project


def path_of(points: Iterable[tuple[float, float]], project: Project, *, closed: bool) -> str:
    """SVG path data; points that fall on the one before are left out."""
    parts: list[str] = []
    last: tuple[float, float] | None = None
    for point in points:
        here = project(point)
        if here != last:
            parts.append(f"{'L' if parts else 'M'}{here[0]:g} {here[1]:g}")
        last = here
    if len(parts) < 2:
        return ""
    return "".join(parts) + ("Z" if closed else "")


def _land_path(lines: tuple[PackedLine, ...], box: Box, project: Project) -> str:
    rings = (clip_ring(line.unpack(), box) for line in lines if touches(line.box, box))
    return "".join(path_of(ring, project, closed=True) for ring in rings)


def _line_path(lines: tuple[PackedLine, ...], box: Box, project: Project) -> str:
    near = (line for line in lines if touches(line.box, box))
    runs = (run for line in near for run in clip_line(line.unpack(), box))
    return "".join(path_of(run, project, closed=False) for run in runs)


def _place_marks(pins: tuple[Pin, ...], project: Project, width: float) -> tuple[Mark, ...]:
    """Marks with labels that do not cover each other; pins of one place share a mark."""
    together: dict[tuple[str, tuple[tuple[float, float], ...]], list[Pin]] = {}
    for pin in pins:
        together.setdefault((pin.label, pin.shape.points), []).append(pin)
    taken: list[tuple[float, float, float]] = []
    marks = []
    for (label, _), same in sorted(together.items(), key=lambda item: -middle(item[1][0].shape)[1]):
        shape = same[0].shape
        x, y = project(middle(shape))
        path = "" if shape.kind == "point" else path_of(ring_of(shape), project, closed=True)
        label_x, label_y, anchor = _label_spot(label, x, y, width, taken, centred=bool(path))
        marks.append(
            Mark(
                pins=tuple(same),
                kind=shape.kind,
                x=x,
                y=y,
                path=path,
                label=label,
                label_x=label_x,
                label_y=label_y,
                anchor=anchor,
            )
        )
    return tuple(marks)


def _label_spot(
    label: str,
    x: float,
    y: float,
    width: float,
    taken: list[tuple[float, float, float]],
    *,
    centred: bool,
) -> tuple[float, float, str]:
    """Beside the mark (inside for an area), lower where another label already stands."""
    wide = len(label) * LABEL_LETTER
    anchor = "middle" if centred else "end" if x + 12 + wide > width else "start"
    label_x = x if centred else x - 11 if anchor == "end" else x + 11
    left = {"middle": label_x - wide / 2, "end": label_x - wide, "start": label_x}[anchor]
    label_y = y + 5
    beside = [ty for tl, tr, ty in taken if left < tr and tl < left + wide]
    while any(abs(label_y - ty) < LABEL_LINE for ty in beside):
        label_y += 3
    taken.append((left, left + wide, label_y))
    return round(label_x, 1), round(label_y, 1), anchor
