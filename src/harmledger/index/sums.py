"""Sums, counts and spots over incidents, always within filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from harmledger.core.base import Value
from harmledger.core.incident import Incident
from harmledger.index.columns import NO_NUMBER, Coded, Mask, Numbers, make_table
from harmledger.index.filters import Filters
from harmledger.index.look import Index
from harmledger.index.rows import main_readings
from harmledger.index.search import find_incidents_by_words

Step = Literal["week", "month", "year"]
MOST_BARS = 60
FEW_ORIGINS = 2
SOMEWHERE = 4
"""The precision (where_prec) drawn for a place of which none is said."""


class Bucket(Value, frozen=True, kw_only=True):
    """A sum of readings over distinct incidents of one week, month, year or place (R12).
    ``key`` is empty for incidents whose date or place is said to be anywhere in something wider.
    ``open_high``/``without_low``: incidents with no stated upper or lower bound."""

    key: str
    incidents: int
    low: int
    high: int | None
    open_high: int
    without_low: int
    one_origin: int
    on_words: int
    set_aside: int
    country: str = ""
    best: int | None = None
    """Of policies that give one number: its sum, the low where an incident has none."""


class Spot(Value, frozen=True, kw_only=True):
    """A place where incidents are said to have happened."""

    place: str
    place_id: str | None
    country: str | None
    lat: float
    lon: float
    precision: int
    kind: str | None
    incidents: int
    first: str
    """Id of one of them."""
    title: str


def find_mask(index: Index, filters: Filters) -> Mask:
    """Which incidents are within the filters."""
    return index.columns.match(filters, lambda said: find_incidents_by_words(index, said))


def count_incidents(index: Index, filters: Filters) -> int:
    return int(find_mask(index, filters).sum())


def sum_by_time(
    index: Index, filters: Filters, harm: str, rows: Numbers | None = None
) -> tuple[Step, list[Bucket]]:
    """Sums of the main readings of ``harm`` by week, or by month or year where weeks would be
    more than :data:`MOST_BARS`; undated or widely dated incidents in a bucket without a key.

    ``rows``: readings to sum in the place of today's, see :func:`rows_of`."""
    key = ("by time", filters, harm, rows is None)
    return index.cached("figures", key, lambda: _sum_by_time(index, filters, harm, rows))


def _sum_by_time(
    index: Index, filters: Filters, harm: str, given: Numbers | None
) -> tuple[Step, list[Bucket]]:
    rows = _readings(index, filters, harm) if given is None else given
    steps: tuple[Step, ...] = get_args(Step)
    for step in steps:
        codes = index.columns.coded[step][rows[0]]
        if len(np.unique(codes[codes > 0])) <= MOST_BARS:
            return step, _Sums(index, rows, (step,)).in_order()
    return "year", _Sums(index, rows, ("year",)).in_order()[-MOST_BARS:]


def sum_by_place(
    index: Index, filters: Filters, harm: str, rows: Numbers | None = None, limit: int = 12
) -> list[Bucket]:
    """The places with the largest sums of ``harm``, in falling order of their lower bound.
    ``rows`` as in :func:`sum_by_time`."""

    def make() -> list[Bucket]:
        summed = _readings(index, filters, harm) if rows is None else rows
        return _Sums(index, summed, ("place", "country")).largest(limit)

    return index.cached("figures", ("by place", filters, harm, limit, rows is None), make)


def sum_all(
    index: Index, filters: Filters, harm: str, rows: Numbers | None = None
) -> Bucket | None:
    """One sum over everything within the filters; None when nothing is counted. ``rows`` as in
    :func:`sum_by_time`."""

    def make() -> list[Bucket]:
        summed = _readings(index, filters, harm) if rows is None else rows
        return _Sums(index, summed, ()).in_order()

    found = index.cached("figures", ("all", filters, harm, rows is None), make)
    return found[0] if found else None


def rows_of(index: Index, incidents: Iterable[Incident], policy: str, harm: str) -> Numbers:
    """The main readings of incidents that were counted again, to be summed like those the index
    holds."""
    wanted = (policy, harm, _unit_of(harm))
    found = []
    for incident in incidents:
        n = index.columns.numbers.get(incident.id)
        for r in main_readings(incident):
            if n is not None and (r.policy, r.harm, r.unit) == wanted:
                aside = len(r.set_aside)
                found.append((n, r.low, r.best, r.high, r.origins, int(r.on_words), aside))
    return make_table(sorted(found, key=lambda row: row[0]))


def _readings(index: Index, filters: Filters, harm: str) -> Numbers:
    mask = find_mask(index, filters)
    return index.columns.readings((filters.policy, harm, _unit_of(harm)), mask)


def _unit_of(harm: str) -> str:
    return "facilities" if harm == "object_struck" else "persons"


class _Sums:
    """Sums of readings for each value of the columns ``by``, of which the first names a bucket."""

    def __init__(self, index: Index, rows: Numbers, by: Sequence[Coded]) -> None:
        incident, low, best, high, origins, on_words, set_aside = rows
        columns = index.columns
        key = np.zeros(len(incident), np.int64)
        for name in by:
            key = (key << 32) | columns.coded[name][incident]
        keys, first, self._group = np.unique(key, return_index=True, return_inverse=True)
        self._size = len(keys)
        self._codes = [columns.coded[name][incident[first]] for name in by]
        self._texts = [columns.codes[name].texts for name in by]
        no_low, no_best, no_high = (v == NO_NUMBER for v in (low, best, high))
        stated_low = np.where(no_low, 0, low)
        self.sums = {
            "incidents": self._add(np.ones_like(incident)),
            "low": self._add(stated_low),
            "open_high": self._add(no_high & no_best),
            "without_low": self._add(no_low & no_best),
            "one_origin": self._add(origins < FEW_ORIGINS),
            "on_words": self._add(on_words),
            "set_aside": self._add(set_aside),
        }
        self._high, self._highs = self._add(np.where(no_high, 0, high)), self._add(~no_high)
        self._best = self._add(np.where(no_best, stated_low, best))
        self._bests = self._add(~(no_best & no_low))

    def _add(self, values: npt.NDArray[Any]) -> Numbers:
        total = np.zeros(self._size, np.int64)
        np.add.at(total, self._group, values.astype(np.int64))
        return total

    def _text(self, n: int, column: int) -> str:
        """Of the bucket's value of a column; empty for none, and where there is no such column."""
        if column >= len(self._texts):
            return ""
        return self._texts[column][self._codes[column][n]] or ""

    def _bucket(self, n: int) -> Bucket:
        sums = {name: int(values[n]) for name, values in self.sums.items()}
        is_open = sums["open_high"] or not self._highs[n]
        return Bucket(
            key=self._text(n, 0),
            country=self._text(n, 1),
            high=None if is_open else int(self._high[n]),
            best=int(self._best[n]) if self._bests[n] else None,
            **sums,
        )

    def in_order(self) -> list[Bucket]:
        """Every bucket, by its key."""
        return sorted(map(self._bucket, range(self._size)), key=lambda b: b.key)

    def largest(self, limit: int) -> list[Bucket]:
        """Those with the largest lower bounds; of equals, by key."""
        low = self.sums["low"]
        least = np.sort(low)[-limit] if self._size > limit else 0
        near: list[int] = np.flatnonzero(low >= least).tolist()
        chosen = sorted(near, key=lambda n: (-int(low[n]), self._text(n, 0)))
        return [self._bucket(n) for n in chosen[:limit]]


def count_by(index: Index, filters: Filters, column: Coded) -> list[tuple[str, int]]:
    """How many incidents have each value of ``grade``, ``status``, ``site`` or ``country``."""
    codes = index.columns.coded[column][find_mask(index, filters)]
    counts = np.bincount(codes)
    texts = index.columns.codes[column].texts
    found = [(str(texts[n]), int(counts[n])) for n in np.flatnonzero(counts) if n]
    return sorted(found, key=lambda row: (-row[1], row[0]))


def list_spots(index: Index, filters: Filters, limit: int) -> tuple[list[Spot], int]:
    """Places with a point of their own, the most told of first, and how many there are; a
    country's middle is no place of anything."""
    key = ("spots", filters.narrowing, limit)
    return index.cached("figures", key, lambda: _list_spots(index, filters, limit))


def _list_spots(index: Index, filters: Filters, limit: int) -> tuple[list[Spot], int]:
    columns = index.columns
    inside = np.flatnonzero(find_mask(index, filters) & columns.is_placed)
    spots, first, counts = np.unique(columns.spot[inside], return_index=True, return_counts=True)
    least = np.sort(counts)[-limit] if len(counts) > limit else 0
    near = counts >= least
    ranked = sorted(
        zip(spots[near].tolist(), inside[first[near]].tolist(), counts[near].tolist(), strict=True),
        key=lambda row: (-row[2], columns.spots[row[0]][0] or ""),
    )[:limit]
    numbers = [n for _, n, _ in ranked]
    query = f"""SELECT n, id, title, place_id, country, kind FROM incidents
        WHERE n IN ({", ".join("?" * len(numbers))})"""
    known = {n: row for n, *row in index.rows(query, numbers)}
    found = []
    for spot, n, count in ranked:
        place, lat, lon, precision = columns.spots[spot]
        if n not in known or lat is None or lon is None:
            continue
        key, title, place_id, country, kind = known[n]
        found.append(
            Spot(
                place=place or "",
                place_id=place_id,
                country=country,
                lat=lat,
                lon=lon,
                precision=SOMEWHERE if precision is None else precision,
                kind=kind,
                incidents=count,
                first=key,
                title=title,
            )
        )
    return found, len(spots)
