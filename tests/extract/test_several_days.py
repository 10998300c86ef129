"""Which of several days of one sentence is a harm's (reading rules 21 and 22)."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.core.claim import Claim
from harmledger.extract import ClaimExtractor


def day(claim: Claim) -> str | None:
    return claim.occurred.edtf if claim.occurred is not None else None


ONE = [
    (
        "Two clerks were wounded when a grenade was thrown at the town hall in Kirkuk on Monday "
        "evening, a day after the mayor had received a threat.",
        "injured",
        "2024-05-13",
    ),
    (
        "Three men died after a gunman emptied a rifle into a group outside a snack bar in Kirkuk "
        "late on Saturday, prosecutors said.",
        "killed",
        "2024-05-11",
    ),
    (
        "In a notice on Tuesday the command said its aircraft had hit a camp of rebels near Kirkuk "
        "and that nine civilians had been killed.",
        "killed",
        None,
    ),
    (
        "Our report of 9 May on the attack on a wedding in Kirkuk said that 34 guests had been "
        "killed.",
        "killed",
        None,
    ),
    (
        "Gunmen killed nine girls in Kirkuk, he added; two boys walked home alone on Monday.",
        "killed",
        None,
    ),
    (
        "Eight girls abducted in Kirkuk last Thursday were freed on Sunday, the army said.",
        "abducted",
        "2024-05-09",
    ),
    (
        "Parliament will on Thursday debate the blast of 8 May that killed 17 people in Kirkuk.",
        "killed",
        "2024-05-08",
    ),
    (
        "After a quiet Monday, shells killed four people in Kirkuk on Tuesday.",
        "killed",
        "2024-05-14",
    ),
    (
        "Gunmen entered Kirkuk on 1 May and burned the hall; the imam's body was found the day "
        "after.",
        "killed",
        "2024-05-02",
    ),
]


@pytest.mark.parametrize(("body", "harm", "wanted"), ONE, ids=[o[0][:40] for o in ONE])
def test_the_day_of_the_harm(
    extractor: ClaimExtractor, body: str, harm: str, wanted: str | None
) -> None:
    read = read_report(extractor, body)
    assert day(read.one(harm)) == wanted, read.summary()


def days_of(extractor: ClaimExtractor, body: str) -> dict[float | None, str | None]:
    read = read_report(extractor, body)
    return {c.quantity.low: day(c) for c in read.claims}


def test_counts_and_days_take_turns(extractor: ClaimExtractor) -> None:
    told = days_of(
        extractor,
        "Mines wounded three farmers near Kirkuk on Monday and two drivers near Mosul on Tuesday.",
    )
    assert (told[3], told[2]) == ("2024-05-13", "2024-05-14")
    told = days_of(
        extractor, "On Monday two men were shot dead in Kirkuk and on Tuesday three in Mosul."
    )
    assert (told[2], told[3]) == ("2024-05-13", "2024-05-14")
    told = days_of(extractor, "Two men were killed on Monday and on Tuesday three more died.")
    assert (told[2], told[3]) == ("2024-05-13", "2024-05-14")


def test_the_day_right_behind_a_figure(extractor: ClaimExtractor) -> None:
    told = days_of(
        extractor,
        "So far this year 31 people have been killed by mines in Kirkuk, three of them on Monday.",
    )
    assert (told[31], told[3]) == ("2024-01-01/2024-05-15", "2024-05-13")


def test_somebodys_day_takes_no_turn(extractor: ClaimExtractor) -> None:
    told = days_of(
        extractor,
        "An article printed on Tuesday said that 40 people had died in Monday's bombing of the bus "
        "stand in Kirkuk, and some were children.",
    )
    assert told[40] == "2024-05-13"


def test_a_report_on_sundays_shelling_is_no_report_of_sunday(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "A report on Sunday's shelling of Kirkuk put the number killed at five."
    )
    assert day(read.one("killed")) == "2024-05-12", read.summary()


def test_a_round_up_has_no_lead_to_take_a_day_from(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Gunmen killed a guard in Idlib. Rebels shot two traders dead in Homs. Soldiers killed "
        "three boys in Kirkuk. On Monday gunmen had kidnapped a surgeon in Kirkuk.",
    )
    assert [day(c) for c in read.of("killed")] == [None, None, None], read.summary()
    assert day(read.one("abducted")) == "2024-05-13", read.summary()
