"""How reports from Nigeria, the Sahel, Sudan and the Horn put their news: invented sentences."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.extract import ClaimExtractor

FIGURES = [
    # headlines that list deeds
    ("Gunmen kill monarch, abduct wife in Kwara", ["killed 1/1", "abducted 1/1"]),
    ("Gunmen abduct monarch, kill driver in Ondo", ["abducted 1/1", "killed 1/1"]),
    (
        "ISWAP fighters storm Borno town, kill 12 fishermen, burn boats",
        ["killed 12/12", "object_struck 2/None"],
    ),
    ("Gunmen kidnap Catholic priest, three others in Imo", ["abducted 4/4", "abducted 3/3"]),
    # people behind another word, and a clause of its own behind an object
    (
        "The army says rebels carried out the killing of 12 men, as well as the kidnapping for "
        "ransom of 48 people.",
        ["killed 12/12", "abducted 48/48"],
    ),
    (
        'Fighters killed 11. "We recovered 11 bodies and seven persons are yet to be found," he '
        "told a reporter by phone.",
        ["killed 11/11", "killed 11/11", "missing 7/7"],
    ),
    # the victims of those told
    (
        "Bandits on Sunday abducted 30 worshippers in Tsafe. He said that four of the victims "
        "were children.",
        ["abducted 30/30", "abducted 4/4"],
    ),
    # whom a figure beside is no part of
    (
        "Rebels killed 44 people, including 20 children, in Bol, and 179 people in Ati.",
        ["killed 44/44", "killed 20/20", "killed 179/179"],
    ),
    # where the hurt were taken is nobody hurt
    (
        "Bandits shot nine men in Kainuk. The injured were rushed to Lodwar County Referral "
        "Hospital.",
        ["injured 9/9"],
    ),
    # who was let go is held no more
    ("Bandits who abducted 25 residents of Tsafe have released 16 of them.", ["abducted 25/25"]),
    # an accusation of no harm to anybody
    (
        "Militants publicly executed three men in Jilib, accusing them of spying for the state.",
        ["killed 3/3"],
    ),
    ("The army announced the neutralisation of several terrorists in Gao.", ["killed 2/None"]),
    ("Gunmen raided Guri. A man was matcheted to death by them.", ["killed 1/1"]),
    # who says it is none of those harmed
    ("Shot in the head, two men died, police said.", ["killed 2/2"]),
    ("Killed in a raid in Bol: nine nurses, police said.", ["killed 9/9"]),
    # a traditional ruler
    ("The monarch was shot in his palace in Koro by the hoodlums.", ["injured 1/1"]),
]


def rows(extractor: ClaimExtractor, body: str) -> list[str]:
    claims = read_report(extractor, body).claims
    return [f"{c.harm} {c.quantity.low}/{c.quantity.high}" for c in claims]


@pytest.mark.parametrize(("body", "wanted"), FIGURES, ids=[f[0][:40] for f in FIGURES])
def test_figures(extractor: ClaimExtractor, body: str, wanted: list[str]) -> None:
    assert sorted(rows(extractor, body)) == sorted(wanted)


DOERS = [
    (
        "Burkinabe soldiers summarily executed at least 23 civilians near Djibo.",
        "Burkinabe soldiers",
    ),
    ("Since June insurgents have killed 61 civilians, 22 of them by decapitation.", "insurgents"),
    ("Three men were beheaded and six boats burned by insurgents in Macomia.", "insurgents"),
    ("19 farmers were killed and 47 abducted by bandits in Katsina.", "bandits"),
    (
        "Scores of persons were feared killed when gunmen suspected to be herdsmen invaded Agatu.",
        "gunmen",
    ),
    (
        "The assailants, believed to be from neighbouring West Pokot, opened fire, killing nine.",
        "assailants",
    ),
    ("Gunmen kill monarch, abduct wife in Kwara", "Gunmen"),
    ("Boko Haram ambush convoy, kill four soldiers", "Boko Haram"),
    ("At least 31 people were killed in a mass execution by the RSF in Omdurman.", "RSF"),
    ("Suspected Jie warriors raided a kraal in Kotido, killing five herdsmen.", "Suspected Jie"),
    ("Two people were killed and three arrested by police in Kano.", None),
]


@pytest.mark.parametrize(("body", "doer"), DOERS, ids=[d[0][:40] for d in DOERS])
def test_who_did_it(extractor: ClaimExtractor, body: str, doer: str | None) -> None:
    found = next(c for c in read_report(extractor, body).claims if c.harm == "killed")
    accused = found.alleged_perpetrator
    if doer is None:
        assert accused is None
    else:
        assert accused is not None
        assert accused.name.startswith(doer)


PLACES = [
    ("Bandits killed five people in Bukkuyum Local Government Area of Zamfara State.", "Bukkuyum"),
    ("Gunmen killed five people in Mafa LGA, Borno State.", "Mafa"),
    ("Maiduguri – Boko Haram insurgents killed 11 farmers in Mafa on Monday.", "Mafa"),
    ("Uganda: rebels killed five people in Kasese", "Kasese"),
    (
        "Armed youth suspected to be from neighbouring Pibor attacked a camp in Bor, killing 13.",
        "Bor",
    ),
]


@pytest.mark.parametrize(("body", "place"), PLACES, ids=[p[0][:40] for p in PLACES])
def test_where(extractor: ClaimExtractor, body: str, place: str) -> None:
    found = next(c for c in read_report(extractor, body).claims if c.harm == "killed")
    assert found.place is not None
    assert place in (found.place.name or found.place.as_written)


def test_a_town_before_a_dash_does_not_speak(extractor: ClaimExtractor) -> None:
    body = (
        "Addis Abeba – The Ethiopian Human Rights Commission (EHRC) said at least 45 civilians "
        "were killed in Merawi town."
    )
    (voice,) = read_report(extractor, body).one("killed").voice
    assert voice.name == "Ethiopian Human Rights Commission (EHRC)"


def test_the_party_of_those_taken_did_not_take_them(extractor: ClaimExtractor) -> None:
    body = (
        "Three members of the opposition CNL were abducted by armed youths in Ngozi and remain "
        "missing, the council said."
    )
    (missing,) = read_report(extractor, body).of("missing")
    assert missing.alleged_perpetrator is None or missing.alleged_perpetrator.name != "CNL"


def test_a_note_behind_what_was_said(extractor: ClaimExtractor) -> None:
    body = "12 aid workers were killed in Bol, the coordinator noted."
    (voice,) = read_report(extractor, body).one("killed").voice
    assert voice.role == "coordinator"


def test_the_compound_of_a_hospital_is_the_hospital(extractor: ClaimExtractor) -> None:
    body = "Shelling hit the compound of the paediatric hospital in Bol, killing two children."
    site = read_report(extractor, body).one("object_struck").site
    assert site is not None
    assert site.kind == "hospital"


def test_a_share_of_those_moved_keeps_the_day(extractor: ClaimExtractor) -> None:
    body = "12,500 people, most of them children, have been displaced from Ibo since 8 February."
    when = read_report(extractor, body).one("displaced").occurred
    assert when is not None
    assert when.earliest is not None
