"""Does this ledger hold already what somebody brings?"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Table, select

from harmledger.core.errors import LedgerDamaged
from harmledger.core.ids import canonical_json, sha256_of
from harmledger.ledger.records import Records
from harmledger.ledger.schema import (
    ABSENCES,
    CAPTURES,
    DECISIONS,
    DOCUMENTS,
    EXTRACTIONS,
    REFUSALS,
    TEXTS,
)
from harmledger.ledger.seal import open_body


def _place(body: Any) -> str:
    found: str = body.get("file") or body["path"]
    return found


class Holding:
    """Asks the record about the entries of the ledger called ``source``."""

    def __init__(self, records: Records, source: str) -> None:
        self._records = records
        self._source = source
        self._blind = records.store.seal.blind

    def has(self, kind: str, body: Any) -> bool:
        """Is exactly this in the record?"""
        blind = self._blind
        match kind:
            case "document":
                return self._has_body(DOCUMENTS, DOCUMENTS.c.id == blind(body["id"]), body)
            case "capture":
                where = CAPTURES.c.document == blind(body["document"])
                return self._has_body(CAPTURES, where, body["capture"])
            case "text":
                where = TEXTS.c.document == blind(body["document"])
                where &= TEXTS.c.sha256 == blind(body["sha256"])
                return self._has(where & (TEXTS.c.reader == body["reader"]))
            case "extraction":
                where = EXTRACTIONS.c.document == blind(body["document"])
                digest = blind(sha256_of(canonical_json(body)))
                return self._has(where & (EXTRACTIONS.c.digest == digest))
            case "decision":
                return self._has(DECISIONS.c.id == blind(body["decision"]["id"]))
            case "refusal":
                return self._has_body(REFUSALS, REFUSALS.c.path == blind(_place(body)), body)
            case "absence":
                return self._has_body(ABSENCES, ABSENCES.c.path == blind(_place(body)), body)
        raise LedgerDamaged(
            f"the pack holds an entry of kind {kind!r}, which this version does not know. "
            "Import it with a newer version."
        )

    def is_ours(self, kind: str, body: Any) -> bool:
        """Does this ledger hold a description or reading of the document that did not come from
        the same pack?"""
        if kind == "document":
            table, key = DOCUMENTS, DOCUMENTS.c.id == self._blind(body["id"])
        elif kind == "extraction":
            table, key = EXTRACTIONS, EXTRACTIONS.c.document == self._blind(body["document"])
        else:
            return False
        return self._has(key & (table.c.origin.is_(None) | (table.c.origin != self._source)))

    def _has(self, where: Any) -> bool:
        return self._records.connection.execute(select(1).where(where).limit(1)).first() is not None

    def _has_body(self, table: Table, where: Any, body: Any) -> bool:
        seal = self._records.store.seal
        rows = self._records.connection.execute(select(table.c.seq, table.c.body).where(where))
        return any(msgspec.json.decode(open_body(seal, r.body, r.seq)) == body for r in rows)
