"""Claims that stand → origins → incidents → readings → grades → totals. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Judgement
from harmledger.core.document import Document
from harmledger.core.incident import Incident, Origin, Total
from harmledger.core.response import Response
from harmledger.core.told import gather_told
from harmledger.core.view import Standing
from harmledger.count import tally_totals
from harmledger.lexicon.policies import Policy
from harmledger.link import OriginFinder, Proposer
from harmledger.pipeline.stream import Stream, Terms, fill, finish, match_grades
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


class Assembler:
    """Links and counts again and again, each time at the price of what has changed since.

    Nothing here is record: it may be thrown away at any time, and what it gives is equal to what
    a new one would give.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._finder, self._proposer = OriginFinder(), Proposer()
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
        terms = _terms(policies, judgements, set_aside, grades, standings, as_of)
        told = gather_told(claims, documents)
        origins = self._finder.find_told(told, groups)
        proposed = self._proposer.propose_told(told, responses, terms.judgements, groups)
        by_id = {claim.id: claim for claim in claims}
        filled = self._fill_all(proposed, by_id, origins, terms)
        totals = tally_totals(claims, filled, origins, as_of=as_of, set_aside=set_aside)
        shown = tuple(finish(incident, terms) for incident in filled)
        return Assembled(incidents=shown, totals=totals, origins=origins)

    def _fill_all(
        self,
        proposed: Sequence[Incident],
        claims: Mapping[str, Claim],
        origins: Mapping[str, Origin],
        terms: Terms,
    ) -> list[Incident]:
        """Readings of every incident; one of which nothing changed is taken as it was."""
        decided, policies = match_grades(proposed, terms.grades), terms.counted
        counted: dict[str, Counted] = {}
        for incident in proposed:
            told = [claims[i] for i in incident.claims]
            rests = [origins.get(i) for i in incident.claims]
            aside = [terms.set_aside.get(i) for i in incident.claims] if terms.set_aside else None
            rests_on = (told, rests, aside, decided.get(incident.id), terms.as_of, policies)
            known = self._counted.get(incident.id)
            if known is None or known.proposed != incident or known.rests_on != rests_on:
                filled = fill(incident, claims, origins, policies, decided, terms)
                known = Counted(proposed=incident, rests_on=rests_on, filled=filled)
            counted[incident.id] = known
        self._counted = counted
        return [known.filled for known in counted.values()]


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
    :class:`Assembler`; for more claims than memory holds, a :class:`Stream`.

    Raises:
        ValueError: ``as_of`` is no ISO date.
    """
    terms = _terms(policies, judgements, set_aside, grades, standings, as_of)
    stream = Stream(gather_told(claims, documents), responses, groups, terms)
    incidents = tuple(stream)
    return Assembled(incidents=incidents, totals=stream.totals(), origins=stream.origins)


def _terms(
    policies: Sequence[Policy],
    judgements: Iterable[Judgement],
    set_aside: Mapping[str, str] | None,
    grades: Sequence[GradeDecision],
    standings: Mapping[str, Standing] | None,
    as_of: str | None,
) -> Terms:
    return Terms(
        policies=tuple(policies),
        judgements=tuple(judgements),
        set_aside=set_aside or {},
        grades=tuple(grades),
        standings=standings or {},
        as_of=as_of,
    )
