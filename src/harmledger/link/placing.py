"""Reports of no day, or of no town, go to the one incident they fit best, or stay apart.

Incidents of which more is known are formed first and looked at as they are then, so that no
report depends on which other was placed before it. One that fits two of them nearly as well is
left to a person.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from math import log2

from harmledger.core.base import Value
from harmledger.link.blocks import Key, known_keys, middle_of, probe_keys, rank_of
from harmledger.link.circumstances import judge_place
from harmledger.link.evidence import is_contradicted, weigh_all
from harmledger.link.judging import VETO, Found
from harmledger.link.nodes import UNSURE, Draft, Edge, Node, Rules, join_nodes, note_doubt
from harmledger.link.pairs import Change, find_change
from harmledger.link.reach import is_precise
from harmledger.link.signature import Signature

_MANY = 48
"""Incidents of one block compared with a report, those nearest in time."""

_TIME_AND_PLACE = 2
"""Evidence that every report has that fits at all."""
_RIVAL = "another fits nearly as well"
_BARE = "little but a publication date and a province speaks for it"


class Fit(Value, frozen=True, kw_only=True):
    """The incident a report fits best, with the evidence; None when it fits none at all.

    ``doubt``: why it is not for a machine to choose. ``bar``: how likely another would have to be
    to change any of this.
    """

    target: str | None = None
    score: float = VETO
    found: Found = ()
    doubt: str | None = None
    bar: float = VETO


class Known:
    """Incidents of which more is known, by block, those of one block in order of time."""

    def __init__(self) -> None:
        """Begin with none."""
        self.nodes: dict[str, Node] = {}
        self._held: dict[Key, list[tuple[int, str]]] = {}

    def add(self, nodes: Sequence[Node]) -> None:
        """Index ``nodes``; many are sorted at once."""
        many = len(nodes) > _MANY
        touched: set[Key] = set()
        for node in nodes:
            self.nodes[node.id] = node
            keys = known_keys(node.signature)
            told = (middle_of(node.signature), node.id)
            for key in keys:
                held = self._held.setdefault(key, [])
                held.append(told) if many else insort(held, told)
            if many:
                touched |= keys
        for key in touched:
            self._held[key].sort()

    def remove(self, node: Node) -> None:
        """Forget ``node``."""
        del self.nodes[node.id]
        for key in known_keys(node.signature):
            held = self._held[key]
            del held[bisect_left(held, (middle_of(node.signature), node.id))]
            if not held:
                del self._held[key]

    def is_full(self, key: Key, more: int) -> bool:
        """With ``more`` not all of a block may be looked at: who comes or goes changes which."""
        return len(self._held.get(key, ())) + more > _MANY

    def around(self, signature: Signature) -> set[str]:
        """Ids of incidents that share a block with a report, the nearest of a full block."""
        found: set[str] = set()
        day = middle_of(signature)
        for key in probe_keys(signature):
            held: Sequence[tuple[int, str]] = self._held.get(key, ())
            if len(held) > _MANY:
                at = bisect_left(held, (day, ""))
                held = held[max(0, at - _MANY // 2) : at + _MANY // 2]
            found.update(i for _, i in held)
        return found


class PlaceStage:
    """Places nodes of rank ``level`` at nodes of more; leaves those of less as they are."""

    def __init__(self, rules: Rules, level: int, *, once: bool = False) -> None:
        """Begin with no nodes. ``once``: there will be one update only."""
        self.rules, self.level = rules, level
        self.known = Known()
        self.loose: dict[str, Node] = {}
        self.outputs: dict[str, dict[str, Node]] = {}
        """By the node they come from: an incident, or a report that was placed nowhere."""
        self._fits: dict[str, Fit] = {}
        self._stars: dict[str, set[str]] = {}
        """Incident to the reports that fit it."""
        self._probing: dict[Key, set[str]] | None = None if once else {}
        """Reports by block; of use from the second change on."""

    def update(self, change: Change) -> Change:
        """Take a change of the nodes in; give that of the outputs."""
        gone = [self._find(i) for i in change.gone]
        asked = self._find_asked(gone, change.come) if self.loose else set[str]()
        touched = self._exchange(gone, change.come)
        asked = {i for i in asked if i in self.loose} | (change.come.keys() & self.loose.keys())
        for i in sorted(asked):
            touched |= self._fit_again(i)
        touched |= {i for i in change.come if i in self.known.nodes}
        return self._form(touched)

    def _find(self, i: str) -> Node:
        return self.known.nodes.get(i) or self.loose[i]

    def _is_known(self, node: Node) -> bool:
        return rank_of(node.signature) > self.level

    def _exchange(self, gone: Iterable[Node], come: dict[str, Node]) -> set[str]:
        """Old nodes out, new ones in; the ids of incidents and reports to form again."""
        touched: set[str] = set()
        for node in gone:
            touched.add(node.id)
            if self._is_known(node):
                self.known.remove(node)
                continue
            del self.loose[node.id]
            self._index(node, add=False)
            touched |= self._unfit(node.id)
        for node in come.values():
            if not self._is_known(node):
                self.loose[node.id] = node
                self._index(node, add=True)
        self.known.add([node for node in come.values() if self._is_known(node)])
        return touched

    def _index(self, node: Node, *, add: bool) -> None:
        if self._probing is None or rank_of(node.signature) < self.level:
            return
        for key in probe_keys(node.signature):
            held = self._probing.setdefault(key, set())
            held.add(node.id) if add else held.discard(node.id)

    def _find_asked(self, gone: Iterable[Node], come: dict[str, Node]) -> set[str]:
        """Reports whose best fit may be another once these have gone and come."""
        asked: set[str] = set()
        for node in (*gone, *come.values()):
            if self._is_known(node):
                asked |= self._stars.get(node.id, set())
                for key in known_keys(node.signature):
                    near = (self._probing or {}).get(key, set()) - asked
                    full = self.known.is_full(key, len(come))
                    asked |= near if full else {i for i in near if self._may_change(i, node)}
        return asked

    def _may_change(self, report: str, node: Node) -> bool:
        fit = self._fits.get(report, Fit())
        likely = self._likely(self.loose[report].signature, node.signature)[0]
        return likely != VETO and likely > fit.bar

    def _likely(self, a: Signature, b: Signature) -> tuple[float, float, Found]:
        """How likely, the score itself, the evidence. Between two, the one that more reports tell
        is the likelier; that adds nothing to the score."""
        score, found = weigh_all(a, b, self.rules.lexicon, self.rules.distance)
        if score == VETO:
            return VETO, VETO, found
        often = self.rules.lexicon.weights["much_told"] * log2(1 + len(b.groups))
        return score + often, score, found

    def _fit_again(self, i: str) -> set[str]:
        """Find the best fit of a report; the ids of what that touches."""
        touched = self._unfit(i) | {i}
        node = self.loose[i]
        if rank_of(node.signature) == self.level:
            fit = self._fits[i] = self._find_fit(node.signature)
            if fit.target is not None:
                self._stars.setdefault(fit.target, set()).add(i)
                touched.add(fit.target)
        return touched

    def _unfit(self, i: str) -> set[str]:
        fit = self._fits.pop(i, None)
        if fit is None or fit.target is None:
            return set()
        self._stars[fit.target].discard(i)
        return {fit.target}

    def _find_fit(self, s: Signature) -> Fit:
        fits = []
        for number in self.known.around(s):
            likely, score, found = self._likely(s, self.known.nodes[number].signature)
            if score != VETO:
                fits.append((-likely, -score, number, found))
        if not fits:
            return Fit()
        fits.sort(key=lambda f: f[:3])
        likely, score, number, found = -fits[0][0], -fits[0][1], fits[0][2], fits[0][3]
        second = self._find_rival(number, fits[1:])
        bounds = self.rules.lexicon.thresholds
        bar = likely - max(bounds["clear"], bounds["margin"]) - 0.01
        if second > likely - bounds["margin"]:
            return Fit(target=number, score=score, found=found, doubt=_RIVAL, bar=bar)
        only = second <= likely - bounds["clear"] and self._may_be_only(s, number)
        if _is_bare(s, found, alone=only):
            return Fit(target=number, score=score, found=found, doubt=_BARE, bar=bar)
        if only:
            bonus = self.rules.lexicon.weights["only_fit"]
            score = round(score + bonus, 3)
            found = (*found, (bonus, "nothing else comes near"))
        return Fit(target=number, score=score, found=found, bar=bar)

    def _find_rival(self, best: str, others: Sequence[tuple[float, float, str, Found]]) -> float:
        """How likely the best of ``others`` is that is no part of the incident ``best``: what may
        well be the same incident, told apart so far, leaves nobody in doubt which it is."""
        s = self.known.nodes[best].signature
        for likely, _, number, _ in others:
            t = self.known.nodes[number].signature
            if self._likely(s, t)[1] < self.rules.lexicon.thresholds["across"]:
                return -likely
        return VETO

    def _may_be_only(self, s: Signature, number: str) -> bool:
        """They share a province at least (that nothing else of a country is recorded says
        little), and nothing speaks against it."""
        lexicon, distance = self.rules.lexicon, self.rules.distance
        t = self.known.nodes[number].signature
        near = judge_place(s, t, lexicon, distance)[0] >= lexicon.weights["same_region"]
        return near and not is_contradicted(s, t, lexicon, distance)

    def _form(self, touched: set[str]) -> Change:
        """Incidents with the reports that fit them, for all that was touched."""
        before: dict[str, Node] = {}
        after: dict[str, Node] = {}
        for i in sorted(touched):
            before |= self.outputs.pop(i, {})
        for i in sorted(touched):
            formed = self._form_one(i)
            if formed:
                self.outputs[i] = {node.id: node for node in formed}
                after |= self.outputs[i]
        return find_change(before, after)

    def _form_one(self, i: str) -> list[Node]:
        if i in self.loose:
            fit = self._fits.get(i)
            alone = fit is None or fit.target is None
            return [self.loose[i]] if alone else []
        if i not in self.known.nodes:
            return []
        known = self.known.nodes[i]
        reports = sorted(self._stars.get(i, ()))
        if not reports:
            return [known]
        lowest = self.rules.lexicon.thresholds["place"] - UNSURE
        edges: list[Edge] = []
        doubted: dict[str, list[Edge]] = {}
        for report in reports:
            fit = self._fits[report]
            edge = Edge(left=report, right=i, score=fit.score, found=fit.found)
            if fit.score >= lowest:
                (doubted.setdefault(fit.doubt, []) if fit.doubt else edges).append(edge)
        nodes = [known, *(self.loose[r] for r in reports)]
        for why, unsure in doubted.items():
            nodes = _note_doubts(nodes, unsure, why)
        bounds = self.rules.lexicon.thresholds
        formed = join_nodes(nodes, edges, self.rules, bounds["place"], bounds["placed"])
        home = {member: node.id for node in formed for member in node.members}
        kept_out = [e for e in edges if e.score >= bounds["place"] and home[e.left] != home[i]]
        return _note_doubts(formed, kept_out, "other reports of it speak against it")


def _is_bare(s: Signature, found: Found, *, alone: bool) -> bool:
    """A report that names neither day nor town, and shares nothing else with its incident; with
    another that comes near (not ``alone``) no more than one thing else."""
    vague = s.start is None and not any(map(is_precise, s.places))
    needed = _TIME_AND_PLACE if alone else _TIME_AND_PLACE + 1
    return vague and sum(score > 0 for score, _ in found) <= needed


def _note_doubts(nodes: Sequence[Node], edges: Sequence[Edge], why: str) -> list[Node]:
    """Remember on both sides that they may be one, and why they were not joined."""
    if not edges:
        return list(nodes)
    drafts = {member: draft for draft in map(Draft, nodes) for member in draft.members}
    for edge in edges:
        found = (*edge.found, (VETO, why))
        told = Edge(left=edge.left, right=edge.right, score=edge.score, found=found)
        note_doubt(told, drafts[edge.left], drafts[edge.right])
    distinct = {id(draft): draft for draft in drafts.values()}
    return [draft.finish() for draft in distinct.values()]
