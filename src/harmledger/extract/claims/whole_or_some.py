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
    r"\b(?:received|treated|treating|saw|seen|admitted|buried|took in|taken in|operated on|"
    r"carrying|carried|met|interviewed)\s+(?:\w+\s+)?$",
    re.I,
)
_DESCRIBED = re.compile(r"\b(?:stretcher|wailed|funeral|identified as|neighbou?rs?|named)\b", re.I)
_PLUS = re.compile(
    r"\b(?:unidentified|yet to be identified|not (?:yet )?(?:been )?identified|"
    r"could not be identified|without (?:a |their )?names?|unaccounted|in addition|besides|"
    r"a further|another)\b",
    re.I,
)


def settle_extent(text: str, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Mark the figures that are floors. Looks at all claims of one document at once."""
    return tuple(_settle(text, claim, claims) for claim in claims)


def _settle(text: str, claim: Claim, claims: Sequence[Claim]) -> Claim:
    if claim.quantity.scope != "incident" or claim.harm == "object_struck":
        return claim
    if claim.part_of is not None or _is_floor(text, claim, claims):
        return msgspec.structs.replace(
            claim, quantity=msgspec.structs.replace(claim.quantity, extent="some")
        )
    return claim


def _is_floor(text: str, claim: Claim, claims: Sequence[Claim]) -> bool:
    if claim.quantity.low == 0:
        return False
    lead = text[max(0, claim.span.start - 40) : claim.span.start + 12]
    before = lead.split(claim.quantity.as_written or "\0")[0]
    if _SAW.search(before):
        return True
    if claim.quantity.basis == "implied" and _DESCRIBED.search(claim.span.sentence):
        return True
    if _PLUS.search(text[claim.span.start : claim.span.end + 60].split(".")[0]) or (
        claim.quantity.as_written is not None and claim.quantity.as_written.lower() == "another"
    ):
        return True
    if _refers_back(claim, claims):
        return True
    told = any(t.field == "quantity" and not t.rule.startswith("quantity:") for t in claim.trace)
    if claim.quantity.basis not in {"implied", "word:literal"} or told:
        return False  # "dozens" is a figure; a bare plural or one described person is not
    return any(
        other.harm == claim.harm
        and other.quantity.unit == claim.quantity.unit
        and other.id != claim.id
        and other.quantity.scope == "incident"
        and other.quantity.basis in {"stated", "arithmetic"}
        and (other.quantity.low or other.quantity.high or 0) > (claim.quantity.low or 0)
        for other in claims
    )


def _refers_back(claim: Claim, claims: Sequence[Claim]) -> bool:
    """ "the two deaths": people told of before, beside another whole figure of the report."""
    if not re.match(r"(?:the|these|those|both)\b", claim.span.quote, re.I):
        return False
    return any(
        other.harm == claim.harm
        and other.id != claim.id
        and other.part_of is None
        and other.quantity.scope == "incident"
        and other.quantity.basis == "stated"
        and (other.quantity.low, other.quantity.high) != (claim.quantity.low, claim.quantity.high)
        for other in claims
    )
