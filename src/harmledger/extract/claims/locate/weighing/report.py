"""What is known of a whole report before its claims are weighed one by one."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from harmledger.core.document import SeenPlace, Text
from harmledger.core.when import TimeHit
from harmledger.extract.claims.locate.areas import FINE, agree
from harmledger.extract.claims.locate.datelines import dateline_end
from harmledger.extract.claims.locate.head_lines import says_what_it_covers
from harmledger.extract.claims.locate.own_place import is_setting, is_title
from harmledger.extract.claims.locate.values import Thread, Told
from harmledger.extract.claims.locate.weighing.history import History, look_back
from harmledger.extract.claims.locate.weighing.offers import place_key, when_key
from harmledger.extract.passage import Passage
from harmledger.extract.times import find_times

_TOP = 4
"""Blocks at the head of a report in which it says what it covers."""
_LEAST_DAYS = 3
_ROUND_UP = 2
_SHORT = 110
_STOPS = frozenset(".!?")
"""A line at the head is short and no sentence."""


@dataclass(frozen=True, slots=True)
class HeadTime:
    """A time that a heading or a line at the head of the report gives."""

    block: int
    hit: TimeHit


@dataclass(frozen=True, slots=True)
class Report:
    """``titles``, ``filed``, ``settings`` and ``headed`` are where places start that say who
    speaks, stand in a dateline, locate something, or stand in a heading; ``names`` counts the names
    of places; ``placed`` and ``dated`` are the incidents told that have a place, or a day."""

    text: Text
    thread: Thread
    passages: tuple[Passage, ...]
    seen: tuple[SeenPlace, ...]
    passage_at: dict[int, Passage]
    titles: frozenset[int]
    filed: frozenset[int]
    settings: frozenset[int]
    headed: frozenset[Hashable]
    named: Counter[Hashable]
    names: int
    most_named: int
    country: str | None
    first: Hashable
    only_filed: frozenset[Hashable]
    only_titles: frozenset[Hashable]
    head_times: tuple[HeadTime, ...]
    times: Counter[Hashable]
    most_timed: int
    placed: History
    dated: History
    lead: Told | None
    dated_lead: Told | None
    index_of: dict[int, int]
    is_diary: bool

    def section(self, block: int) -> int | None:
        """The heading a block stands under."""
        return self.text.blocks[block].heading

    def places_before(self, end: int, most: int) -> Sequence[SeenPlace]:
        """The places named last before ``end``, nearest first."""
        at = bisect_left(self.seen, end, key=lambda seen: seen.start)
        return self.seen[max(0, at - most) : at][::-1]

    def passages_before(self, passage: Passage, most: int) -> Sequence[Passage]:
        """The passages read last before one, nearest first."""
        at = self.index_of[passage.index]
        return self.passages[max(0, at - most) : at][::-1]


def look_over(
    text: Text, thread: Thread, passages: Sequence[Passage], seen: Sequence[SeenPlace]
) -> Report:
    """Look over a report once. ``thread`` holds the incidents of the first walk."""
    marked = _mark_places(passages)
    titles, filed, settings, headed = marked
    keys = [(place_key(s.place), s) for s in seen]
    named = Counter(key for key, _ in keys)
    body = [k for k, s in keys if s.place.kind in FINE and s.start not in titles | filed]
    countries = Counter(s.place.country for s in seen if s.place.country)
    times = Counter(when_key(t.when) for p in passages for t in p.times)
    told = thread.told
    return Report(
        text=text,
        thread=thread,
        passages=tuple(passages),
        seen=tuple(seen),
        passage_at={s.start: p for p in passages for s in p.places},
        titles=titles,
        filed=filed,
        settings=settings,
        headed=frozenset(k for k, s in keys if s.start in headed),
        named=named,
        names=len(keys),
        most_named=max(named.values(), default=0),
        country=countries.most_common(1)[0][0] if countries else None,
        first=body[0] if body else None,
        only_filed=_all_in(keys, filed),
        only_titles=_all_in(keys, titles | filed),
        head_times=_find_head_times(text, thread),
        times=times,
        most_timed=max(times.values(), default=0),
        placed=look_back([t for t in told if t.place is not None], _place_of),
        dated=look_back([t for t in told if t.when is not None], _day_of),
        lead=_lead([t for t in told if t.place is not None]),
        dated_lead=_dated_lead(told),
        index_of={p.index: at for at, p in enumerate(passages)},
        is_diary=_is_diary(thread),
    )


def _is_diary(thread: Thread) -> bool:
    """Whether its headings or labels part the report into days."""
    dated = [s for s in thread.sections.values() if s.when and s.when.precision == 1]
    heads = {s.when.edtf for s in dated if s.when}
    bare = {s.when.edtf for s in dated if s.when and s.of_day}
    return len(heads) >= _LEAST_DAYS or len(bare) > 1


def _place_of(told: Told) -> Hashable:
    return None if told.place is None else place_key(told.place)


def _day_of(told: Told) -> Hashable:
    return None if told.when is None else when_key(told.when)


def _lead(told: Sequence[Told]) -> Told | None:
    """The first incident told with people harmed or an object struck, else the first at all."""
    return next((t for t in told if t.harms), told[0] if told else None)


def _dated_lead(told: Sequence[Told]) -> Told | None:
    """The first incident told with a day; none in a round-up, where harm was told before of two
    other places or more."""
    lead = _lead([t for t in told if t.when is not None])
    if lead is None or lead.place is None:
        return lead
    before = {
        place_key(t.place)
        for t in told
        if t.harms and t.start < lead.start and t.place and not agree(t.place, lead.place)
    }
    return lead if len(before) < _ROUND_UP else None


def _mark_places(
    passages: Sequence[Passage],
) -> tuple[frozenset[int], frozenset[int], frozenset[int], frozenset[int]]:
    titles, filed, settings, headed = set(), set(), set(), set()
    for passage in passages:
        end = dateline_end(passage) if passage.places else 0
        for seen in passage.places:
            if passage.kind == "heading":
                headed.add(seen.start)
            if seen.end <= end:
                filed.add(seen.start)
            if is_title(passage, seen):
                titles.add(seen.start)
            elif seen.place.kind in FINE and is_setting(passage, seen):
                settings.add(seen.start)
    return frozenset(titles), frozenset(filed), frozenset(settings), frozenset(headed)


def _all_in(
    keys: Sequence[tuple[Hashable, SeenPlace]], starts: frozenset[int]
) -> frozenset[Hashable]:
    """Places that are named nowhere else."""
    elsewhere = {key for key, seen in keys if seen.start not in starts}
    return frozenset(key for key, _ in keys if key not in elsewhere)


def _find_head_times(text: Text, thread: Thread) -> tuple[HeadTime, ...]:
    found: list[HeadTime] = []
    for number, block in enumerate(text.blocks):
        ends = text.text[block.start : block.end].rstrip()[-1:]
        short = number < _TOP and block.end - block.start < _SHORT and ends not in _STOPS
        covers = number < _TOP and says_what_it_covers(text.text[block.start : block.end])
        if block.kind == "heading" or short or covers:
            hits = find_times(text.text, block.start, block.end, thread.published)
            found.extend(HeadTime(number, hit) for hit in hits if hit.when.edtf)
    return tuple(found)
