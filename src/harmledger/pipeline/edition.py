"""``publish``: the view → what a profile shows → counted again from that alone → an edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from harmledger.core.edition import Edition
from harmledger.core.errors import LedgerRefused
from harmledger.core.incident import Grade
from harmledger.core.view import LedgerView
from harmledger.count import fill_incident, tally_sums, tally_totals
from harmledger.ledger import Ledger, SavedHead, find_head, render_head
from harmledger.ledger.editions import Handed, attest
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
    write_edition,
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


def publish_edition(
    ledger: Ledger,
    view: LedgerView,
    edition: Edition,
    key: bytes,
    folder: Path,
    *,
    attested: bool = True,
) -> SavedHead:
    """Write the edition to ``folder`` and a signed entry about it to the ledger it was made from;
    gives the head that lies in the edition as head.json. ``attested``: without it nothing is
    written to the ledger, and the head is the one the edition was computed from.

    Raises:
        LedgerRefused: the ledger was written to since ``view`` was computed.
        WrongUsage: a file that harmledger did not write stands in the way.
    """
    with ledger.records() as records:
        heads = [find_head(records)]
    if heads[0].hash != view.head:
        raise LedgerRefused("the ledger was written to meanwhile; publish again.")
    shown = {claim.ref for incident in edition.incidents for claim in incident.claims}
    shown.update(point.claim for total in edition.totals for point in total.series)
    keyed = Keyed(key)

    def head_of(files: dict[str, str]) -> bytes:
        if attested:
            handed = Handed(
                form="edition",
                profile=edition.profile,
                files=files,
                contents="",
                claims=tuple(sorted(c.id for c in view.claims if keyed.ref("clm", c.id) in shown)),
            )
            heads.append(attest(ledger, handed, view.head))
        return render_head(heads[-1])

    write_edition(edition, folder, head_of)
    return heads[-1]


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
