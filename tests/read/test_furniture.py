"""Furniture is marked by its words, sentence by sentence, and never deleted."""

import pytest
from making import Make

from harmledger.core.errors import LexiconError
from harmledger.lexicon import furniture
from harmledger.read import read_item


def marks(make_item: Make, text: str) -> dict[str, bool]:
    _, layer = read_item(make_item(text))
    return {layer.text[s.start : s.end]: s.furniture for s in layer.sentences}


def test_sign_ups_are_marked_and_the_report_is_not(make_item: Make) -> None:
    text = (
        "Three people were killed.\n\n"
        "Want all the latest news and analysis? Sign up to our World Bulletin here\n\n"
        "Read more: Twelve died last year\n\n"
        "Nine were hurt. Sign up to our newsletter.\n\n"
        "© 2022 The Made-up Post\n\n"
        "Five people signed up to our knowledge and were detained with others.\n"
    )
    found = marks(make_item, text)
    assert [words for words, mark in found.items() if not mark] == [
        "Three people were killed.",
        "Nine were hurt.",
        "Five people signed up to our knowledge and were detained with others.",
    ]


def test_a_block_is_furniture_when_all_of_it_is(make_item: Make) -> None:
    _, layer = read_item(make_item("Nine were hurt. Sign up to our newsletter.\n\nRead more"))
    assert [block.furniture for block in layer.blocks] == [False, True]
    assert [sentence.furniture for sentence in layer.sentences] == [False, True, True]


def test_links_below_related_stories_are_furniture_until_prose_begins(make_item: Make) -> None:
    links = "## Related stories\n\n- Five killed in the north\n- Ten hurt"
    text = f"Nine died.\n\n{links}\n\nThe mayor spoke."
    found = marks(make_item, text)
    assert [words for words, mark in found.items() if mark] == [
        "Related stories",
        "Five killed in the north",
        "Ten hurt",
    ]


def test_a_long_paragraph_that_says_subscribe_is_no_furniture(make_item: Make) -> None:
    text = (
        "Three people were killed, "
        + "said the mayor, " * 20
        + "who asked to subscribe to our list."
    )
    assert not any(marks(make_item, text).values())


def test_an_unknown_key_in_the_lexicon_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(furniture, "load_yaml", lambda name: {"hole": ["x"]})
    furniture.load_furniture.cache_clear()
    try:
        with pytest.raises(LexiconError, match="hole"):
            furniture.load_furniture()
    finally:
        furniture.load_furniture.cache_clear()
