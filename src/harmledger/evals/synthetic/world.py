"""What truly happened, in made-up provinces: towns, incidents and their siblings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil, cos, hypot, radians
from random import Random
from typing import TypeVar

from harmledger.core.base import Value
from harmledger.core.claim import Harm, Launch, SiteKind
from harmledger.evals.synthetic.names import make_name
from harmledger.evals.synthetic.recipe import Recipe

T = TypeVar("T")

FIRST_DAY = date(2021, 1, 1).toordinal()
DAYS = 730
_PER_PROVINCE = 16
_TOWNS = 5
_COLUMNS, _ROWS, _STRIPS = 20, 35, 11
"""Provinces side by side, one above the other, and how often that goes round the globe."""
_KM_PER_DEGREE = 111.2
_PARTIES = {
    "XAA": ("Karvian army", "Lomari front"),
    "XAB": ("Dovrian forces", "Pashtu militia"),
    "XAC": ("Sentari army", "Ruvan rebels"),
    "XAD": ("Belgorian troops", "Tovari movement"),
}
_COUNTRIES = tuple(_PARTIES)
_SITES: dict[SiteKind | None, int] = {
    None: 22,
    "home": 20,
    "hospital": 9,
    "market": 8,
    "school": 8,
    "transport": 7,
    "worship": 6,
    "populated_area": 5,
    "displacement_camp": 5,
    "power": 4,
    "aid_convoy": 3,
    "other_health": 3,
}
_NAMED = ("hospital", "school", "worship", "market", "displacement_camp", "other_health")
_MEANS: dict[tuple[Launch, str], int] = {
    ("air", "air_dropped_bomb"): 25,
    ("air", "drone"): 12,
    ("ground", "artillery"): 20,
    ("ground", "rocket"): 10,
    ("ground", "small_arms"): 20,
    ("emplaced", "ied"): 13,
}
_KINDS: dict[Harm, int] = {"killed": 84, "detained": 5, "abducted": 3, "displaced": 4}
_KINDS |= {"service_denied": 2, "access_denied": 2}


class Town(Value, frozen=True, kw_only=True):
    """A town or village with its point; ``province`` has no point of its own."""

    id: str
    name: str
    country: str
    province: str
    lat: float
    lon: float


class Event(Value, frozen=True, kw_only=True):
    """An incident as it was. ``dead`` and ``hurt``: the true toll. ``day`` is an ordinal."""

    id: str
    town: Town
    day: int
    hour: int
    kind: Harm
    site: SiteKind | None
    site_name: str | None
    means: tuple[Launch, str] | None
    actor: str | None
    rival: str
    dead: int
    hurt: int
    fame: float
    """How much it is reported on."""


def make_towns(incidents: int, chance: Random) -> list[list[Town]]:
    """Provinces as lists of towns; every second town has a village 5 to 20 km away."""
    provinces = []
    for number in range(max(4, incidents // _PER_PROVINCE)):
        country, name = _COUNTRIES[number % len(_COUNTRIES)], make_name(chance)
        corner, towns = _corner(number), []
        for place in range(_TOWNS):
            lat, lon = corner[0] + chance.random(), corner[1] + chance.random()
            towns.append(_town(f"t{number}-{place}", country, f"{name} {number}", lat, lon, chance))
            if place % 2 == 0:
                north, east = chance.uniform(0.05, 0.12), chance.uniform(-0.1, 0.1)
                village = (lat + north, lon + east)
                where = (country, f"{name} {number}", *village)
                towns.append(_town(f"v{number}-{place}", *where, chance))
        provinces.append(towns)
    return provinces


def _corner(number: int) -> tuple[float, float]:
    """Latitude and longitude where a province begins: rows of 20 that end before the towns of one
    row lie closer together than the gap between provinces, then the next rows east of them.

    Raises:
        ValueError: there is no room for so many provinces on one globe.
    """
    row, column = divmod(number, _COLUMNS)
    strip, row = divmod(row, _ROWS)
    if strip >= _STRIPS:
        raise ValueError(f"the globe holds {_COLUMNS * _ROWS * _STRIPS} provinces; make fewer")
    return 10.0 + 1.4 * row, 10.0 + 1.6 * (column + _COLUMNS * strip)


def _town(key: str, country: str, province: str, lat: float, lon: float, chance: Random) -> Town:
    name = make_name(chance)
    return Town(
        id=f"made:{key}",
        name=name,
        country=country,
        province=province,
        lat=round(lat, 4),
        lon=round(lon, 4),
    )


def make_events(
    incidents: int, provinces: Sequence[Sequence[Town]], recipe: Recipe, chance: Random
) -> list[Event]:
    """``incidents`` events; some provinces and towns see far more of them than others."""
    homes = {town.id: towns for towns in provinces for town in towns}
    heat = [1.0 / (1 + rank) ** 0.4 for rank in range(len(provinces))]
    events: list[Event] = []
    for number in range(incidents):
        if events and chance.random() < recipe.siblings:
            near = events[-1]
            town = _close_town(near.town, homes[near.town.id], chance)
            day = near.day + chance.choice((0, 0, 1, 1, 2))
        else:
            towns = chance.choices(provinces, heat)[0]
            town = chance.choices(towns, [1.0 / (1 + rank) for rank in range(len(towns))])[0]
            day = FIRST_DAY + chance.randrange(DAYS)
        events.append(_event(f"event-{number:05d}", town, day, chance))
    return _crowd(events, homes, recipe.siblings_least, chance)


def _crowd(
    events: list[Event], homes: Mapping[str, Sequence[Town]], least: float, chance: Random
) -> list[Event]:
    """``events``, with lone ones moved close to others until at least the share ``least`` of them
    has a sibling; nothing is moved when chance made enough."""
    needed = ceil(least * len(events))
    while len(events) > 1 and len(found := find_siblings(events)) < needed:
        lone = [n for n, event in enumerate(events) if event.id not in found]
        chance.shuffle(lone)
        for number in lone[: max(1, (needed - len(found)) // 2)]:
            near = events[number - 1]
            town = _close_town(near.town, homes[near.town.id], chance)
            day = near.day + chance.choice((0, 0, 1, 1, 2))
            events[number] = _event(events[number].id, town, day, chance)
    return events


def _close_town(town: Town, home: Sequence[Town], chance: Random) -> Town:
    """The same town for most siblings, else one within 25 km if there is one."""
    if chance.random() < 0.6:
        return town
    close = [t for t in home if t.id != town.id and km_between(t, town) <= 25]
    return chance.choice(close) if close else town


def km_between(a: Town, b: Town) -> float:
    """Kilometres between two towns, flat: good to a metre or so at this distance."""
    east = (a.lon - b.lon) * cos(radians((a.lat + b.lat) / 2))
    return _KM_PER_DEGREE * hypot(a.lat - b.lat, east)


def _event(key: str, town: Town, day: int, chance: Random) -> Event:
    kind = _pick(_KINDS, chance)
    site = _pick(_SITES, chance)
    blow = kind == "killed"
    named = site in _NAMED and chance.random() < 0.6
    parties = list(_PARTIES[town.country])
    chance.shuffle(parties)
    return Event(
        id=key,
        town=town,
        day=day,
        hour=chance.randrange(24),
        kind=kind,
        site=site if blow or chance.random() < 0.3 else None,
        site_name=make_name(chance) if named and blow else None,
        means=_pick(_MEANS, chance) if blow else None,
        actor=parties[0] if chance.random() < 0.8 else None,
        rival=parties[1],
        dead=1 + int(chance.lognormvariate(1.2, 1.0)),
        hurt=int(chance.lognormvariate(1.8, 1.0)),
        fame=chance.lognormvariate(0.0, 0.8),
    )


def _pick(weights: dict[T, int], chance: Random) -> T:
    return chance.choices(list(weights), list(weights.values()))[0]


def count_siblings(events: Sequence[Event]) -> int:
    """Events with another within 2 days and 25 km."""
    return len(find_siblings(events))


def find_siblings(events: Sequence[Event]) -> frozenset[str]:
    """Ids of events with another within 2 days and 25 km."""
    by_cell: dict[tuple[int, int], list[Event]] = {}
    for event in events:
        cell = (round(event.town.lat * 2), round(event.town.lon * 2))
        by_cell.setdefault(cell, []).append(event)
    return frozenset(e.id for e in events if any(_is_sibling(e, o) for o in _around(e, by_cell)))


def _around(event: Event, by_cell: dict[tuple[int, int], list[Event]]) -> list[Event]:
    lat, lon = round(event.town.lat * 2), round(event.town.lon * 2)
    cells = ((lat + n, lon + e) for n in (-1, 0, 1) for e in (-1, 0, 1))
    return [other for cell in cells for other in by_cell.get(cell, ()) if other.id != event.id]


def _is_sibling(a: Event, b: Event) -> bool:
    return abs(a.day - b.day) <= 2 and km_between(a.town, b.town) <= 25
