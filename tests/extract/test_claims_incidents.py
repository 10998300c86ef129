"""Which incident a sentence goes on about, and what it takes from it (rules 18, 20 to 22, 26)."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.core.claim import Claim
from harmledger.extract import ClaimExtractor


def set_in(claim: Claim) -> tuple[str | None, str | None]:
    """Place and date of a claim."""
    place = claim.place.name or claim.place.as_written if claim.place is not None else None
    return place, claim.occurred.edtf if claim.occurred is not None else None


GOES_ON = [
    ("A bomb exploded in a market in Quetta on Monday. The blast killed nine people.", "Quetta"),
    ("On Monday a car bomb exploded in Baidoa. It killed four people.", "Baidoa"),
    ("Shelling hit Kherson on Monday. Four people were killed.", "Kherson"),
    ("Gunmen raided a farm near Zaria on Monday. The attackers killed six people.", "Zaria"),
]


@pytest.mark.parametrize(("body", "place"), GOES_ON, ids=[g[0][:40] for g in GOES_ON])
def test_a_sentence_goes_on_about_the_one_before(
    extractor: ClaimExtractor, body: str, place: str
) -> None:
    claim = read_report(extractor, body).one("killed")
    assert set_in(claim) == (place, "2024-05-13")
    rules = {t.field: t.rule for t in claim.trace if t.field in {"place", "occurred"}}
    assert all(rule.startswith(("place:", "time:")) for rule in rules.values())
    assert rules["place"] != "place:sentence"


LEAVES = [
    "Nine people were killed in a bombing in Quetta on Monday.\n\n"
    "Separately, 14 people were shot dead, police said.",
    "Nine people were killed in a bombing in Quetta on Monday.\n\n"
    "If the road stays closed, 14 people could die, doctors said.",
]


@pytest.mark.parametrize("body", LEAVES, ids=["separately", "could"])
def test_another_matter_takes_no_day(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, body)
    claim = next(c for c in read.claims if c.quantity.low == 14)
    assert claim.occurred is None


def test_another_place_takes_no_day(extractor: ClaimExtractor) -> None:
    body = (
        "Nine people were killed in a bombing in Quetta on Monday.\n\n"
        "Six people were killed in Multan in a shooting."
    )
    claim = next(c for c in read_report(extractor, body).claims if c.quantity.low == 6)
    assert set_in(claim) == ("Multan", None)


DAYS = [
    (
        "Three people were killed in a rocket attack on Kharkiv on Monday. "
        "A day later, a drone killed two people in Sumy.",
        ("Sumy", "2024-05-14"),
    ),
    (
        "A bomb killed five people in Lahore on Saturday, "
        "a day after gunmen shot dead two officers in Peshawar.",
        ("Peshawar", "2024-05-10"),
    ),
]


@pytest.mark.parametrize(("body", "where"), DAYS, ids=["later", "after"])
def test_a_day_told_from_another(
    extractor: ClaimExtractor, body: str, where: tuple[str, str]
) -> None:
    claim = next(c for c in read_report(extractor, body).of("killed") if c.quantity.low == 2)
    assert set_in(claim) == where


def test_a_definite_place_is_the_one_named_before(extractor: ClaimExtractor) -> None:
    body = (
        "Fighting went on in Kherson and Mykolaiv.\n\n"
        "At least 64 civilians were killed in the two cities on Monday."
    )
    place = read_report(extractor, body).one("killed").place
    assert place is not None
    assert [m.name for m in place.members] == ["Kherson", "Mykolaiv"]


def test_a_heading_and_a_label_set_their_lines(extractor: ClaimExtractor) -> None:
    body = (
        "## Casualties by city, 1\u20137 May 2024\n\n"
        "- Kherson: 6 people killed by shelling\n- Nikopol: 4 people killed by shelling\n"
    )
    found = read_report(extractor, body).of("killed")
    assert [set_in(c) for c in found] == [
        ("Kherson", "2024-05-01/2024-05-07"),
        ("Nikopol", "2024-05-01/2024-05-07"),
    ]
    assert {c.quantity.scope for c in found} == {"period_total"}


def test_a_speakers_title_is_no_place(extractor: ClaimExtractor) -> None:
    body = "The mayor of Odesa, Hennadiy Trukhanov, said a strike had killed five people."
    assert read_report(extractor, body).one("killed").place is None


def test_a_speakers_title_is_no_place_beside_another(extractor: ClaimExtractor) -> None:
    body = "The mayor of Odesa, Hennadiy Trukhanov, said a strike {} had killed five people."
    for told, town in (("in Kherson", "Kherson"), ("near Reni", "Reni")):
        place = read_report(extractor, body.format(told)).one("killed").place
        assert place is not None
        assert place.name == town


def test_a_present_name_comes_before_a_former_one(extractor: ClaimExtractor) -> None:
    body = "About 10,000 people were evacuated from Pokrovsk on Monday because of shelling."
    place = read_report(extractor, body).one("displaced").place
    assert place is not None
    assert (place.name, place.country) == ("Pokrovsk", "UKR")


def test_all_capitals_find_places_and_the_dateline_is_none(extractor: ClaimExtractor) -> None:
    body = (
        "LIMA, 3 FEB 89 (EFE) -- [TEXT] GUERRILLAS KILLED TWO PEASANTS IN AYACUCHO ON "
        "1 FEBRUARY 1989, THE PRESS REPORTED TODAY."
    )
    claim = read_report(extractor, body, published="1989-02-03").one("killed")
    assert set_in(claim) == ("Ayacucho", "1989-02-01")


def test_where_people_were_treated_is_no_site(extractor: ClaimExtractor) -> None:
    body = "Five people were wounded in a shooting on Monday and were taken to a hospital in Gao."
    site = read_report(extractor, body).one("injured").site
    assert site is None
