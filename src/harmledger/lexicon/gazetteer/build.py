"""Builds the gazetteer file, once, at set-up."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from harmledger.lexicon.gazetteer.entries import Entry, collect_entries
from harmledger.lexicon.gazetteer.paths import ATTRIBUTION
from harmledger.lexicon.gazetteer.schema import DEGREES, SCHEMA, SCHEMA_VERSION
from harmledger.lexicon.gazetteer.sources import Sources, find_sources, read_countries
from harmledger.lexicon.gazetteer.values import KINDS

Progress = Callable[[str], None]


def build_gazetteer(
    target: Path, *, progress: Progress = lambda _line: None, sources: Sources | None = None
) -> Path:
    """Write the gazetteer to ``target`` and return it; an older file is replaced only when the
    new one is whole. ``sources`` defaults to the installed packages (:func:`find_sources`).

    Raises:
        MissingResource: a source package is not installed; the message names the command.
        LexiconError: one of the tables in ``lexicon/data`` does not read.
    """
    sources = sources or find_sources()
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".gazetteer-", suffix=".sqlite", dir=target.parent)
    os.close(handle)
    unfinished = Path(name)
    try:
        _write_file(unfinished, sources, progress)
        unfinished.chmod(0o644)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    progress(f"gazetteer: {target} ({target.stat().st_size / 1e6:.0f} MB)")
    return target


def _write_file(path: Path, sources: Sources, progress: Progress) -> None:
    database = sqlite3.connect(path)
    try:
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
        database.execute("CREATE TEMP TABLE staged (key TEXT, pk INTEGER, rank INTEGER)")
        count = 0
        for entry in collect_entries(sources, progress):
            _write_entry(database, entry)
            count += 1
        progress(f"gazetteer: {count} places, sorting their names")
        database.execute("INSERT INTO alias SELECT key, pk, min(rank) FROM staged GROUP BY key, pk")
        database.execute("CREATE INDEX place_code ON place(code) WHERE code IS NOT NULL")
        _write_neighbours(database, sources)
        _write_meta(database, sources, count)
        database.commit()
    finally:
        database.close()


def _write_entry(database: sqlite3.Connection, entry: Entry) -> None:
    database.execute(
        "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (
            entry.pk,
            entry.code,
            KINDS.index(entry.kind),
            entry.name,
            entry.country,
            entry.admin1,
            entry.admin2,
            _whole(entry.lat),
            _whole(entry.lon),
            entry.population,
            entry.flags,
        ),
    )
    if entry.box is not None:
        database.execute("INSERT INTO box VALUES (?,?,?,?,?)", (entry.pk, *map(_whole, entry.box)))
    database.executemany(
        "INSERT INTO staged VALUES (?,?,?)",
        ((key, entry.pk, rank) for key, rank in entry.keys.items()),
    )


def _write_neighbours(database: sqlite3.Connection, sources: Sources) -> None:
    countries = read_countries(sources)
    alpha3 = {country.alpha2: country.alpha3 for country in countries}
    database.executemany(
        "INSERT OR IGNORE INTO neighbour VALUES (?,?)",
        (
            (country.alpha3, alpha3[other])
            for country in countries
            for other in country.neighbours
            if other in alpha3
        ),
    )


def _write_meta(database: sqlite3.Connection, sources: Sources, count: int) -> None:
    facts = {
        "schema": str(SCHEMA_VERSION),
        "attribution": ATTRIBUTION,
        "places": str(count),
        **{f"version:{name}": value for name, value in sources.versions.items()},
        **{f"sha256:{name}": value for name, value in sources.digests().items()},
    }
    database.executemany("INSERT INTO meta VALUES (?,?)", facts.items())


def _whole(degrees: float | None) -> int | None:
    return None if degrees is None else round(degrees * DEGREES)
