"""When a new extractor reads the same words again, what a person decided moves with them.

Contract §2, decisions: same harm, same figure, overlapping span: carried over and logged as
carried; otherwise both claims stay and go to review.

A figure is its bounds and its unit (three families are not three persons), and a denial of a
figure does not take over what was decided about an assertion of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.span import overlap
from harmledger.review.standing import find_carries, find_standing_decisions, resolve_claim

_CARRIED = ("accept", "reject", "amend", "set_aside", "same", "different", "unsure")


class Carry(Value, frozen=True, kw_only=True):
    """``decision`` about ``old`` shall hold for ``new``."""

    decision: Decision
    old: str
    new: str


def propose_carries(
    outdated: Iterable[Claim], current: Iterable[Claim], decisions: Sequence[Decision]
) -> tuple[Carry, ...]:
    """What is to be carried and has not been, in the order decided."""
    old = {claim.id: claim for claim in outdated}
    fresh: dict[str, list[Claim]] = {}
    for claim in current:
        if not claim.extractor.startswith("person:"):
            fresh.setdefault(claim.document, []).append(claim)
    standing = find_standing_decisions(decisions)
    carries = find_carries(standing)
    found = []
    for decision in standing:
        if decision.action not in _CARRIED:
            continue
        for about in decision.about:
            holder = resolve_claim(decision.id, about, carries)
            twin = _find_twin(old[holder], fresh) if holder in old else None
            if twin is not None:
                found.append(Carry(decision=decision, old=holder, new=twin.id))
    return tuple(found)


def _find_twin(claim: Claim, fresh: dict[str, list[Claim]]) -> Claim | None:
    """The new claim with the same harm and figure that shares most of the old one's words."""
    twins = [c for c in fresh.get(claim.document, ()) if _agrees(claim, c)]
    return max(twins, key=lambda c: (shared_words(claim, c), -c.span.start, c.id), default=None)


def _agrees(old: Claim, new: Claim) -> bool:
    return (
        (old.harm, old.stance) == (new.harm, new.stance)
        and _figure(old) == _figure(new)
        and shared_words(old, new) > 0
    )


def _figure(claim: Claim) -> tuple[int | None, int | None, str]:
    return claim.quantity.low, claim.quantity.high, claim.quantity.unit


def shared_words(old: Claim, new: Claim) -> int:
    """Code points shared. Offsets of two texts do not compare, so there the words must be equal."""
    if old.text_sha256 == new.text_sha256:
        return overlap((old.span.start, old.span.end), (new.span.start, new.span.end))
    same_words = old.span.quote == new.span.quote or old.span.sentence == new.span.sentence
    return min(len(old.span.quote), len(new.span.quote)) if same_words else 0
