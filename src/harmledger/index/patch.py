"""Putting a decision into an index at once: only rows that are not as they were are written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from harmledger.core.base import Value
from harmledger.core.change import Change
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.incident import Incident
from harmledger.index.changed import Changed, Topic
from harmledger.index.rows import Shown, claim_row, claim_words, incident_row
from harmledger.index.schema import COUNT_VOICES
from harmledger.index.write import (
    change_row,
    insert,
    write_decision,
    write_incident,
    write_words,
)

_MOVES = ("standing", "incident", "effect", "live", "number")
"""All of a claim's row that a decision may change."""
_COUNTS = ("incident", "live")
"""Of these what the counts by voice rest on."""
_REVIEWED = ("pending", "status")
"""All of an incident's row that a decision changes which moves no figure."""


class Patch(Value, frozen=True, kw_only=True):
    """What one decision changes: claims and incidents as they now are, and what goes.

    ``claims_of`` holds every claim that ``incidents`` name, for their names and pending counts.
    ``gone_documents`` go with their claims, text and whatever else stands in them.
    """

    decision: Decision | None = None
    changes: tuple[tuple[str, str, Change], ...] = ()
    """(seen at, head, change)."""
    claims: tuple[Shown, ...] = ()
    incidents: tuple[Incident, ...] = ()
    claims_of: dict[str, Claim] = msgspec.field(default_factory=dict)
    decided: frozenset[str] = frozenset()
    """Claims of ``incidents`` that a person decided about."""
    gone_incidents: tuple[str, ...] = ()
    gone_documents: tuple[str, ...] = ()
    drop_totals: bool = False
    head: str
    seq: int
    is_whole: bool = False
    """Making the whole again would give the same."""


def patch_index(path: Path, patch: Patch) -> Changed:
    """Write ``patch`` into the index at ``path``, all of it or nothing; what it changed."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as db:
        db.execute("PRAGMA synchronous = NORMAL")  # the log is durable; this is made from it
        db.execute("BEGIN IMMEDIATE")
        try:
            changed = _Patcher(db).write(patch)
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
    return changed


class _Patcher:
    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._topics: set[Topic] = set()
        self._incidents: list[str] = []
        self._figures = False
        self._voices: set[str] = set()

    def write(self, patch: Patch) -> Changed:
        db = self._db
        if patch.decision is not None:
            db.execute("DELETE FROM decided WHERE decision = ?", (patch.decision.id,))
            write_decision(db, patch.decision)
            self._topics.add("decisions")
        for seen_at, head, change in patch.changes:
            insert(db, "changes", change_row(seen_at, head, change))
        for shown in patch.claims:
            self._put_claim(shown)
        for incident in patch.incidents:
            self._put_incident(incident, patch)
        for gone in patch.gone_incidents:
            self._drop_incident(gone)
        for document in patch.gone_documents:
            self._drop_document(document)
        if patch.drop_totals:
            db.execute("DELETE FROM totals")
            self._topics.add("words")
        if self._figures:
            self._topics.add("figures")
        self._count_voices()
        meta = {"head": patch.head, "seq": str(patch.seq)}
        known = dict(db.execute("SELECT key, value FROM meta WHERE key IN ('seq', 'made_seq')"))
        if patch.is_whole and known["seq"] == known["made_seq"]:
            meta["made_seq"] = str(patch.seq)
        db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta.items())
        return Changed(
            topics=frozenset(self._topics),
            incidents=tuple(self._incidents),
            figures=self._figures,
        )

    def _put_claim(self, shown: Shown) -> None:
        row = claim_row(shown)
        query = f"SELECT n, {', '.join(_MOVES)} FROM claims WHERE id = ?"
        old = self._db.execute(query, (shown.claim.id,)).fetchone()
        if old is None:
            insert(self._db, "claims", row)
            n = self._db.execute("SELECT last_insert_rowid()").fetchone()[0]
            words = claim_words(shown.claim)
            write_words(self._db, "claim", n, shown.claim.said_at.at, words, found=True)
            self._topics |= {"claims", "words"}
            self._note_voice(row)
            return
        n, *was = old
        before = dict(zip(_MOVES, was, strict=True))
        moved = {name: row[name] for name in _MOVES if row[name] != before[name]}
        if moved:
            _update(self._db, "claims", n, moved)
            self._topics.add("claims")
        if any(name in moved for name in _COUNTS):
            self._note_voice(row)

    def _note_voice(self, row: dict[str, Any]) -> None:
        self._figures = True
        if row["origin"] is not None:
            self._voices.add(row["origin"])

    def _put_incident(self, incident: Incident, patch: Patch) -> None:
        db = self._db
        cursor = db.execute("SELECT * FROM incidents WHERE id = ?", (incident.id,))
        found = cursor.fetchone()
        if found is None:
            return
        before = dict(zip((column[0] for column in cursor.description), found, strict=True))
        n = before["n"]
        pending = sum(claim not in patch.decided for claim in incident.claims)
        row = incident_row(incident, patch.claims_of, pending)
        moved = {name: value for name, value in row.items() if value != before[name]}
        body = db.execute("SELECT body FROM bodies WHERE n = ?", (n,)).fetchone()
        was = msgspec.json.decode(body[0], type=Incident)
        if msgspec.structs.replace(was, status=incident.status) == incident and not moved.keys() - {
            *_REVIEWED
        }:
            if moved:
                _update(db, "incidents", n, moved)
                if "status" in moved:
                    self._topics.add("figures")
                    _update(db, "bodies", n, {"body": msgspec.json.encode(incident)})
                self._incidents.append(incident.id)
            return
        _clear_incident(db, n)
        write_incident(db, incident, patch.claims_of, pending, n)
        self._incidents.append(incident.id)
        self._figures = True

    def _drop_incident(self, incident: str) -> None:
        db = self._db
        row = db.execute("SELECT n FROM incidents WHERE id = ?", (incident,)).fetchone()
        if row is None:
            return
        _clear_incident(db, row[0])
        _unfind(db, "incident", row[0])
        db.execute("DELETE FROM incidents WHERE n = ?", row)
        db.execute("DELETE FROM changes WHERE incident = ?", (incident,))
        self._forget_decisions(incident)
        self._incidents.append(incident)
        self._figures = True
        self._topics |= {"words", "decisions"}

    def _drop_document(self, document: str) -> None:
        db = self._db
        query = "SELECT n, id, origin FROM claims WHERE document = ?"
        for n, claim, origin in db.execute(query, (document,)).fetchall():
            _unfind(db, "claim", n)
            self._forget_decisions(claim)
            if origin is not None:
                self._voices.add(origin)
        for table in ("claims", "unresolved", "responses", "numbers"):
            db.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
        row = db.execute("SELECT n FROM documents WHERE id = ?", (document,)).fetchone()
        if row is not None:
            _unfind(db, "document", row[0])
            db.execute("DELETE FROM documents WHERE n = ?", row)
        self._topics |= {"claims", "words", "documents", "decisions"}

    def _forget_decisions(self, about: str) -> None:
        decided = "SELECT decision FROM decided WHERE about = ?"
        self._db.execute(f"DELETE FROM decisions WHERE id IN ({decided})", (about,))
        self._db.execute("DELETE FROM decided WHERE about = ?", (about,))

    def _count_voices(self) -> None:
        for origin in self._voices:
            self._db.execute("DELETE FROM voices WHERE origin = ?", (origin,))
            counted = COUNT_VOICES.format("AND origin = ?")
            self._db.execute(f"INSERT INTO voices {counted}", (origin,))


def _update(db: sqlite3.Connection, table: str, n: int, row: dict[str, Any]) -> None:
    terms = ", ".join(f"{name} = ?" for name in row)
    db.execute(f"UPDATE {table} SET {terms} WHERE n = ?", (*row.values(), n))


def _unfind(db: sqlite3.Connection, kind: str, n: int) -> None:
    for (words,) in db.execute(f"SELECT words FROM {kind}_words WHERE n = ?", (n,)).fetchall():
        query = f"INSERT INTO find_{kind} (find_{kind}, rowid, words) VALUES ('delete', ?, ?)"
        db.execute(query, (n, words))
        db.execute(f"DELETE FROM {kind}_words WHERE n = ?", (n,))


def _clear_incident(db: sqlite3.Connection, n: int) -> None:
    for table in ("readings", "names"):
        db.execute(f"DELETE FROM {table} WHERE incident = ?", (n,))
    for table in ("bodies", "redirects"):
        db.execute(f"DELETE FROM {table} WHERE n = ?", (n,))
