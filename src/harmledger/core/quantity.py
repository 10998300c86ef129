"""Quantities as ranges that say where they came from (contract §2, §3)."""

from __future__ import annotations

from typing import Literal

from harmledger.core.base import Value

Bound = Literal[
    "exact",
    "at_least",
    "more_than",
    "at_most",
    "fewer_than",
    "about",
    "between",
    "word",
    "none",
]
Unit = Literal["persons", "households", "facilities", "vehicles", "attacks", "graves"]
Scope = Literal["incident", "period_total", "running_total"]
Extent = Literal["whole", "some"]
NumberKind = Literal[
    "count",
    "age",
    "date",
    "clock",
    "money",
    "distance",
    "percent",
    "name",
    "denominator",
    "duration",
    "ordinal",
]


class Quantity(Value, frozen=True, kw_only=True):
    """``low`` and ``high`` are null when not stated; they are never filled in."""

    as_written: str | None = None
    low: int | None = None
    high: int | None = None
    bound: Bound = "none"
    unit: Unit = "persons"
    scope: Scope = "incident"
    extent: Extent = "whole"
    basis: str = "stated"
    """``stated``, ``word:<profile>``, ``implied`` or ``arithmetic``."""
    parts: tuple[int, ...] = ()
    """The addends of an ``arithmetic`` quantity."""


class Figure(Value, frozen=True, kw_only=True):
    """A number expression as the grammar sees it, before anyone asks what it counts.

    ``start``/``end`` cover hedge and number ("at least eight"), not the noun;
    ``low``/``high`` are null for what is no count or states no bound.
    """

    start: int
    end: int
    as_written: str
    low: int | None
    high: int | None
    bound: Bound
    kind: NumberKind
    basis: str
    rule: str
    core: tuple[int, int]
    """Where the bare number stands, without hedge words."""


def quantity_of(figure: Figure, unit: Unit = "persons") -> Quantity:
    """What a figure says, of so many of a unit."""
    return Quantity(
        as_written=figure.as_written,
        low=figure.low,
        high=figure.high,
        bound=figure.bound,
        unit=unit,
        basis=figure.basis,
    )
