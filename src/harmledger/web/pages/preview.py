"""Exactly what a publication profile would show, made as a publication is made, and not kept."""

from __future__ import annotations

import threading
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

_MAKING = threading.Lock()


@lru_cache(maxsize=4)
def _edition(desk: Desk, profile: str, head: str, day: str) -> Edition:
    """Kept until the record or the day moves on: an edition of a large ledger takes a minute."""
    now = datetime.now(UTC).replace(microsecond=0)
    return make_edition(
        view_ledger(desk.ledger),
        find_profile(profile),
        load_policies(),
        key=load_publication_key(desk.settings.place, None),
        gazetteer=Gazetteer(),
        made_at=now,
    )


@lru_cache(maxsize=2)
def _files(desk: Desk, profile: str, head: str, day: str) -> dict[str, bytes]:
    return dict(render_edition(_edition(desk, profile, head, day)))


def show_preview(request: Request) -> Response:
    """The profiles; with one named, the files its edition would have."""
    name = request.query_params.get("profile", "")
    edition = None
    files: list[str] = []
    if name:
        edition, made = _make(request, name)
        files = list(made)
    return render(
        request,
        "desk-preview.html.j2",
        profiles=load_profiles(),
        name=name,
        edition=edition,
        files=files,
    )


def _make(request: Request, name: str) -> tuple[Edition, dict[str, bytes]]:
    """Made once, whoever else asks for it meanwhile."""
    desk = desk_of(request)
    try:
        find_profile(name)
    except WrongUsage as error:
        raise RefusedError(404, str(error)) from error
    with _MAKING:
        asked = (desk, name, desk.head().hash, datetime.now(UTC).date().isoformat())
        return _edition(*asked), _files(*asked)


def show_preview_file(request: Request, name: str, file: str) -> Response:
    """One file of the edition, byte for byte as it would be published."""
    content = _make(request, name)[1].get(file)
    if content is None:
        raise RefusedError(404, "this edition has no such file.")
    if file.endswith(".html"):
        return HTMLResponse(content)
    kind = "text/css" if file.endswith(".css") else "text/plain; charset=utf-8"
    return Response(content, media_type=kind)


WAYS = (
    get("/preview", "publish", show_preview),
    get("/preview/{name}/{file:path}", "publish", show_preview_file),
)
