"""The whole reader: documents, records, and what holds for any input at all."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import Make

from harmledger.core.document import Item, Text
from harmledger.core.errors import CannotDecode, CannotParse, HarmledgerError, UnknownMediaType
from harmledger.core.ids import document_id, sha256_of
from harmledger.read import READER, read_item

RECORD = "application/x-ndjson-record"
TYPES = ["text/plain", "text/markdown", "text/html", RECORD]


def test_a_report(make_item: Make) -> None:
    item = make_item(
        "---\ntitle: Three killed\npublished: 2022-03-10\nsource: Post\nurl: https://a.example/x\n"
        "language: en-GB\nexample: true\n---\n\n# Three killed\n\nThey died at home.\n",
        name="report",
    )
    document, text = read_item(item)
    assert document.id == document_id(item.sha256)
    assert (document.name, document.title, document.source) == ("report", "Three killed", "Post")
    assert (document.published_at, document.published_from) == ("2022-03-10", "front_matter")
    assert (document.language, document.url) == ("en", "https://a.example/x")
    assert document.example
    assert document.captures == ()
    assert document.origin_group is None
    assert text.text == "\n# Three killed\n\nThey died at home.\n"
    assert text.sha256 == document.text_sha256 == sha256_of(text.text.encode())
    assert document.reader == text.reader == READER


def test_the_same_bytes_give_the_same_answer(make_item: Make) -> None:
    item = make_item("<article><h1>A</h1><p>Three were killed in B.</p></article>", "text/html")
    assert read_item(item) == read_item(item)


def test_a_record(make_item: Make) -> None:
    record = {
        "id": 4,
        "title": " A\nb ",
        "text": "Three died.\r\n\r\nNine hurt.",
        "published": "2022-03-10",
        "source": "Post",
        "url": "https://a.example",
        "language": "en",
        "example": True,
        "more": [1],
    }
    document, text = read_item(make_item(json.dumps(record), RECORD))
    assert text.text == record["text"]
    assert document.title == "A b"
    assert (document.published_at, document.published_from) == ("2022-03-10", "record")
    assert document.example
    assert len(text.blocks) == 2


@pytest.mark.parametrize(
    ("line", "error", "reason"),
    [
        (b'{"text": "cut', CannotParse, "no JSON"),
        (b'{"title": "x"}', CannotParse, "text"),
        (b'{"text": 5}', CannotParse, "str"),
        (b'{"text": "x", "published": 2022}', CannotParse, "published"),
        (b"[1]", CannotParse, "object"),
        (b'{"text": " "}', CannotParse, "no text"),
        (b'{"text": "a\\u0000b"}', CannotParse, "NUL"),
        (b'{"text": "a \\ud800 b"}', CannotParse, "no JSON"),
        (b'{"text": "\xff"}', CannotDecode, "UTF-8"),
        (b'{"text": "x", "a": ' + b"[" * 90_000, CannotParse, "in/a"),
    ],
)
def test_a_bad_record_says_what_is_wrong(
    make_item: Make, line: bytes, error: type[Exception], reason: str
) -> None:
    with pytest.raises(error, match=reason) as caught:
        read_item(make_item(line, RECORD))
    assert str(caught.value).startswith("in/a: ")


def test_a_date_that_cannot_be_read_does_not_stop_the_document(make_item: Make) -> None:
    document, _ = read_item(make_item("---\npublished: 2015-13-45\n---\nThree died.\n"))
    assert document.published_at is None
    assert document.published_from is None


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"---\ntitle: x\n---\n"])
def test_nothing_to_read_is_said(make_item: Make, content: bytes) -> None:
    with pytest.raises(CannotParse, match="no text"):
        read_item(make_item(content))


def test_an_unknown_kind(make_item: Make) -> None:
    with pytest.raises(UnknownMediaType, match="application/pdf"):
        read_item(make_item(b"x", "application/pdf"))


def check_layer(text: Text) -> None:
    """What holds for every text layer."""
    assert text.sha256 == sha256_of(text.text.encode("utf-8"))
    covered, at = 0, 0
    for number, block in enumerate(text.blocks):
        assert at <= block.start < block.end <= len(text.text)
        assert text.text[at : block.start].strip() == ""
        assert block.heading is None or block.heading < number
        at = block.end
    assert text.text[at:].strip() == ""
    for sentence in text.sentences:
        block = text.blocks[sentence.block]
        assert max(covered, block.start) <= sentence.start < sentence.end <= block.end
        assert sentence.furniture or not block.furniture
        said = text.text[sentence.start : sentence.end]
        assert said == said.strip()
        covered = sentence.end


MARKS = st.text(alphabet="ab AB.!?…\"“”«»()'’‘\n\r\t#-*|>:=0915_,;é😀\u2028\u00a0[]—", max_size=120)


def item_of(content: bytes, media_type: str) -> Item:
    return Item(
        name="a", path="in/a", media_type=media_type, content=content, sha256=sha256_of(content)
    )


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", "\u3000", "\x85"])
def test_a_wide_space_before_an_initial_is_no_end(space: str) -> None:
    _, text = read_item(item_of(f" B{space}0.… J.{space}K. Rowe died.".encode(), "text/plain"))
    check_layer(text)


@settings(max_examples=300, deadline=None)
@given(st.one_of(MARKS, st.text(max_size=200)), st.sampled_from(["text/plain", "text/markdown"]))
def test_any_text_is_covered_by_its_blocks(body: str, media_type: str) -> None:
    try:
        _, text = read_item(item_of(body.encode("utf-8"), media_type))
    except (CannotDecode, CannotParse):
        return
    if not body.startswith(("---", "\ufeff")):
        assert text.text == body
    check_layer(text)


TAGS = "p div table tr td th b li ul h1 nav script article a template".split()  # noqa: SIM905
PIECES = [
    *(f"<{tag}>" for tag in TAGS),
    *(f"</{tag}>" for tag in TAGS),
    *("<br>", "&amp;", "<!--", "-->", "Three people were killed. ", "x", " "),
]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_markup_is_read_or_refused(parts: list[str]) -> None:
    try:
        _, text = read_item(item_of("".join(parts).encode(), "text/html"))
    except CannotParse:
        return
    check_layer(text)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(TYPES))
def test_any_bytes_give_a_text_or_an_error_of_ours(content: bytes, media_type: str) -> None:
    said = "in/a: "
    try:
        _, text = read_item(item_of(content, media_type))
    except HarmledgerError as error:
        said = str(error)
    else:
        check_layer(text)
    assert said.startswith("in/a: ")


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["text", "title", "published", "url", "language"]), st.text(max_size=60)
    )
)
def test_any_record_gives_a_text_or_an_error_of_ours(record: dict[str, str]) -> None:
    try:
        document, text = read_item(item_of(json.dumps(record).encode(), RECORD))
    except HarmledgerError:
        return
    assert text.text == record["text"]
    assert document.text_sha256 == text.sha256
    check_layer(text)


@pytest.mark.parametrize(
    "unit",
    [
        "Three people were killed. ",
        "“a. ",
        "(",
        "Mr. ",
        "![",
        "!? ",
        "- a\n",
        "a\n\n",
        "| a |\n",
        "...",
        "word ",
        "x",
    ],
)
def test_time_grows_with_length_only(make_item: Make, unit: str) -> None:
    body = unit * (200_000 // len(unit))
    begin = time.process_time()
    read_item(make_item(body))
    assert time.process_time() - begin < 10
