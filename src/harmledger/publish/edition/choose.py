"""Which incidents and claims a profile shows at a moment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import UNCOUNTED, Claim
from harmledger.core.incident import Incident
from harmledger.core.view import LedgerView
from harmledger.lexicon.profiles import Profile

MOVING_SITES = ("aid_convoy", "evacuation_convoy")
MOVING_HARMS = ("displaced", "access_denied")
NOT_COUNTED = ("rejected", "amended", "carried", "outdated", "withdrawn")


class Holdings(Value, frozen=True, kw_only=True):
    """What people decided about showing, as the corridor hands it in. ``held``, ``retracted`` and
    ``released`` are incident ids of this view; passages and speakers are claim ids."""

    held: frozenset[str] = frozenset()
    retracted: frozenset[str] = frozenset()
    released: frozenset[str] = frozenset()
    passages: frozenset[str] = frozenset()
    speakers: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()


class Chosen(Value, frozen=True, kw_only=True):
    """Incidents with only their shown claims (readings are to be counted again from those), the
    claims of totals that may be shown, and what stays behind."""

    incidents: tuple[Incident, ...]
    claims: tuple[Claim, ...]
    withheld: tuple[str, ...]
    retracted: tuple[str, ...]


def choose_incidents(
    view: LedgerView, profile: Profile, holdings: Holdings, made_at: datetime
) -> Chosen:
    """What ``profile`` shows at ``made_at`` (with zone).

    Feared, predicted and conditional claims never appear, nor do evacuations, flight or aid
    movements that are not known to be over.
    """
    over_by = made_at.date() - timedelta(days=profile.settled_days)
    published = {document.id: document.published_at for document in view.documents}
    shown = {
        claim.id: claim
        for claim in view.claims
        if view.standings.get(claim.id) not in NOT_COUNTED
        and claim.modality not in UNCOUNTED
        and not _is_moving(claim, published.get(claim.document), over_by)
    }
    back = holdings.held | holdings.retracted
    incidents = [
        cut
        for incident in view.incidents
        if incident.id not in back
        and (cut := _cut(incident, shown)) is not None
        and _is_asked_for(cut, shown, profile)
    ]
    hidden = {c for i in view.incidents if i.id in back for c in i.claims}
    return Chosen(
        incidents=tuple(incidents),
        claims=tuple(claim for claim in shown.values() if claim.id not in hidden),
        withheld=tuple(i.id for i in view.incidents if i.id in holdings.held),
        retracted=tuple(i.id for i in view.incidents if i.id in holdings.retracted),
    )


def _is_moving(claim: Claim, published: str | None, over_by: date) -> bool:
    """An evacuation, flight or aid movement not known to have ended by ``over_by``."""
    moves = claim.harm in MOVING_HARMS or (
        claim.site is not None and claim.site.kind in MOVING_SITES
    )
    if not moves:
        return False
    last = (claim.occurred.latest if claim.occurred else None) or claim.said_at.at or published
    return last is None or last[:10] > over_by.isoformat()


def _cut(incident: Incident, shown: Mapping[str, Claim]) -> Incident | None:
    """The incident with its shown claims; None when none is left that asserts anything."""
    kept = tuple(claim for claim in incident.claims if claim in shown)
    if not any(shown[claim].stance == "asserts" for claim in kept):
        return None
    return msgspec.structs.replace(incident, claims=kept)


def _is_asked_for(incident: Incident, shown: Mapping[str, Claim], profile: Profile) -> bool:
    if not (profile.only_sites or profile.only_roles):
        return True
    claims = [shown[claim] for claim in incident.claims]
    return _is_about(claims, profile) or (
        incident.site is not None and incident.site.kind in profile.only_sites
    )


def _is_about(claims: Iterable[Claim], profile: Profile) -> bool:
    return any(
        (claim.site is not None and claim.site.kind in profile.only_sites)
        or any(role in profile.only_roles for role in claim.victims.roles)
        for claim in claims
    )
