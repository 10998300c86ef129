"""Reading the record: everything below sees one moment of the ledger."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Select, Subquery, Table, and_, func, select

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.document import Block, Capture, Document, Refusal, Text
from harmledger.core.ids import SHORT
from harmledger.core.response import Response
from harmledger.core.unresolved import NumberState, Unresolved
from harmledger.ledger.entry import EMPTY, Entry, Head
from harmledger.ledger.people import SealedPerson
from harmledger.ledger.schema import (
    ABSENCES,
    CAPTURES,
    CLAIMS,
    DECISIONS,
    DOCUMENTS,
    EXTRACTIONS,
    KEYS,
    LOG,
    META,
    NOTES,
    NUMBERS,
    PEOPLE,
    REFUSALS,
    RESPONSES,
    TEXTS,
    UNRESOLVED,
)
from harmledger.ledger.seal import open_body
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


class _Id(Value, frozen=True, kw_only=True):
    id: str


class _Layout(Value, frozen=True, kw_only=True):
    blocks: tuple[Block, ...]


class Records:
    """All reads, over one connection and so one snapshot. Rows come one at a time."""

    def __init__(self, connection: Connection, store: ContentStore) -> None:
        self.connection = connection
        self.store = store

    def head(self) -> Head:
        """The last entry's number, hash, time and signature."""
        columns = (LOG.c.seq, LOG.c.hash, LOG.c.at, LOG.c.signature)
        row = self.connection.execute(select(*columns).order_by(LOG.c.seq.desc()).limit(1)).first()
        return EMPTY if row is None else Head(**row._mapping)

    def ledger_id(self) -> str | None:
        """What tells this ledger from every other: taken from its first entry's hash."""
        first = self.connection.execute(select(LOG.c.hash).where(LOG.c.seq == 1)).scalar()
        return None if first is None else f"led_{first[:SHORT]}"

    def meta(self, key: str) -> str | None:
        """What the ledger says about itself under ``key``."""
        found: str | None = self.connection.execute(
            select(META.c.value).where(META.c.key == key)
        ).scalar()
        return found

    def keys(self) -> dict[str, str]:
        """The public keys announced in the log, hex by key id."""
        return {row.id: row.public for row in self.connection.execute(select(KEYS))}

    def iter_entries(self, after: int = 0) -> Iterator[Entry]:
        """The log in order, bodies as kept."""
        for batch in self.iter_batches(after):
            yield from batch

    def iter_batches(self, after: int = 0) -> Iterator[list[Entry]]:
        """The log in order, in batches, so that other statements may run meanwhile."""
        last = after
        while True:
            rows = self.connection.execute(
                select(LOG).where(LOG.c.seq > last).order_by(LOG.c.seq).limit(_BATCH)
            ).all()
            if rows:
                yield [Entry(**row._mapping) for row in rows]
            if len(rows) < _BATCH:
                return
            last = rows[-1].seq

    def notes(self, kind: str) -> tuple[tuple[int, Any], ...]:
        """Entry number and body of every re-hash, timestamp or import."""
        query = select(NOTES.c.seq, NOTES.c.body).where(NOTES.c.kind == kind)
        rows = self.connection.execute(query.order_by(NOTES.c.seq)).all()
        return tuple((row.seq, msgspec.json.decode(self._open(row))) for row in rows)

    def iter_kind(self, kind: str) -> Iterator[Entry]:
        """Entries of one kind, in order, from the log itself."""
        query = select(LOG).where(LOG.c.kind == kind).order_by(LOG.c.seq)
        for row in self.connection.execute(query):
            yield Entry(**row._mapping)

    def iter_people(self, after: int = 0) -> Iterator[tuple[int, SealedPerson]]:
        """Entry number and person, for all persons ever sealed; a forgotten one has bars for
        words."""
        query = select(PEOPLE).where(PEOPLE.c.seq > after).order_by(PEOPLE.c.seq)
        for row in self.connection.execute(query):
            yield row.seq, msgspec.json.decode(self._open(row), type=SealedPerson)

    def forgotten_documents(self) -> frozenset[str]:
        """Documents that named somebody who was forgotten: they are not read again."""
        notes = self.notes("forgetting")
        return frozenset(document for _, note in notes for document in note["documents"])

    def _open(self, row: Any) -> str:
        return open_body(self.store.seal, row.body, row.seq)

    @property
    def is_sealed(self) -> bool:
        """Are the ids and hashes in the tables blinded? What is needed in the clear is then taken
        from bodies, and put in order here."""
        return self.store.seal.name != "plain"

    def document_ids(self) -> dict[str, str]:
        """Every document's id by what stands for it in the tables."""
        columns = (DOCUMENTS.c.seq, DOCUMENTS.c.id, DOCUMENTS.c.body)
        if not self.is_sealed:
            return {i: i for i in self.connection.execute(select(DOCUMENTS.c.id)).scalars()}
        rows = self.connection.execute(select(*columns))
        return {row.id: msgspec.json.decode(self._open(row), type=_Id).id for row in rows}

    def _document_id(self, word: str) -> str:
        """The document's id by what stands for it in the tables."""
        if not self.is_sealed:
            return word
        columns = (DOCUMENTS.c.seq, DOCUMENTS.c.body)
        row = self.connection.execute(select(*columns).where(DOCUMENTS.c.id == word)).first()
        return "" if row is None else msgspec.json.decode(self._open(row), type=_Id).id

    def iter_documents(self) -> Iterator[Document]:
        """Every document as last described, with its captures, ordered by id."""
        query = select(DOCUMENTS.c.seq, DOCUMENTS.c.id, DOCUMENTS.c.body).where(
            DOCUMENTS.c.rank.in_(select(func.max(DOCUMENTS.c.rank)).group_by(DOCUMENTS.c.id))
        )
        captures: dict[str, list[Capture]] = {}
        columns = (CAPTURES.c.seq, CAPTURES.c.document, CAPTURES.c.body)
        for row in self.connection.execute(select(*columns).order_by(CAPTURES.c.seq)):
            capture = msgspec.json.decode(self._open(row), type=Capture)
            captures.setdefault(row.document, []).append(capture)
        found = [
            msgspec.structs.replace(
                msgspec.json.decode(self._open(row), type=Document),
                captures=tuple(captures.get(row.id, ())),
            )
            for row in self.connection.execute(query)
        ]
        yield from sorted(found, key=lambda document: document.id)

    def find_document(self, key: str) -> Document | None:
        """A document by id, or by name when exactly that name was given."""
        word = self._word(key)
        query = (
            select(DOCUMENTS.c.seq, DOCUMENTS.c.id, DOCUMENTS.c.body)
            .where((DOCUMENTS.c.id == word) | (DOCUMENTS.c.name == word))
            .order_by(DOCUMENTS.c.rank.desc())
        )
        row = self.connection.execute(query.limit(1)).first()
        return None if row is None else self._with_captures(row)

    def find_text(self, document: str, text_sha256: str) -> Text | None:
        """The text layer of a document, with its blocks and sentences."""
        row = self.connection.execute(
            select(TEXTS.c.seq, TEXTS.c.body)
            .where(
                TEXTS.c.document == self._word(document), TEXTS.c.sha256 == self._word(text_sha256)
            )
            .order_by(TEXTS.c.seq.desc())
        ).first()
        if row is None:
            return None
        layout = msgspec.json.decode(self._open(row))
        layout["text"] = self.text(text_sha256)
        return msgspec.convert(layout, Text)

    def text(self, sha256: str) -> str:
        """A stored text by its hash; see :meth:`ContentStore.read` for what it raises."""
        return self.store.read(sha256).decode("utf-8")

    def blocks(self, text_sha256: str) -> tuple[Block, ...]:
        """The reader's blocks of a text; empty when no document has it."""
        row = self.connection.execute(
            select(TEXTS.c.seq, TEXTS.c.body)
            .where(TEXTS.c.sha256 == self._word(text_sha256))
            .order_by(TEXTS.c.seq.desc())
        ).first()
        return () if row is None else msgspec.json.decode(self._open(row), type=_Layout).blocks

    @property
    def texts(self) -> StoredTexts:
        """Every stored text by hash, read when asked for."""
        return StoredTexts(self.store)

    def iter_claims(self, document: str | None = None) -> Iterator[KnownClaim]:
        """Every claim ever made, each id once as last made, in order of document and text."""
        if document is None and self.is_sealed:
            for one in sorted(self.document_ids().values()):
                yield from self.iter_claims(one)
            return
        query = _claims_query()
        if document is not None:
            query = query.where(CLAIMS.c.document == self._word(document))
        seen: set[str] = set()
        now = None
        rows = self.connection.execute(
            query.order_by(CLAIMS.c.document, CLAIMS.c.rank.desc(), CLAIMS.c.position)
        )
        for row in rows:
            if row.document != now:
                seen, now = set(), row.document
            if row.id not in seen:
                seen.add(row.id)
                yield self._known(row)

    def find_claim(self, claim: str) -> KnownClaim | None:
        """A claim by id, or None."""
        newest = select(func.max(EXTRACTIONS.c.rank)).where(
            EXTRACTIONS.c.document == CLAIMS.c.document
        )
        query = select(CLAIMS, newest.scalar_subquery().label("newest"))
        query = query.where(CLAIMS.c.id == self._word(claim)).order_by(CLAIMS.c.rank.desc())
        row = self.connection.execute(query.limit(1)).first()
        return None if row is None else self._known(row)

    def iter_responses(self) -> Iterator[Response]:
        """What parties answered, as the latest extraction of each document has it."""
        return self._latest(RESPONSES, Response)

    def iter_unresolved(self) -> Iterator[Unresolved]:
        """What the latest extraction of each document saw and did not turn into a claim."""
        return self._latest(UNRESOLVED, Unresolved)

    def numbers(self) -> dict[str, tuple[NumberState, ...]]:
        """The state of every number beside a harm word, by document id."""
        found: dict[str, list[NumberState]] = {}
        for document, row in self._iter_latest(NUMBERS):
            found.setdefault(document, []).append(
                msgspec.json.decode(self._open(row), type=NumberState)
            )
        return {document: tuple(states) for document, states in found.items()}

    def decisions(self) -> tuple[Decision, ...]:
        """Every decision, in the order taken."""
        query = select(DECISIONS.c.seq, DECISIONS.c.body).order_by(DECISIONS.c.seq)
        return tuple(self._bodies(query, Decision))

    def refusals(self) -> tuple[Refusal, ...]:
        """Every item ever refused, in order."""
        query = select(REFUSALS.c.seq, REFUSALS.c.body).order_by(REFUSALS.c.seq)
        return tuple(self._bodies(query, Refusal))

    def readings_of(self, document: str) -> tuple[tuple[str, str], ...]:
        """The (reader, extractor) pairs this document was read with."""
        same_text = and_(
            TEXTS.c.document == EXTRACTIONS.c.document,
            TEXTS.c.sha256 == EXTRACTIONS.c.text_sha256,
        )
        query = (
            select(TEXTS.c.reader, EXTRACTIONS.c.extractor)
            .join(EXTRACTIONS, same_text)
            .where(EXTRACTIONS.c.document == self._word(document))
            .order_by(EXTRACTIONS.c.rank)
        )
        return tuple((row.reader, row.extractor) for row in self.connection.execute(query))

    def has_text(self, document: str, text_sha256: str, reader: str) -> bool:
        """Does the document already have this text from this reader?"""
        query = select(TEXTS.c.seq).where(
            TEXTS.c.document == self._word(document),
            TEXTS.c.sha256 == self._word(text_sha256),
            TEXTS.c.reader == reader,
        )
        return self.connection.execute(query.limit(1)).first() is not None

    def has_capture(self, document: str, place: str | None) -> bool:
        """Is this document what was last captured at this place (``Capture.place``)?"""
        return place is not None and self.find_holders((place,)).get(place) == document

    def find_holder(self, *places: str | None, url: str | None = None) -> str | None:
        """The document last captured here at the first of these places that is known, else last
        at this address; None when there is none, or the place was found empty since."""
        held = self.find_holders([place for place in places if place is not None])
        for place in places:
            if place in held:
                return held[place]
        if url is None:
            return None
        query = select(CAPTURES.c.document).where(
            CAPTURES.c.url == self._word(url), CAPTURES.c.origin.is_(None)
        )
        found: str | None = self.connection.execute(
            query.order_by(CAPTURES.c.seq.desc()).limit(1)
        ).scalar()
        return None if found is None else self._document_id(found)

    def find_holders(self, places: Collection[str]) -> dict[str, str]:
        """The document last captured here at each of these places; a place that was never
        captured, or was found empty since, is left out."""
        words = {self.store.seal.blind(place): place for place in places}
        held: dict[str, tuple[int, str]] = {}
        here = CAPTURES.c.origin.is_(None) & CAPTURES.c.path.in_(words)
        columns = (CAPTURES.c.path, CAPTURES.c.seq, CAPTURES.c.document)
        for row in self.connection.execute(select(*columns).where(here).order_by(CAPTURES.c.seq)):
            held[words[row.path]] = (row.seq, row.document)
        gone = select(ABSENCES.c.path, ABSENCES.c.seq).where(ABSENCES.c.path.in_(words))
        for word, seq in self.connection.execute(gone.order_by(ABSENCES.c.seq)):
            place = words[word]
            if place in held and held[place][0] < seq:
                del held[place]
        return {place: self._document_id(word) for place, (_, word) in held.items()}

    def has_refusal(self, refusal: Refusal) -> bool:
        """Was this item already refused for the same reason?"""
        columns = (REFUSALS.c.seq, REFUSALS.c.body)
        words = {self._word(refusal.path), self._word(refusal.file or refusal.path)}
        query = select(*columns).where(REFUSALS.c.path.in_(words))
        bare = msgspec.structs.replace(refusal, file=None)  # as earlier versions wrote it
        return any(known in (refusal, bare) for known in self._bodies(query, Refusal))

    def _with_captures(self, row: Any) -> Document:
        query = select(CAPTURES.c.seq, CAPTURES.c.body).where(CAPTURES.c.document == row.id)
        captures = tuple(self._bodies(query.order_by(CAPTURES.c.seq), Capture))
        found = msgspec.json.decode(self._open(row), type=Document)
        return msgspec.structs.replace(found, captures=captures)

    def _word(self, word: str | None) -> str | None:
        return None if word is None else self.store.seal.blind(word)

    def _known(self, row: Any) -> KnownClaim:
        claim = msgspec.json.decode(self._open(row), type=Claim)
        current = row.rank == row.newest or claim.extractor.startswith("person:")
        return KnownClaim(claim=claim, current=current, entry=row.seq)

    def _latest(self, table: Table, kind: type[_T]) -> Iterator[_T]:
        for _, row in self._iter_latest(table):
            yield msgspec.json.decode(self._open(row), type=kind)

    def _iter_latest(self, table: Table) -> Iterator[tuple[str, Any]]:
        """Document and row, of the extraction of each document that stands, in document order."""
        rows = self.connection.execute(_latest_query(table))
        if not self.is_sealed:
            yield from ((row.document, row) for row in rows)
            return
        ids = self.document_ids()
        yield from sorted(((ids[row.document], row) for row in rows), key=lambda pair: pair[0])

    def _bodies(self, query: Select[Any], kind: type[_T]) -> Iterator[_T]:
        for row in self.connection.execute(query):
            yield msgspec.json.decode(self._open(row), type=kind)


def _latest_query(table: Table) -> Select[Any]:
    """Rows of the extraction of each document that stands, in document order."""
    newest = _newest()
    same = and_(EXTRACTIONS.c.document == newest.c.document, EXTRACTIONS.c.rank == newest.c.rank)
    standing = select(EXTRACTIONS.c.seq).join(newest, same)
    return (
        select(table.c.document, table.c.seq, table.c.body)
        .where(table.c.seq.in_(standing))
        .order_by(table.c.document, table.c.seq, table.c.position)
    )


def _claims_query() -> Select[Any]:
    newest = _newest()
    return select(CLAIMS, newest.c.rank.label("newest")).outerjoin(
        newest, newest.c.document == CLAIMS.c.document
    )


def _newest() -> Subquery:
    return (
        select(EXTRACTIONS.c.document, func.max(EXTRACTIONS.c.rank).label("rank"))
        .group_by(EXTRACTIONS.c.document)
        .subquery()
    )
