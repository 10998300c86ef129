"""Whole or some: whether a figure is the voice's number for the incident, or only those it saw.

Contract §2 and reading rule 15: one described person, one family, "we received six bodies" are
floors. A figure of a part is a floor by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.claim import Claim

_SAW = re.compile(
    r"\b(?:we|i|our \w+|the hospital|hospital|morgue|clinic|doctors|medics|the facility)\b[^.]{0,40}?"
    r"\b(?:received|treated|treating|saw|seen|counted|admitted|buried|took in|operated)\b|"
    r"\b(?:carrying|carried|stretcher|wailed|neighbou?r|funeral|named|identified as)\b",
    re.I,
)
_PLUS = re.compile(r"\b(?:unidentified|yet to be identified|not (?:yet )?(?:been )?identified|"
                   r"could not be identified|unaccounted|in addition|besides|a further|another)\b", re.I)  # fmt: skip


def settle_extent(text: str, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Mark the figures that are floors. Looks at all claims of one document at once."""
    return tuple(_settle(claim, claims) for claim in claims)


def _settle(claim: Claim, claims: Sequence[Claim]) -> Claim:
    if claim.quantity.scope != "incident" or claim.harm == "object_struck":
        return claim
    if claim.part_of is not None or _is_floor(claim, claims):
        return msgspec.structs.replace(
            claim, quantity=msgspec.structs.replace(claim.quantity, extent="some")
        )
    return claim


def _is_floor(claim: Claim, claims: Sequence[Claim]) -> bool:
    if claim.quantity.low == 0:
        return False
    if _SAW.search(claim.span.sentence) and claim.quantity.basis != "arithmetic":
        return True
    if _PLUS.search(claim.span.quote) or (
        claim.quantity.as_written is not None and claim.quantity.as_written.lower() == "another"
    ):
        return True
    if claim.quantity.basis not in {"implied", "word:literal"}:
        return False
    larger = any(
        other.harm == claim.harm
        and other.id != claim.id
        and other.quantity.scope == "incident"
        and other.quantity.basis in {"stated", "arithmetic"}
        and (other.quantity.low or other.quantity.high or 0) > (claim.quantity.low or 0)
        for other in claims
    )
    return larger
