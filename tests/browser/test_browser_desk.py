"""The desk in a browser: read by everyone, reviewed by keys alone, closed to hostile words."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page

from harmledger.ledger import open_ledger, utc_clock
from harmledger.pipeline import run_paths
from harmledger.web import Desk, Settings, make_app, open_desk

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
KINDS = (
    "/",
    "/?policy=ucdp%40ged-23.1&as_of=2022-03-12",
    "/map",
    "incident",
    "document",
    "/documents",
    "/totals",
    "/origins",
    "/policies",
    "/changes",
    "/unresolved",
    "/decisions",
    "/search?q=hospital",
    "/review",
    "/review/second",
    "/review/agreement",
    "/import",
    "/preview",
    "/people",
    "/name",
    "/api",
    "/how-to-read",
    "/nothing-here",
)


@contextmanager
def served(folder: Path, reports: Path) -> Iterator[tuple[str, Desk]]:
    """A desk over ``reports``, really listening; under a name, so that it may be reviewed."""
    place = folder / "harm.ledger"
    with open_ledger(place, write=True) as ledger:
        run_paths([reports], ledger, clock=utc_clock)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    desk = open_desk(Settings(place=place, port=port, requests_a_minute=1_000_000))
    desk.people.keep_setting("alone", "Ada Example")
    desk.start(background=False)
    config = uvicorn.Config(make_app(desk), port=port, log_level="error", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}", desk
    server.should_exit = True
    thread.join(timeout=10)
    desk.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Desk]]:
    with served(tmp_path_factory.mktemp("desk"), ROOT / "examples" / "reports") as found:
        yield found


@pytest.fixture(scope="module")
def base(running: tuple[str, Desk]) -> str:
    return running[0]


@pytest.fixture
def watched(browser: Browser, base: str) -> Iterator[Callable[..., Page]]:
    """Opens pages; fails at the end when any asked for anything but the desk, or complained."""
    asked: list[str] = []
    troubles: list[str] = []
    contexts: list[BrowserContext] = []

    def opened(viewport: Any = DESK, **more: Any) -> Page:
        context = browser.new_context(viewport=viewport, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: troubles.append(message.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [url for url in asked if not url.startswith(base)] == []
    known = "404 (Not Found)"
    assert [t for t in troubles if known not in t] == []


def address_of(running: tuple[str, Desk], kind: str) -> str:
    base, desk = running
    index = desk.faces.whole
    if kind == "incident":
        kind = f"/incidents/{find(index, 'Kunduz')}"
    elif kind == "document":
        kind = f"/documents/{index.value('SELECT document FROM claims GROUP BY 1 ORDER BY 1')}"
    return base + kind


def find(index: Any, word: str) -> str:
    return str(index.value("SELECT id FROM incidents WHERE title LIKE ?", (f"%{word}%",)))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(
    watched: Callable[..., Page], running: tuple[str, Desk], scheme: Any
) -> None:
    wrong = {}
    page = watched(color_scheme=scheme)
    for kind in KINDS:
        page.goto(address_of(running, kind))
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        page.evaluate(AXE)
        found = page.evaluate("async () => (await axe.run()).violations")
        if found:
            wrong[kind] = [(v["id"], [n["html"][:160] for n in v["nodes"][:3]]) for v in found]
    assert wrong == {}


def test_no_page_scrolls_sideways_on_a_phone(
    watched: Callable[..., Page], running: tuple[str, Desk]
) -> None:
    page = watched(PHONE)
    for kind in KINDS:
        page.goto(address_of(running, kind))
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], kind


def test_everything_can_be_read_and_decided_without_script(
    watched: Callable[..., Page], running: tuple[str, Desk]
) -> None:
    page = watched(java_script_enabled=False)
    for kind in KINDS:
        page.goto(address_of(running, kind))
        assert page.locator("h1").count() == 1, kind
    page.goto(running[0] + "/review")
    first = page.locator("#item").get_attribute("data-claim")
    page.click("button[value=accept]")
    assert page.locator("#item").get_attribute("data-claim") != first
    page.click("#undo button")
    assert page.locator("#item").get_attribute("data-claim") == first


def test_print_leaves_forms_out_and_opens_nothing_wide(
    watched: Callable[..., Page], running: tuple[str, Desk]
) -> None:
    page = watched()
    page.emulate_media(media="print")
    page.goto(address_of(running, "incident"))
    assert not page.locator("form.top-search").is_visible()
    assert page.locator("h1").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_thirty_reviews_by_keys_alone(
    watched: Callable[..., Page], running: tuple[str, Desk]
) -> None:
    base, desk = running
    page = watched()
    page.goto(base + "/review")
    before = desk.faces.whole.count("decisions")
    keys = ["a", "r", "a", "s", "a"] * 6
    for key in keys:
        claim = page.locator("#item").get_attribute("data-claim")
        page.keyboard.press(key)
        page.wait_for_function(
            "was => document.getElementById('item').dataset.claim !== was", arg=claim
        )
    page.wait_for_function("document.getElementById('status').textContent.endsWith('.')")
    decided = sum(key != "s" for key in keys)
    until = time.monotonic() + 20
    while desk.faces.whole.count("decisions") < before + decided and time.monotonic() < until:
        time.sleep(0.1)
    assert desk.faces.whole.count("decisions") == before + decided
    last = page.locator("#item").get_attribute("data-claim")
    page.keyboard.press("u")
    page.wait_for_function("was => document.getElementById('item').dataset.claim !== was", arg=last)
    assert page.locator("#status").inner_text() == "taken back by a new entry."
    with desk.ledger.records() as records:
        actions = [d.action for d in records.decisions()]
    assert actions.count("withdraw") >= 1


def test_a_claim_is_amended_and_added_from_the_page(
    watched: Callable[..., Page], running: tuple[str, Desk]
) -> None:
    base, desk = running
    page = watched()
    page.goto(base + "/review")
    claim = page.locator("#item").get_attribute("data-claim")
    page.keyboard.press("e")
    page.fill('input[name="set.quantity.low"]', "1")
    page.fill('input[name="set.quantity.high"]', "2")
    page.select_option('select[name="set.quantity.bound"]', "between")
    page.click("text=Write my version")
    page.wait_for_function(
        "was => document.getElementById('item').dataset.claim !== was", arg=claim
    )
    page.wait_for_function("document.getElementById('status').textContent.includes('written')")
    shown = desk.faces.whole.find_claim(str(claim))
    assert shown is not None
    page.goto(address_of(running, "document"))
    mark = page.locator(".text mark").first
    mark.click()
    assert "#clm_" in page.url
    page.evaluate(
        """() => { const text = document.querySelector('.reading .text');
        const range = document.createRange(); range.selectNodeContents(text.firstChild);
        getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )
    page.wait_for_function("document.querySelector('#add textarea').value.length > 3")


def test_the_questions_of_a_newcomer_are_three_clicks_away(
    watched: Callable[..., Page], running: tuple[str, Desk]
) -> None:
    page = watched()
    page.goto(running[0])
    page.click("text=Kunduz hospital struck")  # one
    figures = page.locator("section:has(#figures)").inner_text()
    assert re.search(r"killed\s+42", figures)
    assert "said by" in figures.lower() or "low rests on" in figures.lower()
    page.click(".jumps >> text=How the figures moved")  # two
    assert page.locator("section:has(#h-moved) li").count() >= 3
    page.goto(running[0])
    page.click("text=Al-Ahli hospital struck")  # one
    page.click(".jumps >> text=Who answers and disputes")  # two
    assert "Israeli military" in page.locator("section:has(#h-replies)").inner_text()
    page.locator("section:has(#h-replies) q a").first.click()  # three: the exact words
    assert "/documents/" in page.url
    page.goto(running[0])
    page.click("text=Al-Ahli hospital struck")
    page.click(".jumps >> text=Not reviewed")
    assert page.locator("section:has(#h-open) li").count() > 0


def test_files_are_brought_in_and_seen(
    watched: Callable[..., Page], running: tuple[str, Desk], tmp_path: Path
) -> None:
    report = tmp_path / "bridge.md"
    report.write_text(
        "---\ntitle: Bridge hit\nsource: River Post\npublished: 2022-06-02\n---\n\n"
        "Shelling killed 6 people on a bridge in Kherson on 1 June 2022, the mayor said.\n"
    )
    page = watched()
    page.goto(running[0] + "/import")
    page.set_input_files("input[type=file]", report)
    page.click("button:has-text('Bring in')")
    page.wait_for_selector('#job[data-state="done"]', timeout=90_000)
    assert page.locator("td:has-text('read')").count() == 1
    running[1].rebuild(apart=False)
    page.goto(running[0] + "/search?q=bridge")
    assert page.locator("text=Bridge hit").count() >= 1


# Hostile words ---------------------------------------------------------------------------------

BREAKERS = (
    "",
    '">',
    "'>",
    "</title>",
    "</textarea>",
    "</script>",
    "-->",
    "{{7*7}}",
    "${7*7}",
    "]]>",
)
BODIES = (
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "<svg onload=window.pwned=1>",
    "<svg><script>window.pwned=1</script></svg>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
    "<iframe src=javascript:parent.pwned=1></iframe>",
    "<body onload=window.pwned=1>",
    "<input autofocus onfocus=window.pwned=1>",
    "<details open ontoggle=window.pwned=1>",
    "<a href='javascript:window.pwned=1'>go</a>",
    "<math><mi href=javascript:window.pwned=1>x</mi></math>",
    "<object data=javascript:window.pwned=1></object>",
    "<embed src=javascript:window.pwned=1>",
    "<form action=javascript:window.pwned=1><button>x</button></form>",
    "<link rel=stylesheet href=//outside.example/x.css>",
    "<style>@import '//outside.example/x.css'</style>",
    "<meta http-equiv=refresh content='0;url=//outside.example'>",
    "<base href=//outside.example/>",
    "<video><source onerror=window.pwned=1></video>",
    "<marquee onstart=window.pwned=1>x</marquee>",
    "<x onpointerover=window.pwned=1 style=position:fixed;inset:0>x</x>",
    "<template><script>window.pwned=1</script></template>",
    "<scr<script>ipt>window.pwned=1</script>",
    '" onmouseover=window.pwned=1 autofocus x="',
    "' onfocus=window.pwned=1 autofocus tabindex=0 x='",
    "javascript:window.pwned=1",
    "data:text/html,<script>opener.pwned=1</script>",
    "\u202e<script>window.pwned=1</script>",
    "<!--><img src=x onerror=window.pwned=1>",
    "<noscript><p title='</noscript><img src=x onerror=window.pwned=1>'>",
)
PAYLOADS = tuple(breaker + body for breaker in BREAKERS for body in BODIES)
A_DOCUMENT = 15


def write_hostile(folder: Path) -> Path:
    """Every payload in a text, in turns in titles, sources, addresses and names."""
    folder.mkdir()
    rows = []
    for n in range(0, len(PAYLOADS), A_DOCUMENT):
        own = PAYLOADS[n : n + A_DOCUMENT]
        told = "\n\n".join(
            f"Shelling killed {3 + k} people in Sumy on 8 March 2022, said {p}. {p} denied it."
            for k, p in enumerate(own[:3])
        )
        rest = "\n\n".join(own)
        rows.append(
            {
                "id": f"r{n}{own[0]}",
                "title": own[1],
                "source": own[2],
                "url": own[3],
                "published": "2022-03-09",
                "text": f"{told}\n\n{rest}\n",
            }
        )
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "hostile.jsonl").write_text(lines + "\n", encoding="utf-8")
    return folder


def test_no_hostile_word_does_anything(browser: Browser, tmp_path: Path) -> None:
    assert len(PAYLOADS) == 300
    with served(tmp_path, write_hostile(tmp_path / "reports")) as (base, desk):
        context = browser.new_context(viewport=DESK)
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        troubles: list[str] = []
        page.on("console", lambda message: troubles.append(message.text))
        index = desk.faces.whole
        paths = ["/", "/documents", "/unresolved", "/changes", "/totals", "/origins", "/map"]
        paths += ["/review", "/search?q=script", "/search?q=onerror"]
        paths += [f"/documents/{row[0]}" for row in index.rows("SELECT id FROM documents")]
        paths += [f"/incidents/{row[0]}" for row in index.rows("SELECT id FROM incidents")]
        for path in paths:
            page.goto(base + path, wait_until="load")
            check_harmless(page, path)
        for payload in PAYLOADS[::7]:
            page.goto(f"{base}/search")
            page.fill("#top-q", payload)
            page.press("#top-q", "Enter")
            check_harmless(page, payload)
        page.goto(base + "/review")
        if page.locator("#verdict").count():
            page.fill("input[name=reason]", PAYLOADS[1])
            page.click("button[value=reject]")
            page.wait_for_function("document.getElementById('status').textContent.length > 0")
        page.goto(base + "/decisions")
        check_harmless(page, "/decisions")
        context.close()
    assert [url for url in asked if not url.startswith(base)] == []
    assert [t for t in troubles if "Content Security Policy" in t] == []


def check_harmless(page: Page, where: str) -> None:
    assert page.evaluate("window.pwned") is None, where
    made = "script, img, iframe, object, embed, video, base, meta, link, style, math, marquee"
    assert page.locator(f"main :is({made})").count() == 0, where
    leads = "main a[href^='javascript' i], main a[href^='data' i]"
    assert page.locator(leads).count() == 0, where
    armed = """[...document.querySelectorAll('main *')].filter(
        e => [...e.attributes].some(a => a.name.startsWith('on'))).length"""
    assert page.evaluate(armed) == 0, where
