"""Who did it, who was harmed and who says it, where the words stand apart from the harm (reading
rules 15, 23, 24, 25)."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.extract import ClaimExtractor

ACCUSED = [
    # craft and guns with their owner
    ("Aircraft of the Lake Command bombed a camp near Bol, killing nine people.", "Lake Command"),
    ("Two navy patrol boats shelled a village near Bol, killing nine people.", "navy"),
    ("The army said its drones had killed nine rebels in Bol on Monday.", "its drones"),
    ("A policeman's bullet killed nine people in Bol on Monday.", "policeman"),
    # a verb joined to the first
    ("Gunmen kidnapped 20 men in Bol, a third more than before, and killed nine people.", "Gunmen"),
    ("M23 rebels executed nine villagers in Bol, a rights group said.", "M23 rebels"),
    # a state that carries an attack
    ("Pakistan carried out air strikes near Khost, killing nine people.", "Pakistan"),
    # blamed on, whatever stands between
    ("Residents blame the killing of nine nurses on the Lake Brigades.", "Lake Brigades"),
    # anybody whom "by" names
    ("Nine pensioners were shot by a drunken neighbour in Bol; nine people died.", "neighbour"),
    # who says so
    ("Allied troops said they had killed nine fighters in Bol.", "Allied troops"),
]


@pytest.mark.parametrize(("body", "accused"), ACCUSED, ids=[a[0] for a in ACCUSED])
def test_accused(extractor: ClaimExtractor, body: str, accused: str) -> None:
    read = read_report(extractor, body)
    found = [c.alleged_perpetrator for c in read.claims if c.harm in {"killed", "injured"}]
    assert found, read.summary()
    assert found[0] is not None, read.summary()
    assert accused in f"{found[0].name} / {found[0].as_written}", read.summary()


NOBODY = [
    # who sees to the hurt and the dead
    "The hospital said it had taken in nine bodies after the attack on Bol.",
    "The hospital was treating nine people with bullet wounds after the raid on Bol.",
    "A surgeon said he had operated on nine people wounded by shrapnel in Bol.",
    "The Red Crescent moved 90 families out of Bol under shelling.",
    # who wished none of it
    "The Lake Brigade said it had neither ordered nor wished the killing of nine teachers.",
    # a pronoun of nobody told of
    '"They killed my husband because he was tall," said Mirlande, 29.',
    # whose part it was
    "Since January the monitor has recorded 90 civilians killed, 29 of them by soldiers.",
    # no party, but the front of a house
    "A car bomb wrecked the front of a post in Bol, hurting nine people.",
]


@pytest.mark.parametrize("body", NOBODY)
def test_nobody_is_accused(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, body)
    wholes = [c for c in read.claims if c.part_of is None and c.harm != "object_struck"]
    assert wholes, read.summary()
    assert all(c.alleged_perpetrator is None for c in wholes), read.summary()


def test_an_ambulance_is_stopped_and_its_nurse_taken_by_one_party(
    extractor: ClaimExtractor,
) -> None:
    read = read_report(
        extractor, "Gunmen stopped a minibus near Gao, beat the driver and made off with nine men."
    )
    accused = read.one("abducted").alleged_perpetrator
    assert accused is not None, read.summary()
    assert accused.name == "Gunmen"


VICTIMS = [
    # "of them"
    ("Gunmen sprayed bullets at labourers asleep in a house in Bol, killing nine of them.",
     "civilian", ()),
    ("The army shelled a group of rebels near Bol and killed nine of them.", "combatant", ()),
    ("The helicopter fired on a column of evacuees near Bol, killing nine of them.",
     "civilian", ("displaced",)),
    # titles and employers
    ("Father Paul Okoye was shot dead by gunmen in Bol.", "civilian", ("religious",)),
    ("Ustaz Musa Bello was shot dead by gunmen in Bol.", "civilian", ("religious",)),
    ("Nine Oxfam workers were shot dead in Bol.", "civilian", ("aid_worker",)),
    ("Two Save the Children staff were killed in the attack on Bol.", "civilian", ("aid_worker",)),
    ("A doctor with MSF was shot dead in Bol.", "civilian", ("health_worker", "aid_worker")),
    ("A volunteer with the White Helmets was shot dead in Bol.", "civilian", ("first_responder",)),
    # where they were
    ("Nine people were beaten to death in police custody in Bol.", "undetermined", ("detainee",)),
    ("Four newborns died in their incubators after shelling cut the power in Bol.",
     "civilian", ("patient",)),
    # our own
    ('"Two of our drivers were killed in Bol," the relief agency said.',
     "civilian", ("aid_worker",)),
    # what they belonged to, or were identified as
    ("Nine of the dead in Bol belonged to the armed groups.", "combatant", ()),
    ("The patrol was ambushed near Bol: three rangers were killed.", "combatant", ()),
]  # fmt: skip


@pytest.mark.parametrize(("body", "status", "roles"), VICTIMS, ids=[v[0] for v in VICTIMS])
def test_victims(extractor: ClaimExtractor, body: str, status: str, roles: tuple[str, ...]) -> None:
    read = read_report(extractor, body)
    victims = read.of("killed")[0].victims
    assert victims.status == status, read.summary()
    assert set(victims.roles) == set(roles), read.summary()
    assert not (victims.age == "child" and "aid_worker" in victims.roles), read.summary()


def test_a_colleague_is_of_the_same_calling(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, "A nurse was killed in Bol and her colleague wounded.")
    assert read.one("injured").victims.roles == ("health_worker",), read.summary()


def test_a_toll_of_another_voice_is_of_nobody_told_before(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Soldiers killed 15 villagers in Bol on Monday, the mayor said. The police put the dead at "
        "nine.",
    )
    last = read.of("killed")[-1]
    assert last.quantity.low == 9, read.summary()
    assert last.victims.status == "undetermined", read.summary()


SPEAKERS = [
    ("Gunmen killed nine people in Bol on Monday, said a teacher who escaped.", "teacher"),
    ("A source who asked not to be named said nine people were killed in Bol.", "source"),
    ("Nine men died in the school in Bol, the panel found: nine were shot dead.", "panel"),
    ("Nine people were killed in Bol, according to the count that the Ombudsman's Office keeps.",
     "Office"),
    ("Both sides agree that nine people were killed in Bol.", "sides"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "speaker"), SPEAKERS, ids=[s[0] for s in SPEAKERS])
def test_speakers(extractor: ClaimExtractor, body: str, speaker: str) -> None:
    read = read_report(extractor, body)
    for claim in read.of("killed"):
        assert claim.voice, read.summary()
        first = claim.voice[0]
        assert speaker in f"{first.name} {first.role} {first.as_written}", read.summary()


@pytest.mark.parametrize(
    "body",
    [
        '"Soldiers shot my brother dead in Bol," said Amina.',
        "Farida Noor, 23, was shot dead in Bol.",
        "Amina fled Bol after her husband was shot dead by soldiers.",
        "The clinic in Bol treated at least 40 people wounded in the shelling.",
    ],
)
def test_one_story_is_no_toll(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, body)
    told = [c for c in read.claims if c.harm in {"killed", "injured"}]
    assert told, read.summary()
    assert told[-1].quantity.extent == "some", read.summary()
