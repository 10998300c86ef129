"""What a figure without a harm word of its own is read beside: people counted right before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.core.base import Value
from harmledger.core.claim import PERSON_HARMS, Claim, Harm
from harmledger.core.quantity import Figure, Unit
from harmledger.extract.claims.draft import Draft
from harmledger.extract.passage import Passage

_OF_PEOPLE = frozenset({"persons", "households"})
LOOK_BACK = 12
"""How many claims back an antecedent may stand."""


class Antecedent(Value, frozen=True, kw_only=True):
    """The figure a bare one is read beside: a draft of the passage, or a claim told before."""

    harm: Harm
    low: int | None
    unit: Unit = "persons"
    draft: int | None = None
    claim: Claim | None = None


def in_passage(drafts: Sequence[Draft], figure: Figure) -> Antecedent | None:
    """The nearest figure of people before this one."""
    before = [
        (n, d) for n, d in enumerate(drafts)
        if d.figures and d.figures[-1].start < figure.start and d.quantity.unit in _OF_PEOPLE
        and d.harm in (*PERSON_HARMS, "mass_burial") and d.stance == "asserts"
    ]  # fmt: skip
    if not before:
        return None
    number, draft = max(
        before, key=lambda entry: (entry[1].kin is None, entry[1].figures[-1].start)
    )
    return Antecedent(
        harm=draft.harm, low=draft.quantity.low, unit=draft.quantity.unit, draft=number
    )


def told_before(earlier: Sequence[Claim], passage: Passage) -> Antecedent | None:
    """The latest whole figure of people told shortly before."""
    for claim in reversed(earlier[-LOOK_BACK:]):
        counted = claim.quantity.basis in {"stated", "arithmetic"} or any(
            t.field == "quantity" and t.rule.startswith("count:") for t in claim.trace
        )
        people = claim.quantity.unit in _OF_PEOPLE and claim.quantity.low != 0
        whole = claim.part_of is None and claim.stance in {"asserts", "retracts"}
        if counted and people and whole and claim.harm in (*PERSON_HARMS, "mass_burial"):
            return Antecedent(
                harm=claim.harm, low=claim.quantity.low, unit=claim.quantity.unit, claim=claim
            )
    return None


def ends_here(passage: Passage, at: int) -> bool:
    """Whether a clause or an item of a list ends at an offset of the passage."""
    return re.match(r"\s*(?:[.;,)]|and\b|or\b|$)", passage.text[at:]) is not None
