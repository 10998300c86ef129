"""The same data as JSON, with the contract's names; described at /api/openapi.json."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal

import msgspec
from fastapi import Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from harmledger.core.document import Document
from harmledger.core.errors import WrongUsage
from harmledger.index import Index, Shown
from harmledger.index.lists import (
    count_reasons,
    list_claims,
    list_decisions,
    list_incidents,
    list_unresolved,
)
from harmledger.index.search import search
from harmledger.index.sums import count_incidents
from harmledger.lexicon.policies import load_policies
from harmledger.web.ask import parse_filters
from harmledger.web.described import (
    ANSWERS,
    Day,
    Id,
    Limit,
    Offset,
    OneGrade,
    OneHarm,
    OnePolicy,
    OneSite,
    OneStatus,
    Page,
    Said,
    Thing,
)
from harmledger.web.frame import render
from harmledger.web.guard import RefusedError, desk_of, visitor_of
from harmledger.web.pages.document import find_here as find_document
from harmledger.web.pages.document import read_text
from harmledger.web.pages.incident import find_here as find_incident
from harmledger.web.pages.overview import recount
from harmledger.web.sealing import list_sealed_changes, seal_for, seal_shown, seal_totals
from harmledger.web.ways import Way, api, get


def _index(request: Request) -> Index:
    return desk_of(request).index_for(visitor_of(request))


def _page(index: Index, items: list[Any], total: int, offset: int) -> Response:
    after = offset + len(items)
    body = {
        "total": total,
        "offset": offset,
        "next": after if items and after < total else None,
        "head": index.meta.head if index.meta else "",
        "items": items,
    }
    return Response(msgspec.json.encode(body), media_type="application/json")


def _thing(index: Index, item: object) -> Response:
    body = {"head": index.meta.head if index.meta else "", "item": item}
    return Response(msgspec.json.encode(body), media_type="application/json")


def claim_item(shown: Shown) -> dict[str, Any]:
    """A claim as in claims.jsonl, with what became of it and whom it rests on."""
    row: dict[str, Any] = msgspec.to_builtins(shown.claim)
    row["standing"] = shown.standing
    row["origin"] = msgspec.to_builtins(shown.origin) if shown.origin else None
    row["incident"] = shown.incident
    return row


def list_all_incidents(
    request: Request,
    harm: OneHarm = "",
    place: Said = "",
    country: Said = "",
    since: Day = "",
    until: Day = "",
    site: OneSite = "",
    voice: Said = "",
    grade: OneGrade = "",
    status: OneStatus = "",
    policy: OnePolicy = "literal",
    as_of: Day = "",
    q: Said = "",
    sort: Literal["newest", "oldest", "largest", "said", "unreviewed"] = "newest",
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """Incidents with their readings under every policy; the filters of the overview."""
    values = {
        "harm": harm,
        "place": place,
        "country": country,
        "since": since,
        "until": until,
        "site": site,
        "voice": voice,
        "grade": grade,
        "status": status,
        "policy": policy,
        "as_of": as_of,
        "q": q,
        "sort": sort,
    }
    filters = parse_filters(values)
    index = _index(request)
    found = list_incidents(index, filters, limit, offset)
    desk, visitor = desk_of(request), visitor_of(request)
    items = [seal_for(recount(index, i, filters), index, desk, visitor) for i in found]
    return _page(index, items, count_incidents(index, filters), offset)


def get_incident(request: Request, id: Id, as_of: Day = "") -> Response:
    """One incident by id or code, as of a day if asked."""
    index = _index(request)
    filters = parse_filters({"as_of": as_of})
    incident = recount(index, find_incident(index, id), filters)
    return _thing(index, seal_for(incident, index, desk_of(request), visitor_of(request)))


def list_incident_claims(
    request: Request, id: Id, limit: Limit = 100, offset: Offset = 0
) -> Response:
    """The claims of one incident."""
    index = _index(request)
    incident = find_incident(index, id)
    chosen = incident.claims[offset : offset + limit]
    return _page(index, _claims(request, index, chosen), len(incident.claims), offset)


def _claims(request: Request, index: Index, ids: Iterable[str]) -> list[dict[str, Any]]:
    desk, visitor = desk_of(request), visitor_of(request)
    return [claim_item(seal_shown(s, desk, visitor)) for s in index.claims(ids).values()]


def list_all_claims(
    request: Request,
    harm: Said = "",
    standing: Said = "",
    document: Said = "",
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """Claims, in the order of documents and texts."""
    index = _index(request)
    narrow = {"harm": harm, "standing": standing, "document": document}
    ids, total = list_claims(index, narrow, limit, offset)
    return _page(index, _claims(request, index, ids), total, offset)


def get_claim(request: Request, id: Id) -> Response:
    """One claim with what became of it."""
    index = _index(request)
    items = _claims(request, index, [id])
    if not items:
        raise RefusedError(404, "there is no such claim here.")
    return _thing(index, items[0])


def list_all_documents(request: Request, limit: Limit = 50, offset: Offset = 0) -> Response:
    """Documents with their captures, the latest first."""
    index = _index(request)
    query = """SELECT body FROM documents ORDER BY published_at IS NULL, published_at DESC, n
        LIMIT ? OFFSET ?"""
    items = index.bodies(query, (limit, offset), Document)
    return _page(index, items, index.count("documents"), offset)


def get_document(request: Request, id: Id) -> Response:
    """One document by id or name."""
    index = _index(request)
    return _thing(index, find_document(index, id))


def get_text(request: Request, id: Id) -> Response:
    """The preserved text of one document; spans count its Unicode code points."""
    desk = desk_of(request)
    document = find_document(_index(request), id)
    item = {"text_sha256": document.text_sha256, "text": read_text(desk, document)}
    return _thing(_index(request), item)


def list_all_totals(request: Request, limit: Limit = 50, offset: Offset = 0) -> Response:
    """Running and period totals with their remainders."""
    index = _index(request)
    desk, visitor = desk_of(request), visitor_of(request)
    totals = seal_totals(index, index.totals(limit, offset), desk, visitor)
    return _page(index, totals, index.count("totals"), offset)


def list_all_unresolved(
    request: Request, reason: Said = "", limit: Limit = 50, offset: Offset = 0
) -> Response:
    """What was seen and not turned into a claim."""
    index = _index(request)
    items = [line for line, _ in list_unresolved(index, reason, limit, offset)]
    total = sum(count for name, count in count_reasons(index) if reason in ("", name))
    return _page(index, items, total, offset)


def list_all_decisions(request: Request, limit: Limit = 50, offset: Offset = 0) -> Response:
    """Decisions, the newest first."""
    index = _index(request)
    return _page(index, list_decisions(index, limit, offset), index.count("decisions"), offset)


def list_all_changes(request: Request, limit: Limit = 50, offset: Offset = 0) -> Response:
    """What changed, the newest first. ``seen_at``: when this desk first showed it."""
    index = _index(request)
    rows = list_sealed_changes(index, desk_of(request), visitor_of(request), limit, offset)
    items = [{"seen_at": at, **msgspec.to_builtins(change)} for at, change in rows]
    return _page(index, items, index.count("changes"), offset)


def search_all(
    request: Request,
    q: Annotated[str, Query(min_length=1, max_length=200, pattern=r"^[^\x00]+$")],
    kind: Literal["claim", "incident", "document"] = "claim",
    limit: Limit = 20,
    offset: Annotated[int, Query(ge=0, le=400)] = 0,
) -> Response:
    """Full text in any script. ``total`` is cut at 400."""
    index = _index(request)
    try:
        hits, total = search(index, q, kind, limit, offset)
    except WrongUsage:
        hits, total = [], 0
    items = [{"kind": h.kind, "id": h.ref, "at": h.at} for h in hits]
    return _page(index, items, total, offset)


def list_all_policies(request: Request) -> Response:
    """The counting policies in force."""
    items = [
        {
            "name": p.name,
            "title": p.title,
            "edition": p.edition,
            "source": p.source,
            "covers": msgspec.to_builtins(p.covers),
            "says": p.says,
        }
        for p in load_policies()
    ]
    return _page(_index(request), items, len(items), 0)


def show_api(request: Request) -> Response:
    """The description for people, made from the OpenAPI description; nothing is loaded."""
    spec = request.app.openapi()
    paths = [(path, next(iter(ways.values()))) for path, ways in spec["paths"].items()]
    return render(request, "desk-api.html.j2", spec=spec, paths=paths)


def get_openapi(request: Request) -> Response:
    return JSONResponse(request.app.openapi())


def _list(path: str, answer: Callable[..., Response], model: type[BaseModel] = Page) -> Way:
    return api(path, "read", answer, response_model=model, responses=ANSWERS)


WAYS = (
    get("/api", "read", show_api),
    get("/api/openapi.json", "read", get_openapi),
    _list("/api/incidents", list_all_incidents),
    _list("/api/incidents/{id}", get_incident, Thing),
    _list("/api/incidents/{id}/claims", list_incident_claims),
    _list("/api/claims", list_all_claims),
    _list("/api/claims/{id}", get_claim, Thing),
    _list("/api/documents", list_all_documents),
    _list("/api/documents/{id}", get_document, Thing),
    _list("/api/documents/{id}/text", get_text, Thing),
    _list("/api/totals", list_all_totals),
    _list("/api/unresolved", list_all_unresolved),
    _list("/api/decisions", list_all_decisions),
    _list("/api/changes", list_all_changes),
    _list("/api/search", search_all),
    _list("/api/policies", list_all_policies),
)
