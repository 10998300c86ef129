"""Claims about buildings, vehicles, services, access and graves (contract §2; rules 7–10, 17)."""

from __future__ import annotations

import pytest
from told import figure, read_report

from harmledger.extract import ClaimExtractor

STRUCK = [
    ("A missile destroyed a school in Mykolaiv on Monday.", "school", "destroyed", 1, "facilities"),
    ("A rocket hit a warehouse in Odesa on Monday.", "other_civilian", "hit", 1, "facilities"),
    ("An artillery shell struck an apartment block in Kharkiv.", "home", "hit", 1, "facilities"),
    ("A clinic in Idlib was bombed on Friday.", "other_health", "hit", 1, "facilities"),
    ("Gunmen stormed a church in Jos on Sunday.", "worship", "hit", 1, "facilities"),
    (
        "Shelling damaged a pumping station in Donetsk on Monday.",
        "water",
        "damaged",
        1,
        "facilities",
    ),
    ("The attack damaged 14 homes in Mykolaiv on Monday.", "home", "damaged", 14, "facilities"),
    (
        "Unidentified aircraft bombed a refugee camp in Tigray.",
        "displacement_camp",
        "hit",
        1,
        "facilities",
    ),
    (
        "Air strikes destroyed three mosques in Sirte on Monday.",
        "worship",
        "destroyed",
        3,
        "facilities",
    ),
    ("Rockets damaged two hospitals in Aleppo on Sunday.", "hospital", "damaged", 2, "facilities"),
    ("Three ambulances were hit by shellfire in Kherson.", "other_health", "hit", 3, "vehicles"),
    ("A rocket hit a bus in Donetsk on Monday.", "transport", "hit", 1, "vehicles"),
    (
        "Two attacks on clinics were recorded in Khartoum on Monday.",
        "other_health",
        "hit",
        2,
        "attacks",
    ),
]


@pytest.mark.parametrize(
    ("body", "kind", "condition", "count", "unit"), STRUCK, ids=[s[0] for s in STRUCK]
)
def test_objects_struck(
    extractor: ClaimExtractor, body: str, kind: str, condition: str, count: int, unit: str
) -> None:
    read = read_report(extractor, body)
    claim = read.one("object_struck")
    assert claim.site is not None
    assert (claim.site.kind, claim.site.condition) == (kind, condition), read.summary()
    assert (figure(claim), claim.quantity.unit) == ((count, count), unit)


def test_different_objects_are_different_claims(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "The army shelled a hospital, a school and a market in Aleppo on Monday."
    )
    found = read.of("object_struck")
    assert [c.site.kind for c in found if c.site] == ["hospital", "school", "market"]
    assert {figure(c) for c in found} == {(1, 1)}
    assert {c.part_of for c in found} == {None}


def test_two_objects_of_one_verb(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, "Shells fell on a school and a kindergarten in Donetsk.")
    assert [figure(c) for c in read.of("object_struck")] == [(1, 1), (1, 1)]


def test_two_verbs_two_objects(extractor: ClaimExtractor) -> None:
    body = "The attack damaged 14 homes and destroyed two shops in Mykolaiv on Monday."
    found = read_report(extractor, body).of("object_struck")
    assert [(figure(c), c.site and c.site.condition) for c in found] == [
        ((14, 14), "damaged"),
        ((2, 2), "destroyed"),
    ]


def test_vehicles_and_facilities_are_never_one_unit(extractor: ClaimExtractor) -> None:
    body = "The hospital in Kunduz was destroyed in an air strike and five ambulances were damaged."
    found = read_report(extractor, body).of("object_struck")
    assert {(c.quantity.unit, figure(c)) for c in found} == {
        ("facilities", (1, 1)),
        ("vehicles", (5, 5)),
    }


def test_at_or_in_sets_the_site_of_another_harm_only(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "Gunmen killed three people at a supermarket in Lyon on Saturday."
    )
    assert not read.of("object_struck"), read.summary()
    claim = read.one("killed")
    assert claim.site is not None
    assert claim.site.kind == "market"


@pytest.mark.parametrize(
    "body", ["Russian forces shelled Nikopol overnight.", "The army bombed Kadugli on Monday."]
)
def test_a_place_shelled_is_a_populated_area_without_number(
    extractor: ClaimExtractor, body: str
) -> None:
    claim = read_report(extractor, body).one("object_struck")
    assert claim.site is not None
    assert claim.site.kind == "populated_area"
    assert figure(claim) == (None, None)
    assert claim.place is not None


def test_homes_without_power_are_households(extractor: ClaimExtractor) -> None:
    body = "Electricity was cut to 60,000 homes in Odesa after a drone attack on Monday."
    claim = read_report(extractor, body).one("service_denied")
    assert (figure(claim), claim.quantity.unit) == ((60000, 60000), "households")
    assert claim.services == ("power",)


@pytest.mark.parametrize(
    "body",
    [
        "The shelling killed four villagers near Gao on Monday.",
        "Soldiers killed four men in a village near Gao on Monday.",
    ],
)
def test_a_raid_gives_its_human_harm_only(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, body)
    assert not read.of("object_struck"), read.summary()
    assert figure(read.one("killed")) == (4, 4)


@pytest.mark.parametrize("attacker", ["Unidentified aircraft", "Syrian jets", "Two helicopters"])
def test_what_the_attacker_flies_is_not_the_site(extractor: ClaimExtractor, attacker: str) -> None:
    body = f"{attacker} bombed a hospital in Idlib on Friday, killing 56 people and injuring 30."
    read = read_report(extractor, body)
    assert {c.site.kind for c in read.claims if c.site} == {"hospital"}, read.summary()


def test_a_convoy_is_one_facility(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, "An aid convoy was shelled near Avdiivka on Monday.")
    claim = read.one("object_struck")
    assert (figure(claim), claim.quantity.unit) == ((1, 1), "facilities")
    assert claim.site is not None
    assert claim.site.kind == "aid_convoy"


@pytest.mark.parametrize(
    ("body", "weapon", "launch"),
    [
        ("An air strike killed nine people in Idlib.", "air_dropped_bomb", "air"),
        (
            "Government helicopters dropped barrel bombs on Idlib, killing nine.",
            "air_dropped_bomb",
            "air",
        ),
        ("A drone strike killed nine people in Sumy.", "drone", "air"),
        ("Mortar shells killed nine people in Donetsk.", "mortar", "ground"),
        ("Nine people were killed by a landmine in Izium.", "mine", "emplaced"),
        ("A car bomb killed nine people in Kabul.", "ied", "emplaced"),
        ("Snipers killed nine people in Sarajevo.", "small_arms", "ground"),
        ("A grenade attack killed nine people in Bujumbura.", "grenade", "ground"),
    ],
)
def test_means(extractor: ClaimExtractor, body: str, weapon: str, launch: str) -> None:
    means = read_report(extractor, body).one("killed").means
    assert means is not None
    assert (means.weapon, means.launch) == (weapon, launch)


def test_equipment_losses_of_forces_are_no_claim(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, "Two Russian tanks were destroyed near Avdiivka on Monday.")
    assert read.claims == ()


SERVICES = [
    ("Shelling left 40,000 people without water in Mykolaiv on Monday.", ("water",), 40000, 40000),
    ("The siege has left 12,000 residents of Marawi without food.", ("food",), 12000, 12000),
    (
        "Residents have been without electricity in Chernihiv since Monday because of shelling.",
        ("power",),
        2,
        None,
    ),
    (
        "Water supplies to 300,000 people were cut when shelling "
        "damaged a pumping station in Donetsk.",
        ("water",),
        300000,
        300000,
    ),
]


@pytest.mark.parametrize(
    ("body", "services", "low", "high"), SERVICES, ids=[s[0] for s in SERVICES]
)
def test_services_denied(
    extractor: ClaimExtractor, body: str, services: tuple[str, ...], low: int, high: int | None
) -> None:
    read = read_report(extractor, body)
    claim = read.one("service_denied")
    assert (claim.services, figure(claim)) == (services, (low, high)), read.summary()
    assert claim.quantity.unit == "persons"


@pytest.mark.parametrize(
    "body",
    [
        "Soldiers blocked an aid convoy from entering Mariupol on Sunday.",
        "The army broke the ceasefire in Khartoum on Monday, residents said.",
        "The ceasefire was violated within hours in Gaza on Friday.",
    ],
)
def test_access_denied_counts_no_routes_and_no_ceasefires(
    extractor: ClaimExtractor, body: str
) -> None:
    claim = read_report(extractor, body).one("access_denied")
    assert figure(claim) == (None, None)


def test_a_mass_grave_and_the_bodies_in_it(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, "A mass grave holding 27 bodies was found in Izium on Monday.")
    found = {c.quantity.unit: c for c in read.of("mass_burial")}
    assert {unit: figure(c) for unit, c in found.items()} == {"graves": (1, 1), "persons": (27, 27)}
    assert not read.of("killed")  # no twin


def test_bodies_from_a_mass_grave_are_persons(extractor: ClaimExtractor) -> None:
    body = "The bodies of 22 people were pulled from a mass grave in Sirte on Monday."
    found = {c.quantity.unit: c for c in read_report(extractor, body).of("mass_burial")}
    assert {unit: figure(c) for unit, c in found.items()} == {"graves": (1, 1), "persons": (22, 22)}


def test_graves_are_counted_in_graves(extractor: ClaimExtractor) -> None:
    claim = read_report(extractor, "Workers found three mass graves near Bucha on Monday.").one(
        "mass_burial"
    )
    assert (figure(claim), claim.quantity.unit) == ((3, 3), "graves")
