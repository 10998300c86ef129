"""Responses to the incident they answer: by the claim they name, else by place, time and site,
else by nearness in the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.core.incident import Incident
from harmledger.core.response import Response
from harmledger.lexicon.linking import Linking, load_linking
from harmledger.link.blocking import block_keys
from harmledger.link.bundles import Bundle
from harmledger.link.clusters import Joined
from harmledger.link.evidence import VETO, weigh
from harmledger.link.reach import Distance
from harmledger.link.signature import Signature, combine, sign_response

_NEAR = 600
_NEAR_BONUS = 0.9


class Targets:
    """Incidents a response may answer, found by document, claim or block."""

    def __init__(
        self, incidents: Sequence[Incident], bundles: Sequence[Bundle], joined: Sequence[Joined]
    ) -> None:
        """Index incidents, given in the order of ``joined``."""
        self.signatures = [combine(bundles[p].signature for p in one.members) for one in joined]
        self.by_claim: dict[str, int] = {}
        self.by_document: dict[str, set[int]] = {}
        self.claims: dict[tuple[str, int], list[Claim]] = {}
        self.by_key: dict[object, set[int]] = {}
        for position, (incident, one) in enumerate(zip(incidents, joined, strict=True)):
            self.by_claim |= dict.fromkeys(incident.claims, position)
            for bundle in (bundles[p] for p in one.members):
                document = bundle.claims[0].document
                self.by_document.setdefault(document, set()).add(position)
                self.claims.setdefault((document, position), []).extend(bundle.claims)
            for key in block_keys(self.signatures[position]):
                self.by_key.setdefault(key, set()).add(position)

    def elsewhere(self, signature: Signature) -> set[int]:
        """Incidents of other documents that share a block with a response."""
        found = (self.by_key.get(key, set()) for key in block_keys(signature))
        return {position for held in found for position in held}


def attach_responses(
    incidents: Sequence[Incident],
    bundles: Sequence[Bundle],
    joined: Sequence[Joined],
    responses: Iterable[Response],
    documents: Mapping[str, Document],
    distance: Distance | None,
) -> list[Incident]:
    """``incidents`` with their responses; an answer that fits none is left with none."""
    targets, lexicon = Targets(incidents, bundles, joined), load_linking()
    held: dict[int, list[Response]] = {}
    for response in sorted(responses, key=lambda r: (r.document, r.span.start, r.id)):
        position = _find_target(response, targets, documents, lexicon, distance)
        if position is not None:
            held.setdefault(position, []).append(response)
    return [
        msgspec.structs.replace(incident, responses=tuple(held.get(position, ())))
        for position, incident in enumerate(incidents)
    ]


def _find_target(
    response: Response,
    targets: Targets,
    documents: Mapping[str, Document],
    lexicon: Linking,
    distance: Distance | None,
) -> int | None:
    if response.about in targets.by_claim:
        return targets.by_claim[response.about]
    signature = sign_response(response, documents.get(response.document))
    here = targets.by_document.get(response.document, set())
    best = _best(response, signature, here, targets, lexicon, distance)
    if best is not None or not signature.is_anchored:
        return best
    there = targets.elsewhere(signature) - here
    return _best(response, signature, there, targets, lexicon, distance, far=True)


def _best(
    response: Response,
    signature: Signature,
    positions: Iterable[int],
    targets: Targets,
    lexicon: Linking,
    distance: Distance | None,
    *,
    far: bool = False,
) -> int | None:
    ranked = []
    for position in sorted(positions):
        score, _ = weigh(signature, targets.signatures[position], lexicon, distance)
        if score == VETO:
            continue
        gap = _gap(response, targets.claims.get((response.document, position), []))
        if gap is not None and gap <= _NEAR:
            score += _NEAR_BONUS
        ranked.append((-score, gap if gap is not None else 10**9, position))
    needed = lexicon.thresholds["across" if far else "response"]
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
