"""The bytes and texts that entries name are there and whole, and quotes stand in them."""

from __future__ import annotations

from collections.abc import Iterator

from harmledger.core.base import Value
from harmledger.core.errors import LedgerDamaged
from harmledger.core.ids import sha256_of
from harmledger.core.span import Span
from harmledger.ledger.opened import OpenEntry
from harmledger.ledger.store import ContentStore
from harmledger.ledger.verify.problem import Problem


class _Document(Value, frozen=True, kw_only=True):
    id: str
    sha256: str


class _Captured(Value, frozen=True, kw_only=True):
    document: str


class _Layer(Value, frozen=True, kw_only=True):
    document: str
    sha256: str


class _Refused(Value, frozen=True, kw_only=True):
    sha256: str | None


class _Claim(Value, frozen=True, kw_only=True):
    id: str
    document: str
    text_sha256: str
    span: Span


class _Extracted(Value, frozen=True, kw_only=True):
    claims: tuple[_Claim, ...]


class _Decided(Value, frozen=True, kw_only=True):
    claim: _Claim | None


class Contents:
    """Told of every entry in order; reads each content once."""

    def __init__(self, store: ContentStore) -> None:
        self._store = store
        self._seen: set[str] = set()
        self._bytes: dict[str, str] = {}
        self._captured: set[str] = set()
        self._layers: set[tuple[str, str]] = set()
        self._text = ("", "")

    def check(self, opened: OpenEntry) -> Iterator[Problem]:
        """What this entry says about contents."""
        where = f"log entry {opened.entry.seq}"
        match opened.entry.kind:
            case "document":
                document = opened.read(_Document)
                self._bytes[document.id] = document.sha256
                yield from self._read(document.sha256, where)
            case "capture":
                self._captured.add(opened.read(_Captured).document)
            case "text":
                layer = opened.read(_Layer)
                self._layers.add((layer.document, layer.sha256))
                yield from self._read(layer.sha256, where)
            case "refusal":
                sha256 = opened.read(_Refused).sha256
                if sha256 is not None:
                    yield from self._read(sha256, where)
            case "extraction":
                for claim in opened.read(_Extracted).claims:
                    yield from self._check_claim(claim)
            case "decision":
                own = opened.read(_Decided).claim
                if own is not None:
                    yield from self._check_claim(own)

    def finish(self) -> Iterator[Problem]:
        """Files no entry names: left by a process killed before it wrote its entries; they must
        still be what their name says. (A sealed store cannot tell: names are no hashes there.)"""
        if self._store.seal.name != "plain":
            return
        named = {self._store.seal.name_of(sha256) for sha256 in self._seen}
        for name in self._store.iter_names():
            if name in named:
                continue
            try:
                content = self._store.read_kept(name)
            except LedgerDamaged as error:
                yield Problem(where=f"store {name}", what=str(error))
                continue
            if sha256_of(content) != name:
                yield Problem(
                    where=f"store {self._store.shelf.where(name)}",
                    what="is a file that no entry names and whose bytes are not what its name says",
                    next="If nobody knows it, move it out of the store; then verify again.",
                )

    def _read(self, sha256: str, where: str) -> Iterator[Problem]:
        if sha256 in self._seen:
            return
        self._seen.add(sha256)
        if self._store.is_forgotten(sha256):
            return  # the log says so; the walk compares it with the keys that are left
        try:
            content = self._store.read(sha256)
        except LedgerDamaged as error:
            yield Problem(where=f"store {sha256}, named by {where}", what=str(error))
            return
        self._text = (sha256, content.decode("utf-8", errors="replace"))

    def _check_claim(self, claim: _Claim) -> Iterator[Problem]:
        """The claim leads to a document that was captured, whose bytes are kept, and its quote
        stands where its span says in a text of that document."""
        where, document, text = f"claim {claim.id}", claim.document, claim.text_sha256
        if document not in self._bytes:
            yield Problem(where=where, what="does not lead to any bytes")
        if document not in self._captured:
            yield Problem(where=where, what=f"document {document} was never captured")
        if (document, text) not in self._layers:
            yield Problem(where=where, what="names a text its document does not have")
        span = claim.span
        if self._find_text(text)[span.start : span.end] != span.quote:
            yield Problem(where=where, what="its quote does not stand where its span says")

    def _find_text(self, sha256: str) -> str:
        """Kept for the next claim: claims of one text come together."""
        if self._text[0] != sha256:
            try:
                words = self._store.read(sha256).decode("utf-8", errors="replace")
            except LedgerDamaged:
                words = ""
            self._text = (sha256, words)
        return self._text[1]
