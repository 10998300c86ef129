"""Figures that one voice has left behind, told again in the same report (reading rule 16).

"The count began with three dead; later nine", "Earlier on Saturday it had confirmed nine": the
older figure is superseded by the newer of the same voice and harm. Two figures of one voice with
no such word stay a range.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from harmledger.core.claim import Claim

_EARLIER = re.compile(
    r"\b(?:earlier|previously|initially|originally|at first|before that|"
    r"first (?:spoke|said|reported|put|gave|counted|announced)|"
    r"began with|it began|up from|risen from|raising an? |lowered? its count from|"
    r"then (?:it )?(?:spoke|reported|said)|later \w+ (?:spoke|reported|said)|up to then|until then|"
    r"had (?:put|given|counted|reported|confirmed|spoken|stood|been put))\b|"
    r"\bit had been (?:only |just |about )?\w$",
    re.I,
)
_REACH = 90
_WINDOW = 3000
"""Code points within which a voice's older figure is looked for."""
_MOST = 20


def settle_revisions(text: str, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Mark which claim of a report supersedes which older figure of the same voice and harm.

    Looks for the older figure within a few thousand code points, so that the cost grows with the
    length of the report and not with its square.
    """
    starts = sorted(_figure_start(claim) for claim in claims)
    by_sentence: dict[str, list[Claim]] = {}
    for number, claim in enumerate(claims):
        spoken = _as_told_before(claim, claims[max(number - _MOST, 0) : number])
        by_sentence.setdefault(claim.span.sentence, []).append(spoken)
    voiced = {claim.id: claim for held in by_sentence.values() for claim in held}
    figures = [claim for claim in claims if _is_figure(claim)]
    behind = {claim.id for claim in figures if is_left_behind(text, claim, starts)}
    changed = {claim.id: claim for claim in claims}
    older = [claim for claim in figures if claim.id in behind]
    places = [claim.span.start for claim in older]
    for newest in figures:
        if newest.id in behind:
            continue
        first = bisect_left(places, newest.span.start - _WINDOW)
        last = bisect_left(places, newest.span.start + _WINDOW)
        near = [c for c in older[first:last] if _older(voiced[c.id], newest, by_sentence)]
        chain = [newest, *sorted(near, key=lambda claim: -claim.span.start)]
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


def is_left_behind(text: str, claim: Claim, starts: Sequence[int]) -> bool:
    """Whether words before the figure, in its sentence, say that it was told earlier.

    The words must point at this figure: no other figure stands between. ``starts`` are where all
    figures of the text stand, in order.
    """
    figure = _figure_start(claim)
    window = max(claim.span.start - len(claim.span.sentence), 0)
    at = text.rfind(claim.span.sentence, window, claim.span.start + len(claim.span.sentence))
    start = max(at, figure - _REACH, 0)
    lead = text[start : figure + 1]
    cues = [m for m in _EARLIER.finditer(lead) if ";" not in lead[m.end() :]]
    if not cues:
        return False
    after = bisect_left(starts, start + cues[-1].end())
    return after >= len(starts) or starts[after] >= figure


def _as_told_before(claim: Claim, before: Sequence[Claim]) -> Claim:
    """ "The agency put the dead at 30. At first it had been 19": a figure of what was told, with no
    voice of its own, is weighed as that voice's. What is recorded stays as read."""
    if claim.voice or not any(trace.rule == "figure:it_is" for trace in claim.trace):
        return claim
    told = next((c for c in reversed(before) if c.harm == claim.harm and c.voice), None)
    return msgspec.structs.replace(claim, voice=told.voice) if told is not None else claim


def _figure_start(claim: Claim) -> int:
    return next((t.start for t in claim.trace if t.field == "quantity"), claim.span.start)


def _older(claim: Claim, newest: Claim, by_sentence: dict[str, list[Claim]]) -> bool:
    return (
        claim.id != newest.id
        and claim.harm == newest.harm
        and (claim.quantity.low, claim.quantity.high) != (newest.quantity.low, newest.quantity.high)
        and bool(_speakers(claim, by_sentence) & _speakers(newest, by_sentence))
    )


def _speakers(claim: Claim, by_sentence: dict[str, list[Claim]]) -> set[str]:
    """Who gives a figure; for one without a voice, who gives the next one of its sentence.

    "First it spoke of 500, then of 471, the ministry said": both are the ministry's.
    """
    own = {v.organisation or v.name or v.as_written or "" for v in claim.voice} - {""}
    if own:
        return own
    near = [c for c in by_sentence.get(claim.span.sentence, ())[:_MOST] if c.voice]
    after = [c for c in near if c.span.start > claim.span.start]
    for other in (*after[:1], *reversed(near)):
        return {v.organisation or v.name or v.as_written or "" for v in other.voice} - {""}
    return {"the outlet"}
