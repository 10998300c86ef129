"""What the gazetteer hands out: frozen values."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal

from harmledger.core.base import Value

KINDS = ("town", "admin1", "admin2", "country", "continent", "macro_region", "water", "area")
"""Stored as their position. ``area`` is a named part of one country ("Donbas", "Darfur")."""

REGION_KINDS = frozenset({"admin1", "admin2", "area"})
POINTLESS_KINDS = frozenset({"country", "continent", "macro_region"})

_WHERE_PREC = MappingProxyType(
    {"town": 2, "admin2": 3, "admin1": 4, "area": 5, "country": 6, "water": 7}
)

Reason = Literal[
    "found",
    "place_unknown",
    "place_ambiguous",
    "part_of_another_name",
    "demonym",
]

Doubt = Literal[
    "first_word",
    "common_word",
    "word_as_name",
    "personal_name",
    "beside_name",
    "surname",
    "person",
    "in_longer_name",
]
"""Why a name alone is not enough: it opens a sentence, where every word has a capital; it is an
ordinary word ("word_as_name" if it has a capital only a name would have), or mostly people's; a
capitalised word nothing explains stands beside it, or right before it as a first name or title
does ("surname", and "person" if the name itself is mostly people's); or it is part of another
name for certain ("Lake Victoria")."""

PART_OF_NAME: frozenset[Doubt | None] = frozenset(
    {"beside_name", "surname", "person", "in_longer_name"}
)


class GazetteerPlace(Value, frozen=True, kw_only=True):
    """One entry. ``lat`` and ``lon`` in degrees, None for countries, continents and macro-regions;
    ``box`` is (south, west, north, east) of the towns known inside a region; ``derived`` marks a
    point computed from those towns. ``score`` (0..1) and ``reason`` are set by a lookup."""

    id: str
    name: str
    kind: str
    country: str | None = None
    admin1: str | None = None
    admin1_id: str | None = None
    admin2_id: str | None = None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    derived: bool = False
    disputed: bool = False
    capital: bool = False
    alias: bool = False
    """True when the name asked for is not this entry's main name."""
    box: tuple[float, float, float, float] | None = None
    score: float = 0.0
    reason: str = ""

    @property
    def is_region(self) -> bool:
        return self.kind in REGION_KINDS

    @property
    def where_prec(self) -> int | None:
        """UCDP where_prec of a bare name of this kind (contract §2): town 2, district 3,
        province 4, area 5, country 6, water 7; None for what is wider than a country."""
        return _WHERE_PREC.get(self.kind)


class PlaceHit(Value, frozen=True, kw_only=True):
    """A name in a text, ``text[start:end] == as_written`` in code points, not yet resolved.

    ``level`` is what the words around it say it is: "region", "district", "town" or None.
    ``doubt`` is None, or why the name alone is not enough. ``within`` is the start of a
    neighbouring hit said to hold this one ("Pandi, Bulacan"), ``demonym`` the country of a word
    such as "Ukrainian"."""

    start: int
    end: int
    as_written: str
    key: str
    level: str | None = None
    direction: str | None = None
    doubt: Doubt | None = None
    within: int | None = None
    demonym: str | None = None
    candidates: tuple[GazetteerPlace, ...] = ()


class ResolvedPlace(Value, frozen=True, kw_only=True):
    """A hit and the place chosen for it; ``place`` is None unless ``reason`` is "found"."""

    hit: PlaceHit
    place: GazetteerPlace | None
    reason: Reason
    score: float = 0.0
    alternatives: tuple[GazetteerPlace, ...] = ()
