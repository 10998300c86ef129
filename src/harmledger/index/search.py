"""Searching the words of claims, incidents and documents, in any script."""

from __future__ import annotations

from typing import Any, Literal, get_args

import numpy as np

from harmledger.core.base import Value
from harmledger.index.filters import SHORTEST, like_term, match_words
from harmledger.index.look import Index
from harmledger.index.names import Numbers
from harmledger.index.schema import FOUND

SEARCHED = 400
"""Hits of a search that are looked at; a search that has more says so."""
Kind = Literal["claim", "incident", "document"]


class Hit(Value, frozen=True, kw_only=True):
    """One thing a search found; ``words`` is what was searched."""

    kind: Kind
    ref: str
    at: str | None
    words: str


def search(
    index: Index, said: str, kind: str, limit: int, offset: int = 0
) -> tuple[list[Hit], int]:
    """Hits of one kind, the latest first, and how many there are, :data:`SEARCHED` at most.

    Raises:
        WrongUsage: nothing long enough to look for.
    """
    if kind not in get_args(Kind):
        return [], 0
    if len(said.strip()) < SHORTEST:
        if not said.strip():
            match_words(said)
        inner = f"SELECT n FROM {kind}_words WHERE words LIKE ? ESCAPE '\\' LIMIT ?"
        values: tuple[Any, ...] = (like_term(said), SEARCHED)
    else:
        inner = f"SELECT rowid FROM find_{kind} WHERE words MATCH ? LIMIT ?"
        values = (match_words(said), SEARCHED)
    query = f"""SELECT n FROM {kind}_words WHERE n IN ({inner})
        ORDER BY at IS NULL, at DESC, n"""
    key = (query, *values)
    ordered = index.cached("words", key, lambda: [n for (n,) in index.rows(query, values)])
    return _find_hits(index, kind, ordered[offset : offset + limit]), len(ordered)


def _find_hits(index: Index, kind: str, numbers: list[int]) -> list[Hit]:
    marks = ", ".join("?" * len(numbers))
    query = f"""SELECT w.n, x.id, w.at, w.words FROM {kind}_words w
        JOIN {FOUND[kind]} x ON x.n = w.n WHERE w.n IN ({marks})"""
    found = {n: (ref, at, words) for n, ref, at, words in index.rows(query, numbers)}
    return [
        Hit(kind=kind, ref=found[n][0], at=found[n][1], words=found[n][2])  # type: ignore[arg-type]
        for n in numbers
        if n in found
    ]


def find_places(index: Index, said: str, limit: int) -> list[tuple[str, int]]:
    """(place, incidents) of incidents that a place of such a name is told of, in whatever script
    it was written, the most first."""
    columns = index.columns
    numbers = np.unique(columns.names.holding("place", said))
    alive = numbers[columns.alive[numbers]]
    counts = np.bincount(columns.coded["place"][alive])
    texts = columns.codes["place"].texts
    found = [(str(texts[n]), int(counts[n])) for n in np.flatnonzero(counts) if n]
    return sorted(found, key=lambda row: (-row[1], row[0]))[:limit]


def find_incidents_by_words(index: Index, said: str) -> Numbers:
    """Row numbers of incidents of which a claim holds what was typed; of less than three
    letters, those whose title does.

    Raises:
        WrongUsage: no word is long enough to look for.
    """
    if len(said.strip()) < SHORTEST:
        query = "SELECT n FROM incidents WHERE title LIKE ? ESCAPE '\\'"
        return np.array([n for (n,) in index.rows(query, (like_term(said),))], np.int64)
    words = match_words(said)
    query = "SELECT rowid FROM find_claim WHERE words MATCH ?"
    claims = index.cached(
        "words",
        (query, words),
        lambda: np.array([n for (n,) in index.rows(query, (words,))], np.int64),
    )
    return index.columns.homes(claims)
