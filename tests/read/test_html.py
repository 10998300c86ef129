"""HTML: all visible text in order, furniture marked, hostile markup refused in time."""

import time

import pytest
from making import Make

from harmledger.core.document import Document, Text
from harmledger.core.errors import CannotParse
from harmledger.read import read_item

HTML = "text/html"
PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Strike on clinic kills nine | Post</title>
<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle",
"datePublished":"2023-05-04T10:00:00+03:00","publisher":{"name":"The Made-up Post"}}]}</script>
<style>p{}</style></head><body class="has-sidebar nav-open">
<div class="cookie-banner"><p>We use cookies to improve your visit.</p><button>OK</button></div>
<header><a href="/">The Made-up Post</a><nav><ul><li><a href=/w>World</a></li></ul></nav></header>
<main><article><h1>Strike on clinic kills nine</h1>
<figure><img src=x><figcaption>Rescuers outside the clinic on Thursday</figcaption></figure>
<p>Nine people were killed on Thursday when a clinic in the town was hit,&nbsp;the mayor said.
&ldquo;We are <b>still</b> digging,&rdquo; he added.</p>
<p>Casualties so far:<br>Killed: 9<br>Injured: 14</p>
<p>The town&rsquo;s main hospital has received fourteen wounded people, among them three children,
a doctor there said on Thursday evening.</p>
<aside><h3>Related stories</h3><ul><li><a href=1>Twelve die in market blast</a></li></ul></aside>
<h2>Figures by district</h2>
<table><tr><th>District</th><th>Killed</th></tr><tr><td>North</td><td>5</td></tr></table>
<p style="display: none">Hidden 500 killed</p><p hidden>Hidden 600 killed</p>
<div class="newsletter-signup"><p>Get the day's news every morning and never miss a story.</p></div>
<p>Residents said they heard two explosions, and smoke could be seen for miles.</p>
</article><section><h2>Most read</h2><p><a href=4>Thirty hurt in a crash</a></p></section></main>
<footer><p>The Made-up Post, an invented outlet.</p></footer></body></html>"""


@pytest.fixture(scope="module")
def page(make_item: Make) -> tuple[Document, Text]:
    return read_item(make_item(PAGE, HTML))


def words(text: Text, *, furniture: bool) -> list[str]:
    return [text.text[b.start : b.end] for b in text.blocks if b.furniture is furniture]


def test_metadata(page: tuple[Document, Text]) -> None:
    document, _ = page
    assert document.title == "Strike on clinic kills nine"
    assert document.source == "The Made-up Post"
    assert document.published_at == "2023-05-04T10:00:00+03:00"
    assert document.published_from == "html_meta"
    assert document.language == "en"


def test_the_article_is_there_in_order(page: tuple[Document, Text]) -> None:
    assert words(page[1], furniture=False) == [
        "Strike on clinic kills nine",
        "Rescuers outside the clinic on Thursday",
        "Nine people were killed on Thursday when a clinic in the town was hit, the mayor said. "
        "“We are still digging,” he added.",
        "Casualties so far:",
        "Killed: 9",
        "Injured: 14",
        "The town’s main hospital has received fourteen wounded people, among them three children, "
        "a doctor there said on Thursday evening.",
        "Figures by district",
        "District | Killed",
        "North | 5",
        "Residents said they heard two explosions, and smoke could be seen for miles.",
    ]


def test_furniture_is_kept_and_marked_and_hidden_text_is_not_there(
    page: tuple[Document, Text],
) -> None:
    _, text = page
    furniture = words(text, furniture=True)
    for said in (
        "We use cookies",
        "World",
        "Twelve die",
        "Get the day's",
        "Thirty hurt",
        "invented",
    ):
        assert any(said in block for block in furniture)
    assert "Hidden" not in text.text
    assert text.text.split("\n") == [text.text[b.start : b.end] for b in text.blocks]


def test_rows_know_their_column_names_and_section(page: tuple[Document, Text]) -> None:
    _, text = page
    row = next(block for block in text.blocks if text.text[block.start : block.end] == "North | 5")
    assert row.kind == "table_row"
    assert row.heading is not None
    names = text.blocks[row.heading]
    assert text.text[names.start : names.end] == "District | Killed"
    assert names.heading is not None
    section = text.blocks[names.heading]
    assert text.text[section.start : section.end] == "Figures by district"


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (
            '<meta property="article:published_time" content="2022-03-10T09:00Z">',
            "2022-03-10T09:00:00+00:00",
        ),
        ('<meta name="dc.date" content="10 March 2022">', "2022-03-10"),
        (
            '<script type="application/ld+json">'
            '{"@type":"ItemList","datePublished":"2001-01-01"}</script>',
            None,
        ),
        ('<script type="application/ld+json">[[[{</script>', None),
        ('<link rel="canonical" href="https://a.example/2022/03/10/x">', "2022-03-10"),
    ],
)  # fmt: skip
def test_dates(make_item: Make, head: str, published: str | None) -> None:
    page = f"<head>{head}</head><body><p>Three people were killed in the town.</p></body>"
    assert read_item(make_item(page, HTML))[0].published_at == published


def test_a_page_of_one_line_and_a_page_inside_a_form_are_read(make_item: Make) -> None:
    for page in (
        "<p>Three people were killed.</p>",
        "<form><div><p>Three people were killed.</p></div></form>",
        "<nav><p>Three people were killed.</p></nav>",
        "Three people were killed.",
        "<p>Three people were killed.</p><di",
    ):
        _, text = read_item(make_item(page, HTML))
        assert words(text, furniture=False) == ["Three people were killed."]


def test_a_table_that_lays_out_the_page_is_no_row(make_item: Make) -> None:
    cell = "<h2>News</h2><p>Three people were killed on Monday.</p>"
    inner = "<table><tr><td>a</td><td>b</td></tr></table>"
    page = f"<table><tr><td>{cell}</td><td>{inner}</td></tr></table>"
    _, text = read_item(make_item(page, HTML))
    assert text.text == "News\nThree people were killed on Monday.\na | b"
    assert [block.kind for block in text.blocks] == ["heading", "paragraph", "table_row"]


def test_a_line_break_inside_a_sentence_is_a_space(make_item: Make) -> None:
    _, text = read_item(make_item("<p>Three people<br>were killed.<br>Nine hurt.</p>", HTML))
    assert text.text == "Three people were killed.\nNine hurt."


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + "x",
        "<table><tr><td>" * 50_000 + "x",
        "<div " + " ".join(f"a{n}=1" for n in range(50_000)) + ">x",
        "".join(f"<font id={n}>" for n in range(2_000)) + "<p>x" * 5_000,
        "<script>" * 100_000,
        "<p></p>",
        "",
    ],
    ids=["nested", "tables", "attributes", "formatting", "scripts", "no text", "empty"],
)
def test_hostile_and_empty_markup_is_refused_in_time(make_item: Make, page: str) -> None:
    begin = time.process_time()
    with pytest.raises(CannotParse):
        read_item(make_item(page, HTML))
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    "page",
    ["<div>" * 2_900 + "<p>x" * 50, "<p>Three <b>killed</b>.</p>" * 20_000, "<" * 300_000 + "x"],
    ids=["deep", "long", "angles"],
)
def test_large_markup_is_read_in_time(make_item: Make, page: str) -> None:
    begin = time.process_time()
    assert read_item(make_item(page, HTML))[1].sentences
    assert time.process_time() - begin < 20
