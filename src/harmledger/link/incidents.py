"""Claims into proposed incidents, with the reason for every link. The machine proposes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harmledger.core.claim import Claim
from harmledger.core.decision import Judgement
from harmledger.core.document import Document
from harmledger.core.incident import Incident
from harmledger.core.response import Response
from harmledger.link.named import incident_id
from harmledger.link.proposer import Proposer
from harmledger.link.reach import Distance

__all__ = ["incident_id", "propose_incidents"]


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
    proposer = Proposer(distance, once=True)
    return proposer.propose(claims, responses, documents, judgements, groups)
