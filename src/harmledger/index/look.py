"""Looking things up in an index: single things here; lists, sums and search in their modules."""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.document import Document
from harmledger.core.errors import MissingResource
from harmledger.core.incident import Incident, Origin, Total
from harmledger.core.response import Response
from harmledger.core.unresolved import NumberState, Unresolved
from harmledger.index.changed import Changed, Topic
from harmledger.index.columns import Columns
from harmledger.index.rows import Shown
from harmledger.index.write import IndexMeta, read_meta

_T = TypeVar("_T")
_MANY = 500
"""Parameters put into one statement at most."""
CACHE_KIB = 4 * 1024
KEPT = 2_000
"""Answers kept at most."""


def open_index(path: Path) -> Index:
    """The index at ``path``.

    Raises:
        MissingResource: there is none, or it is of another version.
    """
    index = Index(path)
    if index.meta is None:
        raise MissingResource(f"there is no index at {path}; it is made when the desk starts.")
    return index


class Index:
    """Reads from any thread: each has a connection of its own, closed with the index."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._loading = threading.Lock()
        self._kept: dict[Hashable, tuple[int, Any]] = {}
        self._changed: Counter[Topic] = Counter()
        self._columns: Columns | None = None
        self.meta: IndexMeta | None = None
        if path.exists():
            self.refresh_meta()

    def refresh_meta(self) -> None:
        """After a patch: what the index says it knows."""
        try:
            self.meta = read_meta(self.db)
        except sqlite3.DatabaseError:
            self.meta = None

    @property
    def db(self) -> sqlite3.Connection:
        """This thread's own connection, read-only."""
        found: sqlite3.Connection | None = getattr(self._local, "db", None)
        if found is None:
            uri = f"file:{self.path}?mode=ro"
            found = sqlite3.connect(uri, uri=True, check_same_thread=False, timeout=10)
            found.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            self._local.db = found
            with self._guard:
                self._open.append(found)
        return found

    @property
    def columns(self) -> Columns:
        """What filters and sums go through; loaded when first asked for."""
        if self._columns is not None:
            return self._columns
        with self._loading:
            if self._columns is None:
                self._columns = Columns(self.db)
            return self._columns

    def cached(self, topic: Topic, key: Hashable, make: Callable[[], _T]) -> _T:
        """What ``make`` gives, kept until something of ``topic`` changes, which is all it may
        rest on."""
        with self._guard:
            at = self._changed[topic]
            found = self._kept.get(key)
            if found is not None and found[0] == at:
                kept: _T = found[1]
                return kept
        made = make()
        with self._guard:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            self._kept[key] = (at, made)
        return made

    def take_in(self, changed: Changed) -> None:
        """After a patch: forget what rests on what changed, and nothing else."""
        with self._loading:  # what was being loaded meanwhile may be from before the patch
            columns = self._columns
        if columns is not None and changed.incidents:
            columns.change(self.db, changed.incidents, figures=changed.figures)
        with self._guard:
            self._changed.update(changed.topics)
        self.refresh_meta()

    def close(self) -> None:
        """Close what every thread opened; call when nobody reads any more."""
        with self._guard:
            for connection in self._open:
                connection.close()
            self._open.clear()

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Every row of one statement."""
        with closing(self.db.execute(query, values)) as cursor:
            return cursor.fetchall()

    def value(self, query: str, values: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None."""
        with closing(self.db.execute(query, values)) as cursor:
            row = cursor.fetchone()
        return None if row is None else row[0]

    def bodies(self, query: str, values: Sequence[Any], kind: type[_T]) -> list[_T]:
        """The first column of every row, decoded."""
        return [msgspec.json.decode(row[0], type=kind) for row in self.rows(query, values)]

    def find_incident(self, key: str) -> Incident | None:
        """An incident by id, by code, or by the id of one that was joined into it."""
        query = f"{INCIDENT} WHERE i.id = ? OR i.code = ? LIMIT 1"
        found = self.bodies(query, (key, key), Incident)
        if not found:
            query = "SELECT b.body FROM redirects r JOIN bodies b ON b.n = r.n WHERE r.id = ?"
            found = self.bodies(query, (key,), Incident)
        return found[0] if found else None

    def incidents(self, ids: Iterable[str]) -> dict[str, Incident]:
        """Incidents by id, those that are here."""
        return {i.id: i for i in self._by_id(INCIDENT, ids, Incident)}

    def find_document(self, key: str) -> Document | None:
        """A document by id, or by its name."""
        query = "SELECT body FROM documents WHERE id = ? OR name = ? LIMIT 1"
        found = self.bodies(query, (key, key), Document)
        return found[0] if found else None

    def documents(self, ids: Iterable[str]) -> dict[str, Document]:
        """Documents by id, those that are here."""
        return {d.id: d for d in self._by_id("SELECT body FROM documents", ids, Document)}

    def find_claim(self, claim: str) -> Shown | None:
        """A claim by id with what became of it."""
        return next(iter(self.claims([claim]).values()), None)

    def claims(self, ids: Iterable[str]) -> dict[str, Shown]:
        """Claims by id, in the order asked for."""
        listed = list(dict.fromkeys(ids))
        found: dict[str, Shown] = {}
        for part in _parts(listed):
            query = f"SELECT {SHOWN} FROM claims WHERE id IN ({_marks(part)})"
            found |= {s.claim.id: s for s in self.shown(query, part)}
        return {i: found[i] for i in listed if i in found}

    def claims_of(self, document: str) -> list[Shown]:
        """Every claim of a document, in the order of its text."""
        query = f"SELECT {SHOWN} FROM claims WHERE document = ? ORDER BY start, number"
        return self.shown(query, (document,))

    def shown(self, query: str, values: Sequence[Any]) -> list[Shown]:
        """Rows of the columns :data:`SHOWN` as values."""
        return [
            Shown(
                claim=msgspec.json.decode(body, type=Claim),
                standing=standing,
                origin=msgspec.json.decode(origin, type=Origin) if origin else None,
                incident=incident,
                effect=effect,
                number=number,
            )
            for body, standing, origin, incident, effect, number in self.rows(query, values)
        ]

    def unresolved_of(self, document: str) -> tuple[Unresolved, ...]:
        query = "SELECT body FROM unresolved WHERE document = ? ORDER BY n"
        return tuple(self.bodies(query, (document,), Unresolved))

    def responses_of(self, document: str) -> tuple[Response, ...]:
        return tuple(
            self.bodies("SELECT body FROM responses WHERE document = ?", (document,), Response)
        )

    def numbers_of(self, document: str) -> tuple[NumberState, ...]:
        body = self.value("SELECT body FROM numbers WHERE document = ?", (document,))
        return () if body is None else msgspec.json.decode(body, type=tuple[NumberState, ...])

    def decisions_about(self, ids: Iterable[str]) -> list[Decision]:
        """Decisions about these, and what withdrew or carried those decisions, oldest first."""
        wanted = set(ids)
        found: dict[str, tuple[int, Decision]] = {}
        while wanted:
            fresh: dict[str, tuple[int, Decision]] = {}
            for part in _parts(sorted(wanted)):
                marks = _marks(part)
                query = (
                    "SELECT n, body FROM decisions WHERE id IN"
                    f" (SELECT decision FROM decided WHERE about IN ({marks}))"
                    f" OR id IN ({marks})"
                )
                for n, body in self.rows(query, (*part, *part)):
                    decision = msgspec.json.decode(body, type=Decision)
                    fresh[decision.id] = (n, decision)
            fresh = {i: row for i, row in fresh.items() if i not in found}
            found |= fresh
            wanted = set(fresh) | {
                str(d.value["of"]) for _, d in fresh.values() if d.action == "carry" and d.value
            } - set(found)
        return [decision for _, decision in sorted(found.values(), key=lambda row: row[0])]

    def totals(self, limit: int = -1, offset: int = 0) -> tuple[Total, ...]:
        query = "SELECT body FROM totals ORDER BY n LIMIT ? OFFSET ?"
        return tuple(self.bodies(query, (limit, offset), Total))

    def count(self, table: str) -> int:
        """How many rows ``table`` has."""
        query = f"SELECT count(*) FROM {table}"
        topic: Topic = "decisions" if table in ("decisions", "changes") else "words"
        return self.cached(topic, query, lambda: int(self.value(query)))

    def _by_id(self, query: str, ids: Iterable[str], kind: type[_T]) -> Iterator[_T]:
        for part in _parts(list(dict.fromkeys(ids))):
            yield from self.bodies(f"{query} WHERE id IN ({_marks(part)})", part, kind)


INCIDENT = "SELECT b.body FROM incidents i JOIN bodies b ON b.n = i.n"
"""Bodies of incidents, with their columns as ``i``."""
SHOWN = "body, standing, origin_body, incident, effect, number"


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


def _parts(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), _MANY):
        yield values[start : start + _MANY]
