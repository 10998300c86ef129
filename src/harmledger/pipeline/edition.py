"""``publish``: the view → what a profile shows → counted again from that alone → an edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from harmledger.core.edition import Edition
from harmledger.core.incident import Grade
from harmledger.core.view import LedgerView
from harmledger.count import fill_incident, tally_sums, tally_totals
from harmledger.lexicon.gazetteer import Gazetteer
from harmledger.lexicon.policies import Policy
from harmledger.lexicon.profiles import Profile
from harmledger.pipeline.held import hold_now
from harmledger.publish.edition import (
    Chosen,
    Counted,
    Holdings,
    Keyed,
    choose_incidents,
    shape_edition,
)
from harmledger.review import GradeDecision, apply_decisions, find_releases


def make_edition(
    view: LedgerView,
    profile: Profile,
    policies: Sequence[Policy],
    *,
    key: bytes,
    gazetteer: Gazetteer,
    made_at: datetime,
) -> Edition:
    """What ``profile`` lets be shown of ``view`` at ``made_at`` (with zone).

    Every reading, sum, total and remainder is counted again from the claims that are shown, so
    that nothing held back can be found by subtraction. ``view`` must hold the ``literal`` policy.
    """
    holdings = find_holdings(view, made_at)
    chosen = choose_incidents(view, profile, holdings, made_at)
    counted = _count(view, chosen, policies)
    return shape_edition(
        view,
        chosen,
        counted,
        profile,
        holdings,
        keyed=Keyed(key),
        gazetteer=gazetteer,
        made_at=made_at,
    )


def find_holdings(view: LedgerView, made_at: datetime) -> Holdings:
    """What people decided about showing, on the incidents as they stand now.

    An incident that was joined or split since is found by the claims it had: every incident that
    now holds one of a withheld incident's claims is withheld.
    """
    releases = find_releases(view.decisions)
    today = made_at.date().isoformat()
    held = [h for h in releases.held if h.until is None or today < h.until]
    back, retracted = hold_now(view, held), hold_now(view, releases.retracted)
    return Holdings(
        held=back,
        retracted=retracted - back,
        released=hold_now(view, releases.released) - back - retracted,
        passages=releases.passages,
        speakers=releases.speakers,
        sources=releases.sources,
    )


def _count(view: LedgerView, chosen: Chosen, policies: Sequence[Policy]) -> Counted:
    claims = {claim.id: claim for claim in chosen.claims}
    effective = apply_decisions(view.claims, view.decisions)
    grades = _grades(view, effective.grades)
    filled = tuple(
        fill_incident(
            incident,
            claims,
            view.origins,
            policies=policies,
            as_of=view.as_of,
            set_aside=effective.set_aside,
            decided=grades.get(incident.id),
        )
        for incident in chosen.incidents
    )
    return Counted(
        incidents=filled,
        totals=tally_totals(
            claims.values(), filled, view.origins, as_of=view.as_of, set_aside=effective.set_aside
        ),
        sums=tally_sums(filled),
        origins=view.origins,
    )


def _grades(view: LedgerView, decided: Sequence[GradeDecision]) -> Mapping[str, tuple[Grade, str]]:
    """A person's grade stands in every edition, on the incidents that hold what was graded; the
    view has already found the one of several that it belongs to."""
    grades = {decision.grade for decision in decided}
    graded = {claim for decision in decided for claim in decision.claims}
    return {
        incident.id: (incident.grade, "")
        for incident in view.incidents
        if incident.grade in grades and graded.intersection(incident.claims)
    }
