"""What is no harm of a conflict, and what is nobody's word taken back (contract §6, rule 16)."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.extract import ClaimExtractor

MISHAPS = [
    "Two days after the raid a landslide swept over the road and killed six workers near Bria.",
    "An earthquake destroyed 40 houses and killed 12 people in Idlib a day after the shelling.",
    "Shells hit Idlib all day. Four pilgrims were killed when a jeep fell into a gorge.",
    "Shells hit Idlib all day. A roof that gave way in the rain killed three people in the town.",
    "Shells hit Idlib all day. Not counted: 12 deaths on the roads, and fighters of any side.",
    "Shells hit Idlib all day. In unrelated news, a depot burned and eight motorists were killed.",
    "Shells hit Idlib all day. Heatstroke, by contrast, has claimed 31 lives in the town.",
]
STRUCK = [
    "The shelling of Idlib set off a landslide that killed three people.",
]


@pytest.mark.parametrize("body", MISHAPS)
def test_what_a_disaster_does_is_out_of_scope_beside_an_attack(
    extractor: ClaimExtractor, body: str
) -> None:
    read = read_report(extractor, body)
    assert not read.of("killed"), read.summary()
    assert "out_of_scope" in read.reasons()


@pytest.mark.parametrize("body", STRUCK)
def test_what_an_attack_brings_about_is_in(extractor: ClaimExtractor, body: str) -> None:
    assert read_report(extractor, body).one("killed").quantity.low == 3


def test_troops_that_withdraw_take_no_figure_back(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "Before they withdrew, the gunmen burned 31 houses in Bria, the mayor said."
    )
    assert read.one("object_struck").quantity.low == 31, read.summary()


def test_a_ministry_that_withdraws_its_figure_does(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "The army withdrew its figure of 40 dead in the shelling of Bria."
    )
    assert read.one("killed", stance="retracts").quantity.low == 40, read.summary()


def test_one_person_told_again_with_who_it_was_is_kept(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "One person was killed by a grenade in Cali. The fatality was an unidentified woman. "
        "The dead were buried on Sunday.",
    )
    assert [c.span.quote for c in read.of("killed")] == ["One person was killed", "The fatality"]
