"""From an entry of the log to the rows of the tables. Pure, so rebuilding gives equal rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import msgspec
from sqlalchemy import Table

from harmledger.core.errors import LedgerDamaged
from harmledger.core.ids import canonical_json, sha256_of
from harmledger.ledger.entry import Act, Draft, Entry
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
    PEOPLE,
    REFUSALS,
    RESPONSES,
    TEXTS,
    UNRESOLVED,
)
from harmledger.ledger.seal import Seal

Rows = Iterator[tuple[Table, Row]]


class OpenEntry(msgspec.Struct, frozen=True):
    """An entry with its act and body opened and decoded. ``cut``: the body as tables keep it,
    with sealed persons' names cut out; ``body`` itself where nothing is cut. ``said``: the
    body's JSON. ``is_empty``: it held what was left of another entry, and a later one does now."""

    entry: Entry
    act: Act | None
    body: Any
    cut: Any
    said: str = ""
    is_empty: bool = False


Gapped = Mapping[int, Entry]
"""By the number of an entry whose key was destroyed: the entry that holds what is left of it."""
NONE_GAPPED: Gapped = MappingProxyType({})


def open_entry(entry: Entry, seal: Seal, gapped: Gapped = NONE_GAPPED) -> OpenEntry:
    """Decode act and body.

    Raises:
        LedgerDamaged: they do not open, or are no JSON of the right shape.
    """
    try:
        found = cut_entry(entry, seal, gapped)
        if found is None:
            return OpenEntry(entry, None, None, None, is_empty=True)
        return _decode(entry, *found, seal)
    except (msgspec.MsgspecError, TypeError, AttributeError) as error:  # no text where text was
        raise LedgerDamaged(f"log entry {entry.seq} cannot be read: {error}") from error


def reopen_draft(draft: Draft, entry: Entry) -> OpenEntry:
    """The entry a draft has become, opened without decoding what was just encoded. Only where
    nothing is sealed: there the log holds what the draft says."""
    return OpenEntry(entry, draft.act, draft.body, draft.body, entry.body)


def cut_entry(entry: Entry, seal: Seal, gapped: Gapped) -> tuple[str | None, str] | None:
    """Act and body as JSON, cut; of an entry whose key was destroyed, what is left of them. None
    for an entry that held what was left of another, until a later one did.

    Raises:
        LedgerDamaged: they do not open.
    """
    if entry.kind == "key":
        return entry.act, entry.body
    if not seal.is_shut(entry.seq):
        act = None if entry.act is None else seal.unseal_body(entry.act, entry.seq)
        return act, seal.unseal_body(entry.body, entry.seq)
    left = gapped.get(entry.seq)
    if left is not None:
        body = msgspec.json.decode(seal.unseal_body(left.body, left.seq), type=GappedBody)
        return body.act, body.body
    if entry.kind == "gapped":
        return None
    raise LedgerDamaged(
        f"log entry {entry.seq} cannot be read: its key was destroyed, and no entry holds what "
        "was left of it"
    )


def _decode(entry: Entry, act: str | None, body: str, seal: Seal) -> OpenEntry:
    joined = seal.join_body(body)
    read = msgspec.json.decode(joined)
    return OpenEntry(
        entry,
        None if act is None else msgspec.json.decode(seal.join_body(act), type=Act),
        read,
        read if joined == body else msgspec.json.decode(body),
        joined,
    )


class GappedBody(msgspec.Struct, frozen=True):
    """What is left of entry ``of``: act and body as JSON, cut."""

    of: int
    act: str | None
    body: str


def find_gapped(records: Any, seal: Seal) -> Gapped:
    """What stands for entries whose key was destroyed, from the log alone; the latest of each.

    Raises:
        LedgerDamaged: such an entry cannot be read.
    """
    if seal.name == "plain":
        return NONE_GAPPED
    found: dict[int, Entry] = {}
    for entry in records.iter_kind("gapped"):
        if not seal.is_shut(entry.seq):
            body = msgspec.json.decode(seal.unseal_body(entry.body, entry.seq), type=GappedBody)
            found[body.of] = entry
    return found


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
    place = _Place(entry.seq, rank, entry.kind, origin, seal, opened.said, seal.name == "plain")
    if opened.is_empty:
        return []
    try:
        return list(step(place, opened.cut))
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
    said: str
    """The entry's body as read: canonical JSON."""
    is_plain: bool

    def kept(self, value: object) -> str:
        return self.seal.seal_body(canonical_json(value).decode(), self.seq)

    def word(self, value: str | None) -> str | None:
        """A name, path, id or hash, as it is looked up."""
        return None if value is None else self.seal.blind(self.seal.join_body(value))

    def ids(self, body: Row, *keys: str) -> Row:
        """Ids and hashes, as they are looked up: as they are but in a sealed ledger."""
        if self.is_plain:
            return {key: body[key] for key in keys}
        return {key: self.word(body[key]) for key in keys}


def _document(at: _Place, body: Row) -> Rows:
    row = {"seq": at.seq, "rank": at.rank, "origin": at.origin, "body": at.kept(body)}
    yield DOCUMENTS, row | at.ids(body, "id", "sha256") | {"name": at.word(body["name"])}


def _capture(at: _Place, body: Row) -> Rows:
    capture = body["capture"]
    row = {"seq": at.seq, "origin": at.origin, "body": at.kept(capture)}
    row |= {"path": at.word(_place(capture)), "url": at.word(capture["url"])}
    yield CAPTURES, row | at.ids(body, "document")


def _text(at: _Place, body: Row) -> Rows:
    row = {"seq": at.seq, "reader": body["reader"], "body": at.kept(body)}
    yield TEXTS, row | at.ids(body, "document", "sha256")


def _extraction(at: _Place, body: Row) -> Rows:
    document = at.word(body["document"])
    row = {"seq": at.seq, "rank": at.rank, "origin": at.origin, "extractor": body["extractor"]}
    digest = sha256_of(at.said.encode())
    yield (
        EXTRACTIONS,
        row | at.ids(body, "document", "text_sha256") | at.ids({"digest": digest}, "digest"),
    )
    for position, claim in enumerate(body["claims"]):
        yield CLAIMS, _claim_row(at, position, claim)
    for table, key in ((RESPONSES, "responses"), (UNRESOLVED, "unresolved")):
        for position, line in enumerate(body[key]):
            row = {"seq": at.seq, "position": position, "document": document}
            row |= at.ids(line, "id")
            if table is UNRESOLVED:
                row["reason"] = line["reason"]
            yield table, row | {"body": at.kept(line)}
    for position, number in enumerate(body["numbers"]):
        row = {"seq": at.seq, "position": position, "document": document}
        yield NUMBERS, row | {"body": at.kept(number)}


def _decision(at: _Place, body: Row) -> Rows:
    decision = body["decision"]
    row = {"seq": at.seq, "id": at.word(decision["id"]), "action": decision["action"]}
    yield DECISIONS, row | {"body": at.kept(decision)}
    for position, about in enumerate(decision["about"]):
        yield DECIDED, {"seq": at.seq, "position": position, "about": at.word(about)}
    if body["claim"] is not None:
        yield CLAIMS, _claim_row(at, 0, body["claim"])


def _refusal(at: _Place, body: Row) -> Rows:
    row = {"seq": at.seq, "kind": body["kind"], "body": at.kept(body)}
    yield REFUSALS, row | at.ids(body, "sha256") | {"path": at.word(_place(body))}


def _key(at: _Place, body: Row) -> Rows:
    yield KEYS, {"seq": at.seq, "id": body["key"], "public": body["public"]}


def _absence(at: _Place, body: Row) -> Rows:
    row = {"seq": at.seq, "body": at.kept(body)}
    yield ABSENCES, row | at.ids(body, "document") | {"path": at.word(_place(body))}


def _place(body: Row) -> str | None:
    """Computer and whole path; the bare path where an earlier version wrote it."""
    found: str | None = body.get("file") or body["path"]
    return found


def _note(at: _Place, body: Row) -> Rows:
    yield NOTES, {"seq": at.seq, "kind": at.kind, "body": at.kept(body)}


def _claim_row(at: _Place, position: int, claim: Row) -> Row:
    row = {"seq": at.seq, "position": position, "rank": at.rank, "body": at.kept(claim)}
    row["harm"] = claim["harm"]
    return row | at.ids(claim, "id", "document", "text_sha256", "extractor")


def _person(at: _Place, body: Row) -> Rows:
    yield PEOPLE, {"seq": at.seq, "body": at.kept(body)}


def _nothing(at: _Place, body: Row) -> Rows:
    """What is left of another entry; that entry's rows are made from it."""
    yield from ()


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
    "person": _person,
    "gapped": _nothing,
    "forgetting": _note,
    "migration": _note,
    "edition": _note,
}
