"""The alleged perpetrator (reading rule 24), by families of sentences."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.core.claim import Claim
from harmledger.extract import ClaimExtractor

ACCUSED = [
    # the doer of the verb
    ("Masked men shot dead a judge in Quito on Monday.", "Masked men"),
    ("A councillor was murdered by four unidentified people in Quito.", "four unidentified people"),
    ("Members of the Red Hills Brigade killed nine people near Bunia.", "Red Hills Brigade"),
    ("Deputies shot dead a gunman in Fresno on Monday.", "Deputies"),
    # the doer of the attack beside it
    ("Gunmen attacked a bus near Gao on Monday, killing seven people.", "Gunmen"),
    ("Seven people were killed when a man opened fire at a market in Kano.", "man"),
    ("A widow was shot dead after masked men burst into her home in Jacmel.", "masked men"),
    ("Rebels staged an ambush near Arauca in which two nurses were killed.", "Rebels"),
    ("Two soldiers were killed when rebels triggered a mine in Raipur.", "rebels"),
    # a force by its plural name, or by the word alone
    ("Coastal Rangers entered a hostel in Turbat and killed nine boarders.", "Coastal Rangers"),
    ("A local force killed nine farmers near Bunia on Monday.", "local force"),
    ("Inmates of pavilion 5 killed nine guards in the riot in Bol.", "Inmates of pavilion 5"),
    # whose checkpoint it was
    ("Nine drivers were killed at a checkpoint of the Qasr Brigades near Bol.", "Qasr Brigades"),
    # behind a phrase
    ("A mine believed to have been laid by rebels killed nine people in Bol.", "rebels"),
    ("Nine people were killed in an attack carried out by the Lake Front in Bol.", "Lake Front"),
    ("Nine farmers were killed in a massacre blamed on paramilitaries in Bol.", "paramilitaries"),
    # who claims or is charged with it
    (
        "The Lake Front claimed responsibility for an attack that killed nine people in Bol.",
        "Lake Front",
    ),
    ("Hugo Paz is accused of the murder of a councillor in Cali in 2019.", "Hugo Paz"),
    (
        "Nine people died when drones flown by the Lake Front crashed into a queue in Bol.",
        "Lake Front",
    ),
    ("Nine people were killed when armed men overran a camp in Bol.", "armed men"),
    ("The gang attack on the market killed nine people in Bol.", "gang"),
    # nationality
    ("An Israeli air strike killed five people in Rafah on Monday.", "Israeli"),
    ("A US drone strike killed four people in Marib on Monday.", "US"),
    # a state by its name, where it does what only arms do
    ("Russia shelled Kherson on Monday, killing two people.", "Russia"),
    ("Two people were killed when Israel bombed a school in Rafah on Monday.", "Israel"),
    # a power on the attack
    ("Four people were killed in government shelling in Homs on Monday.", "government"),
    ("Four people were killed in an air strike by the Saudi-led coalition in Saada.", "coalition"),
    ("Shelling by Pakistani troops killed two people in Poonch on Monday.", "Pakistani troops"),
    ("Two people were killed in an insurgent attack in Palma on Monday.", "insurgent"),
    ("Two people were killed in a settler attack near Nablus on Monday.", "settler"),
    ("A boy was killed when a Russian shell hit a bus in Kherson on Monday.", "Russian"),
    # people of any trade who kill somebody else
    ("Fulani herdsmen killed nine farmers near Jos on Monday.", "Fulani herdsmen"),
    ("Loggers killed two villagers in Maraba on Monday.", "Loggers"),
    ("Hindu nationalists lynched two men in Alwar on Monday.", "Hindu nationalists"),
    ("Four people were killed when a suicide bomber blew himself up in Kabul.", "suicide bomber"),
    ("Dissidents of the FARC killed two peasants near Mocoa on Monday.", "FARC"),
]


def killed(extractor: ClaimExtractor, body: str) -> Claim:
    return read_report(extractor, body).one("killed")


@pytest.mark.parametrize(("body", "accused"), ACCUSED, ids=[a[0] for a in ACCUSED])
def test_accused(extractor: ClaimExtractor, body: str, accused: str) -> None:
    found = killed(extractor, body).alleged_perpetrator
    assert found is not None
    assert accused in f"{found.name} {found.as_written}", found


NOBODY = [
    "Iran launched an inquiry after nine people were killed in a raid in Ahvaz.",
    "Israel hit back after rockets killed nine people in Sderot.",
    "The army launched a raid after nine people were killed in an ambush near Gao.",
    "Nine people have been killed in Odesa since the Russian invasion began.",
    "Nine people were killed by sniper fire in Aleppo on Monday.",
    "A missile killed nine people in Kharkiv on Monday.",
    "A car bomb killed nine people in Quetta on Monday.",
    "Nine people died of hunger during the siege of Madaya.",
    "Nine people were killed in a terrorist attack in Quetta on Monday.",
    "Rescuers recovered nine bodies after an air strike in Idlib on Monday.",
    "The army lost nine soldiers in shelling near Bakhmut on Monday.",
    "Nine people were killed at the Zepce checkpoint on Monday.",
    "Kherson lost nine people killed by shells on Monday.",
    "Nine villagers were killed in an explosion in Bol on Monday.",
    "Nine people were driven off by force and killed near Bol on Monday.",
    "The city council reported nine dead in shelling in Mariupol on Monday.",
]


@pytest.mark.parametrize("body", NOBODY)
def test_a_weapon_a_finder_or_a_bearer_is_never_accused(
    extractor: ClaimExtractor, body: str
) -> None:
    claims = read_report(extractor, body).of("killed")
    assert claims
    for claim in claims:
        assert claim.alleged_perpetrator is None, claim.alleged_perpetrator


NAMES = [
    ("A US air strike hit a ward in Kirkuk, killing three people.", "US"),
    ("A Russian air strike killed three people in Idlib.", "Russian forces"),
    (
        "The ministry blames an Israeli air strike for nine people killed in Rafah.",
        "Israeli forces",
    ),
    ("Gunmen attacked a bus near Gao after killing nine guards at a post.", "Gunmen"),
]


@pytest.mark.parametrize(("body", "name"), NAMES, ids=[n[0] for n in NAMES])
def test_the_accused_is_a_party_and_no_deed(
    extractor: ClaimExtractor, body: str, name: str
) -> None:
    found = killed(extractor, body).alleged_perpetrator
    assert found is not None
    assert found.name == name


def test_who_arrests_a_killer_is_not_accused_of_the_killing(extractor: ClaimExtractor) -> None:
    found = killed(extractor, "Police arrested a man who killed nine people in Kirkuk.")
    accused = found.alleged_perpetrator
    assert accused is None or accused.name != "Police"


def test_the_harmed_are_never_accused(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, "More than 400 soldiers fled Bunia after shelling on Monday.")
    claims = read.of("displaced")
    assert claims, read.summary()
    assert all(c.alleged_perpetrator is None for c in claims), read.summary()


def test_a_pronoun_stays_as_written_and_takes_the_name_before_it(
    extractor: ClaimExtractor,
) -> None:
    read = read_report(
        extractor,
        "Fighters of the Lake Front attacked Bol on Monday. They killed nine villagers.",
    )
    accused = read.one("killed").alleged_perpetrator
    assert accused is not None
    assert accused.as_written == "They"
    assert "Lake Front" in accused.name


def test_attackers_are_whom_they_are_identified_as(extractor: ClaimExtractor) -> None:
    accused = killed(
        extractor,
        "The attackers, whom a witness identified as members of the Lake Front, killed nine people "
        "in Bol on Monday.",
    ).alleged_perpetrator
    assert accused is not None
    assert "Lake Front" in accused.as_written


def test_a_part_has_the_doer_of_its_whole(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "Soldiers arrested 31 men in Bol on Monday; four of them were still in custody."
    )
    (part,) = read.of("detained", part=True)
    assert part.alleged_perpetrator is not None, read.summary()
    assert part.alleged_perpetrator.as_written == "Soldiers"


def test_its_men_are_those_of_whoever_speaks(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "The Coastal Brigade admitted on Monday that its men had wounded three children in Taiz.",
    )
    accused = read.one("injured").alleged_perpetrator
    assert accused is not None
    assert "Coastal Brigade" in accused.name, read.summary()


def test_who_goes_without_is_not_accused_of_it(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        'The siege goes on in Taiz. "We have run out of blood and oxygen," a surgeon said.',
    )
    for claim in read.of("service_denied"):
        assert claim.alleged_perpetrator is None, read.summary()


def test_who_cut_the_way_did_what_came_of_it(extractor: ClaimExtractor) -> None:
    body = "The war goes on. With the port closed by the gangs, 900 families are without water."
    accused = read_report(extractor, body).one("service_denied").alleged_perpetrator
    assert accused is not None
    assert accused.as_written == "gangs"
