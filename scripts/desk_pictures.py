"""Pictures of the desk over the example reports: python scripts/desk_pictures.py LEDGER OUT

Every page at desk width, the main ones on a phone, in the dark and as printed, and a newcomer's
questions, each clicked for from the overview. Prints docs/desk-pictures.md beside OUT. Needs a
Chromium (CHROMIUM names another) and the development dependencies.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from desk_questions import QUESTIONS
from playwright.sync_api import Browser, Page, sync_playwright

from harmledger.web import Desk, Settings, make_app, open_desk

FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
SIZES = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
TALLEST = 2_600
QUALITY = 62


@dataclass(frozen=True)
class Look:
    """One picture: ``path`` may be a word for a page found by its title."""

    name: str
    says: str
    path: str
    size: str = "desk"
    dark: bool = False
    printed: bool = False
    whole: bool = True


LOOKS = (
    Look("overview", "The overview", "/"),
    Look("overview-phone", "The overview on a phone", "/", size="phone"),
    Look("as-of", "The same as of a day, under another policy", "as of"),
    Look("map", "The map, in the dark", "/map", dark=True),
    Look("incident", "An incident", "incident"),
    Look("incident-print", "The same as printed", "incident", printed=True),
    Look("document", "A document with what was read in it", "document"),
    Look("document-phone", "The same on a phone, in the dark", "document", "phone", dark=True),
    Look("compare", "Two versions compared", "compare"),
    Look("review", "Review", "/review"),
    Look("review-phone-dark", "Review on a phone, in the dark", "/review", "phone", dark=True),
    Look("totals", "Totals", "/totals"),
    Look("origins", "Origins", "/origins"),
    Look("policies", "Policies", "/policies"),
    Look("changes", "What changed", "/changes"),
    Look("search", "Search", "/search?q=kunduz"),
    Look("import", "Import", "/import"),
    Look("preview", "What a publication would show", "/preview?profile=public"),
    Look("people", "People", "/people"),
    Look("api", "The API", "/api", whole=False),
)
DECIDED = (
    Look("agreement", "Agreement, and where one was overruled", "/review/agreement"),
    Look("decisions", "Decisions", "/decisions"),
)
"""Taken last, after two people decided a little."""


@contextmanager
def served(place: Path) -> Iterator[tuple[str, Desk]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    desk = open_desk(Settings(place=place, port=port))
    desk.people.keep_setting("alone", "Ada Example")
    desk.start(background=False)
    server = uvicorn.Server(uvicorn.Config(make_app(desk), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}", desk
    server.should_exit = True
    thread.join(timeout=10)
    desk.close()


def find_paths(desk: Desk) -> dict[str, str]:
    """Addresses of pages that are called by a word."""
    index = desk.faces.whole
    incident = index.value("SELECT id FROM incidents WHERE title LIKE '%Al-Ahli%'")
    query = "SELECT id FROM documents WHERE title LIKE ?"
    document = index.value(query, ("European intelligence%",))
    first, copy = (index.value(query, (t,)) for t in ("Three dead, one%", "Girl among dead%"))
    return {
        "as of": "/?as_of=2015-10-05&policy=ucdp%40ged-23.1",
        "incident": f"/incidents/{incident}",
        "document": f"/documents/{document}",
        "compare": f"/documents/{first}/compare/{copy}",
    }


def open_page(browser: Browser, look: Look) -> Page:
    scheme = "dark" if look.dark else "light"
    size = SIZES[look.size]
    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    if look.printed:
        page.emulate_media(media="print")
    return page


def shoot(page: Page, target: Path, *, whole: bool = True) -> None:
    """The page from its top, however tall, to a limit."""
    width = page.viewport_size["width"] if page.viewport_size else 1280
    tall = min(TALLEST, int(page.evaluate("document.documentElement.scrollHeight")))
    clip = {"x": 0, "y": 0, "width": width, "height": tall}
    if whole:
        page.screenshot(path=target, type="jpeg", quality=QUALITY, full_page=True, clip=clip)  # type: ignore[arg-type]
    else:
        page.screenshot(path=target, type="jpeg", quality=QUALITY)


def take_all(base: str, desk: Desk, out: Path) -> None:
    """Every look, then the walk: each question and the screen that answers it."""
    paths = find_paths(desk)
    with sync_playwright() as playwright:
        chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for look in LOOKS:
            page = open_page(browser, look)
            page.goto(base + paths.get(look.path, look.path))
            shoot(page, out / f"desk-{look.name}.jpg", whole=look.whole)
            page.context.close()
        for question in QUESTIONS:
            page = open_page(browser, Look("", "", "/"))
            page.goto(base)
            for click in question.clicks:
                page.locator(click).first.click()
            page.locator(question.answer).first.evaluate("e => e.scrollIntoView()")
            shoot(page, out / f"desk-walk-{question.name}.jpg", whole=False)
            page.context.close()
        page = open_page(browser, Look("", "", "/"))
        decide_a_little(page, base)
        for look in DECIDED:
            page.goto(base + look.path)
            shoot(page, out / f"desk-{look.name}.jpg")
        browser.close()


def decide_a_little(page: Page, base: str) -> None:
    """Ada decides about four claims, Ben reads three of them again and overrules one."""

    def sign(name: str) -> None:
        page.goto(base + "/name")
        page.fill("[name=name]", name)
        page.click("text=Sign as this")

    page.goto(base + "/review")
    last = str(page.locator("#item").get_attribute("data-claim"))
    for key in ("a", "a", "r", "a"):
        claim = page.locator("#item").get_attribute("data-claim")
        page.keyboard.press(key)
        changed = "was => document.getElementById('item').dataset.claim !== was"
        page.wait_for_function(changed, arg=claim)
        page.wait_for_function("document.getElementById('status').textContent.endsWith('.')")
    page.wait_for_timeout(2_000)
    sign("Ben Example")
    for _ in range(3):
        page.goto(base + "/review/second")
        page.click("button[value=accept]")
    page.goto(f"{base}/review?claim={last}")
    page.fill("input[name=reason]", "a guess of one source, no count")
    page.click("button[value=reject]")
    sign("Ada Example")


def render_page() -> str:
    """docs/desk-pictures.md."""
    lines = [
        "# The desk in pictures",
        "",
        "Taken by `make pictures` over the example reports; nothing here was drawn by hand.",
        "",
        "## What a newcomer asks",
        "",
        "Each answer is at most three clicks from the overview; a test clicks the same way.",
    ]
    for question in QUESTIONS:
        many = len(question.clicks)
        clicks = f"{many} click{'s' if many > 1 else ''}"
        lines += ["", f"**{question.asks}** ({clicks})", ""]
        lines += [f"![{question.asks}](images/desk-walk-{question.name}.jpg)"]
    lines += ["", "## Page by page"]
    for look in (*LOOKS, *DECIDED):
        lines += ["", f"### {look.says}", "", f"![{look.says}](images/desk-{look.name}.jpg)"]
    return "\n".join(lines) + "\n"


def main() -> None:
    place, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    for old in (*out.glob("desk-*.png"), *out.glob("desk-*.jpg")):
        old.unlink()
    with served(place) as (base, desk):
        take_all(base, desk, out)
    (out.parent / "desk-pictures.md").write_text(render_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
