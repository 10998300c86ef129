"""Every request is checked here: who asks, may they, does the form come from this desk."""

from __future__ import annotations

import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from urllib.parse import urlsplit

from fastapi import Request, Response
from starlette.datastructures import FormData

from harmledger.web.access import RIGHT_WORDS, Right, Visitor
from harmledger.web.people import hash_of
from harmledger.web.settings import MOST_BYTES, is_loopback
from harmledger.web.state import Desk

COOKIE = "harmledger_session"
TOKEN = "token"  # noqa: S105 - the name of a form field
TOKEN_HEADER = "x-desk-token"  # noqa: S105 - the name of a header
REMEMBERED = 10_000
"""Sessions and addresses whose pace is remembered; the oldest are forgotten."""
CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "x-robots-tag": "noindex, nofollow, noarchive",
    "cache-control": "no-store",
}


class RefusedError(Exception):
    """A request that is not answered: ``status`` and what to do next."""

    def __init__(self, status: int, says: str) -> None:
        super().__init__(says)
        self.status = status
        self.says = says


class Pace:
    """How often somebody may ask: a bucket that fills again within a minute."""

    def __init__(self, a_minute: int) -> None:
        self._full = float(a_minute)
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, who: str) -> bool:
        now = time.monotonic()
        left, at = self._left.pop(who, (self._full, now))
        left = min(self._full, left + (now - at) * self._full / 60)
        self._left[who] = (max(0.0, left - 1), now)
        if len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        return left >= 1


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def visitor_of(request: Request) -> Visitor:
    """Who asks; set by :func:`need` before any page runs."""
    visitor: Visitor = request.state.visitor
    return visitor


def form_of(request: Request) -> FormData:
    """The form of a POST, read and checked by :func:`need`."""
    form: FormData = request.state.form
    return form


def field(request: Request, name: str) -> str:
    """One field of the form as text; "" when it is not there."""
    value = form_of(request).get(name, "")
    return value.strip() if isinstance(value, str) else ""


def need(right: Right) -> Callable[[Request], AsyncIterator[None]]:
    """A dependency: the visitor holds ``right``, and a POST brings its session's token.

    Raises:
        RefusedError: 401 nobody, 403 may not or wrong token, 413 too large, 429 too often.
    """

    async def check(request: Request) -> AsyncIterator[None]:
        visitor = find_visitor(request)
        request.state.visitor = visitor
        if not request.app.state.pace.allows(visitor.session or _address(request)):
            raise RefusedError(429, "too many requests in a minute; wait a little.")
        if right != "anyone" and not visitor.session:
            raise RefusedError(401, "sign in first.")
        if not visitor.may(right):
            raise RefusedError(
                403, f"your role, {visitor.role}, does not include {RIGHT_WORDS[right]}."
            )
        if request.method != "POST":
            yield
            return
        try:
            await _check_post(request, visitor)
            yield
        finally:
            form: FormData | None = getattr(request.state, "form", None)
            if form is not None:
                await form.close()

    return check


def find_visitor(request: Request) -> Visitor:
    """The session's person; one person alone on this machine where no account was made; else
    nobody, who has no session."""
    desk = desk_of(request)
    secret = request.cookies.get(COOKIE, "")
    if not desk.people.has_accounts() and desk.settings.is_local:
        name = desk.people.setting("alone")
        session = hash_of(secret) if secret else getattr(request.state, "fresh", "")
        return Visitor(name=name, role="keeper", session=session, alone=True)
    found = desk.people.find_visitor(secret) if secret else None
    return found or Visitor(name="", role="reader", session="")


def session_of(request: Request, visitor: Visitor) -> str:
    """The session a form belongs to, also before anybody signed in."""
    secret = request.cookies.get(COOKIE, "")
    return visitor.session or (hash_of(secret) if secret else str(request.state.fresh))


async def _check_post(request: Request, visitor: Visitor) -> None:
    size = request.headers.get("content-length", "")
    if not size.isdigit() or int(size) > MOST_BYTES:
        raise RefusedError(413, "that is more than 200 MB at once; bring it in parts.")
    origin = request.headers.get("origin")
    if origin not in (None, "null") and urlsplit(origin or "").netloc != request.url.netloc:
        raise RefusedError(403, "this form was not sent from the desk.")
    form = await request.form(max_files=2000)
    request.state.form = form
    brought = request.headers.get(TOKEN_HEADER) or form.get(TOKEN, "")
    wanted = desk_of(request).token_for(session_of(request, visitor))
    if not isinstance(brought, str) or not hmac.compare_digest(brought.encode(), wanted.encode()):
        raise RefusedError(403, "this form is out of date; load the page again and repeat it.")


def _address(request: Request) -> str:
    return request.client.host if request.client else "?"


def check_host(request: Request) -> None:
    """On loopback only loopback names are answered: no foreign page can reach the desk by
    pointing a name of its own at this machine. Raises RefusedError."""
    desk = desk_of(request)
    name = (urlsplit(f"//{request.headers.get('host', '')}").hostname or "").lower()
    if desk.settings.is_local and not is_loopback(name):
        raise RefusedError(403, "the desk answers under this machine's own name alone.")


async def dress(
    request: Request, answer: Callable[[Request], Awaitable[Response]]
) -> tuple[Response, str]:
    """Answer with every safety header; the second value is a new session's secret, if any."""
    fresh = "" if request.cookies.get(COOKIE) else secrets.token_urlsafe(32)
    request.state.fresh = hash_of(fresh) if fresh else ""
    response = await answer(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response, fresh


def set_cookie(response: Response, desk: Desk, secret: str) -> None:
    response.set_cookie(
        COOKIE, secret, httponly=True, samesite="strict", secure=desk.settings.is_tls, path="/"
    )


def list_allowed(rights: Sequence[Right], visitor: Visitor) -> list[Right]:
    return [right for right in rights if visitor.may(right)]
