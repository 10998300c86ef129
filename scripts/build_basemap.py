"""Build the base map of the published pages from the npm package world-atlas.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/build_basemap.py package

What comes out holds lines and nothing else: no country name, no code, no colour. Which lines are
dashed is read from ``src/harmledger/publish/assets/disputed_borders.yaml``.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

ASSETS = Path(__file__).parent.parent / "src/harmledger/publish/assets"
UNIT = 1000
"""Stored coordinates are whole thousandths of a degree (about 110 m)."""
TOLERANCE = 0.006
"""Degrees (about 650 m) a simplified line may leave the source, whose own grid is 0.0036."""
SMALLEST = 0.02
"""Degrees: islands smaller than this both ways are left out."""

Point = tuple[float, float]
Line = list[Point]


def decode_arcs(topology: dict[str, Any]) -> list[Line]:
    """Arcs of a TopoJSON topology as (longitude, latitude)."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * kx + dx, y * ky + dy))
        arcs.append(line)
    return arcs


def distance(point: Point, a: Point, b: Point) -> float:
    """Distance in degrees from ``point`` to the segment a-b."""
    (px, py), (ax, ay), (bx, by) = point, a, b
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = 0.0 if length == 0 else ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length
    along = max(0.0, min(1.0, along))
    return float(((px - ax - along * (bx - ax)) ** 2 + (py - ay - along * (by - ay)) ** 2) ** 0.5)


def simplify(line: Line, tolerance: float) -> Line:
    """Douglas-Peucker without recursion; end points stay, so neighbouring lines still meet."""
    keep = {0, len(line) - 1}
    todo = [(0, len(line) - 1)]
    if line[0] == line[-1] and len(line) > 3:
        far = max(range(len(line)), key=lambda i: distance(line[i], line[0], line[0]))
        keep.add(far)
        todo = [(0, far), (far, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        between = range(first + 1, last)
        away, at = max((distance(line[i], line[first], line[last]), i) for i in between)
        if away > tolerance:
            keep.add(at)
            todo += [(first, at), (at, last)]
    return [line[i] for i in sorted(keep)]


def rings_of(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """Every ring of a Polygon, MultiPolygon or collection, as arc numbers."""
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        for inner in geometry["geometries"]:
            yield from rings_of(inner)
    elif kind == "Polygon":
        yield from geometry["arcs"]
    elif kind == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def join(ring: list[int], arcs: list[Line]) -> Line:
    line: Line = []
    for number in ring:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        line += part if not line else part[1:]
    return line


def unroll(ring: Line) -> list[Line]:
    """A ring of the globe laid flat: no jumps at the antimeridian, whole on both edges.

    Rings that cross 180° go on beyond it and are stored once more a turn away; the ring round
    the pole is closed along the lower edge.
    """
    flat, turn = [ring[0]], 0.0
    for (ax, _), (bx, by) in pairwise(ring):
        turn += 360.0 if ax - bx > 180 else -360.0 if bx - ax > 180 else 0.0
        flat.append((bx + turn, by))
    if abs(flat[0][0] - flat[-1][0]) > 180:
        flat += [(flat[-1][0], -90.0), (flat[0][0], -90.0), flat[0]]
    xs = [x for x, _ in flat]
    copies = [flat]
    if max(xs) > 180.01:
        copies.append([(x - 360, y) for x, y in flat])
    if min(xs) < -180.01:
        copies.append([(x + 360, y) for x, y in flat])
    return copies


def neighbours(countries: list[dict[str, Any]]) -> dict[int, set[str]]:
    """Arc number -> names of the countries it bounds."""
    found: dict[int, set[str]] = {}
    for country in countries:
        for ring in rings_of(country):
            for number in ring:
                found.setdefault(number if number >= 0 else ~number, set()).add(
                    country["properties"]["name"]
                )
    return found


def is_disputed(pair: set[str], a: Point, b: Point, rules: list[dict[str, Any]]) -> bool:
    x, y = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    for rule in rules:
        first, second = rule["between"]
        if not (first in pair and (second == "*" or second in pair)):
            continue
        south, west, north, east = rule.get("box", (-90, -180, 90, 180))
        if south <= y <= north and west <= x <= east:
            return True
    return False


def split_borders(
    arcs: list[Line], owners: dict[int, set[str]], table: dict[str, Any]
) -> tuple[list[Line], list[Line]]:
    """Common lines of two countries, as (agreed, disputed)."""
    rules, left_out = table["lines"], set(table["left_out"])
    agreed: list[Line] = []
    disputed: list[Line] = []
    for number, pair in sorted(owners.items()):
        if len(pair) < 2 or pair & left_out:
            continue
        line, run, kind = arcs[number], [arcs[number][0]], None
        for a, b in pairwise(line):
            here = is_disputed(pair, a, b, rules)
            if kind is not None and here != kind:
                (disputed if kind else agreed).append(run)
                run = [a]
            run.append(b)
            kind = here
        (disputed if kind else agreed).append(run)
    return agreed, disputed


def pack(line: Line) -> list[Any]:
    """[west, south, east, north, [x0, y0, dx, dy, ...]] in thousandths of a degree."""
    points = [(round(x * UNIT), round(y * UNIT)) for x, y in line]
    steps = [*points[0]]
    for (ax, ay), (bx, by) in pairwise(points):
        if (ax, ay) != (bx, by):
            steps += [bx - ax, by - ay]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return [min(xs), min(ys), max(xs), max(ys), steps]


def big_enough(ring: Line, smallest: float) -> bool:
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return max(xs) - min(xs) > smallest or max(ys) - min(ys) > smallest


def build(package: Path) -> dict[str, Any]:
    table = yaml.safe_load((ASSETS / "disputed_borders.yaml").read_text(encoding="utf-8"))
    fine = json.loads((package / "countries-10m.json").read_text(encoding="utf-8"))
    coarse = json.loads((package / "land-110m.json").read_text(encoding="utf-8"))
    arcs = [simplify(line, TOLERANCE) for line in decode_arcs(fine)]
    owners = neighbours(fine["objects"]["countries"]["geometries"])
    agreed, disputed = split_borders(arcs, owners, table)
    disputed += [[(x, y) for x, y in row["points"]] for row in table["added"]]
    land = [flat for ring in rings_of(fine["objects"]["land"]) for flat in unroll(join(ring, arcs))]
    thin = decode_arcs(coarse)
    world = [
        flat for ring in rings_of(coarse["objects"]["land"]) for flat in unroll(join(ring, thin))
    ]
    return {
        "source": "Natural Earth (public domain) through world-atlas 2.0.2 (ISC)",
        "unit": UNIT,
        "world": [pack(ring) for ring in world],
        "land": [pack(ring) for ring in land if big_enough(ring, SMALLEST)],
        "agreed": [pack(line) for line in agreed],
        "disputed": [pack(line) for line in disputed],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package", type=Path, help="the unpacked world-atlas package")
    content = json.dumps(build(parser.parse_args().package), separators=(",", ":")).encode()
    target = ASSETS / "basemap.json.gz"
    target.write_bytes(gzip.compress(content, 9, mtime=0))
    print(f"{target}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
