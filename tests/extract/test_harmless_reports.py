"""Reports without harm by force claim nothing; what they say in numbers is listed (contract §6)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pytest
from told import read_report

from harmledger.core.claim import Harm
from harmledger.extract import ClaimExtractor
from harmledger.extract.claims.harmless import HARMLESS
from harmledger.extract.language import Parser, find_parser
from harmledger.extract.language.tree import Mark, Tree
from harmledger.lexicon.gazetteer import Gazetteer

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
    "Men on motorcycles rode into the village at dawn on Monday. They shot dead four herders "
    "beside the well. A boy was carried off at knifepoint. Two women were hurt when their hut was "
    "burnt. The others fled to the river. Nobody has come to bury the dead."
)
TABLE = "\n\n| Place | Killed |\n|:--|--:|\n| Bria | 4 |\n"


class Doubting:
    """A parser whose head takes nobody for harmed."""

    note = ""

    def __init__(self, parser: Parser) -> None:
        self._parser = parser
        self.version = parser.version

    def parse(self, sentences: Sequence[tuple[str, int]]) -> list[Tree]:
        return self._parser.parse(sentences)

    def find_marks(
        self,
        tree: Tree,
        words: Sequence[int],
        here: Collection[Harm],
        before: Collection[Harm],
    ) -> tuple[Mark, ...]:
        return ()


@pytest.fixture(scope="module")
def doubting(gazetteer: Gazetteer) -> ClaimExtractor:
    return ClaimExtractor(gazetteer, parser=Doubting(find_parser()))


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


def test_a_head_that_finds_nobody_leaves_such_a_report_out(doubting: ClaimExtractor) -> None:
    """What the guards below keep would be left out without them."""
    read = read_report(doubting, VIOLENT)
    assert read.claims == (), read.summary()


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(". ".join(VIOLENT.split(". ")[:3]) + ".", id="too short to tell"),
        pytest.param(VIOLENT + " Gunmen were seen on the hill.", id="a plain word of arms"),
        pytest.param(VIOLENT + TABLE, id="a table"),
        pytest.param(
            VIOLENT + " A bomb, a grenade, a mortar and two bullets were found.",
            id="many words of arms",
        ),
    ],
)
def test_no_report_is_left_out_by_the_head_alone(doubting: ClaimExtractor, body: str) -> None:
    read = read_report(doubting, body)
    assert any(claim.harm == "killed" for claim in read.claims), read.summary()
