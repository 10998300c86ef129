"""Nodes: what is held to be one incident at some step of linking, and how nodes become one.

Joining is a pure function of nodes and edges: best edge first, never over a veto, and whoever
joins must fit everyone already there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from harmledger.core.base import Value
from harmledger.lexicon.linking import Linking
from harmledger.link.bundles import Bundle, Judged, Reason
from harmledger.link.deeds import are_other_names
from harmledger.link.evidence import say, weigh_all
from harmledger.link.judging import VETO, Found
from harmledger.link.reach import Distance
from harmledger.link.retold import is_retold
from harmledger.link.signature import Signature, combine

UNSURE = 0.7
"""How far below the threshold a pair is still worth asking a person about."""
SAID_SAME: Found = ((100.0, "a person said same"),)
_ASKED = 5
"""Doubtful pairs kept for one incident."""
Tokens = frozenset[str]


class Rules(Value, frozen=True, kw_only=True):
    """What every step of linking is given."""

    lexicon: Linking
    distance: Distance | None = None


class Edge(Value, frozen=True, kw_only=True):
    """Two nodes, by id, and the evidence that they are one incident."""

    left: str
    right: str
    score: float
    found: Found
    by: str | None = None


class Join(Value, frozen=True, kw_only=True):
    """Two bundles, by id, and why what they stood in became one. The joins of a node are a tree."""

    left: str
    right: str
    reason: Reason


class Doubt(Value, frozen=True, kw_only=True):
    """Another node that is nearly, and not, held to be the same."""

    other: str
    score: float
    why: tuple[str, ...]


class Node(Value, frozen=True, kw_only=True):
    """Bundles (ids, sorted) held to be one incident; why they are, and what was left unsure.

    ``apart``: bundles that the words of their own document keep out. ``same``, ``different``: what
    people said of its claims, as pairs of claims in order; two nodes share the pairs between them.
    """

    members: tuple[str, ...]
    signature: Signature
    apart: Tokens = frozenset()
    same: frozenset[tuple[str, str, str]] = frozenset()
    """Two claims and who said so."""
    different: frozenset[tuple[str, str]] = frozenset()
    joins: tuple[Join, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def id(self) -> str:
        """The id of its first bundle."""
        return self.members[0]


def make_node(bundle: Bundle, apart: Tokens, judged: Judged) -> Node:
    """A bundle by itself."""
    if not (judged.same or judged.different):
        return Node(members=(bundle.id,), signature=bundle.signature, apart=apart)
    ids = [claim.id for claim in bundle.claims]
    same = {(min(i, o), max(i, o), by) for i in ids for o, by in judged.same.get(i, {}).items()}
    different = {(min(i, o), max(i, o)) for i in ids for o in judged.different.get(i, ())}
    return Node(
        members=(bundle.id,),
        signature=bundle.signature,
        apart=apart,
        same=frozenset(same),
        different=frozenset(different),
    )


class Draft:
    """Nodes being joined."""

    def __init__(self, node: Node) -> None:
        """Begin with one."""
        self.nodes = [node]
        self.members = set(node.members)
        self.signature, self.apart = node.signature, node.apart
        self.same, self.different = node.same, node.different
        self.joins = list(node.joins)
        self.doubts = list(node.doubts)

    def absorb(self, other: Draft) -> None:
        """Take all of ``other`` in."""
        self.nodes += other.nodes
        self.members |= other.members
        self.signature = combine((self.signature, other.signature))
        self.apart |= other.apart
        self.same |= other.same
        self.different |= other.different
        self.joins += other.joins
        self.doubts += other.doubts

    def finish(self) -> Node:
        """The node they have become; the same one when nothing happened to it."""
        doubts = {d.other: d for d in sorted(self.doubts, key=_doubt_order, reverse=True)}
        kept = sorted((d for d in doubts.values() if d.other not in self.members), key=_doubt_order)
        if len(self.nodes) == 1:
            node = self.nodes[0]
            same = tuple(kept[:_ASKED]) == node.doubts
            return node if same else msgspec.structs.replace(node, doubts=tuple(kept[:_ASKED]))
        return Node(
            members=tuple(sorted(self.members)),
            signature=self.signature,
            apart=self.apart,
            same=self.same,
            different=self.different,
            joins=tuple(self.joins),
            doubts=tuple(kept[:_ASKED]),
        )


def _doubt_order(doubt: Doubt) -> tuple[float, str]:
    return (-doubt.score, doubt.other)


def join_nodes(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    rules: Rules,
    enough: float,
    needed: float,
    rivals: Rivals | None = None,
) -> list[Node]:
    """``nodes`` joined along ``edges`` of score ``enough``, best first, where both sides as they
    have become still fit by ``needed``; weaker edges leave a doubt on both sides, and so do those
    of a node that fits one of its ``rivals`` as well."""
    drafts = {node.id: Draft(node) for node in nodes}
    for edge in sorted(edges, key=_edge_order):
        left, right = drafts[edge.left], drafts[edge.right]
        if left is right:
            continue
        if edge.score < enough:
            note_doubt(edge, left, right)
        elif _fits(edge, left, right, rules, needed):
            if rivals is not None and rivals.has_one(edge, drafts):
                note_doubt(rivals.tell(edge), left, right)
            else:
                _take(edge, left, right, drafts)
    distinct = {id(draft): draft for draft in drafts.values()}
    return [draft.finish() for draft in distinct.values()]


class Rivals:
    """Who else a node might be one with. A report by itself that fits two incidents as well,
    which cannot be one, is left to a person."""

    def __init__(self, edges: Iterable[Edge], rules: Rules, needed: float) -> None:
        """``needed``: by how much two that may well be one fit."""
        self._rules, self._needed = rules, needed
        self._margin = rules.lexicon.thresholds["rival"]
        self._others: dict[str, list[tuple[float, str]]] = {}
        for edge in edges:
            self._others.setdefault(edge.left, []).append((edge.score, edge.right))
            self._others.setdefault(edge.right, []).append((edge.score, edge.left))

    def has_one(self, edge: Edge, drafts: Mapping[str, Draft]) -> bool:
        """Either side stands alone and fits a third nearly as well, which the other side is not."""
        if edge.by is not None:
            return False
        sides = ((edge.left, edge.right), (edge.right, edge.left))
        return any(self._wavers(one, other, edge.score, drafts) for one, other in sides)

    def _wavers(self, one: str, other: str, score: float, drafts: Mapping[str, Draft]) -> bool:
        mine, chosen = drafts[one], drafts[other]
        if len(mine.nodes) > 1:
            return False
        seen = {id(mine), id(chosen)}
        for near, third in self._others[one]:
            draft = drafts[third]
            if near > score - self._margin and id(draft) not in seen:
                seen.add(id(draft))
                if not self._may_be_one(draft, chosen):
                    return True
        return False

    def _may_be_one(self, a: Draft, b: Draft) -> bool:
        s, t = a.signature, b.signature
        return weigh_all(s, t, self._rules.lexicon, self._rules.distance)[0] >= self._needed

    @staticmethod
    def tell(edge: Edge) -> Edge:
        """The edge, with the reason why nothing is joined along it."""
        found = (*edge.found, (VETO, "another fits nearly as well"))
        return Edge(left=edge.left, right=edge.right, score=edge.score, found=found)


def _edge_order(edge: Edge) -> tuple[float, str, str]:
    return (-edge.score, edge.left, edge.right)


def note_doubt(edge: Edge, left: Draft, right: Draft) -> None:
    """Remember on both sides that they may be one."""
    why = say(edge.found)
    left.doubts.append(Doubt(other=edge.right, score=edge.score, why=why))
    right.doubts.append(Doubt(other=edge.left, score=edge.score, why=why))


def _take(edge: Edge, left: Draft, right: Draft, drafts: dict[str, Draft]) -> None:
    reason = Reason(score=edge.score, why=say(edge.found), by=edge.by)
    if len(left.members) < len(right.members):
        left, right = right, left
    left.absorb(right)
    left.joins.append(Join(left=edge.left, right=edge.right, reason=reason))
    drafts.update((node.id, left) for node in right.nodes)


def _fits(edge: Edge, left: Draft, right: Draft, rules: Rules, needed: float) -> bool:
    if not left.different.isdisjoint(right.different):
        return False
    if edge.by is not None:
        return True
    if not (left.apart.isdisjoint(right.members) and right.apart.isdisjoint(left.members)):
        return False
    a, b = left.signature, right.signature
    if not (_days_fit(a, b) or is_retold(a, b)) or _comes_too_late(a, b):
        return False
    alone = len(left.nodes) == len(right.nodes) == 1
    if not alone and weigh_all(a, b, rules.lexicon, rules.distance)[0] < needed:
        return False
    return not are_other_names(a, b)


def _comes_too_late(a: Signature, b: Signature) -> bool:
    """One was published before the other began."""
    start = max((s for s in (a.start, b.start) if s is not None), default=None)
    days = [d for d in (a.published, b.published) if d is not None]
    return start is not None and bool(days) and start > min(days) + 1


def _days_fit(a: Signature, b: Signature) -> bool:
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return True
    return a.start <= b.end and b.start <= a.end
