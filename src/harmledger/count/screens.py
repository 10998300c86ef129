"""What is not counted, and the rule that says so: one small step each."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from harmledger.core.claim import UNCOUNTED
from harmledger.core.incident import StatusReading
from harmledger.core.instant import end_of
from harmledger.count.figures import Figure, Standing, drop

_STANCES = {
    "denies": "a denial changes no count; it is printed beside it (R7)",
    "cannot_confirm": "cannot confirm: says no figure",
    "disputes": "disputes a figure: printed as a conflict",
    "retracts": "takes a figure back",
}


def drop_totals(standing: Standing) -> Standing:
    """R3: a total is never added to an incident."""
    return drop(
        standing,
        {
            f.id: "a total, never added to an incident (R3)"
            for f in standing.figures
            if f.claim.quantity.scope != "incident"
        },
    )


def drop_decided(standing: Standing, decided: Mapping[str, str]) -> Standing:
    """What a named person set aside."""
    return drop(standing, {f.id: decided[f.id] for f in standing.figures if f.id in decided})


def drop_not_yet_said(standing: Standing, as_of: str | None) -> Standing:
    """R5: a reading as of D takes what was said up to the end of D, UTC; undated set aside.

    Raises:
        ValueError: ``as_of`` is no ISO date.
    """
    if as_of is None:
        return standing
    end = end_of(as_of)
    why = {}
    for f in standing.figures:
        if f.said is None:
            why[f.id] = f"undated: not in a reading as of {as_of} (R5)"
        elif f.said[0] > end:
            why[f.id] = f"said after {as_of} (R5)"
    return drop(standing, why)


def drop_stances(standing: Standing) -> Standing:
    """Only what is asserted is counted."""
    why = {f.id: _STANCES[f.claim.stance] for f in standing.figures if f.claim.stance in _STANCES}
    return drop(standing, why)


def drop_uncounted(standing: Standing) -> Standing:
    """Feared, predicted and conditional harm is never counted."""
    why = {
        f.id: f"{f.claim.modality}: never counted"
        for f in standing.figures
        if f.claim.modality in UNCOUNTED
    }
    return drop(standing, why)


def drop_indirect(standing: Standing) -> Standing:
    """Harm by hunger, cold or disease is never in a reading of direct harm."""
    why = {
        f.id: "indirect: not in a reading of direct harm"
        for f in standing.figures
        if f.claim.cause == "indirect"
    }
    return drop(standing, why)


def drop_numberless(standing: Standing) -> Standing:
    """A claim that states no bound gives none; null is never filled in. "An unknown number" is
    left for the policy's profile of words (:func:`drop_unread`)."""
    return _drop_unstated(standing, keep_unknown=True)


def drop_unread(standing: Standing) -> Standing:
    """What the policy's profile gave no number for."""
    return _drop_unstated(standing, keep_unknown=False)


def _drop_unstated(standing: Standing, keep_unknown: bool) -> Standing:
    why = {
        f.id: "states no number"
        for f in standing.figures
        if f.low is None and f.high is None and not (keep_unknown and f.vague)
    }
    return drop(standing, why)


def drop_parts_of(standing: Standing, gone: Mapping[str, str]) -> Standing:
    """A part falls with its whole when the whole was taken back, superseded or not counted."""
    why = {
        f.id: f"part of a figure set aside: {gone[f.claim.part_of]}"
        for f in standing.figures
        if f.claim.part_of is not None and f.claim.part_of in gone
    }
    return drop(standing, why)


def keep_status(standing: Standing, reading: StatusReading) -> Standing:
    """R8: who is counted. ``assume_civilian`` takes civilians and those of unstated status;
    ``strict`` only those a voice calls civilian; ``combatant`` only combatants."""
    if reading == "all":
        return standing
    figures = standing.figures
    if reading == "assume_civilian":
        if all(f.claim.victims.status != "combatant" for f in figures):
            return standing
        apart = _combatant_parts(figures)
        why = {
            f.id: "combatants: apart in every civilian reading (R8)"
            for f in figures
            if f.claim.victims.status == "combatant"
        }
        rest = drop(standing, why)
        return Standing(
            figures=tuple(_without(f, apart.get(f.id, ())) for f in rest.figures), aside=rest.aside
        )
    wanted = "civilian" if reading == "strict" else "combatant"
    why = {
        f.id: f"no voice calls them {wanted} (R8)"
        for f in figures
        if f.claim.victims.status != wanted
    }
    rest = drop(standing, why)
    return Standing(figures=tuple(_promoted(f) for f in rest.figures), aside=rest.aside)


def _combatant_parts(figures: tuple[Figure, ...]) -> dict[str, list[Figure]]:
    """Parts said to be combatants; a label that only the accused gives moves nobody (R8)."""
    parts: dict[str, list[Figure]] = {}
    for f in figures:
        if f.accused:
            continue
        if f.claim.part_of is not None and f.claim.victims.status == "combatant":
            parts.setdefault(f.claim.part_of, []).append(f)
    return parts


def _without(figure: Figure, combatants: list[Figure] | tuple[()]) -> Figure:
    """A mixed whole less the combatants its own voice counts in it (parts overlap: the largest)."""
    if not combatants:
        return figure
    lows = [p.low for p in combatants if p.low is not None]
    highs = [p.high for p in combatants]
    most = None if None in highs else max(h for h in highs if h is not None)
    low = None if figure.low is None else max(0, figure.low - (most or max(lows, default=0)))
    high = None if figure.high is None else max(0, figure.high - max(lows, default=0))
    return msgspec.structs.replace(figure, low=low, high=high)


def _promoted(figure: Figure) -> Figure:
    """A part that is exactly "the civilians" (or "the fighters") of a mixed whole is that voice's
    whole number of them."""
    v = figure.claim.victims
    narrow = v.age or v.sex or v.roles or figure.claim.quantity.extent == "some"
    if figure.floor and figure.claim.part_of is not None and not narrow:
        return msgspec.structs.replace(figure, floor=False)
    return figure
