"""From claims to tuples: what a text says in all of who was killed and who was injured.

An answer key holds every group of victims once, however often the message tells of it; claims are
one a telling. This projection belongs to the measure alone, no count of the product uses it:

1. Only killed and injured, asserted, stated, alleged or possible, direct, of one incident. The
   keys leave out combatants, and totals over months.
2. ``killed_or_injured`` has no counterpart and is left out, zeros too.
3. A whole that was only summed up from its members stands back for them; other parts stand back
   for their whole, as the keys take the group that the message counts.
4. Two tellings of the same number are one, unless they name different persons. A single person
   and a group are never one.
5. Bounds become the key's notation: at least five ``5-``, up to five ``-5``, about five ``5``, a
   word or a bare plural ``PLURAL``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.core.claim import Claim
from harmledger.core.quantity import Quantity
from harmledger.evals.muc4.keys import PLURAL, Tuple

_EFFECTS = {"killed": "DEATH", "injured": "INJURY"}
_TOLD = frozenset({"stated", "alleged", "possible"})


def project_claims(claims: Sequence[Claim]) -> tuple[Tuple, ...]:
    """The multiset of tuples that the claims of one text say, sorted."""
    return tuple(sorted((_EFFECTS[c.harm], write_number(c.quantity)) for c in keep_claims(claims)))


def keep_claims(claims: Sequence[Claim]) -> list[Claim]:
    """One claim for each group of victims, in text order."""
    told = [claim for claim in claims if _is_asked(claim)]
    summed = {c.part_of for c in told if c.part_of}
    kept: list[Claim] = []
    for claim in told:
        if claim.part_of is not None and not _whole_is_a_sum(claim, claims):
            continue
        if claim.quantity.basis == "arithmetic" and claim.id in summed:
            continue
        if not any(_tells_again(claim, other) for other in kept):
            kept.append(claim)
    return kept


def _is_asked(claim: Claim) -> bool:
    return (
        claim.harm in _EFFECTS
        and claim.stance == "asserts"
        and claim.modality in _TOLD
        and claim.cause != "indirect"
        and claim.victims.status != "combatant"
        and claim.quantity.unit == "persons"
        and claim.quantity.scope == "incident"
        and claim.quantity.high != 0
    )


def _whole_is_a_sum(part: Claim, claims: Sequence[Claim]) -> bool:
    whole = next((c for c in claims if c.id == part.part_of), None)
    return whole is None or whole.quantity.basis == "arithmetic"


def _tells_again(claim: Claim, other: Claim) -> bool:
    if claim.harm != other.harm or write_number(claim.quantity) != write_number(other.quantity):
        return False
    mine, theirs = _names(claim), _names(other)
    return not mine or not theirs or bool(mine & theirs)


def _names(claim: Claim) -> frozenset[str]:
    """Words of personal names, where the claim names somebody."""
    if not claim.victims.named:
        return frozenset()
    return frozenset(w for w in re.findall(r"\w+", claim.victims.as_written or "") if len(w) > 2)


def write_number(quantity: Quantity) -> str:
    """A quantity as the key writes numbers."""
    low, high = quantity.low, quantity.high
    if quantity.basis.startswith("word") or (low is None and high is None):
        return PLURAL
    if low is not None and high is not None:
        return str(low) if low == high else f"{low}-{high}"
    if low is None:
        return f"-{high}"
    return f"{low - 1 if quantity.bound == 'more_than' else low}-"
