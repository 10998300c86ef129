"""What agreement of two reports is worth: rare things more than common ones; and silence."""

from __future__ import annotations

from typing import Any

import pytest

from harmledger.core.place import Place
from harmledger.lexicon.linking import load_linking
from harmledger.link.circumstances import judge_place
from harmledger.link.deeds import judge_harm, judge_means, judge_site
from harmledger.link.evidence import is_contradicted, weigh_all
from harmledger.link.hours import find_hours
from harmledger.link.judging import NOTHING, Judge
from harmledger.link.signature import Signature
from harmledger.link.silence import judge_unsaid_party, judge_unsaid_site
from harmledger.link.sitenames import SiteName


def sign(*groups: str, **said: Any) -> Signature:
    """What reports of these origin groups say; one alone by default."""
    words = {key: frozenset([value]) for key, value in said.items()}
    return Signature(groups=frozenset(groups or ("alone",)), **words)


def score(judge: Judge, a: Signature, b: Signature) -> float:
    return judge(a, b, load_linking(), None)[0]


def both(judge: Judge, **said: str) -> float:
    return score(judge, sign("one", **said), sign("other", **said))


def test_two_reports_of_arrests_agree_on_more_than_two_reports_of_a_blow() -> None:
    assert both(judge_harm, families="custody") > 0
    assert both(judge_harm, families="attack") == 0


def test_within_one_document_the_kind_of_harm_is_its_subject_and_says_nothing() -> None:
    inside = Signature(families=frozenset(["custody"]))
    assert score(judge_harm, inside, inside) == 0


def test_one_weapon_is_more_than_one_sky() -> None:
    bomb, drone = (sign(launches="air", weapons=w) for w in ("air_dropped_bomb", "drone"))
    unsaid = sign(launches="air")
    assert score(judge_means, drone, drone) > score(judge_means, drone, unsaid) > 0
    assert score(judge_means, drone, bomb) < 0


def test_homes_are_struck_so_often_that_two_reports_agree_on_them_by_chance() -> None:
    assert both(judge_site, sites="school") > both(judge_site, sites="home") > 0


def test_the_more_reports_name_no_site_the_more_that_says() -> None:
    named = sign("one", sites="school")
    few, many = sign("a"), sign("a", "b", "c", "d")
    assert 0 > score(judge_unsaid_site, named, few) > score(judge_unsaid_site, named, many)
    assert score(judge_unsaid_site, few, named) == score(judge_unsaid_site, named, few)
    least = load_linking().weights["unsaid_site_most"]
    assert score(judge_unsaid_site, named, sign(*map(str, range(900)))) == least


def test_one_report_may_blame_nobody_and_several_that_do_not_say_something() -> None:
    blaming = sign("one", parties="XAA")
    assert judge_unsaid_party(blaming, sign("a"), load_linking(), None) == NOTHING
    assert score(judge_unsaid_party, blaming, sign("a", "b", "c")) < 0


def test_silence_weighs_and_contradicts_nothing() -> None:
    named, silent = sign("one", sites="school"), sign("a", "b", "c")
    lexicon = load_linking()
    assert weigh_all(named, silent, lexicon, None)[0] < 0
    assert not is_contradicted(named, silent, lexicon, None)
    assert is_contradicted(named, sign("a", sites="market"), lexicon, None)


def town(name: str, lat: float, *site: str) -> Signature:
    place = Place(
        as_written=name, name=name, country="XAA", lat=lat, lon=10.0, precision=1, kind="town"
    )
    names = frozenset([SiteName(frozenset(site))]) if site else frozenset[SiteName]()
    return Signature(places=(place,), groups=frozenset([name]), site_names=names)


def test_a_site_that_bears_the_name_of_a_quarter_may_lie_there() -> None:
    lexicon = load_linking()
    quarter, city = town("Velta", 10.0), town("Orrin", 10.1, "velta", "depot")
    assert judge_place(quarter, city, lexicon, None)[0] == lexicon.weights["named_place"]
    assert judge_place(city, quarter, lexicon, None)[0] == lexicon.weights["named_place"]
    for other in (town("Orrin", 10.1, "sorra", "depot"), town("Orrin", 10.4, "velta", "depot")):
        assert judge_place(quarter, other, lexicon, None)[0] < lexicon.weights["beside_place"]


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("at 4 p.m. shells fell", {16}),
        ("at 4p.m. shells fell", {16}),
        ("at 4 PM shells fell", {16}),
        ("at 4pm shells fell", {16}),
        ("at 4.30am shells fell", {4}),
        ("at 04:30 shells fell", {4}),
        ("at seven in the evening shells fell", {19}),
        ("Seven fell on Street 16 with 3 more", set()),
    ],
)
def test_clock_times_are_found_however_they_are_written(said: str, hours: set[int]) -> None:
    assert find_hours(said) == hours
