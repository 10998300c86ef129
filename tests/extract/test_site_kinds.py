"""The kind of a struck site (contract §2, `site`): by its word, by the words beside it."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.extract import ClaimExtractor

KINDS = {
    "hospital": ["a surgical department", "a perinatal centre", "the hospital laundry"],
    "other_health": [
        "a dentist's surgery", "the chemist's", "a cholera treatment unit", "an old people's home",
        "a maternity clinic", "a medical supplies depot",
    ],
    "school": ["a music academy", "the lyceum", "the school canteen", "the university library"],
    "home": ["a residential complex", "a dormitory for workers", "a tenement building"],
    "market": ["a grocery store", "a food stall", "the butcher's", "a fruit stand"],
    "worship": ["an Islamic centre", "the church compound"],
    "cultural": ["a fortress", "a clock tower", "the philharmonic hall"],
    "water": ["the village well", "a water distribution point", "a filtration station"],
    "power": ["a gas storage facility", "an oil storage depot", "a geothermal plant"],
    "food": ["a bread factory", "a sheep pen", "a vegetable warehouse", "a sugar refinery"],
    "transport": ["a railway junction", "a motorway", "a container terminal"],
    "aid_convoy": [
        "a Red Crescent warehouse", "a truck hired by a relief agency", "a lorry loaded with aid",
    ],
    "evacuation_convoy": ["an evacuation minibus", "a convoy of displaced families"],
    "displacement_camp": ["a relief camp", "a tent city", "a settlement of displaced families"],
    "detention_centre": ["a labour camp", "an interrogation centre"],
    "media": ["the state television building", "the broadcaster's headquarters"],
    "populated_area": ["a slum"],
    "other_civilian": [
        "a printing house", "a taco stand", "a mechanic's shop", "a motel", "a barber shop",
        "a gold mine", "a funeral home", "a landfill", "a racecourse",
    ],
    "military": [
        "a drone factory", "an ammunition store", "a workshop for the assembly of missiles",
        "an army warehouse", "a naval base", "a training ground", "a recruitment office",
        "a weapons cache",
    ],
}  # fmt: skip
STRUCK = [(kind, words) for kind, found in KINDS.items() for words in found]


@pytest.mark.parametrize(("kind", "words"), STRUCK, ids=[words for _, words in STRUCK])
def test_kind_of_a_struck_site(extractor: ClaimExtractor, kind: str, words: str) -> None:
    read = read_report(extractor, f"Shells hit {words} in Kramatorsk on Monday, officials said.")
    site = read.one("object_struck").site
    assert site is not None
    assert site.kind == kind


NO_PAIR = [
    # two sites, each for itself
    ("A drone hit the hospital and the canteen in Sumy on Monday.", {"hospital", "other_civilian"}),
    ("The blast in Sumy on Monday damaged two schools, shops and a club.", {"school", "market",
                                                                           "other_civilian"}),
    # a weapon that only stands beside it
    ("A workshop was hit by a missile in Sumy on Monday.", {"other_civilian"}),
    # a lorry beside aid workers
    ("Gunmen burned a lorry in Sumy on Monday as relief workers fled.", {"transport"}),
]  # fmt: skip


@pytest.mark.parametrize(("body", "kinds"), NO_PAIR, ids=[body for body, _ in NO_PAIR])
def test_words_that_make_no_pair(extractor: ClaimExtractor, body: str, kinds: set[str]) -> None:
    claims = read_report(extractor, body).claims
    assert {c.site.kind for c in claims if c.site and c.harm == "object_struck"} == kinds
