"""Responses to the incident they answer: by the claim they name, else by place, time and site,
else by nearness in the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harmledger.core.claim import Claim
from harmledger.core.response import Response
from harmledger.core.told import Told
from harmledger.link.blocks import Key, known_keys, probe_keys
from harmledger.link.bundles import Shape
from harmledger.link.evidence import weigh_all
from harmledger.link.judging import VETO
from harmledger.link.nodes import Node, Rules
from harmledger.link.signature import Signature, sign_response

_NEAR = 600
_NEAR_BONUS = 0.9


class Targets:
    """Nodes that a response may answer, found by document, claim or block."""

    def __init__(
        self, nodes: Mapping[str, Node], shapes: Mapping[str, Shape], documents: Iterable[str]
    ) -> None:
        """Index ``nodes`` for answers that stand in ``documents``."""
        self.nodes, self._shapes = nodes, shapes
        self.by_document: dict[str, set[str]] = {}
        self.by_claim: dict[str, str] = {}
        wanted = frozenset(documents)
        for i, node in nodes.items():
            here = wanted & node.signature.documents
            for document in here:
                self.by_document.setdefault(document, set()).add(i)
            if here:
                self.by_claim |= dict.fromkeys(self._claims_of(node), i)
        self._by_key: dict[Key, set[str]] | None = None

    def _claims_of(self, node: Node) -> Iterable[str]:
        return (claim for bundle in node.members for claim in self._shapes[bundle].claims)

    def claims_in(self, i: str, document: str, told: Mapping[str, Told]) -> list[Claim]:
        """What one document says of one incident."""
        if document not in self.nodes[i].signature.documents:
            return []
        wanted = set(self._claims_of(self.nodes[i]))
        return [claim for claim in told[document].claims if claim.id in wanted]

    def elsewhere(self, signature: Signature) -> set[str]:
        """Incidents, of any document, that share a block with a response."""
        if self._by_key is None:
            self._by_key = {}
            for i, node in self.nodes.items():
                for key in known_keys(node.signature):
                    self._by_key.setdefault(key, set()).add(i)
        held = (self._by_key.get(key, set()) for key in probe_keys(signature))
        return {i for found in held for i in found}


def find_answers(
    nodes: Mapping[str, Node],
    shapes: Mapping[str, Shape],
    told: Mapping[str, Told],
    responses: Iterable[Response],
    rules: Rules,
) -> dict[str, tuple[Response, ...]]:
    """Responses by the node they answer; one that fits none is left out."""
    ordered = sorted(responses, key=lambda r: (r.document, r.span.start, r.id))
    if not ordered:
        return {}
    targets = Targets(nodes, shapes, (r.document for r in ordered))
    held: dict[str, list[Response]] = {}
    for response in ordered:
        target = _find_target(response, targets, told, rules)
        if target is not None:
            held.setdefault(target, []).append(response)
    return {i: tuple(found) for i, found in held.items()}


def _find_target(
    response: Response,
    targets: Targets,
    told: Mapping[str, Told],
    rules: Rules,
) -> str | None:
    if response.about in targets.by_claim:
        return targets.by_claim[response.about]
    document = told[response.document].document if response.document in told else None
    signature = sign_response(response, document)
    here = targets.by_document.get(response.document, set())
    needed = rules.lexicon.thresholds
    best = _best(response, signature, here, targets, told, rules, needed["response"])
    if best is not None or not signature.is_anchored:
        return best
    there = targets.elsewhere(signature) - here
    return _best(response, signature, there, targets, told, rules, needed["across"])


def _best(
    response: Response,
    signature: Signature,
    among: Iterable[str],
    targets: Targets,
    told: Mapping[str, Told],
    rules: Rules,
    needed: float,
) -> str | None:
    ranked = []
    for i in among:
        score, _ = weigh_all(signature, targets.nodes[i].signature, rules.lexicon, rules.distance)
        if score == VETO:
            continue
        gap = _gap(response, targets.claims_in(i, response.document, told))
        if gap is not None and gap <= _NEAR:
            score += _NEAR_BONUS
        ranked.append((-score, gap if gap is not None else 10**9, i))
    best = min(ranked, default=None)
    return best[2] if best is not None and -best[0] >= needed else None


def _gap(response: Response, claims: Iterable[Claim]) -> int | None:
    gaps = [
        0
        if c.span.sentence == response.span.sentence
        else max(1, max(c.span.start, response.span.start) - min(c.span.end, response.span.end))
        for c in claims
    ]
    return min(gaps, default=None)
