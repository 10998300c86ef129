"""Questions, titles and words of harm that are meant otherwise: no claim."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.extract import ClaimExtractor

SHELLED = "The army shelled Sake, displacing 400 people.\n"
SILENT = [
    "Was the school hit?",
    "“Were any children hurt?” he asked.",
    "PRESENTER: And the power cut?",
    "PRESENTER: Have 12 people been killed?",
    "4.3 Forced displacement.",
    "Call the toll-free line 193.",
    "Gunmen fell upon the mission.",
    "A landslide that killed three road workers held up ambulances.",
    "Troops destroyed two gun trucks.",
    "Kits for 3,000 families are awaiting transport.",
]


@pytest.mark.parametrize("line", SILENT)
def test_nothing_is_told_there(extractor: ClaimExtractor, line: str) -> None:
    alone = [(c.harm, c.quantity.low) for c in read_report(extractor, SHELLED).claims]
    told = [(c.harm, c.quantity.low) for c in read_report(extractor, SHELLED + line).claims]
    assert told == alone


def test_why_takes_it_for_known(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, SHELLED + "Why were nine people killed?")
    assert read.one("killed").quantity.low == 9


def test_what_is_only_asked_is_listed(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, SHELLED + "Have 12 people been killed?")
    assert any("asks" in line.note for line in read.found.unresolved)


def test_nobody_hit_is_no_way_shut(extractor: ClaimExtractor) -> None:
    claims = read_report(extractor, SHELLED + "The mission said no aid worker was hit.").claims
    assert [(c.harm, c.quantity.high) for c in claims if c.quantity.high == 0] == [("injured", 0)]
    assert all(c.harm != "access_denied" for c in claims)
