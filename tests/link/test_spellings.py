"""One name in many spellings and scripts, and names that only look alike; the evidence is shown."""

from __future__ import annotations

import random
from string import ascii_lowercase

import pytest

from count.made import make_claim, make_document, on
from harmledger.core.claim import Claim, Site, Voice
from harmledger.core.document import Document
from harmledger.core.place import Place
from harmledger.link import propose_incidents, propose_origins
from harmledger.link.spelling import SpellingBook, are_alike, unite_spellings

SAME = [
    ("Volodymyr Zelenskiy", "Volodymyr Zelensky"),
    ("Volodymyr Zelensky", "Володимир Зеленський"),
    ("Yuri Andrushenko", "Yuri Andriushchenko"),
    ("Petro Andriushchenko", "Петро Андрющенко"),
    ("Sergei Lavrov", "Сергей Лавров"),
    ("Bashar al-Assad", "Bashar Al Assad"),
    ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan"),
    ("Łukasz Wójcik", "Lukasz Wojcik"),
    ("Médecins Sans Frontières", "Medecins sans frontieres"),
    ("Αλέξης Τσίπρας", "Alexis Tsipras"),
]
APART = [
    ("Volodymyr Zelensky", "Vladimir Putin"),
    ("Petro Andriushchenko", "Petro Poroshenko"),
    ("Iran", "Iraq"),
    ("North Darfur council", "South Darfur council"),
    ("Mali army", "Malawi army"),
    ("Maria Sokolova", "Mario Sokolov junior"),
    ("Kherson hospital", "Kharkiv hospital"),
    ("Сергей Лавров", "Сергей Шойгу"),
]


def keys_of(*names: str) -> list[str]:
    claims = [
        make_claim(low=1, voice=(Voice(name=name),), document=make_document(f"by {name}"))
        for name in names
    ]
    origins = propose_origins(claims, [], {})
    return [origins[c.id].key for c in claims]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_a_voice_in_two_spellings_is_one_origin(left: str, right: str) -> None:
    one, other = keys_of(left, right)
    assert one == other


@pytest.mark.parametrize(("left", "right"), APART)
def test_voices_that_look_alike_are_two(left: str, right: str) -> None:
    one, other = keys_of(left, right)
    assert one != other


def town(name: str, *, gazetteer_id: str | None = None, country: str = "UKR") -> Place:
    point = {"lat": 50.0, "lon": 36.25} if gazetteer_id else {}
    return Place(
        as_written=name,
        name=name,
        gazetteer_id=gazetteer_id,
        country=country,
        precision=1,
        kind="town",
        **point,  # type: ignore[arg-type]
    )


def link(*told: tuple[Place, str | None]) -> tuple[list[Claim], tuple]:  # type: ignore[type-arg]
    claims: list[Claim] = []
    documents: list[Document] = []
    for number, (place, site) in enumerate(told):
        document = make_document(f"report {number} {place.name} {site}", "2022-03-10")
        documents.append(document)
        claims.append(
            make_claim(
                low=4,
                document=document,
                place=place,
                occurred=on("2022-03-09"),
                site=Site(kind="hospital", name=site),
            )
        )
    return claims, propose_incidents(claims, [], documents)


TOWNS = [
    ("Kharkiv", "Kharkov"),
    ("Kharkiv", "Харків"),
    ("Zaporizhzhia", "Zaporizhia"),
    ("Severodonetsk", "Sievierodonetsk"),
    ("Debaltsevo", "Дебальцево"),
    ("Mekele", "መቐለ"),
    ("Latakia", "Lattakia"),
    ("Thessaloniki", "Θεσσαλονίκη"),
    ("Xichang", "西昌"),
    ("Tbilisi", "თბილისი"),
]
OTHER_TOWNS = [
    ("Kharkiv", "Kherson"),
    ("Mekele", "ጎንደር"),
    ("Homs", "حماة"),
    ("Donetsk", "Luhansk"),
    ("Xichang", "北京"),
]


@pytest.mark.parametrize(("known", "spelled"), TOWNS)
def test_a_town_no_gazetteer_knows_in_that_spelling(known: str, spelled: str) -> None:
    _, incidents = link((town(known, gazetteer_id="made:1"), None), (town(spelled), None))
    assert len(incidents) == 1
    why = [reason for kept in incidents[0].links for reason in kept.why]
    assert any(spelled in reason and known in reason for reason in why), why


@pytest.mark.parametrize(("known", "other"), OTHER_TOWNS)
def test_towns_that_are_two(known: str, other: str) -> None:
    _, incidents = link((town(known, gazetteer_id="made:1"), None), (town(other), None))
    assert len(incidents) == 2


def test_one_gazetteer_entry_in_two_scripts_is_one_place() -> None:
    two = (town("Kharkiv", gazetteer_id="made:1"), town("خاركيف", gazetteer_id="made:1"))
    _, incidents = link((two[0], None), (two[1], None))
    assert len(incidents) == 1


def test_a_named_site_in_two_spellings_shows_both() -> None:
    here = town("Gaza City", gazetteer_id="made:2", country="PSE")
    _, incidents = link(
        (here, "Al-Ahli hospital"), (here, "مستشفى الأهلي"), (here, "Al-Quds hospital")
    )
    assert len(incidents) >= 2
    _, incidents = link((here, "Shuhada hospital"), (here, "Shuhadaa hospital"))
    assert len(incidents) == 1
    why = [reason for kept in incidents[0].links for reason in kept.why]
    assert any("shuhada" in reason.lower() and "shuhadaa" in reason.lower() for reason in why), why


def test_names_that_come_later_are_spelled_as_if_all_had_come_at_once() -> None:
    rng, book = random.Random(4), SpellingBook()
    words = [f"kara{a}shad{b}" for a in "aeiou" for b in ("", "s", "h", "sk")]
    names = [frozenset([word, office]) for word in words for office in ("council", "police")]
    for _ in range(12):
        some = rng.sample(names, 15)
        assert book.unite(some) == unite_spellings(some)
    assert len(set(unite_spellings(names).values())) < len(names)


def test_of_many_names_only_those_that_begin_alike_are_compared() -> None:
    many = [
        frozenset([f"kar{a}{b}{c}ovsk"])
        for a in ascii_lowercase
        for b in ascii_lowercase
        for c in "aeo"
    ]
    spelled = unite_spellings([*many, frozenset(["zelenskiy"]), frozenset(["zelensky"])])
    assert spelled[frozenset(["zelensky"])] == frozenset(["zelenskiy"])
    assert spelled[frozenset(["karbbaovsk"])] == spelled[frozenset(["karbbeovsk"])]
    assert spelled[frozenset(["karbbaovsk"])] != spelled[frozenset(["karzzaovsk"])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nour", "nur"),
        ("noor", "nour"),
        ("hassan", "hasan"),
        ("younes", "yunis"),
        ("huda", "houda"),
    ],
)
def test_names_are_compared_as_they_are_read_aloud(one: str, other: str) -> None:
    assert are_alike([one], [other], shortest=4)
    assert are_alike([other], [one], shortest=4)


@pytest.mark.parametrize(
    ("one", "other"), [("nour", "nasr"), ("huda", "hadi"), ("rifat", "rihal"), ("lee", "li")]
)
def test_names_that_are_read_otherwise_stay_two(one: str, other: str) -> None:
    assert not are_alike([one], [other], shortest=4)


def test_a_short_name_of_a_person_must_be_written_the_same() -> None:
    assert not are_alike(["anna", "lee"], ["anna", "li"])
    assert not are_alike(["omar", "noor"], ["omar", "nur"])
