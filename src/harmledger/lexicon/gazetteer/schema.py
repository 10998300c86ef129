"""The gazetteer file's tables."""

from __future__ import annotations

SCHEMA_VERSION = 1

MAIN, ALIAS, BASE = 0, 1, 2
"""Ranks of a name: the entry's own, another, or a region's name without its kind word."""

DISPUTED, DERIVED, CAPITAL = 1, 2, 4
"""Bits of ``place.flags``."""

DEGREES = 100_000
"""Coordinates are whole numbers of this part of a degree (about one metre)."""

SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE place (
    pk INTEGER PRIMARY KEY,
    code TEXT,
    kind INTEGER NOT NULL,
    name TEXT NOT NULL,
    country TEXT,
    admin1 INTEGER,
    admin2 INTEGER,
    lat INTEGER,
    lon INTEGER,
    population INTEGER NOT NULL,
    flags INTEGER NOT NULL
);
CREATE TABLE box (
    pk INTEGER PRIMARY KEY,
    south INTEGER NOT NULL, west INTEGER NOT NULL, north INTEGER NOT NULL, east INTEGER NOT NULL
);
CREATE TABLE alias (
    key TEXT NOT NULL,
    pk INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    PRIMARY KEY (key, pk)
) WITHOUT ROWID;
CREATE TABLE neighbour (
    country TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (country, other)
) WITHOUT ROWID;
"""
