"""Daily summaries and posts of regional heads, prosecutors and rescuers near a front line."""

from __future__ import annotations

import pytest
from told import figure, read_report

from harmledger.core.claim import Claim
from harmledger.extract import ClaimExtractor

STRUCK = "object_struck"


def place(claim: Claim) -> str | None:
    return None if claim.place is None else claim.place.name


PLACES = [
    (
        "A 38-year-old man was killed by shelling in Nikopol, three people were injured in "
        "Marhanets, Ivan Petrenko said.",
        "injured",
        ["Marhanets"],
    ),
    (
        "Two residents were killed in shelling and five wounded in Kherson, another three were "
        "wounded in Beryslav.",
        "injured",
        ["Kherson", "Beryslav"],
    ),
    (
        "Three civilians were killed by shelling in Donetsk region: two in Toretsk and one in "
        "Chasiv Yar.",
        "killed",
        ["Donetsk Oblast", "Toretsk", "Chasiv Yar"],
    ),
    (
        "A man died under the debris of a house in Toretsk, Donetsk region. In total, Russian "
        "shelling wounded four people in the region on May 14.",
        "injured",
        ["Donetsk Oblast"],
    ),
    (
        "A boy was killed by a shell in Toretsk. In Selydove, five people were injured and 13 "
        "private houses were damaged.",
        STRUCK,
        ["Selydove"],
    ),
    (
        "The enemy shelled Sumy region. In the Bilopillia community, a man was injured. The Velyka "
        "Pysarivka community was shelled with mortars.",
        STRUCK,
        ["Sumy Oblast", "Velyka Pysarivka"],
    ),
]


@pytest.mark.parametrize(("text", "harm", "wanted"), PLACES)
def test_each_claim_is_set_where_its_own_words_say(
    extractor: ClaimExtractor, text: str, harm: str, wanted: list[str]
) -> None:
    read = read_report(extractor, text)
    told = [c for c in read.claims if c.harm == harm]
    assert [place(c) for c in sorted(told, key=lambda c: c.span.start)] == wanted, read.summary()


VOICES = [
    ("the mayor of Kharkiv Ihor Bondar said", "Ihor Bondar"),
    ("the head of the LPR Leonid Bondar claimed", "Leonid Bondar"),
    ("head of Donetsk Oblast Vadym Bondar said", "Vadym Bondar"),
    ("Governor of the Belgorod region Ivan Bondar said", "Ivan Bondar"),
    ("ombudsman Dmytro Bondar said", "Dmytro Bondar"),
    ("according to the State Emergency Service of Ukraine", "State Emergency Service"),
    ("the Office of the Prosecutor General said", "Prosecutor General's Office"),
    ("the Main Directorate of the National Police in Kharkiv Oblast reported", "Main Directorate"),
    (
        "the UN Human Rights Monitoring Mission in Ukraine (HRMMU) said in its monthly update",
        "UN Human Rights Monitoring Mission in Ukraine (HRMMU)",
    ),
]


@pytest.mark.parametrize(("words", "name"), VOICES)
def test_heads_of_regions_and_bodies_speak(
    extractor: ClaimExtractor, words: str, name: str
) -> None:
    read = read_report(extractor, f"Two people were killed by shelling in Odesa, {words}.")
    voice = read.one("killed").voice
    assert voice, read.summary()
    assert name in (voice[0].name or ""), read.summary()


def test_a_birth_year_is_no_day(extractor: ClaimExtractor) -> None:
    text = "As a result of shelling by Ukrainian armed formations, a woman born in 1958 died."
    claim = read_report(extractor, text).one("killed")
    assert claim.occurred is None
    assert claim.alleged_perpetrator is not None


def test_a_length_of_a_year_long_over_is_that_year(extractor: ClaimExtractor) -> None:
    claim = read_report(extractor, "In 2020 the six-week war killed 650 people.").one("killed")
    assert claim.occurred is not None
    assert claim.occurred.edtf == "2020"


def test_a_time_alone_is_no_sentence(extractor: ClaimExtractor) -> None:
    text = (
        "According to the investigation, on May 14 at about 10 a.m. Russian troops shelled Odesa "
        "and killed two women."
    )
    claim = read_report(extractor, text).one("killed")
    assert claim.occurred is not None
    assert claim.occurred.edtf == "2024-05-14"


OBJECTS = [
    ("The village was shelled: one house was destroyed, four damaged.", [None, 1, 4]),
    ("The enemy carried out strikes on 12 settlements.", [12]),
    ("Kupiansk, Lyptsi and Vovchansk came under enemy fire.", [None]),
    ("Nikopol came under attack by FPV drones.", [None]),
    ("The enemy attacked Sumy region 17 times.", [None]),
    ("Russian forces launched two missiles at the centre of Sumy.", [None]),
    ("In the shelling the glazing was broken in two cars.", [2]),
    ("A drone hit a yard. The facades of three private households were damaged.", [None, 3]),
]


@pytest.mark.parametrize(("text", "lows"), OBJECTS)
def test_what_a_summary_says_was_struck(
    extractor: ClaimExtractor, text: str, lows: list[int | None]
) -> None:
    read = read_report(extractor, text)
    found = [c.quantity.low for c in read.claims if c.harm == STRUCK and c.quantity.low]
    assert found == [n for n in lows if n], read.summary()
    assert {c.harm for c in read.claims} == {STRUCK}, read.summary()


PEOPLE = [
    ("A man sustained injuries incompatible with life in the shelling.", "killed", (1, 1)),
    ("A tractor driver was blown up by a mine; he is in hospital.", "injured", (1, 1)),
    ("Two boys blew up on a mine near Izium.", "injured", (2, 2)),
    ("Six people suffered acute stress reactions in the missile strike.", "injured", (6, 6)),
    ("More than 900 children have been forcibly transferred.", "displaced", (901, None)),
    ("He was convicted of the extermination of 173 Bosniaks.", "killed", (173, 173)),
    ("Some 35 civilians are being held and used as human shields.", "detained", (35, 35)),
]


@pytest.mark.parametrize(("text", "harm", "wanted"), PEOPLE)
def test_set_phrases_of_harm_to_people(
    extractor: ClaimExtractor, text: str, harm: str, wanted: tuple[int, int | None]
) -> None:
    read = read_report(extractor, text)
    assert figure(read.of(harm)[0]) == wanted, read.summary()
    assert {c.harm for c in read.claims} == {harm}, read.summary()


def test_doctors_who_fight_for_a_life_are_not_hurt(extractor: ClaimExtractor) -> None:
    text = "Doctors are fighting for the life of a boy wounded in the attack."
    assert read_report(extractor, text).one("injured").quantity.high == 1


def test_the_age_of_one_of_them_is_not_of_all(extractor: ClaimExtractor) -> None:
    text = "Nine people, including a 14-year-old girl, are known to have been killed in the strike."
    whole = read_report(extractor, text).of("killed")[0].victims
    assert whole.age is None
    assert whole.status != "civilian"


def test_who_opens_fire_evacuates_nobody(extractor: ClaimExtractor) -> None:
    text = "Police were evacuating residents when the Russians opened fire."
    assert read_report(extractor, text).one("displaced").alleged_perpetrator is None


def test_who_speaks_was_not_shelled(extractor: ClaimExtractor) -> None:
    text = (
        "Two people were wounded as a result of the shelling of the Kyivskyi district of Donetsk, "
        "the representative office of the DPR in the JCCC said."
    )
    read = read_report(extractor, text)
    assert {c.site.kind for c in read.of(STRUCK) if c.site} == {"populated_area"}, read.summary()
