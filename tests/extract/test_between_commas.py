"""Who says it, where a name, an apposition or a clause stands between commas (rules 2, 23)."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.core.claim import Claim
from harmledger.extract import ClaimExtractor


def speaker(claim: Claim) -> str | None:
    voice = claim.voice[0] if claim.voice else None
    return None if voice is None else voice.name or voice.role


SPEAKERS = [
    ("Six more people were killed, said the town's health secretary, Nubia Pardo.", "Nubia Pardo"),
    ("According to the district medical officer, Abdi Isse, 34 children were killed.", "Abdi Isse"),
    ("Four people were killed, says the director, Dr. Salem Gharib.", "Salem Gharib"),
    ("Nine people were killed, a ministry spokesman, Yusuf Dahir, told Tern.", "Yusuf Dahir"),
    ("Two people were killed, one of the doctors told us.", "doctors"),
    ("Two people were killed, a nurse treating the wounded said.", "nurse"),
    ("Three people were killed, as confirmed by the municipal police.", "municipal police"),
    ("More than 250 people have been killed since May, according to official figures.", None),
    ("Two people were killed, said a tailor who got away through a window.", "tailor"),
    (
        "According to an inquiry whose findings were published, 250 men were killed.",
        "inquiry",
    ),
    (
        "Of the version spread by the portal Selva Alta, according to which eleven farmers were "
        "killed, the army says nothing.",
        "portal Selva Alta",
    ),
    (
        "Rocket fire killed eight people on Tuesday, the Orontes Observatory, a monitor with "
        "many sources, reported Wednesday.",
        "Orontes Observatory",
    ),
]


@pytest.mark.parametrize(("body", "wanted"), SPEAKERS)
def test_the_speaker(extractor: ClaimExtractor, body: str, wanted: str | None) -> None:
    read = read_report(extractor, "Shells fell on the town. " + body)
    found = {speaker(c) for c in read.of("killed")}
    assert found == {wanted if wanted is not None else "official figures"}, read.summary()


UNAWARE = [
    "Police said they are not aware of any abduction in Jos.",
    "Police have told us they are not aware of any abduction in Jos.",
    "The mission said it was not in a position to confirm the killing of six people.",
    "The army said it cannot confirm how many have been killed in Jos.",
]


@pytest.mark.parametrize("body", UNAWARE)
def test_who_is_not_aware_is_heard(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, "Shells fell on the town. " + body)
    claims = [c for c in read.claims if c.stance == "cannot_confirm"]
    assert claims, read.summary()
    assert all(c.voice for c in claims), read.summary()


@pytest.mark.parametrize(
    "body",
    [
        "Nineteen people were killed, the health office says, after rockets hit a bus station.",
        "The search goes on, the police said, because ten people are still missing.",
    ],
)
def test_what_came_first_is_said_too(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, "Shells fell on the town. " + body)
    told = [c for c in read.claims if "fell on" not in c.span.sentence]
    assert told, read.summary()
    assert all(c.voice for c in told), read.summary()


ACCUSED = [
    ("Suspicion fell on the Harrat faction, whose fighters abducted 23 men.", "Harrat faction"),
    ("Violence by armed groups has killed more than 600 people in Borno.", "armed groups"),
    ("At least 45 abducted pupils are in the hands of the gang.", "gang"),
]


@pytest.mark.parametrize(("body", "wanted"), ACCUSED)
def test_the_party_that_did_it(extractor: ClaimExtractor, body: str, wanted: str) -> None:
    read = read_report(extractor, "Shells fell on the town. " + body)
    told = [c for c in read.claims if c.harm in {"killed", "abducted"}]
    assert told, read.summary()
    named = {c.alleged_perpetrator.name for c in told if c.alleged_perpetrator is not None}
    assert named, read.summary()
    assert all(wanted in name for name in named), read.summary()
