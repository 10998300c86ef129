"""Places and days that a sentence names for something else than the harm it tells, and those that
it gives to the harm however it is built (rules 18, 21, 26).

The default day of publication is Wednesday, 15 May 2024.
"""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.core.claim import Claim
from harmledger.extract import ClaimExtractor


def town(claim: Claim) -> str | None:
    return claim.place.name if claim.place is not None else None


def day(claim: Claim) -> str | None:
    return claim.occurred.edtf if claim.occurred is not None else None


PLACES = [
    ("Artillery fire from a base in Mandalay killed three people in Monywa.", "Monywa"),
    ("A missile launched from a ship off Sevastopol killed four people in Odesa.", "Odesa"),
    ("Two sisters who had come from Misrata were killed at a checkpoint in Sirte.", "Sirte"),
    ("The judge's house in Tyre was shelled and burned; she was in Paris.", "Tyre"),
    ("KABUL - A bomb hit a bus, killing five, days after an attack in Kunduz.", "Kabul"),
    ("Five were killed in Kharkiv's Saltivka district when a glide bomb fell.", "Kharkiv"),
    ("A grenade thrown in Uvira, on the shore of Lake Tanganyika, killed four people.", "Uvira"),
    ("Gunmen killed nine people in the Faskari area of Katsina State.", "Faskari"),
    (
        "MANAGUA, 18 March -- Troops clashed with rebels in the province of Jinotega, killing 12.",
        "Jinotega",
    ),
]


@pytest.mark.parametrize(("body", "wanted"), PLACES)
def test_the_place_of_the_harm(extractor: ClaimExtractor, body: str, wanted: str) -> None:
    read = read_report(extractor, body)
    claims = read.of("killed") + read.of("object_struck")
    assert claims, read.summary()
    assert {town(c) for c in claims} == {wanted}, read.summary()


DAYS = [
    ("On 10 May the group is said to have killed six herders near Gao.", "2024-05-10"),
    ("In 2022 our teams counted nine people killed by mines in Taiz.", "2022"),
    ("On Saturday a bomb in Quetta killed 11 people, hours after a bank had closed.", "2024-05-11"),
    ("A 24-year-old porter fighting in vain for his life was killed on Saturday.", "2024-05-11"),
    ("On Saturday, the Rangers said in a statement, the Guard had killed four men.", "2024-05-11"),
    ("A bus was hit in the ambush in May 2022, in which eight people were killed.", "2022-05"),
    ("She put the number of people killed in Marseille this year at 21.", "2024-01-01/2024-05-15"),
    ("Last week's bulletin gave four killed in Gao on 3 May.", "2024-05-03"),
]


@pytest.mark.parametrize(("body", "wanted"), DAYS)
def test_the_day_of_the_harm(extractor: ClaimExtractor, body: str, wanted: str) -> None:
    context = "Shelling goes on. "
    read = read_report(extractor, context + body)
    assert {day(c) for c in read.of("killed")} == {wanted}, read.summary()


def test_a_conflict_of_five_years_still_lasts(extractor: ClaimExtractor) -> None:
    body = "The five-year-old conflict has killed 300 people in Gao."
    assert day(read_report(extractor, body).one("killed")) == "2019-05-16/2024-05-15"


def test_what_is_counted_over_a_month_is_a_total(extractor: ClaimExtractor) -> None:
    body = "In March we counted 12 civilians killed by shelling in Taiz."
    claim = read_report(extractor, body).one("killed")
    assert (day(claim), claim.quantity.scope) == ("2024-03", "period_total")


NO_VICTIMS = [
    ("A reader was murdered on Monday in Uruapan. She was born in Taxco, the fourth of six.", 1),
    ("Six women were killed in Bara on Monday. We have spoken to four of the women.", 6),
    ("Shells fell on Monday. Two people died, one of the doctors told us.", 2),
    ("Lucia Ruiz, who was murdered on Monday in Uruapan, was 38 and had read the news.", 1),
]


@pytest.mark.parametrize(("body", "killed"), NO_VICTIMS)
def test_ages_siblings_and_speakers_are_not_counted(
    extractor: ClaimExtractor, body: str, killed: int
) -> None:
    read = read_report(extractor, body)
    found = {c.quantity.low for c in read.of("killed") + read.of("killed", part=True)}
    assert found == {killed}, read.summary()


def test_who_unloads_a_lorry_is_not_turned_back(extractor: ClaimExtractor) -> None:
    body = "Mortar bombs that landed among traders unloading a lorry in Bukavu killed 17 people."
    assert not read_report(extractor, body).of("access_denied")


@pytest.mark.parametrize(
    "body",
    [
        "An air strike on a school sheltering displaced families killed at least 22 people.",
        "A drone strike on a clinic treating children killed four people.",
    ],
)
def test_what_a_strike_fell_on_is_struck(extractor: ClaimExtractor, body: str) -> None:
    assert len(read_report(extractor, body).of("object_struck")) == 1
