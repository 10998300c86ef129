"""Number words as each profile reads them, and as the policy that names it counts them."""

from __future__ import annotations

import pytest

from count.made import make_claim
from harmledger.core.claim import Claim
from harmledger.core.incident import Reading
from harmledger.count import tally_incident
from harmledger.lexicon.numbers import find_vague_term, load_number_profile, load_number_profiles
from harmledger.lexicon.policies import find_policy, load_policies
from harmledger.link import propose_origins

PUBLISHED = {
    "literal": {"several": (2, None), "dozens": (24, None), "hundreds": (200, None)},
    "acled-2017": {"several": (10, 10), "many": (10, 10), "unknown": (10, 10), "dozens": (12, 12)},
    "gtd-2017": {"several": (None, None), "dozens": (None, None), "plural": (None, None)},
    "aoav": {"several": (None, None), "many": (None, None)},
    "airwars": {"plural": (2, None), "dozens": (12, 24)},
}


def word(written: str, low: int | None, **fields: object) -> Claim:
    return make_claim(low=low, high=None, bound="word", as_written=written, **fields)  # type: ignore[arg-type]


def read(policy: str, *claims: Claim) -> Reading:
    found = find_policy(policy)
    assert found is not None
    return tally_incident(claims, propose_origins(claims, [], {}), found)[0]


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_profile_gives_what_its_source_says_and_names_it(name: str) -> None:
    profile = load_number_profile(name)
    assert {term: profile.value(term) for term in PUBLISHED[name]} == PUBLISHED[name]
    assert profile.source
    assert profile.edition


def test_every_profile_says_something_of_every_word() -> None:
    terms = {term for profile in load_number_profiles().values() for term in profile.values}
    assert all(terms == set(profile.values) for profile in load_number_profiles().values())


def test_every_policy_names_its_profile() -> None:
    used = {policy.name: policy.profile.name for policy in load_policies()}
    assert used == {
        "literal": "literal",
        "ucdp@ged-23.1": "literal",
        "acled@2017": "acled-2017",
        "gtd@2017": "gtd-2017",
        "airwars": "airwars",
        "ibc": "literal",
    }


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("Dozens", ("dozens", 1)),
        ("a few dozen", ("dozens", 1)),
        ("hundreds of thousands", ("hundreds", 1000)),
        ("tens of thousands of", ("tens", 1000)),
        ("several hundred", ("hundreds", 1)),
        ("numerous", ("many", 1)),
        ("a large number of", ("number", 1)),
        ("an unknown number of", ("unknown", 1)),
        ("shoppers", ("plural", 1)),
        ("", ("plural", 1)),
    ],
)
def test_the_word_a_vague_number_rests_on(written: str, term: tuple[str, int]) -> None:
    assert find_vague_term(written) == term


@pytest.mark.parametrize(
    ("policy", "written", "low", "figure"),
    [
        ("acled@2017", "several", 2, (None, 10, None)),
        ("acled@2017", "shoppers", 2, (None, 10, None)),
        ("acled@2017", "hundreds", 200, (None, 100, None)),
        ("acled@2017", "hundreds of thousands", 200_000, (None, 100_000, None)),
        ("acled@2017", "thousands", 2000, (None, 2000, None)),
        ("gtd@2017", "dozens", 24, (None, None, None)),
        ("gtd@2017", "thousands", 2000, (None, None, None)),
        ("airwars", "a few dozen", 24, (12, None, 24)),
        ("airwars", "several", 2, (2, None, 2)),
        ("literal", "dozens", 24, (24, None, None)),
        ("ucdp@ged-23.1", "dozens", 24, (24, 24, 24)),
    ],
)
def test_a_policy_reads_words_by_its_profile(
    policy: str, written: str, low: int, figure: tuple[int | None, int | None, int | None]
) -> None:
    reading = read(policy, word(written, low, who="residents"))
    assert (reading.low, reading.best, reading.high) == figure


def test_an_unknown_number_is_ten_for_acled_and_nothing_for_the_others() -> None:
    unknown = word("an unknown number of", None, who="residents")
    assert read("acled@2017", unknown).best == 10
    for policy in ("literal", "ucdp@ged-23.1", "gtd@2017", "airwars", "ibc"):
        reading = read(policy, unknown)
        assert (reading.low, reading.best, reading.high) == (None, None, None), policy
        assert [aside.claim for aside in reading.set_aside] == [unknown.id]


def test_an_unknown_number_overtakes_no_number_of_the_same_voice() -> None:
    told = make_claim(low=7, who="residents", said="2022-03-09")
    unknown = word("an unknown number of", None, who="residents", said="2022-03-10", start=300)
    assert read("acled@2017", told, unknown).best == 7
    dozens = word("dozens", 24, who="residents", said="2022-03-09", start=200)
    assert read("literal", dozens, unknown).low == 24


def test_a_number_is_never_read_as_a_word() -> None:
    assert read("acled@2017", make_claim(low=24, who="police", as_written="24")).best == 24


def test_what_a_person_changed_is_no_longer_the_word() -> None:
    changed = word("dozens", 40, who="residents")
    assert read("acled@2017", changed).best == 40
