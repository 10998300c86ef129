"""One passage after the other: every claim's place, then its time, chosen from what is offered."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from harmledger.core.place import Place
from harmledger.core.when import When
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.locate.own_time import find_own_time
from harmledger.extract.claims.locate.shifts import count_from
from harmledger.extract.claims.locate.values import Located
from harmledger.extract.claims.locate.walk import follow
from harmledger.extract.claims.locate.weighing.asked import Asked, Chosen, Course
from harmledger.extract.claims.locate.weighing.circumstances import find_circumstances
from harmledger.extract.claims.locate.weighing.offers import Offer
from harmledger.extract.claims.locate.weighing.places import offer_places
from harmledger.extract.claims.locate.weighing.report import Report
from harmledger.extract.claims.locate.weighing.scales import Scales, Weighed, choose, main_marks
from harmledger.extract.claims.locate.weighing.times import offer_times
from harmledger.extract.passage import Passage

__all__ = ["Course", "weigh"]


def weigh(
    report: Report,
    passage: Passage,
    drafts: Sequence[Draft],
    by_rules: Sequence[Located],
    course: Course,
    scales: Scales,
) -> tuple[Located, ...]:
    """Where and when each draft of a passage is set. ``by_rules`` is what the rules alone make of
    them; site and means stay theirs. ``course`` goes on past the passage."""
    beside: dict[int, Chosen] = {}
    found: dict[int, Located] = {}
    wholes_first = sorted(range(len(drafts)), key=lambda n: (drafts[n].kin is not None, n))
    for number in wholes_first:
        draft = drafts[number]
        own = _own_time(passage, draft, course)
        asked = Asked(
            report=report,
            passage=passage,
            draft=draft,
            drafts=drafts,
            thread=course.thread,
            by_rules=by_rules[number],
            own_time=own,
            circumstances=find_circumstances(passage, draft, own),
            course=course,
            beside=dict(beside),
        )
        beside[number], found[number] = _set(asked, scales)
    located = tuple(found[number] for number in range(len(drafts)))
    course.chosen.extend(beside[number] for number in range(len(drafts)))
    course.thread = follow(course.thread, passage, tuple(zip(drafts, located, strict=True)))
    return located


def _own_time(passage: Passage, draft: Draft, course: Course) -> When | None:
    when, note = find_own_time(passage, draft)
    if when is None or note is None:
        return when
    return count_from(when, note.end, course.thread, passage)


def _set(asked: Asked, scales: Scales) -> tuple[Chosen, Located]:
    places = offer_places(asked)
    place = choose(places, scales.places)
    times = offer_times(asked, place)
    when = choose(times, scales.times)
    if scales.record is not None:
        scales.record.append(Weighed(asked.passage, asked.draft, places, times))
    passage = asked.passage
    chosen = Chosen(passage.index, passage.block, asked.draft, place, when)
    return chosen, _located(asked.by_rules, place, when, scales)


def _located(by_rules: Located, place: Offer[Place], when: Offer[When], scales: Scales) -> Located:
    notes = (
        *(n for n in by_rules.notes if n.field not in {"place", "occurred", "weighed"}),
        *_notes("place", place, by_rules, main_marks(place, scales.places)),
        *_notes("occurred", when, by_rules, main_marks(when, scales.times)),
    )
    occurred = when.value
    if occurred is not None and when.rule.startswith("time:") and occurred.anchor is None:
        occurred = msgspec.structs.replace(occurred, anchor=f"text:{occurred.as_written}")
    return msgspec.structs.replace(by_rules, place=place.value, occurred=occurred, notes=notes)


def _notes(
    field: str, offer: Offer[Place] | Offer[When], by_rules: Located, reasons: str
) -> tuple[Note, ...]:
    """The rule that found what was chosen, and the marks that weighed most for it."""
    if offer.value is None or offer.span is None:
        return ()
    start, end = offer.span
    return (
        Note(field=field, start=start, end=end, rule=_rule(field, offer, by_rules)),
        Note(field="weighed", start=start, end=end, rule=f"{field}: {reasons}"),
    )


def _rule(field: str, offer: Offer[Place] | Offer[When], by_rules: Located) -> str:
    """The rule of the rules' choice, where that is what was chosen."""
    note = next((n for n in by_rules.notes if n.field == field), None)
    if note is not None and "the rules' choice" in offer.marks:
        return note.rule
    return offer.rule
