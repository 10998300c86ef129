"""Reading the record: everything below sees one moment of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Select, Table, and_, func, select

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.document import Block, Capture, Document, Refusal, Text
from harmledger.core.response import Response
from harmledger.core.unresolved import NumberState, Unresolved
from harmledger.ledger.entry import FIRST_PREV, Entry, Head
from harmledger.ledger.schema import (
    CAPTURES,
    CLAIMS,
    DECISIONS,
    DOCUMENTS,
    EXTRACTIONS,
    LOG,
    NUMBERS,
    REFUSALS,
    RESPONSES,
    TEXTS,
    UNRESOLVED,
)
from harmledger.ledger.store import ContentStore, StoredTexts

_BATCH = 500
_T = TypeVar("_T")


class KnownClaim(Value, frozen=True, kw_only=True):
    """A claim and whether the latest extraction of its document still yields it.

    People's claims are always current. ``entry``: the log entry it was written by.
    """

    claim: Claim
    current: bool
    entry: int


class _Layout(Value, frozen=True, kw_only=True):
    blocks: tuple[Block, ...]


class Records:
    """All reads, over one connection and so one snapshot. Rows come one at a time."""

    def __init__(self, connection: Connection, store: ContentStore) -> None:
        self.connection = connection
        self.store = store

    def head(self) -> Head:
        """The last entry's number and hash."""
        row = self.connection.execute(
            select(LOG.c.seq, LOG.c.hash).order_by(LOG.c.seq.desc()).limit(1)
        ).first()
        return Head(seq=0, hash=FIRST_PREV) if row is None else Head(seq=row.seq, hash=row.hash)

    def iter_entries(self) -> Iterator[Entry]:
        """The log in order, in batches, so that other statements may run meanwhile."""
        last = 0
        while True:
            rows = self.connection.execute(
                select(LOG).where(LOG.c.seq > last).order_by(LOG.c.seq).limit(_BATCH)
            ).all()
            for row in rows:
                yield Entry(**row._mapping)
            if len(rows) < _BATCH:
                return
            last = rows[-1].seq

    def iter_documents(self) -> Iterator[Document]:
        """Every document as last described, with its captures, ordered by id."""
        query = select(DOCUMENTS.c.id, DOCUMENTS.c.body).where(
            DOCUMENTS.c.seq.in_(select(func.max(DOCUMENTS.c.seq)).group_by(DOCUMENTS.c.id))
        )
        for row in self.connection.execute(query.order_by(DOCUMENTS.c.id)).all():
            yield self._with_captures(row.id, row.body)

    def find_document(self, key: str) -> Document | None:
        """A document by id, or by name when exactly that name was given."""
        query = (
            select(DOCUMENTS.c.id, DOCUMENTS.c.body)
            .where((DOCUMENTS.c.id == key) | (DOCUMENTS.c.name == key))
            .order_by(DOCUMENTS.c.seq.desc())
        )
        row = self.connection.execute(query.limit(1)).first()
        return None if row is None else self._with_captures(row.id, row.body)

    def find_text(self, document: str, text_sha256: str) -> Text | None:
        """The text layer of a document, with its blocks and sentences."""
        body = self.connection.execute(
            select(TEXTS.c.body)
            .where(TEXTS.c.document == document, TEXTS.c.sha256 == text_sha256)
            .order_by(TEXTS.c.seq.desc())
        ).scalar()
        if body is None:
            return None
        layout = msgspec.json.decode(body)
        layout["text"] = self.text(text_sha256)
        return msgspec.convert(layout, Text)

    def text(self, sha256: str) -> str:
        """A stored text by its hash; see :meth:`ContentStore.read` for what it raises."""
        return self.store.read(sha256).decode("utf-8")

    def blocks(self, text_sha256: str) -> tuple[Block, ...]:
        """The reader's blocks of a text; empty when no document has it."""
        body = self.connection.execute(
            select(TEXTS.c.body).where(TEXTS.c.sha256 == text_sha256).order_by(TEXTS.c.seq.desc())
        ).scalar()
        return () if body is None else msgspec.json.decode(body, type=_Layout).blocks

    @property
    def texts(self) -> StoredTexts:
        """Every stored text by hash, read when asked for."""
        return StoredTexts(self.store)

    def iter_claims(self, document: str | None = None) -> Iterator[KnownClaim]:
        """Every claim ever made, each id once as last made, in order of document and text."""
        newest = select(func.max(CLAIMS.c.seq)).group_by(CLAIMS.c.document, CLAIMS.c.id)
        query = _claims_query().where(
            CLAIMS.c.seq.in_(newest) if document is None else CLAIMS.c.document == document
        )
        seen: set[str] = set()
        rows = self.connection.execute(
            query.order_by(CLAIMS.c.document, CLAIMS.c.seq.desc(), CLAIMS.c.position)
        )
        for row in rows:
            if row.id not in seen:
                seen.add(row.id)
                yield _known(row)

    def find_claim(self, claim: str) -> KnownClaim | None:
        """A claim by id, or None."""
        query = _claims_query().where(CLAIMS.c.id == claim).order_by(CLAIMS.c.seq.desc()).limit(1)
        row = self.connection.execute(query).first()
        return None if row is None else _known(row)

    def iter_responses(self) -> Iterator[Response]:
        """What parties answered, as the latest extraction of each document has it."""
        return self._latest(RESPONSES, Response)

    def iter_unresolved(self) -> Iterator[Unresolved]:
        """What the latest extraction of each document saw and did not turn into a claim."""
        return self._latest(UNRESOLVED, Unresolved)

    def numbers(self) -> dict[str, tuple[NumberState, ...]]:
        """The state of every number beside a harm word, by document id."""
        found: dict[str, list[NumberState]] = {}
        for row in self.connection.execute(_latest_query(NUMBERS)):
            found.setdefault(row.document, []).append(
                msgspec.json.decode(row.body, type=NumberState)
            )
        return {document: tuple(states) for document, states in found.items()}

    def decisions(self) -> tuple[Decision, ...]:
        """Every decision, in the order taken."""
        return tuple(self._bodies(select(DECISIONS.c.body).order_by(DECISIONS.c.seq), Decision))

    def refusals(self) -> tuple[Refusal, ...]:
        """Every item ever refused, in order."""
        return tuple(self._bodies(select(REFUSALS.c.body).order_by(REFUSALS.c.seq), Refusal))

    def readings_of(self, document: str) -> tuple[tuple[str, str], ...]:
        """The (reader, extractor) pairs this document was read with."""
        same_text = and_(
            TEXTS.c.document == EXTRACTIONS.c.document,
            TEXTS.c.sha256 == EXTRACTIONS.c.text_sha256,
        )
        query = (
            select(TEXTS.c.reader, EXTRACTIONS.c.extractor)
            .join(EXTRACTIONS, same_text)
            .where(EXTRACTIONS.c.document == document)
            .order_by(EXTRACTIONS.c.seq)
        )
        return tuple((row.reader, row.extractor) for row in self.connection.execute(query))

    def has_text(self, document: str, text_sha256: str, reader: str) -> bool:
        """Does the document already have this text from this reader?"""
        query = select(TEXTS.c.seq).where(
            TEXTS.c.document == document,
            TEXTS.c.sha256 == text_sha256,
            TEXTS.c.reader == reader,
        )
        return self.connection.execute(query.limit(1)).first() is not None

    def has_capture(self, document: str, path: str | None) -> bool:
        """Were these bytes already captured from this path?"""
        query = select(CAPTURES.c.seq).where(
            CAPTURES.c.document == document, CAPTURES.c.path == path
        )
        return self.connection.execute(query.limit(1)).first() is not None

    def has_refusal(self, refusal: Refusal) -> bool:
        """Was this item already refused for the same reason?"""
        query = select(REFUSALS.c.body).where(REFUSALS.c.path == refusal.path)
        return refusal in self._bodies(query, Refusal)

    def _with_captures(self, document: str, body: str) -> Document:
        query = select(CAPTURES.c.body).where(CAPTURES.c.document == document)
        captures = tuple(self._bodies(query.order_by(CAPTURES.c.seq), Capture))
        found = msgspec.json.decode(body, type=Document)
        return msgspec.structs.replace(found, captures=captures)

    def _latest(self, table: Table, kind: type[_T]) -> Iterator[_T]:
        for row in self.connection.execute(_latest_query(table)):
            yield msgspec.json.decode(row.body, type=kind)

    def _bodies(self, query: Select[Any], kind: type[_T]) -> Iterator[_T]:
        for row in self.connection.execute(query):
            yield msgspec.json.decode(row.body, type=kind)


def _latest_query(table: Table) -> Select[Any]:
    """Rows of the latest extraction of each document, in document order."""
    newest = select(func.max(EXTRACTIONS.c.seq)).group_by(EXTRACTIONS.c.document)
    return (
        select(table.c.document, table.c.body)
        .where(table.c.seq.in_(newest))
        .order_by(table.c.document, table.c.seq, table.c.position)
    )


def _claims_query() -> Select[Any]:
    newest = (
        select(EXTRACTIONS.c.document, func.max(EXTRACTIONS.c.seq).label("seq"))
        .group_by(EXTRACTIONS.c.document)
        .subquery()
    )
    return select(CLAIMS, newest.c.seq.label("newest")).outerjoin(
        newest, newest.c.document == CLAIMS.c.document
    )


def _known(row: Any) -> KnownClaim:
    claim = msgspec.json.decode(row.body, type=Claim)
    current = row.seq == row.newest or claim.extractor.startswith("person:")
    return KnownClaim(claim=claim, current=current, entry=row.seq)
