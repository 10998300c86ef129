"""Accounts, what is withheld, sealed persons and the preview, each seen by who may see it."""

from __future__ import annotations

import secrets
from pathlib import Path

import pytest
from desk_pages import PHONE, Opened, counts, decide, incident, leave, says, text_of
from desk_served import copy_ledger, served
from playwright.sync_api import Page

from harmledger.web.sealing import has_sealed

pytestmark = pytest.mark.browser
PASSWORD = secrets.token_urlsafe(16)
"""Made up anew for each run, so that none is kept with the project."""


def sign_in(page: Page, base: str, name: str) -> None:
    page.goto(base + "/sign-in")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("text=Sign in >> nth=-1")
    page.wait_for_url(f"{base}/")


def make_account(page: Page, name: str, role: str) -> None:
    page.locator("section:has(#h-new) [name=name]").fill(name)
    page.locator("section:has(#h-new) [name=role]").select_option(role)
    page.locator("section:has(#h-new) [name=password]").fill(PASSWORD)
    leave(page, "text=Make")


def open_accounts(watched: Opened, base: str) -> tuple[Page, Page, Page]:
    """A keeper, a reader on a phone and a coder, each signed in."""
    keeper, reader, coder = watched(), watched(PHONE), watched()
    keeper.goto(base + "/people")
    make_account(keeper, "Kim Keeper", "keeper")
    sign_in(keeper, base, "Kim Keeper")
    for name, role in (("Rae Reader", "reader"), ("Cam Coder", "coder")):
        keeper.goto(base + "/people")
        make_account(keeper, name, role)
    sign_in(reader, base, "Rae Reader")
    sign_in(coder, base, "Cam Coder")
    counts(reader, "nav >> text=Review", 0)
    return keeper, reader, coder


def check_openings(base: str, sealed: str, keeper: Page, reader: Page, coder: Page) -> None:
    """A sealed person is opened by who may, with a reason, on the log."""
    coder.goto(f"{base}/documents/{sealed}")
    says(coder, ".reading", "a private person, sealed")
    reader.goto(f"{base}/documents/{sealed}")
    says(reader, ".reading", "a private person, sealed")
    counts(reader, "#h-sealed", 0)
    opening = coder.locator("form[action='/open']").first
    opening.locator("summary").click()
    opening.locator("[name=reason]").fill("to call back")
    opening.get_by_role("button").click()
    says(coder, "section:has(#h-sealed)", "opened by you within the last hour")
    keeper.goto(base + "/people")
    logged = text_of(keeper, "section:has(#h-openings)")
    assert "Cam Coder" in logged
    assert "to call back" in logged


def check_preview(keeper: Page, base: str) -> None:
    """The edition as it would be published: no quotes, nothing withheld."""
    keeper.goto(base + "/preview")
    keeper.click("main ul >> a >> nth=0")
    says(keeper, "#h-edition", "withheld")
    leave(keeper, "text=Open the edition")
    counts(keeper, "h1", 1)
    counts(keeper, "q", 0)
    assert "Kunduz hospital" not in text_of(keeper, "body")


def test_people_withholding_sealed_persons_and_the_preview(
    watched: Opened, examples: Path, tmp_path: Path
) -> None:
    with served(copy_ledger(examples, tmp_path), alone="") as (base, desk):
        keeper, reader, coder = open_accounts(watched, base)
        kunduz = incident(desk, "Kunduz")
        keeper.goto(base + kunduz)
        says(keeper, ".warning >> nth=0", "speaks of people killed")
        decide(keeper, "form[action='/decide/publish']", "Decide", action="withhold")
        says(keeper, "main", "Withheld.")
        reader.goto(base)
        assert "Kunduz" not in text_of(reader, "main")
        reader.goto(base + kunduz)
        says(reader, "[role=alert]", "no such incident here")
        index = desk.faces.open
        assert index is not None
        shown = index.claims(c for (c,) in index.rows("SELECT id FROM claims ORDER BY n"))
        sealed = next(s.claim.document for s in shown.values() if has_sealed(s))
        check_openings(base, sealed, keeper, reader, coder)
        check_preview(keeper, base)
        reader.goto(base + "/sign-out")
        leave(reader, "main >> button:has-text('Sign out')")
        reader.goto(base)
        assert reader.url == base + "/sign-in"
