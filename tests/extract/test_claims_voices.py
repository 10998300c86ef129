"""Stance, modality, voice and accused of claims; what is out of scope (contract §2, §6)."""

from __future__ import annotations

import pytest
from told import figure, read_report

from harmledger.extract import ClaimExtractor

MODALITIES = [
    ("Dozens are feared dead after an air strike on a market in Idlib on Monday.", "feared"),
    ("At least 30 people were feared killed in an air strike in Khartoum.", "feared"),
    ("Up to 20 people may have been killed in an air strike in Khartoum.", "possible"),
    ("The UN warned that 500 people could die if Kherson is shelled again.", "predicted"),
    (
        "If the army enters Rafah, thousands of civilians will be killed, the agency said.",
        "predicted",
    ),
    ("Ukraine accused Russia of killing seven civilians in Kherson on Monday.", "alleged"),
    ("Hamas blamed Israel for a strike that killed 15 people in Khan Younis on Monday.", "alleged"),
    ("Nine people were killed in shelling in Donetsk on Monday.", "stated"),
]


@pytest.mark.parametrize(("body", "modality"), MODALITIES, ids=[m[0] for m in MODALITIES])
def test_modality(extractor: ClaimExtractor, body: str, modality: str) -> None:
    read = read_report(extractor, body)
    assert read.one("killed").modality == modality, read.summary()


def test_a_denial_has_no_number_and_no_accused_of_its_own(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Nine people were killed in an air strike on a hospital in Aleppo on Sunday, medics said. "
        "The Syrian army denied that its aircraft had bombed the hospital.",
    )
    denial = read.one("object_struck", stance="denies")
    assert figure(denial) == (None, None)
    assert denial.alleged_perpetrator is None
    assert denial.voice
    assert denial.voice[0].side.startswith("belligerent:")


def test_a_denial_of_an_attack_names_the_claim_it_is_about(extractor: ClaimExtractor) -> None:
    body = (
        "Syrian aircraft bombed a hospital in Aleppo on Sunday. The Syrian army denied the attack."
    )
    read = read_report(extractor, body)
    assert read.one("object_struck", stance="denies").about == read.one("object_struck").id


@pytest.mark.parametrize(
    "denial",
    ["denied bombing the hospital", "denied that its aircraft had bombed the hospital"],
)
def test_a_denial_in_full_names_the_claim_it_is_about(
    extractor: ClaimExtractor, denial: str
) -> None:
    read = read_report(
        extractor,
        "Medics said Syrian aircraft bombed a hospital in Aleppo on Sunday, killing nine people. "
        f"The Syrian army {denial}.",
    )
    assert read.one("object_struck", stance="denies").about == read.one("object_struck").id


DENIALS = [
    ("The Israeli army denied killing 12 people in Jenin on Monday.", "killed", (12, 12)),
    (
        "The Syrian government denied that its aircraft had bombed a hospital in Aleppo.",
        "object_struck",
        (None, None),
    ),
    (
        "The Ukrainian army said it had not fired on a bus in Donetsk.",
        "object_struck",
        (None, None),
    ),
    (
        "The army rejected reports that it had killed 20 villagers in Gao as fabricated.",
        "killed",
        (20, 20),
    ),
]


@pytest.mark.parametrize(("body", "harm", "count"), DENIALS, ids=[d[0] for d in DENIALS])
def test_denials(
    extractor: ClaimExtractor, body: str, harm: str, count: tuple[int | None, int | None]
) -> None:
    read = read_report(extractor, body)
    assert figure(read.one(harm, stance="denies")) == count, read.summary()
    assert not read.of(harm)  # nobody asserts it here
    assert "denial" in [response.kind for response in read.found.responses]


@pytest.mark.parametrize(
    ("body", "harm"),
    [
        (
            "The ministry could not confirm that 12 people had been killed in Homs on Monday.",
            "killed",
        ),
        (
            "The military said it was not aware of any civilian "
            "casualties from the strike in Mosul.",
            "killed_or_injured",
        ),
    ],
)
def test_cannot_confirm_is_no_denial(extractor: ClaimExtractor, body: str, harm: str) -> None:
    read = read_report(extractor, body)
    assert read.one(harm, stance="cannot_confirm").modality == "stated"
    assert not read.of(harm, stance="denies")
    assert not read.of(harm)


def test_an_earlier_version_is_retracted_and_the_correct_figure_asserted(
    extractor: ClaimExtractor,
) -> None:
    body = (
        "Correction: an earlier version of this article said 30 people were killed in the attack "
        "in Mosul. The correct figure is 13."
    )
    read = read_report(extractor, body)
    assert figure(read.one("killed", stance="retracts")) == (30, 30)
    assert figure(read.one("killed")) == (13, 13)


def test_a_withdrawn_figure_is_retracted(extractor: ClaimExtractor) -> None:
    body = (
        "Our report of Monday said that nine people had been killed in "
        "Kherson. We withdraw that figure."
    )
    read = read_report(extractor, body)
    retraction = read.one("killed", stance="retracts")
    assert figure(retraction) == (9, 9)
    assert retraction.about == read.one("killed").id


ACCUSED = [
    (
        "Ukraine accused Russia of killing seven civilians in Kherson on Monday.",
        "Russia",
        "Ukraine",
    ),
    (
        "Witnesses said soldiers had executed seven men in Bucha on 5 March 2022.",
        "soldiers",
        "witnesses",
    ),
    ("Gunmen killed the mayor of Celaya on Monday.", "Gunmen", "The Test Courier"),
    (
        "A man was shot dead by Israeli soldiers near Nablus on Thursday.",
        "Israeli soldiers",
        "The Test Courier",
    ),
]


@pytest.mark.parametrize(("body", "name", "by"), ACCUSED, ids=[a[0] for a in ACCUSED])
def test_an_accused_always_comes_with_who_alleges(
    extractor: ClaimExtractor, body: str, name: str, by: str
) -> None:
    accused = read_report(extractor, body).one("killed").alleged_perpetrator
    assert accused is not None
    assert (accused.name, accused.alleged_by) == (name, by)


def test_nobody_is_accused_where_nobody_is_named(extractor: ClaimExtractor) -> None:
    claim = read_report(extractor, "Nine people were killed in shelling in Donetsk.").one("killed")
    assert claim.alleged_perpetrator is None


def test_the_outlets_own_voice_is_empty(extractor: ClaimExtractor) -> None:
    claim = read_report(extractor, "Nine people were killed in shelling in Donetsk.").one("killed")
    assert claim.voice == ()


def test_originator_first_then_relayers(extractor: ClaimExtractor) -> None:
    body = "Rebels shot dead three farmers near Bunia on Tuesday, a local official told Reuters."
    voice = read_report(extractor, body).one("killed").voice
    assert [v.name or v.organisation or v.role for v in voice] == ["official", "Reuters"]


def test_he_added_holds_the_voice(extractor: ClaimExtractor) -> None:
    body = (
        "Seven people were killed in the shelling of Kherson, the regional governor said. "
        "He added that 12 were wounded."
    )
    read = read_report(extractor, body)
    (governor,) = read.one("killed").voice
    (same,) = read.one("injured").voice
    assert governor.role == same.role == "governor"


OUT_OF_SCOPE = [
    "Twelve people died when a bus plunged into a ravine near Kathmandu on Monday.",
    "Six people died of cholera in Port Sudan on Sunday.",
    "A family of five was killed in a car crash near Pretoria on Monday.",
    "An earthquake killed 40 people in Van on Monday.",
    "Nine people died when a ferry capsized off Mombasa on Sunday.",
]


@pytest.mark.parametrize("body", OUT_OF_SCOPE)
def test_out_of_scope_is_listed_not_claimed(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, body)
    assert read.claims == (), read.summary()
    assert read.reasons() == ["out_of_scope"]


@pytest.mark.parametrize(
    "body",
    [
        "The striker shot wide twice and Arsenal were killed off by two late goals in Madrid.",
        "The proposal was killed in committee on Monday by 12 votes to nine.",
        "The company took 40 buses out of service in Lyon on Monday after a strike by drivers.",
    ],
)
def test_sport_and_metaphor_are_no_claims(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, body)
    assert read.claims == (), read.summary()


@pytest.mark.parametrize(
    "body",
    [
        "A gunman killed three people at a shopping centre in Lyon on Saturday.",
        "Two people were stabbed to death in Marseille on Monday.",
        "A bomb killed four people at a bus stop in Bogota on Monday.",
    ],
)
def test_actor_and_motive_may_be_unknown(extractor: ClaimExtractor, body: str) -> None:
    assert read_report(extractor, body).of("killed")


def test_the_end_of_a_harm_is_no_claim(extractor: ClaimExtractor) -> None:
    body = (
        "Rescuers pulled 12 people alive from the rubble in Dnipro "
        "after a missile strike killed five."
    )
    read = read_report(extractor, body)
    assert [(c.harm, figure(c)) for c in read.claims] == [("killed", (5, 5))]
    assert [n.as_written for n in read.found.numbers if n.state == "unresolved"] == ["12"]


def test_every_figure_in_a_harmful_sentence_has_one_state(extractor: ClaimExtractor) -> None:
    body = (
        "On 3 May 2024 at 14:30, 12 people, 40 per cent of them "
        "women, were killed and a 9-year-old "
        "was hurt in Kharkiv, 30 km from the border, when 2 of 5 missiles got through.\n\n"
        "Rescuers pulled 12 people from the rubble of a block worth $3 million after the attack."
    )
    read = read_report(extractor, body)
    spans = [(n.start, n.end) for n in read.found.numbers]
    assert len(spans) == len(set(spans))
    kinds = {n.read_as for n in read.found.numbers if n.state == "read_as"}
    assert {"date", "clock", "percent", "age", "distance"} <= kinds
    ids = {c.id for c in read.claims}
    lines = [u.span for u in read.found.unresolved if u.span is not None]
    for number in read.found.numbers:
        used = number.state == "used"
        assert (number.claim in ids) == used
        assert (number.read_as is not None) == (number.state == "read_as")
        if number.state == "unresolved":
            assert any(s.start <= number.start and number.end <= s.end for s in lines)


def test_a_language_not_read_yields_one_line(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, "Трьох людей убито під час обстрілу Херсона.", language="uk")
    assert read.claims == ()
    assert read.reasons() == ["language_unread"]


def test_english_rules_are_not_used_on_another_language(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, "Attack in Kherson: 12 killed, 9 injured.", language="de")
    assert read.claims == ()
    assert read.reasons() == ["language_unread"]
