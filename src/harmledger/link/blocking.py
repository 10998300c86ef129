"""Which bundles are worth comparing: those that share a cell and a time, or a named site.

The number of comparisons grows with the number of bundles, not with its square: a block that is
too full compares each bundle with the fullest ones and its neighbours only.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from math import floor

from harmledger.core.place import Place
from harmledger.lexicon.linking import fold
from harmledger.link.reach import is_precise
from harmledger.link.signature import LONG_AGO, NEUTRAL_SITES, Signature

Key = tuple[Hashable, ...]
Pair = tuple[int, int]

_MONTH = 30
_SHORT = 8
"""Days: a shorter interval is looked up day by day."""
_LONG = 3 * _MONTH
_FULL = 40
_FULLEST = 24
_NEIGHBOURS = 12
_CELLS_PER_DEGREE = 2
_REACH = 0.25
"""Degrees of latitude: about 28 km, the reach of two places said "near"."""


def find_pairs(signatures: Sequence[Signature]) -> set[Pair]:
    """Positions of bundles to compare, smaller first."""
    blocks: dict[Key, list[int]] = {}
    for position, signature in enumerate(signatures):
        for key in block_keys(signature):
            blocks.setdefault(key, []).append(position)
    dated = frozenset(p for p, s in enumerate(signatures) if _days(s))
    placed = frozenset(p for p, s in enumerate(signatures) if any(map(is_precise, s.places)))
    nameonly = frozenset(p for p, s in enumerate(signatures) if any(map(_lacks_point, s.places)))
    pairs: set[Pair] = set()
    for key, held in blocks.items():
        if len(held) > 1:
            open_ones = _open_ones(key, held, dated, placed, nameonly)
            pairs.update(_pairs_of(held, open_ones, signatures))
    return pairs


def _open_ones(
    key: Key,
    held: Sequence[int],
    dated: frozenset[int],
    placed: frozenset[int],
    nameonly: frozenset[int],
) -> Sequence[int]:
    """Those this block is for. Two bundles of known day and town meet under both, so a wider block
    compares only pairs of which one lacks what the block leaves out."""
    kind, time = key[0], key[-1]
    if kind == "name":
        return [p for p in held if p in nameonly]
    if kind == "site" or (kind == "cell" and isinstance(time, tuple) and time[0] == "day"):
        return held
    if kind == "cell":
        return [p for p in held if p not in dated]
    return [p for p in held if p not in placed]


def _lacks_point(place: Place) -> bool:
    return is_precise(place) and place.lat is None


def _pairs_of(
    held: Sequence[int], open_ones: Sequence[int], signatures: Sequence[Signature]
) -> Iterator[Pair]:
    if len(held) * len(open_ones) <= _FULL * _FULL:
        yield from ((min(p, o), max(p, o)) for p in open_ones for o in held if o != p)
        return
    lead = sorted(held, key=lambda p: (-_fullness(signatures[p]), p))[:_FULLEST]
    ranked = sorted(held, key=lambda p: (middle_of(signatures[p]), p))
    rank = {position: i for i, position in enumerate(ranked)}
    for position in open_ones:
        i = rank[position]
        near = ranked[max(0, i - _NEIGHBOURS) : i + _NEIGHBOURS]
        for other in (*lead, *near):
            if other != position:
                yield min(position, other), max(position, other)


def _fullness(s: Signature) -> int:
    return sum(map(bool, (s.places, s.start, s.sites, s.site_names, s.launches, s.parties)))


def block_keys(signature: Signature) -> set[Key]:
    """Every block a bundle stands in; none when it says neither where, when nor what."""
    keys: set[Key] = set()
    precise = [p for p in signature.places if is_precise(p)]
    times = tuple(_time_keys(signature))
    sites = signature.sites - NEUTRAL_SITES or {""}
    for cell in {c for place in precise for c in _cells(place)}:
        keys |= {("cell", cell, time) for time in times}
        keys |= {("cell", cell, site) for site in sites if site}
    for place in signature.places:
        keys |= {(*kind, time) for kind in _wide_kinds(place) for time in times}
    for country in {p.country for p in signature.places if p.country}:
        keys |= {("country", country, s, t) for s in sites if s for t in times}
    if not precise or signature.site_names:
        for name in signature.site_names:
            keys |= {("site", tuple(sorted(name)), t) for t in times}
    for day in _days(signature):
        keys |= {("day", day, s) for s in sites if s}
    return keys


def _wide_kinds(place: Place) -> set[Key]:
    """A province, so that it meets its towns; the letters of a name, so that it meets the
    spelling no gazetteer knows."""
    kinds: set[Key] = set()
    province = place.admin1 or (place.name if not is_precise(place) else None)
    if province and not _is_wide(place):
        kinds.add(("area", place.country, fold(province)))
    if is_precise(place):
        kinds.add(("name", place.country, fold(place.name or place.as_written)[:2]))
    return kinds


def _is_wide(place: Place) -> bool:
    return place.precision == 6 or place.kind in ("country", "continent", "macro_region")


def middle_of(s: Signature) -> int:
    """The last day it may have happened, else the day it was published; 0 when neither is known."""
    return s.end if s.end is not None else s.published or 0


def _days(s: Signature) -> Iterable[int]:
    if s.start is None or s.end is None or s.end - s.start > _SHORT:
        return ()
    return range(s.start, s.end + 1)


def _time_keys(s: Signature) -> Iterator[Key]:
    """Days for a dated bundle; months for all, so that the undated meet the dated."""
    days = _days(s)
    yield from (("day", day) for day in days)
    if days:
        yield from {("month", day // _MONTH) for day in days}
    elif s.start is not None and s.end is not None:
        first = s.end - _LONG if s.start == LONG_AGO else s.start
        last = min(s.end, first + _LONG)
        yield from {("month", day // _MONTH) for day in range(first, last + 1, 7)}
        yield ("month", last // _MONTH)
    elif s.published is not None:
        yield ("month", s.published // _MONTH)
        yield ("month", s.published // _MONTH - 1)
    else:
        yield ("undated",)


def _cells(place: Place) -> set[Hashable]:
    """The half-degree cell of a place, and those within reach of it; its name without a point."""
    if place.lat is None or place.lon is None:
        return {fold(place.name or place.as_written)}
    return {
        (
            floor((place.lat + north) * _CELLS_PER_DEGREE),
            floor((place.lon + east) * _CELLS_PER_DEGREE),
        )
        for north in (-_REACH, 0.0, _REACH)
        for east in (-_REACH, 0.0, _REACH)
    }
