"""Claims by document → origins → incidents one after the other, with readings → totals.

For ledgers that do not fit into memory: what is kept of a claim is its id, its origin and what
linking compares; the claim itself is asked for again when its incident is named and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Judgement
from harmledger.core.incident import Grade, Incident, Origin, Total
from harmledger.core.response import Response
from harmledger.core.told import Told, find_claims
from harmledger.core.view import Standing
from harmledger.count import TotalsTally, fill_incident
from harmledger.lexicon.policies import Policy, load_policies
from harmledger.link import Pages, find_origins, propose_each
from harmledger.review import GradeDecision


class Terms(Value, frozen=True, kw_only=True):
    """What people decided, and what is asked for. ``grades`` are those a person gave; ``as_of``
    is an ISO date."""

    policies: tuple[Policy, ...]
    judgements: tuple[Judgement, ...] = ()
    set_aside: Mapping[str, str] = {}
    grades: tuple[GradeDecision, ...] = ()
    standings: Mapping[str, Standing] = {}
    as_of: str | None = None

    @property
    def counted(self) -> tuple[Policy, ...]:
        """The policies asked for, and those that totals are compared with."""
        asked = {policy.name for policy in self.policies}
        compared = (p for p in load_policies() if p.rule in ("literal", "ucdp"))
        return (*self.policies, *(p for p in compared if p.name not in asked))


class Stream:
    """Iterate once for the incidents, ordered by id; then ask for the totals."""

    def __init__(
        self,
        told: Mapping[str, Told],
        responses: Iterable[Response],
        groups: Mapping[str, str],
        terms: Terms,
    ) -> None:
        """``told``: documents with the claims that count, by id; asked for several times.

        Raises:
            ValueError: ``terms.as_of`` is no ISO date.
        """
        self._told, self._responses, self._terms = told, responses, terms
        series: list[Claim] = []
        self._pages = Pages(terms.judgements, groups)

        def read(name: str, one: Told) -> None:
            self._pages.read(name, one)
            series.extend(c for c in one.claims if c.quantity.scope != "incident")

        self.origins: dict[str, Origin] = find_origins(told, groups, read)
        """By claim id."""
        self._totals = TotalsTally(
            series,
            self.origins,
            as_of=terms.as_of,
            set_aside=terms.set_aside,
        )

    def __iter__(self) -> Iterator[Incident]:
        """Incidents with their readings."""
        terms = self._terms
        proposed: Iterable[Incident] = propose_each(self._told, self._responses, pages=self._pages)
        if terms.grades:
            proposed = tuple(proposed)
            decided = match_grades(proposed, terms.grades)
        else:
            decided = {}
        policies = terms.counted
        for incident in proposed:
            claims = find_claims(self._told, incident.documents)
            filled = fill(incident, claims, self.origins, policies, decided, terms)
            self._totals.add(filled)
            yield finish(filled, terms)

    def totals(self) -> tuple[Total, ...]:
        """Series of totals, compared with every incident that was given out."""
        return self._totals.finish()


def fill(
    incident: Incident,
    claims: Mapping[str, Claim],
    origins: Mapping[str, Origin],
    policies: Sequence[Policy],
    decided: Mapping[str, tuple[Grade, str]],
    terms: Terms,
) -> Incident:
    """``incident`` with its readings under ``policies``."""
    return fill_incident(
        incident,
        claims,
        origins,
        policies=policies,
        as_of=terms.as_of,
        set_aside=terms.set_aside,
        decided=decided.get(incident.id),
    )


def finish(incident: Incident, terms: Terms) -> Incident:
    """Only the readings asked for; reviewed once a person decided about every claim."""
    asked = {policy.name for policy in terms.policies}
    reviewed = all(claim in terms.standings for claim in incident.claims)
    return msgspec.structs.replace(
        incident,
        readings=tuple(r for r in incident.readings if r.policy in asked),
        status="reviewed" if reviewed else incident.status,
    )


def match_grades(
    incidents: Sequence[Incident], grades: Sequence[GradeDecision]
) -> dict[str, tuple[Grade, str]]:
    """A person's grade goes to the incident of that id, else to the one that now holds most of
    the claims it was given for."""
    if not grades:
        return {}
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
