"""Blind double coding: how far two people agree about the same claims, field by field.

A coder's answer about a claim is the claim as it stands after that coder's last decision: the
machine's when accepted, the coder's own when amended, nothing when rejected. Cohen's kappa
(Cohen 1960) is agreement beyond what the two coders' own habits would give by chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.review.standing import find_standing_decisions

_ANSWERS = ("accept", "amend", "reject")


class FieldAgreement(Value, frozen=True, kw_only=True):
    """``claims`` both coders answered with a claim; ``kappa`` is None where chance alone agrees
    always (one value only)."""

    field: str
    claims: int
    agreed: int
    kappa: float | None


_FIELDS: Mapping[str, Callable[[Claim], Any]] = {
    "span": lambda c: (c.span.start, c.span.end),
    "harm": lambda c: c.harm,
    "stance": lambda c: c.stance,
    "modality": lambda c: c.modality,
    "cause": lambda c: c.cause,
    "low": lambda c: c.quantity.low,
    "high": lambda c: c.quantity.high,
    "unit": lambda c: c.quantity.unit,
    "scope": lambda c: c.quantity.scope,
    "extent": lambda c: c.quantity.extent,
    "status": lambda c: c.victims.status,
    "age": lambda c: c.victims.age,
    "sex": lambda c: c.victims.sex,
    "roles": lambda c: tuple(sorted(c.victims.roles)),
    "site": lambda c: None if c.site is None else c.site.kind,
    "place": lambda c: None if c.place is None else (c.place.gazetteer_id, c.place.name),
    "occurred": lambda c: None if c.occurred is None else c.occurred.edtf,
    "voice": lambda c: tuple(v.name or v.organisation or v.role for v in c.voice),
    "alleged_perpetrator": lambda c: c.alleged_perpetrator and c.alleged_perpetrator.name,
}


def find_coders(decisions: Sequence[Decision]) -> tuple[str, ...]:
    """Everybody who accepted, amended or rejected, by name."""
    return tuple(sorted({d.by for d in decisions if d.action in _ANSWERS}))


def tally_agreement(
    left: str, right: str, decisions: Sequence[Decision], claims: Mapping[str, Claim]
) -> tuple[FieldAgreement, ...]:
    """Agreement of two coders; first whether there is a claim at all, then field by field where
    both say there is one. Empty when they answered about no claim in common."""
    one, other = (_answers(by, decisions, claims) for by in (left, right))
    common = sorted(one.keys() & other.keys())
    if not common:
        return ()
    both = [(a, b) for a, b in ((one[c], other[c]) for c in common) if a and b]
    there = [(one[c] is not None, other[c] is not None) for c in common]
    fields = [
        _compare(name, [(read(a), read(b)) for a, b in both])
        for name, read in (_FIELDS.items() if both else ())
    ]
    return (_compare("is a claim", there), *fields)


def _answers(
    by: str, decisions: Sequence[Decision], claims: Mapping[str, Claim]
) -> dict[str, Claim | None]:
    """The coder's last answer by the machine's claim; None: there is no claim."""
    found: dict[str, Claim | None] = {}
    for decision in find_standing_decisions(decisions):
        if decision.by != by or decision.action not in _ANSWERS:
            continue
        for about in decision.about:
            mine = (decision.value or {}).get("claim") if decision.action == "amend" else about
            found[about] = None if decision.action == "reject" else claims.get(str(mine))
    return found


def _compare(field: str, pairs: Sequence[tuple[Any, Any]]) -> FieldAgreement:
    agreed = sum(a == b for a, b in pairs)
    lefts, rights = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(lefts[value] * rights[value] for value in lefts) / len(pairs) ** 2
    observed = agreed / len(pairs)
    kappa = None if chance == 1 else (observed - chance) / (1 - chance)
    return FieldAgreement(field=field, claims=len(pairs), agreed=agreed, kappa=kappa)
