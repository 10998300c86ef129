"""Voices in families a report is full of (reading rule 23)."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.core.claim import Voice
from harmledger.extract import ClaimExtractor

SAID = [
    # quoted by another
    ("The agency quoted the mayor, Ana Roa, as saying nine people were killed in Cali.", "Ana Roa"),
    ("Nine people were killed in Cali, the agency Sol Press quoted the mayor as saying.", "mayor"),
    # a role and a name, with what belongs to it
    ("Nine people were killed in shelling, sobbed neighbour Ana Roa.", "Ana Roa"),
    ("The ombudsman's delegate Ana Roa said nine people were killed in Sucre.", "Ana Roa"),
    ("Ana Roa, who visited three hospitals, could verify nine deaths after the raid.", "Ana Roa"),
    # speakers no list names
    ("Interviewees said nine people were killed in a raid near Bria.", "interviewees"),
    ("The Defence submitted that nine people were killed in the raid.", "Defence"),
    # behind the cue
    ("Nine people were killed in a raid near Bria, according to our field teams.", "field teams"),
    ("Nine people were killed in a raid near Bria, official sources confirmed to AFP.", "sources"),
    # one voice through the whole sentence
    ("The mayor said the school was shelled; nine people were killed.", "mayor"),
    # a report of another's, rejected
    (
        "The army rejects reports circulated by the Farmers' League that nine people were killed "
        "in Bol.",
        "League",
    ),
]


def words(voice: Voice) -> str:
    return " ".join(filter(None, (voice.name, voice.role, voice.organisation, voice.as_written)))


@pytest.mark.parametrize(("body", "speaker"), SAID, ids=[s[0] for s in SAID])
def test_speaker(extractor: ClaimExtractor, body: str, speaker: str) -> None:
    read = read_report(extractor, body)
    first = read.one("killed").voice[:1]
    assert first, read.summary()
    assert speaker in words(first[0])


NAMED = [
    ("On Sunday the head of the Sumy region, Pavlo Kyrpychenko, said nine people were killed.",
     "Pavlo Kyrpychenko"),
    ("Sunday morning Oleh Petrenko, the head of the Sumy region, said nine people were killed.",
     "Oleh Petrenko"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "name"), NAMED, ids=[s[0] for s in NAMED])
def test_a_name_holds_an_office_and_no_time_of_day(
    extractor: ClaimExtractor, body: str, name: str
) -> None:
    [voice] = read_report(extractor, body).one("killed").voice
    assert (voice.name, voice.role) == (name, "head of the Sumy region")
    assert "Sunday" not in (voice.as_written or "")


NOBODY = [
    "More than 400 people are registered as missing after the siege of Marawi.",
    "The war has claimed more than 900 lives in Darfur.",
    "Tawila: 6 killed, 10 injured in shelling.",
    "Our volunteers counted nine people killed in shelling in Sumy.",
]


@pytest.mark.parametrize("body", NOBODY)
def test_where_nobody_speaks_the_outlet_does(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, body)
    assert read.claims, body
    assert all(c.voice == () for c in read.claims), read.summary()


def test_it_is_the_body_of_the_sentence_before(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "The army said the raid was lawful. The Forensic Circle has opened graves since 1996. "
        "It estimates that 500 people were killed in the raid.",
    )
    assert "Circle" in words(read.one("killed").voice[0]), read.summary()


def test_an_untagged_paragraph_of_speech_is_the_speaker_s_before_it(
    extractor: ClaimExtractor,
) -> None:
    read = read_report(
        extractor,
        "Gunmen raided Bule on Monday, administrator Ana Roa said.\n\n"
        "“We have counted 23 bodies so far after the raid. I expect the worst.”",
    )
    assert "Ana Roa" in words(read.one("killed").voice[0]), read.summary()


def test_a_paper_of_its_own_is_all_its_issuer_s_word(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "The Command of Joint Task Force Sierra informs public opinion that:\n\n"
        "1. In combat near Mocoa, eleven guerrillas were killed.\n\n"
        "2. The mayor said that two farmers were injured in the fighting.",
    )
    assert "Command" in words(read.one("killed").voice[0]), read.summary()
    assert "mayor" in words(read.one("injured").voice[0]), read.summary()


MODALITIES = [
    (
        "Three herders are thought to have been kidnapped by gunmen near Gao.",
        "abducted",
        "possible",
    ),
    ("Hugo Paz is accused of the murder of a councillor in Cali.", "killed", "alleged"),
    ("The army maintained that nine people were killed in the raid in Bol.", "killed", "stated"),
    ("The militia claimed nine people were killed in the raid in Bol.", "killed", "alleged"),
]


@pytest.mark.parametrize(("body", "harm", "modality"), MODALITIES, ids=[m[0] for m in MODALITIES])
def test_modality_of_the_voice(
    extractor: ClaimExtractor, body: str, harm: str, modality: str
) -> None:
    assert read_report(extractor, body).one(harm).modality == modality


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Gunmen killed 14 people in Taiz last year, according to rights platform Saba Watch.",
         "Saba Watch"),
        ("Since April, according to the Mine Registry, a body run by volunteers, mines laid by "
         "rebels have killed 310 civilians in Taiz.", "Mine Registry"),
        ("The prison service now puts the number of inmates killed by gunmen at 23.",
         "prison service"),
        ("Lights of Shan has recorded 212 civilian deaths from air raids.", "Lights of Shan"),
    ],
)  # fmt: skip
def test_bodies_that_no_list_knows(extractor: ClaimExtractor, body: str, name: str) -> None:
    read = read_report(extractor, body)
    (claim,) = (c for c in read.claims if c.harm == "killed")
    assert claim.voice, read.summary()
    said = {claim.voice[0].name, claim.voice[0].role, claim.voice[0].as_written}
    assert any(one and name.lower() in one.lower() for one in said), claim.voice


@pytest.mark.parametrize(
    "body",
    [
        "The edition of 2 May gave 58 as the number of people killed by mines in Taiz.",
        "May recorded 12 civilian deaths from air raids in Taiz.",
        "Gunmen killed 14 people in Taiz, according to preliminary figures.",
    ],
)
def test_papers_months_and_figures_say_nothing(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, body)
    assert all(c.voice == () for c in read.claims), read.summary()
