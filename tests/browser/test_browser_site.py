"""The pages in a browser: readable by everyone, from disk, without JavaScript, alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
KINDS = (
    "index.html",
    "map.html",
    "documents.html",
    "totals.html",
    "unresolved.html",
    "decisions.html",
    "how-to-read.html",
    "incidents/ukr-2022-03-09-mariupol.html",
    "incidents/afg-2015-10-03-kunduz.html",
    "incidents/sdn-undated.html",
    "documents/mariupol-1",
    "documents/mariupol-2",
    "documents/gaza",
)


def path_of(site: Path, kind: str) -> Path:
    """Documents are named by their id; the tests name them by their name."""
    from sample_view import DOCUMENTS

    folder, _, name = kind.partition("/")
    if folder == "documents" and name:
        return site / "documents" / f"{DOCUMENTS[name].id}.html"
    return site / kind


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(page: Page, site: Path, kind: str, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(path_of(site, kind).as_uri())
    for closed in page.locator("details").all():
        closed.evaluate("element => { element.open = true }")
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run()).violations")
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []


def test_axe_would_find_something(page: Page) -> None:
    page.set_content("<html><body><p style='color:#ccc'>pale</p><img src='x'></body></html>")
    page.evaluate(AXE)
    found = page.evaluate("async () => (await axe.run()).violations.map(v => v.id)")
    assert {"color-contrast", "image-alt"} <= set(found)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_but_the_folder_is_asked_for(page: Page, site: Path, kind: str) -> None:
    asked: list[str] = []
    troubles: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: troubles.append(message.text))
    page.goto(path_of(site, kind).as_uri(), wait_until="networkidle")
    assert [url for url in asked if not url.startswith(site.as_uri())] == []
    assert any(url.endswith("assets/site.css") for url in asked)
    assert troubles == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_the_screen(
    browser: Browser, site: Path, kind: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(path_of(site, kind).as_uri())
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert wide <= width


def test_pages_read_without_javascript(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.get_by_role("link", name="Hospital in Mariupol, 9 March 2022").first.click()
    page.get_by_role("link", name="city council, 3").first.click()
    page.wait_for_url("**#clm_*")
    expect(page.locator(":target")).to_be_visible()
    assert "killed 3" in page.locator(":target").inner_text()
    context.close()


def test_a_number_in_the_text_leads_to_the_claim_beside_it(page: Page, site: Path) -> None:
    page.goto(path_of(site, "documents/mariupol-1").as_uri())
    page.locator("a.tok", has_text="1,207").click()
    card = page.locator(":target")
    card.locator("summary").click()
    assert "sha256" in card.inner_text()
    assert "1,207 or more" in card.inner_text()


def test_the_skip_link_leads_to_the_text(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_arabic_runs_from_the_right(page: Page, site: Path) -> None:
    page.goto(path_of(site, "documents/gaza").as_uri())
    text = page.locator(".text").first
    assert text.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert text.get_attribute("lang") == "ar"


def test_marks_differ_in_more_than_colour(page: Page, site: Path) -> None:
    page.goto((site / "how-to-read.html").as_uri())
    kinds = ("death", "injury", "liberty", "access", "object")
    style = "e => getComputedStyle(e).borderBottomStyle + getComputedStyle(e).borderBottomWidth"
    assert len({page.locator(f".mk-{kind}").first.evaluate(style) for kind in kinds}) == len(kinds)


def test_print_leaves_out_navigation_and_keeps_the_warning(page: Page, site: Path) -> None:
    page.emulate_media(media="print")
    page.goto(path_of(site, "incidents/ukr-2022-03-09-mariupol.html").as_uri())
    assert not page.locator("nav").is_visible()
    assert page.locator(".notice").is_visible()
    assert page.locator("body").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    assert len(page.pdf()) > 10_000


def test_dark_follows_the_system(page: Page, site: Path) -> None:
    page.emulate_media(color_scheme="dark")
    page.goto((site / "index.html").as_uri())
    assert (
        page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
        == "rgb(23, 24, 26)"
    )
