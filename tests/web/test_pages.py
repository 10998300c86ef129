"""Every page answers, narrows as its address says, and leads back to the words."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from desk_setup import find_document, find_incident

PAGES = (
    "/",
    "/map",
    "/documents",
    "/totals",
    "/origins",
    "/policies",
    "/changes",
    "/unresolved",
    "/decisions",
    "/search?q=market",
    "/how-to-read",
    "/review",
    "/review/second",
    "/review/agreement",
    "/import",
    "/people",
    "/preview",
    "/api",
    "/name",
    "/feeds/changes.atom",
    "/feeds/changes.json",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers(still: Any, path: str) -> None:
    assert still.get(path).status_code == 200


def test_every_answer_carries_the_safety_headers(still: Any) -> None:
    for path in ("/", "/api/incidents", "/assets/desk.js", "/nothing"):
        headers = still.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_no_page_has_inline_script_or_style(still: Any) -> None:
    for path in PAGES:
        text = still.get(path).text
        assert not re.search(r"<script(?![^>]* src=)", text), path
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text), path


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("place=sumy", ["Sumy"]),
        ("place=IZMAIL", ["Izmayil"]),
        ("site=school", ["Izmayil"]),
        ("since=2022-05-01", ["Mykolaiv"]),
        ("until=2022-03-31", ["Sumy"]),
        ("voice=monitors", ["Sumy"]),
        ("q=clinic", ["Mykolaiv"]),
        ("place=nowhere", []),
    ],
)
def test_filters_narrow(still: Any, query: str, titles: list[str]) -> None:
    items = json.loads(still.get(f"/api/incidents?{query}").content)["items"]
    assert len(items) == len(titles)
    for title, item in zip(titles, items, strict=True):
        assert title in item["title"]


def test_as_of_counts_only_what_was_said_by_then(still: Any, still_desk: Any) -> None:
    incident = find_incident(still_desk, "Sumy")
    first = still.get(f"/api/incidents/{incident}?as_of=2022-03-09").json()["item"]
    now = still.get(f"/api/incidents/{incident}").json()["item"]

    def killed(item: Any) -> Any:
        return next(
            (r["low"], r["high"])
            for r in item["readings"]
            if (r["policy"], r["harm"], r["victims"]) == ("literal", "killed", "assume_civilian")
        )

    assert killed(first) == (12, 12)
    assert killed(now) != killed(first)


def test_the_incident_page_tells_how_the_figure_moved(still: Any, still_desk: Any) -> None:
    page = still.get(f"/incidents/{find_incident(still_desk, 'Sumy')}").text
    assert "How the figures moved" in page
    assert "Who repeats whom" in page
    assert "defence ministry" in page.lower()


def test_a_document_shows_its_whole_text_with_its_claims(still: Any, still_desk: Any) -> None:
    key = find_document(still_desk, "Clinic")
    page = still.get(f"/documents/{key}").text
    assert "An air strike destroyed a clinic" in re.sub(r"<[^>]+>", "", page)
    assert '<mark class="mk mk-death' in page
    text = still.get(f"/api/documents/{key}/text").json()["item"]["text"]
    for item in still.get(f"/api/claims?document={key}").json()["items"]:
        span = item["span"]
        assert text[span["start"] : span["end"]] == span["quote"]


def test_search_finds_texts_in_any_script_and_takes_no_operators(still: Any) -> None:
    assert still.get("/api/search?q=destroyed&kind=document").json()["total"] == 1
    assert still.get('/api/search?q="killing 4 children"&kind=claim').json()["total"] >= 1
    for said in ('mar* OR "', "NEAR(a b)", "find:x", "-market", "'; DROP TABLE claims; --", "ок"):
        answer = still.http.get("/search", params={"q": said})
        assert answer.status_code in (200, 422), said


def test_downloads_hold_exactly_what_the_view_shows(still: Any) -> None:
    lines = still.get("/download/incidents.jsonl?place=sumy").text.splitlines()
    assert len(lines) == 1
    assert {r["policy"] for r in json.loads(lines[0])["readings"]} == {"literal"}
    csv = still.get("/download/incidents.csv?sort=oldest").text.splitlines()
    assert csv[0].startswith("id,code,title")
    shown = re.findall(r"/incidents/(inc_\w+)\"><bdi>", still.get("/?sort=oldest").text)
    assert list(dict.fromkeys(line.split(",")[0] for line in csv[1:])) == list(dict.fromkeys(shown))
    geo = still.get("/download/incidents.geojson").json()
    assert len(geo["features"]) == still.get("/api/incidents").json()["total"]
    assert still.get("/download/incidents.exe").status_code == 404


def test_what_cannot_be_read_is_refused_with_what_to_write(still: Any) -> None:
    for query in ("harm=joy", "since=yesterday", "policy=mine", "page=0", "sort=best"):
        answer = still.get(f"/?{query}")
        assert answer.status_code == 422, query
        assert 'role="alert"' in answer.text
    assert still.get("/api/incidents?limit=0").status_code == 422
    assert still.get("/api/incidents/inc_0000000000000000").status_code == 404


def test_changes_since_the_last_look(caller: Any) -> None:
    assert "not marked anything as seen" in caller.get("/changes").text
    assert caller.post("/changes/seen", back="/changes").status_code == 303
    assert re.search(r"<b>0</b> <a href=\"/changes\">changes since you last", caller.get("/").text)


def test_feeds_name_their_entries_once(still: Any) -> None:
    items = still.get("/feeds/changes.json").json()["items"]
    assert items
    assert len({i["id"] for i in items}) == len(items)
    atom = still.get("/feeds/changes.atom").text
    assert atom.count("<entry>") == len(items)
