"""The frame of every page of the desk: the site's own templates and words, with the desk's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

import jinja2
import msgspec
from fastapi import HTTPException, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from harmledger.core.errors import HarmledgerError
from harmledger.core.view import LedgerView
from harmledger.index import Index, Shown
from harmledger.publish import notice
from harmledger.publish.catalogue import Catalogue, build_catalogue
from harmledger.publish.pages.frame import load_environment as load_site_environment
from harmledger.web.guard import TOKEN, desk_of, session_of, visitor_of

NAVIGATION = (
    ("/", "Overview", "read"),
    ("/map", "Map", "read"),
    ("/review", "Review", "code"),
    ("/documents", "Documents", "read"),
    ("/totals", "Totals", "read"),
    ("/origins", "Origins", "read"),
    ("/policies", "Policies", "read"),
    ("/changes", "Changes", "read"),
    ("/unresolved", "Not understood", "read"),
    ("/decisions", "Decisions", "read"),
    ("/import", "Import", "import"),
    ("/preview", "Preview", "publish"),
    ("/people", "People", "keep"),
)


@cache
def load_environment() -> jinja2.Environment:
    """The site's environment with the desk's templates found first."""
    environment = load_site_environment().overlay(
        loader=jinja2.ChoiceLoader(
            [
                jinja2.PackageLoader("harmledger.web", "templates"),
                jinja2.PackageLoader("harmledger.publish", "templates"),
            ]
        )
    )
    environment.filters["address"] = address_of
    return environment


def address_of(values: Mapping[str, Any], **changes: Any) -> str:
    """Query text of ``values`` with ``changes``; what is empty is left out."""
    merged = {**values, **changes}
    return urlencode({k: v for k, v in merged.items() if v not in ("", None)})


def render(request: Request, template: str, **values: Any) -> HTMLResponse:
    """One page as its visitor may see it."""
    status = int(values.pop("status_code", 200))
    return HTMLResponse(render_text(request, template, **values), status)


def render_text(request: Request, template: str, **values: Any) -> str:
    desk, visitor = desk_of(request), visitor_of(request)
    catalogue: Catalogue | None = values.pop("catalogue", None)
    view = catalogue.view if catalogue else _empty_view(request)
    token = desk.token_for(session_of(request, visitor))
    page = load_environment().get_template(template)
    return page.render(
        path=request.url.path,
        root="/",
        visitor=visitor,
        token_field=Markup('<input type="hidden" name="{}" value="{}">').format(TOKEN, token),
        token=token,
        ways_to=[(href, label) for href, label, right in NAVIGATION if visitor.may(right)],  # type: ignore[arg-type]
        behind=desk.is_behind,
        view=view,
        catalogue=catalogue,
        lines=notice.standing_lines(view),
        claim_href=lambda claim: f"/{catalogue.claim_page(claim)}" if catalogue else "",
        incidents_of=lambda claim: catalogue.incidents_of.get(claim.id, ()) if catalogue else (),
        **values,
    )


def _empty_view(request: Request) -> LedgerView:
    try:
        meta = desk_of(request).index_for(visitor_of(request)).meta
    except (HarmledgerError, HTTPException, OSError, sqlite3.Error):
        meta = None  # an error page is shown without an index too
    return make_view((), policies=meta.policies if meta else (), head=meta.head if meta else None)


def make_view(shown: Iterable[Shown], **more: Any) -> LedgerView:
    """A view of a few claims, as the site's pages take it."""
    listed = list(shown)
    empty = LedgerView(
        documents=(),
        claims=tuple(s.claim for s in listed),
        responses=(),
        incidents=(),
        totals=(),
        unresolved=(),
        numbers={},
        decisions=(),
        standings={s.claim.id: s.standing for s in listed if s.standing != "proposed"},
        origins={s.claim.id: s.origin for s in listed if s.origin},
        policies=(),
    )
    return msgspec.structs.replace(empty, **more)


def make_catalogue(index: Index, shown: Iterable[Shown], **more: Any) -> Catalogue:
    """A catalogue of a few claims with their documents and incidents, under the desk's own
    addresses; ``more`` are fields of the view."""
    listed = list(shown)
    meta = index.meta
    if "documents" not in more:
        ids = [s.claim.document for s in listed]
        more["documents"] = tuple(index.documents(ids).values())
    if "incidents" not in more:
        homes = [s.incident for s in listed if s.incident]
        more["incidents"] = tuple(index.incidents(homes).values())
    if meta is not None:
        more.setdefault("policies", meta.policies)
        more.setdefault("head", meta.head)
    catalogue = build_catalogue(make_view(listed, **more), lambda _: "")
    files = {i.id: f"incidents/{i.id}" for i in catalogue.view.incidents}
    files |= {d.id: f"documents/{d.id}" for d in catalogue.view.documents}
    numbers = {s.claim.id: s.number for s in listed}
    return msgspec.structs.replace(catalogue, files=files, numbers=numbers)


def with_policy(catalogue: Catalogue, policy: str) -> Catalogue:
    """The same, with another policy printed first."""
    return msgspec.structs.replace(catalogue, policy=policy)


def is_partial(request: Request) -> bool:
    """Did our own script ask for a part of a page?"""
    return request.headers.get("x-desk-part") == "1"
