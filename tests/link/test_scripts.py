"""Names of towns and sites in other scripts, and two towns close to each other."""

from __future__ import annotations

import pytest

from count.made import make_claim, make_document, on
from harmledger.core.claim import Site
from harmledger.core.place import Place
from harmledger.link import propose_incidents
from harmledger.link.reach import Relation, compare_places, find_initial
from harmledger.link.sitenames import SiteName, are_other, find_alike, read_name

DAY = "2019-05-03"


def town(name: str, lat: float | None = None, **fields: object) -> Place:
    known = {"lat": lat, "lon": 36.0, "gazetteer_id": f"made:{name}"} if lat else {}
    base = {"as_written": name, "name": name, "country": "SYR", "precision": 1, "kind": "town"}
    return Place(**(base | known | fields))  # type: ignore[arg-type]


def name(written: str) -> frozenset[SiteName]:
    found = read_name(written, frozenset())
    return frozenset([found]) if found else frozenset()


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ("Rasqan", "رسقان", "spelled_place"),
        ("Tell Marun", "تل مارون", "spelled_place"),
        ("Al-Bashir", "البشير", "spelled_place"),
        ("Rasqan", "رسلان", None),
        ("Rasqan", "Rasqaan", "spelled_place"),
        ("Rasqan", "Rasqan", "same_place"),
    ],
)
def test_a_town_is_known_again_in_a_script_without_vowels(
    left: str, right: str, relation: Relation | None
) -> None:
    assert compare_places(town(left, 35.0), town(right)) == relation
    if relation is not None:
        assert find_initial(left) == find_initial(right)


@pytest.mark.parametrize(
    ("left", "right", "same", "other"),
    [
        ("Al-Rahma hospital", "مستشفى الرحمة", True, False),
        ("Al-Rahma hospital", "مستشفى الشفاء", False, False),
        ("مستشفى الشفاء", "مستشفى الرحمة", False, True),
        ("Little Star nursery", "детский сад Звёздочка", False, False),
        ("School No 3", "School No. 5", False, True),
        ("School No 3", "школа № 3", True, False),
    ],
)
def test_names_of_two_scripts_agree_or_say_nothing(
    left: str, right: str, same: bool, other: bool
) -> None:
    assert (find_alike(name(left), name(right)) is not None) is same
    assert are_other(name(left), name(right)) is other


def test_a_kind_of_site_is_no_name_in_any_script() -> None:
    assert not name("the maternity hospital")
    assert not name("مستشفى")
    assert not name("школа")


@pytest.mark.parametrize(
    ("other", "relation"),
    [
        (town("Lower Velt", 35.03), "beside_place"),
        (town("Velta", 35.03), "near_place"),
        (town("Lower Velt", 35.03, precision=2), "near_place"),
        (town("Lower Velt", 35.3), None),
    ],
)
def test_two_towns_said_to_the_point_are_two(other: Place, relation: Relation | None) -> None:
    assert compare_places(town("Velte", 35.0), other) == relation


def test_one_night_over_two_villages_is_two_incidents_and_one_named_site_is_one() -> None:
    claims, documents = [], []
    for number, (place, site) in enumerate(
        [
            (town("Velte", 35.0), Site(kind="home")),
            (town("Orrin", 35.03), Site(kind="home")),
            (town("Velte", 35.0), Site(kind="school", name="Hadran school")),
            (town("Orrin", 35.03), Site(kind="school", name="Hadran School")),
        ]
    ):
        document = make_document(f"report {number}", "2019-05-04")
        documents.append(document)
        claims.append(
            make_claim(low=2, document=document, place=place, occurred=on(DAY), site=site)
        )
    incidents = propose_incidents(claims, [], documents)
    home = {i: incident.id for incident in incidents for i in incident.claims}
    homes, schools = claims[:2], claims[2:]
    assert home[homes[0].id] != home[homes[1].id]
    assert home[schools[0].id] == home[schools[1].id]
