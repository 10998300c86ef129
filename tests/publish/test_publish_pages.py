"""Pages: every number leads to words, nothing breaks out, every page says what it is."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

import msgspec
import pytest
from sample_view import (
    CLAIMS,
    DOCUMENTS,
    FORTY_TWO_AGAIN,
    KILLED_3,
    TEXTS,
    WOUNDED_17,
    sample_texts,
    sample_view,
)

from harmledger.core.view import LedgerView
from harmledger.publish import render_site, write_site
from harmledger.publish.catalogue import name_files

EMPTY = LedgerView(
    documents=(),
    claims=(),
    responses=(),
    incidents=(),
    totals=(),
    unresolved=(),
    numbers={},
    decisions=(),
    standings={},
    origins={},
    policies=("literal",),
)
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """Links, ids, tags, and whether elements close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.stack: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.attributes += given
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given[k] or "" for k in ("href", "src") if k in given]
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.stack.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.stack, f"</{tag}> closes nothing"
        assert self.stack.pop() == tag, f"</{tag}> out of order"

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="session")
def read(pages: dict[str, str]) -> dict[str, Page]:
    return {path: Page(html) for path, html in pages.items() if path.endswith(".html")}


def test_there_is_a_page_for_everything(pages: dict[str, str], view: LedgerView) -> None:
    assert {"index.html", "map.html", "totals.html", "unresolved.html"} <= set(pages)
    assert sum(p.startswith("incidents/") for p in pages) == len(view.incidents)
    assert sum(p.startswith("documents/") for p in pages) == len(view.documents)


def test_every_link_inside_the_site_leads_somewhere(
    pages: dict[str, str], read: dict[str, Page]
) -> None:
    for path, page in read.items():
        for link in page.links:
            if link.startswith(("https://", "http://")):
                continue
            target, _, fragment = link.partition("#")
            parts = (
                [*PurePosixPath(path).parent.parts, *PurePosixPath(target).parts]
                if target
                else [path]
            )
            resolved = re.sub(r"[^/]+/\.\./", "", "/".join(parts))
            assert resolved in pages, f"{path}: {link}"
            if fragment and resolved.endswith(".html"):
                assert fragment in read[resolved].ids, f"{path}: {link}"


def test_pages_are_well_formed_with_unique_ids(read: dict[str, Page]) -> None:
    for path, page in read.items():
        assert page.stack == [], path
        assert len(page.ids) == len(set(page.ids)), path


def test_pages_hold_no_script_no_style_no_handler(read: dict[str, Page]) -> None:
    for path, page in read.items():
        assert not {"script", "style", "iframe", "form", "img", "object"} & set(page.tags), path
        assert not [a for a in page.attributes if a.startswith("on") or a == "style"], path
        assert not [link for link in page.links if link.startswith(("javascript:", "data:"))], path


def test_every_page_says_what_it_is(read: dict[str, Page]) -> None:
    for path, page in read.items():
        for words in (
            "Working copy.",
            "assume_civilian",
            "literal@1",
            "recorded, not actual",
            "GeoNames",
        ):
            assert words in page.text, f"{path}: {words}"


def test_hostile_titles_are_text(read: dict[str, Page]) -> None:
    page = read[f"documents/{DOCUMENTS['mariupol-2'].id}.html"]
    assert "<script>alert(1)</script>" in page.text
    assert "javascript:alert(1)" in page.text
    assert not [link for link in page.links if "alert" in link]


def test_examples_are_called_examples(read: dict[str, Page]) -> None:
    words = "Written for harmledger from public facts. It is no publication."
    assert words in read[f"documents/{DOCUMENTS['mariupol-1'].id}.html"].text
    assert words not in read[f"documents/{DOCUMENTS['gaza'].id}.html"].text
    assert "This record holds examples." in read["index.html"].text


def test_every_claim_stands_on_its_document_page(read: dict[str, Page]) -> None:
    for claim in CLAIMS:
        assert claim.id in read[f"documents/{claim.document}.html"].ids


def test_the_whole_text_is_on_the_page(pages: dict[str, str], read: dict[str, Page]) -> None:
    for name, text in TEXTS.items():
        html = pages[f"documents/{DOCUMENTS[name].id}.html"]
        shown = re.sub(r"<sup.*?</sup>", "", html, flags=re.S)
        flat = "".join(Page(shown).text.split())
        for line in text.splitlines():
            assert "".join(line.split()) in flat, line


def test_a_number_in_the_text_leads_to_its_claim(pages: dict[str, str]) -> None:
    html = pages[f"documents/{DOCUMENTS['mariupol-1'].id}.html"]
    assert f'<a class="tok" href="#{WOUNDED_17.id}">17</a>' in html


def test_the_incident_page_names_who_said_each_number(read: dict[str, Page]) -> None:
    text = " ".join(read["incidents/ukr-2022-03-09-mariupol.html"].text.split())
    assert "killed 3 people" in text
    assert re.search("Said by ?city council, 3", text)
    assert "a denial changes no count (R7)" in text
    assert "The figures differ (injured): 17 and 18 injured" in text
    assert re.search("Denied by ?Russia’s defence ministry", text)


def test_the_course_of_a_toll_is_drawn_with_its_numbers(pages: dict[str, str]) -> None:
    html = pages["incidents/afg-2015-10-03-kunduz.html"]
    for figure in ("19", "22", "42"):
        assert re.search(rf'class="course-label"[^>]*>{figure}<', html)


def test_what_is_told_again_stands_with_its_first_telling(read: dict[str, Page]) -> None:
    page = read["incidents/afg-2015-10-03-kunduz.html"]
    assert page.text.count("killed 42 people") == 3, "heading, one card, its told-again line"
    assert "told again once" in page.text
    assert sum(FORTY_TWO_AGAIN.id in link for link in page.links) > 1


def test_countries_are_listed_and_not_pinned(pages: dict[str, str]) -> None:
    on_the_map, _, listed = pages["map.html"].partition('id="h-without"')
    assert "incidents/sdn-undated.html" not in on_the_map
    assert "incidents/sdn-undated.html" in listed
    assert "incidents/sdn-undated-darfur.html" in on_the_map
    assert "no country has a colour" in " ".join(on_the_map.split())


def test_an_open_range_stays_open(read: dict[str, Page]) -> None:
    text = " ".join(read["incidents/sdn-undated-darfur.html"].text.split())
    assert "killed 24 or more people" in text
    assert "rests on number words, not on figures" in text


def test_remainders_and_decisions_are_printed(read: dict[str, Page]) -> None:
    assert "1,204 or more" in read["totals.html"].text
    assert "Checked against MSF’s own statement <b>" in read["decisions.html"].text
    assert "people present, not harmed" in read["index.html"].text


def test_negative_remainders_are_shown_not_clipped(view: LedgerView) -> None:
    total = msgspec.structs.replace(view.totals[0], remainder_low=-12, remainder_high=4)
    changed = msgspec.structs.replace(view, totals=(total,))
    assert "−12–4" in dict(render_site(changed, sample_texts))["totals.html"]


def test_an_empty_record_has_pages_too() -> None:
    pages = dict(render_site(EMPTY, sample_texts))
    assert "No incident has been proposed" in pages["index.html"]
    assert "No running or period totals" in pages["totals.html"]


def test_withdrawn_claims_do_not_break_pages(view: LedgerView) -> None:
    left = tuple(claim for claim in view.claims if claim.id != KILLED_3.id)
    pages = dict(render_site(msgspec.structs.replace(view, claims=left), sample_texts))
    assert KILLED_3.id in pages["incidents/ukr-2022-03-09-mariupol.html"]


def test_same_view_same_pages(pages: dict[str, str]) -> None:
    assert dict(render_site(sample_view(), sample_texts)) == pages


def test_write_site_gives_the_first_page(view: LedgerView, tmp_path: Path) -> None:
    index = write_site(view, sample_texts, tmp_path / "site")
    assert index == tmp_path / "site" / "index.html"
    again = write_site(view, sample_texts, tmp_path / "site")
    assert again.is_file()
    assert "Working copy" in (tmp_path / "site" / "README.txt").read_text("utf-8")


def test_names_of_pages_never_meet_and_never_leave_the_folder() -> None:
    files = name_files(
        "incidents", [("a", "X 1"), ("b", "x-1"), ("c", "../../etc"), ("d", "Маріуполь")]
    )
    assert len(set(files.values())) == 4
    assert all(re.fullmatch(r"incidents/[a-z0-9_-]+\.html", file) for file in files.values())
