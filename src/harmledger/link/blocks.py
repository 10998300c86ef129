"""Which nodes are worth comparing: those that share a block. A block too full is parted.

The number of comparisons grows with the number of nodes, not with its square. What stands in a
block, and how it is parted, depends on its members alone and not on the order they came in.
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Iterator
from functools import lru_cache
from math import floor
from zlib import crc32

from harmledger.core.place import Place
from harmledger.lexicon.linking import fold
from harmledger.link.nodes import Node
from harmledger.link.reach import find_initial, is_precise
from harmledger.link.signature import LONG_AGO, NEUTRAL_SITES, Signature

Key = tuple[Hashable, ...]
Keys = dict[Key, bool]
"""Blocks, and whether a node is only sought there: compared with those that seek, and not with
others that are sought. A town with a point is found by the towns around it; by its province or the
letter of its name only those look for it that say no more."""

FULL = 48
"""Nodes of one block compared with each other; more are parted."""
_MONTH = 30
_SHORT = 8
"""Days: a shorter interval is looked up day by day."""
_LONG = 3 * _MONTH
_SHARP = 2
"""Days: a wider interval is no day."""
_CELLS_PER_DEGREE = 2
_REACH = 0.25
"""Degrees of latitude: about 28 km, the reach of two places said "near"."""


class Block(list[str]):
    """The nodes under one key. More than ``FULL`` are parted by a hash of their ids, so that each
    part holds about that many; whoever is missed so meets again once the parts are joined."""

    __slots__ = ("parts", "sought")

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.parts: list[list[str]] = []
        """Empty while the block is not parted."""
        self.sought: set[str] | None = None
        """Nodes that are not compared among themselves here."""

    def add(self, node: str, *, sought: bool) -> bool:
        """Put ``node`` in; True when that parts the block anew."""
        self.append(node)
        if sought:
            self.sought = self.sought or set()
            self.sought.add(node)
        if len(self) > FULL * max(1, len(self.parts)):
            return self._part()
        if self.parts:
            self._part_of(node).append(node)
        return False

    def discard(self, node: str) -> bool:
        """Take ``node`` away; True when that parts the block anew."""
        self.remove(node)
        if self.sought:
            self.sought.discard(node)
        if self.parts and len(self) <= FULL * len(self.parts) // 2:
            return self._part()
        if self.parts:
            self._part_of(node).remove(node)
        return False

    def around(self, node: str) -> list[str]:
        """Those to compare ``node`` with, of the part of the block that it is in or would be in."""
        part = self._part_of(node) if self.parts else self
        if self.sought and node in self.sought:
            return [other for other in part if other not in self.sought]
        return part

    def _part_of(self, node: str) -> list[str]:
        return self.parts[crc32(node.encode()) % len(self.parts)]

    def _part(self) -> bool:
        """In as many parts, a power of two, as leave no more than ``FULL`` in each on average."""
        before, parts = max(1, len(self.parts)), 1
        while len(self) > FULL * parts:
            parts *= 2
        self.parts = [[] for _ in range(parts)] if parts > 1 else []
        for node in self if self.parts else ():
            self._part_of(node).append(node)
        return parts != before


class Blocks:
    """Blocks by key. Under most keys stands one node, which needs no block; with the second comes
    a block, and from then on both know it."""

    def __init__(self) -> None:
        """Begin with none."""
        self._held: dict[Key, str | tuple[str] | Block] = {}
        """A node alone; one that is only sought as a tuple of one."""
        self._of: dict[str, list[Block]] = {}
        """The blocks that a node is in."""

    def add(self, node: str, keys: Keys) -> set[str]:
        """Put ``node`` under every key; those whose part of a block became another by that."""
        moved = set[str]()
        for key, sought in keys.items():
            alone = (node,) if sought else node
            held = self._held.setdefault(key, alone)
            if held is alone:
                continue
            if isinstance(held, Block):
                block = held
            else:
                first = held if isinstance(held, str) else held[0]
                block = self._held[key] = Block()
                block.add(first, sought=held is not first)
                self._of.setdefault(first, []).append(block)
            if block.add(node, sought=sought):
                moved.update(block)
            self._of.setdefault(node, []).append(block)
        return moved

    def remove(self, node: str, keys: Iterable[Key]) -> set[str]:
        """Take ``node``, which stands under these keys, away; those whose part of a block became
        another by that."""
        moved = set[str]()
        for key in keys:
            held = self._held[key]
            if isinstance(held, Block) and len(held) > 1:
                if held.discard(node):
                    moved.update(held)
            else:
                del self._held[key]
        self._of.pop(node, None)
        return moved

    def around(self, node: str) -> set[str]:
        """Everyone that ``node`` is to be compared with."""
        found: set[str] = set()
        for block in self._of.get(node, ()):
            found.update(block.around(node))
        found.discard(node)
        return found


def rank_of(signature: Signature) -> int:
    """How much is known: 2 day, town and what was hit or with what; 1 day and town; 0 less."""
    s = signature
    sharp = s.start is not None and s.end is not None and s.end - s.start <= _SHARP
    if not (sharp and any(map(is_precise, s.places))):
        return 0
    return 2 if s.sites - NEUTRAL_SITES or s.launches or s.weapons else 1


def pair_keys(node: Node, ranks: Container[int], *, told: bool = False) -> Keys:
    """Blocks in which nodes of certain ranks are compared as equals; with ``told`` also those of
    copies, corrections and judgements, whatever is known."""
    keys = dict.fromkeys(_told_keys(node), False) if told else Keys()
    rank = rank_of(node.signature)
    if rank in ranks:
        keys |= _wide_keys(node.signature) if rank == 0 else _day_keys(node.signature)
    return keys


def _told_keys(node: Node) -> set[Key]:
    s = node.signature
    keys: set[Key] = {("copy", group, p) for group in s.groups for p in s.passages}
    keys |= {("document", d) for d in s.documents | s.corrects}
    keys |= {("report", group) for group in s.whole}
    return keys | {("judged", *pair) for pair in node.same}


def _day_keys(s: Signature) -> Keys:
    precise = [place for place in s.places if is_precise(place)]
    cells = {c for place in precise for c in _cells_around(place)}
    keys = {(cell, day): False for cell in cells for day in _days(s)}
    letters = [(_letter(p), _is_at_point(p), day) for p in precise for day in _days(s)]
    return keys | _seek(letters)


def _wide_keys(s: Signature) -> Keys:
    """Whoever says less meets the likes of it in a month; months are doubled for the undated."""
    months = set(_months(s))
    sites = s.sites - NEUTRAL_SITES
    cells = {c for place in s.places if is_precise(place) for c in _cells_around(place)}
    countries = {p.country for p in s.places if p.country}
    in_province = bool(s.places) and all(map(_is_in_province, s.places))
    far = {("country", country, site, m) for country in countries for site in sites for m in months}
    kinds = [
        (kind, _is_at_point(p), m) for p in s.places for kind in _wide_kinds(p) for m in months
    ]
    return (
        _seek(kinds)
        | dict.fromkeys(far | _placeless_keys(s, months), in_province)
        | dict.fromkeys(((cell, "month", m) for cell in cells for m in months), False)
    )


def _seek(told: Iterable[tuple[Key, bool, Hashable]]) -> Keys:
    """Blocks under which a node is only sought where all its places have a point."""
    keys: Keys = {}
    for kind, sought, time in told:
        key = (*kind, time)
        keys[key] = sought and keys.get(key, True)
    return keys


def known_keys(s: Signature) -> set[Key]:
    """Blocks under which an incident of known day and town is found."""
    months = set(_months(s))
    sites = s.sites - NEUTRAL_SITES
    keys: set[Key] = set()
    for place in s.places:
        kinds = {*_wide_kinds(place), *((_own_cell(place), "month"),) * is_precise(place)}
        keys |= {(*kind, m) for kind in kinds for m in months}
        if is_precise(place):
            keys |= {(_own_cell(place), "site", site) for site in sites}
    for country in {p.country for p in s.places if p.country}:
        keys |= {("country", country, site, m) for site in sites | {""} for m in months}
    return keys | _placeless_keys(s, months)


def probe_keys(s: Signature) -> set[Key]:
    """Blocks in which one that says less looks for its incident."""
    months = set(_months(s))
    sites = s.sites - NEUTRAL_SITES or {""}
    keys: set[Key] = set()
    for place in s.places:
        if is_precise(place) and place.lat is not None:
            cells = _cells_around(place)
            keys |= {(cell, "month", m) for cell in cells for m in months}
            if s.start is None:  # told long after, it is known by its site
                keys |= {(cell, "site", site) for cell in cells for site in sites}
        elif is_precise(place):
            keys |= {(*kind, m) for kind in _wide_kinds(place) for m in months}
        elif _is_wide(place):
            keys |= {("country", place.country, site, m) for site in sites for m in months}
        else:
            keys |= {(*kind, m) for kind in _wide_kinds(place) for m in months}
    return keys if s.places else _placeless_keys(s, months)


def _placeless_keys(s: Signature, months: set[Key]) -> set[Key]:
    """By the name of a site in a month, or the kind of site on a day, for what names no place."""
    keys: set[Key] = {("site", str(name), m) for name in s.site_names for m in months}
    return keys | {("day", day, site) for day in _days(s) for site in s.sites - NEUTRAL_SITES}


def _wide_kinds(place: Place) -> Iterator[Key]:
    """A province, so that it meets its towns; the first letter of a name, so that it meets the
    spelling no gazetteer knows."""
    province = place.admin1 or (place.name if not is_precise(place) else None)
    if province and not _is_wide(place):
        yield ("area", place.country, fold(province))
    if is_precise(place):
        yield _letter(place)


def _letter(place: Place) -> Key:
    """The letter a town's name begins with, for spellings that have no point."""
    return ("name", place.country, find_initial(place.name or place.as_written))


def _is_wide(place: Place) -> bool:
    return place.precision == 6 or place.kind in ("country", "continent", "macro_region")


def middle_of(s: Signature) -> int:
    """The last day it may have happened, else the day it was published; 0 when neither is known."""
    return s.end if s.end is not None else s.published or 0


def _days(s: Signature) -> Iterable[int]:
    if s.start is None or s.end is None or s.end - s.start > _SHORT:
        return ()
    return range(s.start, s.end + 1)


def _months(s: Signature) -> Iterator[Key]:
    """Months of the interval; for the undated that of publication and the one before."""
    days = _days(s)
    if days:
        yield from {(day // _MONTH,) for day in days}
    elif s.start is not None and s.end is not None:
        first = s.end - _LONG if s.start == LONG_AGO else s.start
        last = min(s.end, first + _LONG)
        yield from {(day // _MONTH,) for day in (*range(first, last + 1, 7), last)}
    elif s.published is not None:
        yield (s.published // _MONTH,)
        yield (s.published // _MONTH - 1,)
    else:
        yield ("undated",)


def _is_at_point(place: Place) -> bool:
    return is_precise(place) and place.lat is not None and place.lon is not None


def _is_in_province(place: Place) -> bool:
    """Whoever else is said to be in a province meets it there, or around its point."""
    placed = _is_at_point(place) or not (is_precise(place) or _is_wide(place))
    return placed and place.admin1 is not None


def _own_cell(place: Place) -> Hashable:
    """The half-degree cell of a place; its name without a point."""
    if place.lat is None or place.lon is None:
        return fold(place.name or place.as_written)
    return (floor(place.lat * _CELLS_PER_DEGREE), floor(place.lon * _CELLS_PER_DEGREE))


def _cells_around(place: Place) -> frozenset[Hashable]:
    """The cell of a place, and those within reach of it."""
    if place.lat is None or place.lon is None:
        return frozenset([_own_cell(place)])
    return _cells_near(place.lat, place.lon)


@lru_cache(maxsize=65536)
def _cells_near(lat: float, lon: float) -> frozenset[Hashable]:
    rows, columns = (
        {floor((middle + away) * _CELLS_PER_DEGREE) for away in (-_REACH, 0.0, _REACH)}
        for middle in (lat, lon)
    )
    return frozenset((row, column) for row in rows for column in columns)
