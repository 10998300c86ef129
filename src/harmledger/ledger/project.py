"""From an entry of the log to the rows of the tables. Pure, so rebuilding gives equal rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, Table

from harmledger.core.errors import LedgerDamaged
from harmledger.core.ids import canonical_json
from harmledger.ledger.entry import Entry
from harmledger.ledger.schema import (
    CAPTURES,
    CLAIMS,
    DECISIONS,
    DOCUMENTS,
    EXTRACTIONS,
    NUMBERS,
    REFUSALS,
    RESPONSES,
    TEXTS,
    UNRESOLVED,
)

Row = dict[str, Any]
Rows = Iterator[tuple[Table, Row]]


def project_entry(entry: Entry) -> Rows:
    """The rows this entry adds, table by table.

    Raises:
        LedgerDamaged: the entry is of a kind this version does not know.
    """
    steps = _STEPS.get(entry.kind)
    if steps is None:
        raise LedgerDamaged(
            f"log entry {entry.seq} is of kind {entry.kind!r}, which this version does not know. "
            "Open the ledger with the version of harmledger that wrote it, or a newer one."
        )
    return steps(entry.seq, msgspec.json.decode(entry.body))


def insert_rows(connection: Connection, rows: Iterable[tuple[Table, Row]]) -> None:
    """Insert the rows, one statement per table."""
    grouped: dict[Table, list[Row]] = {}
    for table, row in rows:
        grouped.setdefault(table, []).append(row)
    for table, batch in grouped.items():
        connection.execute(table.insert(), batch)


def _json(value: object) -> str:
    return canonical_json(value).decode()


def _document(seq: int, body: Row) -> Rows:
    yield (
        DOCUMENTS,
        {
            "seq": seq,
            "id": body["id"],
            "name": body["name"],
            "sha256": body["sha256"],
            "body": _json(body),
        },
    )


def _capture(seq: int, body: Row) -> Rows:
    capture = body["capture"]
    yield (
        CAPTURES,
        {
            "seq": seq,
            "document": body["document"],
            "path": capture["path"],
            "url": capture["url"],
            "body": _json(capture),
        },
    )


def _text(seq: int, body: Row) -> Rows:
    yield (
        TEXTS,
        {
            "seq": seq,
            "document": body["document"],
            "sha256": body["sha256"],
            "reader": body["reader"],
            "body": _json(body),
        },
    )


def _extraction(seq: int, body: Row) -> Rows:
    document = body["document"]
    yield (
        EXTRACTIONS,
        {
            "seq": seq,
            "document": document,
            "text_sha256": body["text_sha256"],
            "extractor": body["extractor"],
        },
    )
    for position, claim in enumerate(body["claims"]):
        yield CLAIMS, _claim_row(seq, position, claim)
    for table, key in ((RESPONSES, "responses"), (UNRESOLVED, "unresolved")):
        for position, line in enumerate(body[key]):
            row = {"seq": seq, "position": position, "id": line["id"], "document": document}
            if table is UNRESOLVED:
                row["reason"] = line["reason"]
            yield table, row | {"body": _json(line)}
    for position, number in enumerate(body["numbers"]):
        yield (
            NUMBERS,
            {"seq": seq, "position": position, "document": document, "body": _json(number)},
        )


def _decision(seq: int, body: Row) -> Rows:
    decision = body["decision"]
    yield (
        DECISIONS,
        {
            "seq": seq,
            "id": decision["id"],
            "action": decision["action"],
            "body": _json(decision),
        },
    )
    if body["claim"] is not None:
        yield CLAIMS, _claim_row(seq, 0, body["claim"])


def _refusal(seq: int, body: Row) -> Rows:
    yield (
        REFUSALS,
        {
            "seq": seq,
            "path": body["path"],
            "sha256": body["sha256"],
            "kind": body["kind"],
            "body": _json(body),
        },
    )


def _claim_row(seq: int, position: int, claim: Row) -> Row:
    keys = ("id", "document", "text_sha256", "harm", "extractor")
    return {"seq": seq, "position": position, "body": _json(claim)} | {k: claim[k] for k in keys}


_STEPS: Mapping[str, Callable[[int, Row], Rows]] = {
    "document": _document,
    "capture": _capture,
    "text": _text,
    "extraction": _extraction,
    "decision": _decision,
    "refusal": _refusal,
}
