"""Later mentions that tell nothing new: left out, or given the voice they plainly retell.

Reading rule 8a lets a later mention of a harm be left out; a headline sums up its report, so its
figure is the voice's that gives it in the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Claim, claim_id
from harmledger.core.span import Trace
from harmledger.extract.passage import Passage

_DEFINITE = re.compile(r"(?:the|these|those|its|their)\b", re.I)


def drop_retellings(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Without definite mentions ("the dead") that give no figure where the harm was told before."""
    kept: list[Claim] = []
    for claim in claims:
        vague = claim.quantity.basis in {"word:literal", "implied"} and claim.part_of is None
        definite = _DEFINITE.match(claim.span.quote) is not None
        told = any(
            other.harm == claim.harm and other.stance == "asserts" and other.id != claim.id
            and other.quantity.basis in {"stated", "arithmetic"}
            for other in claims
        )  # fmt: skip
        about_people = claim.quantity.unit == "persons" and claim.stance == "asserts"
        if not (vague and definite and told and about_people and claim.services == ()):
            kept.append(claim)
    return tuple(kept)


def voice_headlines(claims: Sequence[Claim], passages: Sequence[Passage]) -> tuple[Claim, ...]:
    """A headline's figure takes the voice that gives the same figure in the body."""
    headings = [(p.start, p.end) for p in passages if p.kind == "heading"]
    return tuple(
        _voiced(claim, claims) if _in_any(claim, headings) and not claim.voice else claim
        for claim in claims
    )


def _in_any(claim: Claim, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= claim.span.start < end for start, end in spans)


def _voiced(claim: Claim, claims: Sequence[Claim]) -> Claim:
    figure = (claim.quantity.low, claim.quantity.high)
    for other in claims:
        same = other.harm == claim.harm and (other.quantity.low, other.quantity.high) == figure
        if same and other.voice and other.stance == claim.stance and figure != (None, None):
            trace = Trace(
                field="voice", start=other.span.start, end=other.span.end,
                rule="voice:headline_retells",
            )  # fmt: skip
            return msgspec.structs.replace(
                claim,
                id=claim_id(
                    claim.document, claim.text_sha256, claim.span, claim.harm, claim.stance,
                    other.voice, claim.quantity,
                ),
                voice=other.voice,
                trace=(*claim.trace, trace),
            )  # fmt: skip
    return claim
