"""Claims that stand → origins → incidents → readings → grades → totals. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Judgement
from harmledger.core.document import Document
from harmledger.core.incident import Grade, Incident, Origin, Total
from harmledger.core.response import Response
from harmledger.core.view import Standing
from harmledger.count import fill_incident, tally_totals
from harmledger.lexicon.policies import Policy, load_policies
from harmledger.link import propose_incidents, propose_origins
from harmledger.review import GradeDecision


class Assembled(Value, frozen=True, kw_only=True):
    """Incidents with their readings under the policies asked for; origins by claim id."""

    incidents: tuple[Incident, ...]
    totals: tuple[Total, ...]
    origins: dict[str, Origin]


def assemble_incidents(
    documents: Sequence[Document],
    claims: Sequence[Claim],
    responses: Sequence[Response],
    *,
    groups: Mapping[str, str],
    policies: Sequence[Policy],
    judgements: Iterable[Judgement] = (),
    set_aside: Mapping[str, str] | None = None,
    grades: Sequence[GradeDecision] = (),
    standings: Mapping[str, Standing] | None = None,
    as_of: str | None = None,
) -> Assembled:
    """Link and count. The order of what comes in changes nothing.

    ``claims``: those that count. Totals are compared with the ``literal`` readings, and as UCDP
    does it, whatever ``policies`` asks for (R10).

    Raises:
        ValueError: ``as_of`` is no ISO date.
    """
    origins = propose_origins(claims, documents, groups)
    proposed = propose_incidents(claims, responses, documents, judgements, groups)
    by_id = {claim.id: claim for claim in claims}
    counted = _with_compared(policies)
    decided = _match_grades(proposed, grades)
    filled = [
        fill_incident(
            incident,
            by_id,
            origins,
            policies=counted,
            as_of=as_of,
            set_aside=set_aside,
            decided=decided.get(incident.id),
        )
        for incident in proposed
    ]
    totals = tally_totals(claims, filled, origins, as_of=as_of, set_aside=set_aside)
    asked = {policy.name for policy in policies}
    shown = tuple(_finish(incident, asked, standings or {}) for incident in filled)
    return Assembled(incidents=shown, totals=totals, origins=origins)


def _with_compared(policies: Sequence[Policy]) -> tuple[Policy, ...]:
    """Those asked for, and those that totals are compared with."""
    asked = {policy.name for policy in policies}
    compared = (p for p in load_policies() if p.rule in ("literal", "ucdp"))
    return (*policies, *(p for p in compared if p.name not in asked))


def _finish(incident: Incident, asked: set[str], standings: Mapping[str, Standing]) -> Incident:
    """Only the readings asked for; reviewed once a person decided about every claim."""
    reviewed = all(claim in standings for claim in incident.claims)
    return msgspec.structs.replace(
        incident,
        readings=tuple(r for r in incident.readings if r.policy in asked),
        status="reviewed" if reviewed else incident.status,
    )


def _match_grades(
    incidents: Sequence[Incident], grades: Sequence[GradeDecision]
) -> dict[str, tuple[Grade, str]]:
    """A person's grade goes to the incident of that id, else to the one that now holds most of
    the claims it was given for."""
    held = {claim: incident.id for incident in incidents for claim in incident.claims}
    ids = {incident.id for incident in incidents}
    found: dict[str, tuple[Grade, str]] = {}
    for decision in grades:
        homes = [held[claim] for claim in decision.claims if claim in held]
        target = decision.incident if decision.incident in ids else None
        if target is None and homes:
            target = max(sorted(set(homes)), key=homes.count)
        if target is not None:
            why = f"{decision.reason} ({decision.by})"
            found[target] = (cast("Grade", decision.grade), why)
    return found
