"""From an entry of the log to the rows of the tables. Pure, so rebuilding gives equal rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import msgspec
from sqlalchemy import Table

from harmledger.core.base import Value
from harmledger.core.errors import LedgerDamaged
from harmledger.core.ids import sha256_of
from harmledger.ledger.insert import Row
from harmledger.ledger.opened import OpenEntry
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
    if opened.is_empty:
        return []
    beside = opened.act is not None and opened.act.beside
    rank = entry.seq - BESIDE if beside else entry.seq
    origin = None if opened.act is None or opened.act.origin is None else opened.act.origin.ledger
    place = _Place(entry.seq, rank, entry.kind, origin, seal, opened.said, seal.name == "plain")
    try:
        return list(step(place, opened.cut))
    except (msgspec.MsgspecError, TypeError, AttributeError) as error:
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

    def kept(self, written: str) -> str:
        """A body, or a part of one, for the tables. Parts are taken as the log has them: they are
        canonical JSON because the whole is."""
        return written if self.is_plain else self.seal.seal_body(written, self.seq)

    def word(self, value: str | None) -> str | None:
        """A name, path or address, as it is looked up."""
        return None if value is None else self.seal.blind(self.seal.join_body(value))

    def id(self, value: str | None) -> str | None:
        """An id or a hash, as it is looked up: as it is but in a sealed ledger."""
        return value if self.is_plain else self.word(value)


class _Document(Value, frozen=True, kw_only=True):
    id: str
    name: str
    sha256: str


def _document(at: _Place, body: str) -> Rows:
    read = msgspec.json.decode(body, type=_Document)
    yield (
        DOCUMENTS,
        {
            "seq": at.seq,
            "id": at.id(read.id),
            "name": at.word(read.name),
            "sha256": at.id(read.sha256),
            "rank": at.rank,
            "origin": at.origin,
            "body": at.kept(body),
        },
    )


class _Where(Value, frozen=True, kw_only=True):
    """``path`` is computer and whole path; the bare path where an earlier version wrote it."""

    path: str | None
    file: str | None = None
    url: str | None = None

    @property
    def place(self) -> str | None:
        return self.file or self.path


class _Captured(Value, frozen=True, kw_only=True):
    document: str
    capture: msgspec.Raw


def _capture(at: _Place, body: str) -> Rows:
    read = msgspec.json.decode(body, type=_Captured)
    where = msgspec.json.decode(read.capture, type=_Where)
    yield (
        CAPTURES,
        {
            "seq": at.seq,
            "document": at.id(read.document),
            "path": at.word(where.place),
            "url": at.word(where.url),
            "origin": at.origin,
            "body": at.kept(_written(read.capture)),
        },
    )


class _Layer(Value, frozen=True, kw_only=True):
    document: str
    sha256: str
    reader: str


def _text(at: _Place, body: str) -> Rows:
    read = msgspec.json.decode(body, type=_Layer)
    yield (
        TEXTS,
        {
            "seq": at.seq,
            "document": at.id(read.document),
            "sha256": at.id(read.sha256),
            "reader": read.reader,
            "body": at.kept(body),
        },
    )


class _Extraction(Value, frozen=True, kw_only=True):
    document: str
    text_sha256: str
    extractor: str
    claims: tuple[msgspec.Raw, ...]
    responses: tuple[msgspec.Raw, ...]
    unresolved: tuple[msgspec.Raw, ...]
    numbers: tuple[msgspec.Raw, ...]


class _Line(Value, frozen=True, kw_only=True):
    id: str


class _Open(Value, frozen=True, kw_only=True):
    id: str
    reason: str


def _extraction(at: _Place, body: str) -> Rows:
    read = msgspec.json.decode(body, type=_Extraction)
    document = at.id(read.document)
    yield (
        EXTRACTIONS,
        {
            "seq": at.seq,
            "document": document,
            "text_sha256": at.id(read.text_sha256),
            "extractor": read.extractor,
            "rank": at.rank,
            "digest": at.id(sha256_of(at.said.encode())),
            "origin": at.origin,
        },
    )
    for position, claim in enumerate(read.claims):
        yield CLAIMS, _claim_row(at, position, claim)
    for position, line in enumerate(read.responses):
        row = _part(at, position, document, line)
        yield RESPONSES, row | {"id": at.id(msgspec.json.decode(line, type=_Line).id)}
    for position, line in enumerate(read.unresolved):
        left = msgspec.json.decode(line, type=_Open)
        row = _part(at, position, document, line)
        yield UNRESOLVED, row | {"id": at.id(left.id), "reason": left.reason}
    for position, number in enumerate(read.numbers):
        yield NUMBERS, _part(at, position, document, number)


def _part(at: _Place, position: int, document: str | None, line: msgspec.Raw) -> Row:
    row: Row = {"seq": at.seq, "position": position, "document": document}
    return row | {"body": at.kept(_written(line))}


class _Claim(Value, frozen=True, kw_only=True):
    id: str
    document: str
    text_sha256: str
    harm: str
    extractor: str


def _claim_row(at: _Place, position: int, claim: msgspec.Raw) -> Row:
    read = _read_claim(claim)
    return {
        "seq": at.seq,
        "position": position,
        "id": at.id(read.id),
        "document": at.id(read.document),
        "text_sha256": at.id(read.text_sha256),
        "harm": read.harm,
        "extractor": at.id(read.extractor),
        "rank": at.rank,
        "body": at.kept(_written(claim)),
    }


_read_claim = msgspec.json.Decoder(_Claim).decode


class _Decided(Value, frozen=True, kw_only=True):
    decision: msgspec.Raw
    claim: msgspec.Raw


class _Decision(Value, frozen=True, kw_only=True):
    id: str
    action: str
    about: tuple[str, ...]


def _decision(at: _Place, body: str) -> Rows:
    both = msgspec.json.decode(body, type=_Decided)
    read = msgspec.json.decode(both.decision, type=_Decision)
    row = {"seq": at.seq, "id": at.word(read.id), "action": read.action}
    yield DECISIONS, row | {"body": at.kept(_written(both.decision))}
    for position, about in enumerate(read.about):
        yield DECIDED, {"seq": at.seq, "position": position, "about": at.word(about)}
    if bytes(both.claim) != b"null":
        yield CLAIMS, _claim_row(at, 0, both.claim)


class _Refusal(_Where, frozen=True, kw_only=True):
    sha256: str | None
    kind: str


def _refusal(at: _Place, body: str) -> Rows:
    read = msgspec.json.decode(body, type=_Refusal)
    row = {"seq": at.seq, "kind": read.kind, "body": at.kept(body)}
    yield REFUSALS, row | {"path": at.word(read.place), "sha256": at.id(read.sha256)}


class _Key(Value, frozen=True, kw_only=True):
    key: str
    public: str


def _key(at: _Place, body: str) -> Rows:
    read = msgspec.json.decode(body, type=_Key)
    yield KEYS, {"seq": at.seq, "id": read.key, "public": read.public}


class _Absence(_Where, frozen=True, kw_only=True):
    document: str


def _absence(at: _Place, body: str) -> Rows:
    read = msgspec.json.decode(body, type=_Absence)
    row = {"seq": at.seq, "body": at.kept(body)}
    yield ABSENCES, row | {"path": at.word(read.place), "document": at.id(read.document)}


class _Whole(Value, frozen=True, kw_only=True):
    """Any JSON object: the row takes it as it is."""


def _note(at: _Place, body: str) -> Rows:
    msgspec.json.decode(body, type=_Whole)
    yield NOTES, {"seq": at.seq, "kind": at.kind, "body": at.kept(body)}


def _person(at: _Place, body: str) -> Rows:
    msgspec.json.decode(body, type=_Whole)
    yield PEOPLE, {"seq": at.seq, "body": at.kept(body)}


def _nothing(at: _Place, body: str) -> Rows:
    """What is left of another entry; that entry's rows are made from it."""
    yield from ()


def _written(part: msgspec.Raw) -> str:
    return bytes(part).decode()


_STEPS: Mapping[str, Callable[[_Place, str], Rows]] = {
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
