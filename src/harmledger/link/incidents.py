"""Claims into proposed incidents, with the reason for every link. The machine proposes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from harmledger.core.claim import Claim
from harmledger.core.decision import Judgement
from harmledger.core.document import Document
from harmledger.core.ids import derived_id
from harmledger.core.incident import Incident, Link
from harmledger.core.response import Response
from harmledger.lexicon.linking import load_linking
from harmledger.link.answers import attach_responses
from harmledger.link.bundles import Bundle, Judged, Reason, read_judgements
from harmledger.link.clusters import Edge, Joined, join_bundles
from harmledger.link.describe import describe_incident, distinguish_codes
from harmledger.link.reach import Distance
from harmledger.link.within import bundle_document

LINKER = "harmledger-link@1"
_FOUNDS = Reason(score=1.0, why=("founds the incident",))


def propose_incidents(
    claims: Iterable[Claim],
    responses: Iterable[Response],
    documents: Iterable[Document],
    judgements: Iterable[Judgement] = (),
    groups: Mapping[str, str] | None = None,
    *,
    distance: Distance | None = None,
) -> tuple[Incident, ...]:
    """Incidents without readings, ordered by id. Order of arrival changes nothing.

    Args:
        claims: any claims; totals (scope other than ``incident``) are passed over (R3).
        responses: parties' answers; each goes to at most one incident.
        documents: the documents of the claims.
        judgements: what people decided; ``same`` joins, ``different`` keeps apart, also along a
            chain, ``unsure`` binds nobody.
        groups: document id to origin group (``propose_origin_groups``).
        distance: kilometres between two places, None when one has no point; great circle by
            default.

    An incident's id is a hash of its founding claim: the one of the earliest published document,
    then lowest document id, then position. ``redirects`` holds the id the incident would have
    under each of its other claims, so an id given out earlier still leads here.
    """
    by_id = {d.id: d for d in documents}
    told = [c for c in claims if c.quantity.scope == "incident"]
    judged = read_judgements([(j.left, j.right, j.judgement, j.by) for j in judgements])
    bundles, apart = _bundle(told, by_id, groups or {}, judged, distance)
    joined = join_bundles(bundles, apart, judged, load_linking(), distance)
    proposed = _name(joined, bundles, by_id, judged)
    answered = attach_responses(proposed, bundles, joined, responses, by_id, distance)
    return distinguish_codes(sorted(answered, key=lambda i: i.id))


def _bundle(
    told: Sequence[Claim],
    documents: Mapping[str, Document],
    groups: Mapping[str, str],
    judged: Judged,
    distance: Distance | None,
) -> tuple[list[Bundle], list[frozenset[int]]]:
    """All documents' bundles in one list, and for each the positions it is kept apart from."""
    by_document: dict[str, list[Claim]] = {}
    for claim in told:
        by_document.setdefault(claim.document, []).append(claim)
    lexicon = load_linking()
    bundles: list[Bundle] = []
    apart: list[frozenset[int]] = []
    for name in sorted(by_document):
        document, group = documents.get(name), groups.get(name, name)
        own = bundle_document(by_document[name], document, group, judged, lexicon, distance)
        first = len(bundles)
        bundles += own
        apart += [frozenset(first + p for p in bundle.apart) for bundle in own]
    return bundles, apart


def found_by(claims: Iterable[Claim], documents: Mapping[str, Document]) -> Claim:
    """The claim an incident is named after."""

    def order(claim: Claim) -> tuple[str, str, int, str]:
        document = documents.get(claim.document)
        published = (document.published_at if document else None) or "9999"
        return (published, claim.document, claim.span.start, claim.id)

    return min(claims, key=order)


def incident_id(claim: str) -> str:
    """The id of the incident that ``claim`` founds."""
    return derived_id("inc", claim)


def _name(
    joined: Sequence[Joined],
    bundles: Sequence[Bundle],
    documents: Mapping[str, Document],
    judged: Judged,
) -> list[Incident]:
    named = []
    for one in joined:
        held = [bundles[p] for p in one.members]
        claims = sorted((c for b in held for c in b.claims), key=lambda c: c.id)
        founder = found_by(claims, documents)
        links = _links(one, bundles, founder)
        links += _judged_links(claims, judged)
        described = describe_incident(claims, founder)
        named.append(
            Incident(
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
        )
    return named


def _links(one: Joined, bundles: Sequence[Bundle], founder: Claim) -> list[Link]:
    """A claim's reason in its document, or, for the first of a document, that of its bundle."""
    found = []
    for position in one.members:
        bundle = bundles[position]
        across = one.reasons.get(position, _FOUNDS)
        for claim in bundle.claims:
            reason = bundle.reasons.get(claim.id, across)
            found.append(_link(claim.id, _FOUNDS if claim is founder else reason))
    asked = Counter[str]()
    for edge in one.unsure:
        other = _other_side(edge, one, bundles)
        asked[other] += 1
        if asked[other] == 1:
            why = (*edge.why, "not enough to join")
            found.append(
                Link(claim=other, judgement="unsure", by=LINKER, score=edge.score, why=why)
            )
    return sorted(found, key=lambda link: (link.judgement, link.claim))


def _other_side(edge: Edge, one: Joined, bundles: Sequence[Bundle]) -> str:
    return bundles[edge.right if edge.left in one.members else edge.left].id


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
