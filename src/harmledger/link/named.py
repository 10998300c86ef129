"""Linked nodes as incidents: id, face, claims, and the reason for every link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.core.ids import derived_id
from harmledger.core.incident import Incident, Link
from harmledger.core.response import Response
from harmledger.core.told import Told
from harmledger.link.bundles import Judged, Reason, Shape
from harmledger.link.describe import Described, describe_incident, distinct_code
from harmledger.link.nodes import Join, Node

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


class Face(Value, frozen=True, kw_only=True):
    """What an incident is called, and the claim it is named after."""

    founder: str
    described: Described

    @property
    def id(self) -> str:
        """The id of the incident."""
        return incident_id(self.founder)


def name_each(
    nodes: Mapping[str, Node],
    shapes: Mapping[str, Shape],
    told: Mapping[str, Told],
    judged: Judged,
    answers: Mapping[str, tuple[Response, ...]],
) -> Iterator[Incident]:
    """Nodes as incidents, ordered by id; only one is in memory at a time. ``answers``: by node.

    Every face is found first: whether another incident bears its code is known at the end only.
    """
    faces = {i: find_face(node, shapes, told) for i, node in nodes.items()}
    often = Counter(face.described.code for face in faces.values())
    for i in sorted(faces, key=lambda i: faces[i].id):
        incident = name_node(nodes[i], shapes, faces.pop(i), judged)
        yield msgspec.structs.replace(
            incident,
            code=distinct_code(incident.id, incident.code, often),
            responses=answers.get(i, ()),
        )


def find_face(node: Node, shapes: Mapping[str, Shape], told: Mapping[str, Told]) -> Face:
    """The face of the incident that a node stands for. ``shapes``: by bundle id; ``told``: by
    document id."""
    here = [told[name] for name in node.signature.documents]
    by_id = {c.id: c for one in here for c in one.claims}
    claims = [by_id[i] for i in _claims_of(node, shapes)]
    founder = found_by(claims, {d.id: d for one in here if (d := one.document)})
    return Face(founder=founder.id, described=describe_incident(claims, founder))


def _claims_of(node: Node, shapes: Mapping[str, Shape]) -> list[str]:
    return sorted(i for m in node.members for i in shapes[m].claims)


def name_node(node: Node, shapes: Mapping[str, Shape], face: Face, judged: Judged) -> Incident:
    """The incident that a node stands for, without readings and answers. ``shapes``: by bundle
    id."""
    claims, described = _claims_of(node, shapes), face.described
    links = _links(node, shapes, face.founder) + _judged_links(claims, judged)
    return Incident(
        id=face.id,
        code=described.code,
        title=described.title,
        place=described.place,
        occurred=described.occurred,
        site=described.site,
        means=described.means,
        claims=tuple(claims),
        documents=tuple(sorted(node.signature.documents)),
        links=tuple(links),
        redirects=tuple(sorted(incident_id(c) for c in claims if c != face.founder)),
    )


def _links(node: Node, shapes: Mapping[str, Shape], founder: str) -> list[Link]:
    """A claim's reason in its document, or, for the first of a document, that of its bundle."""
    found = []
    home = next(m for m in node.members if founder in shapes[m].claims)
    reasons = _find_reasons(node.joins, home)
    for bundle in node.members:
        shape = shapes[bundle]
        across = reasons.get(bundle, _FOUNDS)
        for claim in shape.claims:
            reason = _FOUNDS if claim == founder else shape.reasons.get(claim, across)
            found.append(_link(claim, reason))
    for doubt in node.doubts:
        why = (*doubt.why, "not enough to join")
        found.append(
            Link(claim=doubt.other, judgement="unsure", by=LINKER, score=doubt.score, why=why)
        )
    return sorted(found, key=lambda link: (link.judgement, link.claim))


def _find_reasons(joins: Iterable[Join], home: str) -> dict[str, Reason]:
    """Of every bundle but ``home`` the join that leads from it to there."""
    around: dict[str, list[tuple[str, Reason]]] = {}
    for join in joins:
        around.setdefault(join.left, []).append((join.right, join.reason))
        around.setdefault(join.right, []).append((join.left, join.reason))
    found: dict[str, Reason] = {}
    waiting = [home]
    while waiting:
        for other, reason in around.pop(waiting.pop(), ()):
            if other in around:
                found[other] = reason
                waiting.append(other)
    return found


def _link(claim: str, reason: Reason) -> Link:
    by = reason.by or LINKER
    return Link(claim=claim, judgement="same", by=by, score=reason.score, why=reason.why)


def _judged_links(claims: Iterable[str], judged: Judged) -> list[Link]:
    """Claims a person said are about another incident, kept beside."""
    if not judged.different:
        return []
    apart = {o: by for c in claims for o, by in judged.different.get(c, {}).items()}
    return [
        Link(claim=o, judgement="different", by=by, score=1.0, why=("a person said different",))
        for o, by in sorted(apart.items())
    ]
