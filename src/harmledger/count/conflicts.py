"""Figures and parties that cannot all be right, kept side by side and never settled here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harmledger.core.claim import PERSON_HARMS, UNCOUNTED, Claim
from harmledger.core.incident import Conflict, Reading
from harmledger.core.response import Response
from harmledger.count.figures import is_vague
from harmledger.count.voices import (
    accused_names,
    distinct_parties,
    label_of,
    labels_of,
    spell_parties,
    was_said,
)


def find_conflicts(
    claims: Sequence[Claim],
    responses: Sequence[Response],
    readings: Sequence[Reading],
    *,
    as_of: str | None = None,
    set_aside: Mapping[str, str] | None = None,
) -> tuple[Conflict, ...]:
    """Conflicts of one incident; ``readings`` are its ``literal`` ones.

    Raises:
        ValueError: ``as_of`` is no ISO date.
    """
    aside = set_aside or {}
    told = {c.id: c for c in claims if c.id not in aside and was_said(c.said_at, as_of)}
    answers = [r for r in responses if was_said(r.said_at, as_of)]
    first = [r for r in readings if r.victims in ("assume_civilian", "all")]
    found = [*_ranges(first, told), *_below_floor(first, told), *_parts(told)]
    found += [*_disputes(told), *_responsibility(told, answers), *_denials(told, answers)]
    return tuple(sorted(found, key=lambda c: (c.kind, c.harm or "", c.claims)))


def _wholes(reading: Reading, told: Mapping[str, Claim]) -> list[Claim]:
    ids = {*reading.claims_low, *reading.claims_high, *reading.between} - set(reading.floors)
    return [told[i] for i in sorted(ids) if i in told]


def _ranges(readings: Sequence[Reading], told: Mapping[str, Claim]) -> list[Conflict]:
    """Whole figures that exclude each other. A word excludes nothing; nor do other objects."""
    found = []
    for reading in readings:
        alike: dict[str, list[Claim]] = {}
        for claim in _wholes(reading, told):
            of: str = claim.site.kind if claim.harm == "object_struck" and claim.site else ""
            alike.setdefault(of, []).append(claim)
        for of in sorted(alike):
            found += _range(reading, alike[of])
    return found


def _range(reading: Reading, wholes: Sequence[Claim]) -> list[Conflict]:
    highs = [c.quantity.high for c in wholes if c.quantity.high is not None]
    lows = [c.quantity.low for c in wholes if c.quantity.low is not None and not is_vague(c)]
    if not (highs and lows and min(highs) < max(lows)):
        return []
    note = f"figures that cannot all be right: {min(highs)} to {max(lows)}"
    ids = tuple(c.id for c in wholes)
    return [Conflict(kind="range", harm=reading.harm, claims=ids, note=note)]


def _below_floor(readings: Sequence[Reading], told: Mapping[str, Claim]) -> list[Conflict]:
    found = []
    for reading in readings:
        if reading.low is None:
            continue
        for whole in _wholes(reading, told):
            high = whole.quantity.high
            if high is not None and high < reading.low:
                ids = (whole.id, *reading.claims_low)
                note = f"a whole figure of {high} lies below the low of {reading.low}"
                found.append(Conflict(kind="below_floor", harm=whole.harm, claims=ids, note=note))
    return found


def _parts(told: Mapping[str, Claim]) -> list[Conflict]:
    """R6: parts are checked against their whole."""
    found = []
    for part in sorted(told.values(), key=lambda c: c.id):
        whole = told.get(part.part_of or "")
        if whole is None or not _comparable(part, whole):
            continue
        low, high = part.quantity.low, whole.quantity.high
        if low is not None and high is not None and low > high:
            note = f"a part of {low} exceeds its whole of {high}"
            ids = (part.id, whole.id)
            found.append(Conflict(kind="parts_exceed_whole", harm=part.harm, claims=ids, note=note))
    return found


def _comparable(part: Claim, whole: Claim) -> bool:
    same = part.harm == whole.harm or {part.harm, whole.harm} <= set(PERSON_HARMS)
    return same and part.quantity.unit == whole.quantity.unit


def _disputes(told: Mapping[str, Claim]) -> list[Conflict]:
    found = []
    for claim in sorted(told.values(), key=lambda c: c.id):
        if claim.stance != "disputes":
            continue
        q = claim.quantity
        disputed = [claim.about] if claim.about in told else _same_number(claim, told)
        number = q.low if q.low is not None else q.high
        figure = "a figure" if number is None else f"the figure of {number}"
        ids = (claim.id, *(i for i in disputed if i))
        note = f"{label_of(claim.voice)} disputes {figure}"
        found.append(Conflict(kind="range", harm=claim.harm, claims=ids, note=note))
    return found


def _same_number(claim: Claim, told: Mapping[str, Claim]) -> list[str]:
    q = claim.quantity
    return sorted(
        c.id
        for c in told.values()
        if c.stance == "asserts"
        and c.harm == claim.harm
        and q.low is not None
        and c.quantity.low == q.low
    )


def _responsibility(told: Mapping[str, Claim], answers: Sequence[Response]) -> list[Conflict]:
    asserted = [c for c in told.values() if c.modality not in UNCOUNTED]
    names = accused_names(asserted, answers)
    if len(distinct_parties(names)) < 2:
        return []
    ids = sorted(c.id for c in asserted if c.alleged_perpetrator and c.stance == "asserts")
    note = f"held responsible: {spell_parties(names)}"
    return [Conflict(kind="responsibility", harm=None, claims=tuple(ids), note=note)]


def _denials(told: Mapping[str, Claim], answers: Sequence[Response]) -> list[Conflict]:
    denials = sorted((c for c in told.values() if c.stance == "denies"), key=lambda c: c.id)
    voices = [c.voice for c in denials] + [r.voice for r in answers if r.kind == "denial"]
    if not voices:
        return []
    ids = {c.id for c in denials} | {c.about for c in denials if c.about in told}
    note = f"denied by {', '.join(labels_of(voices))}"
    claims = tuple(sorted(i for i in ids if i))
    return [Conflict(kind="denied", harm=None, claims=claims, note=note)]
