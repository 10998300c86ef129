"""What others wrote is never markup here: 300 payloads wherever their words may stand.

The quick half asks every page without a browser and reads it with a parser. The other opens pages
in Chromium with the content policy switched off, so that escaping alone must hold; the policy is
then proved by itself. `make proofs` opens every single page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pytest
from desk_payloads import WANTED, list_payloads, write_hostile
from desk_walk import (
    WHOLE,
    Seen,
    hosted,
    is_page,
    item_paths,
    list_pages,
    outside_of,
    plain_paths,
    walk,
)
from fastapi.testclient import TestClient

from harmledger.core.claim import Claim
from harmledger.ledger import Effect, Records, open_ledger
from harmledger.review import Decided, Known, Signature, decide_accept, decide_reject
from harmledger.web import Desk, Settings, make_app, open_desk

BASE = "http://127.0.0.1:8765"
SAMPLED = 40
"""In the browser, one document and one incident of so many (every one with DESK_WHOLE)."""
BAD_TAGS = set(
    re.findall(
        r"\w+",
        """iframe frame frameset object embed base style img image video audio source template
        portal math animate set use foreignobject marquee dialog noscript xss x keygen isindex""",
    )
)
LEADING = {"href", "src", "action", "formaction", "xlink:href", "data", "poster"}
ASKED = ("q", "place", "voice", "country", "back", "page", "as_of", "policy", "harm", "reason")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("hostile")
    payloads = list_payloads()
    place = folder / "hostile.ledger"
    _decide_all(place, write_hostile(place, payloads), payloads)
    desk = open_desk(Settings(place=place, requests_a_minute=10_000_000))
    desk.people.keep_setting("alone", payloads[31][:80])
    desk.start(background=False)
    yield desk
    desk.close()


def _decide_all(place: Path, claims: list[Claim], payloads: list[str]) -> None:
    """Each payload is once the reason and once the name of who decided."""
    at = datetime(2024, 1, 2, tzinfo=UTC)
    with open_ledger(place, write=True) as ledger:
        for n, (claim, payload) in enumerate(zip(claims, payloads, strict=True)):
            moment = (at + timedelta(minutes=n)).isoformat()
            verdict = decide_accept if n % 3 else decide_reject

            def build(
                _: Records,
                prev: str,
                claim: Any = claim,
                payload: str = payload,
                moment: str = moment,
                verdict: Any = verdict,
            ) -> tuple[Decided, Effect]:
                sign = Signature(by=payload, reason=payload, at=moment, prev=prev)
                return verdict(Known(claims={claim.id: claim}), claim.id, sign), Effect()

            if n % 6 != 5:
                ledger.decide(build)


@pytest.fixture(scope="module")
def http(hostile: Desk) -> TestClient:
    client = TestClient(make_app(hostile), base_url=BASE, follow_redirects=False)
    client.get("/")
    return client


class Foreign(HTMLParser):
    """Elements and attributes that no template of the desk writes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in BAD_TAGS or (tag == "script" and given.get("src") != "/assets/desk.js"):
            self.found.append(tag)
        if tag == "meta" and "http-equiv" in given:
            self.found.append("meta http-equiv")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc", "srcset", "background"):
                self.found.append(f"{tag} {name}")
            if name in LEADING and leads_out(value or "") and not is_link(tag, value or ""):
                self.found.append(f"{tag} {name}={value}")


def leads_out(href: str) -> bool:
    """Does a browser at the desk leave it by this address?"""
    bare = re.sub(r"[\x00-\x20]", "", href).replace("\\", "/")
    return bool(urlsplit(bare).scheme or bare.startswith("//"))


def is_link(tag: str, href: str) -> bool:
    """Where a document was found is a link to the web that a person may follow; no other kind."""
    return tag == "a" and href.startswith(("http://", "https://"))


def find_foreign(page: str) -> list[str]:
    parser = Foreign()
    parser.feed(page)
    parser.close()
    return parser.found


def asked_paths() -> list[str]:
    """Each payload where an address is read: filters, search, the way back."""
    found = []
    for n, payload in enumerate(list_payloads()):
        said, name = quote(payload[:200], safe=""), ASKED[n % len(ASKED)]
        path = ("/", "/map", "/search", "/documents", "/name", "/policies")[n % 6]
        found.append(f"{path}?{name}={said}")
        if WHOLE:
            found.append(f"/search?q={said}")
        if n % 10 == 0:
            found += [f"/documents/{said}", f"/incidents/{said}", f"/{said}"]
    return found


def test_the_payloads_are_three_hundred_and_told_apart() -> None:
    assert len(set(list_payloads())) == WANTED == 300


def test_the_parser_sees_a_payload_that_is_not_escaped() -> None:
    caught = [p for p in list_payloads() if find_foreign(f"<p>{p}</p>")]
    assert len(caught) > 250


def test_no_page_holds_what_a_payload_would_have_written(hostile: Desk, http: TestClient) -> None:
    asked = asked_paths() if WHOLE else asked_paths()[::3]
    paths = [*plain_paths(), *list_pages(hostile), *asked]
    items = [p for p in item_paths(hostile) if is_page(p)]
    paths += items if WHOLE else items[::7]
    wrong, pages = [], 0
    for path in paths:
        answer = http.get(path)
        assert answer.status_code < 500, path
        assert "unsafe" not in answer.headers["content-security-policy"]
        if answer.headers.get("content-type", "").startswith("text/html"):
            pages += 1
            wrong += [f"{path}: {what}" for what in find_foreign(answer.text)]
    assert not wrong, wrong[:10]
    assert pages > 250


def test_what_is_no_page_is_never_taken_for_one(hostile: Desk, http: TestClient) -> None:
    """JSON, feeds and downloads say what they are; a browser does not guess."""
    paths = [p for p in plain_paths() if not is_page(p) and p != "/api/search"]
    paths += ["/api/search?q=script&kind=document"]
    paths += [p for p in item_paths(hostile) if not is_page(p)][::11]
    paths += [f"/download/incidents.{form}" for form in ("csv", "geojson", "jsonl")]
    for path in paths:
        answer = http.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "html" not in answer.headers["content-type"], path
        if "xml" in answer.headers["content-type"]:
            ElementTree.fromstring(answer.content)
    for line in http.get("/download/incidents.csv").text.splitlines():
        for cell in line.split(","):
            assert not cell.lstrip('"').startswith(("=", "+", "@", "-cmd")), line[:120]


def browser_paths(desk: Desk) -> list[str]:
    items = [p for p in item_paths(desk) if is_page(p)]
    lists = [p for p in (*plain_paths(), *list_pages(desk)) if is_page(p)]
    asked = [p for p in asked_paths() if p.startswith(("/search", "/?q"))]
    if WHOLE:
        return [*lists, *asked, *items]
    return [*lists[::2], *asked[:: SAMPLED // 2], *items[5::SAMPLED]]


@pytest.mark.browser
def test_nothing_runs_in_a_browser_even_without_the_content_policy(
    hostile: Desk, tmp_path: Path
) -> None:
    def review(page: Any, _: Seen) -> None:
        """Items that the script puts into the page are as inert as those the server sent."""
        page.goto("/review")
        for _turn in range(6):
            page.keyboard.press("s")
            page.wait_for_timeout(150)

    with hosted(hostile) as base:
        seen = walk(
            base,
            browser_paths(hostile),
            bypass_csp=True,
            then=review,
            log=tmp_path / "net.json",
        )
    assert not seen.dialogs, seen.dialogs[:5]
    assert not seen.foreign, seen.foreign[:5]
    assert not seen.outside, seen.outside[:5]
    assert not outside_of(tmp_path / "net.json")
    assert len(seen.visited) > 50


@pytest.mark.browser
def test_the_content_policy_stops_what_is_put_into_a_page_all_the_same(
    hostile: Desk, tmp_path: Path
) -> None:
    """Payloads put into a live page by hand: the policy holds alone. What it cannot stop, a page
    that sends its reader elsewhere, is left out here and rests on escaping."""
    payloads = [p for p in list_payloads() if find_foreign(p) and "refresh" not in p]

    def inject(page: Any, seen: Seen) -> None:
        page.goto("/")
        for payload in payloads if WHOLE else payloads[::4]:
            page.evaluate(
                "(html) => document.getElementById('main').replaceChildren("
                "document.createRange().createContextualFragment(html))",
                payload,
            )
        page.wait_for_timeout(500)
        seen.visited.append(page.url)

    with hosted(hostile) as base:
        seen = walk(base, ["/"], bypass_csp=False, then=inject, log=tmp_path / "net.json")
    assert not seen.dialogs, seen.dialogs[:5]
    assert any("Content Security Policy" in line for line in seen.console)
