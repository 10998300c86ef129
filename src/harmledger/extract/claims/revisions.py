"""Figures that one voice has left behind, told again in the same report (reading rule 16).

"The count began with three dead; later nine", "Earlier on Saturday it had confirmed nine": the
older figure is superseded by the newer of the same voice and harm. Two figures of one voice with
no such word stay a range.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Claim

_EARLIER = re.compile(
    r"\b(?:earlier|previously|initially|originally|at first|before that|first (?:spoke|said|reported|put|"
    r"gave|counted|announced)|began with|it began|up from|risen from|raising an? |lowered? its count from|"
    r"then (?:it )?(?:spoke|reported|said)|later \w+ (?:spoke|reported|said)|up to then|until then|"
    r"had (?:put|given|counted|reported|confirmed|spoken|stood|been put))\b",
    re.I,
)
_REACH = 90


def settle_revisions(text: str, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Mark which claim of a report supersedes which older figure of the same voice and harm."""
    changed = {claim.id: claim for claim in claims}
    for newest in claims:
        if not _is_figure(newest) or is_left_behind(text, newest):
            continue
        older = [c for c in claims if _older(text, c, newest)]
        chain = [newest, *sorted(older, key=lambda c: -c.span.start)]
        for new, old in zip(chain, chain[1:], strict=False):
            current = changed[new.id]
            if current.supersedes is None:
                changed[new.id] = msgspec.structs.replace(current, supersedes=old.id)
    return tuple(changed[claim.id] for claim in claims)


def _is_figure(claim: Claim) -> bool:
    return (
        claim.stance == "asserts"
        and claim.part_of is None
        and claim.quantity.scope == "incident"
        and claim.quantity.basis in {"stated", "arithmetic"}
        and claim.quantity.extent == "whole"
    )


def is_left_behind(text: str, claim: Claim) -> bool:
    """Whether words before the figure, in its sentence, say that it was told earlier."""
    at = text.rfind(claim.span.sentence, 0, claim.span.start + len(claim.span.sentence))
    start = max(at, claim.span.start - _REACH, 0)
    lead = text[start : claim.span.start + 1]
    clause = re.split(r"[;:]", lead)[-1] if ";" in lead else lead
    return _EARLIER.search(clause) is not None or _EARLIER.match(claim.span.quote) is not None


def _older(text: str, claim: Claim, newest: Claim) -> bool:
    return (
        claim.id != newest.id
        and _is_figure(claim)
        and claim.harm == newest.harm
        and (claim.quantity.low, claim.quantity.high) != (newest.quantity.low, newest.quantity.high)
        and _same_voice(claim, newest)
        and is_left_behind(text, claim)
    )


def _same_voice(a: Claim, b: Claim) -> bool:
    """One body speaks in both, or nobody is named with the older figure."""
    left = {(v.organisation or v.name) for v in a.voice} - {None}
    right = {(v.organisation or v.name) for v in b.voice} - {None}
    return bool(left & right) or not left
