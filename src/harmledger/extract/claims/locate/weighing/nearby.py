"""What offers of either kind, place or time, share: circumstances and the claims beside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from harmledger.extract.claims.locate.walk import in_one_clause
from harmledger.extract.claims.locate.weighing.asked import Asked
from harmledger.extract.claims.locate.weighing.offers import Offers

T = TypeVar("T")
CARRIED = (
    "of the claim before, same paragraph",
    "of the claim before, another paragraph",
    "told last",
    "told in its section",
    "the first incident told",
    "of a claim beside it",
)
"""Ways to a value said elsewhere that the circumstances of a claim open or close."""
_TELLING = frozenset(
    {"in a list", "a state", "somebody speaks", "of a period", "of a day", "undated",
     "the incident", "its people", "goes on", "a deed of its own", "no person", "another matter",
     "denied", "people treated", "a part", "one person", "displaced", "a sum"}
)  # fmt: skip


def mark_circumstances(
    offers: Offers[T],
    circumstances: Sequence[str],
    ways: Sequence[str],
    *,
    others: bool,
    good: bool,
) -> None:
    """Mark every offer with how the claim is told; what is carried from elsewhere also with
    whether the sentence has ``others`` of its own, and a ``good`` one."""
    telling = [name for name in circumstances if name in _TELLING]
    here = [f"said here, {name}" for name in circumstances]
    elsewhere = [f"said elsewhere, {name}" for name in circumstances]
    for offer in offers:
        near = "here" in offer.marks or "several in one breath" in offer.marks
        for way in [way for way in ways if way in offer.marks]:
            offer.mark(*[f"{way}, {name}" for name in telling])
        offer.mark(*(here if near else elsewhere))
        if not near and others:
            offer.mark("said elsewhere, another named here")
        if not near and good:
            offer.mark("said elsewhere, a good one named here")


def is_beside_in_clause(asked: Asked, number: int) -> bool:
    """Whether the claim beside it stands in the same clause."""
    other = asked.drafts[number]
    return in_one_clause(asked.passage, asked.draft.predicate, other.predicate)
