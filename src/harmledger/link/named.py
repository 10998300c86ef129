"""Linked nodes as incidents: id, face, claims, and the reason for every link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.core.ids import derived_id
from harmledger.core.incident import Incident, Link
from harmledger.link.bundles import Judged, Reason, Shape
from harmledger.link.describe import describe_incident
from harmledger.link.nodes import Node

LINKER = "harmledger-link@2"
_FOUNDS = Reason(score=1.0, why=("founds the incident",))


def incident_id(claim: str) -> str:
    """The id of the incident that ``claim`` founds."""
    return derived_id("inc", claim)


def found_by(claims: Iterable[Claim], documents: Mapping[str, Document]) -> Claim:
    """The claim an incident is named after."""

    def order(claim: Claim) -> tuple[str, str, int, str]:
        document = documents.get(claim.document)
        published = (document.published_at if document else None) or "9999"
        return (published, claim.document, claim.span.start, claim.id)

    return min(claims, key=order)


def name_incident(
    node: Node,
    shapes: Mapping[str, Shape],
    told: Mapping[str, Claim],
    documents: Mapping[str, Document],
    judged: Judged,
) -> Incident:
    """The incident that a node stands for, without readings and answers. ``shapes``: by bundle
    id; ``told``: claims by id."""
    held = [(i, shapes[i]) for i in node.members]
    claims = [told[c] for c in sorted(c for _, shape in held for c in shape.claims)]
    founder = found_by(claims, documents)
    described = describe_incident(claims, founder)
    links = _links(node, held, founder) + _judged_links(claims, judged)
    return Incident(
        id=incident_id(founder.id),
        code=described.code,
        title=described.title,
        place=described.place,
        occurred=described.occurred,
        site=described.site,
        means=described.means,
        claims=tuple(c.id for c in claims),
        documents=tuple(sorted({c.document for c in claims})),
        links=tuple(links),
        redirects=tuple(sorted(incident_id(c.id) for c in claims if c is not founder)),
    )


def _links(node: Node, held: Sequence[tuple[str, Shape]], founder: Claim) -> list[Link]:
    """A claim's reason in its document, or, for the first of a document, that of its bundle."""
    found = []
    for bundle, shape in held:
        across = node.reasons.get(bundle, _FOUNDS)
        for claim in shape.claims:
            reason = _FOUNDS if claim == founder.id else shape.reasons.get(claim, across)
            found.append(_link(claim, reason))
    for doubt in node.doubts:
        why = (*doubt.why, "not enough to join")
        found.append(
            Link(claim=doubt.other, judgement="unsure", by=LINKER, score=doubt.score, why=why)
        )
    return sorted(found, key=lambda link: (link.judgement, link.claim))


def _link(claim: str, reason: Reason) -> Link:
    by = reason.by or LINKER
    return Link(claim=claim, judgement="same", by=by, score=reason.score, why=reason.why)


def _judged_links(claims: Iterable[Claim], judged: Judged) -> list[Link]:
    """Claims a person said are about another incident, kept beside."""
    apart = {o: by for c in claims for o, by in judged.different.get(c.id, {}).items()}
    return [
        Link(claim=o, judgement="different", by=by, score=1.0, why=("a person said different",))
        for o, by in sorted(apart.items())
    ]
