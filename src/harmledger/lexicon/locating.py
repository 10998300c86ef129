"""Learned weights that decide which place and which day are a claim's own."""

from __future__ import annotations

from functools import cache
from typing import Any

from harmledger.core.base import Value
from harmledger.core.errors import LexiconError
from harmledger.lexicon.files import check_keys, load_yaml

_FILE = "locating.yaml"


class LocatingWeights(Value, frozen=True, kw_only=True):
    """By mark: what it adds to an offer that has it. Negative speaks against."""

    places: dict[str, float]
    times: dict[str, float]


@cache
def load_locating() -> LocatingWeights:
    """The weights that ship.

    Raises:
        LexiconError: the file says something it may not say.
    """
    data = load_yaml(_FILE)
    check_keys(data, _FILE, ("card", "places", "times"))
    return LocatingWeights(places=_weights(data, "places"), times=_weights(data, "times"))


def _weights(data: dict[str, Any], key: str) -> dict[str, float]:
    found = data.get(key)
    if not isinstance(found, dict):
        raise LexiconError(f"lexicon/{_FILE}: {key} is no mapping of marks to weights")
    for name, weight in found.items():
        if not isinstance(name, str) or not isinstance(weight, int | float):
            raise LexiconError(
                f"lexicon/{_FILE}: {key} holds {name!r}: {weight!r}; a weight is a number"
            )
    return {name: float(weight) for name, weight in found.items()}
