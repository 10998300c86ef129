"""Which decisions still stand, and which claim each now speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.core.decision import Decision

Carries = dict[tuple[str, str], str]
"""(decision, claim) -> the claim that decision now speaks of."""


def find_standing_decisions(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The decisions nobody withdrew. A carried decision falls with the one it carries."""
    gone = {about for d in decisions if d.action == "withdraw" for about in d.about}
    return tuple(
        d
        for d in decisions
        if d.action != "withdraw"
        and d.id not in gone
        and not (d.action == "carry" and d.value is not None and d.value["of"] in gone)
    )


def find_carries(standing: Sequence[Decision]) -> Carries:
    """Every step by which a decision moved from an earlier extractor's claim to a later one's."""
    return {
        (d.value["of"], d.value["from"]): d.value["to"]
        for d in standing
        if d.action == "carry" and d.value is not None
    }


def resolve_claim(decision: str, claim: str, carries: Carries) -> str:
    """The claim that now holds what ``decision`` says of ``claim``: the end of its carries."""
    while (decision, claim) in carries:
        claim = carries[decision, claim]
    return claim
