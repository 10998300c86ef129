"""Ways of saying a harm: exactly the claims a sentence makes, and none where it makes none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from told import read_report

from harmledger.extract import ClaimExtractor

WAR = "Talks between the army and the rebels over the war in the region resume next month.\n\n"


def load_ways(name: str) -> list[dict[str, Any]]:
    told = yaml.safe_load((Path(__file__).parent / name).read_text(encoding="utf-8"))
    return [case for cases in told.values() for case in cases]


CASES = [
    case
    for name in (
        "ways.yaml",
        "mechanisms.yaml",
        "objects.yaml",
        "deprived.yaml",
        "answers.yaml",
        "tellings.yaml",
    )
    for case in load_ways(name)
]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_exactly_what_is_said(extractor: ClaimExtractor, case: dict[str, Any]) -> None:
    read = read_report(extractor, WAR + case["text"])
    told = []
    for claim in read.claims:
        harm = claim.harm if claim.stance == "asserts" else f"{claim.harm}/{claim.stance}"
        low, high = ("-" if n is None else n for n in (claim.quantity.low, claim.quantity.high))
        told.append(f"{harm} {low} {high}")
    assert sorted(told) == sorted(case["says"]), read.summary()
    assert not (case.get("quiet") and read.found.unresolved), read.summary()


NO_HARM_OF_WAR = [
    "The road is closed for repairs until June.",
    "The company has been hit by falling sales and lost 300 jobs.",
    "The book sold 3,000 copies and left critics cold.",
    "Rescuers searched for a boy swept away by the river.",
    "The ship ran aground and 12 crew were evacuated.",
    "The bridge was damaged by a lorry.",
    "The earthquake left 300 people trapped under rubble.",
    "A fire destroyed 40 houses in the wildfire season.",
    "Five people were killed in a bus crash on the highway near Lahore.",
    "The internet was down for an hour because of a cable fault.",
    "There is no water on the moon.",
    "Snow blocked the road to the village.",
    "Arsenal were killed off by two late goals in the second half of the match.",
    "The striker shot wide before the goalkeeper was hurt in a collision.",
    "The minister took two questions.",
    "The factory ran out of parts.",
    "The company lost 20 million dollars.",
    "The pipeline burst and gas supplies were cut.",
]


@pytest.mark.parametrize("body", NO_HARM_OF_WAR)
def test_accidents_sport_and_politics_are_none(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, body)
    assert not read.claims, read.summary()


NO_HARM_IN_WAR = [
    "Thousands protested against the war.",
    "Army helicopters flew over the town.",
    "The war has cost him his job.",
    "He had no power to stop the army.",
    "Casualty figures were not available.",
    "It is unclear whether anyone was hurt.",
    "The cemetery has 400 graves from the last century.",
    "Hundreds attended the funeral.",
    "The rebels took the town.",
    "Sirens sounded for two hours.",
    "The army fired 200 shells at rebel positions.",
    "The war destroyed his hopes.",
    "The hospital serves 40,000 people.",
    "The army said it had shot down four drones.",
    "The convoy arrived safely.",
    "The army recaptured three towns.",
    "The hospital needs oxygen.",
    "Five children were rescued from the rubble.",
    "The school has 300 pupils.",
    "The missile fell in a field.",
    "The victims' families are asking for justice.",
    "How many died is not known.",
    "Seventeen hostages were freed.",
    "The economy has been hit by the war.",
    "Refugees queued at the office.",
    "He was sentenced to death.",
    "Troops entered the city at dawn.",
    "The troops left the town.",
    "The governing body met.",
    "Journalists were not allowed into the hearing.",
    "The hospital has enough oxygen.",
    "The prisoners were released.",
    "The attack was the third in a week.",
    "The ceasefire is holding.",
]


@pytest.mark.parametrize("body", NO_HARM_IN_WAR)
def test_what_happens_in_a_war_and_harms_nobody(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, WAR + body)
    assert not read.claims, read.summary()
