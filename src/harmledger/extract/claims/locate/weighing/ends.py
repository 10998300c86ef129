"""Stretches of time by their ends: the day a state began, and all that was done by a day."""

from __future__ import annotations

import msgspec

from harmledger.core.when import TimeHit, When
from harmledger.extract.claims.locate.weighing.asked import Asked
from harmledger.extract.claims.locate.weighing.offers import Offers
from harmledger.extract.claims.locate.weighing.since_told import Lasting


def offer_ends(asked: Asked, offers: Offers[When], hit: TimeHit, when: When, usable: bool) -> None:
    """Beside a time as it is read: "had no water since Saturday", the day it began (rule 22); "had
    fled by Sunday", all the days up to that Sunday."""
    if hit.when.rule == "by" and hit.when.latest is not None:
        offer = offers.add(hit.when, (hit.start, hit.end), "by")
        offer.mark("here", "all up to that day", f"all up to that day, {asked.draft.harm}")
    elif hit.when.rule == "since" and when.earliest is not None and when.earliest != when.latest:
        offer = offers.add(_began(when), (hit.start, hit.end), "since_day")
        offer.mark("here", "the day it began", f"the day it began, {asked.draft.harm}")
    else:
        return
    if usable:
        offer.mark("here: may be the harm's")


def _began(when: When) -> When:
    return msgspec.structs.replace(
        when, edtf=when.earliest, latest=when.earliest, precision=1, rule="since_day"
    )


def offer_day_seen_last(asked: Asked, offers: Offers[When], lasts: Lasting) -> None:
    """ "They took him on 6 November; he has not been seen since": the day he was taken."""
    offer = offers.add(lasts.began, lasts.span, "since_told")
    passage = asked.passage
    told_here = any(t.when.edtf == lasts.began.edtf for t in passage.times)
    offer.mark(
        "here",
        "the day seen last",
        f"the day seen last, told {'here' if told_here else 'before'}",
    )
