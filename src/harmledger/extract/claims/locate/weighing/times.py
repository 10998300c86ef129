"""Every time a claim may be dated to, and what speaks for each."""

from __future__ import annotations

from itertools import islice

from harmledger.core.place import Place
from harmledger.core.when import TimeHit, When
from harmledger.extract.claims.locate.areas import agree
from harmledger.extract.claims.locate.datelines import dateline_end
from harmledger.extract.claims.locate.mentions import may_mean, resumed_families
from harmledger.extract.claims.locate.other_deeds import dates_another_deed
from harmledger.extract.claims.locate.own_time import (
    day_of_state,
    find_own_time,
    find_own_turn,
    find_usable,
    is_compared,
    may_date,
)
from harmledger.extract.claims.locate.resume import (
    Resumed,
    find_resumed,
    is_background,
)
from harmledger.extract.claims.locate.several_times import (
    is_left_behind,
    is_of_an_earlier_life,
    is_of_next_sentence,
)
from harmledger.extract.claims.locate.shifts import count_back, count_from
from harmledger.extract.claims.locate.values import Told
from harmledger.extract.claims.locate.weighing.asked import Asked
from harmledger.extract.claims.locate.weighing.barred import (
    bar_days_counted_from,
    bar_days_of_one,
    bar_other_matters,
    bar_other_places,
    bar_silence_one_by_one,
    bar_stretches,
    bar_words_after,
    bar_years_passed_over,
)
from harmledger.extract.claims.locate.weighing.ends import offer_day_seen_last, offer_ends
from harmledger.extract.claims.locate.weighing.framed import framed
from harmledger.extract.claims.locate.weighing.history import FAR_BACK
from harmledger.extract.claims.locate.weighing.nearby import (
    CARRIED,
    is_beside_in_clause,
    mark_circumstances,
)
from harmledger.extract.claims.locate.weighing.offers import (
    Offer,
    Offers,
    place_key,
    steps,
    when_key,
)
from harmledger.extract.claims.locate.weighing.since_told import since_told
from harmledger.extract.claims.locate.weighing.standing import mark_standing
from harmledger.extract.claims.locate.weighing.that_day import that_day
from harmledger.extract.claims.locate.weighing.timed import mark_timed
from harmledger.extract.claims.locate.weighing.told_ahead import told_ahead
from harmledger.extract.claims.locate.weighing.years import year_told_before

_BACK = 25
"""Incidents told before that are looked through."""
_SENTENCES_BACK = 6
_TOP = 4
CARRIED_TIMES = (*CARRIED, "of the last claim of that place", "told last of that place",
                 "its heading's", "at the head of the report")  # fmt: skip


def offer_times(asked: Asked, place: Offer[Place]) -> Offers[When]:
    """The offers for the time of one claim that was set in ``place``."""
    offers: Offers[When] = Offers(when_key)
    lasts = since_told(asked)
    if lasts is not None:
        offers.add(lasts.until_now, lasts.span, "since_told").mark("here", "since what was told")
        if asked.draft.harm != "missing":
            return offers
        offer_day_seen_last(asked, offers, lasts)
        return offers
    turn = find_own_turn(asked.passage, asked.draft)
    if turn is not None:
        when = count_from(turn.when, turn.end, asked.thread, asked.passage)
        offers.add(when, (turn.start, turn.end), when.rule or "time").mark("here")
        return offers
    frame = framed(asked)
    if frame is not None:
        offers.add(*frame).mark("says its label")
        return offers
    ahead = told_ahead(asked)
    if ahead is not None:
        offers.add(*ahead, "time:goes_on").mark("the next sentence says when it was")
        return offers
    usable = _offer_own(asked, offers)
    _offer_by_rules(asked, offers, place)
    _offer_told(asked, offers, place)
    _offer_lead(asked, offers, place)
    _offer_earlier_claims(asked, offers, place)
    _offer_heads(asked, offers)
    _offer_earlier_times(asked, offers)
    for offer in offers:
        mark_standing(asked, offer)
    others = bool(asked.passage.times)
    mark_circumstances(offers, asked.circumstances, CARRIED_TIMES, others=others, good=usable)
    _offer_never(asked, offers, place, usable)
    _mark_rules_choice(asked, offers)
    bar_other_matters(offers, asked.circumstances)
    bar_other_places(offers, place, asked.circumstances)
    bar_days_of_one(offers, asked.circumstances)
    bar_silence_one_by_one(offers, place)
    bar_words_after(offers)
    bar_days_counted_from(offers)
    bar_years_passed_over(offers)
    bar_stretches(offers)
    return offers


def _offer_own(asked: Asked, offers: Offers[When]) -> bool:
    """The times of the sentence itself; whether one may be the harm's."""
    passage, draft = asked.passage, asked.draft
    fitting: list[tuple[tuple[float, int], Offer[When]]] = []
    filed = dateline_end(passage)
    may = find_usable(passage, draft)
    for hit in passage.times:
        if hit.end <= filed or hit.when.rule == "no_day" or is_compared(passage, draft, hit):
            continue  # when the report was filed, or of another figure
        if dates_another_deed(passage, draft.predicate, hit):
            continue  # of the report itself (rule 21)
        if is_of_next_sentence(passage, draft.predicate, hit):
            continue
        if is_left_behind(passage, draft.predicate, hit):
            continue
        if is_of_an_earlier_life(passage, draft.predicate, hit):
            continue
        when = count_from(day_of_state(passage, draft, hit), hit.end, asked.thread, passage)
        when = that_day(asked, when)
        offer = offers.add(when, (hit.start, hit.end), hit.when.rule or "time")
        usable = hit in may
        if not usable and may_date(passage, draft, hit):
            continue  # "hours after"
        fit = mark_timed(passage, draft, hit, offer, usable=usable)
        if usable:
            fitting.append((fit, offer))
        offer_ends(asked, offers, hit, when, usable)
        _offer_year_told(asked, offers, hit, when, usable, offer)
    if fitting:
        max(fitting, key=lambda one: one[0])[1].mark("here: fits best")
    if len(offers) == 1:
        next(iter(offers)).mark("here: the only one")
    return bool(fitting)


def _offer_year_told(
    asked: Asked,
    offers: Offers[When],
    hit: TimeHit,
    when: When,
    usable: bool,
    plain: Offer[When],
) -> None:
    """ "on 19 June", told after "14 June 1992": of that year."""
    found = year_told_before(asked.report, asked.passage, hit, when)
    if found is None:
        return
    offer = offers.add(found.when, (hit.start, hit.end), "year_told_before")
    offer.mark("here", "of the year told before", f"of the year told before, {steps(found.apart)}")
    marks = {
        "here: may be the harm's": usable,
        "of “the same year”": found.same_year,
        "of a year long before": found.long_before,
        "of the year of its paragraph": found.same_year
        or (found.long_before and found.passed_over),
    }
    offer.mark(*(name for name, true in marks.items() if true))
    plain.mark("its year may be another")


def _offer_by_rules(asked: Asked, offers: Offers[When], place: Offer[Place]) -> None:
    """What each rule by itself would say."""
    passage, draft, thread = asked.passage, asked.draft, asked.thread
    if asked.own_time is not None:
        _, note = find_own_time(passage, draft)
        span = (note.start, note.end) if note is not None else None
        rule = note.rule if note is not None else "time"
        offers.add(asked.own_time, span, rule).mark("the sentence's time by rule")
    counted, note = count_back(passage, draft, thread)
    if counted is not None and note is not None:
        offers.add(counted, (note.start, note.end), note.rule).mark("counted back from its day")
    section = thread.sections.get(passage.block)
    if section is not None and section.when is not None:
        listed = passage.kind in {"list_item", "table_row"}
        kind = "its label" if section.dated else "its list" if listed else "its heading"
        offers.add(section.when, section.when_span, "time:heading").mark(f"says {kind}")
    resumed = find_resumed(passage, draft, None, None, thread)
    _mark_resumed(offers, resumed, "")
    if place.value is not None:
        resumed = find_resumed(passage, draft, place.value, None, thread)
    _mark_resumed(offers, resumed, ", by its place")


def _mark_resumed(offers: Offers[When], resumed: Resumed | None, name: str) -> None:
    if resumed is not None and resumed.told.when is not None:
        offer = offers.add(resumed.told.when, resumed.told.when_span, f"time:{resumed.by}")
        offer.mark(f"goes on about it{name}: {resumed.by}")


def _when(told: Told) -> When:
    assert told.when is not None  # noqa: S101 - only dated incidents are asked
    return told.when


def _offer_told(asked: Asked, offers: Offers[When], place: Offer[Place]) -> None:
    """The days of the incidents told before, and of the next one."""
    report, passage = asked.report, asked.passage
    history = report.dated
    end = history.before(passage)
    families = resumed_families(passage)
    ranks: dict[object, int] = {}
    for one in history.told[max(0, end - _BACK) : end][::-1]:
        offer = offers.add(_when(one), one.when_span or (one.start, one.end), "time:goes_on")
        offer.mark(f"told of {_beside(place, one)}")
        if offer.key not in ranks:
            ranks[offer.key] = len(ranks)
            _mark_told(asked, one, offer, ranks[offer.key], families)
        offer.measure("told of it how often", 5, history.count(offer.key, end))
    back = history.told[max(0, end - FAR_BACK) : end]
    here = next((t for t in reversed(back) if t.place is not None and place.value is not None
                 and agree(place.value, t.place)), None)  # fmt: skip
    if here is not None:
        offer = offers.add(_when(here), here.when_span, "time:goes_on")
        offer.mark("told last of that place")
    after = history.after(passage)
    if after is not None:
        offer = offers.add(_when(after), after.when_span, "time:goes_on")
        offer.mark("told next", f"told next, paragraphs: {steps(after.block - passage.block)}")
        if place.value is not None and after.place is not None:
            same_place = agree(place.value, after.place)
            offer.mark("told next of that place" if same_place else "told next of another place")


def _beside(place: Offer[Place], told: Told) -> str:
    if told.place is None:
        return "no place"
    if place.value is None:
        return "some place, this of none"
    if place.key == place_key(told.place):
        return "the same place"
    return "a place it agrees with" if agree(place.value, told.place) else "another place"


def _mark_told(
    asked: Asked, told: Told, offer: Offer[When], rank: int, families: frozenset[str]
) -> None:
    passage, report = asked.passage, asked.report
    offer.mark(
        "told last" if rank == 0 else f"told {min(rank, 3) + 1} days back",
        f"told, sentences: {steps(passage.index - told.sentence)}",
        f"told, paragraphs: {steps(passage.block - told.block)}",
        f"told with precision {_when(told).precision}",
    )
    marks = {
        "told with harm": told.harms,
        "told by name": told.named,
        "told in its section": report.section(told.block) == report.section(passage.block),
        "told as background": is_background(told, report.thread),
    }
    site = asked.draft.site
    if site is not None and told.site is not None:
        marks["told of its site" if site.kind == told.site.kind else "told of another site"] = True
    if families and told.families:
        marks["told by that word" if may_mean(families, told) else "told by another word"] = True
    offer.mark(*(name for name, true in marks.items() if true))


def _offer_lead(asked: Asked, offers: Offers[When], place: Offer[Place]) -> None:
    lead = asked.report.dated_lead
    if lead is None:
        return
    offer = offers.add(_when(lead), lead.when_span, "time:lead")
    offer.mark("the first incident told")
    if place.value is not None and lead.place is not None:
        same = agree(place.value, lead.place)
        offer.mark(f"the first incident told, of {'that' if same else 'another'} place")
    if asked.passage.index < lead.sentence:
        offer.mark("the first incident told, still ahead")


def _offer_earlier_claims(asked: Asked, offers: Offers[When], place: Offer[Place]) -> None:
    """The times of the claim before, of the last one of that place, and of the claims beside."""
    before, passage = asked.before, asked.passage
    if before is not None and before.when.value is not None:
        offer = offers.add(before.when.value, before.when.span, "time:goes_on")
        same = before.block == passage.block
        offer.mark(
            f"of the claim before, {'same' if same else 'another'} paragraph",
            f"of the claim before, sentences: {steps(passage.index - before.sentence)}",
            f"of the claim before, {'same' if before.place.key == place.key else 'another'} place",
        )
    back = islice(reversed(asked.course.chosen), FAR_BACK)
    last = next((c for c in back if c.when.value is not None
                 and place.value is not None and c.place.key == place.key), None)  # fmt: skip
    if last is not None and last.when.value is not None:
        offer = offers.add(last.when.value, last.when.span, "time:goes_on")
        far = f"of the last claim of that place: {steps(passage.block - last.block)}"
        offer.mark("of the last claim of that place", far)
    for number, chosen in asked.beside.items():
        if chosen.when.value is None:
            continue
        offer = offers.add(chosen.when.value, chosen.when.span, chosen.when.rule)
        if asked.draft.kin == number:
            offer.mark("of its whole")
            continue
        same = chosen.place.key == place.key
        offer.mark("of a claim beside it", f"beside it, {'same' if same else 'another'} place")
        if is_beside_in_clause(asked, number):
            offer.mark("of a claim in its clause")


def _offer_heads(asked: Asked, offers: Offers[When]) -> None:
    """Times that headings and the head of the report give."""
    report, block = asked.report, asked.passage.block
    for head in report.head_times:
        if head.block > block:
            continue
        hit = head.hit
        offer = offers.add(hit.when, (hit.start, hit.end), "time:heading")
        own = report.section(block) == head.block
        offer.mark("a heading's", "its heading's" if own else "another heading's")
        if head.block < _TOP:
            offer.mark("at the head of the report")
        if hit.when.earliest != hit.when.latest:
            offer.mark("a heading's, a period")


def _offer_earlier_times(asked: Asked, offers: Offers[When]) -> None:
    """Times named shortly before, whatever for."""
    passage = asked.passage
    known: set[object] = set()
    for earlier in asked.report.passages_before(passage, _SENTENCES_BACK):
        said = {a.said_on for a in earlier.attributions}
        filed = dateline_end(earlier) if earlier.times else 0
        for hit in earlier.times[::-1]:
            if hit.when.edtf is None or when_key(hit.when) in known:
                continue
            offer = offers.add(hit.when, (hit.start, hit.end), "time:named_before")
            offer.mark("named last" if not known else f"named {min(len(known), 3) + 1} times back",
                       f"named, sentences: {steps(passage.index - earlier.index)}")  # fmt: skip
            known.add(offer.key)
            marks = {
                "named in its paragraph": earlier.block == passage.block,
                "named in a dateline": hit.end <= filed,
                "named of a statement": (hit.start, hit.end) in said,
            }
            offer.mark(*(name for name, true in marks.items() if true))


def _offer_never(asked: Asked, offers: Offers[When], place: Offer[Place], usable: bool) -> None:
    nothing = not len(offers)
    none = offers.add_nothing()
    none.mark("no time", *(f"no time, {name}" for name in asked.circumstances))
    marks = {
        "no time, none named here": not asked.passage.times,
        "no time, one fits": usable,
        "no time, none at all": nothing,
        "no time, no place": place.value is None,
    }
    none.mark(*(name for name, true in marks.items() if true))


def _mark_rules_choice(asked: Asked, offers: Offers[When]) -> None:
    when, notes = asked.by_rules.occurred, asked.by_rules.notes
    note = next((n for n in notes if n.field == "occurred"), None) if when is not None else None
    offer = offers.find(when_key(when) if when is not None else None)
    if offer is None and when is not None and note is not None:
        offer = offers.add(when, (note.start, note.end), note.rule)
    if offer is not None:
        carried = note is None or note.rule.startswith("time:")
        rule = note.rule if note is not None else "none"
        offer.mark("the rules' choice", f"the rules' choice: {rule if carried else 'own'}")
