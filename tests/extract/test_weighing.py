"""Which of the places and days a report offers is a claim's own: marks, weights and the trace."""

from __future__ import annotations

import pytest
from told import read_report

from harmledger.core.errors import LexiconError
from harmledger.core.place import Place
from harmledger.extract import ClaimExtractor
from harmledger.extract.claims.locate.weighing.offers import Offers, place_key
from harmledger.extract.claims.locate.weighing.scales import choose, main_marks
from harmledger.lexicon import locating


def test_one_offer_a_place_with_all_its_marks() -> None:
    offers: Offers[Place] = Offers(place_key)
    offers.add(Place(as_written="Zaria", gazetteer_id="1"), (0, 5), "place:sentence").mark("here")
    offers.add(Place(as_written="the city", gazetteer_id="1"), (9, 17), "place:home").mark("home")
    offers.add_nothing().mark("no place")
    zaria = offers.find("1")
    assert len(offers) == 2
    assert zaria is not None
    assert (zaria.span, zaria.rule) == ((0, 5), "place:sentence")
    assert set(zaria.marks) == {"here", "home"}


def test_the_heaviest_offer_wins_and_says_why() -> None:
    offers: Offers[Place] = Offers(place_key)
    offers.add(Place(as_written="Zaria"), (0, 5), "place:sentence").mark("here", "of the speaker")
    offers.add(Place(as_written="Kano"), (9, 13), "place:goes_on").mark("told last")
    offers.add_nothing().mark("no place")
    weights = {"here": 1.0, "of the speaker": -2.0, "told last": 0.5}
    winner = choose(offers, weights)
    assert winner.key == "kano"
    assert main_marks(winner, weights) == "told last"
    assert choose(offers, {"no place": 1.0}).value is None


def test_a_share_counts_as_far_as_it_goes() -> None:
    offers: Offers[Place] = Offers(place_key)
    offer = offers.add(Place(as_written="Zaria"), None, "place:sentence")
    offer.measure("fit", 5, 2.5)
    offer.measure("fit", 5, 1.0)
    offer.measure("far", 3, 9.0)
    assert offer.marks == {"fit": 0.5, "far": 1.0}


def test_the_weights_that_ship_name_marks_that_are_made(extractor: ClaimExtractor) -> None:
    """A weight whose mark is never made would be dead; the commonest marks have weights."""
    weights = locating.load_locating()
    assert {"the rules' choice", "here", "told last"} <= set(weights.places)
    assert {"here: may be the harm's", "no time"} <= set(weights.times)


def test_a_weight_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locating, "load_yaml", lambda _: {"places": {"here": "much"}, "times": {}})
    locating.load_locating.cache_clear()
    with pytest.raises(LexiconError, match=r"locating\.yaml.*places.*here.*number"):
        locating.load_locating()
    monkeypatch.undo()
    locating.load_locating.cache_clear()


def test_the_trace_names_rule_and_marks(extractor: ClaimExtractor) -> None:
    body = "A bomb exploded in a market in Quetta on Monday. The blast killed nine people."
    claim = read_report(extractor, body).one("killed")
    said = {t.field: t.rule for t in claim.trace if t.field in {"place", "occurred"}}
    why = [t for t in claim.trace if t.field == "weighed"]
    assert said["place"].startswith("place:")
    assert sorted(t.rule.split(":")[0] for t in why) == ["occurred", "place"]
    place = next(t for t in why if t.rule.startswith("place:"))
    assert len(place.rule) > len("place: ")


RETURNS = [
    (
        "Gunmen shot dead nine traders at a market in Zaria on Monday.\n\n"
        "Eleven wounded people were driven to a hospital in Kaduna, a police officer said.\n\n"
        "Two more traders died of their wounds, the officer added.",
        2,
    ),
    (
        "Shells hit a bus station in Kherson on Monday, killing four people.\n\n"
        "An official in Mykolaiv said six people were wounded in the shelling.",
        6,
    ),
]


@pytest.mark.parametrize(("body", "figure"), RETURNS, ids=["hospital", "official"])
def test_later_claims_return_to_the_place_of_the_incident(
    extractor: ClaimExtractor, body: str, figure: int
) -> None:
    read = read_report(extractor, body)
    claim = next(c for c in read.claims if c.quantity.low == figure)
    first = next(c for c in read.claims if c.harm == "killed")
    assert claim.place is not None, read.summary()
    assert first.place is not None
    assert claim.place.name == first.place.name


def test_a_day_without_a_year_is_of_the_year_told_before(extractor: ClaimExtractor) -> None:
    body = (
        "On 14 June 1992 soldiers shot dead 26 villagers in Srebrenica, the court found. "
        "On 19 June they killed two brothers there, the judges said."
    )
    read = read_report(extractor, body)
    claim = next(c for c in read.claims if c.quantity.low == 2)
    assert claim.occurred is not None, read.summary()
    assert claim.occurred.edtf == "1992-06-19"
