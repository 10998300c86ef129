"""Turns the sources and our own tables into the gazetteer's entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from babel import Locale

from harmledger.lexicon.gazetteer.clean import (
    NameCleaner,
    bases,
    printed_region_name,
    printed_town_name,
)
from harmledger.lexicon.gazetteer.disputes import Disputes
from harmledger.lexicon.gazetteer.geometry import Box, in_box
from harmledger.lexicon.gazetteer.schema import ALIAS, BASE, CAPITAL, DERIVED, DISPUTED, MAIN
from harmledger.lexicon.gazetteer.sources import (
    SourceCountry,
    SourceRegion,
    Sources,
    SourceTown,
    read_countries,
    read_regions,
    read_towns,
)
from harmledger.lexicon.gazetteer.tables import load_demonyms, load_table, load_word_lists

COUNTRY_NAME_LOCALES = (
    *("en", "uk", "ru", "ar", "he", "fr", "es", "fa", "my", "zh", "ps", "so", "am", "tr", "sw"),
    *("pt", "de", "it", "hi", "ur", "bn", "ko", "ja", "pl", "ku", "ha"),
)
FIRST_OWN_KEY = 100_000_000
"""Above every geonameid: keys of entries GeoNames has no town for."""


@dataclass(kw_only=True)
class Entry:
    """One row to be: an entry of the file with the keys it is found by."""

    pk: int
    kind: str
    name: str
    code: str | None = None
    country: str | None = None
    admin1: int | None = None
    admin2: int | None = None
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    flags: int = 0
    box: Box | None = None
    keys: dict[str, int] = field(default_factory=dict)


@dataclass
class Extent:
    """Running weighted mean, box and population of the towns inside a region."""

    weight: float = 0.0
    lat: float = 0.0
    lon: float = 0.0
    population: int = 0
    box: Box | None = None

    def add(self, town: SourceTown) -> None:
        weight = max(town.population, 1)
        self.weight += weight
        self.lat += weight * town.lat
        self.lon += weight * town.lon
        self.population += town.population
        south, west, north, east = self.box or (town.lat, town.lon, town.lat, town.lon)
        self.box = (
            min(south, town.lat),
            min(west, town.lon),
            max(north, town.lat),
            max(east, town.lon),
        )

    def settle(self, entry: Entry) -> None:
        """Give the entry its point, marked as derived, its box and its population."""
        entry.population = self.population
        if self.weight:
            entry.lat, entry.lon = self.lat / self.weight, self.lon / self.weight
            entry.box = self.box
            entry.flags |= DERIVED


def collect_entries(sources: Sources, progress: Callable[[str], None]) -> Iterator[Entry]:
    """Every entry, towns first: regions and areas get their points from them."""
    collector = _Collector(sources)
    progress("gazetteer: reading towns")
    yield from collector.towns()
    progress("gazetteer: regions, countries, areas, waters")
    yield from collector.regions()
    yield from collector.countries()
    yield from collector.areas()
    yield from collector.waters()


class _Collector:
    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        words = load_word_lists()
        self._cleaner = NameCleaner(words.articles)
        self._no_country = words.common_words | frozenset(load_demonyms())
        self._disputes = Disputes.load()
        self._names = load_table("names")
        self._area_table = load_table("areas")
        self._countries = {country.alpha2: country for country in read_countries(sources)}
        self._regions = {region.code: region for region in read_regions(sources)}
        self._pks = count(FIRST_OWN_KEY)
        self._region_pks = {code: next(self._pks) for code in self._regions}
        self._extents = {code: Extent() for code in self._regions}
        self._area_extents = {code: Extent() for code in self._area_table["areas"]}

    def towns(self) -> Iterator[Entry]:
        members = AreaMembers(self._area_table["areas"])
        for town in read_towns(self._sources):
            country = self._countries.get(town.alpha2)
            if country is None:
                continue
            for code in {town.admin1, town.admin2}:
                if code in self._extents:
                    self._extents[code].add(town)
            for area in members.holding(town, country.alpha3):
                self._area_extents[area].add(town)
            yield self._town(town, country)

    def regions(self) -> Iterator[Entry]:
        for region in self._regions.values():
            country = self._countries.get(region.alpha2)
            if country is not None:
                yield self._region(region, country)

    def countries(self) -> Iterator[Entry]:
        table = load_table("countries")
        territories = [Locale.parse(code).territories for code in COUNTRY_NAME_LOCALES]
        for country in self._countries.values():
            english = territories[0].get(country.alpha2, country.name)
            printed = table["printed"].get(country.alpha3, country.name)
            named = [territory.get(country.alpha2, "") for territory in territories]
            own = table["names"].get(country.alpha3, [])
            yield Entry(
                pk=next(self._pks),
                kind="country",
                code=f"country:{country.alpha3}",
                name=printed,
                country=country.alpha3,
                population=country.population,
                flags=DISPUTED if country.alpha3 in self._disputes.countries else 0,
                keys=self._country_keys((printed, country.name, english, *own), named),
            )

    def areas(self) -> Iterator[Entry]:
        for kind, section in (("continent", "continents"), ("macro_region", "macro_regions")):
            for code, row in self._area_table[section].items():
                yield self._own(kind, code, row)
        for code, row in self._area_table["areas"].items():
            entry = self._own("area", code, row)
            self._area_extents[code].settle(entry)
            yield entry

    def waters(self) -> Iterator[Entry]:
        for code, row in load_table("waters").items():
            entry = self._own("water", code, row)
            entry.lat, entry.lon = row["point"]
            yield entry

    def _town(self, town: SourceTown, country: SourceCountry) -> Entry:
        id_ = f"geonames:{town.geonameid}"
        plain = printed_town_name(town.name, country.alpha3)
        name = self._names["printed"].get(id_, plain)
        capital = town.name == country.capital and town.population > 0
        disputed = self._disputes.town(
            country.alpha3, town.admin1, town.geonameid, (town.lat, town.lon)
        )
        return Entry(
            pk=town.geonameid,
            kind="town",
            name=name,
            country=country.alpha3,
            admin1=self._region_pks.get(town.admin1 or ""),
            admin2=self._region_pks.get(town.admin2 or ""),
            lat=town.lat,
            lon=town.lon,
            population=town.population,
            flags=(DISPUTED if disputed else 0) | (CAPITAL if capital else 0),
            keys=self._keys((name, town.name), (*town.names, *self._also(id_))),
        )

    def _region(self, region: SourceRegion, country: SourceCountry) -> Entry:
        id_ = f"{region.kind}:{region.code}"
        also = (region.name, *region.names, *self._also(id_))
        name = self._names["printed"].get(id_) or printed_region_name(region.name, region.names)
        disputed = self._disputes.region(country.alpha3, region.code)
        entry = Entry(
            pk=self._region_pks[region.code],
            kind=region.kind,
            code=id_,
            name=name,
            country=country.alpha3,
            admin1=self._region_pks.get(region.parent or region.code),
            flags=DISPUTED if disputed else 0,
            keys=self._keys((name,), also, regional=True),
        )
        self._extents[region.code].settle(entry)
        return entry

    def _own(self, kind: str, code: str, row: Mapping[str, Any]) -> Entry:
        return Entry(
            pk=next(self._pks),
            kind=kind,
            code=f"{kind.replace('_', '-')}:{code}",
            name=row["name"],
            country=row.get("country"),
            flags=DISPUTED if row.get("disputed") else 0,
            keys=self._keys((row["name"],), row.get("also", ())),
        )

    def _country_keys(self, english: Iterable[str], others: Iterable[str]) -> dict[str, int]:
        """Names in other languages are further names, and none if English has the word
        ("Island" is German for Iceland, "Israeli" Swahili for Israel)."""
        keys = dict.fromkeys(self._cleaner.kept(english, languages=False), MAIN)
        for key in self._cleaner.kept(others, languages=False):
            if key not in self._no_country:
                keys.setdefault(key, ALIAS)
        return keys

    def _also(self, id_: str) -> tuple[str, ...]:
        return tuple(self._names["also"].get(id_, ()))

    def _keys(
        self, main: Iterable[str], also: Iterable[str], *, regional: bool = False
    ) -> dict[str, int]:
        """Keys with their ranks; a region is found without its kind word too."""
        mains, others = tuple(main), tuple(also)
        keys = dict.fromkeys(self._cleaner.kept(mains), MAIN)
        for key in self._cleaner.kept(others):
            keys.setdefault(key, ALIAS)
        if regional:
            stripped = [base for name in (*mains, *others) for base in bases(name)]
            for key in self._cleaner.kept(stripped):
                keys.setdefault(key, BASE)
        return keys


class AreaMembers:
    """Which towns lie in which of our own areas."""

    def __init__(self, areas: Mapping[str, Mapping[str, Any]]) -> None:
        self._by_region: dict[str, list[str]] = {}
        self._by_country: dict[str | None, list[tuple[str, Box]]] = {}
        for code, row in areas.items():
            country = None if row.get("disputed") else row["country"]
            for member in row["members"]:
                if isinstance(member, str):
                    self._by_region.setdefault(member.split(":", 1)[1], []).append(code)
                else:
                    south, west, north, east = member
                    box = (south, west, north, east)
                    self._by_country.setdefault(country, []).append((code, box))

    def holding(self, town: SourceTown, alpha3: str) -> set[str]:
        """Codes of the areas that hold this town; a disputed area's box asks for no country."""
        areas = set(self._by_region.get(town.admin1 or "", ()))
        for country in (None, alpha3):
            for code, box in self._by_country.get(country, ()):
                if in_box((town.lat, town.lon), box):
                    areas.add(code)
        return areas
