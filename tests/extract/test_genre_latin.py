"""Set phrases of reports from Latin America and of institutions: confinement, massacres counted by
observatories, court rulings, casualty figures in brackets."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.extract import ClaimExtractor

FIGURES = [
    ("Car bomb kills two, injures 14 in Palmira", [("killed", 2), ("injured", 14)]),
    ("Some 900 people are confined by clashes in the Alto Baudó.", [("trapped", 900)]),
    ("Soldiers came. Forty men were confined in a school in Bor.", [("detained", 40)]),
    ("Some 20 houses were affected by the explosion in Cali.", [("object_struck", 20)]),
    ("Observers recorded 31 civilian deaths in Kassala in May.", [("killed", 31)]),
    ("Landmine accident in Tame: a boy was killed on Sunday.", [("killed", 1)]),
    ("Twelve girls were among those killed or wounded by gunfire in Bor.",
     [("killed_or_injured", 12)]),
    ("The mission recorded 90 civilian casualties (30 deaths and 60 injuries) in Bor.",
     [("killed_or_injured", 90), ("killed", 30), ("injured", 60)]),
    ("Mines caused 90 civilian casualties (30 deaths and 60 injured), of whom 70 were children.",
     [("killed_or_injured", 90), ("killed", 30), ("injured", 60), ("killed_or_injured", 70)]),
    ("Two brothers, among them a minor, were shot dead in Tame, the mayor, Ana Roa, said.",
     [("killed", 2), ("killed", 1)]),
    ("Observers counted 14 massacres and 60 deaths in Arauca in 2023.", [("killed", 60)]),
    ("Court convicts four ex-soldiers in Rabinal massacre", []),
    ("A judge jailed him for his part in the 1982 massacre of 47 people in Rabinal.",
     [("detained", 1), ("killed", 47)]),
    ("A mass grave was found in Bor. The remains belong to nine people.",
     [("mass_burial", 1), ("mass_burial", 9)]),
    ("The bodies of three men were found hanging from a bridge in Fresnillo.", [("killed", 3)]),
    ("The UN verified the killing and maiming of 61 children in Mali by gunmen.",
     [("killed_or_injured", 61)]),
    ("An air strike on the family home of a baker in Gaza City killed nine.",
     [("object_struck", 1), ("killed", 9)]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "wanted"), FIGURES, ids=[body for body, _ in FIGURES])
def test_figures(extractor: ClaimExtractor, body: str, wanted: list[tuple[str, int]]) -> None:
    claims = read_report(extractor, body).claims
    assert sorted((c.harm, c.quantity.low) for c in claims) == sorted(wanted)


VOICES = [
    ("The Ombudsman's Office said four people were shot dead in Tame.", "Ombudsman's Office"),
    ("The NGO Fundalibre said four people were shot dead in Tame.", "NGO Fundalibre"),
    ("The mission condemned the murder of two nurses in Tame.", "mission"),
    ("The UN Verification Mission said four people were shot dead in Tame.",
     "UN Verification Mission in Colombia"),
    ("At least four people were shot dead in Tame, according to the Secretary-General's report.",
     "secretary-general"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "name"), VOICES, ids=[body for body, _ in VOICES])
def test_voices(extractor: ClaimExtractor, body: str, name: str) -> None:
    (claim,) = read_report(extractor, body).claims
    assert (claim.voice[0].name or claim.voice[0].role) == name


def test_age_of_one_is_not_that_of_all(extractor: ClaimExtractor) -> None:
    body = "A shell killed three civilians in Bor, including a five-year-old girl."
    whole = read_report(extractor, body).claims[0]
    assert (whole.quantity.low, whole.victims.age) == (3, None)


DAYS = [
    "The UN on Tuesday condemned an attack in Kassala in which four people were shot dead.",
    "A court on Tuesday convicted three officers of killing six villagers in Bor.",
]


@pytest.mark.parametrize("body", DAYS)
def test_day_of_what_is_said_of_it(extractor: ClaimExtractor, body: str) -> None:
    assert [c.occurred for c in read_report(extractor, body).claims] == [None]


def test_threatened_and_displaced_is_told_as_done(extractor: ClaimExtractor) -> None:
    body = "A baker was threatened and displaced with her two sons from Tame by armed men."
    assert read_report(extractor, body).claims[0].modality == "stated"


def test_those_told_are_not_those_taken(extractor: ClaimExtractor) -> None:
    body = "Gunmen came. Relatives told reporters soldiers had taken three of them from La Vega."
    assert read_report(extractor, body).claims[0].victims.roles == ()


def test_an_armed_group_is_no_place(extractor: ClaimExtractor) -> None:
    body = "The army said it had shot three Hamas operatives."
    assert read_report(extractor, body).claims[0].place is None


EXTENTS = [
    ("Five people were shot dead and another three were injured in Apure.", "whole"),
    ("Five people were shot dead and another three were killed later in Apure.", "some"),
]


@pytest.mark.parametrize(("body", "extent"), EXTENTS, ids=[body for body, _ in EXTENTS])
def test_another_of_the_same_harm(extractor: ClaimExtractor, body: str, extent: str) -> None:
    assert read_report(extractor, body).claims[0].quantity.extent == extent
