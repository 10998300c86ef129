"""Choosing between entries of one name, with the reason in words.

A score adds what speaks for an entry: its size, the document's country, nearness, a region said to
hold it. Whether the best entry may be used at all is a second question: a village nobody's words
support is not, for a false pin is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp, log10

import msgspec

from harmledger.core.base import Value
from harmledger.lexicon.gazetteer.geometry import Point, distance_km, in_box
from harmledger.lexicon.gazetteer.values import POINTLESS_KINDS, GazetteerPlace

LARGE, MIDDLING, SMALL, VILLAGE = 500_000, 100_000, 15_000, 2_000
"""Inhabitants from which a town needs no support, a little, or some; below SMALL a lot."""

NAMESAKE = 5
"""How many times smaller a namesake must be to leave a name alone."""

TOWN_SHARE = 0.1
"""Part of a region's townspeople from which the town of the same name is meant, not the region."""

NEARBY_KM = 150.0
COUNTRY_SUPPORTS = 0.25
"""Share of the document's country evidence from which a country supports a small place."""

_LEVEL_KINDS: Mapping[str, frozenset[str]] = {
    "region": frozenset({"admin1", "area", "admin2"}),
    "district": frozenset({"admin2", "admin1"}),
    "town": frozenset({"town"}),
}


class Evidence(Value, frozen=True, kw_only=True):
    """What is known besides the name. ``countries``: alpha-3 to a share 0..1 of what the document
    talks about; ``containers``: places said to hold this one."""

    countries: Mapping[str, float] = {}
    near: Point | None = None
    containers: tuple[GazetteerPlace, ...] = ()
    level: str | None = None
    usual: str | None = None
    """Id of the entry the bare name usually means."""
    alone: bool = False
    """True if every entry of some size with this name lies in one country."""


def contains(region: GazetteerPlace, place: GazetteerPlace) -> bool:
    """True if ``place`` lies inside ``region`` by country and division codes, or, for an area, by
    its box; a place does not contain itself."""
    if region.id == place.id:
        return False
    if region.kind == "country":
        return place.country == region.country
    if region.kind == "admin1":
        return place.admin1_id == region.id
    if region.kind == "admin2":
        return place.admin2_id == region.id
    if region.kind == "area" and region.box and place.lat is not None and place.lon is not None:
        return (region.disputed or place.country == region.country) and in_box(
            (place.lat, place.lon), region.box
        )
    return False


def rank(places: Iterable[GazetteerPlace], evidence: Evidence) -> tuple[GazetteerPlace, ...]:
    """The entries best first, each with its score (0..1) and reason."""
    fitting = _of_level(_without_doubles(tuple(places), evidence), evidence.level)
    largest = max((place.population for place in fitting if place.kind == "admin1"), default=0)
    scored = [_scored(place, evidence, largest) for place in fitting]
    scored.sort(key=lambda place: (-place.score, -place.population, place.id))
    return tuple(scored)


def is_supported(place: GazetteerPlace, evidence: Evidence) -> bool:
    """True if this much evidence is enough to use the entry at all."""
    share = evidence.countries.get(place.country or "", 0.0)
    held = any(contains(container, place) for container in evidence.containers)
    if held or place.id == evidence.usual or place.kind in ("continent", "macro_region", "water"):
        return True
    if place.kind == "country":
        return not place.alias or share > 0 or place.population >= LARGE
    if _is_near(place, evidence) or share >= COUNTRY_SUPPORTS:
        return True
    if place.kind in ("area", "admin1"):
        return not place.alias or evidence.level == "region" or place.population >= MIDDLING
    if place.kind == "admin2":
        return evidence.level is not None and place.population >= MIDDLING
    if place.capital or place.population >= LARGE or (share and place.population >= SMALL):
        return True
    if place.population >= MIDDLING:
        return evidence.alone or not place.alias or not evidence.countries
    return place.population >= SMALL and evidence.alone and not evidence.countries


def is_alone(places: Iterable[GazetteerPlace]) -> bool:
    """True if the entries of some size with one name lie in one country. Bearers of the name count
    before those that had it once, and a much smaller namesake does not."""
    sized = [place for place in places if place.population >= VILLAGE]
    bearers = [place for place in sized if not place.alias and place.population >= SMALL] or sized
    least = max((place.population for place in bearers), default=0) / NAMESAKE
    return len({place.country for place in bearers if place.population >= least}) <= 1


def _without_doubles(
    places: tuple[GazetteerPlace, ...], evidence: Evidence
) -> tuple[GazetteerPlace, ...]:
    """Without a region word, a town and the region named after it are one name: the town when it
    is a large part of the region, else the region."""
    if evidence.level is not None:
        return places
    towns = [place for place in places if place.kind == "town"]
    dropped: set[str] = set()
    for region in places:
        for town in towns:
            if region.kind == "admin2" and town.admin2_id == region.id:
                dropped.add(region.id)
            elif region.kind == "admin1" and town.admin1_id == region.id:
                large = town.population >= min(MIDDLING, TOWN_SHARE * region.population)
                dropped.add(region.id if large else town.id)
    usual = evidence.usual
    return tuple(place for place in places if place.id not in dropped or place.id == usual)


def _of_level(places: tuple[GazetteerPlace, ...], level: str | None) -> tuple[GazetteerPlace, ...]:
    kinds = _LEVEL_KINDS.get(level or "")
    if kinds is None:
        return places
    return tuple(place for place in places if place.kind in kinds) or places


def _scored(place: GazetteerPlace, evidence: Evidence, largest_region: int = 0) -> GazetteerPlace:
    """``largest_region``: inhabitants of the largest first-level division of the same name; only
    one larger than the country (Georgia) is a rival to it."""
    parts: list[tuple[float, str]] = [(_size(place), f"population {place.population:,}")]
    if place.kind == "country":
        weak = place.alias or largest_region > place.population
        parts = [(1.0 if weak else 1.4, "a country")]
    elif place.kind in POINTLESS_KINDS | {"water"}:
        parts = [(1.2, "a named area or water")]
    if place.id == evidence.usual:
        parts.append((0.5, "what reports usually mean by the name"))
    if place.capital:
        parts.append((0.1, "a capital"))
    if place.alias:
        parts.append((-0.08, "another of its names"))
    parts += _kind_parts(place, evidence.level)
    parts += _support_parts(place, evidence)
    total = sum(value for value, _ in parts)
    reason = "; ".join(text for _, text in parts)
    score = round(max(0.0, min(1.0, total / 2)), 4)
    return msgspec.structs.replace(place, score=score, reason=reason)


def _size(place: GazetteerPlace) -> float:
    return log10(max(place.population, 10)) / 7


def _kind_parts(place: GazetteerPlace, level: str | None) -> list[tuple[float, str]]:
    if level == "region" and place.kind in ("admin1", "area"):
        return [(0.3, "called a region")]
    if place.kind == "admin2":
        return [(0.1 if level == "district" else -0.2, "a second-level division")]
    return []


def _support_parts(place: GazetteerPlace, evidence: Evidence) -> list[tuple[float, str]]:
    parts: list[tuple[float, str]] = []
    share = evidence.countries.get(place.country or "", 0.0)
    if share:
        parts.append((0.35 * share, f"the text is about {place.country}"))
    for container in evidence.containers:
        if contains(container, place):
            parts.append((0.6, f"said to be in {container.name}"))
            break
    if evidence.near and place.lat is not None and place.lon is not None:
        far = distance_km(evidence.near, (place.lat, place.lon))
        parts.append((0.3 * exp(-far / NEARBY_KM), f"{far:.0f} km from the places around it"))
    return parts


def _is_near(place: GazetteerPlace, evidence: Evidence) -> bool:
    if evidence.near is None or place.lat is None or place.lon is None:
        return False
    return distance_km(evidence.near, (place.lat, place.lon)) <= NEARBY_KM
