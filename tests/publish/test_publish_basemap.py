"""The base map takes no side: what is drawn, what is dashed, what is not there at all."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from importlib import resources

import numpy as np
import pytest

from harmledger.publish.basemap import PackedLine, clip_ring, load_basemap, load_disputed_names

BASE = load_basemap()
Box = tuple[float, float, float, float]


def count_inside(lines: Iterable[PackedLine], box: Box) -> int:
    """Corners and middles of segments inside west, south, east, north."""
    found = 0
    for line in lines:
        corners = line.unpack()
        points = np.concatenate([corners, (corners[1:] + corners[:-1]) / 2])
        x, y = points[:, 0], points[:, 1]
        inside = (x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])
        found += int(inside.sum())
    return found


def is_land(lon: float, lat: float) -> bool:
    """Even-odd test against the detailed land."""
    inside = False
    for line in BASE.land:
        x, y = line.unpack().T
        crosses = (y[:-1] > lat) != (y[1:] > lat)
        rise = np.where(crosses, y[1:] - y[:-1], 1.0)
        at = x[:-1] + (lat - y[:-1]) / rise * (x[1:] - x[:-1])
        inside ^= bool(np.sum(crosses & (at > lon)) % 2)
    return inside


@pytest.mark.parametrize(
    ("name", "box"),
    [
        ("Perekop, Crimea", (33.0, 45.7, 35.2, 46.3)),
        ("sand wall, Western Sahara", (-16.5, 21.6, -9.0, 27.6)),
        ("Golan Heights", (35.7, 32.8, 35.95, 33.3)),
        ("West Bank", (34.9, 31.4, 35.4, 32.5)),
        ("Gaza", (34.25, 31.3, 34.5, 31.55)),
        ("Kosovo and Serbia", (20.8, 42.95, 21.7, 43.2)),
        ("Kashmir, line of control", (73.8, 33.0, 77.0, 35.0)),
        ("Northern Cyprus", (33.0, 35.05, 33.8, 35.2)),
        ("Somaliland", (47.5, 8.1, 49.2, 11.0)),
        ("Abkhazia", (40.1, 43.2, 42.2, 43.7)),
        ("South Ossetia", (43.7, 42.5, 44.5, 42.9)),
        ("Transnistria", (29.0, 46.9, 29.9, 48.1)),
        ("Korean armistice line", (126.8, 37.8, 128.3, 38.6)),
    ],
)
def test_disputed_lines_are_dashed(name: str, box: Box) -> None:
    assert count_inside(BASE.disputed, box) > 0, name
    assert count_inside(BASE.agreed, box) == 0, name


def test_ordinary_borders_are_plain() -> None:
    assert count_inside(BASE.agreed, (37.5, 49.0, 40.2, 50.2)) > 0, "Ukraine and Russia"
    assert count_inside(BASE.disputed, (37.5, 49.0, 40.2, 50.2)) == 0
    assert count_inside(BASE.agreed, (66.0, 36.5, 69.0, 38.0)) > 0, "Afghanistan, north"


def test_no_leased_ground_is_drawn() -> None:
    assert count_inside(BASE.agreed, (62.0, 45.0, 66.5, 46.9)) == 0, "Baikonur"


def test_the_parallel_missing_in_the_source_is_there() -> None:
    assert count_inside(BASE.disputed, (-12.9, 27.6, -8.8, 27.7)) > 0


def test_the_asset_holds_no_name_and_no_country() -> None:
    packed = resources.files("harmledger.publish").joinpath("assets/basemap.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    assert sorted(data) == ["agreed", "disputed", "land", "source", "unit", "world"]
    assert all(
        isinstance(step, int)
        for kind in ("land", "agreed")
        for row in data[kind]
        for step in row[4]
    )


@pytest.mark.parametrize(
    ("place", "lon", "lat", "land"),
    [
        ("Simferopol", 34.1, 44.95, True),
        ("Kunduz", 68.86, 36.73, True),
        ("Zhytomyr", 28.68, 50.26, True),
        ("Gaza", 34.47, 31.5, True),
        ("Anadyr, beyond the antimeridian", -175.0, 66.5, True),
        ("Sea of Azov", 36.5, 46.0, False),
        ("Caspian Sea", 51.0, 42.0, False),
        ("Atlantic", -40.0, 30.0, False),
    ],
)
def test_land_is_land_and_sea_is_sea(place: str, lon: float, lat: float, land: bool) -> None:
    assert is_land(lon, lat) is land, place


def test_a_frame_inside_a_continent_is_all_land() -> None:
    box = (27.0, 49.5, 30.0, 51.0)
    rings = [clip_ring(line.unpack(), box) for line in BASE.land]
    (ring,) = [ring for ring in rings if ring]
    corners = {(round(x, 3), round(y, 3)) for x, y in ring}
    assert {(27.0, 49.5), (30.0, 49.5), (30.0, 51.0), (27.0, 51.0)} <= corners


def test_names_of_disputed_lines_are_listed_once() -> None:
    names = load_disputed_names()
    assert len(names) == len(set(names))
    assert {"Crimea", "Western Sahara", "Kosovo", "Golan Heights", "Kashmir"} <= set(names)
