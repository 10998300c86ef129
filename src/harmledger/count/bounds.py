"""R4: low, high, floors, and what may lie beside the toll. Pure arithmetic on what stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from harmledger.core.base import Value
from harmledger.core.instant import Instant, is_later
from harmledger.count.figures import Figure, Standing
from harmledger.count.statements import Number, first_said
from harmledger.lexicon.policies import load_counting_words


class Bounds(Value, frozen=True, kw_only=True):
    """Low and high with the claims they rest on; null = not stated, or open."""

    low: int | None
    high: int | None
    claims_low: tuple[str, ...] = ()
    claims_high: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def ids(figures: Iterable[Figure]) -> tuple[str, ...]:
    """The claims behind figures, sorted."""
    found = [f.claim.id for f in figures]
    return tuple(sorted(found)) if len(found) > 1 else tuple(found)


def smallest_low(wholes: Iterable[Figure]) -> int | None:
    """The smallest stated lower bound."""
    return min((f.low for f in wholes if f.low is not None), default=None)


def largest_floor(floors: Iterable[Figure]) -> int | None:
    """The largest floor. Floors are never added."""
    return max((f.low for f in floors if f.low is not None), default=None)


def largest_high(wholes: Iterable[Figure]) -> int | None:
    """The largest stated upper bound; open (None) if none is stated, or if the low of a whole
    figure that is no mere word exceeds it."""
    wholes = tuple(wholes)
    high = max((f.high for f in wholes if f.high is not None), default=None)
    if high is None:
        return None
    exceeded = any(f.low is not None and f.low > high and not f.vague for f in wholes)
    return None if exceeded else high


def tally_bounds(standing: Standing) -> Bounds:
    """Low and high of what stands (R4)."""
    return keep_beside(standing, "bounds", _tally_bounds)


def keep_beside(standing: Standing, name: str, make: Callable[[Standing], Bounds]) -> Bounds:
    """What ``make`` says of the figures, worked out once: every policy asks for it."""
    kept = vars(standing)
    bounds: Bounds | None = kept.get(name)
    if bounds is None:
        bounds = kept[name] = make(standing)
    return bounds


def _tally_bounds(standing: Standing) -> Bounds:
    wholes, floors = standing.wholes, standing.floors
    low, floor = smallest_low(wholes), largest_floor(floors)
    high, notes = largest_high(wholes), []
    low_from: tuple[Figure, ...] = wholes
    if floor is not None and (low is None or floor > low):
        notes.append(f"low set by a floor of {floor}" if low is not None else "floors only")
        low, low_from = floor, floors
    if high is not None and low is not None and high < low:
        notes.append(f"high open: the stated {high} lies below the floor of {low}")
        high = None
    return Bounds(
        low=low,
        high=high,
        claims_low=ids(f for f in low_from if low is not None and f.low == low),
        claims_high=ids(f for f in wholes if high is not None and f.high == high),
        notes=tuple(notes),
    )


def find_possibly_more(standing: Standing, told: Iterable[Figure]) -> tuple[Figure, ...]:
    """``some`` figures that may or may not be inside the toll (R4): said surely later than every
    whole figure that stands, or put beside it in so many words and overtaken by none.

    ``told``: every figure of this harm, also those set aside; a figure told again keeps the time
    its speaker first said it.
    """
    wholes = standing.wholes
    some = [
        f for f in standing.figures
        if f.floor and f.claim.part_of is None and not _speaks_of_those_told(f)
    ]  # fmt: skip
    if not wholes or not some:
        return ()
    first = _first_times(told)
    tolls = [first[_told_key(w)] for w in wholes]
    return tuple(f for f in some if _lies_beside(f, first[_told_key(f)], tolls))


def _speaks_of_those_told(figure: Figure) -> bool:
    """ "the strike that killed the people": a definite plural resumes a toll, it adds none."""
    written = figure.claim.quantity.as_written or ""
    return figure.vague and written.lower().startswith("the ")


def _lies_beside(figure: Figure, said: Instant | None, tolls: list[Instant | None]) -> bool:
    dated = [t for t in tolls if t is not None]
    if said is None or len(dated) < len(tolls):
        return is_put_beside(figure)
    if all(is_later(said, t) for t in dated):
        return True
    overtaken = any(is_later(t, said) for t in dated)
    return not overtaken and is_put_beside(figure)


def _told_key(figure: Figure) -> tuple[str, Number, str]:
    claim = figure.claim
    told_as = "part" if claim.part_of is not None else claim.quantity.extent
    return (figure.speaker, figure.value, told_as)


def _first_times(told: Iterable[Figure]) -> dict[tuple[str, Number, str], Instant | None]:
    groups: dict[tuple[str, Number, str], list[Figure]] = {}
    for f in told:
        groups.setdefault(_told_key(f), []).append(f)
    return {key: first_said(figures) for key, figures in groups.items()}


@cache
def _beside_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in load_counting_words().beside)
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)


def is_put_beside(figure: Figure) -> bool:
    """The words around the figure say it comes on top ("in addition, seven bodies ...")."""
    span = figure.claim.span
    return bool(_beside_pattern().search(span.sentence or span.quote))
