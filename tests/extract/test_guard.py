"""Every number beside a harm word is used, read as something else, or listed, and listed once."""

from __future__ import annotations

import pytest
from told import Read, read_report

from harmledger.extract import ClaimExtractor


def states(read: Read) -> dict[str, str]:
    """What became of each number, by its words: used, unresolved, or what it was read as."""
    return {n.as_written: n.read_as or n.state for n in read.found.numbers}


@pytest.mark.parametrize(
    ("body", "written", "state"),
    [
        (
            "Soldiers shelled Gao on Monday and killed 31 people, most of them porters.",
            "most",
            "percent",
        ),
        (
            "Five people were killed by gunmen in Beni, two sources said on Monday.",
            "two",
            "name",
        ),
        (
            "Gunmen shot dead a cook, his two sons and a guest in Goma, none of them armed.",
            "none",
            "used",
        ),
        (
            "The militia turned back our two lorries of flour at a checkpoint near Taiz, "
            "the agency said.",
            "two",
            "used",
        ),
        (
            "Gunmen killed nine people in the other two.",
            "two",
            "denominator",
        ),
    ],
)
def test_a_number_that_is_told_otherwise_is_no_open_question(
    extractor: ClaimExtractor, body: str, written: str, state: str
) -> None:
    read = read_report(extractor, body)
    assert states(read)[written] == state, read.summary()


def test_one_line_for_a_harm_word_and_its_number(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, 'FALSE: "massacre with 30 dead in Jos".')
    places = [line.span.start for line in read.found.unresolved if line.span is not None]
    assert len(places) <= 1, read.summary()
    assert "30" in states(read)


def test_a_body_with_a_place_in_its_name_is_no_open_place(extractor: ClaimExtractor) -> None:
    body = "Fighters of the Blue Ridge Brigade shot dead three farmers, the Ring said on Monday."
    read = read_report(extractor, body)
    assert "place_unknown" not in read.reasons(), read.summary()
