"""Every way into the desk as nobody and as each role: who passes was decided here, by hand.

A way that the application has and this page has not fails; so does one that is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_roles import BASE, WHO, Answer, Way, empty_desk, enter_as, list_ways, try_all, try_way
from fastapi.testclient import TestClient

from harmledger.web import Desk, make_app
from harmledger.web.access import ROLES

DOCS = Path(__file__).resolve().parents[2] / "docs" / "desk-routes.md"
EVERYBODY = WHO
CODERS = ("coder", "reviewer", "keeper")
REVIEWERS = ("reviewer", "keeper")
PUBLISHERS = ("publisher", "keeper")
DESIGN: dict[tuple[str, ...], str] = {
    EVERYBODY: """
        GET /sign-in · POST /sign-in
        GET /assets/site.css · GET /assets/desk.css · GET /assets/desk.js""",
    ROLES: """
        GET / · GET /map · GET /incidents/{key}
        GET /documents · GET /documents/{key} · GET /documents/{key}/compare/{other}
        GET /totals · GET /origins · GET /policies · GET /changes · POST /changes/seen
        GET /unresolved · GET /decisions · GET /search · GET /how-to-read
        GET /name · POST /name · GET /sign-out · POST /sign-out · POST /password
        GET /download/incidents.{form} · GET /download/chart.svg · GET /download/map.svg
        GET /download/documents.{form} · GET /download/claims.{form} · GET /download/totals.{form}
        GET /download/unresolved.{form} · GET /download/decisions.{form}
        GET /feeds/changes.atom · GET /feeds/changes.json
        GET /api · GET /api/openapi.json · GET /api/incidents · GET /api/incidents/{id}
        GET /api/incidents/{id}/claims · GET /api/claims · GET /api/claims/{id}
        GET /api/documents · GET /api/documents/{id} · GET /api/documents/{id}/text
        GET /api/totals · GET /api/unresolved · GET /api/decisions · GET /api/changes
        GET /api/search · GET /api/policies""",
    CODERS: """
        GET /review · POST /review · POST /review/undo · GET /review/second · POST /review/second
        GET /review/agreement · POST /decide/add · POST /decide/undo""",
    ("coder", "reviewer", "publisher", "keeper"): "POST /open",
    REVIEWERS: """
        POST /decide/judge · POST /decide/join · POST /decide/grade · POST /decide/set-aside
        GET /import · POST /import · GET /import/{key} · GET /import/{key}/progress
        POST /import/{key}/cancel · POST /import/{key}/resume""",
    PUBLISHERS: "POST /decide/publish · GET /preview · GET /preview/{name}/{file:path}",
    ("keeper",): "GET /people · POST /people · POST /people/change",
}


def read_design() -> dict[Way, tuple[str, ...]]:
    found: dict[Way, tuple[str, ...]] = {}
    for who, ways in DESIGN.items():
        for method, path in re.findall(r"(GET|POST) (\S+)", ways):
            assert (method, path) not in found, f"{method} {path} stands twice"
            found[method, path] = who
    return found


@pytest.fixture(scope="module")
def tried() -> dict[Way, dict[str, Answer]]:
    return try_all()


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with empty_desk() as opened:
        yield opened


def test_every_way_has_its_row(tried: dict[Way, dict[str, Answer]]) -> None:
    assert set(tried) == set(read_design())


@pytest.mark.parametrize("who", WHO)
def test_a_way_lets_in_whom_it_is_meant_for_and_nobody_else(
    who: str, tried: dict[Way, dict[str, Answer]]
) -> None:
    design = read_design()
    otherwise = "asked to sign in" if who == "nobody" else "refused"
    found = {way: answers[who] for way, answers in tried.items()}
    meant = {way: "let in" if who in design.get(way, ()) else otherwise for way in tried}
    assert found == meant


def test_the_printed_table_has_a_row_for_every_way(tried: dict[Way, dict[str, Answer]]) -> None:
    rows = re.findall(r"^\| `(GET|POST) ([^`]+)` \|", DOCS.read_text(encoding="utf-8"), re.M)
    assert sorted(rows) == sorted(tried)


def test_no_way_answers_another_method(desk: Desk) -> None:
    app = make_app(desk)
    client, ways = enter_as("keeper", desk, app), list_ways(app)
    for path in {path for _, path in ways}:
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
            if (method, path) in ways:
                continue
            asked = re.sub(r"\{[^}]+\}", "none", path)
            assert client.request(method, asked).status_code in (404, 405), (method, path)


def test_a_session_that_ended_or_was_made_up_is_nobodys(desk: Desk) -> None:
    app = make_app(desk)
    ended, made_up = (
        enter_as("keeper", desk, app),
        TestClient(
            app, base_url=BASE, follow_redirects=False, cookies={"harmledger_session": "x" * 43}
        ),
    )
    desk.people.end_session(str(ended.cookies["harmledger_session"]))
    for way in list_ways(app):
        if "nobody" not in read_design()[way]:
            assert try_way(ended, way) == "asked to sign in", way
            assert try_way(made_up, way) == "asked to sign in", way


def test_who_loses_a_role_loses_it_at_once(desk: Desk) -> None:
    app = make_app(desk)
    client = enter_as("publisher", desk, app)
    assert try_way(client, ("GET", "/preview")) == "let in"
    desk.people.change_person("The publisher", role="reader", active=True)
    assert try_way(client, ("GET", "/preview")) == "asked to sign in"
    again = enter_as("publisher", desk, app)
    assert try_way(again, ("GET", "/preview")) == "refused"
    desk.people.change_person("The publisher", role="reader", active=False)
    assert try_way(again, ("GET", "/")) == "asked to sign in"
    desk.people.change_person("The publisher", role="publisher", active=True)
