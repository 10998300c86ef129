"""Reads the gazetteer file: entries by id and by name, nothing decided here."""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar, cast

from harmledger.core.errors import MissingResource
from harmledger.lexicon.gazetteer.geometry import Box
from harmledger.lexicon.gazetteer.schema import (
    CAPITAL,
    DEGREES,
    DERIVED,
    DISPUTED,
    MAIN,
    SCHEMA_VERSION,
)
from harmledger.lexicon.gazetteer.values import KINDS, GazetteerPlace

_COLUMNS = """
    SELECT p.pk, p.code, p.kind, p.name, p.country, p.lat, p.lon, p.population, p.flags,
           first.name, first.code, second.code, b.south, b.west, b.north, b.east
"""
_JOINS = """
    LEFT JOIN place first ON first.pk = p.admin1
    LEFT JOIN place second ON second.pk = p.admin2
    LEFT JOIN box b ON b.pk = p.pk
"""
_BY_KEY = f"{_COLUMNS}, a.rank FROM alias a JOIN place p ON p.pk = a.pk {_JOINS} WHERE a.key = ?"
_BY_PK = f"{_COLUMNS}, 0 FROM place p {_JOINS} WHERE p.pk = ?"
_BY_CODE = f"{_COLUMNS}, 0 FROM place p {_JOINS} WHERE p.code = ?"
_TOWN = "geonames:"

Answer = TypeVar("Answer")
Row = tuple[Any, ...]


class BoundedCache:
    """The last ``size`` answers by key; safe to share between threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(Answer, self._kept[key])
        answer = make()
        with self._lock:
            self._kept[key] = answer
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return answer


class PlaceStore:
    """The file, open for reading. Raises MissingResource if it is not one this version reads."""

    def __init__(self, path: Path, *, cache_size: int = 8192) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._cache = BoundedCache(cache_size)
        self._database = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self.meta = self._read_meta()

    def close(self) -> None:
        self._database.close()

    def named(self, key: str) -> tuple[GazetteerPlace, ...]:
        """Every entry found by this lookup key, largest first."""
        return self._cache.get(("key", key), lambda: self._query(_BY_KEY, key))

    def by_id(self, id_: str) -> GazetteerPlace | None:
        """The entry with this id ("geonames:701822", "admin1:UA.05", "country:UKR")."""
        if id_.startswith(_TOWN):
            number = id_.removeprefix(_TOWN)
            query, value = _BY_PK, number if number.isdecimal() else "-1"
        else:
            query, value = _BY_CODE, id_
        found = self._cache.get(("id", id_), lambda: self._query(query, value))
        return found[0] if found else None

    def neighbours(self, country: str) -> frozenset[str]:
        """Countries that share a border with this one (alpha-3)."""
        return self._cache.get(("border", country), lambda: self._neighbours(country))

    def _neighbours(self, country: str) -> frozenset[str]:
        rows = self._rows("SELECT other FROM neighbour WHERE country = ?", country)
        return frozenset(str(row[0]) for row in rows)

    def _query(self, query: str, value: str) -> tuple[GazetteerPlace, ...]:
        places = [_place(row) for row in self._rows(query, value)]
        places.sort(key=lambda place: (-place.population, place.id))
        return tuple(places)

    def _rows(self, query: str, value: str) -> list[Row]:
        with self._lock:
            return self._database.execute(query, (value,)).fetchall()

    def _read_meta(self) -> dict[str, str]:
        try:
            meta = dict(self._database.execute("SELECT key, value FROM meta"))
        except sqlite3.DatabaseError as error:
            raise MissingResource(
                f"{self._path} is no gazetteer ({error}). Build it again with "
                "`harmledger gazetteer`."
            ) from error
        if meta.get("schema") != str(SCHEMA_VERSION):
            raise MissingResource(
                f"{self._path} has gazetteer schema {meta.get('schema')}, this version reads "
                f"{SCHEMA_VERSION}. Build it again with `harmledger gazetteer`."
            )
        return meta


def _place(row: Row) -> GazetteerPlace:
    pk, code, kind, name, country, lat, lon, population, flags = row[:9]
    first, first_id, second_id = row[9:12]
    bits = int(flags)
    return GazetteerPlace(
        id=str(code) if code else f"{_TOWN}{pk}",
        name=str(name),
        kind=KINDS[int(kind)],
        country=str(country) if country else None,
        admin1=str(first) if first else None,
        admin1_id=str(first_id) if first_id else None,
        admin2_id=str(second_id) if second_id else None,
        lat=_degrees(lat),
        lon=_degrees(lon),
        population=int(population),
        derived=bool(bits & DERIVED),
        disputed=bool(bits & DISPUTED),
        capital=bool(bits & CAPITAL),
        alias=row[16] != MAIN,
        box=_box(row[12:16]),
    )


def _box(edges: Row) -> Box | None:
    if edges[0] is None:
        return None
    south, west, north, east = (edge / DEGREES for edge in edges)
    return (south, west, north, east)


def _degrees(whole: int | None) -> float | None:
    return None if whole is None else whole / DEGREES
