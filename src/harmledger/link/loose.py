"""Reports of no day, or of no town, go to the one incident they fit best, or stay apart.

Incidents of known day and town are formed first and looked at as they are then, so that no report
depends on which other was placed before it. One that fits two of them nearly as well is left to a
person.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from math import log2

from harmledger.core.base import Value
from harmledger.lexicon.linking import Linking
from harmledger.link.blocking import Key, middle_of
from harmledger.link.evidence import VETO, is_contradicted, judge_place, weigh
from harmledger.link.reach import Distance, is_precise
from harmledger.link.signature import NEUTRAL_SITES, Signature

_SHARP = 2
"""Days: a wider interval is no day."""
_MANY = 48
"""Incidents of one block compared with a report, those nearest in time."""


class Fit(Value, frozen=True, kw_only=True):
    """An incident (its number) that a report fits, with the evidence; ``rival``: another fits
    nearly as well, and it is not for a machine to choose."""

    number: int
    score: float
    why: tuple[str, ...]
    rival: bool = False


def rank_of(signature: Signature) -> int:
    """How much is known: 2 day, town and what was hit or with what; 1 day and town; 0 less."""
    s = signature
    sharp = s.start is not None and s.end is not None and s.end - s.start <= _SHARP
    if not (sharp and any(map(is_precise, s.places))):
        return 0
    return 2 if s.sites - NEUTRAL_SITES or s.launches or s.weapons else 1


class Known:
    """Incidents of which more is known, found by block."""

    def __init__(
        self, signatures: Mapping[int, Signature], keys: Mapping[int, frozenset[Key]]
    ) -> None:
        """Index signatures by their numbers; ``keys``: the blocks they stand in."""
        self.signatures = signatures
        held: dict[Key, list[tuple[int, int]]] = {}
        for number in sorted(signatures):
            for key in keys[number]:
                held.setdefault(key, []).append((middle_of(signatures[number]), number))
        self._held = {key: sorted(numbers) for key, numbers in held.items()}

    def around(self, signature: Signature, keys: frozenset[Key]) -> set[int]:
        """Numbers of incidents that share a block with a report, the nearest of a full block."""
        found: set[int] = set()
        day = middle_of(signature)
        for key in keys:
            held: Sequence[tuple[int, int]] = self._held.get(key, ())
            if len(held) > _MANY:
                at = bisect_left(held, (day, -1))
                held = held[max(0, at - _MANY // 2) : at + _MANY // 2]
            found.update(number for _, number in held)
        return found


def find_fit(
    signature: Signature,
    keys: frozenset[Key],
    known: Known,
    lexicon: Linking,
    distance: Distance | None,
) -> Fit | None:
    """The incident a report fits best; None when it fits none at all. Between two, the one that
    more reports tell is the likelier; that adds nothing to the score itself."""
    fits = []
    for number in known.around(signature, keys):
        other = known.signatures[number]
        score, why = weigh(signature, other, lexicon, distance)
        if score != VETO:
            likely = score + lexicon.weights["much_told"] * log2(1 + len(other.groups))
            fits.append((-likely, -score, number, why))
    if not fits:
        return None
    fits.sort()
    likely, score, number, why = -fits[0][0], -fits[0][1], *fits[0][2:]
    second = -fits[1][0] if len(fits) > 1 else VETO
    rival = second > likely - lexicon.thresholds["margin"]
    alone = second <= likely - lexicon.thresholds["clear"]
    if alone and _may_be_only(signature, known.signatures[number], lexicon, distance):
        score = round(score + lexicon.weights["only_fit"], 3)
        why = (*why, f"nothing else comes near ({lexicon.weights['only_fit']:+.1f})")
    return Fit(number=number, score=score, why=why, rival=rival)


def _may_be_only(a: Signature, b: Signature, lexicon: Linking, distance: Distance | None) -> bool:
    """They share a province at least (that nothing else of a country is recorded says little), and
    nothing speaks against it."""
    near = judge_place(a, b, lexicon, distance)[0] >= lexicon.weights["same_region"]
    return near and not is_contradicted(a, b, lexicon, distance)
