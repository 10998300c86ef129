"""An incident with everything counted: readings, origins, conflicts, grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from harmledger.core.claim import UNCOUNTED, Claim
from harmledger.core.incident import Grade, Incident, Origin
from harmledger.core.instant import find_instant
from harmledger.core.response import Response
from harmledger.count.conflicts import find_conflicts
from harmledger.count.figures import UNKNOWN_ORIGIN, Figure, figure_of
from harmledger.count.grade import grade_incident
from harmledger.count.statements import find_corrected
from harmledger.count.tally import tally_policies
from harmledger.count.voices import was_said
from harmledger.lexicon.policies import Policy, load_policies


def fill_incident(
    incident: Incident,
    claims: Mapping[str, Claim],
    origins: Mapping[str, Origin],
    *,
    policies: Sequence[Policy] | None = None,
    as_of: str | None = None,
    set_aside: Mapping[str, str] | None = None,
    decided: tuple[Grade, str] | None = None,
) -> Incident:
    """``incident`` with readings under every policy, origins, conflicts and grade.

    ``claims`` must hold the incident's claims by id and may hold more. Responses said after
    ``as_of`` are left out; the others stand in the order they were given.

    Raises:
        KeyError: a claim of the incident is not in ``claims``.
        ValueError: ``as_of`` is no ISO date.
    """
    chosen = load_policies() if policies is None else policies
    told = [claims[i] for i in incident.claims]
    answers = order_responses(r for r in incident.responses if was_said(r.said_at, as_of))
    readings = tally_policies(
        told, origins, chosen, responses=answers, as_of=as_of, set_aside=set_aside
    )
    literal = [r for r in readings if r.policy == "literal"]
    grading = grade_incident(
        told, answers, origins, as_of=as_of, set_aside=set_aside, decided=decided
    )
    return msgspec.structs.replace(
        incident,
        readings=readings,
        origins=origins_of(_standing(told, origins, as_of, set_aside or {}), origins),
        outdated=_outdated(incident, origins),
        responses=answers,
        conflicts=find_conflicts(told, answers, literal, as_of=as_of, set_aside=set_aside),
        grade=grading.grade,
        grade_why=grading.why,
        denied_by=grading.denied_by,
        conceded_by=grading.conceded_by,
        inquiry_by=grading.inquiry_by,
    )


def order_responses(responses: Iterable[Response]) -> tuple[Response, ...]:
    """Answers in the order they were given, undated ones last."""

    def order(response: Response) -> tuple[str, str, int, str]:
        said = find_instant(response.said_at.at)
        when = said[0].isoformat() if said else "9999"
        return (when, response.document, response.span.start, response.id)

    return tuple(sorted(responses, key=order))


def _asserted(told: Iterable[Claim], as_of: str | None) -> list[str]:
    """Who denies or fears a harm is no origin of it."""
    return [
        c.id
        for c in told
        if c.stance == "asserts" and c.modality not in UNCOUNTED and was_said(c.said_at, as_of)
    ]


def _standing(
    told: Iterable[Claim],
    origins: Mapping[str, Origin],
    as_of: str | None,
    set_aside: Mapping[str, str],
) -> list[str]:
    """What is asserted, without what a later version of the same page corrected (R1): who is
    named in the earlier version alone is no second origin."""
    asserted = set(_asserted(told, as_of))
    if not any(c.id in origins and origins[c.id].earlier for c in told):
        return sorted(asserted)
    by_harm: dict[tuple[str, str], list[Figure]] = {}
    for c in told:
        if c.id in asserted and c.id not in set_aside:
            figures = by_harm.setdefault((c.harm, c.quantity.unit), [])
            figures.append(figure_of(c, origins))
    for figures in by_harm.values():
        asserted -= find_corrected(figures).keys()
    return sorted(asserted)


def _outdated(incident: Incident, origins: Mapping[str, Origin]) -> tuple[str, ...]:
    earlier = {d for i in incident.claims if i in origins for d in origins[i].earlier}
    return tuple(d for d in incident.documents if d in earlier)


def origins_of(ids: Iterable[str], origins: Mapping[str, Origin]) -> tuple[Origin, ...]:
    """Each origin once, in the order of their keys."""
    found: dict[str, Origin] = {}
    for i in sorted(ids):
        origin = origins.get(i, UNKNOWN_ORIGIN)
        found.setdefault(
            origin.key, msgspec.structs.replace(origin, outlet="", group="", earlier=())
        )
    return tuple(found[key] for key in sorted(found))
