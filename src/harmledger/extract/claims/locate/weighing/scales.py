"""The weights, and how one offer is chosen by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from harmledger.core.place import Place
from harmledger.core.when import When
from harmledger.extract.claims.draft import Draft
from harmledger.extract.claims.locate.weighing.offers import Offer, Offers
from harmledger.extract.passage import Passage
from harmledger.lexicon.locating import load_locating

T = TypeVar("T")
_MOST = 3
"""Marks that the trace names."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """All that was offered for one claim, for whoever learns weights from it."""

    passage: Passage
    draft: Draft
    places: Offers[Place]
    times: Offers[When]


@dataclass(frozen=True, slots=True)
class Scales:
    """Weights by mark, for places and for times; a mark without a weight counts nothing.
    ``record`` keeps every offer where it is given."""

    places: Mapping[str, float]
    times: Mapping[str, float]
    record: list[Weighed] | None = field(default=None)

    @classmethod
    def load(cls) -> Scales:
        """The weights that ship."""
        weights = load_locating()
        return cls(places=weights.places, times=weights.times)


def choose(offers: Offers[T], weights: Mapping[str, float]) -> Offer[T]:
    """The offer whose marks weigh most; of equals the one found first."""
    return max(offers, key=lambda offer: weigh_marks(offer, weights))


def weigh_marks(offer: Offer[T], weights: Mapping[str, float]) -> float:
    """The sum of the weights of its marks."""
    return sum([weights.get(name, 0.0) * share for name, share in offer.marks.items()])


def main_marks(offer: Offer[T], weights: Mapping[str, float]) -> str:
    """The marks that weigh most for it, in their words."""
    weighed = [(-weights.get(name, 0.0) * share, name) for name, share in offer.marks.items()]
    return "; ".join(name for _, name in sorted(one for one in weighed if one[0] < 0)[:_MOST])
