"""What reading rules forbid, whatever weighs for it: nothing is carried from an incident that is
only presumed the same (rule 20), and a day counted back from another is not that other day."""

from __future__ import annotations

from typing import TypeVar

from harmledger.core.place import Place
from harmledger.core.when import When
from harmledger.extract.claims.locate.areas import FINE
from harmledger.extract.claims.locate.weighing.offers import Offer, Offers

T = TypeVar("T")
_STATED = frozenset(
    {"here", "several in one breath", "says its label", "says its list", "says its heading",
     "a word for a place named before", "where they were treated", "of its whole",
     "of a claim beside it", "a heading's", "counted back from its day", "no place", "no time",
     "goes on about it: definite_description",
     "goes on about it, by its place: definite_description",
     "goes on about it, by its own place: definite_description"}
)  # fmt: skip
"""Marks of what the sentence itself, its heading or a plain description says."""
_OF_THAT_PLACE = frozenset(
    {"told of the same place", "told of a place it agrees with", "told of no place",
     "told next of that place"}
)  # fmt: skip


def bar_other_matters(offers: Offers[T], circumstances: tuple[str, ...]) -> None:
    """ "Separately, …", "could die": nothing is carried into another matter, nor into what has not
    happened."""
    if {"another matter", "not real"} & set(circumstances):
        _keep(offers, [offer for offer in offers if offer.marks.keys() & _STATED])


def bar_other_places(
    offers: Offers[When], place: Offer[Place], circumstances: tuple[str, ...]
) -> None:
    """A sentence that names another place takes no day of an incident told elsewhere, unless it
    goes on about the people of that one ("the attackers also burned a church in …")."""
    if place.value is None or "here" not in place.marks or "its people" in circumstances:
        return
    kept = []
    for offer in offers:
        elsewhere = offer.marks.keys() & {"told of another place", "told next of another place"}
        there = offer.marks.keys() & (_OF_THAT_PLACE | _STATED)
        if there or not elsewhere:
            kept.append(offer)
    _keep(offers, kept)


def bar_days_of_one(offers: Offers[When], circumstances: tuple[str, ...]) -> None:
    """ "They have fired on 63 hospitals in his country": what is told of a whole country is of no
    day of one incident in it."""
    if "nationwide" in circumstances:
        _keep(offers, [offer for offer in offers if offer.marks.keys() & _STATED])


def bar_silence_one_by_one(offers: Offers[When], place: Offer[Place]) -> None:
    """ "Kyiv, Kharkiv and Odesa were attacked on Tuesday. … Eleven were hurt in Kharkiv": what was
    told of several places is told place by place, each by its name; that day is no presumption."""
    by_one = "goes on about it, by its place: one_by_one"
    if "here" in place.marks and any(by_one in offer.marks for offer in offers):
        _keep(offers, [offer for offer in offers if offer.value is not None])


def bar_one_of_several(offers: Offers[Place]) -> None:
    """ "26 people were killed around Tibú and El Tarra": the claim keeps all (rule 26), unless the
    sentence names one of them again by itself."""
    if not any("several in one breath" in offer.marks for offer in offers):
        return
    kept = [
        offer
        for offer in offers
        if "here: one of several" not in offer.marks or "here: named by itself" in offer.marks
    ]
    _keep(offers, kept)


def bar_where_filed(offers: Offers[Place], *, good: bool) -> None:
    """ "PESHAWAR: Four men were killed in Tank": where a report is filed from is no place of a harm
    whose own sentence has one (rule 21)."""
    filed = {"here: in the dateline", "only in datelines"}
    if good:
        _keep(offers, [offer for offer in offers if not offer.marks.keys() >= filed])


def bar_filed_far(offers: Offers[Place]) -> None:
    """ "PORT-AU-PRINCE - Dozens were killed when gangs stormed Cité Soleil": a place that the
    sentence names for nothing else is where it was, not the town of the dateline."""
    again = {"here: before the harm", "here: after the harm"}
    filed = [o for o in offers if "here: in the dateline" in o.marks and not o.marks.keys() & again]
    named = [o for o in offers if "here" in o.marks and not o.marks.keys() & _NAMED_FOR_ELSE]
    if filed and named:
        _keep(offers, [offer for offer in offers if offer not in filed])


_NAMED_FOR_ELSE = frozenset(
    {"here: in the dateline", "here: of a speaker or office", "here: fits not at all",
     "here: where the hurt were taken", "here: where somebody is from", "here: in a clause apart",
     "here: said by another", "here: says where another lies", "here: before a noun",
     "here: part of a body's name", "here: as a subject"}
)  # fmt: skip


def bar_region_of_speaker(offers: Offers[Place]) -> None:
    """ "The head of the region said that no deaths were confirmed": whoever speaks for the region
    of an incident speaks of that one, not of the region, nor of nowhere."""
    regions = [o for o in offers if o.marks.keys() >= _SPEAKS_FOR and o.marks.keys() & _HOLDS]
    told = [o for o in offers if "the rules' choice" in o.marks and o.key is not None]
    if not regions or not told or told[0] in regions:
        return
    _keep(offers, [o for o in offers if o not in regions and o.key is not None])


_SPEAKS_FOR = {"here: of a speaker or office"}
_HOLDS = {"holds the focus", "holds the one place", "holds the place told last"}


def bar_nowhere(offers: Offers[Place], circumstances: tuple[str, ...]) -> None:
    """A deed of its own (a rape, an abduction, a grave) told with no place in a report that stands
    at one: where its first incident was, which it names most, and speaks of at the time."""
    apart = {"denied", "not real", "another matter", "a practice", "nationwide"}
    if "a deed of its own" not in circumstances or apart & set(circumstances):
        return
    none = offers.find(None)
    if none is None or "no place, none named here" not in none.marks:
        return
    there = any(
        offer.marks.keys() >= {"the place in focus", "named most", "the first incident told"}
        for offer in offers
        if offer.value is not None and offer.value.kind in FINE
    )
    if there:
        offers.drop(None)


def bar_words_after(offers: Offers[When]) -> None:
    """ "A year after two people were killed": words that no day can be counted from date nothing
    that stands behind them."""
    _keep(offers, [o for o in offers if not _is_after(o.value)])


def _is_after(when: When | None) -> bool:
    words = "" if when is None or when.edtf is not None else when.as_written.lower()
    return words.endswith((" after", " before"))


def bar_days_counted_from(offers: Offers[When]) -> None:
    """ "… on Saturday, a day after gunmen shot two": not Saturday, nor "days after" they did."""
    counted = [offer for offer in offers if "counted back from its day" in offer.marks]
    _keep(offers, [o for o in offers if o in counted or "here: before the other" not in o.marks])
    own = any("the sentence's time by rule" in offer.marks for offer in offers)
    if counted and not own:
        _keep(offers, counted)


def bar_stretches(offers: Offers[When]) -> None:
    """Months or years up to now, told of in another paragraph, are those of no incident that does
    not say so."""
    stretch = {"lasts long", "up to publication"}
    said = {*_STATED, "named in its paragraph", "the rules' choice: time:heading"}
    kept = [o for o in offers if not o.marks.keys() >= stretch or o.marks.keys() & said]
    _keep(offers, kept)


def bar_years_passed_over(offers: Offers[When]) -> None:
    """ "on 19 June", told in the paragraph of "14 June 1992" or "of the same year": of 1992."""
    told = [offer for offer in offers if "of the year of its paragraph" in offer.marks]
    passed = [offer for offer in offers if "its year may be another" in offer.marks]
    if told and passed:
        for offer in told:
            offer.marks.update({**passed[0].marks, **offer.marks})
        _keep(offers, [offer for offer in offers if offer not in passed])


def _keep(offers: Offers[T], kept: list[Offer[T]]) -> None:
    """Drop the others; where nothing would be left, nothing is barred."""
    for offer in offers if kept else ():
        if offer not in kept:
            offers.drop(offer.key)
