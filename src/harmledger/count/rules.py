"""How each policy makes low, best and high of the figures that stand. Our reading of the rules of
the editions named in ``lexicon/policies.yaml``; each function is one of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import MappingProxyType

import msgspec

from harmledger.core.base import Value
from harmledger.count.bounds import Bounds, ids, keep_beside, tally_bounds
from harmledger.count.figures import (
    Figure,
    Standing,
    count_origin_documents,
    count_origins,
    drop,
    giving,
)
from harmledger.count.statements import Number
from harmledger.lexicon.policies import Policy


class Outcome(Value, frozen=True, kw_only=True):
    """What a policy makes of the standing figures. ``conceded``: what it keeps apart because the
    party held responsible says it."""

    standing: Standing
    bounds: Bounds
    best: int | None = None
    conceded: tuple[Figure, ...] = ()


def read_literal(standing: Standing, policy: Policy) -> Outcome:
    """R4 as it stands; no best."""
    return Outcome(standing=standing, bounds=tally_bounds(standing))


def _closed(standing: Standing) -> Bounds:
    """Lowest to highest figure: an open "at least N" counts as N."""
    return keep_beside(standing, "closed", _close)


def _close(standing: Standing) -> Bounds:
    bounds = tally_bounds(standing)
    tops = {f.id: f.high if f.high is not None else f.low for f in standing.figures}
    high = max((t for t in tops.values() if t is not None), default=None)
    top = tuple(sorted(i for i, t in tops.items() if t is not None and t == high))
    notes = tuple(note for note in bounds.notes if not note.startswith("high open"))
    return msgspec.structs.replace(bounds, high=high, claims_high=top, notes=notes)


def read_ucdp(standing: Standing, policy: Policy) -> Outcome:
    """Low, best and high: best is what most independent origins give."""
    pick = _most_given(standing.wholes) or _most_given(standing.figures)
    best, bounds = None if pick is None else _number(pick), _closed(standing)
    if best is not None and bounds.low is not None:
        best = max(best, bounds.low)  # a floor holds for every figure of a policy with a low
    return Outcome(standing=standing, bounds=bounds, best=best)


def read_acled(standing: Standing, policy: Policy) -> Outcome:
    """One number, under ``best`` as with GTD: the lowest that stands. The policy has no range."""
    bounds = tally_bounds(standing)
    alone = msgspec.structs.replace(bounds, low=None, high=None, claims_high=())
    return Outcome(standing=standing, bounds=alone, best=bounds.low)


def read_gtd(standing: Standing, policy: Policy) -> Outcome:
    """One number: of the latest statements, what most origins give, else the lowest; numbers that
    only the accused party gives are refused."""
    own = {f.id: "given only by the accused party" for f in standing.figures if f.accused}
    standing = drop(standing, own)
    latest = _latest(standing.wholes or standing.figures)
    pick = _most_given(latest)
    best = None if pick is None else _number(pick)
    chosen = ids(f for f in latest if best is not None and _number(f) == best)
    bounds = Bounds(low=None, high=None, claims_low=chosen)
    return Outcome(standing=standing, bounds=bounds, best=best)


def read_airwars(standing: Standing, policy: Policy) -> Outcome:
    """Lowest to highest; what the accused belligerent concedes is kept apart."""
    conceded = tuple(f for f in standing.figures if f.accused)
    apart = {f.id: "conceded by a belligerent: kept apart" for f in conceded}
    standing = drop(standing, apart)
    bounds = _closed(standing)
    if conceded:
        note = f"conceded, kept apart: {_spread(conceded)}"
        bounds = msgspec.structs.replace(bounds, notes=(*bounds.notes, note))
    return Outcome(standing=standing, bounds=bounds, conceded=conceded)


def _spread(figures: Iterable[Figure]) -> str:
    """Lowest to highest number of figures, in words."""
    numbers = sorted(n for f in figures for n in (f.low, f.high) if n is not None)
    low, high = numbers[0], numbers[-1]
    return str(low) if low == high else f"{low} to {high}"


def read_ibc(standing: Standing, policy: Policy) -> Outcome:
    """Lowest to highest; provisional below two independent origins in different documents."""
    bounds = _closed(standing)
    if standing.figures and count_origin_documents(giving(standing)) < 2:
        note = "provisional: fewer than two independent origins in different documents"
        bounds = msgspec.structs.replace(bounds, notes=(*bounds.notes, note))
    return Outcome(standing=standing, bounds=bounds)


def _number(figure: Figure) -> int | None:
    return figure.low if figure.low is not None else figure.high


def _most_given(figures: Iterable[Figure]) -> Figure | None:
    """The figure most independent origins give; the lowest of those equal."""
    groups: dict[Number, list[Figure]] = {}
    for f in figures:
        groups.setdefault((f.low, f.high), []).append(f)
    if not groups:
        return None
    best = min(groups.values(), key=lambda g: (-count_origins(g), _number(g[0]) or 0))
    return min(best, key=lambda f: f.id)


def _latest(figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Figures said on the latest day anything was said; all when nothing is dated."""
    days = {f.id: f.said[1].date() for f in figures if f.said is not None}
    if not days:
        return figures
    last = max(days.values())
    return tuple(f for f in figures if days.get(f.id) == last)


Rule = Callable[[Standing, Policy], Outcome]
RULES: MappingProxyType[str, Rule] = MappingProxyType(
    {
        "literal": read_literal,
        "ucdp": read_ucdp,
        "acled": read_acled,
        "gtd": read_gtd,
        "airwars": read_airwars,
        "ibc": read_ibc,
    }
)
"""Every rule a policy may name, in one visible place."""
