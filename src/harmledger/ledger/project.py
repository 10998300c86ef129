"""From an entry of the log to the rows of the tables. Pure, so rebuilding gives equal rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Table

from harmledger.core.errors import LedgerDamaged
from harmledger.core.ids import canonical_json, sha256_of
from harmledger.ledger.entry import Act, Entry
from harmledger.ledger.insert import Row
from harmledger.ledger.schema import (
    ABSENCES,
    BESIDE,
    CAPTURES,
    CLAIMS,
    DECIDED,
    DECISIONS,
    DOCUMENTS,
    EXTRACTIONS,
    KEYS,
    NOTES,
    NUMBERS,
    REFUSALS,
    RESPONSES,
    TEXTS,
    UNRESOLVED,
)
from harmledger.ledger.seal import Seal

Rows = Iterator[tuple[Table, Row]]


class OpenEntry(msgspec.Struct, frozen=True):
    """An entry with its act and body opened and decoded."""

    entry: Entry
    act: Act | None
    body: Any


def open_entry(entry: Entry, seal: Seal) -> OpenEntry:
    """Decode act and body.

    Raises:
        LedgerDamaged: they do not open, or are no JSON of the right shape.
    """
    try:
        act = None
        if entry.act is not None:
            act = msgspec.json.decode(seal.open_body(entry.act), type=Act)
        return OpenEntry(entry, act, msgspec.json.decode(seal.open_body(entry.body)))
    except (msgspec.MsgspecError, TypeError, AttributeError) as error:  # no text where text was
        raise LedgerDamaged(f"log entry {entry.seq} cannot be read: {error}") from error


def project_entry(opened: OpenEntry, seal: Seal) -> list[tuple[Table, Row]]:
    """The rows this entry adds, table by table.

    Raises:
        LedgerDamaged: the entry is of a kind this version does not know, or lacks a field.
    """
    entry = opened.entry
    step = _STEPS.get(entry.kind)
    if step is None:
        raise LedgerDamaged(
            f"log entry {entry.seq} is of kind {entry.kind!r}, which this version does not know. "
            "Open the ledger with the version of harmledger that wrote it, or a newer one."
        )
    beside = opened.act is not None and opened.act.beside
    rank = entry.seq - BESIDE if beside else entry.seq
    origin = None if opened.act is None or opened.act.origin is None else opened.act.origin.ledger
    place = _Place(entry.seq, rank, entry.kind, origin, seal)
    try:
        return list(step(place, opened.body))
    except (KeyError, TypeError, AttributeError) as error:
        raise LedgerDamaged(
            f"log entry {entry.seq} is no {entry.kind}: {type(error).__name__} {error}"
        ) from error


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the rows come from, and how what they hold is written down."""

    seq: int
    rank: int
    kind: str
    origin: str | None
    seal: Seal

    def kept(self, value: object) -> str:
        return self.seal.seal_body(canonical_json(value).decode())

    def word(self, value: str | None) -> str | None:
        return None if value is None else self.seal.blind(value)


def _document(at: _Place, body: Row) -> Rows:
    row = {"seq": at.seq, "id": body["id"], "name": at.word(body["name"]), "rank": at.rank}
    row |= {"sha256": body["sha256"], "origin": at.origin, "body": at.kept(body)}
    yield DOCUMENTS, row


def _capture(at: _Place, body: Row) -> Rows:
    capture = body["capture"]
    row = {"seq": at.seq, "document": body["document"], "body": at.kept(capture)}
    row["origin"] = at.origin
    yield CAPTURES, row | {"path": at.word(capture["path"]), "url": at.word(capture["url"])}


def _text(at: _Place, body: Row) -> Rows:
    row = {key: body[key] for key in ("document", "sha256", "reader")}
    yield TEXTS, row | {"seq": at.seq, "body": at.kept(body)}


def _extraction(at: _Place, body: Row) -> Rows:
    document = body["document"]
    row = {key: body[key] for key in ("document", "text_sha256", "extractor")}
    digest = sha256_of(canonical_json(body))
    row |= {"seq": at.seq, "rank": at.rank, "digest": digest, "origin": at.origin}
    yield EXTRACTIONS, row
    for position, claim in enumerate(body["claims"]):
        yield CLAIMS, _claim_row(at, position, claim)
    for table, key in ((RESPONSES, "responses"), (UNRESOLVED, "unresolved")):
        for position, line in enumerate(body[key]):
            row = {"seq": at.seq, "position": position, "id": line["id"], "document": document}
            if table is UNRESOLVED:
                row["reason"] = line["reason"]
            yield table, row | {"body": at.kept(line)}
    for position, number in enumerate(body["numbers"]):
        row = {"seq": at.seq, "position": position, "document": document}
        yield NUMBERS, row | {"body": at.kept(number)}


def _decision(at: _Place, body: Row) -> Rows:
    decision = body["decision"]
    row = {"seq": at.seq, "id": decision["id"], "action": decision["action"]}
    yield DECISIONS, row | {"body": at.kept(decision)}
    for position, about in enumerate(decision["about"]):
        yield DECIDED, {"seq": at.seq, "position": position, "about": about}
    if body["claim"] is not None:
        yield CLAIMS, _claim_row(at, 0, body["claim"])


def _refusal(at: _Place, body: Row) -> Rows:
    row = {"seq": at.seq, "path": at.word(body["path"]), "body": at.kept(body)}
    yield REFUSALS, row | {key: body[key] for key in ("sha256", "kind")}


def _key(at: _Place, body: Row) -> Rows:
    yield KEYS, {"seq": at.seq, "id": body["key"], "public": body["public"]}


def _absence(at: _Place, body: Row) -> Rows:
    row = {"seq": at.seq, "document": body["document"], "path": at.word(body["path"])}
    yield ABSENCES, row | {"body": at.kept(body)}


def _note(at: _Place, body: Row) -> Rows:
    yield NOTES, {"seq": at.seq, "kind": at.kind, "body": at.kept(body)}


def _claim_row(at: _Place, position: int, claim: Row) -> Row:
    keys = ("id", "document", "text_sha256", "harm", "extractor")
    row = {"seq": at.seq, "position": position, "rank": at.rank, "body": at.kept(claim)}
    return row | {key: claim[key] for key in keys}


_STEPS: Mapping[str, Callable[[_Place, Row], Rows]] = {
    "document": _document,
    "capture": _capture,
    "text": _text,
    "extraction": _extraction,
    "decision": _decision,
    "refusal": _refusal,
    "key": _key,
    "absence": _absence,
    "rehash": _note,
    "timestamp": _note,
    "import": _note,
}
