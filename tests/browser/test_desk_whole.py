"""Everything the desk is for, done in a browser: found, read, decided, shared, brought in."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_pages import (
    PHONE,
    Opened,
    address_has,
    counts,
    decide,
    document,
    incident,
    leave,
    reads,
    says,
    text_of,
)
from desk_served import copy_ledger, served
from playwright.sync_api import Download, Page, expect

from harmledger.web import Desk

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
from desk_questions import MOST_CLICKS, QUESTIONS

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def own(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Desk]]:
    """A desk of this file's own, under one name; what is decided here shows nowhere else."""
    place = copy_ledger(examples, tmp_path_factory.mktemp("own"))
    with served(place) as found:
        yield found


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
    assert "edition" in text_of(page, ".facts >> nth=1")


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
