"""Drafts of tolls: "the death toll rose to 53, up from 44", "the number of people killed"."""

from __future__ import annotations

import re

import msgspec

from harmledger.core.claim import Victims
from harmledger.core.quantity import Figure, quantity_of
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.harmed import People, guess_cause
from harmledger.extract.claims.people import describe_victims
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.harms.mention import Mention
from harmledger.extract.passage import Passage

_SAID_OF_TOLL = frozenset(
    {"dead", "wounded", "injured", "deaths", "fatalities", "bodies", "missing", "casualties"}
)
_TOLL_REACH = 25
"""Code points between a toll word and a figure that no "at" or "to" ties to it."""


def draft_toll(passage: Passage, mention: Mention, people: People) -> tuple[Draft, ...]:
    """ "The death toll rose to 53, up from 44": the figure told, and the one it replaces."""
    figures = [f for f in passage.figures if f.kind == "count" and _of_people(passage, f, people)]
    told = _toll_figure(passage, mention, figures)
    if told is None or _speaks_of_things(passage, mention, told):
        return ()
    before = _earlier_toll(passage, told, figures)
    drafts = [_toll_draft(passage, mention, told, people)]
    gap = passage.text[
        passage.tokens[mention.last].end - passage.start : told.start - passage.start
    ]
    if re.search(r"\bnot\b|n['’]t\b", gap):
        return (msgspec.structs.replace(drafts[0], stance="disputes"),)
    if before is not None:
        drafts[0] = msgspec.structs.replace(drafts[0], corrects=before.core)
        drafts.append(_toll_draft(passage, mention, before, people))
    return tuple(drafts)


def _speaks_of_things(passage: Passage, mention: Mention, told: Figure) -> bool:
    """ "Spoke of 12 houses hit, residents of 44": the first figure says what is counted."""
    if passage.lemmas[mention.first] != "speak":
        return False
    end = passage.tokens[mention.last].end
    return any(f.kind == "count" and 0 <= f.start - end <= 1 and f != told for f in passage.figures)


def _toll_figure(passage: Passage, mention: Mention, figures: list[Figure]) -> Figure | None:
    """The figure after "to", "at", "of" or "is" behind the toll word; else the nearest after it."""
    end = passage.tokens[mention.last].end
    after = [f for f in figures if f.core[0] >= end and not _counts_times(passage, f)]
    if after and after[0].start - end <= 1:
        return after[0]
    for figure in after:
        lead = passage.text[end - passage.start : figure.start - passage.start].lower().split()
        if lead and lead[-1] in _TO:
            return figure
        if lead and lead[-1] in _CLIMBED and figure.start < figure.core[0]:
            return figure  # "has climbed past 100"
        if lead and lead[-1] in _PASSED and _ends_there(passage, figure):
            return _beyond(figure)
    near = [f for f in after if f.start - end <= _TOLL_REACH and f.basis == "stated"]
    if near:
        return near[0]
    start = passage.tokens[mention.first].start
    before = [f for f in figures if 0 <= start - f.end <= _TOLL_REACH and f.basis == "stated"]
    return before[-1] if before else None


_TO = frozenset({"to", "at", "of", "is", "was", "as", "reached", "stands", "hit",
                 "range", "ranges", "ranged", "ranging", "vary", "varies"})  # fmt: skip
_CLIMBED = frozenset(
    {"climbed", "climb", "climbs", "risen", "rose", "rise", "rises", "gone", "went", "goes",
     "grown", "grows", "jumped", "jumps"}
)  # fmt: skip
_PASSED = frozenset({"passed", "crossed"})
_ENDS = re.compile(r"\s*(?:[.,;:!?)”\"’—–]|$|(?:on|in|by|since|after|as|and|people|dead)\b)", re.I)


def _ends_there(passage: Passage, figure: Figure) -> bool:
    """ "Has passed 60 and is rising"; not "passed 60 checkpoints"."""
    return _ENDS.match(passage.text, figure.end - passage.start) is not None


def _beyond(figure: Figure) -> Figure:
    """ "Has passed 60": more than that."""
    if figure.bound != "exact" or figure.low is None:
        return figure
    return msgspec.structs.replace(figure, low=figure.low + 1, high=None, bound="more_than")


def _of_people(passage: Passage, figure: Figure, people: People) -> bool:
    """ "Speak of two grenades, fourteen dead": the first figure counts no people."""
    after = next((t for t in passage.tokens if t.start >= figure.end), None)
    if after is None or after.upos != "NOUN" or after.start - figure.end > 1:
        return True
    return is_person(passage, after.index, people.persons) or after.text.lower() in _SAID_OF_TOLL


def _counts_times(passage: Passage, figure: Figure) -> bool:
    """ "revised its toll several times"."""
    return passage.text[figure.end - passage.start :].lstrip().lower().startswith("times")


def _earlier_toll(passage: Passage, told: Figure, figures: list[Figure]) -> Figure | None:
    for figure in figures:
        if figure == told:
            continue
        lead = passage.text[: figure.start - passage.start].lower().split()[-2:]
        if lead and (lead[-1] == "from" or lead == ["from", "the"]):
            return figure
    return None


def _kind_counted(passage: Passage, mention: Mention, people: People) -> int | None:
    """ "the number of patients killed": one kind of people is a floor, not the toll."""
    for at in range(max(0, mention.first - 2), mention.first):
        word = people.persons.single.get(passage.lemmas[at])
        if word is not None and (word.roles or word.age or word.status == "combatant"):
            return at
    return None


def _toll_draft(passage: Passage, mention: Mention, figure: Figure, people: People) -> Draft:
    head = passage.tree.top(*figure.core)
    first, last = passage.tokens[mention.first], passage.tokens[mention.last]
    quantity = quantity_of(figure)
    noun = head.index if head is not None else mention.predicate
    kind = _kind_counted(passage, mention, people)
    if kind is not None:
        quantity = msgspec.structs.replace(quantity, extent="some")
        noun = kind
    counted = Counted(
        quantity=quantity, head=noun, noun=noun, start=figure.start, end=figure.end, figure=figure
    )
    return Draft(
        harm=mention.harm,
        predicate=mention.predicate,
        start=min(figure.start, first.start),
        end=max(figure.end, last.end),
        quantity=quantity,
        counted=counted,
        victims=describe_victims(passage, counted, people.persons)
        if kind is not None
        else Victims(as_written=figure.as_written),
        figures=(figure,),
        cause=guess_cause(passage, mention, people.scope),
        notes=(
            Note(field="harm", start=first.start, end=last.end, rule=mention.rule),
            Note(field="quantity", start=figure.start, end=figure.end, rule="toll"),
        ),
        weak=mention.weak,
    )
