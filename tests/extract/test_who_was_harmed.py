"""Status, age, sex and roles of the harmed (reading rule 25), by families of sentences."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.core.claim import Claim
from harmledger.extract import ClaimExtractor

STATUS = [
    # occupations
    ("Three beekeepers were shot dead near Gao on Monday.", "civilian"),
    ("Two delivery riders were killed in shelling in Sumy on Monday.", "civilian"),
    ("A night watchman was killed when a mortar hit the depot in Taiz on Monday.", "civilian"),
    ("Six tea pickers were abducted by gunmen near Wana on Monday.", "civilian"),
    ("Seven marchers were shot dead in Sucre on Monday.", "civilian"),
    ("Two neighbours were wounded by shells in Bria on Monday.", "civilian"),
    ("Three village chiefs were abducted by gunmen near Wajir on Monday.", "civilian"),
    ("The army denied having killed civilians in Bria.", "civilian"),
    ("Two of her colleagues were shot dead by gunmen in Bria on Monday.", "civilian"),
    ("A couple in their seventies was killed in shelling in Sumy on Monday.", "civilian"),
    ("Nine gold diggers were shot dead by gunmen in Bunia on Monday.", "civilian"),
    # combatants
    ("Enemy losses: twelve killed near Bria.", "combatant"),
    ("On the side of the friendly forces: five dead near Bria.", "combatant"),
    ("Nine members of the armed wing were killed in an air strike in Kandahar.", "combatant"),
    ("A non-commissioned officer was killed in an ambush near Mocoa on Monday.", "combatant"),
    ("Four suspected militants were killed in a raid in Quetta on Monday.", "combatant"),
    ("Two infantry colonels were killed in a bombing in Homs on Monday.", "combatant"),
    # what they belong to
    ("Ten members of a dockers' union were killed in a bombing in Lima.", "civilian"),
    ("A community leader was shot dead by gunmen in Cauca on Monday.", "civilian"),
    # neither
    ("According to government forces, nine were killed by shells in Homs.", "undetermined"),
    ("Fifteen guests were killed in a bombing in Kabul on Monday.", "undetermined"),
    ("Five police officers were killed in a bombing in Lahore on Monday.", "undetermined"),
    ("Three people were killed in a bombing in Lahore on Monday.", "undetermined"),
    ("A former army captain was shot dead in Medellin on Monday.", "undetermined"),
    ("Four families fled Avdiivka after shelling on Monday.", "undetermined"),
    ("A police captain was shot dead by gunmen in Cali on Monday.", "undetermined"),
    ("An 18-year-old girl was shot dead by gunmen in Jacmel on Sunday.", "undetermined"),
    # trades and offices
    *(
        (f"Gunmen killed two {who} in Gao on Monday.", "civilian")
        for who in (
            "market women", "pastoralists", "graduates", "public servants", "forest guards",
            "polling agents", "customs agents", "seafarers", "air traffic controllers",
            "traditional leaders", "women's rights activists", "firewood collectors",
            "liaison officers", "agricultural officers", "civil defence workers",
        )
    ),
    *(
        (f"Gunmen killed two {who} in Gao on Monday.", "combatant")
        for who in (
            "village guards", "home guards", "territorial defence members", "army engineers",
            "local defence force members", "presidential guards", "army drivers",
        )
    ),
    # no longer, or not said
    *(
        (f"Gunmen killed two {who} in Gao on Monday.", "undetermined")
        for who in (
            "former soldiers", "retired generals", "army deserters", "army veterans",
            "former rebels", "demobilised fighters", "rangers", "prison wardens", "prison staff",
        )
    ),
]  # fmt: skip


def only(extractor: ClaimExtractor, body: str) -> Claim:
    """The one claim about people that stands in a sentence."""
    read = read_report(extractor, body)
    found = [c for c in read.claims if c.harm != "object_struck" and c.part_of is None]
    assert len(found) == 1, read.summary()
    return found[0]


@pytest.mark.parametrize(("body", "status"), STATUS, ids=[s[0] for s in STATUS])
def test_status(extractor: ClaimExtractor, body: str, status: str) -> None:
    claim = only(extractor, body)
    assert claim.victims.status == status, claim.victims


def test_police_is_a_role(extractor: ClaimExtractor) -> None:
    for body in (
        "Five police officers were killed in a bombing in Lahore on Monday.",
        "A police captain was shot dead by gunmen in Cali on Monday.",
        "A corporal of the carabineros was killed in an attack in Temuco on Monday.",
    ):
        assert only(extractor, body).victims.roles == ("police",), body


@pytest.mark.parametrize(
    ("who", "roles"),
    [
        ("members of parliament", ("official",)),
        ("teaching assistants", ("teacher",)),
        ("church elders", ("religious",)),
        ("UN employees", ("aid_worker",)),
        ("civil defence workers", ("first_responder",)),
        ("prison officers", ()),
        ("security officers", ()),
        ("intelligence officers", ()),
        ("relatives of a policeman", ()),
    ],
)
def test_roles_by_word(extractor: ClaimExtractor, who: str, roles: tuple[str, ...]) -> None:
    claim = only(extractor, f"Gunmen killed two {who} in Gao on Monday.")
    assert claim.victims.roles == roles


def test_an_officer_among_soldiers_is_no_police(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Troops of the third battalion were ambushed near Arauca on Monday. "
        "The officer was killed in the attack, the army said.",
    )
    killed = read.one("killed").victims
    assert (killed.status, killed.roles) == ("combatant", ())


NAMED = [
    ("Justice Minister Ana Roa was assassinated in Quito on Monday.", "civilian", ("official",)),
    (
        "Ana Roa, 34, a nurse at the clinic, was killed by a sniper in Sarajevo.",
        "civilian",
        ("health_worker",),
    ),
    ("Two of his classmates were shot dead by soldiers in Bol.", "civilian", ("student",)),
    ("A village chief was shot dead by gunmen in Bol.", "civilian", ("official",)),
    (
        "Two of her colleagues, both nurses, were shot dead by gunmen in Bol.",
        "civilian",
        ("health_worker",),
    ),
    ("The priest, Luis Vera, was shot dead in Tumaco on Monday.", "civilian", ("religious",)),
    ("Army Sergeant Luis Vera was killed in an ambush near Tumaco.", "combatant", ()),
    ("Former mayor Luis Vera was shot dead by gunmen in Tumaco on Monday.", "civilian", ()),
]


@pytest.mark.parametrize(("body", "status", "roles"), NAMED, ids=[n[0] for n in NAMED])
def test_title_and_apposition_of_a_name_say_who(
    extractor: ClaimExtractor, body: str, status: str, roles: tuple[str, ...]
) -> None:
    victims = only(extractor, body).victims
    assert (victims.status, victims.roles) == (status, roles), victims


def test_a_name_is_the_person_told_of_before(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Judge Karen Whitfield had received threats for weeks over the bombing trial. "
        "Karen Whitfield was shot dead by gunmen in Quito on Monday.",
    )
    victims = read.one("killed").victims
    assert (victims.status, victims.roles) == ("civilian", ("official",))


AGES = [
    ("A girl of seven was killed in shelling in Sumy on Monday.", "child"),
    ("A four-month-old baby was killed in shelling in Sumy on Monday.", "child"),
    ("A boy, 9, was killed in shelling in Sumy on Monday.", "child"),
    ("Two brothers, aged four and six, were killed in shelling in Sumy.", "child"),
    ("A farmer, 71, was killed in shelling in Sumy on Monday.", "older"),
    ("A 30-year-old teacher was killed in shelling in Sumy on Monday.", "adult"),
    ("Her two sons were killed in shelling in Sumy on Monday.", None),
    ("Four youths were killed in shelling in Sumy on Monday.", None),
]


@pytest.mark.parametrize(("body", "age"), AGES, ids=[a[0] for a in AGES])
def test_age(extractor: ClaimExtractor, body: str, age: str | None) -> None:
    assert only(extractor, body).victims.age == age


def test_sex_comes_from_words_and_pronouns_never_from_a_trade(extractor: ClaimExtractor) -> None:
    sexes = {
        "Two women were killed in shelling in Sumy on Monday.": "female",
        "He was shot dead by gunmen in Tumaco on Monday.": "male",
        "Three fishermen were abducted by gunmen near Kribi on Monday.": None,
        "Two priests were shot dead by gunmen in Tumaco on Monday.": None,
    }
    for body, sex in sexes.items():
        assert only(extractor, body).victims.sex == sex, body


# ---- words that stand elsewhere ----------------------------------------------------------------


def test_a_bare_number_goes_on_counting_the_people_before_it(extractor: ClaimExtractor) -> None:
    for body in (
        "Twelve civilians were killed and 30 injured in shelling in Homs on Monday.",
        "Twelve villagers were killed in shelling in Homs on Monday, and 30 were wounded.",
        "Twelve farmers were killed in shelling in Homs on Monday. Four more were wounded.",
    ):
        assert read_report(extractor, body).one("injured").victims.status == "civilian", body


def test_people_told_anew_take_nothing_over(extractor: ClaimExtractor) -> None:
    for body in (
        "Twelve soldiers were killed in an ambush near Gao and five people were wounded.",
        "Twelve farmers were killed in shelling in Homs on Monday. Five people were wounded.",
    ):
        assert read_report(extractor, body).one("injured").victims.status == "undetermined", body


def test_what_holds_of_all_holds_of_each_part(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "At least 26 civilians, including nine women, were killed in Idlib by shelling."
    )
    parts = read.of("killed", part=True)
    assert [p.victims.status for p in parts] == ["civilian"], read.summary()


def test_all_of_them_says_it_of_all(extractor: ClaimExtractor) -> None:
    said = "Gunmen killed 42 people, all of them civilians, in a raid near Bria on Monday."
    unarmed = "Soldiers shot dead five men, none of them armed, near Bria on Monday."
    assert only(extractor, said).victims.status == "civilian"
    assert only(extractor, unarmed).victims.status == "civilian"


def test_losses_a_force_tells_as_its_own_are_combatants(extractor: ClaimExtractor) -> None:
    claim = only(extractor, "The Northern Front said it lost 17 men in the fighting in Gao.")
    assert claim.victims.status == "combatant"


def test_an_owner_is_not_the_harmed(extractor: ClaimExtractor) -> None:
    claim = only(extractor, "A soldier's wife was killed in shelling in Sumy on Monday.")
    assert claim.victims.status != "combatant"


AGES = [
    ("A neighbour of 64 who had come to help was wounded by a shell in Sumy on Monday.", "older"),
    ("Two boys of 12 and 15 were shot dead by gunmen in Jos on Monday.", "child"),
    ("Three cousins aged 21 to 26 were shot dead by gunmen in Jos on Monday.", "adult"),
    ("A couple in their eighties was killed by a shell in Sumy on Monday.", "older"),
    ("A niece of 11, hit by a bullet, died in Jos on Monday.", "child"),
    ("An elderly woman was killed by a shell in Sumy on Monday.", "older"),
    ("Gunmen in Jos shot dead his daughter, who is nine, on Monday.", "child"),
    ("Four nurses, all of them women, were abducted by gunmen near Jos on Monday.", "adult"),
    ("Gunmen abducted 40 schoolchildren near Jos on Monday.", "child"),
    # what only some of them are, or what is no age
    ("Gunmen in Jos shot dead a father of five on Monday.", "adult"),
    ("Gunmen abducted 90 villagers, mostly women, near Jos on Monday.", None),
    ("Shelling in Sumy on Monday wounded seven people, a schoolgirl among them.", None),
    ("Some 8,000 people, half of them children, are trapped in besieged Sumy.", None),
    ("Gunmen shot dead nine miners, two of them boys of 14 and 15, near Jos on Monday.", None),
    ("Shelling killed over 70 people in Sumy on Monday.", None),
    ("Two men of 40 and 17 were shot dead by gunmen in Jos on Monday.", "adult"),
]


@pytest.mark.parametrize(("body", "age"), AGES, ids=[body for body, _ in AGES])
def test_stated_ages(extractor: ClaimExtractor, body: str, age: str | None) -> None:
    claims = read_report(extractor, body).claims
    assert claims[0].victims.age == age


def test_ages_of_parts(extractor: ClaimExtractor) -> None:
    """Bounds told right behind a number are of the part, none of the whole."""
    body = "Shelling in Sumy on Monday killed 23 people, nine of them under 18 and two over 70."
    whole, *parts = read_report(extractor, body).claims
    assert whole.victims.age is None
    assert parts[0].victims.age == "child"
