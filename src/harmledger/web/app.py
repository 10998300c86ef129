"""The application: every way in, guarded; errors said plainly; nothing requested from outside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib import resources

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from harmledger import __version__
from harmledger.core.errors import HarmledgerError, LedgerBusy, WrongUsage
from harmledger.web import api, decide, downloads, feeds, imports, review, signing, tables
from harmledger.web.access import Visitor
from harmledger.web.frame import render
from harmledger.web.guard import Pace, RefusedError, check_host, dress, need, set_cookie
from harmledger.web.inbox import Inbox
from harmledger.web.pages import document, incident, lists, overview, preview, search, totals
from harmledger.web.rounds import Rounds
from harmledger.web.state import Desk
from harmledger.web.ways import Way, get

WAYS: tuple[Way, ...] = (
    *overview.WAYS,
    *incident.WAYS,
    *document.WAYS,
    *totals.WAYS,
    *lists.WAYS,
    *search.WAYS,
    *preview.WAYS,
    *review.WAYS,
    *decide.WAYS,
    *imports.WAYS,
    *signing.WAYS,
    *downloads.WAYS,
    *tables.WAYS,
    *feeds.WAYS,
    *api.WAYS,
)
"""Every way into the desk and the right it takes; docs/desk.md prints it."""
COMPRESS_FROM = 800


def make_app(desk: Desk) -> FastAPI:
    """The application over an open desk. No page of it loads anything from elsewhere."""
    app = FastAPI(
        title="harmledger",
        version=__version__,
        description="Who said which number about what, where, when, in which exact words.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.desk = desk
    app.state.rounds = Rounds()
    app.state.inbox = Inbox(desk.folder / "inbox", desk.settings.place)
    app.state.pace = Pace(desk.settings.requests_a_minute)
    app.state.sign_in_pace = Pace(SIGN_INS)
    for way in (*WAYS, *_ASSETS):
        app.add_api_route(
            way.path,
            way.answer,
            methods=[way.method],
            dependencies=[Depends(need(way.right))],
            include_in_schema=way.api,
            response_model=way.more.get("response_model"),
            **{k: v for k, v in way.more.items() if k != "response_model"},
        )
    app.add_middleware(GZipMiddleware, minimum_size=COMPRESS_FROM, compresslevel=5)
    app.middleware("http")(_dressed(desk))
    for kind in (HarmledgerError, RefusedError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, say_error)
    return app


def _dressed(desk: Desk) -> Callable[..., Awaitable[Response]]:
    async def dressed(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        async def answer(asked: Request) -> Response:
            try:
                check_host(asked)
            except RefusedError as error:
                return JSONResponse({"error": error.says}, error.status)
            return await call_next(asked)

        response, fresh = await dress(request, answer)
        if fresh and "set-cookie" not in response.headers:
            set_cookie(response, desk, fresh)
        return response

    return dressed


def say_error(request: Request, error: Exception) -> Response:
    """An error as a page, or as JSON below /api; never with the error's inside."""
    status, says = describe_error(error)
    if request.url.path.startswith(("/api", "/feeds", "/download")):
        return JSONResponse({"error": says}, status)
    if status == 401:
        return RedirectResponse("/sign-in", 303)
    if not hasattr(request.state, "visitor"):
        request.state.visitor = Visitor(name="", role="reader", session="")
    if not hasattr(request.state, "fresh"):
        request.state.fresh = ""
    return render(request, "desk-error.html.j2", status_code=status, says=says, status=status)


def describe_error(error: Exception) -> tuple[int, str]:
    """Status and what to do next."""
    if isinstance(error, RefusedError):
        return error.status, error.says
    if isinstance(error, WrongUsage | RequestValidationError):
        says = str(error) if isinstance(error, WrongUsage) else "a value in the address is wrong."
        return 422, says
    if isinstance(error, LedgerBusy):
        return 503, f"{error} Nothing was written; try again."
    if isinstance(error, HarmledgerError):
        return 409, str(error)
    if isinstance(error, HTTPException):
        known = {404: "there is nothing at this address.", 405: "this cannot be done here."}
        return error.status_code, known.get(error.status_code, str(error.detail))
    return 500, "something failed inside harmledger."


def load_asset(package: str, name: str) -> bytes:
    return resources.files(package).joinpath("assets", name).read_bytes()


def _asset(package: str, name: str, kind: str) -> Way:
    content = load_asset(package, name)

    def answer() -> Response:
        return Response(content, media_type=kind, headers={"cache-control": "max-age=300"})

    return get(f"/assets/{name}", "anyone", answer)


SIGN_INS = 10
_ASSETS: tuple[Way, ...] = (
    _asset("harmledger.publish", "site.css", "text/css"),
    _asset("harmledger.web", "desk.css", "text/css"),
    _asset("harmledger.web", "desk.js", "text/javascript"),
)
