"""Every place a claim may be set in, and what speaks for each."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.core.document import SeenPlace
from harmledger.core.place import Place
from harmledger.extract.claims.locate.areas import FINE, find_lists, holds, without_holders
from harmledger.extract.claims.locate.asides import find_where_taken, is_named_for_else
from harmledger.extract.claims.locate.definite_place import find_definite_place
from harmledger.extract.claims.locate.mentions import may_mean, resumed_families
from harmledger.extract.claims.locate.own_place import (
    find_own_place,
    find_place_of_attack,
    fit_of_place,
)
from harmledger.extract.claims.locate.resume import (
    Resumed,
    find_resumed,
    is_background,
    overlap,
)
from harmledger.extract.claims.locate.values import Told, section_places
from harmledger.extract.claims.locate.weighing.anothers import (
    bar_anothers_place,
    bar_carried_where_framed,
    bar_elsewhere_than_struck,
    bar_office_held,
    bar_towns_of_region,
    is_resumed_region,
)
from harmledger.extract.claims.locate.weighing.asked import Asked
from harmledger.extract.claims.locate.weighing.barred import (
    bar_filed_far,
    bar_nowhere,
    bar_one_of_several,
    bar_other_matters,
    bar_region_of_speaker,
    bar_where_filed,
)
from harmledger.extract.claims.locate.weighing.named import mark_named
from harmledger.extract.claims.locate.weighing.nearby import (
    CARRIED,
    is_beside_in_clause,
    mark_circumstances,
)
from harmledger.extract.claims.locate.weighing.offers import Offer, Offers, place_key, steps
from harmledger.extract.places import smallest_area

_BACK = 25
"""Incidents told before that are looked through."""
_NAMES_BACK = 14
_OVER_TIME = frozenset({"of a period", "a sum", "nationwide"})
_AREAS = frozenset({"country", "admin1", "area"})
_GOOD = 2.0
"""From this fit on a place of the sentence plainly is the harm's."""


def offer_places(asked: Asked) -> Offers[Place]:
    """The offers for the place of one claim."""
    offers: Offers[Place] = Offers(place_key)
    attacked = find_place_of_attack(asked.passage, asked.draft)
    if attacked is not None and asked.passage.kind == "paragraph":
        offers.add(attacked.place, (attacked.start, attacked.end), "place:sentence").mark("here")
        return offers
    treated = asked.thread.lists_facilities(asked.passage.block)
    fits = [] if treated else _offer_named(asked, offers)
    _offer_by_rules(asked, offers)
    _offer_told(asked, offers)
    _offer_earlier_claims(asked, offers)
    _offer_earlier_names(asked, offers)
    last = _told_last(asked)
    for offer in offers:
        _mark_standing(asked, offer, last)
    best = max(fits, default=-1.0)
    mark_circumstances(
        offers, asked.circumstances, CARRIED_PLACES, others=bool(fits), good=best >= _GOOD
    )
    _offer_nowhere(asked, offers, best)
    _mark_rules_choice(asked, offers)
    _drop_wider(asked, offers)
    bar_other_matters(offers, asked.circumstances)
    bar_one_of_several(offers)
    bar_anothers_place(asked, offers)
    bar_elsewhere_than_struck(asked, offers)
    bar_carried_where_framed(asked, offers)
    bar_towns_of_region(asked, offers)
    bar_where_filed(offers, good=best >= _GOOD)
    bar_filed_far(offers)
    bar_office_held(asked, offers)
    bar_region_of_speaker(offers)
    bar_nowhere(offers, asked.circumstances)
    return offers


CARRIED_PLACES = (*CARRIED, "the place in focus", "the report's one place", "of its section")


def _offer_named(asked: Asked, offers: Offers[Place]) -> list[float]:
    """The places of the sentence itself; how well each fits that may be the harm's."""
    passage, draft = asked.passage, asked.draft
    usable = without_holders(passage.text, passage.start, passage.places)
    starts = {seen.start for seen in usable}
    fitting: list[tuple[float, int, Offer[Place]]] = []
    for seen in passage.places:
        if is_named_for_else(passage, draft, seen):
            continue
        offer = offers.add(seen.place, (seen.start, seen.end), "place:sentence")
        fit = fit_of_place(passage, draft, seen)
        mark_named(asked, seen, offer, fit)
        if seen.start not in starts:
            offer.mark("here: says where another lies")
        elif seen.start not in asked.report.titles:
            fitting.append((fit, -seen.start, offer))
    if fitting:
        max(fitting, key=lambda one: one[:2])[2].mark("here: fits best")
        if len({offer.key for fit, _, offer in fitting if fit >= 0}) == 1:
            max(fitting, key=lambda one: one[:2])[2].mark("here: the only one")
        min(fitting, key=lambda one: abs(-one[1] - draft.start))[2].mark("here: nearest")
    _offer_several(asked, offers, usable)
    return [fit for fit, _, _ in fitting]


def _offer_several(asked: Asked, offers: Offers[Place], usable: Sequence[SeenPlace]) -> None:
    """Places named in one breath, together."""
    passage, draft = asked.passage, asked.draft
    for named in find_lists(passage.text, passage.start, usable):
        group = [seen for seen in named if seen.start not in asked.report.titles]
        distinct = {place_key(seen.place): seen for seen in group}
        if len(distinct) < 2:
            continue
        ordered = sorted(distinct.values(), key=lambda seen: seen.start)
        area = smallest_area([seen.place for seen in ordered])
        offer = offers.add(area, (ordered[0].start, ordered[-1].end), "place:several")
        offer.mark("several in one breath")
        offer.measure("several: fit", 5, max(fit_of_place(passage, draft, s) for s in group))
        if any(draft.start <= s.start and s.end <= draft.end for s in group):
            offer.mark("several: in the claim's words")
        inside = {seen.start for seen in group}
        for key in distinct:
            one = offers.find(key)
            if one is None:
                continue
            one.mark("here: one of several")
            if any(s.start not in inside and place_key(s.place) == key for s in passage.places):
                one.mark("here: named by itself")


def _offer_by_rules(asked: Asked, offers: Offers[Place]) -> None:
    """What each rule by itself would say."""
    passage, draft, thread = asked.passage, asked.draft, asked.thread
    treated = thread.lists_facilities(passage.block)
    own, note = (None, None) if treated else find_own_place(passage, draft)
    if own is not None and note is not None:
        offers.add(own, (note.start, note.end), note.rule).mark(f"by rule {note.rule}")
    known, note = find_definite_place(passage, draft, thread)
    if known is not None and note is not None:
        offers.add(known, (note.start, note.end), note.rule).mark("a word for a place named before")
    _offer_section(asked, offers)
    resumed = find_resumed(passage, draft, None, asked.own_time, thread)
    _mark_resumed(offers, resumed, "")
    if own is not None or known is not None:
        resumed = find_resumed(passage, draft, own or known, asked.own_time, thread)
    _mark_resumed(offers, resumed, ", by its own place")
    if thread.focus is not None:
        offer = offers.add(thread.focus, thread.focus_span, "place:carried")
        apart = passage.block - thread.focus_block
        offer.mark("the place in focus", f"in focus, paragraphs: {steps(apart)}")
    if thread.home is not None:
        offers.add(thread.home, thread.home_span, "place:home").mark("the report's one place")
    taken = find_where_taken(passage, draft)
    if taken is not None:
        offer = offers.add(taken.place, (taken.start, taken.end), "place:where_treated")
        offer.mark("where they were treated")


def _mark_resumed(offers: Offers[Place], resumed: Resumed | None, name: str) -> None:
    if resumed is None or resumed.told.place is None:
        return
    offer = offers.add(resumed.told.place, resumed.told.place_span, f"place:{resumed.by}")
    offer.mark(f"goes on about it{name}: {resumed.by}")
    if resumed.told.named:
        offer.mark("goes on about it: named there")


def _offer_section(asked: Asked, offers: Offers[Place]) -> None:
    passage = asked.passage
    section = asked.thread.sections.get(passage.block)
    if section is None:
        return
    places = section_places(section, passage, asked.draft)
    if not places:
        return
    distinct = list({place_key(seen.place): seen.place for seen in places}.values())
    place = distinct[0] if len(distinct) == 1 else smallest_area(distinct)
    offer = offers.add(place, (places[0].start, places[-1].end), "place:heading")
    listed = passage.kind in {"list_item", "table_row"}
    headed = bool(section.columns) and places[0] in section.columns
    kind = "its label" if section.labelled or headed else "its list" if listed else "its heading"
    offer.mark("of its section", f"says {kind}")
    if any(seen.place.kind not in FINE for seen in places):
        offer.mark(f"says {kind}, a wide area")


def _offer_told(asked: Asked, offers: Offers[Place]) -> None:
    """Where the incidents told before, and the next one, are set."""
    report, passage = asked.report, asked.passage
    history = report.placed
    end = history.before(passage)
    families = resumed_families(passage)
    ranks: dict[object, int] = {}
    for one in history.told[max(0, end - _BACK) : end][::-1]:
        offer = offers.add(_place(one), one.place_span or (one.start, one.end), "place:goes_on")
        if offer.key not in ranks:
            ranks[offer.key] = len(ranks)
            _mark_told(asked, one, offer, ranks[offer.key], families)
        offer.measure("told of it how often", 5, history.count(offer.key, end))
    after = history.after(passage)
    if after is not None:
        offer = offers.add(_place(after), after.place_span or (after.start, after.end),
                           "place:goes_on")  # fmt: skip
        apart = steps(after.block - passage.block)
        offer.mark("told next", f"told next, paragraphs: {apart}")
    if report.lead is not None:
        lead = report.lead
        offer = offers.add(_place(lead), lead.place_span, "place:lead")
        offer.mark("the first incident told")
        if passage.index < lead.sentence:
            offer.mark("the first incident told, still ahead")


def _place(told: Told) -> Place:
    assert told.place is not None  # noqa: S101 - only placed incidents are asked
    return told.place


def _mark_told(
    asked: Asked, told: Told, offer: Offer[Place], rank: int, families: frozenset[str]
) -> None:
    passage, report = asked.passage, asked.report
    offer.mark(
        "told last" if rank == 0 else f"told {min(rank, 3) + 1} places back",
        f"told, sentences: {steps(passage.index - told.sentence)}",
        f"told, paragraphs: {steps(passage.block - told.block)}",
    )
    marks = {
        "told with harm": told.harms,
        "told by name": told.named,
        "told in its section": report.section(told.block) == report.section(passage.block),
        "told of a period": told.when is not None and (told.when.precision or 1) > 2,
        "told as background": is_background(told, report.thread),
    }
    if asked.own_time is not None and told.when is not None:
        same = overlap(asked.own_time, told.when)
        marks["told of its day" if same else "told of another day"] = True
    site = asked.draft.site
    if site is not None and told.site is not None:
        marks["told of its site" if site.kind == told.site.kind else "told of another site"] = True
    if families and told.families:
        marks["told by that word" if may_mean(families, told) else "told by another word"] = True
    offer.mark(*(name for name, true in marks.items() if true))


def _offer_earlier_claims(asked: Asked, offers: Offers[Place]) -> None:
    """Where the claim before, and the claims beside it, were set."""
    before, passage = asked.before, asked.passage
    if before is not None and before.place.value is not None:
        offer = offers.add(before.place.value, before.place.span, "place:goes_on")
        same = before.block == passage.block
        offer.mark(
            f"of the claim before, {'same' if same else 'another'} paragraph",
            f"of the claim before, sentences: {steps(passage.index - before.sentence)}",
        )
    for number, chosen in asked.beside.items():
        if chosen.place.value is None:
            continue
        offer = offers.add(chosen.place.value, chosen.place.span, chosen.place.rule)
        if asked.draft.kin == number:
            offer.mark("of its whole")
        else:
            offer.mark("of a claim beside it")
            if is_beside_in_clause(asked, number):
                offer.mark("of a claim in its clause")


def _offer_earlier_names(asked: Asked, offers: Offers[Place]) -> None:
    """Places named shortly before, whatever for."""
    report, passage = asked.report, asked.passage
    known: set[object] = set()
    for seen in report.places_before(passage.start, _NAMES_BACK):
        offer = offers.add(seen.place, (seen.start, seen.end), "place:named_before")
        if offer.key in known:
            continue
        offer.mark("named last" if not known else f"named {min(len(known), 3) + 1} places back")
        known.add(offer.key)
        there = report.passage_at.get(seen.start)
        if there is not None:
            offer.mark(f"named, sentences: {steps(passage.index - there.index)}")
            if there.block == passage.block:
                offer.mark("named in its paragraph")
        for name, starts in (
            ("named as a setting", report.settings),
            ("named of a speaker or office", report.titles),
            ("named in a dateline", report.filed),
        ):
            if seen.start in starts:
                offer.mark(name)


def _mark_standing(asked: Asked, offer: Offer[Place], last: Place | None) -> None:
    """How the place stands in the whole report, and to the place told last."""
    report, place = asked.report, offer.value
    if place is None:
        return
    often = report.named.get(offer.key, 0)
    offer.measure("how often named", report.names / 2 or 1.0, often)
    marks = {
        "named most": often > 0 and often == report.most_named,
        "named first": offer.key == report.first,
        f"kind: {place.kind or ('several' if place.members else 'as written')}": True,
        "of another country": place.country is not None and place.country != report.country,
        "in a heading": offer.key in report.headed,
        "only in datelines": offer.key in report.only_filed,
        "only of speakers and offices": offer.key in report.only_titles,
    }
    if last is not None and holds(place, last):
        marks["holds the place told last"] = True
        marks["here: holds the place told last"] = "here" in offer.marks
    for name, other in (("focus", asked.thread.focus), ("one place", asked.thread.home)):
        if other is not None and offer.key != place_key(other):
            marks[f"holds the {name}"] = holds(place, other)
            marks[f"in the {name}"] = holds(other, place)
    offer.mark(*(name for name, true in marks.items() if true))


def _told_last(asked: Asked) -> Place | None:
    """Where the incident told last before the sentence is set."""
    passage = asked.passage
    near = asked.report.thread.near(passage.start)
    return next(
        (t.place for t in near[::-1] if t.start < passage.start and t.place is not None), None
    )


def _drop_wider(asked: Asked, offers: Offers[Place]) -> None:
    """ "The health ministry in Gaza said", of an incident in Gaza City: an area that only holds
    where the incident told last is set, and is not named for the harm, is no place of its own but
    for a figure over time; nor is the area that labels the line, once the line names the town."""
    if set(asked.circumstances) & _OVER_TIME:
        return
    near = asked.report.placed.last_in(asked.passage)
    for offer in offers:
        named = "here" in offer.marks and "here: of a speaker or office" not in offer.marks
        if is_resumed_region(asked, offer):
            continue
        listed = offer.marks.keys() & {"says its label", "says its list", "the rules' choice"}
        if near is not None and offer.value is not None and offer.value.kind in _AREAS:
            listed = listed if not holds(offer.value, near) else set()
        wider = "holds the place told last" in offer.marks and not named and not listed
        if wider or ("says its label" in offer.marks and _holds_one_named(offer, offers)):
            offers.drop(offer.key)


def _holds_one_named(offer: Offer[Place], offers: Offers[Place]) -> bool:
    """ "Uganda: rebels kill 41 in Mpondwe": the label only says where the town lies."""
    area = offer.value
    if area is None or area.kind not in _AREAS:
        return False
    return any(
        other.value is not None
        and "here: fits best" in other.marks
        and "here: of a speaker or office" not in other.marks
        and holds(area, other.value)
        for other in offers
    )


def _offer_nowhere(asked: Asked, offers: Offers[Place], best: float) -> None:
    nothing = not len(offers)
    none = offers.add_nothing()
    none.mark("no place", *(f"no place, {name}" for name in asked.circumstances))
    if not asked.passage.places:
        none.mark("no place, none named here")
    if nothing:
        none.mark("no place, none at all")
    none.measure("no place, fit of the best", 5, best)


def _mark_rules_choice(asked: Asked, offers: Offers[Place]) -> None:
    place, notes = asked.by_rules.place, asked.by_rules.notes
    note = next((n for n in notes if n.field == "place"), None) if place is not None else None
    key = place_key(place) if place is not None else None
    offer = offers.find(key)
    if offer is None and place is not None and note is not None:
        offer = offers.add(place, (note.start, note.end), note.rule)
    if offer is not None:
        offer.mark("the rules' choice", f"the rules' choice: {note.rule if note else 'none'}")
