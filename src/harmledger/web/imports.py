"""Bringing documents in: files, pasted text, an address; progress, cancel, resume."""

from __future__ import annotations

import re
from typing import cast

from fastapi import Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.datastructures import UploadFile

from harmledger.core.errors import WrongUsage
from harmledger.web.fetch import fetch
from harmledger.web.frame import render
from harmledger.web.guard import RefusedError, field, form_of, visitor_of
from harmledger.web.inbox import Inbox
from harmledger.web.ways import get, post

MOST_TEXT = 2_000_000


def inbox_of(request: Request) -> Inbox:
    return cast("Inbox", request.app.state.inbox)


def show_import(request: Request) -> Response:
    if not visitor_of(request).name:
        return RedirectResponse("/name?back=/import", 303)
    return render(request, "desk-import.html.j2", jobs=inbox_of(request).list_jobs())


def post_import(request: Request) -> Response:
    """Whatever of files, text and address the form holds, as one job."""
    visitor = visitor_of(request)
    if not visitor.name:
        raise RefusedError(409, "say first who brings this: your name stays in the record.")
    brought: list[tuple[str, str, bytes, str | None]] = []
    by = f"by {visitor.name} in the browser"
    for upload in form_of(request).getlist("files"):
        if isinstance(upload, UploadFile) and upload.filename:
            name = safe_name(upload.filename)
            brought.append((name, f"file {name}, {by}", upload.file.read(), None))
    if text := field(request, "text")[:MOST_TEXT]:
        brought.append((_text_name(request), f"pasted {by}", text_of(request, text), None))
    if address := field(request, "url"):
        page = fetch(address)
        name = safe_name(page.url)[:150] + page.ending
        brought.append((name, f"fetched {by}", page.content, page.url))
    if not brought:
        raise WrongUsage("give at least one file, a text or an address.")
    job = inbox_of(request).add(visitor.name, brought)
    return RedirectResponse(f"/import/{job.id}", 303)


def safe_name(name: str) -> str:
    """The last part of a name, without what could mean a folder; kept for the eye alone."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return re.sub(r"[\x00-\x1f\x7f]", "", last).strip()[:200] or "unnamed"


def _text_name(request: Request) -> str:
    title = safe_name(field(request, "title")) if field(request, "title") else "pasted text"
    return f"{title.removesuffix('.md')}.md"


def text_of(request: Request, text: str) -> bytes:
    """Pasted text as the reader takes it: what was said of it stands before it."""
    said = {
        "title": field(request, "title"),
        "source": field(request, "source"),
        "published": field(request, "published"),
    }
    head = [f"{k}: {quote(v)}" for k, v in said.items() if v]
    body = text.replace("\r\n", "\n")
    return ("\n".join(["---", *head, "---", "", body, ""]) if head else body + "\n").encode()


def quote(value: str) -> str:
    """A YAML string that is nothing but itself."""
    plain = " ".join(value.split())[:500]
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def show_job(request: Request, key: str) -> Response:
    job = inbox_of(request).find_job(key)
    if job is None:
        raise RefusedError(404, "there is no such import here.")
    return render(request, "desk-job.html.j2", job=job)


def show_progress(request: Request, key: str) -> Response:
    """How far a job is, for the page that shows it."""
    job = inbox_of(request).find_job(key)
    if job is None:
        raise RefusedError(404, "there is no such import here.")
    return JSONResponse({"state": job.state, "done": job.done, "of": len(job.files)})


def post_cancel(request: Request, key: str) -> Response:
    inbox_of(request).cancel(key)
    return RedirectResponse(f"/import/{key}" if inbox_of(request).find_job(key) else "/import", 303)


def post_resume(request: Request, key: str) -> Response:
    inbox_of(request).resume(key)
    return RedirectResponse(f"/import/{key}" if inbox_of(request).find_job(key) else "/import", 303)


WAYS = (
    get("/import", "import", show_import),
    post("/import", "import", post_import),
    get("/import/{key}", "import", show_job),
    get("/import/{key}/progress", "import", show_progress),
    post("/import/{key}/cancel", "import", post_cancel),
    post("/import/{key}/resume", "import", post_resume),
)
