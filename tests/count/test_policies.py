"""Every policy shipped: what it covers, how it makes its number."""

from __future__ import annotations

import pytest

from count.made import make_claim, make_document
from harmledger.core.claim import Claim, Voice
from harmledger.core.errors import LexiconError
from harmledger.core.incident import Reading
from harmledger.count import tally_incident, uncovered_harms
from harmledger.lexicon import policies
from harmledger.lexicon.policies import find_policy, load_policies
from harmledger.link import propose_origins


def read(name: str, claims: list[Claim]) -> Reading:
    policy = find_policy(name)
    assert policy is not None
    return tally_incident(claims, propose_origins(claims, [], {}), policy)[0]


def test_six_policies_each_with_source_and_edition() -> None:
    names = [p.name for p in load_policies()]
    assert names == ["literal", "ucdp@ged-23.1", "acled@2017", "gtd@2017", "airwars", "ibc"]
    assert all(p.source and p.edition and p.says and p.chooses for p in load_policies())
    for policy in load_policies():
        assert len(policy.rules) >= 2, policy.name
        assert all(rule.says and rule.source for rule in policy.rules)


def test_what_a_policy_does_not_cover_is_said() -> None:
    claims = [make_claim(low=3), make_claim("displaced", 40, start=300)]
    policy = find_policy("airwars")
    assert policy is not None
    assert uncovered_harms(claims, policy) == ("displaced",)
    assert [r.harm for r in tally_incident(claims, {}, policy)] == ["killed"]


def test_ucdp_has_low_best_and_high() -> None:
    claims = [
        make_claim(low=10, who="MSF"),
        make_claim(low=15, who="Amnesty", start=200),
        make_claim(low=15, who="Human Rights Watch", start=300),
        make_claim(low=20, high=None, who="the ICRC", start=400),
    ]
    reading = read("ucdp@ged-23.1", claims)
    assert (reading.low, reading.best, reading.high) == (10, 15, 20)
    assert reading.victims == "all"


def test_acled_takes_the_lowest_and_reads_words_its_own_way() -> None:
    word = make_claim(
        low=24, high=None, who="residents", bound="word", basis="word:literal", as_written="dozens"
    )
    reading = read("acled@2017", [word, make_claim(low=30, who="MSF", start=300)])
    assert (reading.low, reading.best, reading.high) == (None, 12, None)
    plural = make_claim(low=2, high=None, bound="word", basis="word:literal", as_written="people")
    assert read("acled@2017", [plural]).best == 10


def test_gtd_takes_latest_then_majority_then_lowest_and_no_words() -> None:
    claims = [
        make_claim(low=50, who="the ICRC", said="2022-03-08"),
        make_claim(low=9, who="MSF", said="2022-03-09", start=200),
        make_claim(low=7, who="Amnesty", said="2022-03-09", start=300),
        make_claim(low=24, high=None, bound="word", who="residents", said="2022-03-09", start=400),
    ]
    assert read("gtd@2017", claims).best == 7
    claims.append(make_claim(low=9, who="police", said="2022-03-09", start=500))
    assert read("gtd@2017", claims).best == 9


def test_gtd_refuses_numbers_only_the_accused_party_gives() -> None:
    own = Voice(organisation="Taliban", side="belligerent:Taliban")
    bragged = make_claim(low=90, voice=(own,), by="Taliban")
    assert read("gtd@2017", [bragged]).best is None
    other = make_claim(low=12, who="police", start=300)
    assert read("gtd@2017", [bragged, other]).best == 12


def test_airwars_reads_a_plural_as_two_and_dozens_as_12_to_24() -> None:
    word = make_claim(
        low=24, high=None, who="residents", bound="word", basis="word:literal", as_written="Dozens"
    )
    assert (read("airwars", [word]).low, read("airwars", [word]).high) == (12, 24)
    plural = make_claim(low=2, high=None, bound="word", as_written="civilians")
    reading = read("airwars", [plural, make_claim(low=8, high=None, who="MSF", start=200)])
    assert (reading.low, reading.high) == (2, 8)


def test_ibc_is_provisional_below_two_origins_in_different_documents() -> None:
    a, b = make_document("a", "2022-03-09"), make_document("b", "2022-03-09")
    one = make_claim(low=3, who="the morgue", document=a)
    two = make_claim(low=4, who="MSF", document=a, start=300)
    three = make_claim(low=4, who="MSF", document=b)
    assert any("provisional" in n for n in read("ibc", [one, two]).notes)
    reading = read("ibc", [one, three])
    assert (reading.low, reading.high, reading.notes) == (3, 4, ())


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rule": "guess"}, "rule is 'guess'"),
        ({"readings": ["everyone"]}, "readings has 'everyone'"),
        ({"numbers": "nobody"}, "no number profile 'nobody'"),
        ({"vague": "guess"}, "vague is 'guess'"),
        ({"wordz": {}}, "unknown key 'wordz'"),
        ({"rules": [{"says": "one number"}]}, "needs the key 'source'"),
    ],
)
def test_a_wrong_policy_is_named(
    change: dict[str, object], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = {
        "title": "T",
        "edition": "1",
        "source": "s",
        "rule": "literal",
        "covers": {"harms": [], "statuses": []},
        "readings": ["all"],
        "numbers": "literal",
        "vague": "keep",
        "chooses": "c",
        "says": "s",
        "rules": [],
    }
    monkeypatch.setattr(policies, "load_yaml", lambda _: {"policies": {"mine": entry | change}})
    with pytest.raises(LexiconError, match=message):
        load_policies.__wrapped__()
