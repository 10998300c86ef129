"""What the words of one sentence say beyond its claim: hours, a blow after another, spots, and
whether it tells of another incident or points at one already told.

A sentence is looked at once for all its claims.
"""

from __future__ import annotations

from functools import lru_cache

from harmledger.core.base import Value
from harmledger.lexicon.linking import load_linking
from harmledger.link.hours import find_hours, find_order
from harmledger.link.spots import Spot, find_spots


class Wording(Value, frozen=True, kw_only=True):
    """See the functions that find each."""

    hours: frozenset[int]
    order: int
    spots: frozenset[Spot]
    another: bool
    definite: bool


@lru_cache(maxsize=4096)
def read_wording(sentence: str) -> Wording:
    """All of it, for one sentence."""
    lexicon = load_linking()
    order = find_order(sentence)
    return Wording(
        hours=find_hours(sentence),
        order=order,
        spots=find_spots(sentence),
        another=order == 2 or lexicon.another.search(sentence) is not None,
        definite=lexicon.definite.search(sentence) is not None,
    )
