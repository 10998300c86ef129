"""The desk in a browser: read by everyone, reviewed by keys alone, closed to hostile words."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desk_served import read_reports, served
from playwright.sync_api import Browser, Page, expect

from harmledger.web import Desk

pytestmark = pytest.mark.browser

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


@pytest.mark.parametrize(("scheme", "size"), [("light", DESK), ("dark", PHONE)])
def test_axe_finds_nothing_on_any_page(
    watched: Callable[..., Page], running: tuple[str, Desk], scheme: Any, size: Any
) -> None:
    wrong = {}
    page = watched(size, color_scheme=scheme)
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
    with page.expect_navigation():
        page.click("button[value=accept]")
    assert page.locator("#item").get_attribute("data-claim") != first
    with page.expect_navigation():
        page.click("#undo button")
    assert page.locator("#item").get_attribute("data-claim") == first


def test_print_leaves_forms_out_and_opens_nothing_wide(
    watched: Callable[..., Page], running: tuple[str, Desk]
) -> None:
    page = watched(color_scheme="dark")
    page.emulate_media(media="print", color_scheme="light")
    shown = "form:not(.verdict)"
    for kind in KINDS:
        page.goto(address_of(running, kind))
        assert page.locator("h1").is_visible(), kind
        white = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert white == "rgb(255, 255, 255)", kind
        if kind in ("incident", "document", "/", "/totals", "/changes", "/search?q=hospital"):
            assert [f for f in page.locator(shown).all() if f.is_visible()] == [], kind


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
    expect(page.locator("#status")).to_have_text("taken back by a new entry.")
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
    page.wait_for_url("**#clm_*")
    page.evaluate(
        """() => { const text = document.querySelector('.reading .text');
        const range = document.createRange(); range.selectNodeContents(text.firstChild);
        getSelection().removeAllRanges(); getSelection().addRange(range); }"""
    )
    page.wait_for_function("document.querySelector('#add textarea').value.length > 3")


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
    hostile = read_reports(tmp_path, write_hostile(tmp_path / "reports"))
    with served(hostile) as (base, desk):
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
            with page.expect_navigation():
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
