"""Which number belongs to which harm, where a sentence tells several (contract §2, §3; reading
rules 5, 7, 8a, 12, 15 and 15a).

The incidents are invented; the cities are real.
"""

from __future__ import annotations

import pytest
from told import Read, read_report

from harmledger.extract import ClaimExtractor

Row = tuple[str, int | None, int | None]


def rows(read: Read, *, part: bool = False) -> list[Row]:
    """Harm, low and high of what is asserted of people, in order."""
    return sorted(
        (c.harm, c.quantity.low, c.quantity.high)
        for c in read.claims
        if c.stance == "asserts"
        and c.harm not in {"object_struck", "access_denied"}
        and (c.part_of is not None) == part
    )


OF_EACH = [
    (
        "About 90,000 people have been trapped by the siege of Kidal since mid-April, by the "
        "estimate of the Hill Relief Union, and at least 12 of them, infants for the most part, "
        "have died of cold.",
        [("killed", 12, None)],
        [("trapped", 90000, 90000)],
    ),
    (
        "The clinic said six guards and two cooks were killed by gunmen and 19 people wounded, "
        "four of them pupils.",
        [("injured", 4, 4), ("killed", 2, 2), ("killed", 6, 6)],
        [("injured", 19, 19), ("killed", 8, 8)],
    ),
    ("Gunmen killed a woman farmer near Gao on Monday.", [], [("killed", 1, 1)]),
    (
        "A farmer found two men shot dead by gunmen beside the road in Kirkuk.",
        [],
        [("killed", 2, 2)],
    ),
    (
        "Three of the gunmen and one guard were killed, and 12 families took refuge in a school.",
        [("killed", 1, 1), ("killed", 3, 3)],
        [("displaced", 12, 12), ("killed", 4, 4)],
    ),
    (
        "In beating off the raid, the patrol killed three armed robbers and captured two more, who "
        "have been handed to the prosecutor.",
        [],
        [("detained", 2, 2), ("killed", 3, 3)],
    ),
    (
        "Gunmen on motorcycles stormed a farming village outside Zaria before dawn on Sunday, "
        "killing at least 11 people and making off with dozens more, residents and a local "
        "official told reporters on Tuesday.",
        [],
        [("abducted", 24, None), ("killed", 11, None)],
    ),
]


@pytest.mark.parametrize(("body", "parts", "wholes"), OF_EACH)
def test_each_harm_has_its_own_number(
    extractor: ClaimExtractor, body: str, parts: list[Row], wholes: list[Row]
) -> None:
    read = read_report(extractor, body)
    assert rows(read) == wholes, read.summary()
    assert rows(read, part=True) == parts, read.summary()


ONE_NUMBER = [
    ("The guild speaks of “forty families driven out of Bamenda” by soldiers.", "displaced", 40),
    ("Gunmen shot at a car. Two children of 6 and 8 were being operated on for bullet wounds.",
     "injured", 2),
    ("Armed men held up a bus near Goma on 3 May and 14 others were abducted from a farm.",
     "abducted", 14),
    ("A shell hit the block in Sumy. A couple and their daughter were still beneath it at noon.",
     "trapped", 3),
    ("Another three people blew themselves up on mines near Izium.", "killed_or_injured", 3),
    ("Shelling went on. Yesterday we got 74 people out of Kharkiv.", "displaced", 74),
    ("The bridge, dynamited by rebels, has left some 500 settlers without a supply of food, and "
     "the masons repairing it were fired upon.", "service_denied", 500),
    ("Troops fired on the boats; a third, burned on both hands, swam ashore.", "injured", 1),
    ("“A third, my cousin Samir, who is 20, is missing since the raid.”", "missing", 1),
    ("A cook who was with them, he hasn't been seen since the ambush.", "missing", 1),
    ("A shepherd stepped on a landmine behind his house, and was buried beside it.", "killed", 1),
    ("Gunmen shot two brothers in Cali on Friday. The younger of the two died.", "killed", 1),
    ("The patrol was fired upon in Cali on Sunday, without injury to anybody.", "injured", 0),
    ("Dozens held after a night of protest and gunfire in Tbilisi", "detained", 24),
    ("Two nurses, both of them mothers, and a porter were killed by a shell in Aden.", "killed", 3),
    ("Militiamen reported the rape of four displaced women in Goma.", "sexual_violence", 4),
]  # fmt: skip


@pytest.mark.parametrize(("body", "harm", "low"), ONE_NUMBER)
def test_the_number_and_its_harm(extractor: ClaimExtractor, body: str, harm: str, low: int) -> None:
    read = read_report(extractor, body)
    assert low in {c.quantity.low for c in read.of(harm)}, read.summary()


NOT_SO = [
    # other people, told of in between
    ("Soldiers killed seven rebels near Goma and freed 14 hostages, some of whom had been held "
     "since May.", "killed", 2),
    # told of otherwise
    ("Four bodies were pulled out after the air strike, and a couple and their son were still "
     "under it.", "killed", 2),
    # things
    ("Rebels killed nine people. Of the 200 homes said to have burned, the court finds that "
     "between 40 and 60 were.", "killed", 40),
    # who says it
    ("Three people were killed by a bomb in Cali and 12 others injured, two of them nurses, the "
     "mayor, Ana Ruiz, confirmed.", "injured", 1),
    # counted under their own harm
    ("The guild speaks of “forty families driven out of Bamenda” by soldiers.", "killed", 40),
    ("Police wounded thirty people. Eleven of those held were brought to court.", "injured", 11),
    ("The ministry recorded 31 deaths of children from hunger in the besieged city.", "killed", 2),
    # years, not people
    ("Gunmen shot at a car. Two children of 6 and 8 were being operated on.", "injured", 8),
    # who they are, and no second harm
    ("Militiamen reported the rape of four displaced women in Goma.", "displaced", 4),
    ("The trial for murder goes on; 90 victims were admitted to the proceedings.",
     "killed_or_injured", 90),
    # accidents and illness beside the violence
    ("Gunmen shot two men in Cali. A coach left the motorway: six dead, 21 injured.", "killed", 6),
    ("Gunmen shot two men in Cali. In Bogotá crews cleared the debris of a warehouse fire, in "
     "which eight workers died.", "killed", 8),
    ("Rebels raided Goma. Ten villages are under water after a river overflowed, forcing 900 "
     "residents out.", "displaced", 900),
    ("Soldiers burned the village. Two infants have died of dysentery, which nobody blames on "
     "anyone.", "killed", 2),
    ("Rebels raided Goma. The deaths of three miners were the result of a collapse and are left "
     "out.", "killed", 3),
]  # fmt: skip


@pytest.mark.parametrize(("body", "harm", "low"), NOT_SO)
def test_what_the_number_does_not_say(
    extractor: ClaimExtractor, body: str, harm: str, low: int
) -> None:
    read = read_report(extractor, body)
    assert low not in {c.quantity.low for c in read.claims if c.harm == harm}, read.summary()


def test_the_answer_of_the_accused_is_no_accident(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Villagers accuse the army of killing nine people at the mill; the army then spoke of a "
        "gas explosion.",
    )
    assert read.one("killed").quantity.low == 9


def test_a_part_of_so_many_deaths(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "Four of the five deaths in Kharkiv were caused by one salvo on Thursday."
    )
    assert rows(read) == [("killed", 5, 5)]
    assert rows(read, part=True) == [("killed", 4, 4)]


def test_a_lower_count_and_an_older_one(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "An air strike killed 14 people in Aden. The hospital counts only 11."
    )
    assert ("killed", 11, 11) in rows(read), read.summary()
    read = read_report(
        extractor, "The strike on Aden: 21 killed, from 17 an hour ago, the health office tells us."
    )
    assert {c.quantity.low for c in read.of("killed")} >= {21, 17}, read.summary()


def test_a_wording_that_denies_is_no_denial(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "A shell hit the tram stop in Kherson. The driver may never walk again."
    )
    assert not [c for c in read.claims if c.stance == "denies"], read.summary()


def test_those_killed_are_part_of_all_who_were_hit(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Forty civilian casualties (12 killed, 28 injured) were recorded in Takhar. Seven of those "
        "killed died when a device exploded in a market.",
    )
    assert ("killed", 7, 7) in rows(read, part=True), read.summary()


def test_objects_behind_who_keeps_one_of_them(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Gunmen came to Zaria. The attackers set alight a covered market, a clinic run by nuns and "
        "about 40 homes.",
    )
    assert [c.quantity.low for c in read.of("object_struck")] == [1, 1, 40], read.summary()


def test_objects_that_did_so_too(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "The clinic was bombed. By noon the building lay in ruins and so did the branch of the "
        "farm bank and nine houses.",
    )
    assert [c.quantity.low for c in read.of("object_struck")][-2:] == [1, 9], read.summary()
