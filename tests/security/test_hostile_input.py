"""Hostile files, one kind each: refused or made harmless, with a clear error, stopping nothing."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from harmledger.core.document import Refusal
from harmledger.ledger import open_ledger
from harmledger.pipeline import run_paths, view_ledger
from harmledger.publish import write_export, write_site

Clock = Callable[[], datetime]
GOOD = "Shelling killed 3 people in Sumy on 4 May 2023, the mayor said."


class Desk:
    """A folder of reports, a ledger of it, and what was refused."""

    def __init__(self, tmp_path: Path, clock: Clock) -> None:
        self.reports, self.out = tmp_path / "in" / "reports", tmp_path / "out"
        self.reports.mkdir(parents=True)
        (self.reports / "good.txt").write_text(GOOD)
        self._ledger, self._clock = tmp_path / "l.ledger", clock

    def run(self) -> tuple[Refusal, ...]:
        """Read everything; the good report must always come through."""
        with open_ledger(self._ledger, write=True, clock=self._clock) as opened:
            result = run_paths([self.reports], opened, clock=self._clock)
            names = {d.name for d in view_ledger(opened).documents}
        assert "good" in names
        return result.refusals

    def export(self, form: str) -> Path:
        with open_ledger(self._ledger) as opened:
            view = view_ledger(opened)
            with opened.records() as records:
                if form == "site":
                    write_site(view, records.text, self.out)
                else:
                    write_export(view, records.text, self.out, form)
        return self.out


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Desk:
    return Desk(tmp_path, clock)


def test_a_file_bomb_is_refused_by_its_size(desk: Desk) -> None:
    with (desk.reports / "bomb.txt").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    (refused,) = desk.run()
    assert refused.path.endswith("bomb.txt")
    assert "too large" in refused.reason


def test_an_archive_bomb_is_never_unpacked(desk: Desk) -> None:
    with zipfile.ZipFile(desk.reports / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"0" * 20_000_000)
    (refused,) = desk.run()
    assert refused.kind == "unknown_media_type"
    assert ".zip" in refused.reason


@pytest.mark.parametrize("name", ["../../stolen", "..\\..\\stolen", "/tmp/stolen", "a\x00b", "con"])
def test_a_name_leads_nowhere_else(desk: Desk, name: str, tmp_path: Path) -> None:
    record = {"id": name, "title": name, "text": GOOD.replace("3", "5"), "published": "2023-05-05"}
    (desk.reports / "r.jsonl").write_text(json.dumps(record) + "\n")
    desk.run()
    before = {p for p in tmp_path.rglob("*") if desk.out not in p.parents}
    for form in ("jsonl", "csv", "geojson", "site"):
        desk.export(form)
    after = {p for p in tmp_path.rglob("*") if desk.out not in p.parents and p != desk.out}
    assert after == before


def test_xml_entities_are_not_expanded(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("TOPSECRET")
    lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    page = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "lol">{lines}'
        f'<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><html><body><p>{GOOD}</p>'
        "<p>&x; and &e11; were named in the report that people read.</p></body></html>"
    )
    (desk.reports / "page.html").write_text(page)
    desk.run()
    folder = desk.export("jsonl")
    held = "".join(p.read_text() for p in folder.rglob("*") if p.is_file())
    assert "TOPSECRET" not in held
    assert "lollol" not in held


def test_a_spreadsheet_runs_no_formula(desk: Desk) -> None:
    formula = '=cmd|"/c calc"!A1'
    text = f"---\ntitle: '{formula}'\nsource: '@SUM(A1)'\npublished: 2023-05-05\n---\n{GOOD}"
    (desk.reports / "sheet.md").write_text(text)
    desk.run()
    written = sorted(desk.export("csv").glob("*.csv"))
    assert {"claims.csv", "incidents.csv"} <= {path.name for path in written}
    cells: set[str] = set()
    for path in written:
        for row in csv.reader(path.read_text(encoding="utf-8").splitlines()):
            cells.update(row)
            numbers = [c for c in row if c.lstrip("+-").replace(".", "", 1).isdigit()]
            bad = [c for c in row if c[:1] in tuple("=+-@\t\r\n") and c not in numbers]
            assert not bad, path.name
    assert {f"'{formula}", "'@SUM(A1)"} <= cells


def test_hostile_html_runs_nothing_on_our_pages(desk: Desk) -> None:
    page = (
        "<html><head><title>a</title><script>alert(1)</script></head><body>"
        f"<p onclick='alert(2)'>{GOOD}</p><svg onload=alert(3)></svg><iframe src='file:///etc'>"
        "</iframe><p>&lt;script&gt;alert(4)&lt;/script&gt; killed 7 people in Kharkiv.</p></body>"
    )
    (desk.reports / "page.html").write_text(page)
    desk.run()
    pages = sorted(desk.export("site").rglob("*.html"))
    names = {path.name for path in pages}
    assert {"index.html", "documents.html"} <= names
    assert len(names) > 4
    whole = ""
    for path in pages:
        content = path.read_text(encoding="utf-8").lower()
        found = Tags(content)
        assert not found.names & {"script", "iframe", "object", "embed"}, path.name
        assert not found.events, path.name
        assert "alert(3)" not in content, "what only a script would run is no text"
        assert "default-src 'none'" in content
        whole += content
    assert "&lt;script&gt;alert(" in whole, "the words of the report are shown"


class Tags(HTMLParser):
    """The elements of a page and those of its attributes that would run something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.events: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.events += [
            (tag, key)
            for key, value in attrs
            if key.startswith("on") or "javascript:" in (value or "")
        ]


def test_the_look_at_our_pages_finds_what_would_run() -> None:
    found = Tags("<p onclick=x>a</p><svg onload=alert(3)></svg><a href='javascript:x'><iframe>")
    assert found.events == [("p", "onclick"), ("svg", "onload"), ("a", "href")]
    assert "iframe" in found.names


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("a: &a [x]\nb: [*a, *a, *a]", "anchors"),
        ("title: !!python/object/apply:os.system ['touch stolen']", None),
        ("title: " + "[" * 500, "nested too deep"),
        ("title: a\ntitle: b", "twice"),
        ("title: " + "x" * 70_000, "longer than"),
    ],
    ids=["anchors", "tags", "nesting", "twice", "length"],
)
def test_hostile_front_matter_is_refused_or_plain_text(
    desk: Desk, front: str, reason: str | None
) -> None:
    (desk.reports / "h.md").write_text(f"---\n{front}\n---\n{GOOD}")
    refusals = desk.run()
    if reason is None:
        assert refusals == ()
        assert not Path("stolen").exists()
    else:
        assert [reason in refused.reason for refused in refusals] == [True]
