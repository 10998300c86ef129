"""One document: its text with every claim marked, what was not understood, its versions."""

from __future__ import annotations

from difflib import unified_diff

from fastapi import Request, Response

from harmledger.core.base import Value
from harmledger.core.document import Document
from harmledger.core.errors import LedgerError
from harmledger.index import Index
from harmledger.index.lists import list_documents
from harmledger.publish.highlight import Layer, find_blocks, render_passages
from harmledger.web.ask import CHOICES, Pages, page_of
from harmledger.web.frame import make_catalogue, render
from harmledger.web.guard import RefusedError, desk_of, visitor_of
from harmledger.web.sealing import has_sealed, is_private, seal_responses, seal_shown
from harmledger.web.state import Desk
from harmledger.web.ways import get

MOST_LINES = 400


class Version(Value, frozen=True, kw_only=True):
    """Another document of the same source or report, to be compared with this one."""

    id: str
    title: str
    published_at: str | None
    why: str


def find_here(index: Index, key: str) -> Document:
    """The document, or a refusal that says the same for what is not there and not shown."""
    document = index.find_document(key)
    if document is None:
        raise RefusedError(404, "there is no such document here. Documents lists them all.")
    return document


def read_text(desk: Desk, document: Document) -> str:
    """The text as preserved. Raises RefusedError where the store cannot give it."""
    try:
        with desk.ledger.records() as records:
            return records.text(document.text_sha256)
    except LedgerError as error:
        raise RefusedError(503, f"the text cannot be read: {error}") from error


def show_document(request: Request, key: str) -> Response:
    desk, visitor = desk_of(request), visitor_of(request)
    index = desk.index_for(visitor)
    document = find_here(index, key)
    whole = index.claims_of(document.id)
    shown = [seal_shown(s, desk, visitor) for s in whole]
    catalogue = make_catalogue(index, shown, documents=(document,))
    unresolved = index.unresolved_of(document.id)
    responses = seal_responses(index.responses_of(document.id))
    layer = Layer(
        claims=tuple(s.claim for s in shown),
        responses=responses,
        unresolved=unresolved,
        numbers=index.numbers_of(document.id),
    )
    text = read_text(desk, document)
    with desk.ledger.records() as records:
        blocks = records.blocks(document.text_sha256)
    return render(
        request,
        "desk-document.html.j2",
        catalogue=catalogue,
        document=document,
        passages=render_passages(text, blocks or find_blocks(text), layer),
        layer=layer,
        unplaced=tuple(line for line in unresolved if line.span is None),
        incidents=tuple(catalogue.view.incidents),
        versions=find_versions(index, document),
        harms=CHOICES["harm"],
        sealed=[s.claim for s in whole if has_sealed(s)],
        still_sealed={
            s.claim.id
            for s, mine in zip(whole, shown, strict=True)
            if any(is_private(v) for v in s.claim.voice) and s.claim.voice == mine.claim.voice
        },
        graphic=any(s.claim.harm in ("killed", "sexual_violence", "mass_burial") for s in shown),
    )


def find_versions(index: Index, document: Document) -> tuple[Version, ...]:
    """What this one replaces or is replaced by, and what carries the same report."""
    query = """SELECT id, title, published_at,
        CASE WHEN id = ? THEN 'an earlier version' WHEN json_extract(body, '$.supersedes') = ?
          THEN 'a later version' ELSE 'carries the same report' END
        FROM documents WHERE id <> ? AND (id = ? OR origin_group = ?)
        ORDER BY published_at LIMIT 50"""
    values = (document.supersedes, document.id, document.id, document.supersedes)
    rows = index.rows(query, (*values, document.origin_group))
    return tuple(Version(id=i, title=t, published_at=p, why=w) for i, t, p, w in rows)


def show_comparison(request: Request, key: str, other: str) -> Response:
    """Two texts, line by line: what one has and the other has not."""
    desk = desk_of(request)
    index = desk.index_for(visitor_of(request))
    left, right = find_here(index, key), find_here(index, other)
    lines = list(
        unified_diff(
            read_text(desk, left).splitlines(),
            read_text(desk, right).splitlines(),
            lineterm="",
            n=2,
        )
    )[2:]
    return render(
        request,
        "desk-compare.html.j2",
        left=left,
        right=right,
        diff=[(line[:1], line[1:]) for line in lines[:MOST_LINES]],
        cut=max(0, len(lines) - MOST_LINES),
    )


def show_documents(request: Request) -> Response:
    index = desk_of(request).index_for(visitor_of(request))
    said = request.query_params.get("q", "").strip()[:200]
    pages = Pages(page_of(request), index.count("documents"), 50)
    rows = list_documents(index, said, pages.size, pages.offset)
    if said:
        pages = Pages(pages.page, pages.offset + len(rows) + (len(rows) == pages.size), pages.size)
    return render(
        request,
        "desk-documents.html.j2",
        rows=rows,
        said=said,
        pages=pages,
        known={"q": said} if said else {},
        total=index.count("documents"),
    )


WAYS = (
    get("/documents", "read", show_documents),
    get("/documents/{key}", "read", show_document),
    get("/documents/{key}/compare/{other}", "read", show_comparison),
)
