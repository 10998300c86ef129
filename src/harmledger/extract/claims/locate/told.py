"""The incidents a sentence tells: what later sentences may go on about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Site
from harmledger.core.quantity import Quantity
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.locate.areas import agree
from harmledger.extract.claims.locate.mentions import Named, find_named
from harmledger.extract.claims.locate.values import Located, Told
from harmledger.extract.claims.sites import describe_site, find_setting
from harmledger.extract.passage import Passage
from harmledger.lexicon.incident_words import ANY

_TELLING = frozenset(
    {"say", "tell", "report", "interview", "visit", "speak", "meet", "arrive", "record", "document",
     "announce", "publish", "write", "play", "win", "lose"}
)  # fmt: skip
_RANK = {"town": 0, "admin2": 1, "admin1": 2, "area": 3, "country": 4}
_PERSONS = frozenset({"killed", "injured", "killed_or_injured"})
_STATES = frozenset({"displaced", "trapped", "service_denied", "missing"})
_UNREAL = re.compile(
    r"\b(?:would|could|should|if|unless|plans? to|threaten\w*|fear\w*|will)\b", re.I
)


def find_told(passage: Passage, located: Sequence[tuple[Draft, Located]]) -> tuple[Told, ...]:
    """The incidents of one passage, in order, each once."""
    named = find_named(passage)
    families = frozenset(f for one in named for f in one.families)
    particular = frozenset(families - {ANY}) or families
    found: list[Told] = []
    for draft, at in located:
        told = _of_draft(passage, draft, at, particular)
        if told is not None and not any(_same(told, other) for other in found):
            found.append(told)
    return tuple(sorted(found, key=lambda told: told.start))


def draft_incident(passage: Passage) -> Draft | None:
    """A stand-in draft for a sentence that names an incident and counts no harm: "A bomb exploded
    in a market on Monday". None for wishes, plans and conditions."""
    if _UNREAL.search(passage.text) is not None:
        return None
    named = find_named(passage)
    root = passage.tree.root
    telling = root is not None and passage.lemmas[root.index] in _TELLING
    scene = bool(passage.times) and bool(passage.places) and not telling
    if not named and not scene:
        return None
    chosen = _main(passage, named) if named else None
    predicate = chosen.last if chosen is not None else root.index if root is not None else 0
    if not passage.tokens:
        return None
    token = passage.tokens[predicate]
    return Draft(
        harm="killed",
        predicate=predicate,
        start=token.start,
        end=token.end,
        quantity=Quantity(unit="attacks"),
        score=0.0,
    )


def _main(passage: Passage, named: Sequence[Named]) -> Named:
    """The verb that tells it, the main one first; else the first noun."""

    def rank(one: Named) -> tuple[bool, int, int]:
        depth = sum(1 for _ in passage.tree.ancestors(one.last))
        return (not one.verb, depth, one.first)

    return min(named, key=rank)


def _of_draft(passage: Passage, draft: Draft, at: Located, families: frozenset[str]) -> Told | None:
    if draft.harm in _STATES:
        return None
    if any(n.rule == "place:dateline" for n in at.notes) and at.occurred is None:
        at = msgspec.structs.replace(at, place=None)
    if at.occurred is not None and at.occurred.rule in {"by", "by_day"}:
        return None  # how things stood on a day
    site, span = _site(passage, draft, at)
    when = at.occurred if at.occurred is not None and at.occurred.edtf is not None else None
    if when is None and at.place is None and site is None:
        return None
    return Told(
        start=draft.start,
        end=draft.end,
        sentence=passage.index,
        block=passage.block,
        place=at.place,
        place_span=_span(at.notes, "place") if at.place is not None else None,
        when=when,
        when_span=_span(at.notes, "occurred") if when is not None else None,
        site=site,
        site_span=span,
        families=families,
        harms=draft.harm in _PERSONS and draft.score > 0,
    )


def _site(
    passage: Passage, draft: Draft, at: Located
) -> tuple[Site | None, tuple[int, int] | None]:
    if draft.site is not None:
        return draft.site, (draft.start, draft.end)
    mention = find_setting(passage, passage.sites, draft.predicate)
    if mention is not None:
        return describe_site(passage, mention), (mention.start, mention.end)
    return at.site, _span(at.notes, "site")


def _span(notes: Sequence[Note], field: str) -> tuple[int, int] | None:
    return next(((n.start, n.end) for n in notes if n.field == field), None)


def _same(one: Told, other: Told) -> bool:
    return (one.place, one.when, one.site, one.harms) == (
        other.place,
        other.when,
        other.site,
        other.harms,
    )


def find_home(told: Sequence[Told]) -> Told | None:
    """The incident that names the one place a report is about: all others lie there or near.

    None where the report tells of several places, or tells fewer than two incidents.
    """
    placed = [t for t in told if t.place is not None and not t.place.members]
    if len(placed) < 2:
        return None
    named = Counter(t.place.gazetteer_id or t.place.as_written for t in placed if t.place)

    def rank(told: Told) -> tuple[int, int, int]:
        place = told.place
        assert place is not None  # noqa: S101 - only placed ones are ranked
        often = named[place.gazetteer_id or place.as_written]
        return -often, _RANK.get(place.kind or "", 5), told.start

    finest = min(placed, key=rank)
    apart = [t for t in placed if not agree(t.place, finest.place)]
    return finest if len(apart) <= len(placed) // 6 else None
