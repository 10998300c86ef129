"""Exactly what a publication profile would show, made as a publication is made, and not kept."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from harmledger.core.edition import Edition
from harmledger.core.errors import WrongUsage
from harmledger.lexicon.gazetteer import Gazetteer
from harmledger.lexicon.policies import load_policies
from harmledger.lexicon.profiles import find_profile, load_profiles
from harmledger.pipeline.edition import make_edition
from harmledger.pipeline.keys import load_publication_key
from harmledger.pipeline.view import view_ledger
from harmledger.publish.edition import render_edition
from harmledger.web.frame import render
from harmledger.web.guard import RefusedError, desk_of
from harmledger.web.state import Desk
from harmledger.web.ways import get


@lru_cache(maxsize=4)
def _edition(desk: Desk, profile: str, head: str, day: str) -> Edition:
    """One for each state of the record and day: an edition of a large ledger takes a minute."""
    now = datetime.now(UTC).replace(microsecond=0)
    return make_edition(
        view_ledger(desk.ledger),
        find_profile(profile),
        load_policies(),
        key=load_publication_key(desk.settings.place, None),
        gazetteer=Gazetteer(),
        made_at=now,
    )


def show_preview(request: Request) -> Response:
    """The profiles; with one named, the files its edition would have."""
    name = request.query_params.get("profile", "")
    edition = None
    files: list[str] = []
    if name:
        edition = _make(request, name)
        files = [path for path, _ in render_edition(edition)]
    return render(
        request,
        "desk-preview.html.j2",
        profiles=load_profiles(),
        name=name,
        edition=edition,
        files=files,
    )


def _make(request: Request, name: str) -> Edition:
    desk = desk_of(request)
    try:
        find_profile(name)
    except WrongUsage as error:
        raise RefusedError(404, str(error)) from error
    return _edition(desk, name, desk.head().hash, datetime.now(UTC).date().isoformat())


def show_preview_file(request: Request, name: str, file: str) -> Response:
    """One file of the edition, byte for byte as it would be published."""
    for path, content in render_edition(_make(request, name)):
        if path != file:
            continue
        if path.endswith(".html"):
            return HTMLResponse(content)
        kind = "text/css" if path.endswith(".css") else "text/plain; charset=utf-8"
        return Response(content, media_type=kind)
    raise RefusedError(404, "this edition has no such file.")


WAYS = (
    get("/preview", "publish", show_preview),
    get("/preview/{name}/{file:path}", "publish", show_preview_file),
)
