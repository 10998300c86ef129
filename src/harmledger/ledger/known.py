"""What the ledger already says about some documents, so that nothing is said twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import select

from harmledger.core.base import Value
from harmledger.core.document import Capture, Document, Text
from harmledger.core.extraction import Extraction
from harmledger.core.ids import canonical_json, sha256_of
from harmledger.ledger.entry import TOOL, Act, Draft
from harmledger.ledger.records import Records
from harmledger.ledger.schema import DOCUMENTS, EXTRACTIONS, TEXTS
from harmledger.ledger.seal import open_body

_RECORDED = tuple(name for name in Extraction.__struct_fields__ if name != "layers")
"""Of an extraction; layers are only looked at."""
_LAID_OUT = tuple(name for name in Text.__struct_fields__ if name != "text")


class Gathered(Value, frozen=True, kw_only=True):
    """One document as it came out of capture, read and extract."""

    content: bytes
    document: Document
    text: Text
    extraction: Extraction
    captures: tuple[Capture, ...]
    persons: tuple[str, ...] = ()
    """Private persons it names, as reading found them: a sealed ledger gives each a key."""


class KnownDocuments:
    """Descriptions, captures, texts and extractions of some documents; told what is added."""

    def __init__(
        self, records: Records, documents: Collection[str], places: Collection[str] = ()
    ) -> None:
        self._seal = records.store.seal
        self._bodies: dict[str, str] = {}
        self._holders = records.find_holders(places) if places else {}
        self._texts: set[tuple[str, str, str]] = set()
        self._extractions: dict[tuple[str, str, str], set[str]] = {}
        self._latest: dict[str, str] = {}
        self._load(records, sorted(documents))

    def _load(self, records: Records, ids: list[str]) -> None:
        run, seal = records.connection.execute, records.store.seal
        words = {seal.blind(document): document for document in ids}
        columns = (DOCUMENTS.c.seq, DOCUMENTS.c.id, DOCUMENTS.c.body)
        documents = select(*columns).where(DOCUMENTS.c.id.in_(words))
        for row in run(documents.order_by(DOCUMENTS.c.rank)):
            self._bodies[words[row.id]] = open_body(seal, row.body, row.seq)
        where = TEXTS.c.document.in_(words)
        layers = _pick(TEXTS, "document", "sha256", "reader", where)
        self._texts.update((words[row.document], row.sha256, row.reader) for row in run(layers))
        names = ("document", "text_sha256", "extractor", "digest")
        query = _pick(EXTRACTIONS, *names, EXTRACTIONS.c.document.in_(words))
        for row in run(query.order_by(EXTRACTIONS.c.rank)):
            key = (words[row.document], row.text_sha256, row.extractor)
            self._extractions.setdefault(key, set()).add(row.digest)
            self._latest[words[row.document]] = row.extractor

    def find_document(self, document: str) -> Document | None:
        """The document as last described, without captures."""
        body = self._bodies.get(document)
        if body is None:
            return None
        return msgspec.json.decode(body, type=Document)

    def has_capture(self, document: str, place: str | None) -> bool:
        """Is this document what was last captured at this place?"""
        return place is not None and self._holders.get(place) == document

    def has_text(self, document: str, sha256: str, reader: str) -> bool:
        """Does the document have this text from this reader?"""
        return (document, self._seal.blind(sha256), reader) in self._texts

    def has_extraction(self, document: str, text_sha256: str, extractor: str) -> bool:
        """Was this text already read for claims by this extractor?"""
        return (document, self._seal.blind(text_sha256), extractor) in self._extractions

    def has_same_extraction(self, body: Any) -> bool:
        """Is exactly this extraction in the record?"""
        key = (body["document"], self._seal.blind(body["text_sha256"]), body["extractor"])
        digest = self._seal.blind(sha256_of(canonical_json(body)))
        return digest in self._extractions.get(key, ())

    def is_read(self, document: str) -> bool:
        """Was any text of it read for claims?"""
        return document in self._latest

    def iter_drafts(self, gathered: Gathered) -> Iterator[Draft]:
        """The entries that are new in ``gathered``; they count as known from then on."""
        document = msgspec.structs.replace(gathered.document, captures=())
        before = self.find_document(document.id)
        if before is not None and document.supersedes is None:
            document = msgspec.structs.replace(document, supersedes=before.supersedes)
        if before != document:
            yield self._describe(document, before)
        for capture in gathered.captures:
            if not self.has_capture(document.id, capture.place):
                yield self.capture(document.id, capture)
        text, extraction = gathered.text, gathered.extraction
        if not self.has_text(document.id, text.sha256, text.reader):
            self._texts.add((document.id, self._seal.blind(text.sha256), text.reader))
            yield _text_draft(document.id, text)
        if not self.has_extraction(document.id, extraction.text_sha256, extraction.extractor):
            yield self._extract(extraction)

    def _describe(self, document: Document, before: Document | None) -> Draft:
        written = canonical_json(document)
        act = Act(
            actor=TOOL,
            action="describe",
            reason="bytes not met before" if before is None else "the same bytes, described anew",
            before=None if before is None else sha256_of(canonical_json(before)),
            after=sha256_of(written),
            software=(TOOL, document.reader),
        )
        self._bodies[document.id] = written.decode()
        return Draft(kind="document", body=document, act=act)

    def capture(self, document: str, capture: Capture) -> Draft:
        """The entry that says these bytes were seen."""
        if capture.place is not None:
            self._holders[capture.place] = document
        body = {"document": document, "capture": capture}
        act = Act(
            actor=TOOL,
            action="capture",
            reason=f"seen when asked to read ({capture.method})",
            after=document,
            software=(capture.tool,),
        )
        return Draft(kind="capture", body=body, act=act)

    def _extract(self, extraction: Extraction) -> Draft:
        body = {name: getattr(extraction, name) for name in _RECORDED}
        document, extractor = extraction.document, extraction.extractor
        act = Act(
            actor=TOOL,
            action="extract",
            reason=f"the text was not read by {extractor} before",
            before=self._latest.get(document),
            after=extractor,
            software=(TOOL, extractor),
        )
        self._latest[document] = extractor
        key = (document, self._seal.blind(extraction.text_sha256), extractor)
        self._extractions.setdefault(key, set())
        return Draft(kind="extraction", body=body, act=act)


def find_known(records: Records, gathered: Sequence[Gathered]) -> KnownDocuments:
    """What is known about the documents in ``gathered``."""
    places = {c.place for one in gathered for c in one.captures if c.place is not None}
    return KnownDocuments(records, {one.document.id for one in gathered}, places)


def _text_draft(document: str, text: Text) -> Draft:
    """The layout of a text; its characters lie in the store under its hash."""
    body = {name: getattr(text, name) for name in _LAID_OUT}
    act = Act(
        actor=TOOL,
        action="read",
        reason=f"no such text of {text.reader} before",
        after=text.sha256,
        software=(TOOL, text.reader),
    )
    return Draft(kind="text", body={"document": document} | body, act=act)


def _pick(table: Any, *columns: Any) -> Any:
    *names, where = columns
    return select(*(table.c[name] for name in names)).where(where)
