"""Reports of several sentences: the day and place of harms whose own sentence does not say them."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.core.claim import Claim
from harmledger.extract import ClaimExtractor

BLAST = "A blast in Kunduz on Friday killed 30 worshippers.\n\n"
SHELLS = "Shells hit a block of flats in Kharkiv on Monday, killing four people.\n\n"


def place(claim: Claim) -> str | None:
    return claim.place.name if claim.place is not None else None


def day(claim: Claim) -> str | None:
    return claim.occurred.edtf if claim.occurred is not None else None


def find(claims: tuple[Claim, ...], harm: str, low: int | None) -> Claim | None:
    """The last claim of that harm and figure."""
    found = [c for c in claims if c.harm == harm and c.quantity.low == low]
    return found[-1] if found else None


PLACES = [
    # where the hurt were taken and the dead are buried
    (BLAST + "The wounded were taken to hospital in Kabul, 250 km to the south.", "injured", 2),
    (BLAST + "Eleven people were hurt and were being treated in Kabul.", "injured", 11),
    (BLAST + "Nine of the wounded were flown to the capital, Kabul, for surgery.", "injured", 9),
    (BLAST + "A boy of nine died on the way to hospital in Kabul.", "killed", 1),
    (BLAST + "Surgeons in Kabul operated on 12 wounded people.", "injured", 12),
    (BLAST + "Two of the dead were buried in Herat on Saturday; both were students.", "killed", 2),
    (BLAST + "Two of the dead came from Herat.", "killed", 2),
    # where a witness sits, and where people went
    ("Gunmen raided Kunduz on Saturday, killing nine. \"They came at dawn,\" said Amina, 34, who "
     "was sitting on a bench in a schoolyard in Kabul.\n\nFour policemen were wounded.",
     "injured", 4),
    ("Rebels attacked Kunduz on Friday. About 8,300 people left Kunduz for Herat and Kabul.\n\n"
     "Three women were wounded in the city.", "injured", 3),
    ("KABUL, May 15 - Police said on Wednesday that 26 men were killed on Saturday in a valley "
     "some twelve kilometres from Kunduz.", "killed", 26),
    # what only the phone is from, and what was done there
    ("The siege of Kabul goes on. \"They dug up the road,\" she says by phone from Kunduz, where "
     "some thirty households are trapped.", "trapped", 30),
    ("Kunduz has seen worse. In 2020, the United Nations says, 27 worshippers were killed there "
     "in one morning.", "killed", 27),
]  # fmt: skip


@pytest.mark.parametrize(("body", "harm", "low"), PLACES, ids=[p[0][-60:] for p in PLACES])
def test_place_told_before(extractor: ClaimExtractor, body: str, harm: str, low: int) -> None:
    read = read_report(extractor, body)
    claim = find(read.claims, harm, low)
    assert claim is not None, read.summary()
    assert place(claim) == "Kunduz", read.summary()


def test_a_hospital_that_alone_is_told_of_is_where_they_are(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, "Hospitals in Goma have received 85 wounded people.")
    assert place(read.one("injured")) == "Goma", read.summary()


def test_shot_in_a_town_and_flown_out(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, "Two drones flown by rebels fell on a bakery in Kunduz on "
                       "Monday, killing six people.")  # fmt: skip
    assert place(read.one("killed")) == "Kunduz", read.summary()


def test_town_told_under_the_name_of_its_country(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "**AFGHANISTAN** – Gunmen fired on a bus near Kunduz on Monday, killing two passengers. "
        "The driver, hit in the neck, is in a coma.\n\n"
        "**PAKISTAN** – A grenade wounded a policeman in Quetta on Sunday.",
    )
    hurt = [c for c in read.claims if c.harm == "injured"]
    assert [place(c) for c in hurt] == ["Kunduz", "Quetta"], read.summary()


DAYS = [
    # what came of an incident has a day of its own
    ("Gunmen stormed a hamlet near Jos on Saturday and killed nine people.\n\nTwo of the wounded "
     "died in hospital on Monday.\n\nThe attack also left 40 houses in ashes.",
     "object_struck", 40, "2024-05-11"),
    ("A clinic near Bunia was burned on Thursday and two midwives were taken into the bush. One "
     "came back on Saturday; her colleague is still being held.\n\nA lorry was fired on the same "
     "day and three traders were wounded.", "injured", 3, "2024-05-09"),
    # days counted from an incident told
    ("Rockets struck Kharkiv early on Monday. A man and his wife were killed.\n\nThe strike came "
     "a day after shells killed three people in Vovchansk.", "killed", 3, "2024-05-12"),
    ("A drone killed 11 people in Homs on Friday.\n\nForty-eight hours earlier, another drone had "
     "killed six traders in Hama.", "killed", 6, "2024-05-08"),
    ("The killers came to Bisesero on 13 May 1994. They had guns. \"They killed my wife and my "
     "four children on that day,\" he said.", "killed", 5, "1994-05-13"),
    # told place by place
    ("Kyiv, Kharkiv and Odesa came under missile attack on Tuesday. In Kyiv, a woman was "
     "killed. Eleven people were injured in Kharkiv.", "injured", 11, "2024-05-14"),
    ("Kyiv, Kharkiv and Odesa came under missile attack on Tuesday.\n\nIn Kyiv, a woman was "
     "killed.\n\nEleven people were injured in Kharkiv.", "injured", 11, "2024-05-14"),
    # somebody's own people
    (SHELLS + "\"My neighbour lost both legs,\" said Olena, 44. \"Her daughter was killed at "
     "once.\"", "killed", 1, "2024-05-13"),
    # days that are heads
    ("## Monday, 13 May\n\n- Two herders were shot dead near Beni.\n\n## Tuesday, 14 May\n\n"
     "- A trader was shot dead in Goma.", "killed", 1, "2024-05-14"),
    # years that are rows and columns
    ("| Year | Killed | Wounded |\n|---|---|---|\n| 2021 | 11 | 24 |\n| 2022 | 9 | 31 |\n",
     "killed", 9, "2022"),
    ("| | 2022 | 2023 |\n|---|---|---|\n| Civilians killed | 140 | 95 |\n", "killed", 95, "2023"),
    # the year told before, and the report's own
    ("The court found that the army took Nebaj in August 1985. Soldiers stayed for a week.\n\n"
     "Between 16 and 19 August they killed 43 villagers.", "killed", 43, "1985-08-16/1985-08-19"),
    ("A family moved to Strabane in 2019.\n\nOn 9 May their two sons were shot dead.", "killed",
     2, "2024-05-09"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "harm", "low", "edtf"), DAYS, ids=[d[0][-60:] for d in DAYS])
def test_day_told_before(
    extractor: ClaimExtractor, body: str, harm: str, low: int, edtf: str
) -> None:
    read = read_report(extractor, body)
    claim = find(read.claims, harm, low)
    assert claim is not None, read.summary()
    assert day(claim) == edtf, read.summary()


def test_years_told_elsewhere_date_no_incident(extractor: ClaimExtractor) -> None:
    """A running total's stretch is not handed on to people hurt in one incident."""
    read = read_report(
        extractor,
        "Gangs have killed 900 people in Cali since March 2020, the ombudsman says.\n\n"
        "Two women were wheeled out of a club there with gunshot wounds.",
    )
    assert all(day(c) is None for c in read.claims if c.harm == "injured"), read.summary()
