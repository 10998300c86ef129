"""Linked nodes as incidents: id, face, claims, and the reason for every link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.core.ids import derived_id
from harmledger.core.incident import Incident, Link
from harmledger.core.response import Response
from harmledger.core.told import Told
from harmledger.link.bundles import Judged, Reason, Shape
from harmledger.link.describe import describe_incident, distinct_code
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


def name_each(
    nodes: Mapping[str, Node],
    shapes: Mapping[str, Shape],
    told: Mapping[str, Told],
    judged: Judged,
    answers: Mapping[str, tuple[Response, ...]],
) -> Iterator[Incident]:
    """Nodes as incidents, ordered by id; only one is in memory at a time. ``answers``: by node.

    Every node is looked at twice: whether another bears its code is known at the end only.
    """
    faces = sorted((*_find_face(node, shapes, told), i) for i, node in nodes.items())
    often = Counter(code for _, code, _ in faces)
    for _, code, i in faces:
        incident = name_node(nodes[i], shapes, told, judged)
        yield msgspec.structs.replace(
            incident,
            code=distinct_code(incident.id, code, often),
            responses=answers.get(i, ()),
        )


def _find_face(
    node: Node, shapes: Mapping[str, Shape], told: Mapping[str, Told]
) -> tuple[str, str]:
    """The id and the code of the incident a node stands for."""
    claims, founder = _find_founder(node, shapes, told)
    return incident_id(founder.id), describe_incident(claims, founder).code


def _find_founder(
    node: Node, shapes: Mapping[str, Shape], told: Mapping[str, Told]
) -> tuple[list[Claim], Claim]:
    """The claims of a node, by id, and the one it is named after."""
    here = [told[name] for name in node.signature.documents]
    by_id = {c.id: c for one in here for c in one.claims}
    claims = [by_id[i] for i in sorted(i for m in node.members for i in shapes[m].claims)]
    return claims, found_by(claims, {d.id: d for one in here if (d := one.document)})


def name_node(
    node: Node, shapes: Mapping[str, Shape], told: Mapping[str, Told], judged: Judged
) -> Incident:
    """The incident that a node stands for, without readings and answers. ``shapes``: by bundle
    id; ``told``: by document id."""
    claims, founder = _find_founder(node, shapes, told)
    described = describe_incident(claims, founder)
    links = _links(node, shapes, founder) + _judged_links(claims, judged)
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


def _links(node: Node, shapes: Mapping[str, Shape], founder: Claim) -> list[Link]:
    """A claim's reason in its document, or, for the first of a document, that of its bundle."""
    found = []
    for bundle in node.members:
        shape = shapes[bundle]
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
