"""How the tests read a page of the desk: each question waits until the page answers it."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from harmledger.web import Desk

Opened = Callable[..., Page]
PHONE = {"width": 390, "height": 844}


def incident(desk: Desk, word: str) -> str:
    query = "SELECT id FROM incidents WHERE title LIKE ?"
    return f"/incidents/{desk.faces.whole.value(query, (f'%{word}%',))}"


def document(desk: Desk, word: str) -> str:
    query = "SELECT id FROM documents WHERE title LIKE ?"
    return f"/documents/{desk.faces.whole.value(query, (f'%{word}%',))}"


def text_of(page: Page, selector: str) -> str:
    return page.locator(selector).inner_text()


def says(page: Page, selector: str, words: str) -> None:
    """Wait until a part of the page says this: a key or click may still be on its way."""
    expect(page.locator(selector)).to_contain_text(words, use_inner_text=True)


def reads(page: Page, selector: str, words: str) -> None:
    """Wait until a part of the page says this and nothing else."""
    expect(page.locator(selector)).to_have_text(words, use_inner_text=True)


def address_has(page: Page, part: str) -> None:
    """Wait until the page's address has this part."""
    expect(page).to_have_url(re.compile(re.escape(part)))


def counts(page: Page, selector: str, number: int) -> None:
    """Wait until the page has this many of them."""
    expect(page.locator(selector)).to_have_count(number)


def leave(page: Page, selector: str) -> None:
    """Press what leads to another page, and wait until it has come."""
    with page.expect_navigation():
        page.click(selector)


def decide(page: Page, form: str, button: str, **fields: str) -> None:
    """Fill one form of a page, give a reason, press a button."""
    found = page.locator(form)
    for name, value in {"reason": "a test of ours", **fields}.items():
        field = found.locator(f"[name='{name}']").first
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    found.get_by_role("button", name=button).click()
