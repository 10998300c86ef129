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


@lru_cache(maxsize=4096)
def read_wording(sentence: str) -> Wording:
    """All that is compared across documents, for one sentence."""
    return Wording(
        hours=find_hours(sentence), order=find_order(sentence), spots=find_spots(sentence)
    )


@lru_cache(maxsize=4096)
def says_another(sentence: str) -> bool:
    """It begins to tell of another incident."""
    another = load_linking().another.search(sentence) is not None
    return another or read_wording(sentence).order == 2


@lru_cache(maxsize=4096)
def is_definite(sentence: str) -> bool:
    """It points at an incident already told ("the strike")."""
    return load_linking().definite.search(sentence) is not None
