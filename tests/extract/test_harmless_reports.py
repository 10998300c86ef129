"""Reports without harm by force claim nothing; what they say in numbers is listed (contract §6)."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.extract import ClaimExtractor
from harmledger.extract.claims.harmless import HARMLESS

HARMLESS_REPORTS = {
    "a strike day": (
        "Two drivers were taken off the line with chest pains. Passengers were held at the gates, "
        "and eleven were trapped in a lift. An egg struck a junior minister. The union lost 40 "
        "members over it. Nobody is missing, said a spokesman, but the truth has been murdered."
    ),
    "a lottery": (
        "The town drew lots for 120 new flats. Seven winners had since died and two could not be "
        "found. Three were thrown out for cheating. The mayor was beaten to the stage by a girl of "
        "nine. Four losers stormed off. A clerk lost his voice reading the names."
    ),
}
VIOLENT = (
    "Gunmen rode into the village at dawn on Monday. They shot dead four herders beside the well. "
    "A boy was carried off on a motorcycle. Two women were hurt when their hut was burnt. "
    "The others fled to the river. Nobody has come to bury the dead."
)


@pytest.mark.parametrize("about", sorted(HARMLESS_REPORTS))
def test_nothing_is_claimed_of(extractor: ClaimExtractor, about: str) -> None:
    read = read_report(extractor, HARMLESS_REPORTS[about])
    assert read.claims == (), read.summary()


def test_what_is_left_out_is_listed_with_the_reason(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, HARMLESS_REPORTS["a strike day"])
    assert any(HARMLESS in line.note for line in read.found.unresolved), read.summary()


def test_an_attack_told_in_few_words_of_arms_stays(extractor: ClaimExtractor) -> None:
    harms = {claim.harm for claim in read_report(extractor, VIOLENT).claims}
    assert {"killed", "abducted", "injured"} <= harms


def test_a_short_item_says_too_little_to_be_left_out(extractor: ClaimExtractor) -> None:
    """One sentence of the match alone keeps its claim: nothing around it says that it is a game."""
    assert read_report(extractor, "Gunmen killed two people in Bria on Monday.").claims
