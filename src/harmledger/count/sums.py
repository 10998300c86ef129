"""R12: sums over distinct incidents, which say what they rest on."""

from __future__ import annotations

from collections.abc import Iterable

from harmledger.core.claim import Harm
from harmledger.core.incident import Incident, Reading, StatusReading, Sum
from harmledger.core.quantity import Unit

Key = tuple[Harm, Unit, StatusReading, str]
NOTE = "recorded, not actual, harm"


def tally_sums(incidents: Iterable[Incident]) -> tuple[Sum, ...]:
    """One sum per harm, unit, victims reading and policy; nothing is added across them (R13, R14).

    An incident given twice is counted once. A policy of one number is summed by that number.
    """
    groups: dict[Key, list[Reading]] = {}
    for incident in {i.id: i for i in incidents}.values():
        for r in incident.readings:
            groups.setdefault((r.harm, r.unit, r.victims, r.policy), []).append(r)
    return tuple(_sum(key, groups[key]) for key in sorted(groups))


def _low(reading: Reading) -> int | None:
    return reading.low if reading.low is not None else reading.best


def _high(reading: Reading) -> int | None:
    return reading.high if reading.high is not None else reading.best


def _sum_bests(stated: list[Reading]) -> int | None:
    """Of a policy that has a best beside its range; None where any reading lacks one."""
    bests = [r.best for r in stated if r.low is not None or r.high is not None]
    known = [best for best in bests if best is not None]
    return sum(known) if known and len(known) == len(stated) else None


def _sum(key: Key, readings: list[Reading]) -> Sum:
    harm, unit, victims, policy = key
    stated = [r for r in readings if _low(r) is not None or _high(r) is not None]
    lows = [low for r in stated if (low := _low(r)) is not None]
    highs = [high for r in stated if (high := _high(r)) is not None]
    open_high = len(stated) - len(highs)
    one_origin = sum(r.origins <= 1 for r in stated)
    on_words = sum(r.on_words for r in stated)
    aside = sum(len(r.set_aside) for r in readings)
    rests = f"{one_origin} rest on one origin, {on_words} on words; {aside} claims set aside"
    return Sum(
        harm=harm,
        unit=unit,
        victims=victims,
        policy=policy,
        incidents=len(stated),
        low=sum(lows),
        best=_sum_bests(stated),
        high=None if open_high or not stated else sum(highs),
        open_high=open_high,
        without_low=len(stated) - len(lows),
        one_origin=one_origin,
        on_words=on_words,
        set_aside=aside,
        note=f"{NOTE}; {len(stated)} incidents, {rests}",
    )
