"""Every way into a desk, tried as nobody and as each role."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from harmledger.ledger import open_ledger
from harmledger.web import Desk, Settings, make_app, open_desk
from harmledger.web.access import RIGHT_WORDS, ROLES, Right
from harmledger.web.app import WAYS
from harmledger.web.guard import COOKIE

BASE = "http://127.0.0.1:8765"
WHO = ("nobody", *ROLES)
Answer = Literal["let in", "asked to sign in", "refused"]
Way = tuple[str, str]
"""Method and path."""


@contextmanager
def empty_desk() -> Iterator[Desk]:
    """A desk over a ledger with nothing in it, with one account a role."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "empty.ledger"
        open_ledger(place, write=True).close()
        desk = open_desk(Settings(place=place, requests_a_minute=1_000_000))
        desk.start(background=False)
        try:
            for role in reversed(ROLES):
                desk.people.add_person(f"The {role}", role, "a long enough password", "nobody")
            yield desk
        finally:
            desk.close()


def list_ways(app: FastAPI) -> list[Way]:
    """Every way the application answers, by its own route list.

    Raises:
        TypeError: something else than a route is mounted; it would be guarded by nobody.
    """
    found = []
    for route in app.routes:
        if not isinstance(route, APIRoute):
            raise TypeError(f"{route!r} is no guarded route of the desk")
        found += [(method, route.path) for method in sorted(route.methods)]
    return found


def enter_as(who: str, desk: Desk, app: FastAPI) -> TestClient:
    """A client with a session of that role's account, or none for ``nobody``."""
    client = TestClient(app, base_url=BASE, follow_redirects=False)
    if who != "nobody":
        client.cookies.set(COOKIE, desk.people.start_session(f"The {who}"))
    return client


def try_way(client: TestClient, way: Way) -> Answer:
    """What the guard says. A POST comes without its form's token: whoever holds the right is
    stopped by that alone, so nothing is written."""
    method, path = way[0], re.sub(r"\{[^}]+\}", "none", way[1])
    answer = client.request(method, path, data={"some": "thing"} if method == "POST" else None)
    if answer.status_code == 401 or answer.headers.get("location") == "/sign-in":
        return "asked to sign in"
    if answer.status_code == 403 and "does not include" in answer.text:
        return "refused"
    if answer.status_code == 429:
        raise AssertionError("the pace of requests hid the answer")
    return "let in"


def try_all() -> dict[Way, dict[str, Answer]]:
    """Every way as everybody."""
    with empty_desk() as desk:
        app = make_app(desk)
        clients = {who: enter_as(who, desk, app) for who in WHO}
        return {
            way: {who: try_way(client, way) for who, client in clients.items()}
            for way in list_ways(app)
        }


def rights_of_ways() -> dict[Way, Right]:
    """The right each way declares; assets declare none of their own and are anyone's."""
    return {(way.method, way.path): way.right for way in WAYS}


def words_of(way: Way) -> str:
    right = rights_of_ways().get(way, "anyone")
    return "" if right == "anyone" else RIGHT_WORDS[right]
