"""Across documents: bundles into incidents, most evidence first, never over a veto.

First what people decided, copies of one text and reports of known day, town and deed; then those
that say less, each to the one incident it fits best (``loose``); last the rest among themselves.
Whoever joins must fit everyone already there: days that all can mean, places within reach, no
second named site, nothing published before it happened, and no ``different`` in the chain.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from harmledger.core.base import Value
from harmledger.lexicon.linking import Linking
from harmledger.link.blocking import Key, block_keys, find_pairs
from harmledger.link.bundles import Bundle, Judged, Reason
from harmledger.link.evidence import is_retold, is_same_name, weigh
from harmledger.link.loose import Known, find_fit, rank_of
from harmledger.link.reach import Distance
from harmledger.link.signature import Signature, combine

_UNSURE = 0.7
"""How far below the threshold a pair is still worth asking a person about."""
_NO_VETO = -1000.0
_SAME = 100.0
"""The score of a person's judgement: before any machine's."""


class Edge(Value, frozen=True, kw_only=True):
    """Two bundles (positions) and the evidence that they are one incident."""

    left: int
    right: int
    score: float
    why: tuple[str, ...]
    by: str | None = None


class Cluster:
    """Bundles held to be one incident, while edges are being taken in."""

    def __init__(self, position: int, bundle: Bundle) -> None:
        """A bundle by itself."""
        self.members = [position]
        self.claims = [claim.id for claim in bundle.claims]
        self.signature = bundle.signature
        self.published = [bundle.signature.published]
        self.apart: set[int] = set()
        self._keys: frozenset[Key] | None = None

    def keys(self) -> frozenset[Key]:
        """The blocks it stands in, worked out once for each state."""
        if self._keys is None:
            self._keys = frozenset(block_keys(self.signature))
        return self._keys

    def absorb(self, other: Cluster) -> None:
        """Take all of ``other`` in."""
        self.members += other.members
        self.claims += other.claims
        self.signature = combine([self.signature, other.signature])
        self.published += other.published
        self.apart |= other.apart
        self._keys = None


class Joined(Value, frozen=True, kw_only=True):
    """One incident's bundles by position; the edge that brought each in; edges left unsure."""

    members: tuple[int, ...]
    reasons: dict[int, Reason]
    unsure: tuple[Edge, ...] = ()


def join_bundles(
    bundles: Sequence[Bundle],
    apart: Sequence[frozenset[int]],
    judged: Judged,
    lexicon: Linking,
    distance: Distance | None,
) -> tuple[Joined, ...]:
    """Incidents as sets of bundles. ``apart[i]``: positions that bundle ``i`` is kept from by the
    words of its own document."""
    edges = [*_decided_edges(bundles, judged), *_weighed_edges(bundles, judged, lexicon, distance)]
    edges.sort(key=lambda e: _order(e, bundles))
    home: dict[int, Cluster] = {}
    for position, bundle in enumerate(bundles):
        home[position] = Cluster(position, bundle)
        home[position].apart |= apart[position]
    by_level = _sort_edges(edges, bundles)
    join = Joining(home=home, judged=judged, lexicon=lexicon, distance=distance)
    whole = lexicon.thresholds["whole"]
    join.take_edges(by_level[None] + by_level[2], whole)
    for level in (1, 0, 0):  # twice: what was placed tells more of its incident
        join.place_level(level, bundles)
        join.take_edges([edge for edge in by_level[level] if join.is_open(edge, level)], whole)
    return _collect(home, join.taken, join.unsure, bundles)


def _sort_edges(edges: Sequence[Edge], bundles: Sequence[Bundle]) -> dict[int | None, list[Edge]]:
    """By how much is known of the one that says less (``rank_of``); under None what goes first:
    what people decided, and copies of one text."""
    found: dict[int | None, list[Edge]] = {None: [], 0: [], 1: [], 2: []}
    for edge in edges:
        a, b = bundles[edge.left].signature, bundles[edge.right].signature
        told = edge.by is not None or is_retold(a, b)
        found[None if told else min(rank_of(a), rank_of(b))].append(edge)
    return found


class Joining:
    """Clusters while edges are taken in."""

    def __init__(
        self,
        home: dict[int, Cluster],
        judged: Judged,
        lexicon: Linking,
        distance: Distance | None,
    ) -> None:
        """Every bundle at its own home."""
        self.home = home
        self.judged, self.lexicon, self.distance = judged, lexicon, distance
        self.taken: list[Edge] = []
        self.unsure: list[Edge] = []

    def take_edges(self, edges: Sequence[Edge], needed: float) -> None:
        """Join along ``edges``, given best first, where both incidents as wholes still fit by
        ``needed``; what is too weak is left unsure."""
        for edge in edges:
            if edge.score < self.lexicon.thresholds["across"]:
                self.unsure.append(edge)
            elif _take(edge, self.home, self.judged, self.lexicon, self.distance, needed):
                self.taken.append(edge)

    def is_open(self, edge: Edge, level: int) -> bool:
        """Neither side is, or has gone to, an incident of which more is known: those took what
        they could."""
        sides = (edge.left, edge.right)
        return all(rank_of(self.home[p].signature) <= level for p in sides)

    def place_level(self, level: int, bundles: Sequence[Bundle]) -> None:
        """Reports of which little is known, each to the one incident it fits best of those of
        which more is."""
        clusters = {min(c.members): c for c in self.home.values()}
        ranks = {n: rank_of(c.signature) for n, c in clusters.items()}
        held = [n for n, rank in ranks.items() if rank > level]
        known = Known(
            {n: clusters[n].signature for n in held}, {n: clusters[n].keys() for n in held}
        )
        edges: list[Edge] = []
        for number in sorted(n for n, rank in ranks.items() if rank == level):
            loose = clusters[number]
            fit = find_fit(loose.signature, loose.keys(), known, self.lexicon, self.distance)
            if fit is None or fit.score < self.lexicon.thresholds["across"] - _UNSURE:
                continue
            why = (*fit.why, "another fits nearly as well") if fit.rival else fit.why
            edge = Edge(left=number, right=fit.number, score=fit.score, why=why)
            (self.unsure if fit.rival else edges).append(edge)
        edges.sort(key=lambda e: _order(e, bundles))
        self.take_edges(edges, _NO_VETO)


def _order(edge: Edge, bundles: Sequence[Bundle]) -> tuple[float, str, str]:
    left, right = sorted((bundles[edge.left].id, bundles[edge.right].id))
    return (-edge.score, left, right)


def _take(
    edge: Edge,
    home: dict[int, Cluster],
    judged: Judged,
    lexicon: Linking,
    distance: Distance | None,
    needed: float,
) -> bool:
    left, right = home[edge.left], home[edge.right]
    if left is right or judged.keeps_apart(left.claims, right.claims):
        return False
    if edge.by is None and not _fits(left, right, lexicon, distance, needed):
        return False
    if len(left.members) < len(right.members):
        left, right = right, left
    left.absorb(right)
    home.update(dict.fromkeys(right.members, left))
    return True


def _fits(
    left: Cluster, right: Cluster, lexicon: Linking, distance: Distance | None, needed: float
) -> bool:
    a, b = left.signature, right.signature
    if not (left.apart.isdisjoint(right.members) and right.apart.isdisjoint(left.members)):
        return False
    if not (_days_fit(a, b) or is_retold(a, b)):
        return False
    if weigh(a, b, lexicon, distance)[0] < needed:
        return False
    start = max((s for s in (a.start, b.start) if s is not None), default=None)
    days = [d for d in left.published + right.published if d is not None]
    if start is not None and any(start > day + 1 for day in days):
        return False
    names = a.site_names and b.site_names
    return not names or any(is_same_name(x, y) for x in a.site_names for y in b.site_names)


def _days_fit(a: Signature, b: Signature) -> bool:
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return True
    return a.start <= b.end and b.start <= a.end


def _decided_edges(bundles: Sequence[Bundle], judged: Judged) -> list[Edge]:
    where = {claim.id: i for i, bundle in enumerate(bundles) for claim in bundle.claims}
    found = {}
    for left, others in judged.same.items():
        for right, by in others.items():
            i, j = where.get(left), where.get(right)
            if i is not None and j is not None and i < j:
                why = ("a person said same",)
                found[i, j] = Edge(left=i, right=j, score=_SAME, why=why, by=by)
    return list(found.values())


def _weighed_edges(
    bundles: Sequence[Bundle], judged: Judged, lexicon: Linking, distance: Distance | None
) -> list[Edge]:
    twins, leaders = _find_twins(bundles, judged)
    signatures = [bundles[p].signature for p in leaders]
    pairs = {(leaders[i], leaders[j]) for i, j in find_pairs(signatures)}
    pairs |= {*twins, *_find_copies(bundles), *_find_corrections(bundles)}
    lowest = lexicon.thresholds["across"] - _UNSURE
    edges = []
    for left, right in pairs:
        a, b = bundles[left], bundles[right]
        if a.claims[0].document == b.claims[0].document:
            continue  # their own document has been weighed already
        score, why = weigh(a.signature, b.signature, lexicon, distance)
        if score >= lowest:
            edges.append(Edge(left=left, right=right, score=score, why=why))
    return edges


def _find_copies(bundles: Sequence[Bundle]) -> set[tuple[int, int]]:
    """Each bundle with the first, by id, that prints the same words in a copy of its report."""
    held: dict[tuple[str, int], list[int]] = {}
    for position, bundle in enumerate(bundles):
        for group in bundle.signature.groups:
            for passage in bundle.signature.passages:
                held.setdefault((group, passage), []).append(position)
    pairs = set()
    for positions in held.values():
        lead = min(positions, key=lambda p: bundles[p].id)
        pairs |= {(min(lead, p), max(lead, p)) for p in positions if p != lead}
    return pairs


def _find_corrections(bundles: Sequence[Bundle]) -> set[tuple[int, int]]:
    """Bundles of a document, and of the one it supersedes."""
    held: dict[str, list[int]] = {}
    for position, bundle in enumerate(bundles):
        held.setdefault(bundle.claims[0].document, []).append(position)
    return {
        (min(position, other), max(position, other))
        for position, bundle in enumerate(bundles)
        for document in bundle.signature.corrects
        for other in held.get(document, ())
    }


def _find_twins(
    bundles: Sequence[Bundle], judged: Judged
) -> tuple[list[tuple[int, int]], list[int]]:
    """Bundles that say word for word the same place, days and site are compared once: the first
    of them, by id, leads. Bundles people judged are never folded away."""
    leaders: dict[bytes, int] = {}
    twins, alone = [], []
    for position in sorted(range(len(bundles)), key=lambda p: bundles[p].id):
        bundle = bundles[position]
        s = bundle.signature
        bound = any(c.id in judged.same or c.id in judged.different for c in bundle.claims)
        if bound or bundle.apart or not s.places or s.start is None:
            alone.append(position)
            continue
        leader = leaders.setdefault(_twin_key(s), position)
        if leader != position:
            twins.append((min(leader, position), max(leader, position)))
    return twins, sorted([*leaders.values(), *alone])


def _twin_key(s: Signature) -> bytes:
    nothing = frozenset[str]()
    bare = msgspec.structs.replace(
        s,
        published=None,
        groups=nothing,
        passages=frozenset(),
        documents=nothing,
        corrects=nothing,
    )
    return msgspec.json.encode(bare, order="deterministic")


def _collect(
    home: dict[int, Cluster], taken: list[Edge], unsure: list[Edge], bundles: Sequence[Bundle]
) -> tuple[Joined, ...]:
    reasons: dict[int, Reason] = {}
    for edge in taken:
        reason = Reason(score=edge.score, why=edge.why, by=edge.by)
        for position in (edge.left, edge.right):
            reasons.setdefault(position, reason)
    asked: dict[int, list[Edge]] = {}
    for edge in unsure:
        if home[edge.left] is not home[edge.right]:
            for position in (edge.left, edge.right):
                asked.setdefault(id(home[position]), []).append(edge)
    clusters = {id(c): c for c in home.values()}
    joined = []
    for key, cluster in clusters.items():
        members = tuple(sorted(cluster.members))
        mine = {p: reasons[p] for p in members if p in reasons}
        joined.append(Joined(members=members, reasons=mine, unsure=tuple(asked.get(key, ())[:5])))
    return tuple(sorted(joined, key=lambda j: bundles[j.members[0]].id))
