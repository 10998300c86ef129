"""A written site, a desk and a Chromium, which leaves this machine for nothing; only where a
Chromium is installed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from desk_served import copy_ledger, read_reports, served
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from harmledger.web import Desk

for beside in ("publish", "web"):
    sys.path.insert(0, str(Path(__file__).parent.parent / beside))

ROOT = Path(__file__).parents[2]
DESK = {"width": 1280, "height": 900}
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One for every test here; at its end the session fails if anything asked elsewhere."""
    from desk_walk import FLAGS, outside_of

    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}; set CHROMIUM to one")
    expect.set_options(timeout=30_000)  # two cores may be busy linking while a page is asked
    log = tmp_path_factory.mktemp("net") / "log.json"
    with sync_playwright() as playwright:
        args = [*FLAGS, f"--log-net-log={log}"]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=args)
        yield opened
        opened.close()
    assert log.stat().st_size > 0
    assert outside_of(log) == set()


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the example reports, read once; who changes it copies it."""
    return read_reports(tmp_path_factory.mktemp("examples"), ROOT / "examples" / "reports")


@pytest.fixture(scope="session")
def running(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Desk]]:
    """A desk that every test here reads and decides in, under one name."""
    with served(copy_ledger(examples, tmp_path_factory.mktemp("running"))) as found:
        yield found


@pytest.fixture
def watched(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages; fails at the end when any asked for anything beyond this machine's own
    address, or complained."""
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
    assert [url for url in asked if not url.startswith("http://127.0.0.1:")] == []
    refused = "the server responded with a status of 4"  # a page that says no is a page
    assert [t for t in troubles if refused not in t] == []


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from sample_view import sample_texts, sample_view

    from harmledger.publish import write_site

    folder = tmp_path_factory.mktemp("site") / "pages"
    return write_site(sample_view(), sample_texts, folder).parent
