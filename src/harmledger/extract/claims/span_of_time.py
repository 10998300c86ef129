"""Incident or total: whether a figure is of one incident or of a stretch of time (rules 19, 22)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from harmledger.core.quantity import Scope
from harmledger.core.when import When
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.locate.mentions import Named, find_named
from harmledger.extract.passage import Passage

_RUNNING = re.compile(
    r"\b(?:(?<!\bhave )(?<!\bhas )(?<!\bhad )since|so far|"
    r"to date|until now|up to now|thus far|already|in total|altogether|overall|"
    r"in all|the total number of|registered as|still missing|"
    r"weeks? into|months? into|years? into|days? into|"
    r"(?:during|in|throughout|over) (?:the |a |an )?(?:[\w-]+ ){0,2}?"
    r"(?:siege|war|conflict|offensive|invasion|campaign|occupation|blockade)\b|"
    r"-(?:day|week|month|year)(?:-old)? (?:[\w-]+ ){0,2}?(?:siege|war|conflict|offensive|campaign)|"
    r"(?:days|weeks|months|years) of (?:[\w-]+ ){0,2}?"
    r"(?:siege|war|conflict|fighting|shelling|bombardment|violence)|"
    r"(?:chain|series|wave|string|spate) of)\b",
    re.I,
)
_WAR = re.compile(
    r"\b(?:war|conflict|insurgency|rebellion|uprising|siege|occupation|fighting|violence)\b"
    r"(?:,[^,.;]{1,60},)?\s+(?:(?:has|have) (?:\w+ )?"
    r"(?:killed|claimed|displaced|left|driven|uprooted|forced|cost|taken|injured|wounded|maimed))\b|"
    r"\b(?:over|in|throughout) the course of the (?:war|siege|conflict|offensive)\b|"
    r"\btoll of the (?:war|siege|conflict|insurgency)\b|"
    r"\b(?:days|weeks|months|years) of (?:[\w-]+ ){0,2}?(?:clashes|unrest|attacks|raids|battles)\b",
    re.I,
)
"""A war has killed so many: a sum up to the day it is told."""
_PERIOD = re.compile(
    r"\b(?:in (?:19|20)\d\d|last (?:year|month|week)|nationwide|across the country|"
    r"countrywide|this (?:year|month|week)|"
    r"(?:past|last) (?:\w+ )?(?:days|weeks|months|years|hours)|"
    r"in (?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"(?! \d)|"
    r"during (?:19|20)\d\d|from \w+ to \w+|every (?:day|week|month|year)|"
    r"an? (?:day|week|month|year)\b(?= on average))\b",
    re.I,
)  # fmt: skip
_EVERYWHERE = re.compile(r"\b(?:nationwide|countrywide|across the country)\b", re.I)
_COUNTRY_WIDE = re.compile(r"\b(?:in|across|throughout) (?:his|her|the|our|their) country\b", re.I)
_SEVERAL_INCIDENTS = re.compile(
    r"\b(?:the )?(?:other )?(?:two|three|four|five|six|seven|eight|nine|ten|several|separate|"
    r"a series of|\d+) (?:\w+ )?(?:attacks|bombings|explosions|blasts|shootings|raids|strikes|"
    r"killings|incidents|bombs)\b|\b(?:in|by) the other (?:two|three|four)\b",
    re.I,
)
_UP_TO_NOW = re.compile(r"\b(?:until|till|to|and) (?:today|now|date|this day)\b", re.I)
_SUMS_UP = re.compile(
    r"\b(?:summary of the (?:day|week|month|night)|summing up the (?:day|week|month|night)|"
    r"in sum\b|(?:the )?tally (?:for|by|of) |total for (?:the )?(?:day|week|month))",
    re.I,
)
"""A figure over all that a day or a week told, in several places."""
_IN_ONE_GO = re.compile(
    r"\bin (?:a|one) single (?:night|day|raid|attack|hour|morning|evening)\b", re.I
)
_STATES = frozenset({"trapped", "service_denied", "access_denied"})
_TO_NOW = frozenset(
    {"since", "lasting", "into", "for_number", "nth_day", "since_event", "for_days"}
)
_END_NOW = frozenset(
    {"past_weeks", "past_months", "past_years", "this_week", "this_month", "this_year",
     "recent_weeks", "recent_months", "recent_years"}
)  # fmt: skip
_HALF = re.compile(r"\b(?:half|quarter|months?|weeks?) of this (?:year|month)\b", re.I)
"""A part of the period that is over."""
_NIGHTS = frozenset(
    {"overnight", "night_between", "overnight_into", "around", "ago", "recent_days", "since_day"}
)
_WHOLE = frozenset({"month", "year", "part_of_month", "this_month", "last_month"})
_MANY = 30
"""Persons from which a figure of a whole month or year is of the period, not of one incident in
it, unless the sentence has one party do it once."""


def guess_scope(
    passage: Passage, draft: Draft, occurred: When | None, notes: Sequence[Note] = ()
) -> tuple[Scope, str]:
    """The scope of one figure and the rule that says so.

    ``notes`` tell where its time was taken from. A period that runs to now makes a running total;
    a closed one a period total. The day of an incident keeps the figure with the incident, whether
    the sentence states it or goes on about it. People trapped, cut off or stopped are a state,
    never a sum over time.
    """
    if draft.harm in _STATES:
        return "incident", "scope:state"
    if draft.quantity.low is None and draft.quantity.high is None:
        return "incident", "scope:no_figure"
    days = _length(occurred)
    own_day = occurred is not None and (days == 1 or occurred.rule in _NIGHTS)
    if draft.quantity.unit == "attacks" and (draft.quantity.low or 0) > 1 and not own_day:
        return "running_total", "scope:several_attacks"
    if draft.quantity.basis == "implied" and draft.kin is None and not _listed(notes):
        return "incident", "scope:described"
    if draft.harm == "missing" and 0 < _most(draft) < _MANY and not passage.cells:
        return "incident", "scope:state"
    if _SEVERAL_INCIDENTS.search(passage.text) and draft.kind == "person":
        to_now = _runs_to_now(passage, occurred)
        return "running_total" if to_now else "period_total", "scope:several_incidents"
    if draft.figures and _SUMS_UP.search(passage.text, 0, _at(passage, draft)):
        return "period_total", "scope:sums_up"
    if own_day and draft.kind == "person" and _EVERYWHERE.search(passage.text):
        return "period_total", "scope:nationwide"
    if own_day or any(n.rule == "time:heading_of_incident" for n in notes):
        return "incident", "scope:day" if own_day else "scope:head_of_incident"
    told = _by_time(passage, draft, occurred, days, notes)
    return told if told is not None else _by_words(passage, draft, occurred, notes)


def _runs_to_now(passage: Passage, occurred: When | None) -> bool:
    """ "Since January": of the harm, or of the attacks it was done in."""
    rules = {t.when.rule for t in passage.times} if occurred is None else {occurred.rule}
    return bool(rules & _TO_NOW)


def _most(draft: Draft) -> int:
    """The larger bound that is stated."""
    return draft.quantity.high or draft.quantity.low or 0


def _at(passage: Passage, draft: Draft) -> int:
    """Where the figure stands in its sentence."""
    return max(0, draft.start - passage.start)


def _listed(notes: Sequence[Note]) -> bool:
    return any(n.field == "occurred" and n.rule == "time:heading" for n in notes)


def _carried(notes: Sequence[Note]) -> bool:
    return any(
        n.field == "occurred" and n.rule.startswith("time:") and n.rule != "time:heading"
        for n in notes
    )


def _length(occurred: When | None) -> int | None:
    """Days from the first to the last; None where either is open or nothing is said."""
    if occurred is None or occurred.earliest is None or occurred.latest is None:
        return None
    first, last = date.fromisoformat(occurred.earliest), date.fromisoformat(occurred.latest)
    return (last - first).days + 1


def _by_time(
    passage: Passage,
    draft: Draft,
    occurred: When | None,
    days: int | None,
    notes: Sequence[Note],
) -> tuple[Scope, str] | None:
    """What the length of the stated time says, if it says anything."""
    if occurred is None or occurred.edtf is None:
        return None
    in_table = passage.kind == "table_row"
    if draft.kind == "object" and _carried(notes) and not in_table:
        return "incident", "scope:goes_on"
    if occurred.rule in _TO_NOW or occurred.edtf.startswith("../"):
        return _to_now(passage, draft, days)
    if occurred.rule in _END_NOW and not _HALF.search(passage.text):
        return "running_total", "scope:to_date"  # its end is now (rule 19)
    if occurred.rule.startswith("past_"):
        item = _listed(notes) and bool(passage.places) and not in_table
        return ("incident", "scope:item") if item else ("period_total", "scope:past_hours_or_days")
    if days is None or days <= 2:
        return ("incident", "scope:day") if days is not None else None
    if draft.harm == "mass_burial" and not (_listed(notes) and in_table):
        return "incident", "scope:find"
    if _carried(notes) and occurred.rule in _WHOLE and not in_table:
        return "incident", "scope:goes_on"
    whole_month = occurred.rule in _WHOLE
    if _IN_ONE_GO.search(passage.text) is not None:
        return "incident", "scope:one_deed"
    if whole_month and not _listed(notes) and not in_table and _is_one_deed(passage, draft):
        return "incident", "scope:one_deed"
    if _UP_TO_NOW.search(occurred.as_written) is not None:
        return "running_total", "scope:to_date"
    return "period_total", "scope:closed_period"


def _to_now(passage: Passage, draft: Draft, days: int | None) -> tuple[Scope, str]:
    """ "since April": a running total. A few days of one flight or arrest are one incident."""
    moving = draft.harm in {"displaced", "detained", "abducted"}
    if moving and days is not None and days <= 3:
        return "incident", "scope:few_days"
    if draft.harm == "detained" and passage.lemmas[draft.predicate] in {"hold", "keep", "custody"}:
        return "incident", "scope:still_held"
    return "running_total", "scope:to_date"


_COUNTS = frozenset({"count", "record", "document", "register", "log", "tally", "verify"})


def _is_one_deed(passage: Passage, draft: Draft) -> bool:
    """ "In 2019 the battalion abducted 13 youths": one party did it, once; not "141 were slain",
    nor "19 deaths in July"; and one incident is one whoever did it."""
    if any(_is_one(passage, named) for named in find_named(passage)):
        return True
    if any(t.lemma.lower() in _COUNTS for t in passage.tree.ancestors(draft.predicate)):
        return False  # "In March we counted 12 civilians killed"
    low = draft.quantity.low or draft.quantity.high or 0
    passive = passage.tree.child(draft.predicate, "nsubj:pass") is not None
    several = passage.tokens[draft.predicate].xpos in {"NNS", "NNPS"}
    return low < _MANY and not passive and not several


def _is_one(passage: Passage, named: Named) -> bool:
    """ "a blockade of three weeks", "a grenade attack in 2011": one incident, whatever it did."""
    token = passage.tokens[named.last]
    before = passage.lowered[max(0, named.first - 2) : named.first]
    return token.xpos in {"NN", "NNP"} and bool({"a", "an", "one"} & set(before))


def _by_words(
    passage: Passage, draft: Draft, occurred: When | None, notes: Sequence[Note]
) -> tuple[Scope, str]:
    """The words of the sentence, where it gives the harm no time of its own."""
    timed = [t for t in passage.times if t.when.rule in _TO_NOW]
    running = _RUNNING.search(passage.text) or _WAR.search(passage.text)
    if running is not None and (occurred is not None or not timed or draft.harm != "displaced"):
        return "running_total", "scope:to_date"
    if occurred is None and passage.cells and draft.harm != "displaced":
        return "period_total", "scope:table"  # who is displaced in a place is a state
    if occurred is None and _PERIOD.search(passage.text):
        return "period_total", "scope:period"
    if _COUNTRY_WIDE.search(passage.text):
        return "running_total", "scope:country"
    return "incident", "scope:incident"
