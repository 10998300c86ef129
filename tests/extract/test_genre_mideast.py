"""Set phrases of Middle Eastern agencies, ministries and monitors (contract §2, §3; reading rules
7, 9, 12 and 15a).

The incidents are invented; the towns are real.
"""

from __future__ import annotations

import pytest
from told import figure, read_report

from harmledger.extract import ClaimExtractor

TOLD = [
    ("A soldier was martyred in a clash with militants near Kirkuk.", "killed", 1, 1),
    ("A civilian was martyred and two were hurt in a rocket attack on Hama.", "killed", 1, 1),
    ("One martyr, not two, was buried after the shelling of Daraa.", "killed", 1, 1),
    ("The raid led to the martyrdom of a farmer in Tyre.", "killed", 1, 1),
    ("Dozens suffocated from tear gas in clashes with soldiers in Jenin.", "injured", 24, None),
    ("Two people suffocated when gunmen set the shelter ablaze in Homs.", "killed", 2, 2),
    ("Army shells caused four cases of suffocation in Tyre.", "injured", 4, 4),
    ("A sniper shot dead a shepherd in Marib, the state-run agency reported.", "killed", 1, 1),
    ("Tank fire killed 17 people and wounded scores as they fled Homs.", "injured", 40, None),
    ("Tank fire killed 17 people and wounded scores as they fled Homs.", "killed", 17, 17),
    ("To date, 40 displaced men have been reported killed and 130 injured.", "injured", 130, 130),
    ("To date, 40 displaced men have been reported killed and 130 injured.", "killed", 40, 40),
    ("The raid raises the number of reporters killed since May 7 to 147.", "killed", 147, 147),
    ("# Civilian killed by landmine near Hama", "killed", 1, 1),
    ("# Palestinian youth succumbs to gunshot wounds near Jenin", "killed", 1, 1),
    (
        "Samir Haddad was killed along with his wife and two sons in the bombing of Tyre.",
        "killed",
        4,
        4,
    ),
    (
        "Two babies died in the intensive care unit after shells hit the Homs hospital.",
        "killed",
        2,
        2,
    ),
    (
        "A Department of Safety and Security staff member was killed by gunmen in Homs.",
        "killed",
        1,
        1,
    ),
    (
        "A woman of 22 in moderate condition was rescued after the shelling of Haifa.",
        "injured",
        1,
        1,
    ),
    (
        "Two died of wounds, raising the number of victims of the shelling of Homs to nine.",
        "killed",
        9,
        9,
    ),
    (
        "A number of victims remain under the rubble after the bombing of Homs.",
        "trapped",
        2,
        None,
    ),
    (
        "Five were killed in the shelling of Homs.\nTwo girls and a man were among the martyrs.",
        "killed",
        3,
        3,
    ),
]


@pytest.mark.parametrize(("text", "harm", "low", "high"), TOLD)
def test_the_phrase_says_whom_and_how_many(
    extractor: ClaimExtractor, text: str, harm: str, low: int | None, high: int | None
) -> None:
    claims = read_report(extractor, text).claims
    assert (low, high) in [figure(c) for c in claims if c.harm == harm]


NOT_SAID = [
    ("A rocket hit a home in Haifa, the Red Shield ambulance service said.", "vehicles"),
    ("The army committed five massacres against families, leaving 39 dead in Homs.", "2/None"),
    ("Medics evacuated him to Ziv Medical Center after the rocket attack.", "displaced"),
    ("Settlers set fire to two houses and uprooted about 60 olive trees.", "displaced"),
    ("The Bureau for Identification of Missing Persons exhumed 12 bodies in Homs.", "missing"),
    ("The police recorded 143 incidents of killing by gunmen in Daraa since May.", "143/143"),
    ("A car-ramming and stabbing attack killed a woman in Haifa.", "vehicles"),
    ("A number of victims remain under the rubble after the bombing.", "killed_or_injured"),
]


@pytest.mark.parametrize(("text", "made_up"), NOT_SAID)
def test_what_nobody_said_is_no_claim(extractor: ClaimExtractor, text: str, made_up: str) -> None:
    claims = read_report(extractor, text).claims
    assert claims or made_up == "displaced" or "143" in made_up
    for claim in claims:
        low, high = figure(claim)
        assert made_up not in {claim.harm, claim.quantity.unit, f"{low}/{high}"}


SHELTERS = [
    "A strike hit a school sheltering displaced families in Homs, killing 16 people.",
    "At least 16 people were killed in an attack on a school housing displaced people in Homs.",
    "Some 16 people have been killed in a raid on a school sheltering families in Homs.",
]


@pytest.mark.parametrize("text", SHELTERS)
def test_a_school_that_shelters_people_is_what_was_struck(
    extractor: ClaimExtractor, text: str
) -> None:
    claims = read_report(extractor, text).claims
    struck = [c for c in claims if c.harm == "object_struck"]
    killed = [c for c in claims if c.harm == "killed"]
    assert [c.site and c.site.kind for c in (*struck, *killed)] == ["school", "school"]


DOERS = [
    ("Israeli occupation forces at dawn detained 14 men in Jenin.", "Israeli occupation forces"),
    ("Of these, regime forces killed 11 civilians in Homs.", "regime forces"),
]


@pytest.mark.parametrize(("text", "name"), DOERS)
def test_a_doer_is_named_without_the_hour(extractor: ClaimExtractor, text: str, name: str) -> None:
    (claim,) = read_report(extractor, text).claims
    assert claim.alleged_perpetrator is not None
    assert claim.alleged_perpetrator.name == name


def test_two_kinds_of_sources_speak(extractor: ClaimExtractor) -> None:
    text = "Soldiers killed four men in Jenin, according to local and security sources."
    (claim,) = read_report(extractor, text).claims
    assert [v.role for v in claim.voice] == ["security sources"]


def test_those_told_beside_the_whole_are_no_part_of_it(extractor: ClaimExtractor) -> None:
    text = (
        "The monitor said that 516 protesters, including 70 minors, had been killed in Homs, "
        "as well as 68 soldiers."
    )
    claims = read_report(extractor, text).claims
    assert [figure(c)[0] for c in claims if c.part_of is not None] == [70]


def test_a_month_of_the_year_makes_nobody_pregnant(extractor: ClaimExtractor) -> None:
    text = "Soldiers detained 212 people, including nine children, in the same month in Homs."
    assert all(not c.victims.roles for c in read_report(extractor, text).claims)
