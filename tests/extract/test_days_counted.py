"""Days counted from others, and stretches of time, where a sentence itself says when: phrases by
themselves, and in short invented reports (reading rules 19 to 22)."""

from __future__ import annotations

from datetime import date

import pytest
from told import read_report

from harmledger.core.claim import Claim
from harmledger.extract import ClaimExtractor
from harmledger.extract.times import find_times

THURSDAY = date(2024, 5, 16)

PHRASES = [
    ("in the first ten months of 2023", "2023-01-01/2023-10-31"),
    ("in the first four months of the year", "2024-01-01/2024-04-30"),
    ("in the last three months of 2023", "2023-10-01/2023-12-31"),
    ("in the first quarter", "2024-01-01/2024-03-31"),
    ("in the third quarter of last year", "2023-07-01/2023-09-30"),
    ("in the first half of this year", "2024-01-01/2024-05-16"),
    ("in the first 100 days of the year", "2024-01-01/2024-04-09"),
    ("from 9 April to the present", "2024-04-09/2024-05-16"),
    ("from 9 April, when the truce ended, until now", "2024-04-09/2024-05-16"),
    ("2014 to 2020", "2014/2020"),
    ("in the week ending 21 April", "2024-04-15/2024-04-21"),
    ("in the week to Sunday", "2024-05-06/2024-05-12"),
    ("in the week of 15 April", "2024-04-15/2024-04-21"),
    ("on the weekend of 4 May", "2024-05-04/2024-05-05"),
    ("in the 12 months to March", "2023-04-01/2024-03-31"),
    ("the weekend before last", "2024-05-04/2024-05-05"),
    ("the night before last", "2024-05-14"),
    ("late last night", "2024-05-15"),
    ("yesterday and the day before", "2024-05-14/2024-05-15"),
    ("on Monday, Tuesday and Wednesday", "2024-05-13/2024-05-15"),
    ("on Monday and again on Wednesday", "2024-05-13/2024-05-15"),
    ("late on Saturday and early on Sunday", "2024-05-11/2024-05-12"),
    ("on the night of April 30-May 1", "2024-04-30/2024-05-01"),
    ("on the 3rd and 4th of May", "2024-05-03/2024-05-04"),
    ("between 8 a.m. on Monday and 8 a.m. on Tuesday", "2024-05-13/2024-05-14"),
    ("since 6 p.m. on Tuesday", "2024-05-14/2024-05-16"),
    ("since fighting resumed last week", "2024-05-06/2024-05-16"),
    ("since the shelling of the market on 3 May", "2024-05-03/2024-05-16"),
    ("between January and April 12 people", "2024-01/2024-04"),
    ("from late March to early April", "2024-03-15/2024-04-10"),
    ("in the spring of last year", "2023-21"),
    ("in the first week of this month", "2024-05-01/2024-05-07"),
    ("in the same period last year", "2023-01-01/2023-05-16"),
    ("throughout 2023", "2023"),
    ("around 04:30 on 14 May", "2024-05-14"),
    ("in a raid that began on Monday and ended on Wednesday", "2024-05-13/2024-05-15"),
    ("on the second day of a raid that began on Monday", "2024-05-14"),
    ("five days before the vote on 19 May", "2024-05-14"),
]


@pytest.mark.parametrize(("phrase", "edtf"), PHRASES, ids=[p[0] for p in PHRASES])
def test_stretches(phrase: str, edtf: str) -> None:
    text = f"Two men were killed {phrase}, he said."
    (hit,) = find_times(text, 0, len(text), THURSDAY)
    assert hit.when.edtf == edtf


def test_what_began_on_a_day_and_has_killed_goes_on() -> None:
    text = "The clashes, which began on Saturday, have killed 40 people."
    (hit,) = find_times(text, 0, len(text), THURSDAY)
    assert hit.when.edtf == "2024-05-11/2024-05-16"


FROM_A_DAY = [
    ("two days later", "2024-05-05"),
    ("a couple of days later", "2024-05-05"),
    ("three days before that", "2024-04-30"),
    ("a day afterwards", "2024-05-04"),
    ("the following Tuesday", "2024-05-07"),
    ("the Sunday before", "2024-04-28"),
    ("the following week", "2024-05-06/2024-05-12"),
    ("the weekend before", "2024-04-27/2024-04-28"),
    ("a month earlier", "2024-04"),
    ("a year earlier", "2023"),
    ("days later", None),
    ("later that evening", "2024-05-03"),
    ("earlier in the day", "2024-05-03"),
    ("two weeks later", None),  # that would be after the report
]


@pytest.mark.parametrize(("phrase", "edtf"), FROM_A_DAY, ids=[p[0] for p in FROM_A_DAY])
def test_counted_from_a_day_of_the_sentence(phrase: str, edtf: str | None) -> None:
    text = f"Shells fell on 3 May and {phrase}, he said."
    _, told = find_times(text, 0, len(text), date(2024, 5, 15))
    assert told.when.edtf == edtf


@pytest.mark.parametrize("text", ["the 14 March alliance", "on 17 July Street", "May 1 Square"])
def test_what_is_called_by_a_day_is_no_day(text: str) -> None:
    assert [
        hit for hit in find_times(text, 0, len(text), THURSDAY) if hit.when.precision == 1
    ] == []


def day(claim: Claim) -> str | None:
    return claim.occurred.edtf if claim.occurred is not None else None


BAR = "Gunmen killed four people in a bar in Kirkuk on 3 May."
REPORTS = [
    (f"{BAR} Some 40 minutes later they shot dead a taxi driver.", 1, "2024-05-03"),
    (f"{BAR} Early the next morning two boys were shot dead in Mosul.", 2, "2024-05-04"),
    (f"{BAR} The previous Tuesday two boys were shot dead in Mosul.", 2, "2024-04-30"),
    (f"{BAR} Three days before that, two boys were shot dead in Mosul.", 2, "2024-04-30"),
    (f"{BAR} The attack came two days after a bomb killed nine in Mosul.", 9, "2024-05-01"),
    (
        "The attack came a day after a bomb killed nine people in Mosul on 10 May.",
        9,
        "2024-05-10",
    ),
    (
        "On 12 May, two weeks after the ceasefire was signed, soldiers killed three villagers in "
        "Kirkuk.",
        3,
        "2024-05-12",
    ),
    (
        "The bombing on Monday, which came a day after a similar attack in Mosul that left 12 "
        "dead, killed five people in Kirkuk.",
        5,
        "2024-05-13",
    ),
    (
        "The shelling of Kirkuk on Tuesday killed two people, a day after a strike on a bus there "
        "killed nine.",
        9,
        "2024-05-13",
    ),
    (
        "The ceasefire came into force on Saturday. Three days later two men were killed in "
        "Kirkuk.",
        2,
        "2024-05-14",
    ),
    (
        "On Monday evening the violence reached Kirkuk, where gunmen ambushed a bus, killing five "
        "passengers.",
        5,
        "2024-05-13",
    ),
    (
        "Two soldiers were killed in Kirkuk on Tuesday, while in Mosul a policeman died of wounds "
        "he had received the day before.",
        1,
        "2024-05-13",
    ),
    (
        "In Monday's raid on Kirkuk two men were killed, bringing to 14 the number of dead since "
        "Friday.",
        14,
        "2024-05-10/2024-05-15",
    ),
    (
        "Some 40 people have been killed in Kirkuk this year, compared with 30 in the whole of "
        "2023.",
        30,
        "2023",
    ),
    (
        "The attack on Tuesday, the third on the town this month, killed two people in Kirkuk.",
        2,
        "2024-05-14",
    ),
    (
        "The mayor said on Tuesday that two people had been killed in Kirkuk overnight.",
        2,
        "2024-05-13/2024-05-14",
    ),
    (
        "As of 14 May, 350 people had been killed in Kirkuk since 7 October, the ministry said.",
        350,
        "2023-10-07/2024-05-15",
    ),
    (
        "Last weekend 13 people were killed in Kirkuk, the monitor said on Monday. The previous "
        "weekend it had counted nine dead.",
        9,
        "2024-05-04/2024-05-05",
    ),
    ("Gunmen killed three people in Kirkuk ahead of Sunday's vote.", 3, None),
    ("Three brothers, who had returned from exile in March, were shot dead in Kirkuk.", 3, None),
    (
        "On Monday, the bulletin said, aircraft had struck a camp in Kirkuk the day before and "
        "killed nine people.",
        9,
        "2024-05-12",
    ),
]


@pytest.mark.parametrize(
    ("body", "low", "wanted"), REPORTS, ids=[f"{r[0][:30]} {r[0][-30:]}" for r in REPORTS]
)
def test_the_day_of_the_killing(
    extractor: ClaimExtractor, body: str, low: int, wanted: str | None
) -> None:
    killed = [c for c in read_report(extractor, body).claims if c.harm == "killed"]
    assert [day(c) for c in killed if c.quantity.low == low] == [wanted]


def test_the_plant_was_hit_on_the_day_since_which_there_is_no_water(
    extractor: ClaimExtractor,
) -> None:
    body = "Kirkuk has been without power since a drone struck the substation on Sunday."
    (struck,) = read_report(extractor, body).of("object_struck")
    assert day(struck) == "2024-05-12"
