"""Which incident a sentence goes on about (reading rule 20).

In order: a definite word for an incident ("the blast"), its people ("the dead", "the gunman"),
words that add ("another 37", "there"), then plain neighbourhood: the sentence stands in the same
paragraph, or tells of the same harm in the next. A sentence that opens another matter, names
another place or another day goes on about nothing. What a report only presumes is not joined here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from harmledger.core.base import Value
from harmledger.core.place import Place
from harmledger.core.when import When
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.locate.areas import agree
from harmledger.extract.claims.locate.mentions import (
    goes_on,
    has_pronoun_subject,
    is_described,
    is_general,
    is_unreal,
    leaves,
    may_mean,
    resumed_families,
    speaks_of_toll,
    speaks_of_victims,
)
from harmledger.extract.claims.locate.values import Thread, Told
from harmledger.extract.passage import Passage

STATES = frozenset(
    {"displaced", "trapped", "service_denied", "access_denied", "missing", "detained"}
)
"""Harms that last: a figure of them is of a time of its own."""
ACTS = frozenset({"abducted", "sexual_violence", "mass_burial"})
"""Deeds and finds of their own: no day is carried to them but by a definite word."""
_FORWARD = 2
"""Paragraphs a definite word looks ahead for the incident it names."""
_SAME_PARAGRAPH, _NEXT_PARAGRAPHS = 4, 5
_DAYS = 2
_AREAS = frozenset({"admin1", "country", "area"})
_LEAD = re.compile(r"(?!\s*(?:\*\*|__)).*[.!?…][”\"’'*_)\s]*$", re.S)
"""A sentence with its full stop, and not in bold."""
_LONG_BEFORE = 45
"""Days from which an incident told is background to the report's own."""


class Resumed(Value, frozen=True, kw_only=True):
    """The incident a draft goes on about, and by what ("definite_description", "goes_on" …)."""

    told: Told
    by: str


def find_resumed(
    passage: Passage, draft: Draft, place: Place | None, when: When | None, thread: Thread
) -> Resumed | None:
    """The incident the draft goes on about, by its own sentence's place and time so far."""
    near = [t for t in thread.near(passage.start) if t.sentence != passage.index]
    if not near or is_general(passage, draft):
        return None
    fitting = [t for t in near if _may_be(t, draft, place, when)]
    families = resumed_families(passage)
    if families:
        told = _by_families(passage, fitting, families)
        if told is not None:
            return Resumed(told=told, by="definite_description")
    before = [t for t in fitting if t.start < passage.start]
    if not before or leaves(passage) or is_unreal(passage, draft):
        return None
    if speaks_of_victims(passage, draft):
        told = next((t for t in reversed(before) if t.harms and not is_background(t, thread)), None)
        if told is not None:
            return Resumed(told=told, by="its_people")
    told = _only_one(before, thread) if speaks_of_toll(passage) else None
    if told is not None:
        return Resumed(told=told, by="definite_description")
    last = _fullest(before)
    since = [t for t in near if before[-1].start < t.start < passage.start]
    if since and when is None and not _one_by_one(before[-1], since):
        return None  # the report has gone on to another place since
    next_to_it = passage.index == last.sentence + 1 and draft.harm not in STATES | ACTS
    if (
        next_to_it
        and has_pronoun_subject(passage, draft.predicate)
        and not _of_speaker(passage, draft)
    ):
        return Resumed(told=last, by="pronoun")
    if _adds(passage, draft, last):
        return Resumed(told=last, by="one_more")
    if not _follows(passage, draft, last, when, thread):
        return None
    return Resumed(told=last, by="one_by_one" if since and when is None else "goes_on")


def find_ahead(passage: Passage, draft: Draft, place: Place | None, thread: Thread) -> Told | None:
    """The incident a lead tells without its day, told with it in the next paragraphs: "… has risen
    to 31. Fighters rode in on Thursday". Only where no day of any incident was told before."""
    if leaves(passage) or is_unreal(passage, draft) or draft.harm in STATES | ACTS:
        return None
    if passage.kind != "paragraph" or _LEAD.match(passage.text) is None:
        return None  # a headline tells no day
    if "since" in passage.lowered or any(t.when.edtf is None for t in passage.times):
        return None  # "since the valves were closed": it has a time of its own
    near = [t for t in thread.near(passage.start) if t.when is not None]
    if any(t.start < passage.end for t in near):
        return None
    told = near[0] if near else None
    if told is None or told.block > passage.block + _FORWARD or told.when is None:
        return None
    if any(
        t.harms and t.start < passage.start and not agree(t.place, told.place) for t in thread.told
    ):
        return None  # a round-up: what was told before is of other places
    day = (told.when.precision or 9) <= _DAYS and not is_background(told, thread)
    return told if day and agree(place, told.place) else None


def _of_speaker(passage: Passage, draft: Draft) -> bool:
    """ "The command said it had struck a depot": "it" is the speaker, not what was told before."""
    at = passage.tokens[draft.predicate].start
    return any(
        a.voice and a.source is not None and a.content[0] <= at < a.content[1]
        for a in passage.attributions
    ) and any(
        passage.lowered[t.index] in {"it", "they", "he", "she"}
        for t in passage.tree.children(draft.predicate, "nsubj")
    )


def _only_one(before: Sequence[Told], thread: Thread) -> Told | None:
    """The one incident of a report that has told no harm so far, where it has told no second."""
    own = [t for t in before if t.families and not is_background(t, thread)]
    places = {t.place.gazetteer_id for t in own if t.place is not None}
    return own[0] if own and len(places) <= 1 and not any(t.harms for t in before) else None


def _one_by_one(told: Told, since: Sequence[Told]) -> bool:
    """ "Kyiv and Odesa were attacked overnight. In Kyiv, … In Odesa, …": what was told of several
    places, or of the area that holds them, is told place by place."""
    wide = told.place is not None and (len(told.place.members) > 1 or told.place.kind in _AREAS)
    return wide and all(t.place is not None and agree(t.place, told.place) for t in since)


def _fullest(before: Sequence[Told]) -> Told:
    """The incident told last: of one sentence the one of which most is known; where that has no
    day, the dated one shortly before it that it does not contradict."""
    last = [t for t in before if t.sentence == before[-1].sentence]
    best = max(last, key=lambda t: (t.when is not None, t.place is not None, t.start))
    if best.when is not None:
        return best
    for told in reversed(before):
        if told.block < best.block - _SAME_PARAGRAPH or not agree(told.place, best.place):
            return best
        if told.when is not None:
            return told
    return best


def _may_be(told: Told, draft: Draft, place: Place | None, when: When | None) -> bool:
    """Whether place, time and site of an incident do not contradict the draft's own."""
    if not agree(place, told.place) or not overlap(when, told.when):
        return False
    if place is None and when is not None and told.when is not None and _is_longer(when, told.when):
        return False  # a figure over months is not of the place of the day told last
    site = draft.site
    strange = site is not None and told.site is not None and site.kind != told.site.kind
    return not (strange and draft.kind == "object" and place is None and not told.harms)


def overlap(one: When | None, other: When | None) -> bool:
    if one is None or other is None:
        return True
    if one.edtf is None or other.edtf is None:
        return one.as_written == other.as_written
    first, last = (one.earliest or ""), (one.latest or "9")
    return first <= (other.latest or "9") and (other.earliest or "") <= last


def _is_longer(when: When, told: When) -> bool:
    return (when.precision or 1) >= 3 and (told.precision or 1) < 3


def _by_families(passage: Passage, told: Sequence[Told], families: frozenset[str]) -> Told | None:
    """The last incident before it that the word may mean, else the first one after it that states
    its day or place ("The incident occurred in …")."""
    meant = [t for t in told if may_mean(families, t)]
    before = [t for t in meant if t.start < passage.start]
    known = [t for t in before if t.when is not None or t.place is not None]
    if known:
        return known[-1]
    after = [
        t
        for t in meant
        if t.start >= passage.end
        and t.block <= passage.block + _FORWARD
        and (t.when is None or (t.when.precision or 9) <= 2)
    ]
    return after[0] if after else None


def is_background(told: Told, thread: Thread) -> bool:
    """Told of a time well before the report, while the report has incidents of its own."""
    if told.when is None or told.when.latest is None or thread.published is None:
        return False
    return (thread.published - _day(told.when.latest)).days > _LONG_BEFORE and any(
        t.when is not None
        and t.when.latest is not None
        and (thread.published - _day(t.when.latest)).days <= _LONG_BEFORE
        for t in thread.told
    )


def _adds(passage: Passage, draft: Draft, last: Told) -> bool:
    if passage.block != last.block and _is_list(passage) and not _is_numbered(passage):
        return False
    close = passage.block == last.block or passage.block == last.block + 1
    if draft.harm in STATES | ACTS and passage.block != last.block:
        return False
    return close and goes_on(passage) and not is_described(passage, draft)


def _follows(passage: Passage, draft: Draft, last: Told, when: When | None, thread: Thread) -> bool:
    """Plain neighbourhood: the same paragraph, or the same incident in the next ones."""
    apart = passage.index - last.sentence
    if passage.block == last.block:
        if draft.harm in STATES and draft.harm != "missing":
            return draft.kind != "person" and apart <= 1
        return apart <= (1 if draft.harm in ACTS else _SAME_PARAGRAPH)
    if _is_list(passage):
        return _is_numbered(passage) and draft.harm not in STATES
    if draft.harm in STATES | ACTS or is_described(passage, draft) or is_background(last, thread):
        return False
    if passage.block - last.block > _NEXT_PARAGRAPHS:
        return False
    if when is not None and (when.precision or 1) >= 3:
        return False
    if last.when is not None and ((last.when.precision or 1) >= 5 or last.when.rule == "since"):
        return False  # years and stretches up to now stay in their paragraph
    if draft.kind == "object":
        return has_pronoun_subject(passage, draft.predicate) or _of_it(passage, draft)
    return draft.kind == "person"


def _is_list(passage: Passage) -> bool:
    return passage.kind in {"list_item", "table_row"}


def _is_numbered(passage: Passage) -> bool:
    return passage.text.lstrip()[:1].isdigit()


def _of_it(passage: Passage, draft: Draft) -> bool:
    """An object the reader knows: "the hospital was itself hit"."""
    return any(
        passage.lowered[max(0, s.first - 1)] in {"the", "its", "their", "this", "that"}
        for s in passage.sites
        if draft.start <= s.start < draft.end
    )


def _day(written: str) -> date:
    return date.fromisoformat(written)
