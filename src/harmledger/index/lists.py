"""Lists, sums and search over an index, always within filters."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from harmledger.core.base import Value
from harmledger.core.change import Change
from harmledger.core.decision import Decision
from harmledger.core.incident import Incident
from harmledger.core.unresolved import Unresolved
from harmledger.index.filters import SHORTEST, Filters, like_term, match_words
from harmledger.index.look import SHOWN, Index
from harmledger.index.rows import Shown

Step = Literal["week", "month", "year"]
MOST_BARS = 60
SEARCHED = 400
"""Hits of a search that are looked at; a search that has more says so."""


class Bucket(Value, frozen=True, kw_only=True):
    """A sum of readings over distinct incidents of one week, month, year or place (R12).
    ``key`` is empty for incidents whose date or place is said to be anywhere in something wider.
    ``open_high``/``without_low``: incidents with no stated upper or lower bound."""

    key: str
    incidents: int
    low: int
    high: int | None
    open_high: int
    without_low: int
    one_origin: int
    on_words: int
    set_aside: int
    country: str = ""


class Spot(Value, frozen=True, kw_only=True):
    """A place where incidents are said to have happened."""

    place: str
    place_id: str | None
    country: str | None
    lat: float
    lon: float
    precision: int
    kind: str | None
    incidents: int
    first: str
    """Id of one of them."""
    title: str


class Hit(Value, frozen=True, kw_only=True):
    """One thing a search found; ``words`` is what was searched."""

    kind: Literal["claim", "incident", "document"]
    ref: str
    at: str | None
    words: str


def count_incidents(index: Index, filters: Filters) -> int:
    where, values = filters.where()
    query = f"SELECT count(*) FROM incidents i WHERE {where}"
    return index.cached((query, *values), lambda: int(index.value(query, values)))


def list_incidents(index: Index, filters: Filters, limit: int, offset: int = 0) -> list[Incident]:
    """Incidents within the filters, in their order."""
    where, values = filters.where()
    return _pick(index, filters, where, (*values, limit, offset))


def _pick(index: Index, filters: Filters, where: str, values: tuple[Any, ...]) -> list[Incident]:
    """Row numbers are sorted first and bodies fetched after: a sort would carry them all along."""
    query = f"""SELECT i.n FROM incidents i WHERE {where} ORDER BY {filters.order}
        LIMIT ? OFFSET ?"""
    asked = (query, *values)
    numbers = index.cached(asked, lambda: [row[0] for row in index.rows(query, values)])
    marks = ", ".join("?" * len(numbers))
    rows = dict(index.rows(f"SELECT n, body FROM bodies WHERE n IN ({marks})", numbers))
    return [msgspec.json.decode(rows[n], type=Incident) for n in numbers if n in rows]


def sum_by_time(index: Index, filters: Filters, harm: str) -> tuple[Step, list[Bucket]]:
    """Sums of the main readings of ``harm`` by week, or by month or year where weeks would be
    more than :data:`MOST_BARS`; undated or widely dated incidents in a bucket without a key."""
    found: list[Bucket] = []
    steps: tuple[Step, ...] = ("week", "month", "year")
    for step in steps:
        found = _sum(index, filters, harm, f"i.{step}", f"i.{step}")
        if len([b for b in found if b.key]) <= MOST_BARS:
            return step, found
    return "year", found[-MOST_BARS:]


def sum_by_place(index: Index, filters: Filters, harm: str, limit: int = 12) -> list[Bucket]:
    """The places with the largest sums of ``harm``, in falling order of their lower bound."""
    order = "sum(r.low) DESC, i.place"
    rows = _sum(index, filters, harm, "i.place", order, country=True, limit=limit + 1)
    return rows[:limit]


def sum_all(index: Index, filters: Filters, harm: str) -> Bucket | None:
    """One sum over everything within the filters; None when nothing is counted."""
    rows = _sum(index, filters, harm, "''", "1")
    return rows[0] if rows and rows[0].incidents else None


def _sum(
    index: Index,
    filters: Filters,
    harm: str,
    key: str,
    order: str,
    *,
    country: bool = False,
    limit: int = -1,
) -> list[Bucket]:
    where, values = filters.where()
    unit = "facilities" if harm == "object_struck" else "persons"
    group = f"{key}, i.country" if country else key
    query = f"""
        SELECT coalesce({key}, ''), count(*), coalesce(sum(r.low), 0), sum(r.high),
          sum(r.high IS NULL AND r.best IS NULL), sum(r.low IS NULL AND r.best IS NULL),
          sum(r.origins < 2), sum(r.on_words), sum(r.set_aside), coalesce(max(i.country), '')
        FROM readings r JOIN incidents i ON i.n = r.incident
        WHERE r.policy = ? AND r.main = 1 AND r.harm = ? AND r.unit = ? AND {where}
        GROUP BY {group} HAVING count(*) > 0 ORDER BY {order} LIMIT ?"""
    given = (filters.policy, harm, unit, *values, limit)
    rows = index.cached((query, *given), lambda: index.rows(query, given))
    return [
        Bucket(
            key=row[0],
            incidents=row[1],
            low=row[2],
            high=None if row[4] else row[3],
            open_high=row[4],
            without_low=row[5],
            one_origin=row[6],
            on_words=row[7],
            set_aside=row[8],
            country=row[9],
        )
        for row in rows
    ]


def count_by(index: Index, filters: Filters, column: str) -> list[tuple[str, int]]:
    """How many incidents have each value of ``grade``, ``status``, ``site`` or ``country``."""
    where, values = filters.where()
    query = f"""SELECT i.{column}, count(*) FROM incidents i
        WHERE {where} AND i.{column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"""
    rows = index.cached((query, *values), lambda: index.rows(query, values))
    return [(row[0], row[1]) for row in rows]


def list_spots(index: Index, filters: Filters, limit: int) -> tuple[list[Spot], int]:
    """Places with a point of their own, the most told of first, and how many there are; a
    country's middle is no place of anything."""
    where, values = filters.where()
    base = f"""FROM incidents i WHERE {where} AND i.lat IS NOT NULL
        AND coalesce(i.precision, 6) <> 6 GROUP BY i.place, i.lat, i.lon, i.precision"""
    query = f"""SELECT i.place, i.place_id, i.country, i.lat, i.lon, coalesce(i.precision, 4),
        i.kind, count(*), min(i.id), min(i.title)
        {base} ORDER BY count(*) DESC, i.place LIMIT ?"""
    rows = index.cached((query, *values, limit), lambda: index.rows(query, (*values, limit)))
    names = [field.name for field in msgspec.structs.fields(Spot)]
    spots = [Spot(**dict(zip(names, row, strict=True))) for row in rows]
    counted = f"SELECT count(*) FROM (SELECT 1 {base})"
    total = index.cached((counted, *values), lambda: int(index.value(counted, values)))
    return spots, total


def list_unplaced(index: Index, filters: Filters, limit: int) -> tuple[list[Incident], int]:
    """Incidents that no map may show a mark for, and how many there are."""
    where, values = filters.where()
    term = f"{where} AND (i.lat IS NULL OR coalesce(i.precision, 6) = 6)"
    found = _pick(index, filters, term, (*values, limit, 0))
    counted = f"SELECT count(*) FROM incidents i WHERE {term}"
    return found, index.cached((counted, *values), lambda: int(index.value(counted, values)))


def search(
    index: Index, said: str, kind: str, limit: int, offset: int = 0
) -> tuple[list[Hit], int]:
    """Hits of one kind, the latest first, and how many there are, :data:`SEARCHED` at most.

    Raises:
        WrongUsage: nothing long enough to look for.
    """
    if len(said.strip()) < SHORTEST:
        inner = "SELECT n FROM found WHERE kind = ? AND words LIKE ? ESCAPE '\\' LIMIT ?"
        values: tuple[Any, ...] = (kind, like_term(said), SEARCHED)
        if not said.strip():
            match_words(said)
    else:
        inner = """SELECT f.n FROM find JOIN found f ON f.n = find.rowid
            WHERE find.words MATCH ? AND f.kind = ? LIMIT ?"""
        values = (match_words(said), kind, SEARCHED)
    total = int(index.value(f"SELECT count(*) FROM ({inner})", values))
    query = f"""SELECT kind, ref, at, words FROM found WHERE n IN ({inner})
        ORDER BY at IS NULL, at DESC, n LIMIT ? OFFSET ?"""
    rows = index.rows(query, (*values, limit, offset))
    return [Hit(kind=k, ref=r, at=a, words=w) for k, r, a, w in rows], total


def list_changes(
    index: Index, *, since: str = "", limit: int = 50, offset: int = 0
) -> list[tuple[str, Change]]:
    """(seen at, change), newest first; ``since``: only what was first seen after that moment."""
    query = """SELECT seen_at, body FROM changes WHERE seen_at > ?
        ORDER BY n DESC LIMIT ? OFFSET ?"""
    rows = index.rows(query, (since, limit, offset))
    return [(at, msgspec.json.decode(body, type=Change)) for at, body in rows]


def count_changes(index: Index, since: str) -> int:
    return int(index.value("SELECT count(*) FROM changes WHERE seen_at > ?", (since,)))


def list_decisions(index: Index, limit: int, offset: int = 0) -> list[Decision]:
    """Decisions, newest first."""
    query = "SELECT body FROM decisions ORDER BY n DESC LIMIT ? OFFSET ?"
    return index.bodies(query, (limit, offset), Decision)


def list_documents(index: Index, said: str, limit: int, offset: int = 0) -> list[tuple[Any, ...]]:
    """(id, title, source, published_at, example, claims, unresolved), the latest first."""
    query = """SELECT id, title, source, published_at, example, claims, unresolved FROM documents
        WHERE ? = '%%' OR title LIKE ? ESCAPE '\\' OR source LIKE ? ESCAPE '\\'
        ORDER BY published_at IS NULL, published_at DESC, n LIMIT ? OFFSET ?"""
    like = like_term(said)
    return index.rows(query, (like, like, like, limit, offset))


def list_unresolved(
    index: Index, reason: str, limit: int, offset: int = 0
) -> list[tuple[Unresolved, str]]:
    """Lines of one reason (or all) with the titles of their documents."""
    query = """SELECT u.body, coalesce(d.title, u.document) FROM unresolved u
        LEFT JOIN documents d ON d.id = u.document
        WHERE ? = '' OR u.reason = ? ORDER BY u.reason, u.n LIMIT ? OFFSET ?"""
    rows = index.rows(query, (reason, reason, limit, offset))
    return [(msgspec.json.decode(body, type=Unresolved), title) for body, title in rows]


def list_queue(index: Index, skip: set[str], limit: int) -> list[Shown]:
    """Claims nobody decided about, those that move a range most first; ``skip`` are left out."""
    query = f"""SELECT {SHOWN} FROM claims WHERE standing = 'proposed'
        ORDER BY effect DESC, n LIMIT ?"""
    rows = index.shown(query, (limit + len(skip),))
    return [s for s in rows if s.claim.id not in skip][:limit]
