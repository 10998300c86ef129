"""Claims about people: whom, how many, parts and wholes (contract §2, §3; reading rules 12–16).

The incidents are invented; the cities are real.
"""

from __future__ import annotations

import pytest
from told import figure, read_report

from harmledger.extract import ClaimExtractor

FIGURES = [
    ("A woman was killed when a shell hit her home in Kharkiv on Monday.", "killed", 1, 1),
    ("One person was killed in a grenade attack in Bujumbura on Monday.", "killed", 1, 1),
    ("A family was killed in an air strike on Idlib on Sunday.", "killed", 2, None),
    ("A family of five was killed when a shell hit their flat in Kherson.", "killed", 5, 5),
    ("Shelling wounded civilians in Kherson on Tuesday.", "injured", 2, None),
    ("An air strike killed several people in Idlib on Monday.", "killed", 2, None),
    ("There were no casualties in the drone attack on Sumy.", "killed_or_injured", 0, 0),
    ("The shelling killed nobody in Toretsk on Monday.", "killed", 0, 0),
    ("At least 14 people were killed in a rocket attack in Aleppo.", "killed", 14, None),
    ("No fewer than 12 people were killed by gunmen in Zamfara on Monday.", "killed", 12, None),
    ("More than 20 people were injured in a bombing in Mogadishu.", "injured", 21, None),
    ("As many as 60 people were killed in an air strike on Homs on Monday.", "killed", None, 60),
    ("Almost 50 people were killed in an attack on a wedding in Kandahar.", "killed", None, 50),
    ("Fewer than 20 people were injured in the bombing in Lagos on Monday.", "injured", None, 19),
    ("About 30 people were wounded when gunmen opened fire in Kabul.", "injured", 30, 30),
    ("Between 10 and 15 people were killed in an air strike on Raqqa.", "killed", 10, 15),
    ("Dozens of people were killed in a bombing in Baghdad on Monday.", "killed", 24, None),
    ("A dozen people were killed when a bomb exploded in Jalalabad.", "killed", 12, 12),
    ("Thirty-four people were killed when gunmen stormed a hotel in Bamako.", "killed", 34, 34),
    ("Two people were killed by a landmine in Izium on Monday.", "killed", 2, 2),
    ("Twelve people are missing after an air strike on a factory in Sanaa.", "missing", 12, 12),
    (
        "Some 30 people were trapped under rubble in Dnipro after a missile strike.",
        "trapped",
        30,
        30,
    ),
    ("Four aid workers were abducted by gunmen in Goma on Thursday.", "abducted", 4, 4),
    ("Militants kidnapped 15 schoolgirls from a school in Zamfara on Friday.", "abducted", 15, 15),
    ("Police detained 40 protesters in Minsk on Sunday.", "detained", 40, 40),
    ("Soldiers arrested 20 opposition activists in Harare on Monday.", "detained", 20, 20),
    ("No one was hurt when a rocket hit a warehouse in Odesa on Monday.", "injured", 0, 0),
    ("Heavy shelling has trapped hundreds of people in a cellar in Kherson.", "trapped", 200, None),
    (
        "Dozens of people were trapped under rubble after an air strike on Homs.",
        "trapped",
        24,
        None,
    ),
    ("Dozens of people were detained in Minsk after an anti-war protest.", "detained", 24, None),
    ("Hundreds fled Palma on Sunday after militants attacked it.", "displaced", 200, None),
    ("Hundreds of thousands of people have been displaced by fighting.", "displaced", 200000, None),
    ("Thousands of people were forced from their homes by fighting.", "displaced", 2000, None),
    (
        "An unknown number of people were killed when the army shelled Kadugli.",
        "killed",
        None,
        None,
    ),
    ("Twenty people were killed and wounded in a bombing in Mosul.", "killed_or_injured", 20, 20),
    ("Fighters took 30 people hostage in a theatre in Moscow on Friday.", "abducted", 30, 30),
    ("Four wounded people died in hospital in Rafah after an air strike.", "killed", 4, 4),
    ("200 people fled Palma on Sunday after militants attacked the town.", "displaced", 200, 200),
    ("Militiamen raped six women in a village near Bukavu on 3 May.", "sexual_violence", 6, 6),
    # lists that a clause or a place interrupts
    ("Insurgents killed a guard at the gate and a cook in Palma.", "killed", 2, 2),
    ("Gunmen shot dead a baker, a woman selling figs and her niece in Gao.", "killed", 3, 3),
    ("A tram driver who was on her way to work and two cleaners were killed by shelling in Sumy, "
     "the mayor wrote.", "killed", 3, 3),
    ("Gunmen shot dead a guard in the house of a teacher and a cook in Gao.", "killed", 1, 1),
    # what the words of another clause do not say
    ("An old couple who could not walk were found shot dead in Bria.", "killed", 2, 2),
    ("Forty lives have been lost in the fighting in Bria, and 90 houses have been burnt.",
     "killed", 40, 40),
    ("The ministry put the dead in the bombing of Quetta at 14 and the injured at 41.",
     "injured", 41, 41),
    ("A guard was killed by shelling in Sumy and two other people are in hospital.",
     "injured", 2, 2),
    ("Gunmen opened fire on a court in Gao on Monday; judge among dead.", "killed", 1, 1),
]  # fmt: skip


@pytest.mark.parametrize(("body", "harm", "low", "high"), FIGURES, ids=[f[0] for f in FIGURES])
def test_figures(
    extractor: ClaimExtractor, body: str, harm: str, low: int | None, high: int | None
) -> None:
    read = read_report(extractor, body)
    assert figure(read.one(harm)) == (low, high), read.summary()


def test_a_singular_is_implied_and_the_word_one_is_stated(extractor: ClaimExtractor) -> None:
    implied = read_report(extractor, "A man was killed by a sniper in Sarajevo on Monday.")
    stated = read_report(extractor, "One man was killed by a sniper in Sarajevo on Monday.")
    assert implied.one("killed").quantity.basis == "implied"
    assert stated.one("killed").quantity.basis == "stated"
    assert implied.one("killed").quantity.bound == stated.one("killed").quantity.bound == "exact"


def test_a_vague_word_names_its_profile(extractor: ClaimExtractor) -> None:
    claim = read_report(extractor, "Dozens of people were killed in a bombing in Baghdad.").one(
        "killed"
    )
    assert (claim.quantity.basis, claim.quantity.bound) == ("word:literal", "word")


def test_two_figures_of_one_clause(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "Three were killed and 17 wounded when shells hit a school in Kharkiv."
    )
    assert figure(read.one("killed")) == (3, 3)
    assert figure(read.one("injured")) == (17, 17)


def test_a_hedge_binds_the_nearest_number(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "The strike killed five people and injured up to 30 in Vinnytsia."
    )
    assert figure(read.one("killed")) == (5, 5)
    assert figure(read.one("injured")) == (None, 30)


@pytest.mark.parametrize(
    ("body", "whole", "parts"),
    [
        (
            "A soldier and four villagers were killed when a mine exploded near Mopti on Monday.",
            5,
            {4: "civilian", 1: "combatant"},
        ),
        (
            "Four medical workers and two patients were killed when a clinic in Idlib was bombed.",
            6,
            {4: "civilian", 2: "civilian"},
        ),
        (
            "Ten civilians and two soldiers were killed in Taiz on Monday in shelling.",
            12,
            {10: "civilian", 2: "combatant"},
        ),
        (
            "A mother and her two daughters were killed when a drone hit their house in Odesa.",
            3,
            {2: "undetermined"},
        ),
    ],
)
def test_mixed_subjects_are_summed_and_keep_their_parts(
    extractor: ClaimExtractor, body: str, whole: int, parts: dict[int, str]
) -> None:
    read = read_report(extractor, body)
    claim = read.one("killed")
    assert figure(claim) == (whole, whole)
    assert claim.quantity.basis == "arithmetic"
    assert sum(claim.quantity.parts) == whole
    found = read.of("killed", part=True)
    assert {c.quantity.low: c.victims.status for c in found} == parts
    assert {c.part_of for c in found} == {claim.id}


@pytest.mark.parametrize(
    "body",
    [
        "Nine people, including three children, were killed in a drone strike on Sumy on Monday.",
        "A drone strike killed nine people in Sumy on Monday, including three children.",
        "A strike on a house in Sumy killed nine people, three of them children, medics said.",
        "Nine people were killed, three of them children, in shelling of Sumy on Monday.",
    ],
)
def test_a_breakdown_is_part_of_its_whole(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, body)
    whole = read.one("killed")
    (part,) = read.of("killed", part=True)
    assert (figure(whole), figure(part)) == ((9, 9), (3, 3))
    assert part.part_of == whole.id
    assert (part.victims.age, part.victims.status) == ("child", "civilian")
    assert part.quantity.extent == "whole"  # all the children this voice counts
    assert any(g.age == "child" for g in whole.victims.groups)
    assert whole.victims.age is None  # true of three of them, not of all nine


def test_parts_between_dashes(extractor: ClaimExtractor) -> None:
    body = "Eight people — five women and three men — were killed in an air strike in Sirte."
    read = read_report(extractor, body)
    assert figure(read.one("killed")) == (8, 8)
    parts = read.of("killed", part=True)
    assert {(c.quantity.low, c.victims.sex) for c in parts} == {(5, "female"), (3, "male")}


def test_described_people_are_summed(extractor: ClaimExtractor) -> None:
    body = "The police chief and his bodyguard were killed in an ambush in Herat on Monday."
    claim = read_report(extractor, body).one("killed")
    assert (figure(claim), claim.quantity.basis) == ((2, 2), "arithmetic")


def test_an_unknown_number_beside_a_figure_opens_the_whole(extractor: ClaimExtractor) -> None:
    body = "Ten civilians and an unknown number of soldiers were killed in shelling in Taiz."
    read = read_report(extractor, body)
    assert figure(read.one("killed")) == (10, None)
    (civilians,) = [c for c in read.of("killed", part=True) if c.victims.status == "civilian"]
    assert figure(civilians) == (10, 10)


def test_families_are_counted_in_households(extractor: ClaimExtractor) -> None:
    body = "Fighting displaced 5,000 families in El Fasher on Monday."
    claim = read_report(extractor, body).one("displaced")
    assert (figure(claim), claim.quantity.unit) == ((5000, 5000), "households")


def test_wounds_and_death_are_one_claim(extractor: ClaimExtractor) -> None:
    body = "Four wounded people died in hospital in Rafah on Monday after an air strike."
    assert not read_report(extractor, body).of("injured")


def test_one_number_over_two_harms_is_counted_once(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, "Twenty people were killed and wounded in a bombing in Mosul.")
    assert not read.of("killed")
    assert not read.of("injured")


def test_a_part_may_cross_harms(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Fifteen people were injured in Kharkiv on Monday; six of them are in a "
        "critical condition after the attack.",
    )
    (part,) = read.of("injured", part=True)
    assert figure(part) == (6, 6)


@pytest.mark.parametrize(
    "body",
    [
        "Five people were killed, one of them a boy, and 19 were wounded in shelling of Sumy.",
        "Shelling of Sumy killed five people, two of them nurses, and 19 were wounded.",
        "Five people were killed in Sumy, three of them at home, and 19 more were wounded.",
    ],
)
def test_another_harm_told_behind_a_part_is_no_part(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, body)
    assert figure(read.one("killed")) == (5, 5)
    injured = read.one("injured")
    assert (figure(injured), injured.part_of) == ((19, 19), None)


def test_parts_name_a_whole_of_the_same_document(extractor: ClaimExtractor) -> None:
    body = (
        "The bombing killed 12 people in Kabul on Monday, including five women and four children."
    )
    read = read_report(extractor, body)
    whole, parts = read.one("killed"), read.of("killed", part=True)
    assert sorted(c.quantity.low or 0 for c in parts) == [4, 5]
    assert {c.part_of for c in parts} == {whole.id}


LIKEWISE = [
    ("Three guards were killed by shelling in Sumy, as was a fig seller who rode past.", 3, [1]),
    ("Two clerks were killed by shelling in Sumy, as were the driver and six pupils.", 2, [1, 6]),
    ("A clerk died in the shelling of Sumy, and so did two porters.", 1, [2]),
    ("Soldiers shot dead two clerks in Sumy, as did the rebels.", 2, []),
    ("Two clerks were killed by shelling in Sumy, as was reported before.", 2, []),
]


@pytest.mark.parametrize(("body", "first", "others"), LIKEWISE, ids=[w[0] for w in LIKEWISE])
def test_others_to_whom_the_same_was_done(
    extractor: ClaimExtractor, body: str, first: int, others: list[int]
) -> None:
    read = read_report(extractor, body)
    assert [c.quantity.low for c in read.of("killed")] == [first, *others], read.summary()


AMONG_THEM = [
    ("A tailor, a blind singer and a cook were among them.", [3]),
    ("The abbot, aged 81, was among them, and so were a porter and four nuns.", [1, 1, 4]),
    ("Among the dead are four schoolgirls, the driver of the Gao coach and his father.", [6, 4]),
    ("A nurse and her two sons were among the dead.", [3, 2]),
    ("Hunger was among them.", []),
]


@pytest.mark.parametrize(("body", "parts"), AMONG_THEM, ids=[a[0] for a in AMONG_THEM])
def test_some_of_those_told_before(extractor: ClaimExtractor, body: str, parts: list[int]) -> None:
    read = read_report(extractor, f"Soldiers killed 31 villagers in a raid on Gao. {body}")
    assert read.one("killed").quantity.low == 31, read.summary()
    found = [c.quantity.low for c in read.of("killed", part=True)]
    assert found == parts, read.summary()


TOLLS = [
    "The number of people killed in the bombing of a mosque in Kabul "
    "rose to 53 from 44, police said.",
    "The death toll from Monday's air strike on a market in Idlib "
    "rose to 53 on Tuesday, up from 44.",
    "The death toll in the bombing in Quetta rose to 53 on Tuesday, up from 44.",
    "The death toll from the bombing in Quetta has risen to 53, up from 44.",
]


@pytest.mark.parametrize("body", TOLLS)
def test_a_risen_toll_supersedes_the_one_it_names(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, body)
    by_low = {c.quantity.low: c for c in read.of("killed")}
    assert set(by_low) == {53, 44}, read.summary()
    assert by_low[53].supersedes == by_low[44].id
    assert by_low[44].supersedes is None
    assert {figure(c) for c in by_low.values()} == {(53, 53), (44, 44)}


PEOPLE = [
    ("Six soldiers were killed in an ambush near Gao on Monday.", {"status": "combatant"}),
    ("The army killed 15 militants in an air strike in Waziristan.", {"status": "combatant"}),
    ("Rebels shot dead three farmers near Bunia on Tuesday.", {"status": "civilian"}),
    ("Gunmen shot dead eight worshippers in Jos on Sunday.", {"status": "civilian"}),
    ("Police killed a protester in Nairobi on Tuesday.", {"status": "civilian"}),
    ("Two people were killed by shelling in Sumy.", {"status": "undetermined", "age": None}),
    ("Gunmen killed two policemen in Kabul.", {"status": "undetermined", "roles": ("police",)}),
    (
        "A 7-year-old boy was killed by a mine in Taiz.",
        {"age": "child", "sex": "male", "status": "civilian"},
    ),
    (
        "A 71-year-old woman was killed by a mortar shell in Kherson.",
        {"age": "older", "sex": "female"},
    ),
    (
        "A pregnant woman was killed by shelling in Gaza City.",
        {"status": "civilian", "sex": "female", "age": "adult"},
    ),
    ("An 18-year-old girl was killed by shelling in Donetsk.", {"age": "adult", "sex": "female"}),
    (
        "Five children, aged between 4 and 11, were killed when a mortar shell hit Sanaa.",
        {"age": "child"},
    ),
    (
        "Two nurses were killed in an air strike on Aleppo.",
        {"roles": ("health_worker",), "status": "civilian"},
    ),
    (
        "Three journalists were killed in an air strike on Tyre.",
        {"roles": ("journalist",), "status": "civilian"},
    ),
    (
        "Three Red Cross workers were killed by shelling in Donetsk.",
        {"roles": ("aid_worker",), "status": "civilian"},
    ),
    ("Four teachers were shot dead in Pattani.", {"roles": ("teacher",), "status": "civilian"}),
    ("Soldiers raped a 16-year-old girl in Tigray on Monday.", {"age": "child", "sex": "female"}),
]


@pytest.mark.parametrize(("body", "want"), PEOPLE, ids=[p[0] for p in PEOPLE])
def test_people(extractor: ClaimExtractor, body: str, want: dict[str, object]) -> None:
    read = read_report(extractor, body)
    claim = next(c for c in read.claims if c.harm != "object_struck")
    assert {key: getattr(claim.victims, key) for key in want} == want, read.summary()


def test_age_beats_the_word(extractor: ClaimExtractor) -> None:
    body = "An 18-year-old girl was shot dead by gunmen in Port-au-Prince on Sunday."
    claim = read_report(extractor, body).one("killed")
    assert (claim.victims.age, claim.victims.status) == ("adult", "undetermined")
    assert claim.site is None  # the port in the town's name is none


def test_an_age_is_no_count(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "A 7-year-old boy and a 71-year-old man were killed by shelling in Aleppo."
    )
    assert figure(read.one("killed")) == (2, 2)
    assert [(n.state, n.read_as) for n in read.found.numbers] == [("read_as", "age")] * 2


def test_named_bodies_of_one_voice_are_some(extractor: ClaimExtractor) -> None:
    body = (
        '"We received six bodies," said a doctor at the hospital in Gaza City after the shelling.'
    )
    claim = read_report(extractor, body).one("killed")
    assert (figure(claim), claim.quantity.extent) == ((6, 6), "some")


def test_bodies_with_wounds_are_killed_not_buried(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "The bodies of three men were found in Tijuana on Sunday; they had been shot."
    )
    assert figure(read.one("killed")) == (3, 3)
    assert not read.of("mass_burial")


def test_shot_with_no_outcome_is_injured(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, "Snipers shot two boys in Sarajevo on Monday.")
    assert figure(read.one("injured")) == (2, 2)
    assert not read.of("killed")


def test_death_from_hunger_in_a_siege_is_indirect(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "Fourteen people have starved to death in Madaya since the siege began."
    )
    claim = read.one("killed")
    assert (figure(claim), claim.cause) == ((14, 14), "indirect")


def test_an_attackers_own_death_is_not_counted_with_the_victims(extractor: ClaimExtractor) -> None:
    body = "A suicide bomber killed himself and 11 others at a checkpoint in Mogadishu on Monday."
    assert figure(read_report(extractor, body).one("killed")) == (11, 11)


@pytest.mark.parametrize(
    ("body", "whole", "part"),
    [
        ("Exactly 20 civilians, among them two nurses, were wounded in the raid.", 20, 2),
        (
            "Some 31 people, among whom were five children, were wounded in Aleppo by rockets.",
            31,
            5,
        ),
        ("Nine villagers, two of them women, were wounded by shelling near Mopti.", 9, 2),
    ],
)
def test_a_part_is_never_added_to_its_whole(
    extractor: ClaimExtractor, body: str, whole: int, part: int
) -> None:
    read = read_report(extractor, body)
    claims = {c.quantity.low: c for c in read.claims if c.harm == "injured"}
    assert set(claims) == {whole, part}
    assert claims[part].part_of == claims[whole].id


def test_a_breakdown_goes_on_without_its_word(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "MSF said 23 people were killed in Homs. Thirteen of them were cooks and ten were guests.",
    )
    parts = read.of("killed", part=True)
    assert sorted(part.quantity.low or 0 for part in parts) == [10, 13], read.summary()


SCOPES = [
    ("At least 120 people have been killed by shelling in Kherson this year.", "running_total"),
    ("So far this month 30 people have been killed by shelling in Kherson.", "running_total"),
    ("In recent weeks 34 people have been killed by shelling in Kherson.", "running_total"),
    ("The war has claimed the lives of 12,000 people.", "running_total"),
    ("The conflict has killed more than 12,000 people.", "running_total"),
    ("The fighting, now in its third year, has killed 12,000 people.", "running_total"),
    ("Ten days of clashes have left 42 people dead in Nyala.", "running_total"),
    ("Over the course of the siege 42 people were killed in Nyala.", "running_total"),
    ("Nationwide, 42 people were killed in shelling on Monday.", "period_total"),
    ("In the first half of this year gunmen killed 817 people in Zamfara.", "period_total"),
    ("Shelling killed 42 people in Kherson on Monday.", "incident"),
]


@pytest.mark.parametrize(("body", "scope"), SCOPES, ids=[s[0] for s in SCOPES])
def test_a_period_that_ends_now_is_a_running_total(
    extractor: ClaimExtractor, body: str, scope: str
) -> None:
    assert read_report(extractor, body).one("killed").quantity.scope == scope


HELD = [
    ("Shelling wounded 12 people in Kherson on Monday, two of whom died in hospital.", 2),
    ("Shelling killed 12 people in Kherson on Monday. The remaining two died in hospital.", 2),
    ("The attack killed 12 people in Bria on Monday, notably three teachers.", 3),
]


@pytest.mark.parametrize(("body", "low"), HELD, ids=[h[0] for h in HELD])
def test_a_part_by_the_words_that_hold_it(extractor: ClaimExtractor, body: str, low: int) -> None:
    read = read_report(extractor, body)
    (part,) = read.of("killed", part=True)
    assert part.quantity.low == low, read.summary()


def test_troops_that_storm_a_village_are_no_weather(extractor: ClaimExtractor) -> None:
    body = "Troops stormed the village of Gao on Monday and killed four people."
    assert figure(read_report(extractor, body).one("killed")) == (4, 4)


def test_kidnappers_are_armed_people(extractor: ClaimExtractor) -> None:
    body = "Kidnappers seized four missionaries near Jacmel on Monday."
    assert figure(read_report(extractor, body).one("abducted")) == (4, 4)
