"""Later mentions that tell nothing new: left out, or given the voice they plainly retell.

Reading rule 8a lets a later mention of a harm be left out; a headline sums up its report, so its
figure is the voice's that gives it in the body.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Claim, Harm, claim_id
from harmledger.core.span import Trace
from harmledger.extract.passage import Passage

_DEFINITE = re.compile(r"(?:the|these|those|its|their)\b", re.I)


def drop_retellings(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Without definite plurals ("the dead") that give no figure where the harm was told before. One
    person ("the fatality was a woman") is kept: who it was is told there first."""
    told = {
        claim.harm
        for claim in claims
        if claim.stance == "asserts" and claim.quantity.basis in {"stated", "arithmetic"}
    }
    return tuple(claim for claim in claims if not _retells(claim, told))


def _retells(claim: Claim, told: set[Harm]) -> bool:
    vague = claim.quantity.basis == "word:literal" and claim.part_of is None
    about_people = claim.quantity.unit == "persons" and claim.stance == "asserts"
    return (
        vague
        and about_people
        and claim.services == ()
        and claim.harm in told
        and _DEFINITE.match(claim.span.quote) is not None
    )


def voice_headlines(claims: Sequence[Claim], passages: Sequence[Passage]) -> tuple[Claim, ...]:
    """A headline's figure takes the voice that gives the same figure first in the body; where
    nobody is named there, nobody is for the headline, whoever gives the figure of others later."""
    headings = [(p.start, p.end) for p in passages if p.kind == "heading"]
    by_figure: dict[tuple[object, ...], Claim] = {}
    for claim in claims:
        if not _in_any(claim, headings):
            by_figure.setdefault(_figure(claim), claim)
    voiced = [
        _voiced(claim, by_figure) if _in_any(claim, headings) and not claim.voice else claim
        for claim in claims
    ]
    renamed = {old.id: new.id for old, new in zip(claims, voiced, strict=True)}
    return tuple(_repoint(claim, renamed) for claim in voiced)


def _repoint(claim: Claim, renamed: dict[str, str]) -> Claim:
    """A claim's id holds its voice, so what pointed at a headline's claim points at the new id."""
    return msgspec.structs.replace(
        claim,
        part_of=renamed.get(claim.part_of or "", claim.part_of),
        supersedes=renamed.get(claim.supersedes or "", claim.supersedes),
        about=renamed.get(claim.about or "", claim.about),
    )


def _in_any(claim: Claim, spans: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(spans, claim.span.start, key=lambda span: span[0]) - 1
    return at >= 0 and claim.span.start < spans[at][1]


def _figure(claim: Claim) -> tuple[object, ...]:
    return claim.harm, claim.stance, claim.quantity.low, claim.quantity.high


def _voiced(claim: Claim, by_figure: dict[tuple[object, ...], Claim]) -> Claim:
    other = by_figure.get(_figure(claim))
    if (
        other is None
        or not other.voice
        or (claim.quantity.low is None and claim.quantity.high is None)
    ):
        return claim
    trace = Trace(
        field="voice", start=other.span.start, end=other.span.end, rule="voice:headline_retells"
    )
    return msgspec.structs.replace(
        claim,
        id=claim_id(
            claim.document, claim.text_sha256, claim.span, claim.harm, claim.stance,
            other.voice, claim.quantity,
        ),
        voice=other.voice,
        trace=(*claim.trace, trace),
    )  # fmt: skip
