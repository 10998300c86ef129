"""Taking a decision: what is known is read, the decision built and written while nobody else can
write, together with what it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from harmledger.core.decision import Decision
from harmledger.ledger import Clock, Effect, Ledger, Records, utc_clock
from harmledger.lexicon.policies import load_policies
from harmledger.review import (
    SHOWING,
    Decided,
    Known,
    Signature,
    apply_decisions,
    find_releases,
    find_showing,
)

Decide = Callable[[Records, Known, Signature], Decided]


def decide_on(
    ledger: Ledger,
    claims: Sequence[str],
    by: str,
    reason: str,
    decide: Decide,
    *,
    incidents: Mapping[str, tuple[str, ...]] | None = None,
    clock: Clock = utc_clock,
) -> Decided:
    """Build and write a decision about ``claims`` (ids) in one step; ``ledger`` is open for
    writing. ``incidents``: claims by incident id, for decisions about incidents.

    Raises:
        LedgerRefused: no name, no reason, or the record cannot take it.
    """
    taken: list[Decided] = []

    def build(records: Records, prev: str) -> tuple[Decided, Effect]:
        sign = Signature(by=by, reason=reason, at=clock().isoformat(), prev=prev)
        known = find_known(records, claims, incidents)
        decided = decide(records, known, sign)
        taken.append(decided)
        return decided, find_effect(known, decided.decision)

    ledger.decide(build)
    return taken[-1]


def find_known(
    records: Records,
    claims: Sequence[str],
    incidents: Mapping[str, tuple[str, ...]] | None = None,
) -> Known:
    """What the record knows of these claims, and every decision."""
    found = {claim: records.find_claim(claim) for claim in claims}
    return Known(
        claims={claim: known.claim for claim, known in found.items() if known is not None},
        decisions={decision.id: decision for decision in records.decisions()},
        incidents=dict(incidents or {}),
    )


def find_effect(known: Known, decision: Decision) -> Effect:
    """What stood before and stands after, by claim; what may be shown, for decisions about that;
    for other things, the decision's value."""
    earlier = tuple(known.decisions.values())
    ids = [about for about in decision.about if about in known.claims]
    policy = tuple(policy.name for policy in load_policies())
    if decision.action in SHOWING:
        return find_showing_effect(earlier, decision)
    if not ids:
        value: Any = decision.value or decision.action
        return Effect(after=dict.fromkeys(decision.about, value), policy=policy)
    claims = [known.claims[claim] for claim in ids]
    before, after = (
        apply_decisions(claims, taken).standings for taken in (earlier, (*earlier, decision))
    )
    return Effect(
        before={claim: before.get(claim, "proposed") for claim in ids},
        after={claim: after.get(claim, "proposed") for claim in ids},
        policy=policy,
    )


def find_showing_effect(earlier: Sequence[Decision], decision: Decision) -> Effect:
    """What could be shown before and can be after, by what the decision is about."""
    before, after = (
        {about: find_showing(find_releases(taken), about) for about in decision.about}
        for taken in (tuple(earlier), (*earlier, decision))
    )
    return Effect(before=before, after=after, policy=tuple(p.name for p in load_policies()))
