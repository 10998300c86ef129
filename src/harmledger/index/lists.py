"""Lists over an index: incidents within filters, changes, decisions, documents, the queue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from harmledger.core.change import Change
from harmledger.core.decision import Decision
from harmledger.core.incident import Incident
from harmledger.core.unresolved import Unresolved
from harmledger.index.columns import Mask
from harmledger.index.filters import Filters, like_term
from harmledger.index.look import Index
from harmledger.index.rows import Shown
from harmledger.index.sums import find_mask


def list_incidents(index: Index, filters: Filters, limit: int, offset: int = 0) -> list[Incident]:
    """Incidents within the filters, in their order."""
    return _pick(index, filters, find_mask(index, filters), limit, offset)


def _pick(index: Index, filters: Filters, mask: Mask, limit: int, offset: int) -> list[Incident]:
    numbers = index.columns.pick(mask, filters.sort, limit, offset)
    marks = ", ".join("?" * len(numbers))
    rows = dict(index.rows(f"SELECT n, body FROM bodies WHERE n IN ({marks})", numbers))
    return [msgspec.json.decode(rows[n], type=Incident) for n in numbers if n in rows]


def list_unplaced(index: Index, filters: Filters, limit: int) -> tuple[list[Incident], int]:
    """Incidents that no map may show a mark for, and how many there are."""
    mask = find_mask(index, filters) & ~index.columns.is_placed
    return _pick(index, filters, mask, limit, 0), int(mask.sum())


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
    term, values = ("WHERE u.reason = ?", (reason,)) if reason else ("", ())
    query = f"""SELECT u.body, coalesce(d.title, u.document) FROM unresolved u
        LEFT JOIN documents d ON d.id = u.document
        {term} ORDER BY u.reason, u.n LIMIT ? OFFSET ?"""
    rows = index.rows(query, (*values, limit, offset))
    return [(msgspec.json.decode(body, type=Unresolved), title) for body, title in rows]


def list_queue(index: Index, skip: set[str], limit: int) -> list[Shown]:
    """Claims nobody decided about, those that move a range most first; ``skip`` are left out."""
    query = """SELECT id FROM claims WHERE standing = 'proposed'
        ORDER BY effect DESC, n LIMIT ?"""
    ids = [i for (i,) in index.rows(query, (limit + len(skip),)) if i not in skip]
    return list(index.claims(ids[:limit]).values())


def list_voices(index: Index, limit: int) -> list[tuple[str, str, int, int, int]]:
    """(a claim of it, speaker, documents, incidents, claims) of the origins heard in the most
    documents."""
    query = """SELECT (SELECT c.id FROM claims c WHERE c.origin = v.origin AND c.live = 1 LIMIT 1),
        speaker, documents, incidents, claims FROM voices v
        ORDER BY documents DESC, speaker LIMIT ?"""
    return index.rows(query, (limit,))


def list_groups(index: Index) -> list[tuple[str, int, int]]:
    """(group, documents, claims) of reports that several documents carry, the most first."""
    query = """SELECT origin_group, count(*), sum(claims) FROM documents
        WHERE origin_group IS NOT NULL GROUP BY origin_group HAVING count(*) > 1
        ORDER BY 2 DESC, 1"""
    return index.cached("documents", query, lambda: index.rows(query))


def count_reasons(index: Index) -> list[tuple[str, int]]:
    """How many things were seen and not turned into a claim, by reason, the most first."""
    query = "SELECT reason, count(*) FROM unresolved GROUP BY 1 ORDER BY 2 DESC, 1"
    return index.cached("documents", query, lambda: index.rows(query))


def count_open(index: Index) -> int:
    """How many claims nobody decided about."""
    query = "SELECT count(*) FROM claims WHERE standing = 'proposed'"
    return index.cached("claims", query, lambda: int(index.value(query)))


def list_claims(
    index: Index, narrow: Mapping[str, str], limit: int, offset: int
) -> tuple[list[str], int]:
    """Ids of claims in the order of documents and texts, and how many there are. ``narrow``:
    columns and what stands in them; an empty value narrows nothing."""
    given = {column: value for column, value in narrow.items() if value}
    where = " AND ".join(f"{column} = ?" for column in given) or "1"
    values = tuple(given.values())
    ids = index.rows(
        f"SELECT id FROM claims WHERE {where} ORDER BY n LIMIT ? OFFSET ?", (*values, limit, offset)
    )
    counted = f"SELECT count(*) FROM claims WHERE {where}"
    total = index.cached("claims", (counted, *values), lambda: int(index.value(counted, values)))
    return [i for (i,) in ids], total
