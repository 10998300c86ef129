"""The one traversal of a view, and what listens to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from harmledger.core.base import Value
from harmledger.core.change import Change
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.document import Document
from harmledger.core.incident import Incident, Total
from harmledger.core.response import Response
from harmledger.core.unresolved import NumberState, Unresolved
from harmledger.core.view import LedgerView


class TextCopy(Value, frozen=True, kw_only=True):
    """One preserved text, as claims' spans count it."""

    sha256: str
    text: str


class Numbers(Value, frozen=True, kw_only=True):
    """What became of every number token in one document's sentences with a harm word."""

    document: str
    numbers: tuple[NumberState, ...]


Record = (
    Document
    | TextCopy
    | Claim
    | Response
    | Incident
    | Total
    | Unresolved
    | Numbers
    | Decision
    | Change
)


class Listener(Protocol):
    """Hears every record of a view once."""

    def setup(self, folder: Path, view: LedgerView) -> None:
        """Called before the first record; ``folder`` is there and holds a README.txt."""

    def feed(self, record: Record) -> None:
        """Called with every record, in the order of :func:`traverse`."""

    def finish(self) -> None:
        """Called after the last record, also when something went wrong: close files."""


def traverse(view: LedgerView, texts: Callable[[str], str]) -> Iterator[Record]:
    """Every record of ``view``: each kind in the view's own order, each text once, by hash."""
    yield from view.documents
    shas = {document.text_sha256 for document in view.documents}
    shas |= {claim.text_sha256 for claim in view.claims}
    for sha in sorted(shas):
        yield TextCopy(sha256=sha, text=texts(sha))
    yield from view.claims
    yield from view.responses
    yield from view.incidents
    yield from view.totals
    yield from view.unresolved
    for document, numbers in sorted(view.numbers.items()):
        yield Numbers(document=document, numbers=numbers)
    yield from view.decisions
    yield from view.changes
