"""Everything the desk is for, done in a browser: found, read, decided, shared, brought in."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from desk_served import copy_ledger, served
from playwright.sync_api import Download, Page, expect

from harmledger.web import Desk
from harmledger.web.sealing import has_sealed

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
from desk_questions import MOST_CLICKS, QUESTIONS

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
PASSWORD = "a long enough password"
Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def own(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Desk]]:
    """A desk of this file's own, under one name; what is decided here shows nowhere else."""
    place = copy_ledger(examples, tmp_path_factory.mktemp("own"))
    with served(place) as found:
        yield found


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


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_newcomer_finds_every_answer_in_three_clicks(
    watched: Opened, own: tuple[str, Desk], script: bool
) -> None:
    page = watched(PHONE if script else {"width": 1280, "height": 900}, java_script_enabled=script)
    for question in QUESTIONS:
        assert len(question.clicks) <= MOST_CLICKS
        page.goto(own[0])
        for click in question.clicks:
            page.locator(click).first.click()
        said = text_of(page, question.answer)
        until = time.monotonic() + 10  # the last click may still be on its way
        while not re.search(question.says, said) and time.monotonic() < until:
            page.wait_for_timeout(100)
            said = text_of(page, question.answer)
        assert re.search(question.says, said), (question.asks, said[:1500])


def test_the_overview_narrows_by_its_address_and_counts_as_of_a_day(
    watched: Opened, own: tuple[str, Desk]
) -> None:
    page = watched()
    page.goto(own[0])
    says(page, "#h-sums", "55–516 in 4 incidents")
    counts(page, ".columns-chart .tick >> text='1,000'", 1)
    counts(page, ".columns-chart a", 3)
    assert page.locator(".by-place dt").all_inner_texts()[0] == "Kunduz"
    assert page.locator("svg.timeline circle").count() >= 3
    page.click("text=More filters")
    page.fill("[name=as_of]", "2015-10-05")
    page.select_option("[name=policy]", "ucdp@ged-23.1")
    page.select_option("[name=harm]", "killed")
    page.fill("[name=place]", "KUNDUZ")
    page.fill("[name=voice]", "sans front")
    page.select_option("[name=site]", "hospital")
    page.click(".filters button")
    for part in ("as_of=2015-10-05", "policy=ucdp", "harm=killed", "place=KUNDUZ", "site=hospital"):
        address_has(page, part)
    reads(page, "#h-sums", "Killed: 22 in 1 incident")
    says(page, ".section-head >> nth=0", "as of 2015-10-05")
    page.goto(own[0] + "/?place=Kunduz&policy=ucdp%40ged-23.1")
    reads(page, "#h-sums", "Killed: 42 in 1 incident")
    page.goto(own[0] + "/?as_of=2015-10-05")
    page.locator(".columns-chart a").first.click()
    address_has(page, "since=2015-09-28")
    page.fill("#top-q", "kunduz")
    page.press("#top-q", "Enter")
    expect(page.locator("section:has(#h-places) a")).to_have_text(["Kunduz"])
    says(page, "section:has(#h-claim) li >> nth=0", "killed")


def test_what_changed_since_the_last_look(watched: Opened, own: tuple[str, Desk]) -> None:
    base, desk = own
    page = watched()
    page.goto(base + "/changes")
    leave(page, "text=Mark everything as seen")
    page.goto(base)
    says(page, ".counts", "0 changes since you last looked")
    desk.people.keep_look("Ada Example", "2000-01-01T00:00:00+00:00")
    page.reload()
    assert not re.search(r"\b0 changes", text_of(page, ".counts"))


def test_an_incident_shows_every_reading_and_takes_every_judgement(
    watched: Opened, own: tuple[str, Desk]
) -> None:
    base, desk = own
    page = watched()
    page.goto(base + incident(desk, "Al-Ahli"))
    for policy in ("ucdp@ged-23.1", "acled@2017", "gtd@2017", "airwars", "ibc"):
        says(page, "section:has(#h-policies)", policy)
    page.select_option("[name=policy]", "acled@2017")
    page.click(".filters button")
    says(page, "section:has(#figures)", "Policy acled@2017")
    page.go_back()
    floors = page.locator(".grounds div:has(dt:text-is('Floors')) a").first
    assert "#clm_" in str(floors.get_attribute("href"))
    said = re.findall(r"· (\d{4}-\d\d-\d\d[^\n]*)", text_of(page, "section:has(#h-replies)"))
    assert len(said) > 3
    assert [d[:10] for d in said] == sorted(d[:10] for d in said)
    assert page.locator(".repeats circle").count() > 5
    links = page.locator("section:has(#h-links)")
    said_of_links = links.locator("summary").first
    assert said_of_links.inner_text() == f"{links.locator('ul.links > li').count()} links"
    said_of_links.click()
    decide_link = page.locator("form[action='/decide/judge']").first
    decide_link.locator("summary").click()
    decide_link.locator("[name=reason]").fill("another strike of that evening")
    decide_link.get_by_role("button", name="Different (split)").click()
    says(page, "section:has(#h-history)", "another strike of that evening")
    decide(page, "form[action='/decide/grade']", "Grade", grade="fair")
    reads(page, ".facts .grade", "fair")
    undo = page.locator("section:has(#h-history) form[action='/decide/undo']").first
    undo.locator("summary").click()
    undo.locator("[name=reason]").fill("too early")
    undo.get_by_role("button").click()
    reads(page, ".facts .grade", "contested")
    says(page, "section:has(#h-history)", "withdraw")


def test_a_claim_is_set_aside(watched: Opened, own: tuple[str, Desk]) -> None:
    base, desk = own
    page = watched()
    page.goto(base + incident(desk, "Al-Ahli"))
    low = page.locator("select[name=claim] option:has-text('killed 10–50 people')").first
    value = str(low.get_attribute("value"))
    decide(page, "form[action='/decide/set-aside']", "Set aside", claim=value)
    says(page, "section:has(#h-history)", "set aside")
    assert "10–471" not in text_of(page, ".figures article >> nth=0")


def test_a_document_shows_each_claim_and_takes_new_ones(
    watched: Opened, own: tuple[str, Desk]
) -> None:
    base, desk = own
    page = watched()
    page.goto(base + document(desk, "European intelligence"))
    kinds = page.eval_on_selector_all("mark", "all => [...new Set(all.map(m => m.className))]")
    assert len(kinds) >= 3
    card = text_of(page, ".card >> nth=4")
    for part in ("killed 200 people", "Anglican diocese", "Gaza City", "2023-10-17"):
        assert part in card
    grey = "e => getComputedStyle(e).color"
    furniture = page.eval_on_selector(".furniture .text", grey)
    assert furniture != page.eval_on_selector(".row:not(.furniture) .text", grey)
    before = page.locator(".card").count()
    page.evaluate(
        """() => { const walk = document.createTreeWalker(document.querySelector('.reading'), 4);
        while (walk.nextNode()) { const at = walk.currentNode.data.indexOf('at the low end');
          if (at < 0) continue;
          const range = document.createRange();
          range.setStart(walk.currentNode, at); range.setEnd(walk.currentNode, at + 14);
          getSelection().removeAllRanges(); getSelection().addRange(range); return; } }"""
    )
    page.wait_for_function("document.querySelector('#add textarea').value === 'at the low end'")
    decide(page, "#add", "Add", harm="killed", low="100")
    counts(page, ".card", before + 1)
    page.locator(".card", has_text="killed 100 or more").locator("text=Review or fix").click()
    says(page, "#question", "killed 100 or more")
    page.goto(base + document(desk, "Girl among dead"))
    page.click("summary:has-text('other version')")
    leave(page, ".versions >> text=compare")
    assert page.locator(".diff del").count() > 0
    assert page.locator(".diff ins").count() > 0
    page.goto(base + "/unresolved")
    page.locator(".missed a").first.click()
    says(page, ".row:has(.note) .margin >> nth=0", "not understood")


def next_item(page: Page, was: str) -> None:
    changed = "was => document.getElementById('item').dataset.claim !== was"
    page.wait_for_function(changed, arg=was)


def sign_as(page: Page, base: str, name: str) -> None:
    page.goto(base + "/name")
    page.fill("[name=name]", name)
    leave(page, "text=Sign as this")


def wait_for_standing(desk: Desk, claim: str, standing: str) -> None:
    until = time.monotonic() + 120  # on a busy machine the whole is linked again for a while
    while time.monotonic() < until:
        shown = desk.faces.whole.find_claim(claim)
        if shown is not None and shown.standing == standing:
            return
        time.sleep(0.1)
    raise AssertionError(f"{claim} is not {standing}")


def test_amending_by_keys_second_reading_agreement_and_overruling(
    watched: Opened, own: tuple[str, Desk]
) -> None:
    base, desk = own
    page = watched()
    page.goto(base + "/review")
    assert "Accept all" not in text_of(page, ".item-text")
    claim = str(page.locator("#item").get_attribute("data-claim"))
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    next_item(page, claim)
    wait_for_standing(desk, claim, "amended")
    second = str(page.locator("#item").get_attribute("data-claim"))
    page.fill("input[name=reason]", "Enter in a reason decides nothing")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.locator("#item").get_attribute("data-claim") == second
    page.keyboard.press("a")
    next_item(page, second)
    wait_for_standing(desk, second, "accepted")
    sign_as(page, base, "Ben Second")
    for _ in range(2):
        page.goto(base + "/review/second")
        assert "Ada" not in text_of(page, "main")
        leave(page, "button[value=accept]")
    page.goto(f"{base}/review?claim={second}")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.click("button[value=reject]")
    page.goto(base + "/review/agreement")
    pairs = text_of(page, "table")
    assert "Ada Example" in pairs
    assert "Ben Second" in pairs
    says(page, "section:has(#h-apart)", "Ada Example amended, Ben Second accepted")
    sign_as(page, base, "Ada Example")
    page.goto(base + "/review/agreement")
    says(page, "section:has(#h-overruled)", "you accepted")
    says(page, "section:has(#h-overruled)", "Ben Second rejected")


def test_totals_origins_and_policies(watched: Opened, running: tuple[str, Desk]) -> None:
    page = watched()
    page.goto(running[0] + "/totals")
    says(page, ".total h2 >> nth=0", "Mariupol city council: killed")
    says(page, ".sum-of >> nth=0", "1,204 or more")
    counts(page, ".total >> nth=0 >> .remainder", 1)
    counts(page, ".total >> nth=0 >> circle", 3)
    page.goto(running[0] + "/origins")
    says(page, "table", "unattributed")
    says(page, "table", "Mariupol city council")
    page.click(".tree >> text=compare >> nth=0")
    page.goto(running[0] + "/policies?since=2022-01-01")
    counts(page, "tbody tr", 6)
    counts(page, "dt:text-is('Source')", 6)
    says(page, ".facts >> nth=1", "edition")


def read_download(page: Page, link: str) -> tuple[Download, str]:
    with page.expect_download() as waiting:
        page.locator(link).first.click()
    return waiting.value, waiting.value.path().read_text(encoding="utf-8")


def test_what_a_view_shows_is_downloaded_and_followed(
    watched: Opened, running: tuple[str, Desk]
) -> None:
    base = running[0]
    page = watched()
    page.goto(base + "/?place=kunduz&policy=acled%402017")
    rows = list(csv.DictReader(io.StringIO(read_download(page, "text=CSV")[1])))
    assert {row["policy"] for row in rows} == {"acled@2017"}
    assert {row["place"] for row in rows} == {"Kunduz"}
    assert len(json.loads(read_download(page, "text=GeoJSON")[1])["features"]) == 1
    assert json.loads(read_download(page, "text=JSON Lines")[1])["title"].startswith("Kunduz")
    for picture in ("the chart", "the map"):
        assert read_download(page, f".downloads >> text={picture}")[1].startswith("<svg")
    for path, what in (
        ("/documents?q=specimen", "documents"),
        ("/totals", "totals"),
        ("/unresolved", "unresolved"),
        (incident(running[1], "Kunduz"), "claims"),
    ):
        page.goto(base + path)
        shown = list(csv.DictReader(io.StringIO(read_download(page, ".downloads >> text=CSV")[1])))
        lines = read_download(page, ".downloads >> text=JSON Lines")[1].splitlines()
        assert shown, what
        assert len(lines) <= len(shown), what
        assert all(json.loads(line)["id"] for line in lines), what
    page.goto(base + "/api")
    says(page, "main", "/api/incidents/{id}/claims")
    answer = page.request.get(base + "/api/incidents?limit=2")
    body = answer.json()
    assert (len(body["items"]), body["next"]) == (2, 2)
    feed = page.request.get(base + "/feeds/changes.atom").text()
    assert "<entry>" in feed


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


REPORT = """---
title: {title}
source: River Post
published: 2022-06-02
---

Shelling killed {n} people in Lashkar Gah district on {day} June 2022, the governor said.
"""


def test_files_are_dropped_text_is_pasted_and_an_import_stops_and_goes_on(
    watched: Opened, own: tuple[str, Desk]
) -> None:
    base, desk = own
    page = watched()
    page.goto(base + "/import")
    reports = [REPORT.format(title=f"Report {n}", n=n + 3, day=n + 1) for n in range(6)]
    page.evaluate(
        """texts => { const brought = new DataTransfer();
        texts.forEach((t, n) => brought.items.add(new File([t], `report-${n}.md`)));
        const how = { dataTransfer: brought, bubbles: true, cancelable: true };
        document.getElementById('drop').dispatchEvent(new DragEvent('drop', how)); }""",
        reports,
    )
    page.click("button:has-text('Bring in')")
    says(page, "#job", "of 6")
    leave(page, "text=Cancel what still waits")
    expect(page.locator("#job")).to_have_attribute("data-state", "cancelled")
    time.sleep(0.5)
    waiting = page.locator("td:has-text('waiting')").count()
    assert waiting > 0
    page.click("button:has-text('Go on')")
    page.wait_for_selector('#job[data-state="done"]', timeout=120_000)
    counts(page, "td:text-is('read')", 6)
    page.goto(base + "/import")
    page.fill("[name=text]", "Nothing was said of anyone on Monday.")
    page.fill("[name=title]", "Pasted words")
    page.fill("[name=published]", "2022-06-03")
    page.click("button:has-text('Bring in')")
    page.wait_for_selector('#job[data-state="done"]', timeout=60_000)
    page.goto(base + "/import")
    page.fill("[name=url]", "http://127.0.0.1/private")
    page.click("button:has-text('Bring in')")
    says(page, "[role=alert]", "not on the public internet")
    desk.rebuild(apart=False)
    page.goto(base + "/documents?q=Pasted")
    says(page, "tbody", "Pasted words")
    page.goto(base + "/map?place=Lashkar")
    assert page.locator(".map path.area").count() >= 1  # a district is drawn as one
    counts(page, ".map circle.pin", 0)


def test_two_incidents_that_a_person_joins_are_one(watched: Opened, own: tuple[str, Desk]) -> None:
    """The reports of the test before: the same district, two days apart."""
    base, desk = own
    page = watched()
    before = desk.faces.whole.count("incidents")
    page.goto(f"{base}/?place=Lashkar&sort=oldest")
    page.locator(".incidents h3 a").first.click()
    page.click("text=Does another incident tell of the same?")
    assert page.locator("select[name=near] option").count() >= 1
    decide(page, "form[action='/decide/join']", "The same: join them")
    says(page, "section:has(#h-history)", "same")
    says(page, ".behind", "being linked and counted again")
    desk.rebuild(apart=False)
    assert desk.faces.whole.count("incidents") == before - 1
