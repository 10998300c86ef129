"""Numbers as reports give them: early and low, rounded, in words, partial, corrected later."""

from __future__ import annotations

from random import Random

from harmledger.core.quantity import Extent, Quantity
from harmledger.evals.synthetic.recipe import Recipe

_WORDS = ((200, "hundreds"), (24, "dozens"), (2, "several"))
_SETTLING = 4
"""Days after which a toll is counted in full."""


def say_number(true: int, lag: int, recipe: Recipe, chance: Random) -> Quantity:
    """``true`` people, as told ``lag`` days after; the first days count fewer."""
    known = true
    if lag < _SETTLING and true > 2:
        known = max(1, round(true * chance.uniform(0.5 + 0.1 * lag, 1.05)))
    extent: Extent = "some" if chance.random() < recipe.partial and known > 3 else "whole"
    if extent == "some":
        known = max(1, known // chance.choice((2, 3)))
    draw = chance.random()
    if draw < recipe.in_words and known >= 2:
        low, word = next((low, word) for low, word in _WORDS if known >= low)
        return Quantity(as_written=word, low=low, bound="word", basis="word:literal", extent=extent)
    if draw < recipe.in_words + recipe.rounded and known >= 10:
        return _round(known, extent, chance)
    return Quantity(as_written=str(known), low=known, high=known, bound="exact", extent=extent)


def _round(known: int, extent: Extent, chance: Random) -> Quantity:
    tens = known - known % 10
    draw = chance.randrange(3)
    if draw == 0:
        about = round(known, -1)
        return Quantity(
            as_written=f"about {about}", low=about, high=about, bound="about", extent=extent
        )
    if draw == 1:
        return Quantity(as_written=f"at least {tens}", low=tens, bound="at_least", extent=extent)
    return Quantity(as_written=f"more than {tens - 1}", low=tens, bound="more_than", extent=extent)
