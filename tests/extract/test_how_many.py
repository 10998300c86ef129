"""How many were killed and hurt, told in all the ways there are (contract §3, rules 12 to 15)."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.extract import ClaimExtractor

_HARMS = {"killed": "k", "injured": "i", "killed_or_injured": "c"}

TOLD = [
    # numbers
    ("20-odd people were hurt by the blast of the missile.", "i20"),
    ("A score were hurt by the bomb.", "i20"),
    ("So THREE dead in the rocket attack.", "k3"),
    ("The number of those killed in the bombing has passed 60.", "k61+"),
    ("The toll in the shelling has climbed past 100.", "k101+"),
    ("The death toll in last week's ambush has gone up to six.", "k6"),
    ("Estimates of the dead in the militia's assault range from 60 to 90.", "k60~90"),
    ("Between 60 and 90 are thought to have been killed in the massacre.", "k60~90"),
    ("The police confirmed the attack by gunmen but put the casualty figure at 12.", "c12"),
    ("The government spoke of 12 dead in the raid, residents of 44.", "k12 k44"),
    ("Hospital staff counted 13 dead from the air strike, officials 11.", "k11 k13"),
    ("Every one of the 19 people in the shelter was killed by the bomb.", "k19"),
    # none
    ("No deaths or injuries were reported after the drone crash-landed on the depot.", "i0 k0"),
    ("The army killed 40 fighters in pursuit operations and lost no men.", "k0 k40"),
    ("A shell fell in the playground. By a miracle none of the children was hit.", "i0"),
    ("There was no immediate word on casualties from the shelling.", ""),
    # who they are, told between commas or by a word for them all
    ("Everyone in the car, a family of five, died in the drone strike.", "k5"),
    ("All on board, 17 people, were killed when the missile hit the boat.", "k17"),
    ("The crew of the ambulance, a doctor and a driver, died when the drone hit.", "k2"),
    ("All 14 on board the minibus perished when the mine went off.", "k14"),
    ("Masked gunmen beat up a two-person television crew.", "i2"),
    ("The smallest, a girl of eight, lost a foot to a mine.", "i1"),
    ("Her parents were killed by a shell.", "k2"),
    # names of those counted add nobody
    ("Rockets killed a nurse, Zahra Saleh, and her two sons.", "k2p k3"),
    (
        "The blast killed a mother, Huda Salem, 35, and her three children, Amir, 10, Lina, 7, "
        "and Sami, 2.",
        "k3p k4",
    ),
    ("Two farmers, Ivan and Petro, and a guard were killed by a shell.", "k1p k2p k3"),
    ("The mayor spoke of 12 houses hit by shells, residents of 44.", ""),
    ("The explosion of a landmine near Bakhmut cost a tractor driver his life.", "k1"),
    ("Two children are among the victims of the bombing.", "c2"),
    ("One of the dead is a boy of 14, killed by a cluster bomb.", "k1"),
    # headlines and telegrams
    ("Teacher, two pupils dead in school shelling", "k3 k2p"),
    ("Imam, Two Worshippers Shot Dead by Gunmen in Mosque", "k2p k3"),
    ("Pregnant woman among 4 dead in Gaza air strike", "k1p k4"),
    ("Casualties: 4 KIA civilians, 12 WIA after rocket strike on Kupiansk.", "i12 k4"),
    ("Drone drops on Beryslav: man, 58, killed, woman, 49, wounded.", "i1 k1"),
    (
        "Overnight the enemy shelled Nikopol: a man, 45, was killed, three people wounded.",
        "i3 k1",
    ),
    # what was done to them
    ("The soldiers put a bullet through the head of the village chief.", "k1"),
    ("A sniper put two bullets in a boy's back; he survived.", "i1"),
    ("In Huliaipole a 63-year-old man received fatal injuries from an FPV drone.", "k1"),
    ("A rubber bullet fired by police cost him an eye.", "i1"),
    ("The driver was shot twice in the leg by soldiers at the checkpoint.", "i1"),
    ("Four people, all of one household, were shot at home by members of a gang.", "i4"),
    ("The bishop celebrated a funeral mass for the 22 victims of the massacre.", "k22"),
    # each harm its own figure
    ("The blast wounded 16: nine soldiers and seven civilians.", "i16 i7p i9p"),
    (
        "The ministry documented 38 civilian casualties of shelling in July, 11 of them fatal.",
        "c38 k11p",
    ),
    (
        "Three people died and a woman, 33, and her son, 7, were hurt when a rocket hit their car.",
        "i2 k3",
    ),
    ("Gunmen attacked on Saturday. The groom, two of his brothers and a drummer were killed.",
     "k2p k4"),
    ("Islamist fighters overran the post, killing 14 soldiers and losing nine of their own.",
     "k14 k9"),
    ("A toddler was among the dead in the air strike on the camp.", "k1"),
    ("Among those killed in the strike: a paramedic, a baker and three schoolchildren.", "k5"),
]  # fmt: skip


def _figure(low: int | None, high: int | None) -> str:
    if low == high:
        return "?" if low is None else str(low)
    if high is None:
        return f"{low}+"
    return f"-{high}" if low is None else f"{low}~{high}"


@pytest.mark.parametrize(("body", "wanted"), TOLD, ids=[body[:50] for body, _ in TOLD])
def test_how_many(extractor: ClaimExtractor, body: str, wanted: str) -> None:
    read = read_report(extractor, body)
    found = sorted(
        _HARMS[c.harm]
        + _figure(c.quantity.low, c.quantity.high)
        + ("p" if c.part_of is not None else "")
        for c in read.claims
        if c.harm in _HARMS
    )
    assert found == sorted(wanted.split()), read.summary()


def test_taken_in_capitals(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, "Bandits Kill 15, Abduct 30 In Zamfara Village Attack")
    assert read.one("killed").quantity.low == 15
    assert read.one("abducted").quantity.low == 30


def test_a_toll_that_could_be(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, "The air strike toll could reach 30, rescuers say.")
    assert read.one("killed").modality == "predicted"


def test_among_the_dead_are_none_of_the_wounded(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "A drone killed 3 and wounded another 8 at a market in Nyala; among the dead is a merchant "
        "known as Haj Adam.",
    )
    assert not read.of("injured", part=True), read.summary()
