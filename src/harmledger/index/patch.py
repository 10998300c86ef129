"""Putting a decision into an index at once; the whole is made again soon after."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from harmledger.core.base import Value
from harmledger.core.change import Change
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.incident import Incident
from harmledger.index.rows import Shown, claim_row, claim_words
from harmledger.index.write import change_row, insert, write_decision, write_incident


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


def patch_index(path: Path, patch: Patch) -> None:
    """Write ``patch`` into the index at ``path``, all of it or nothing."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as db:
        db.execute("BEGIN IMMEDIATE")
        try:
            _write(db, patch)
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")


def _write(db: sqlite3.Connection, patch: Patch) -> None:
    if patch.decision is not None:
        db.execute("DELETE FROM decided WHERE decision = ?", (patch.decision.id,))
        write_decision(db, patch.decision)
    for seen_at, head, change in patch.changes:
        insert(db, "changes", change_row(seen_at, head, change))
    for shown in patch.claims:
        _put_claim(db, shown)
    for incident in patch.incidents:
        n = db.execute("SELECT n FROM incidents WHERE id = ?", (incident.id,)).fetchone()
        if n is not None:
            _clear_incident(db, n[0])
            pending = sum(claim not in patch.decided for claim in incident.claims)
            write_incident(db, incident, patch.claims_of, pending, n[0])
    for gone in patch.gone_incidents:
        _drop_incident(db, gone)
    for document in patch.gone_documents:
        _drop_document(db, document)
    if patch.drop_totals:
        db.execute("DELETE FROM totals")
    meta = [("head", patch.head), ("seq", str(patch.seq))]
    db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", meta)


def _put_claim(db: sqlite3.Connection, shown: Shown) -> None:
    row = claim_row(shown)
    old = db.execute("SELECT n FROM claims WHERE id = ?", (shown.claim.id,)).fetchone()
    if old is None:
        insert(db, "claims", row)
        words = claim_words(shown.claim)
        _find(db, "claim", shown.claim.id, shown.claim.said_at.at, words)
    else:
        insert(db, "claims", {"n": old[0], **row}, replace=True)


def _find(db: sqlite3.Connection, kind: str, ref: str, at: str | None, words: str) -> None:
    insert(db, "found", {"kind": kind, "ref": ref, "at": at, "words": words})
    rowid = db.execute("SELECT last_insert_rowid()").fetchone()[0]
    db.execute("INSERT INTO find (rowid, words) VALUES (?, ?)", (rowid, words))


def _unfind(db: sqlite3.Connection, ref: str) -> None:
    for n, words in db.execute("SELECT n, words FROM found WHERE ref = ?", (ref,)).fetchall():
        db.execute("INSERT INTO find (find, rowid, words) VALUES ('delete', ?, ?)", (n, words))
        db.execute("DELETE FROM found WHERE n = ?", (n,))


def _clear_incident(db: sqlite3.Connection, n: int) -> None:
    db.execute("DELETE FROM readings WHERE incident = ?", (n,))
    db.execute("DELETE FROM names WHERE incident = ?", (n,))
    db.execute("DELETE FROM bodies WHERE n = ?", (n,))


def _drop_incident(db: sqlite3.Connection, incident: str) -> None:
    row = db.execute("SELECT n FROM incidents WHERE id = ?", (incident,)).fetchone()
    if row is None:
        return
    _clear_incident(db, row[0])
    db.execute("DELETE FROM incidents WHERE n = ?", row)
    db.execute("DELETE FROM changes WHERE incident = ?", (incident,))
    _forget_decisions(db, incident)
    _unfind(db, incident)


def _drop_document(db: sqlite3.Connection, document: str) -> None:
    claims = db.execute("SELECT id FROM claims WHERE document = ?", (document,)).fetchall()
    for (claim,) in claims:
        _unfind(db, claim)
        _forget_decisions(db, claim)
    for table in ("claims", "unresolved", "responses", "numbers"):
        db.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
    db.execute("DELETE FROM documents WHERE id = ?", (document,))
    _unfind(db, document)


def _forget_decisions(db: sqlite3.Connection, about: str) -> None:
    decided = "SELECT decision FROM decided WHERE about = ?"
    db.execute(f"DELETE FROM decisions WHERE id IN ({decided})", (about,))
    db.execute("DELETE FROM decided WHERE about = ?", (about,))
