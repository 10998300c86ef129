"""The day of each claim: time expressions by themselves, and in short invented reports of 16 May
2024, a Thursday (reading rules 19 to 22)."""

from __future__ import annotations

from datetime import date
from itertools import groupby

import pytest
from told import read_report

from harmledger.extract import ClaimExtractor
from harmledger.extract.times import find_times

THURSDAY = date(2024, 5, 16)

PHRASES = [
    ("two Fridays ago", "2024-05-03"),
    ("a week ago on Sunday", "2024-05-05"),
    ("two weeks ago on Friday", "2024-04-26"),
    ("a week last Tuesday", "2024-05-07"),
    ("last week, on Tuesday", "2024-05-07"),
    ("in the year to date", "2024-01-01/2024-05-16"),
    ("so far in 2024", "2024-01-01/2024-05-16"),
    ("in May so far", "2024-05-01/2024-05-16"),
    ("on the 21st day of August 1992", "1992-08-21"),
    ("on Wed", "2024-05-15"),
    ("on the night of the 9th", "2024-05-09"),
    ("between the 9th and the 12th", "2024-05-09/2024-05-12"),
    ("from the 9th to the 12th of last month", "2024-04-09/2024-04-12"),
    ("between Christmas and New Year", "2023-12-25/2024-01-01"),
    ("between 2008 and 2012", "2008/2012"),
    ("in a weekend", "2024-05-11/2024-05-12"),
    ("in the last week of the month", "2024-04-24/2024-04-30"),
    ("in the first five days of this month", "2024-05-01/2024-05-05"),
    ("since the end of April", "2024-04-30/2024-05-16"),
    ("since the year began", "2024-01-01/2024-05-16"),
    ("in the two weeks since the raid", "2024-05-02/2024-05-16"),
    ("on Monday night and the early hours of Tuesday", "2024-05-13/2024-05-14"),
    ("on the night of Tuesday, 30 April, to Wednesday, 1 May", "2024-04-30/2024-05-01"),
]


@pytest.mark.parametrize(("phrase", "edtf"), PHRASES, ids=[p[0] for p in PHRASES])
def test_what_a_phrase_means(phrase: str, edtf: str) -> None:
    text = f"Two men were killed {phrase}, he said."
    (hit,) = find_times(text, 0, len(text), THURSDAY)
    assert hit.when.edtf == edtf


SENTENCES = [
    ("2,000 children could die by March.", "2024-05-16/2025-03-31"),
    ("Stocks will run out by mid-December.", "2024-05-16/2024-12-20"),
    ("40 children had died by the end of April.", "../2024-04-30"),
    ("Nine days now without a drop of water.", "2024-05-08/2024-05-16"),
    ("No flour has reached the town in nine days.", "2024-05-08/2024-05-16"),
    ("For three weeks the army has let nothing through.", "2024-04-26/2024-05-16"),
    ("It is a week since gunmen shot nine.", "2024-05-09"),
    ("In 2012 Zacatecas recorded 1,900 murders.", "2012"),
    ("Between 2008 and 2012 Zacatecas recorded 1,900 murders.", "2008/2012"),
]


@pytest.mark.parametrize(("text", "edtf"), SENTENCES, ids=[s[0] for s in SENTENCES])
def test_what_a_sentence_makes_of_a_phrase(text: str, edtf: str) -> None:
    (hit,) = find_times(text, 0, len(text), THURSDAY)
    assert hit.when.edtf == edtf


NO_TIMES = [
    "For three weeks the army let nothing through.",
    "It was the first attack in nine days.",
    "It stands between the 9th and 12th floors.",
    "The Sun and the sea were calm.",
    "They need dialysis twice a week now.",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_says_no_day(text: str) -> None:
    assert [h for h in find_times(text, 0, len(text), THURSDAY) if h.when.edtf] == []


RAID = "Gunmen raided Bama on 3 May, killing nine people."
REPORTS: list[tuple[str, list[str | None]]] = [
    (
        "Shelling the previous evening had killed two children in Kherson, he said on Wednesday.",
        ["2024-05-14"],
    ),
    ("The night before, a mortar bomb had hit a clinic in Kutum.", ["2024-05-15"]),
    (
        "On Tuesday, the Rangers said, soldiers had abducted four shepherds near Ghulam Khan.",
        ["2024-05-14"],
    ),
    (
        "On Tuesday, the mayor said that soldiers had abducted four shepherds near Ghulam Khan.",
        [None],
    ),
    (
        "The governor announced on Tuesday that gunmen had killed nine people in Bama two days"
        " before.",
        ["2024-05-12"],
    ),
    ("In Hays we counted nineteen wounded on Friday, says Dr Rania Haddad.", ["2024-05-10"]),
    (
        "Between January and April 2024, landmines claimed 203 casualties in Hodeidah.",
        ["2024-01/2024-04"],
    ),
    (
        "At least 52 civilians had been killed in Kenscoff this year as of Tuesday.",
        ["2024-01-01/2024-05-14"],
    ),
    (
        "The unrest, which began on 1 March, left 88 killed up to the end of April in Imphal.",
        ["2024-03-01/2024-04-30"],
    ),
    (
        "Last week 19 people were killed by gangs in Enga, against 26 in the seven days before.",
        ["2024-05-06/2024-05-12", "2024-04-29/2024-05-05"],
    ),
    (
        "Two days after gunmen shot dead nine traders in Zurmi, shops remain shut.",
        ["2024-05-14"],
    ),
    (
        f"{RAID} In the week that followed, 40 men were abducted.",
        ["2024-05-03", "2024-05-04/2024-05-10"],
    ),
    (
        f"{RAID} Over the following nine days, 40 men were abducted.",
        ["2024-05-03", "2024-05-04/2024-05-12"],
    ),
    (
        f"{RAID} Some 6,000 people have fled since the attack.",
        ["2024-05-03", "2024-05-03/2024-05-16"],
    ),
    (
        f"{RAID} Since that night some 6,000 people have had no water.",
        ["2024-05-03", "2024-05-03/2024-05-16"],
    ),
    (
        f"{RAID} A day after the raid, soldiers shot two herders.",
        ["2024-05-03", "2024-05-04"],
    ),
    (
        "A raid on Bama on Sunday left five dead. It came a day after soldiers shot two herders.",
        ["2024-05-12", "2024-05-11"],
    ),
    (
        "Gunmen killed nine people in Bama on 3 May 2023. That year 40 men were abducted in Bama.",
        ["2023-05-03", "2023"],
    ),
    (
        "Shells killed four people in Hays, police said on Monday. The attack occurred on Sunday.",
        ["2024-05-12"],
    ),
    (
        "This bulletin covers 6 to 12 May 2024.\n\nArmed groups killed 12 people in Enga.",
        ["2024-05-06/2024-05-12"],
    ),
    (
        "This bulletin covers 6 to 12 May 2024.\n\nOn 8 May armed groups killed 12 people in Enga.",
        ["2024-05-08"],
    ),
    (
        "| District, April 2024 | Killed | Injured |\n|---|---|---|\n| Hays | 4 | 6 |",
        ["2024-04"],
    ),
]


@pytest.mark.parametrize(("body", "days"), REPORTS, ids=[r[0][-60:] for r in REPORTS])
def test_the_days_of_a_report(extractor: ClaimExtractor, body: str, days: list[str | None]) -> None:
    read = read_report(extractor, body, published=THURSDAY.isoformat())
    claims = sorted(read.claims, key=lambda claim: claim.span.start)
    found = [c.occurred.edtf if c.occurred is not None else None for c in claims]
    assert [day for day, _ in groupby(found)] == days, read.summary()
