"""Days told from another: "a day later", "since then", "the same period" (contract §4)."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from harmledger.core.when import TimeHit, When, edtf_interval
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.locate.mentions import may_mean, resumed_families
from harmledger.extract.claims.locate.own_time import statement_day
from harmledger.extract.claims.locate.values import Thread, Told
from harmledger.extract.passage import Passage
from harmledger.extract.times.events import shift_day
from harmledger.extract.times.words import small_number

_SHIFT = re.compile(
    r"(?:just |only |barely |less than |a few |several |some |a couple of )?(?:(?P<n>[\w-]+) )?"
    r"(?P<unit>day|night|week|fortnight|month|year|hour)s? "
    r"(?P<side>after|before|earlier|later|following|prior to)(?: on)?"
)
_SAME_TIME = re.compile(
    r"(?:that|the same|during the same|in the same|over the same) (?:month|week|year|period)"
)
_ENDS = frozenset({"", ".", ",", ";", ":", ")"})
_CAME = re.compile(
    r"\b(?:came|comes|come|happened|occurred|took place|followed|was carried out)\s+"
    r"(?:just |only |barely |less than )?$",
    re.I,
)
_NO_CLAUSE = re.compile(r" (?:and|or|but|that|in|on|at|near|as|when|while|by|with|to)\b", re.I)
""" "struck a depot the day before and killed …": nothing stands behind it to count from."""
_NEAR = 80
"""Letters from "a day after" to the harm word it tells of."""
_HOURS = 24
_DAYS = 2
"""UCDP date precision of an incident from which days are counted."""
_NEXT = re.compile(
    r"(?:the|that) (?:(?P<side>following|next|previous|same) )?"
    r"(?:day|night|morning|afternoon|evening|noon|dawn|midnight)(?: (?P<told>before|after))?"
)


def count_from(when: When, at: int, thread: Thread, passage: Passage) -> When:
    """A day told from an incident, counted from the day the report gives to that incident.

    ``at`` is where the expression ends. "the day before" with nothing behind it counts from the
    day of the statement, if the sentence gives one. Unanchored where the report gives no day.
    """
    low = " ".join(when.as_written.lower().split())
    if when.rule == "since_event":
        return _since(when, low, thread, passage)
    period = _PERIOD_BEFORE.fullmatch(low)
    if period is not None:
        return _period_before(when, period, thread, passage, at)
    if when.rule != "relative_to_event" or when.edtf is not None:
        return when
    if _SAME_TIME.fullmatch(low):
        return _same_time(when, thread, passage)
    shift = _parse_shift(low)
    if shift is None:
        return when
    count, unit, stated = shift
    anchor = statement_day(passage) if stated else None
    anchor = anchor or _day_told_before(passage, at) or _day_of_incident(passage, at, thread)
    if anchor is None or anchor.earliest is None or anchor.latest is None:
        return when
    return _shifted(when, anchor, count, unit)


_PERIOD_BEFORE = re.compile(
    r"(?:in )?the (?:(?:previous|preceding) (?P<one>week|fortnight|month|year)"
    r"|(?P<two>week|fortnight|month|year) before)"
)


def _period_before(
    when: When, period: re.Match[str], thread: Thread, passage: Passage, at: int
) -> When:
    """ "24 the week before", "33 killed in the previous fortnight": before the period that the
    sentence counts, or that the report told last; else before the report's own."""
    unit = period["one"] or period["two"]
    counted = [t.when for t in passage.times if t.end < at - len(period.group())]
    section = thread.sections.get(passage.block)
    headed = [section.when] if section is not None and section.when is not None else []
    before = [t.when for t in thread.near(passage.start) if t.end < passage.start and t.when]
    said = (*counted[::-1], *headed, *before[::-1])
    told = next((w for w in said if _lasts(w, unit)), None)
    if told is None or told.earliest is None:
        return when
    last = shift_day(date.fromisoformat(told.earliest), -1, "day")
    first = shift_day(shift_day(last, 1, "day"), -1, unit)
    earliest, latest = first.isoformat(), last.isoformat()
    return msgspec.structs.replace(
        when,
        edtf=edtf_interval(earliest, latest),
        earliest=earliest,
        latest=latest,
        precision=told.precision,
        anchor=f"text:{told.as_written}",
    )


def _lasts(when: When, unit: str) -> bool:
    """About as long as the unit."""
    if when.earliest is None or when.latest is None:
        return False
    length = (date.fromisoformat(when.latest) - date.fromisoformat(when.earliest)).days + 1
    lengths = {"week": (6, 8), "fortnight": (13, 16), "month": (28, 31), "year": (360, 366)}
    return lengths[unit][0] <= length <= lengths[unit][1]


def count_back(passage: Passage, draft: Draft, thread: Thread) -> tuple[When | None, Note | None]:
    """ "… on Saturday, a day after gunmen shot two": the shooting was the day before Saturday;
    "the raid came a day after …": the day before that of the raid told before."""
    predicate = passage.tokens[draft.predicate].start
    for number, told in enumerate(passage.times):
        low = " ".join(told.when.as_written.lower().split())
        shift = _parse_shift(low) if told.when.rule == "relative_to_event" else None
        dated = [t for t in passage.times[:number] if t.when.earliest and t.when.latest]
        if shift is None or told.end > predicate or not low.endswith(("after", "before")):
            continue
        behind = passage.text[told.end - passage.start : told.end - passage.start + 1]
        near = predicate - told.end <= _NEAR or _in_its_clause(passage, draft, told)
        if not near or behind != " " or _NO_CLAUSE.match(passage.text, told.end - passage.start):
            continue
        from_day = dated[-1].when if dated else _day_it_came(passage, told, thread)
        if from_day is None:
            continue
        when = _shifted(told.when, from_day, -shift[0], shift[1])
        return when, Note(
            field="occurred", start=told.start, end=told.end, rule="relative_to_event"
        )
    return None, None


def _day_it_came(passage: Passage, told: TimeHit, thread: Thread) -> When | None:
    """ "The strike came a day after …": the day of the strike told before."""
    families = resumed_families(passage)
    lead = passage.text[: told.start - passage.start]
    if not families or _CAME.search(lead) is None or _shifts_forward(told):
        return None
    days = [
        t
        for t in thread.near(passage.start)
        if t.start < passage.start and t.when is not None and (t.when.precision or 9) <= _DAYS
    ]
    meant = next((t.when for t in reversed(days) if may_mean(families, t)), None)
    return meant if meant is not None and meant.earliest and meant.latest else None


def _shifts_forward(told: TimeHit) -> bool:
    return told.when.as_written.lower().endswith("before")


def _in_its_clause(passage: Passage, draft: Draft, told: TimeHit) -> bool:
    """ "two days after men swept through three villages and killed …": the clause of "after"."""
    inside = passage.tree.within(told.start, told.end)
    verb = passage.tree.head(inside[-1].index) if inside else None
    if verb is None or verb.upos != "VERB" or verb.start < told.end:
        return False
    over = {draft.predicate, *(t.index for t in passage.tree.ancestors(draft.predicate))}
    return verb.index in over


def _shifted(when: When, anchor: When, count: int, unit: str) -> When:
    first, last = anchor.earliest or "", anchor.latest or ""
    earliest = shift_day(date.fromisoformat(first), count, unit).isoformat()
    latest = shift_day(date.fromisoformat(last), count, unit).isoformat()
    return msgspec.structs.replace(
        when,
        edtf=edtf_interval(earliest, latest),
        earliest=earliest,
        latest=latest,
        precision=anchor.precision,
        anchor=f"text:{anchor.as_written}",
    )


def _parse_shift(low: str) -> tuple[int, str, bool] | None:
    """How many units from the anchor, and whether it may be the day of the statement."""
    match = _SHIFT.fullmatch(low)
    if match is not None:
        back = match["side"] in {"before", "earlier", "prior to"}
        count = 1 if match["n"] in {None, "the"} else small_number(match["n"])
        unit = match["unit"]
        if unit == "hour" and count >= _HOURS:
            count, unit = count // _HOURS, "day"  # "forty-eight hours earlier"
        return (-count if back else count), unit, match["n"] == "the"
    match = _NEXT.fullmatch(low)
    if match is None:
        return None
    side = match["side"] or match["told"] or "same"
    days = {"following": 1, "next": 1, "after": 1, "previous": -1, "before": -1}.get(side, 0)
    return days, "day", side == "before"


def _same_time(when: When, thread: Thread, passage: Passage) -> When:
    """ "that month", "in the same period": the time told last, whole."""
    told = _nearest(passage, [t for t in thread.near(passage.start) if t.when is not None])
    if told is None or told.when is None or told.start >= passage.start:
        return when
    return msgspec.structs.replace(
        told.when, as_written=when.as_written, anchor=f"text:{told.when.as_written}", rule=when.rule
    )


def _since(when: When, low: str, thread: Thread, passage: Passage) -> When:
    """ "since then": from the day told last; "since the siege began" stays open unless told."""
    if thread.published is None or not low.startswith("since then"):
        return when
    anchor = _day_of_incident(passage, passage.start, thread)
    if anchor is None or anchor.earliest is None:
        return when
    until = thread.published.isoformat()
    return msgspec.structs.replace(
        when,
        edtf=edtf_interval(anchor.earliest, until),
        earliest=anchor.earliest,
        latest=until,
        precision=5,
        anchor=f"text:{anchor.as_written}",
    )


def _day_told_before(passage: Passage, at: int) -> When | None:
    """ "Taken on 1 November; his body was found the day after": the last day told before it in its
    sentence, where it ends a clause. "A day after the raid" names what it counts from."""
    if passage.text[at - passage.start :].lstrip()[:1] not in _ENDS:
        return None
    said = statement_day(passage)
    days = [
        t.when
        for t in passage.times
        if t.end < at and t.when.edtf is not None and (t.when.precision or 9) <= _DAYS
    ]
    return next((day for day in reversed(days) if day != said), None)


def _day_of_incident(passage: Passage, at: int, thread: Thread) -> When | None:
    """The date of the incident told behind the expression, by the site it names if it names one;
    the one told last before it otherwise."""
    sites = {s.kind for s in passage.sites if s.start >= at} - {"populated_area"}
    near = [
        t
        for t in thread.near(passage.start)
        if t.when is not None and t.when.earliest and (t.when.precision or 9) <= _DAYS
    ]
    outside = [t for t in near if t.end <= passage.start or t.start >= passage.end]
    fitting = [t for t in outside if t.site is not None and t.site.kind in sites] if sites else []
    chosen = _nearest(passage, fitting or outside)
    return chosen.when if chosen is not None else None


def _nearest(passage: Passage, told: list[Told]) -> Told | None:
    before = [t for t in told if t.start < passage.start]
    return before[-1] if before else (told[0] if told else None)
