"""From counts per report to measures with an interval: ratios of sums, reports drawn again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from harmledger.core.base import Value
from harmledger.core.claim import Harm
from harmledger.evals.fields import FURTHER, WHOLE

RESAMPLES = 1000
SEED = 20240501
COVERED = 0.95

Weights = Mapping[str, float]


class Measure(Value, frozen=True, kw_only=True):
    """``value`` is ``top`` divided by ``of``; ``low``..``high`` is the middle 95 % of resamples
    drawn by report. All three are null when nothing was asked."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    top: float
    of: float


class Ratio(Value, frozen=True, kw_only=True):
    """A measure as two weighted sums of counts."""

    name: str
    top: Weights
    of: Weights


def headline_ratios() -> tuple[Ratio, ...]:
    """What is reported first; the gate's floors stand on the share-like ones."""
    return (
        _ratio("precision", {"found": 1}, {"found": 1, "extra": 1}),
        _ratio("recall", {"found": 1}, {"asked": 1}),
        _ratio("f1", {"found": 2}, {"found": 1, "extra": 1, "asked": 1}),
        _ratio("whole_claim", {"whole": 1}, {"asked": 1}),
        _ratio("killed_injured_exact", {"counted.exact": 1}, {"counted.asked": 1}),
        _ratio("killed_injured_exact_of_found", {"counted.exact": 1}, {"counted.found": 1}),
        _ratio("not_silent", {"asked": 1, "silent": -1}, {"asked": 1}),
        _ratio("must_not_say", {"must_not_say": 1}, {"reports": 1}),
        _ratio("left_alone", {"out_of_scope": 1, "out_of_scope.said": -1}, {"out_of_scope": 1}),
        _ratio("part_of_stated", {"parts.right": 1}, {"parts": 1}),
        _ratio("numbers_used", {"numbers.used": 1}, {"numbers": 1}),
        _ratio("numbers_read_as", {"numbers.read_as": 1}, {"numbers": 1}),
        _ratio("numbers_unresolved", {"numbers.unresolved": 1}, {"numbers": 1}),
        _ratio("unresolved_unclear", {"lines.unclear": 1}, {"lines": 1}),
        _ratio("unresolved_doubted", {"lines.doubted": 1}, {"lines": 1}),
        _ratio("unresolved_per_100_words", {"unresolved": 100}, {"words": 1}),
        _ratio("words_per_second", {"words": 1000}, {"milliseconds": 1}),
    )


def all_ratios() -> tuple[Ratio, ...]:
    """Headlines, then each field over the claims found, then recall of each harm."""
    fields = (
        _ratio(f"field.{f}", {f"field.{f}.right": 1}, {f"field.{f}.asked": 1})
        for f in (*WHOLE, *FURTHER)
    )
    harms = (
        _ratio(f"recall.{h}", {f"harm.{h}.found": 1}, {f"harm.{h}.asked": 1})
        for h in get_args(Harm)
    )
    return (*headline_ratios(), *fields, *harms)


def _ratio(name: str, top: Weights, of: Weights) -> Ratio:
    return Ratio(name=name, top=top, of=of)


def measure_all(
    counts: Sequence[Mapping[str, float]], ratios: Sequence[Ratio] | None = None
) -> tuple[Measure, ...]:
    """Every measure (or the ``ratios`` asked for) over the reports whose counts are given. Same
    counts, same answer."""
    names = sorted({name for one in counts for name in one})
    table = np.array([[one.get(name, 0.0) for name in names] for one in counts], dtype=float)
    table = table.reshape(len(counts), len(names))
    draws = _draw(len(counts)) @ table
    sums = table.sum(axis=0)
    return tuple(_measure(ratio, names, sums, draws) for ratio in ratios or all_ratios())


def compare_counts(
    name: str,
    before: Sequence[Mapping[str, float]],
    after: Sequence[Mapping[str, float]],
) -> Measure:
    """How much the measure called ``name`` differs between two readings of the same reports,
    with an interval over draws that take each report with both its readings. ``top`` and ``of``
    are the two values."""
    ratio = next(ratio for ratio in all_ratios() if ratio.name == name)
    draws = _draw(len(after))
    one, two = (_ratio_of_draws(ratio, counts, draws) for counts in (before, after))
    low, high = np.quantile(two[1] - one[1], ((1 - COVERED) / 2, (1 + COVERED) / 2))
    return Measure(
        name=f"{name} gained",
        value=two[0] - one[0],
        low=float(low),
        high=float(high),
        top=two[0],
        of=one[0],
    )


def _ratio_of_draws(
    ratio: Ratio, counts: Sequence[Mapping[str, float]], draws: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    top, of = (
        np.array([sum(w * one.get(n, 0.0) for n, w in weights.items()) for one in counts])
        for weights in (ratio.top, ratio.of)
    )
    return float(top.sum() / of.sum()), (draws @ top) / np.maximum(draws @ of, 1e-9)


def _draw(documents: int) -> NDArray[np.float64]:
    """How often each report is drawn in each resample."""
    if not documents:
        return np.zeros((RESAMPLES, 0))
    shares = np.full(documents, 1 / documents)
    return np.random.default_rng(SEED).multinomial(documents, shares, RESAMPLES).astype(float)


def _measure(
    ratio: Ratio, names: Sequence[str], sums: NDArray[np.float64], draws: NDArray[np.float64]
) -> Measure:
    top_weights = np.array([ratio.top.get(name, 0.0) for name in names])
    of_weights = np.array([ratio.of.get(name, 0.0) for name in names])
    top, of = float(sums @ top_weights), float(sums @ of_weights)
    if not of:
        return Measure(name=ratio.name, value=None, low=None, high=None, top=top, of=of)
    tops, ofs = draws @ top_weights, draws @ of_weights
    drawn = tops[ofs > 0] / ofs[ofs > 0]
    edge = (1 - COVERED) / 2
    low, high = np.quantile(drawn, (edge, 1 - edge))
    return Measure(
        name=ratio.name, value=top / of, low=float(low), high=float(high), top=top, of=of
    )
