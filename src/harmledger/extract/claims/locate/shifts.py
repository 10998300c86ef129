"""Days told from another: "a day later", "since then", "the same period" (contract §4)."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from harmledger.core.when import TimeHit, When, edtf_interval
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.locate.counted_stretches import (
    FOLLOWED,
    PERIOD_BEFORE,
    WENT_BEFORE,
    day_of_report,
    is_told_of_now,
    period_before,
    periods_told,
    stretch_after,
    stretch_before,
    widened,
)
from harmledger.extract.claims.locate.own_time import statement_day
from harmledger.extract.claims.locate.several_times import (
    is_in_told_clause,
    is_told_first,
    stands_alone,
)
from harmledger.extract.claims.locate.values import Thread, Told
from harmledger.extract.passage import Passage
from harmledger.extract.times import find_times
from harmledger.extract.times.scene import precision
from harmledger.extract.times.shifting import ON_WEEKDAY, shift_day, shift_span
from harmledger.extract.times.words import (
    NUMBER,
    PART,
    VAGUE,
    WEEKDAY,
    small_number,
    weekday_number,
)

_SHIFT = re.compile(
    rf"(?:(?P<n>{NUMBER}|{VAGUE}) )?(?P<unit>minute|hour|day|night|week|fortnight|month|year)"
    r"(?P<more>s)? "
    r"(?P<side>after(?:wards?)?|before(?:hand)?|earlier|later|previously|following|prior to|on)"
    r"(?: on| that| this)?"
)
_SAME_TIME = re.compile(
    r"(?:that|the same|during the same|in the same|over the same) (?:month|week|year|period)"
)
_COMES = frozenset({"come", "occur", "happen", "follow", "take", "be"})
_DAYS = 2
"""UCDP date precision of an incident from which days are counted."""
_NEXT = re.compile(
    r"(?:(?:earlier|later|early|late) )?(?:(?:in|on) )?(?:the|that) "
    r"(?:(?P<side>following|next|previous|same) )?"
    rf"(?:day|afternoon|{PART})(?: (?P<told>before|after))?"
)
_WHOLE = re.compile(
    rf"the (?:(?P<side>following|next|previous|preceding) )?"
    rf"(?:(?P<wd>{WEEKDAY})(?: {PART})?|(?P<unit>weekend|week|month|year))"
    r"(?: (?P<told>before|after))?"
)
_BACK = frozenset(
    {"before", "beforehand", "earlier", "previously", "previous", "preceding", "prior to"}
)


def count_from(when: When, at: int, thread: Thread, passage: Passage) -> When:
    """A day told from an incident, counted from the day the report gives to that incident.

    ``at`` is where the expression ends. "the day before" with nothing behind it counts from the
    day of the statement, if the sentence gives one. Unanchored where the report gives no day.
    """
    low = " ".join(when.as_written.lower().split())
    if when.rule == "since_event":
        return _since(when, low, thread, passage)
    if when.rule == "overnight" and low == "overnight":
        return _night_before_saying(when, passage)
    period = PERIOD_BEFORE.fullmatch(low)
    if period is not None:
        return period_before(when, period, thread, passage, at)
    if when.rule != "relative_to_event" or when.edtf is not None:
        return when
    if _SAME_TIME.fullmatch(low):
        return _same_time(when, low, thread, passage)
    followed = FOLLOWED.fullmatch(low)
    if followed is not None:
        return _stretch_after(when, followed, thread, passage, at)
    went_before = WENT_BEFORE.fullmatch(low)
    if went_before is not None:
        return stretch_before(when, went_before, periods_told(thread, passage, at - len(low)))
    shift = _parse_shift(low)
    if shift is None:
        return when
    count, unit, stated = shift
    anchor = statement_day(passage) if stated and stands_alone(passage, at) else None
    anchor = (
        anchor
        or _day_told_before(passage, at)
        or _day_of_incident(passage, at, thread)
        or _day_just_told(passage, thread)
    )
    if anchor is None or anchor.earliest is None or anchor.latest is None:
        return _from_report_day(when, (count, unit), low, thread, passage)
    if _is_ahead(anchor, count, unit, thread):
        return when
    return _shifted(when, anchor, count, unit)


def _is_ahead(anchor: When, count: int, unit: str, thread: Thread) -> bool:
    """Whether it would be after the report, which tells it as done: from another day, then."""
    first, last = date.fromisoformat(anchor.earliest or ""), date.fromisoformat(anchor.latest or "")
    start, _, _ = shift_span(first, last, count, unit)
    return thread.published is not None and start > thread.published >= first


_LAST_DAY = re.compile(
    r"(?:(?:late|early) )?the previous (?:day|night|evening|afternoon|morning)"
    r"|the (?:night|evening) before"
)


def _from_report_day(
    when: When, shift: tuple[int, str], low: str, thread: Thread, passage: Passage
) -> When:
    """ "the previous Sunday", "the previous weekend", "the previous evening", told from no day of
    the report: from the day of the statement, or of publication."""
    count, unit = shift
    if thread.published is None or count > 0:
        return when
    if (count, unit) == (-1, "day") and _LAST_DAY.fullmatch(low) is not None:
        said = statement_day(passage)
        if said is not None and said.earliest is not None and said.earliest == said.latest:
            return _shifted(when, said, count, unit)
    elif not unit.startswith(("weekday", "weekend")):
        return when
    day = thread.published.isoformat()
    told = When(as_written=day, edtf=day, earliest=day, latest=day)
    return msgspec.structs.replace(_shifted(when, told, count, unit), anchor=f"published:{day}")


def _night_before_saying(when: When, passage: Passage) -> When:
    """ "Two were killed overnight, he said on Wednesday": the night to Wednesday, whenever read."""
    said = statement_day(passage)
    if said is None or said.edtf != said.earliest or said.earliest is None or when.latest is None:
        return when
    if said.earliest >= when.latest or "night" in said.as_written.lower():
        return when
    last = date.fromisoformat(said.earliest)
    first = shift_day(last, -1, "day")
    return msgspec.structs.replace(
        when,
        edtf=edtf_interval(first.isoformat(), last.isoformat()),
        earliest=first.isoformat(),
        latest=last.isoformat(),
        anchor=f"text:{said.as_written}",
    )


def count_back(passage: Passage, draft: Draft, thread: Thread) -> tuple[When | None, Note | None]:
    """ "… on Saturday, a day after gunmen shot two": the shooting was the day before Saturday. "The
    attack came a day after gunmen shot two": the day before that of the attack told before."""
    predicate = passage.tokens[draft.predicate].start
    for number, told in enumerate(passage.times):
        if told.start <= predicate < told.end:
            inside = _day_inside(told, predicate, thread)
            if inside is not None:
                return inside
        low = " ".join(told.when.as_written.lower().split())
        shift = _parse_shift(low) if told.when.rule == "relative_to_event" else None
        if shift is None or told.end > predicate or not low.endswith(("after", "before")):
            continue
        if not is_told_first(passage, told) or not is_in_told_clause(
            passage, draft.predicate, told
        ):
            continue
        spoken = (a for a in passage.attributions if a.rule.startswith("voice:verb"))
        if any(told.end <= a.cue[0] < predicate for a in spoken):
            continue  # "the apology came a day after he said that the strike was a mistake"
        dated = [t.when for t in passage.times[:number] if t.when.earliest and t.when.latest]
        from_day = dated[-1] if dated else None
        if from_day is None and _is_how_it_came(passage, told):
            from_day = _day_of_incident(passage, told.start, thread)
        if from_day is None and not dated and is_told_of_now(passage, told):
            from_day = day_of_report(thread.published)
        if from_day is not None:
            when = _shifted(told.when, from_day, -shift[0], shift[1])
            return when, Note(
                field="occurred", start=told.start, end=told.end, rule="relative_to_event"
            )
    return None, None


def _day_inside(told: TimeHit, predicate: int, thread: Thread) -> tuple[When, Note] | None:
    """ "A day after a bomb killed four on 10 May": the bomb's own day, not the day after."""
    if told.when.rule != "relative_to_event" or not told.when.edtf:
        return None
    hits = find_times(thread.text, predicate, told.end, thread.published)
    if len(hits) != 1 or hits[0].when.edtf is None:
        return None
    return hits[0].when, Note(
        field="occurred", start=hits[0].start, end=hits[0].end, rule=hits[0].when.rule or "time"
    )


def _is_how_it_came(passage: Passage, told: TimeHit) -> bool:
    """ "The attack came two days after …", "It happened a day after …"."""
    root = passage.tree.root
    return root is not None and root.end <= told.start and passage.lemmas[root.index] in _COMES


def _shifted(when: When, anchor: When, count: int, unit: str) -> When:
    first, last = anchor.earliest or "", anchor.latest or ""
    start, end, edtf = shift_span(date.fromisoformat(first), date.fromisoformat(last), count, unit)
    return msgspec.structs.replace(
        when,
        edtf=edtf,
        earliest=start.isoformat(),
        latest=end.isoformat(),
        precision=precision(start, end),
        anchor=f"text:{anchor.as_written}",
    )


def _parse_shift(low: str) -> tuple[int, str, bool] | None:
    """How many units from the anchor, and whether it may be the day of the statement."""
    match = _SHIFT.fullmatch(low)
    if match is not None:
        if match["n"] is None and match["more"] and match["unit"] not in {"hour", "minute"}:
            return None  # "days later" fixes no day
        count = small_number(match["n"]) if match["n"] is not None else 1
        told_of_saying = match["side"] == "before" and match["unit"] == "day"
        return (-count if match["side"] in _BACK else count), match["unit"], told_of_saying
    match = _NEXT.fullmatch(low)
    if match is not None:
        side = match["side"] or match["told"] or "same"
        days = {"following": 1, "next": 1, "after": 1, "previous": -1, "before": -1}.get(side, 0)
        return days, "day", side == "before" or low == "earlier in the day"
    match = _WHOLE.fullmatch(low)
    if match is None or (match["side"] or match["told"]) is None:
        return None
    unit = match["unit"] or f"{ON_WEEKDAY}{weekday_number(match['wd'])}"
    unit = unit if match["wd"] or unit == "weekend" else f"whole {unit}"
    return (-1 if (match["side"] or match["told"]) in _BACK else 1), unit, False


def _stretch_after(
    when: When, followed: re.Match[str], thread: Thread, passage: Passage, at: int
) -> When:
    anchor = (
        _day_told_before(passage, at)
        or _day_of_incident(passage, at, thread)
        or _day_just_told(passage, thread)
    )
    return stretch_after(when, followed, anchor, thread.published)


def _same_time(when: When, low: str, thread: Thread, passage: Passage) -> When:
    """ "that month", "in the same period": the time told last, whole."""
    told = _nearest(passage, [t for t in thread.near(passage.start) if t.when is not None])
    if told is None or told.when is None or told.start >= passage.start:
        return when
    whole = widened(told.when, low.rpartition(" ")[2])
    return msgspec.structs.replace(
        whole, as_written=when.as_written, anchor=f"text:{told.when.as_written}", rule=when.rule
    )


_SINCE_TOLD = re.compile(
    r"since (?:then\b.*|(?:that|the same) (?:very )?(?:day|night|morning|evening|afternoon)"
    r"|(?:the|that|this) (?:[\w'’-]+ ){0,2}?(?:attack|strike|raid|assault|shelling|airstrike|blast"
    r"|explosion|massacre|outbreak|bombing|takeover|siege|offensive))"
)
""" "Since the raid": since that of which the report has told. "Since the war", "since the coup" are
of no incident of the report."""


def _since(when: When, low: str, thread: Thread, passage: Passage) -> When:
    """ "since then", "since the raid": from the day told last; "since the war began" stays open."""
    if thread.published is None or _SINCE_TOLD.fullmatch(low) is None:
        return when
    anchor = _day_of_incident(passage, passage.start, thread)
    if anchor is None or anchor.earliest is None:
        return when
    until = thread.published.isoformat()
    if anchor.earliest >= until:
        return when
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
    if not stands_alone(passage, at):
        return None
    said = statement_day(passage)
    days = [
        t.when
        for t in passage.times
        if t.end < at and t.when.edtf is not None and (t.when.precision or 9) <= _DAYS
    ]
    return next((day for day in reversed(days) if day != said), None)


def _day_of_incident(passage: Passage, at: int, thread: Thread) -> When | None:
    """The date of the incident told behind the expression ("a day after the hospital was hit"), by
    the site it names if it names one; the one told last before it otherwise."""
    names_it = passage.text[: at - passage.start].lower().rstrip().endswith(("after", "before"))
    sites = {s.kind for s in passage.sites if s.start >= at and names_it} - {"populated_area"}
    near = [
        t
        for t in thread.near(passage.start)
        if t.when is not None and t.when.earliest and (t.when.precision or 9) <= _DAYS
    ]
    outside = [
        t
        for t in near
        if (t.end <= passage.start or t.start >= passage.end) and not _says_its_day(passage, t)
    ]
    fitting = [t for t in outside if t.site is not None and t.site.kind in sites] if sites else []
    chosen = _nearest(passage, fitting or outside)
    return chosen.when if chosen is not None else None


_A_SENTENCE = 260
"""Letters looked back for the sentence before."""


def _day_just_told(passage: Passage, thread: Thread) -> When | None:
    """ "The truce began on Sunday. Three days later …": where no incident is told yet, the one day
    that the text right before it names."""
    start = max(0, passage.start - _A_SENTENCE)
    line = thread.text.rfind("\n", start, passage.start)
    hits = find_times(thread.text, max(start, line + 1), passage.start, thread.published)
    days = [h.when for h in hits if h.when.edtf and (h.when.precision or 9) <= _DAYS]
    return days[0] if len(days) == 1 else None


def _says_its_day(passage: Passage, told: Told) -> bool:
    """What was dated by this very sentence is not what its day is counted from."""
    span = told.when_span
    return span is not None and passage.start <= span[0] < passage.end


def _nearest(passage: Passage, told: list[Told]) -> Told | None:
    before = [t for t in told if t.start < passage.start]
    return before[-1] if before else (told[0] if told else None)
