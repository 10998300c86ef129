"""Writing an index: whole, beside the old one, then put in its place in one step."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from harmledger.core.base import Value
from harmledger.core.change import Change
from harmledger.core.claim import Claim
from harmledger.core.view import LedgerView
from harmledger.index.effect import tally_effects
from harmledger.index.rows import (
    Row,
    Shown,
    claim_row,
    claim_words,
    document_row,
    incident_row,
    name_rows,
    place_names,
    reading_rows,
)
from harmledger.index.schema import COUNT_VOICES, FOUND, INDICES, TABLES, VERSION

_encode = msgspec.json.Encoder().encode


class IndexMeta(Value, frozen=True, kw_only=True):
    """What an index was made from. ``head``/``seq``: the last log entry it knows; ``made_at``:
    ISO with zone; ``face``: ``whole``, or ``open`` for one made without what is withheld.
    ``made_seq``: the entry up to which it is as if made whole; it was patched since when ``seq``
    is later. ``took``: seconds that making it took, the view it shows included."""

    version: str
    head: str
    seq: int
    made_seq: int
    made_at: str
    face: str
    policies: tuple[str, ...]
    took: float = 0.0


def find_meta(path: Path) -> IndexMeta | None:
    """What the index at ``path`` says about itself; None when there is none of this version."""
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return read_meta(connection)
    except sqlite3.DatabaseError:
        return None


def read_meta(connection: sqlite3.Connection) -> IndexMeta | None:
    rows = dict(connection.execute("SELECT key, value FROM meta"))
    if rows.get("version") != VERSION:
        return None
    return IndexMeta(
        version=rows["version"],
        head=rows["head"],
        seq=int(rows["seq"]),
        made_seq=int(rows["made_seq"]),
        made_at=rows["made_at"],
        face=rows["face"],
        policies=tuple(rows["policies"].split()),
        took=float(rows.get("took", 0)),
    )


def write_took(path: Path, seconds: float) -> None:
    """How long it took to make the index at ``path``, view and all."""
    with closing(sqlite3.connect(path)) as connection, connection:
        row = ("took", f"{seconds:.1f}")
        connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", row)


def find_groups(path: Path, documents: str) -> dict[str, str] | None:
    """The origin group of every document of the index at ``path``, where these are the documents
    it was made from; None otherwise."""
    if find_meta(path) is None:
        return None
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        kept = connection.execute("SELECT value FROM meta WHERE key = 'documents'").fetchone()
        if kept != (documents,):
            return None
        return dict(connection.execute("SELECT id, coalesce(origin_group, id) FROM documents"))


def write_index(
    path: Path,
    view: LedgerView,
    texts: Callable[[str], str],
    *,
    seq: int,
    made_at: str,
    face: str = "whole",
    changes: Iterable[tuple[str, str, Change]] = (),
    documents: str = "",
) -> None:
    """Make the index of ``view`` at ``path``; what was there before is replaced in one step.

    ``texts`` gives a text by its hash. ``changes``: (seen at, head, change), oldest first.
    ``documents``: a hash of all that their grouping rests on, see :func:`find_groups`.
    The file is readable by its owner alone: it holds whole texts.

    Raises:
        LedgerDamaged: a text cannot be read.
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    partial.unlink(missing_ok=True)
    handle = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    os.close(handle)
    try:
        with closing(sqlite3.connect(partial, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.executescript(TABLES)
            connection.execute("BEGIN")
            _Writer(connection, view).write_all(texts, changes)
            _write_meta(connection, view, seq, made_at, face, documents)
            connection.execute("COMMIT")
            connection.executescript(INDICES)
            connection.execute(f"INSERT INTO voices {COUNT_VOICES.format('')}")
            connection.execute("ANALYZE")
        with closing(sqlite3.connect(partial)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _write_meta(
    connection: sqlite3.Connection,
    view: LedgerView,
    seq: int,
    made_at: str,
    face: str,
    documents: str,
) -> None:
    rows = {
        "version": VERSION,
        "head": view.head or "",
        "seq": str(seq),
        "made_seq": str(seq),
        "made_at": made_at,
        "face": face,
        "documents": documents,
        "policies": " ".join(view.policies),
    }
    connection.executemany("INSERT INTO meta VALUES (?, ?)", rows.items())


class _Writer:
    def __init__(self, connection: sqlite3.Connection, view: LedgerView) -> None:
        self._db = connection
        self._view = view
        self._claims = {claim.id: claim for claim in view.claims}

    def write_all(
        self, texts: Callable[[str], str], changes: Iterable[tuple[str, str, Change]]
    ) -> None:
        self._write_claims()
        self._write_incidents()
        self._write_documents(texts)
        self._write_rest()
        for seen_at, head, change in changes:
            insert(self._db, "changes", change_row(seen_at, head, change))
        for kind in FOUND:
            self._db.execute(f"INSERT INTO find_{kind} (find_{kind}) VALUES ('rebuild')")

    def _write_claims(self) -> None:
        view = self._view
        effects = tally_effects(view.incidents, self._claims, view.standings)
        homes = {c: i.id for i in view.incidents for c in i.claims}
        numbers = number_claims(view.claims)
        for n, claim in enumerate(view.claims, start=1):
            shown = Shown(
                claim=claim,
                standing=view.standings.get(claim.id, "proposed"),
                origin=view.origins.get(claim.id),
                incident=homes.get(claim.id),
                effect=effects.get(claim.id, 0),
                number=numbers[claim.id],
            )
            insert(self._db, "claims", {"n": n, **claim_row(shown)})
            write_words(self._db, "claim", n, claim.said_at.at, claim_words(claim))

    def _write_incidents(self) -> None:
        standings = self._view.standings
        for n, incident in enumerate(self._view.incidents, start=1):
            pending = sum(claim not in standings for claim in incident.claims)
            write_incident(self._db, incident, self._claims, pending, n)
            places = " · ".join(sorted(place_names(incident.place)))
            write_words(self._db, "incident", n, None, f"{incident.title} · {places}")

    def _write_documents(self, texts: Callable[[str], str]) -> None:
        claims = Counter(claim.document for claim in self._view.claims)
        missed = Counter(line.document for line in self._view.unresolved)
        for n, document in enumerate(self._view.documents, start=1):
            row = document_row(document, claims[document.id], missed[document.id])
            insert(self._db, "documents", {"n": n, **row})
            words = f"{row['title']}\n{texts(document.text_sha256)}"
            write_words(self._db, "document", n, document.published_at, words)

    def _write_rest(self) -> None:
        view, db = self._view, self._db
        for line in view.unresolved:
            missed = {"id": line.id, "document": line.document, "reason": line.reason}
            insert(db, "unresolved", {**missed, "body": _encode(line)}, replace=True)
        for response in view.responses:
            answer = {"id": response.id, "document": response.document}
            insert(db, "responses", {**answer, "body": _encode(response)}, replace=True)
        for document, numbers in view.numbers.items():
            insert(db, "numbers", {"document": document, "body": _encode(numbers)})
        for total in view.totals:
            place = total.place
            row: dict[str, Any] = {"id": total.id, "harm": total.harm, "speaker": total.speaker}
            row["place"] = (place.name or place.as_written) if place else None
            row["country"] = place.country if place else None
            insert(db, "totals", {**row, "body": _encode(total)})
        for decision in view.decisions:
            write_decision(db, decision)


def number_claims(claims: Iterable[Claim]) -> dict[str, int]:
    """Claim id to its number in its document, from 1, in the order of the text."""
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_document[claim.document].append(claim)
    return {
        claim.id: number
        for own in by_document.values()
        for number, claim in enumerate(
            sorted(own, key=lambda c: (c.span.start, c.span.end, c.id)), start=1
        )
    }


def write_incident(
    db: sqlite3.Connection,
    incident: Any,
    claims: Mapping[str, Claim],
    pending: int,
    n: int,
) -> None:
    """One incident with its readings and names, as row ``n``."""
    insert(db, "incidents", {"n": n, **incident_row(incident, claims, pending)}, replace=True)
    insert(db, "bodies", {"n": n, "body": _encode(incident)}, replace=True)
    for key in incident.redirects:
        insert(db, "redirects", {"id": key, "n": n}, replace=True)
    _insert_rows(db, "readings", reading_rows(incident, n))
    own = [claims[c] for c in incident.claims if c in claims]
    _insert_rows(db, "names", name_rows(incident, own, n))


def write_decision(db: sqlite3.Connection, decision: Any) -> None:
    """One decision and what it is about."""
    row = {"id": decision.id, "at": decision.at, "by": decision.by, "action": decision.action}
    insert(db, "decisions", {**row, "body": _encode(decision)}, replace=True)
    _insert_rows(db, "decided", ((about, decision.id) for about in decision.about))


def write_words(
    db: sqlite3.Connection, kind: str, n: int, at: str | None, words: str, *, found: bool = False
) -> None:
    """What row ``n`` of a kind is searched by; ``found``: at once, not when all is written."""
    insert(db, f"{kind}_words", {"n": n, "at": at, "words": words})
    if found:
        db.execute(f"INSERT INTO find_{kind} (rowid, words) VALUES (?, ?)", (n, words))


def change_row(seen_at: str, head: str, change: Change) -> dict[str, Any]:
    """The columns of ``changes`` but for ``n``."""
    row = {"seen_at": seen_at, "head": head, "at": change.at, "kind": change.kind}
    return {**row, "incident": change.incident, "code": change.code, "body": _encode(change)}


def insert(
    db: sqlite3.Connection, table: str, row: Mapping[str, Any], *, replace: bool = False
) -> None:
    """One row by column names."""
    verb = "INSERT OR REPLACE" if replace else "INSERT"
    marks = ", ".join("?" * len(row))
    db.execute(f"{verb} INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))


def _insert_rows(db: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    listed = list(rows)
    if listed:
        db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(listed[0]))})", listed)
