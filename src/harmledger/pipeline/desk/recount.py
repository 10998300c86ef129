"""The readings of one incident counted again, from what an index holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from harmledger.core.claim import Claim
from harmledger.core.incident import Grade, Incident
from harmledger.count import fill_incident as fill_readings
from harmledger.index import Index, Shown
from harmledger.lexicon.policies import Policy, load_policies
from harmledger.review import Effective, GradeDecision, apply_decisions


def recount_incident(
    index: Index,
    incident: Incident,
    *,
    policies: Sequence[Policy] | None = None,
    as_of: str | None = None,
) -> Incident:
    """The readings of one incident as of a day, from the claims the index holds.

    Raises:
        ValueError: ``as_of`` is no ISO date.
    """
    members = index.claims(incident.claims)
    decisions = index.decisions_about([incident.id, *incident.redirects, *incident.claims])
    effective = apply_decisions(
        (s.claim for s in members.values()), decisions, find_outdated(members)
    )
    known = {c: s.claim for c, s in members.items()} | {c.id: c for c in effective.live}
    return fill_incident(incident, known, members, effective, policies, as_of)


def fill_incident(
    incident: Incident,
    claims: Mapping[str, Claim],
    members: Mapping[str, Shown],
    effective: Effective,
    policies: Sequence[Policy] | None,
    as_of: str | None,
) -> Incident:
    origins = {c: s.origin for c, s in members.items() if s.origin is not None}
    return fill_readings(
        incident,
        claims,
        origins,
        policies=load_policies() if policies is None else policies,
        as_of=as_of,
        set_aside=effective.set_aside,
        decided=_find_grade(incident, effective.grades),
    )


def _find_grade(incident: Incident, grades: Sequence[GradeDecision]) -> tuple[Grade, str] | None:
    """The latest grade a person gave this incident, under this id or one joined into it."""
    ids = {incident.id, *incident.redirects}
    given = [g for g in grades if g.incident in ids]
    last = given[-1] if given else None
    return (cast("Grade", last.grade), f"{last.reason} ({last.by})") if last else None


def find_outdated(members: Mapping[str, Shown]) -> frozenset[str]:
    """Those that a later extractor no longer reads."""
    return frozenset(c for c, s in members.items() if s.standing == "outdated")
