"""Lists of the desk as files: documents, claims, totals, what was not understood, decisions."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from harmledger.core.base import Value
from harmledger.core.incident import Total
from harmledger.index import Index
from harmledger.index.lists import list_claims, list_decisions, list_documents, list_unresolved
from harmledger.publish.exports.tables import COLUMNS, claim_row, guard, total_row
from harmledger.web.api import claim_item
from harmledger.web.guard import RefusedError, desk_of, visitor_of
from harmledger.web.pages.incident import find_here
from harmledger.web.sealing import seal_shown, seal_totals
from harmledger.web.ways import get

CHUNK = 500
Row = dict[str, Any]
Rows = Iterator[tuple[Any, tuple[Row, ...]]]
"""Each item as the contract has it, with its lines of a table."""


class Table(Value, frozen=True, kw_only=True):
    """One list: the columns of its CSV, and what goes through it within the page's address."""

    columns: tuple[str, ...]
    rows: Callable[[Request, Index], Rows]


def _pages(ask: Callable[[int, int], Sequence[Any]]) -> Iterator[Any]:
    offset = 0
    while chunk := ask(CHUNK, offset):
        yield from chunk
        offset += len(chunk)


def _asked(request: Request, name: str) -> str:
    return request.query_params.get(name, "").strip()[:200]


def _documents(request: Request, index: Index) -> Rows:
    said = _asked(request, "q")
    for row in _pages(lambda limit, offset: list_documents(index, said, limit, offset)):
        cells = dict(zip(_DOCUMENTS, row, strict=True))
        cells["example"] = bool(cells["example"])
        document = index.find_document(cells["id"])
        yield {**msgspec.to_builtins(document), "claims": cells["claims"]}, (cells,)


def _claims(request: Request, index: Index) -> Rows:
    """Of one incident, one document, or all."""
    desk, visitor = desk_of(request), visitor_of(request)
    incident, document = _asked(request, "incident"), _asked(request, "document")
    narrow = {"document": document}
    if incident:
        ids: Iterable[str] = find_here(index, incident).claims
    else:
        ids = _pages(lambda limit, offset: list_claims(index, narrow, limit, offset)[0])
    for chunk in _chunks(ids):
        titles = index.documents(s.claim.document for s in index.claims(chunk).values())
        for whole in index.claims(chunk).values():
            shown = seal_shown(whole, desk, visitor)
            told = titles.get(shown.claim.document)
            cells = {
                **claim_row(shown.claim),
                "document_title": told.title if told else None,
                "source": told.source if told else None,
                "published_at": told.published_at if told else None,
                "document_sha256": told.sha256 if told else None,
                "standing": shown.standing,
                "origin": shown.origin.label if shown.origin else None,
                "incidents": shown.incident,
            }
            yield claim_item(shown), (cells,)


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    for one in ids:
        chunk.append(one)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _totals(request: Request, index: Index) -> Rows:
    desk, visitor = desk_of(request), visitor_of(request)

    def ask(limit: int, offset: int) -> Sequence[Total]:
        return seal_totals(index, index.totals(limit, offset), desk, visitor)

    for total in _pages(ask):
        yield total, tuple(total_row(total, point) for point in total.series)


def _unresolved(request: Request, index: Index) -> Rows:
    reason = _asked(request, "reason")
    for line, title in _pages(lambda limit, offset: list_unresolved(index, reason, limit, offset)):
        span = line.span
        cells = {
            "id": line.id,
            "document": line.document,
            "title": title,
            "reason": line.reason,
            "note": line.note,
            "quote": span.quote if span else None,
            "start": span.start if span else None,
            "end": span.end if span else None,
        }
        yield line, (cells,)


def _decisions(_: Request, index: Index) -> Rows:
    for decision in _pages(lambda limit, offset: list_decisions(index, limit, offset)):
        cells = {
            "id": decision.id,
            "at": decision.at,
            "by": decision.by,
            "action": decision.action,
            "about": " | ".join(decision.about),
            "reason": decision.reason,
        }
        yield decision, (cells,)


_DOCUMENTS = ("id", "title", "source", "published_at", "example", "claims", "unresolved")
_UNRESOLVED = ("id", "document", "title", "reason", "note", "quote", "start", "end")
_DECISIONS = ("id", "at", "by", "action", "about", "reason")
TABLES: dict[str, Table] = {
    "documents": Table(columns=_DOCUMENTS, rows=_documents),
    "claims": Table(columns=COLUMNS["claims.csv"], rows=_claims),
    "totals": Table(columns=COLUMNS["totals.csv"], rows=_totals),
    "unresolved": Table(columns=_UNRESOLVED, rows=_unresolved),
    "decisions": Table(columns=_DECISIONS, rows=_decisions),
}


def download(name: str) -> Callable[[Request, str], Response]:
    """Answers with the whole of one list, as the page's address narrows it."""
    table = TABLES[name]

    def answer(request: Request, form: str) -> Response:
        if form not in FORMS:
            raise RefusedError(404, f"choose one of {', '.join(FORMS)}.")
        write, kind = FORMS[form]
        index = desk_of(request).index_for(visitor_of(request))
        rows = table.rows(request, index)
        return StreamingResponse(
            write(rows, table.columns),
            media_type=kind,
            headers={"content-disposition": f'attachment; filename="{name}.{form}"'},
        )

    return answer


def _csv(rows: Rows, columns: tuple[str, ...]) -> Iterator[str]:
    out = io.StringIO()
    writer: csv.DictWriter[str] = csv.DictWriter(out, columns)
    writer.writeheader()
    for _, cells in rows:
        writer.writerows({key: guard(cell) for key, cell in row.items()} for row in cells)
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _jsonl(rows: Rows, _columns: tuple[str, ...]) -> Iterator[bytes]:
    for item, _ in rows:
        yield msgspec.json.encode(item) + b"\n"


FORMS: dict[str, tuple[Callable[[Rows, tuple[str, ...]], Iterator[Any]], str]] = {
    "csv": (_csv, "text/csv; charset=utf-8"),
    "jsonl": (_jsonl, "application/jsonl"),
}

WAYS = tuple(get(f"/download/{name}.{{form}}", "read", download(name)) for name in TABLES)
