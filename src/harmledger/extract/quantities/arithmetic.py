"""Adding figures up, with their bounds (contract §3: arithmetic, parts kept)."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.core.quantity import Bound, Figure, Quantity


def sum_figures(parts: Sequence[Figure | Quantity]) -> Quantity:
    """The sum of ``parts`` as an ``arithmetic`` quantity.

    Lows add; a part with no stated low adds nothing to the low. One part without a high leaves
    the sum without one. ``parts`` keeps each addend's low, or its high where no low is stated.

    Raises:
        ValueError: there is nothing to add.
    """
    if not parts:
        raise ValueError("cannot add up no figures; give at least one")
    lows = [part.low for part in parts if part.low is not None]
    highs = [part.high for part in parts if part.high is not None]
    low = sum(lows) if lows else None
    high = sum(highs) if len(highs) == len(parts) else None
    kept = tuple(
        n for n in ((p.low if p.low is not None else p.high) for p in parts) if n is not None
    )
    return Quantity(
        low=low, high=high, bound=_bound(parts, low, high), basis="arithmetic", parts=kept
    )


def _bound(parts: Sequence[Figure | Quantity], low: int | None, high: int | None) -> Bound:
    bounds = {part.bound for part in parts}
    if low is None and high is None:
        return "none"
    if high is None:
        return "word" if bounds <= {"word", "exact"} else "at_least"
    if low is None:
        return "at_most"
    if low != high:
        return "between"
    return "about" if "about" in bounds else "exact"
