"""Figures that one voice has left behind, told again in the same report (reading rule 16).

"The count began with three dead; later nine", "Earlier on Saturday it had confirmed nine": the
older figure is superseded by the newer of the same voice and harm. Two figures of one voice with
no such word stay a range.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from harmledger.core.claim import Claim

_EARLIER = re.compile(
    r"\b(?:earlier|previously|initially|originally|at first|before that|"
    r"first (?:spoke|said|reported|put|gave|counted|announced)|"
    r"began with|it began|up from|risen from|raising an? |lowered? its count from|"
    r"then (?:it )?(?:spoke|reported|said)|later \w+ (?:spoke|reported|said)|up to then|until then|"
    r"had (?:put|given|counted|reported|confirmed|spoken|stood|been put))\b",
    re.I,
)
_REACH = 90


def settle_revisions(text: str, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Mark which claim of a report supersedes which older figure of the same voice and harm."""
    changed = {claim.id: claim for claim in claims}
    for newest in claims:
        if not _is_figure(newest) or is_left_behind(text, newest, claims):
            continue
        older = [c for c in claims if _older(text, c, newest, claims)]
        chain = [newest, *sorted(older, key=lambda c: -c.span.start)]
        for new, old in pairwise(chain):
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


def is_left_behind(text: str, claim: Claim, claims: Sequence[Claim]) -> bool:
    """Whether words before the figure, in its sentence, say that it was told earlier.

    The words must point at this figure: no other figure stands between.
    """
    figure = _figure_start(claim)
    at = text.rfind(claim.span.sentence, 0, claim.span.start + len(claim.span.sentence))
    start = max(at, figure - _REACH, 0)
    lead = text[start : figure + 1]
    cues = [m for m in _EARLIER.finditer(lead) if ";" not in lead[m.end() :]]
    if not cues:
        return False
    end = start + cues[-1].end()
    return not any(end <= _figure_start(other) < figure for other in claims)


def _figure_start(claim: Claim) -> int:
    return next((t.start for t in claim.trace if t.field == "quantity"), claim.span.start)


def _older(text: str, claim: Claim, newest: Claim, claims: Sequence[Claim]) -> bool:
    return (
        claim.id != newest.id
        and _is_figure(claim)
        and claim.harm == newest.harm
        and (claim.quantity.low, claim.quantity.high) != (newest.quantity.low, newest.quantity.high)
        and bool(_speakers(claim, claims) & _speakers(newest, claims))
        and is_left_behind(text, claim, claims)
    )


def _speakers(claim: Claim, claims: Sequence[Claim]) -> set[str]:
    """Who gives a figure; for one without a voice, who gives the next one of its sentence.

    "First it spoke of 500, then of 471, the ministry said": both are the ministry's.
    """
    own = {v.organisation or v.name or v.as_written or "" for v in claim.voice} - {""}
    if own:
        return own
    near = [c for c in claims if c.span.sentence == claim.span.sentence and c.voice]
    after = [c for c in near if c.span.start > claim.span.start]
    for other in (*after[:1], *reversed(near)):
        return {v.organisation or v.name or v.as_written or "" for v in other.voice} - {""}
    return {"the outlet"}
