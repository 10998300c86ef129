"""Nodes of which as much is known, compared in pairs and joined, best pair first.

A stage keeps what it was given. Told what has gone and what has come, it works out anew only the
nodes that are connected with it, and gives what that changed. Nothing depends on the order.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

from harmledger.link.blocks import Blocks, Keys, pair_keys, rank_of
from harmledger.link.evidence import weigh_all
from harmledger.link.nodes import SAID_SAME, UNSURE, Edge, Node, Rivals, Rules, join_nodes
from harmledger.link.retold import is_retold


class Change(NamedTuple):
    """Ids of nodes that are no more (or are no more as they were), and nodes that are new."""

    gone: set[str]
    come: dict[str, Node]


def find_change(before: dict[str, Node], after: dict[str, Node]) -> Change:
    """What differs between two sets of nodes, by id."""
    if not before:
        return Change(set(), after)
    same = {i for i, node in before.items() if i in after and _is_same(node, after[i])}
    return Change(before.keys() - same, {i: n for i, n in after.items() if i not in same})


def _is_same(a: Node, b: Node) -> bool:
    return a is b or a == b


class PairStage:
    """Joins nodes of some ranks among themselves; with ``told`` also copies, corrections and what
    people said is the same."""

    def __init__(self, rules: Rules, *ranks: int, told: bool = False) -> None:
        """Begin with no nodes."""
        self.rules, self.ranks, self.told = rules, ranks, told
        self.nodes: dict[str, Node] = {}
        self.outputs: dict[str, Node] = {}
        self._blocks = Blocks()
        self._equals: set[str] = set()
        """Nodes of these ranks."""
        self._parts: dict[str, tuple[str, ...]] = {}
        """Output id to the nodes it was made of, where there is more than one."""
        self._home: dict[str, str] = {}
        """The other way round."""

    def _keys_of(self, node: Node) -> Keys:
        return pair_keys(node, self.ranks, told=self.told)

    def update(self, change: Change) -> Change:
        """Take a change of the nodes in; give that of the outputs."""
        seeds = self._remove(change.gone)
        before: dict[str, Node] = {}
        after = self._insert(change.come, seeds)
        for i in change.gone:
            self._forget(i, before, seeds)
        done: set[str] = set()
        waiting = sorted(seeds & self.nodes.keys(), reverse=True)
        while waiting:
            seed = waiting.pop()
            if seed in done:
                continue
            held, edges = self._connect(seed, done)
            done |= held
            freed: set[str] = set()
            for i in held:
                self._forget(i, before, freed)
            waiting += sorted(freed - done, reverse=True)
            self._join(held, edges, after)
        self.outputs.update(after)
        return find_change(before, after)

    def _find_others(self, here: str) -> set[str]:
        """Those that an edge leads to."""
        return {o for o in self._blocks.around(here) if self._weigh(here, o) is not None}

    def _remove(self, gone: Iterable[str]) -> set[str]:
        seeds = {other for i in gone for other in self._find_others(i)}
        for i in gone:
            seeds |= self._blocks.remove(i, self._keys_of(self.nodes.pop(i)))
            self._equals.discard(i)
        return seeds

    def _insert(self, come: dict[str, Node], seeds: set[str]) -> dict[str, Node]:
        """Put new nodes in; those that stand in no block, which come out as they are. The others
        are added to ``seeds``, with those whose part of a block became another."""
        alone: dict[str, Node] = {}
        self.nodes.update(come)
        for i, node in come.items():
            keys = self._keys_of(node)
            if not keys:
                alone[i] = node
                continue
            seeds.add(i)
            seeds |= self._blocks.add(i, keys)
            if rank_of(node.signature) in self.ranks:
                self._equals.add(i)
        return alone

    def _forget(self, node: str, before: dict[str, Node], freed: set[str]) -> None:
        """Take away the output a node went into; ``freed`` gets all the nodes it was made of."""
        home = self._home.get(node, node)
        if home in self.outputs:
            before[home] = self.outputs.pop(home)
            parts = self._parts.pop(home, (home,))
            for part in parts:
                self._home.pop(part, None)
            freed.update(part for part in parts if part in self.nodes)

    def _connect(self, seed: str, done: Container[str]) -> tuple[set[str], list[Edge]]:
        """Everyone that edges lead to from ``seed``, and these edges. No edge leads to those that
        are ``done``: they have been weighed with all around them."""
        held, edges, waiting = {seed}, [], [seed]
        weighed: set[tuple[str, str]] = set()
        while waiting:
            here = waiting.pop()
            for other in self._blocks.around(here):
                pair = (here, other) if here < other else (other, here)
                if other in done or pair in weighed:
                    continue
                weighed.add(pair)
                edge = self._weigh(*pair)
                if edge is not None:
                    edges.append(edge)
                    if other not in held:
                        held.add(other)
                        waiting.append(other)
        return held, edges

    def _weigh(self, left: str, right: str) -> Edge | None:
        a, b = self.nodes[left], self.nodes[right]
        if said := a.same & b.same:
            by = min(said)[2]
            return Edge(left=left, right=right, score=SAID_SAME[0][0], found=SAID_SAME, by=by)
        s, t = a.signature, b.signature
        if s.documents == t.documents and len(s.documents) == 1:
            return None  # their own document has been weighed already
        equal = left in self._equals and right in self._equals
        if not equal and not is_retold(s, t):
            return None
        score, found = weigh_all(s, t, self.rules.lexicon, self.rules.distance)
        if score < self.rules.lexicon.thresholds["across"] - UNSURE:
            return None
        return Edge(left=left, right=right, score=score, found=found)

    def _join(self, held: set[str], edges: Sequence[Edge], after: dict[str, Node]) -> None:
        if not edges:
            after.update((i, self.nodes[i]) for i in held)
            return
        nodes = [self.nodes[i] for i in sorted(held)]
        bounds = self.rules.lexicon.thresholds
        rivals = Rivals(edges, self.rules, bounds["kin"])
        for node in join_nodes(nodes, edges, self.rules, bounds["across"], bounds["whole"], rivals):
            after[node.id] = node
            parts = tuple(i for i in node.members if i in held)
            if len(parts) > 1:
                self._parts[node.id] = parts
                self._home.update(dict.fromkeys(parts, node.id))
