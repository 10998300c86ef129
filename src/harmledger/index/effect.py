"""How far a published range would move if one claim fell: what a reviewer should look at first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harmledger.core.claim import Claim
from harmledger.core.incident import Incident, Reading
from harmledger.core.view import Standing

MAIN_POLICY = "literal"
MAIN_VICTIMS = ("assume_civilian", "all")
OPEN_WEIGHT = 10
"""What an end that would become open or unstated counts for beside the figure itself."""


def tally_effects(
    incidents: Iterable[Incident],
    claims: Mapping[str, Claim],
    standings: Mapping[str, Standing],
) -> dict[str, int]:
    """Claim id to how far the bounds of the literal readings would move without it, 0 left out.

    An estimate that needs no recount: the next figure that stands takes the place of the one
    that falls. It misses what a correction (R5) would bring back, and floors.
    """
    effects: dict[str, int] = {}
    for incident in incidents:
        for reading in incident.readings:
            if reading.policy == MAIN_POLICY and reading.victims in MAIN_VICTIMS:
                for claim, effect in _bound_effects(reading, claims):
                    if claim not in standings:
                        effects[claim] = max(effects.get(claim, 0), effect)
    return effects


def _bound_effects(reading: Reading, claims: Mapping[str, Claim]) -> Iterable[tuple[str, int]]:
    stand = {*reading.claims_low, *reading.claims_high, *reading.between}
    figures = {c: claims[c].quantity for c in stand if c in claims}
    lows = {c: q.low for c, q in figures.items() if q.low is not None}
    highs = {c: q.high for c, q in figures.items() if q.high is not None}
    for claim in stand:
        low, high = reading.low, reading.high
        moved = 0
        if low is not None and reading.claims_low == (claim,):
            rest = [v for c, v in lows.items() if c != claim]
            moved += min(rest) - low if rest else low + OPEN_WEIGHT
        if high is not None and reading.claims_high == (claim,):
            rest = [v for c, v in highs.items() if c != claim]
            moved += high - max(rest) if rest else OPEN_WEIGHT
        if moved:
            yield claim, max(1, abs(moved))
