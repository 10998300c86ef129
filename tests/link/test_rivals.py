"""A report that fits two incidents as well is left to a person, and words that tell two apart."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from count.made import make_claim, make_document, on
from harmledger.core.claim import Claim, Means, Site
from harmledger.core.document import Document
from harmledger.core.incident import Incident
from harmledger.core.place import Place
from harmledger.lexicon.linking import load_linking
from harmledger.link import propose_incidents
from harmledger.link.hours import are_far, are_off, find_hours, find_order
from harmledger.link.spots import are_other_scenes, compare_spots, find_spots

TOWN = Place(
    as_written="Orrin",
    name="Orrin",
    gazetteer_id="made:orrin",
    country="XAA",
    admin1="Velt",
    lat=10.0,
    lon=10.0,
    precision=1,
    kind="town",
)
VELT = Place(
    as_written="Velt", name="Velt", country="XAA", admin1="Velt", precision=4, kind="admin1"
)
DAY = "2021-05-04"
Told = tuple[Claim, Document]


def tell(name: str, day: str | None = DAY, published: str = "2021-05-05", **fields: Any) -> Told:
    document = make_document(name, published)
    occurred = on(day) if day else None
    return make_claim(low=3, document=document, place=TOWN, occurred=occurred, **fields), document


def link(*told: Told) -> tuple[dict[str, str], tuple[Incident, ...]]:
    """By document name the id of its incident; the incidents."""
    claims, documents = [c for c, _ in told], [d for _, d in told]
    incidents = propose_incidents(claims, [], documents)
    home = {i: incident.id for incident in incidents for i in incident.claims}
    return {d.name: home[c.id] for c, d in told}, incidents


def air(weapon: str = "air_dropped_bomb") -> Means:
    return Means(launch="air", weapon=weapon)


SHOT = Means(launch="ground", weapon="small_arms")
HOME, MARKET = Site(kind="home"), Site(kind="market")


def test_a_report_that_fits_two_siblings_as_well_joins_neither_and_is_asked_about() -> None:
    home, incidents = link(
        tell("bombs", means=air(), site=HOME),
        tell("bombs too", means=air(), site=HOME),
        tell("guns", means=SHOT, site=MARKET),
        tell("guns too", means=SHOT, site=MARKET),
        tell("neither", means=Means(launch="naval", weapon="other"), day=None),
        tell("either"),
    )
    assert home["bombs"] == home["bombs too"] != home["guns"] == home["guns too"]
    assert home["either"] not in (home["bombs"], home["guns"])
    (alone,) = (i for i in incidents if i.id == home["either"])
    doubts = [link for link in alone.links if link.judgement == "unsure"]
    assert any("another fits nearly as well" in link.why for link in doubts)


def test_two_fragments_of_one_incident_are_no_rivals() -> None:
    home, _ = link(
        tell("means", means=air()),
        tell("site", site=HOME),
        tell("undated", day=None, means=air()),
    )
    assert len(set(home.values())) == 1


def test_reports_placed_at_one_incident_must_not_contradict_each_other() -> None:
    """Each fits the report that names no means; both do not."""
    home, incidents = link(
        tell("bare", site=HOME),
        tell("bombs", day=None, means=air(), site=HOME),
        tell("guns", day=None, means=SHOT),
    )
    assert home["bombs"] == home["bare"] != home["guns"]
    (alone,) = (i for i in incidents if i.id == home["guns"])
    assert any(link.judgement == "unsure" for link in alone.links)


def test_what_a_document_tells_as_two_stays_two() -> None:
    one = make_document("one", "2021-05-05")
    here = make_claim(low=3, document=one, place=TOWN, occurred=on(DAY), means=SHOT, site=MARKET)
    there = make_claim(low=4, document=one, place=VELT, means=air(), site=HOME, start=900)
    bridge = tell("bridge")
    incidents = propose_incidents([here, there, bridge[0]], [], [one, bridge[1]])
    home = {i: incident.id for incident in incidents for i in incident.claims}
    assert home[here.id] != home[there.id]


def test_one_site_further_down_is_the_site_above() -> None:
    one = make_document("one", "2021-05-05")
    dead = make_claim(low=3, document=one, place=TOWN, occurred=on(DAY), site=MARKET)
    hurt = make_claim("injured", 9, document=one, site=MARKET, start=300)
    assert len(propose_incidents([dead, hurt], [], [one])) == 1


def test_a_report_of_the_day_before_is_no_report_of_it() -> None:
    """It may be one, by another clock; that alone does not make it one."""
    early = tell("early", day=None, published="2021-05-03T10:00:00Z")
    home, _ = link(tell("dated"), early)
    assert home["dated"] != home["early"]


@pytest.mark.parametrize(
    ("sentence", "hours"),
    [
        ("A missile hit a house at seven in the morning.", {7}),
        ("Shells fell at half past nine in the evening.", {21}),
        ("The clinic was hit at ten o'clock.", {10, 22}),
        ("Rockets fell on the square at 09:20.", {9}),
        ("It was struck at 11 at night.", {23}),
        ("Nothing says when.", set()),
        ("A shell hit it, officials said at 10:15 a.m.", set()),
        ("Ракета попала в дом на рассвете.", {4, 5, 6, 7}),
        ("Une bombe a explosé à l'aube.", {4, 5, 6, 7}),
        ("قتل ثلاثة في غارة عند الفجر.", {3, 4, 5, 6, 7}),
        ("It was hit at dusk, burning since the dawn strike.", {16, 17, 18, 19, 20, 21}),
        ("It was hit at 4 p.m., seven hours after the 9 a.m. strike.", {16}),
        ("Two people died after the dawn strike.", {4, 5, 6, 7}),
    ],
)
def test_hours_in_words_and_figures(sentence: str, hours: set[int]) -> None:
    assert find_hours(sentence) == hours


def test_clock_times_are_far_sooner_than_parts_of_a_day() -> None:
    nine, noon, eleven = frozenset([9]), frozenset([12]), frozenset([11])
    assert are_far(nine, noon)
    assert not are_far(nine, eleven)
    assert are_off(nine, eleven)
    assert not are_off(nine, frozenset([10]))
    assert not are_far(frozenset(range(5, 12)), frozenset(range(12, 19)))


@pytest.mark.parametrize(
    ("sentence", "order"),
    [
        ("Three hours later a second missile hit the same house.", 2),
        ("Rockets fell on the square a second time.", 1),
        ("The bridge was struck again.", 1),
        ("A helicopter came back to the depot.", 1),
        ("He died two hours later.", 0),
        ("A second man was hurt.", 0),
    ],
)
def test_a_blow_after_another_one(sentence: str, order: int) -> None:
    assert find_order(sentence) == order


def test_a_strike_and_the_one_hours_after_it_are_two() -> None:
    home, _ = link(
        tell("first", site=HOME, sentence="A missile destroyed the house."),
        tell("second", site=HOME, sentence="Hours later a second missile hit the house."),
    )
    assert home["first"] != home["second"]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("A house on Lome Street was hit.", "A shell hit a flat in Sado Street.", False),
        ("A house on Lome Street was hit.", "Two died in Lome street.", True),
        ("in the Al-Naser neighbourhood", "in the Naser neighbourhood", True),
        ("the house of the Abed family", "the Orlan family's house", False),
        ("in the northern outskirts", "in the eastern suburbs", False),
        ("A house on Lome Street was hit.", "in the Naser neighbourhood", None),
        ("in a street near the port", "on Sado Street", None),
    ],
)
def test_streets_quarters_and_families(left: str, right: str, same: bool | None) -> None:
    assert compare_spots(find_spots(left), find_spots(right)) is same


def test_houses_in_two_streets_are_two_and_in_one_are_one() -> None:
    lome = "A shell hit a house on Lome Street."
    home, _ = link(
        tell("one", site=HOME, means=SHOT, sentence=lome),
        tell("two", site=HOME, means=SHOT, sentence="A house on Sado Street was hit."),
        tell("one again", site=HOME, sentence="Two people died in Lome Street."),
    )
    assert home["one"] == home["one again"] != home["two"]


@pytest.mark.parametrize(
    ("left", "right", "other"),
    [
        ("Three died at a jetty.", "Two were shot on a football pitch.", True),
        ("Three died at a jetty.", "Two were shot on the pier.", False),
        ("Three died at a jetty.", "Two were shot.", False),
        ("Three died at a hotel near a checkpoint.", "He was shot at the checkpoint.", False),
    ],
)
def test_scenes_without_a_name(left: str, right: str, other: bool) -> None:
    assert are_other_scenes(find_spots(left), find_spots(right)) is other
    assert compare_spots(find_spots(left), find_spots(right)) is None


def test_two_who_are_blamed_for_two_objects_did_two_things_and_for_one_object_one() -> None:
    front, league = "Orrin Front", "Velt League"
    home, _ = link(
        tell("front", site=HOME, means=SHOT, by=front),
        tell("league", site=Site(kind="displacement_camp"), means=SHOT, by=league),
        tell("disputed", site=HOME, means=SHOT, by=league),
    )
    assert home["front"] == home["disputed"] != home["league"]


def test_every_claim_has_the_reason_that_leads_from_it_to_the_founder() -> None:
    """Two pairs, each joined by its own words, and then one with the other."""
    _, incidents = link(
        tell("a", published="2021-05-04", means=SHOT),
        tell("b", means=SHOT),
        tell("c", means=SHOT, site=MARKET),
        tell("d", day=None, site=MARKET),
    )
    (incident,) = incidents
    founders = [link for link in incident.links if "founds the incident" in link.why]
    assert len(founders) == 1
    assert all(len(link.why) > 1 for link in incident.links if link not in founders)


def test_the_early_hours_of_a_day_are_far_from_its_late_ones_but_not_from_the_night_before() -> (
    None
):
    early, late = frozenset(range(6)), frozenset(range(18, 24))
    assert are_far(early, late, one_day=True)
    assert not are_far(early, late)
    assert not are_far(frozenset([0]), frozenset([23]), one_day=True)


def test_a_hotel_is_no_mosque_and_a_building_may_be_one() -> None:
    mosque = Site(kind="worship")
    other = Site(kind="other_civilian")
    home, _ = link(
        tell("mosque", site=mosque, means=SHOT, sentence="Two died in a mosque."),
        tell("hotel", site=other, means=SHOT, sentence="Three were shot in a hotel."),
    )
    assert home["mosque"] != home["hotel"]
    home, _ = link(
        tell("mosque", site=mosque, means=SHOT, sentence="Two died in a mosque."),
        tell("building", site=other, means=SHOT, sentence="Three were shot in a building."),
    )
    assert home["mosque"] == home["building"]


def test_weapons_taken_for_one_another_are_not_the_same_means() -> None:
    """Nothing else in common: a person is asked. At one kind of site it is one blow."""
    guns, rockets = (Means(launch="ground", weapon=w) for w in ("artillery", "rocket"))
    home, incidents = link(tell("guns", means=guns), tell("rockets", means=rockets))
    assert home["guns"] != home["rockets"]
    assert any(link.judgement == "unsure" for i in incidents for link in i.links)
    home, _ = link(
        tell("guns", means=guns, site=MARKET), tell("rockets", means=rockets, site=MARKET)
    )
    assert home["guns"] == home["rockets"]


def test_another_town_of_the_province_counts_little() -> None:
    """A third report names the province only; that does not bring two towns together."""
    there = msgspec.structs.replace(TOWN, name="Sarn", gazetteer_id="made:sarn", lat=10.5)
    away = make_document("away", "2021-05-05")
    claim = make_claim(low=3, document=away, place=there, occurred=on(DAY), means=SHOT)
    wide = make_document("wide", "2021-05-05")
    somewhere = make_claim(low=3, document=wide, place=VELT, occurred=on(DAY), means=SHOT)
    home, _ = link(tell("here", means=SHOT), (claim, away), (somewhere, wide))
    assert home["here"] != home["away"]


def test_no_word_of_the_lexicon_is_overlooked() -> None:
    """A sentence is searched for a pattern only when it holds one of its words."""
    lexicon = load_linking()
    assert all(find_hours(f"It was hit, {part} that day.") for part in lexicon.day_parts)
    assert all(find_spots(f"A shell hit Velt {word}.") for word in lexicon.spots)
    assert all(find_spots(f"Two died at the {word}.") for word in lexicon.scenes)
    sides = ("the northern outskirts", "the east of the city is quiet, west of the city it burned")
    assert all(find_spots(f"Shells fell on {side}.") for side in sides)
