"""Whether two places can be one, at the precision each was said with."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from harmledger.core.place import Place
from harmledger.lexicon.linking import fold, load_linking
from harmledger.link.scripts import find_bones, lacks_vowels
from harmledger.link.spelling import are_alike

Distance = Callable[[Place, Place], float | None]
"""Great-circle kilometres between two places; None when one has no point."""
Relation = Literal[
    "same_place",
    "spelled_place",
    "near_place",
    "named_place",
    "beside_place",
    "same_region",
    "same_country",
]

RADIUS_KM = {1: 5.0, 2: 25.0, 3: 50.0}
"""How far from its point a place of UCDP precision 1, 2, 3 may lie."""
_EARTH_KM = 6371.0
_FEWEST = 3
"""Consonants that two names must share to be one town's in two scripts."""


def compare_places(p: Place, q: Place, distance: Distance | None = None) -> Relation | None:
    """How two places relate; None when they are apart.

    A larger area is compatible with what lies in it. Two towns are near when their distance is
    within the larger of the two radii, and beside each other when both are said to the point by
    other names; without points, equal names decide.
    """
    if p.gazetteer_id and p.gazetteer_id == q.gazetteer_id:
        return _same(p)
    if p.country and q.country and p.country != q.country and not (p.disputed or q.disputed):
        return None
    if not is_precise(p) or not is_precise(q):
        return _compare_areas(p, q)
    km = (distance or measure)(p, q)
    if km is None:
        return _compare_names(p.name or p.as_written, q.name or q.as_written)
    if km < 1.0:
        return "same_place"
    near = _near(p, q)
    if km > near:
        return None
    return "beside_place" if _are_two(p, q) else "near_place"


def _near(p: Place, q: Place) -> float:
    return max(RADIUS_KM.get(p.precision or 3, 50.0), RADIUS_KM.get(q.precision or 3, 50.0))


def _are_two(p: Place, q: Place) -> bool:
    """Each is said to the point, by another name: two villages, or a quarter and its city."""
    if p.precision != 1 or q.precision != 1 or not p.name or not q.name:
        return False
    return _compare_names(p.name, q.name) is None


@lru_cache(maxsize=65536)
def _compare_names(p: str, q: str) -> Relation | None:
    """Towns of which one has no point: the name, or a spelling the gazetteer does not know."""
    if lacks_vowels(p) != lacks_vowels(q):
        bones = _find_bones(p)
        return "spelled_place" if len(bones) >= _FEWEST and bones == _find_bones(q) else None
    left, right = fold(p), fold(q)
    if left == right:
        return "same_place"
    one, other = strip_articles(left), strip_articles(right)
    return "spelled_place" if one and other and are_alike(one.split(), other.split()) else None


def _find_bones(name: str) -> str:
    """The consonants of a town's name, its articles left out."""
    words = name.split() if lacks_vowels(name) else strip_articles(fold(name)).split()
    return "".join(map(find_bones, words))


@lru_cache(maxsize=65536)
def find_initial(name: str) -> str:
    """The letter that every spelling of a town's name begins with: its first consonant, as some
    scripts write no vowels; its first letter when it has none."""
    return _find_bones(name)[:1] or fold(name)[:1]


def strip_articles(name: str) -> str:
    """A folded name without its articles, which spellings leave out or write otherwise ("El
    Fasher", "Al-Fashir"); as it is when it is nothing else."""
    articles = load_linking().articles
    return " ".join(word for word in name.split() if word not in articles) or name


def _same(place: Place) -> Relation:
    if is_precise(place):
        return "same_place"
    return "same_country" if _is_country(place) else "same_region"


def _compare_areas(p: Place, q: Place) -> Relation | None:
    if _is_country(p) or _is_country(q):
        return "same_country" if p.country and p.country == q.country else None
    left, right = p.admin1 or p.name, q.admin1 or q.name
    if left and right and fold(left) == fold(right):
        return "same_region"
    return None if p.admin1 and q.admin1 else "same_country"


def is_precise(place: Place) -> bool:
    """A town or better (precision 1 to 3)."""
    if place.precision is not None:
        return place.precision <= 3
    return place.kind in (None, "town", "admin2") and place.name is not None


def _is_country(place: Place) -> bool:
    return place.kind in ("country", "continent", "macro_region") or place.precision == 6


def measure(p: Place, q: Place) -> float | None:
    """Great-circle kilometres; None when a place has no point."""
    if p.lat is None or p.lon is None or q.lat is None or q.lon is None:
        return None
    lat1, lon1, lat2, lon2 = (radians(x) for x in (p.lat, p.lon, q.lat, q.lon))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(h)))
