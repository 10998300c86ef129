"""Front matter is flat metadata; the text below it is kept code point for code point."""

import pytest

from harmledger.core.errors import CannotParse
from harmledger.read.front_matter import MAX_CHARACTERS, split_front_matter


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_fields_and_text(end: str) -> None:
    body = end.join(
        [
            "---",
            'Title: "A: b"',
            "published: 2022-03-10",
            "language: no",
            "source: null",
            "---",
            "",
            "Text",
        ]
    )
    fields, start = split_front_matter(body, "x")
    assert fields == {"title": "A: b", "published": "2022-03-10", "language": "no"}
    assert body[start:] == f"{end}Text"


def test_nested_values_are_passed_over() -> None:
    body = "---\ntags: [a, {b: c}]\nmore:\n  title: inner\n  - x\ntitle: T\n---\n"
    with pytest.raises(CannotParse, match="no YAML"):
        split_front_matter(body, "x")
    body = "---\ntags: [a, {b: c}]\nmore:\n  title: inner\ntitle: T\n---\n"
    assert split_front_matter(body, "x") == ({"title": "T"}, len(body))


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Text only",
        "---\n\nA rule opens this text.\n\n---\nMore.",
        "----\ntitle: x\n----\n",
        " ---\ntitle: x\n---\n",
        "---\nNote: a rule, and no second one",
    ],
)
def test_no_front_matter(body: str) -> None:
    assert split_front_matter(body, "x") == ({}, 0)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("---\ntitle: 'open\npublished: [\n---\nText", "no YAML"),
        ("---\ntitle: x\n\nText without an end", "not closed"),
        ("---\na: &a [x]\nb: [*a, *a]\n---\n", "anchors"),
        ("---\ntitle: x\ntitle: y\n---\n", "twice"),
        (f"---\ntitle: {'x' * MAX_CHARACTERS}\n---\n", "longer than 64 kB"),
        (f"---\ntitle: {'[' * 5000}\n---\n", "nested"),
        ("---\ntitle: \x01\n---\n", "no YAML"),
    ],
)
def test_what_is_wrong_is_named(body: str, reason: str) -> None:
    with pytest.raises(CannotParse, match=reason) as caught:
        split_front_matter(body, "reports/a.md")
    assert str(caught.value).startswith("reports/a.md: ")
