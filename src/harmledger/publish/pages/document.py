"""One document: its text with every claim marked where it stands, claims in the margin."""

from __future__ import annotations

from collections.abc import Callable

from harmledger.core.base import Value
from harmledger.core.document import Block, Document
from harmledger.core.incident import Incident
from harmledger.core.unresolved import Unresolved
from harmledger.publish.catalogue import Catalogue
from harmledger.publish.highlight import Layer, find_blocks, render_passages
from harmledger.publish.pages.frame import render_page

Blocks = Callable[[str], tuple[Block, ...]]


class DocumentLine(Value, frozen=True, kw_only=True):
    """A document in the list of documents."""

    document: Document
    href: str
    claims: int
    unresolved: int
    incidents: tuple[Incident, ...]


def render_document(catalogue: Catalogue, document: Document, blocks: Blocks | None = None) -> str:
    """``documents/<id>.html``. ``blocks`` gives the reader's own blocks of a text by its hash."""
    view = catalogue.view
    text = catalogue.texts(document.text_sha256)
    unresolved = tuple(line for line in view.unresolved if line.document == document.id)
    layer = Layer(
        claims=catalogue.claims_of.get(document.id, ()),
        responses=tuple(r for r in view.responses if r.document == document.id),
        unresolved=unresolved,
        numbers=view.numbers.get(document.id, ()),
    )
    own = blocks(document.text_sha256) if blocks else ()
    return render_page(
        "document.html.j2",
        catalogue.files[document.id],
        catalogue,
        document=document,
        passages=render_passages(text, own or find_blocks(text), layer),
        layer=layer,
        unplaced=tuple(line for line in unresolved if line.span is None),
        incidents=find_incidents(catalogue, document),
    )


def find_incidents(catalogue: Catalogue, document: Document) -> tuple[Incident, ...]:
    """The incidents that claims of this document stand in, each once."""
    claims = catalogue.claims_of.get(document.id, ())
    found = {i.id: i for claim in claims for i in catalogue.incidents_of.get(claim.id, ())}
    return tuple(found.values())


def render_documents(catalogue: Catalogue) -> str:
    """``documents.html``: every document, the latest first, undated last."""
    missed: dict[str, list[Unresolved]] = {}
    for line in catalogue.view.unresolved:
        missed.setdefault(line.document, []).append(line)
    documents = sorted(
        catalogue.view.documents, key=lambda d: (d.published_at or "", d.name), reverse=True
    )
    return render_page(
        "documents.html.j2",
        "documents.html",
        catalogue,
        lines_of=tuple(
            DocumentLine(
                document=document,
                href=catalogue.files[document.id],
                claims=len(catalogue.claims_of.get(document.id, ())),
                unresolved=len(missed.get(document.id, ())),
                incidents=find_incidents(catalogue, document),
            )
            for document in documents
        ),
    )
