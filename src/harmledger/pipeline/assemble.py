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
from harmledger.link import OriginFinder, Proposer
from harmledger.review import GradeDecision


class Assembled(Value, frozen=True, kw_only=True):
    """Incidents with their readings under the policies asked for; origins by claim id."""

    incidents: tuple[Incident, ...]
    totals: tuple[Total, ...]
    origins: dict[str, Origin]


class Counted(Value, frozen=True, kw_only=True):
    """An incident as it was linked, what else its readings rest on, and it with the readings."""

    proposed: Incident
    rests_on: tuple[object, ...]
    filled: Incident


class Count(Value, frozen=True, kw_only=True):
    """All that counting looks at."""

    claims: dict[str, Claim]
    origins: dict[str, Origin]
    policies: tuple[Policy, ...]
    set_aside: Mapping[str, str]
    decided: dict[str, tuple[Grade, str]]
    as_of: str | None

    def rests_on(self, incident: Incident) -> tuple[object, ...]:
        """What of it one incident's readings rest on."""
        told = [self.claims[i] for i in incident.claims]
        origins = [self.origins.get(i) for i in incident.claims]
        aside = [self.set_aside.get(i) for i in incident.claims] if self.set_aside else None
        decided = self.decided.get(incident.id)
        return (told, origins, aside, decided, self.as_of, self.policies)

    def fill(self, incident: Incident) -> Incident:
        """The incident with its readings."""
        return fill_incident(
            incident,
            self.claims,
            self.origins,
            policies=self.policies,
            as_of=self.as_of,
            set_aside=self.set_aside,
            decided=self.decided.get(incident.id),
        )


class Assembler:
    """Links and counts again and again, each time at the price of what has changed since.

    Nothing here is record: it may be thrown away at any time, and what it gives is equal to what
    a new one would give.
    """

    def __init__(self, *, once: bool = False) -> None:
        """Begin with nothing. ``once``: keep nothing for another time."""
        self._finder, self._proposer = OriginFinder(), Proposer(once=once)
        self._once = once
        self._counted: dict[str, Counted] = {}

    def assemble(
        self,
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
        """See :func:`assemble_incidents`."""
        origins = self._finder.find(claims, documents, groups)
        proposed = self._proposer.propose(claims, responses, documents, judgements, groups)
        count = Count(
            claims={claim.id: claim for claim in claims},
            origins=origins,
            policies=_with_compared(policies),
            set_aside=set_aside or {},
            decided=_match_grades(proposed, grades),
            as_of=as_of,
        )
        filled = [self._fill(incident, count) for incident in proposed]
        held = {incident.id for incident in proposed}
        self._counted = {i: known for i, known in self._counted.items() if i in held}
        totals = tally_totals(claims, filled, origins, as_of=as_of, set_aside=set_aside)
        asked = {policy.name for policy in policies}
        shown = tuple(_finish(incident, asked, standings or {}) for incident in filled)
        return Assembled(incidents=shown, totals=totals, origins=origins)

    def _fill(self, incident: Incident, count: Count) -> Incident:
        """Readings of one incident; one of which nothing changed is taken as it was."""
        if self._once:
            return count.fill(incident)
        rests_on = count.rests_on(incident)
        known = self._counted.get(incident.id)
        if known is None or known.proposed != incident or known.rests_on != rests_on:
            filled = count.fill(incident)
            known = Counted(proposed=incident, rests_on=rests_on, filled=filled)
            self._counted[incident.id] = known
        return known.filled


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
    does it, whatever ``policies`` asks for (R10). To do it again after a small change, keep an
    :class:`Assembler`.

    Raises:
        ValueError: ``as_of`` is no ISO date.
    """
    return Assembler(once=True).assemble(
        documents,
        claims,
        responses,
        groups=groups,
        policies=policies,
        judgements=judgements,
        set_aside=set_aside,
        grades=grades,
        standings=standings,
        as_of=as_of,
    )


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
