"""Whole or some (reading rule 15): which figures are floors, beside a report that keeps a toll."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.extract import ClaimExtractor

TOLL = "Shells killed nine people and wounded 30 in Homs on Monday. "

EXTENTS = [
    # one whose story a report with a toll tells
    ("The baker's nephew was hit in the leg.", "injured", 1, "some"),
    # no toll is kept of those who fled or were seized
    ("Another 300 people fled the town.", "displaced", 300, "whole"),
    ("Gunmen abducted two teachers.", "abducted", 2, "whole"),
    # the toll itself
    ("", "injured", 30, "whole"),
]


@pytest.mark.parametrize(("told", "harm", "low", "extent"), EXTENTS)
def test_extent_beside_a_toll(
    extractor: ClaimExtractor, told: str, harm: str, low: int, extent: str
) -> None:
    read = read_report(extractor, TOLL + told)
    (claim,) = (c for c in read.claims if c.harm == harm and c.quantity.low == low)
    assert claim.quantity.extent == extent, read.summary()


def test_the_only_one_hurt_is_the_whole(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, "A baker was wounded by a mortar shell in Homs on Monday.")
    assert read.one("injured").quantity.extent == "whole", read.summary()
