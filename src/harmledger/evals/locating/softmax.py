"""Weights by which the right offer wins: a softmax over the offers of each claim."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from harmledger.core.base import Value

_RARE = 4
"""Marks seen on fewer offers are not learned."""
_SMALL = 0.02
"""Weights that move nothing are left out."""
_STEPS, _MEMORY, _HALVINGS = 300, 10, 30
Floats = NDArray[np.float64]


class Question(Value, frozen=True, kw_only=True):
    """The offers for one field of one claim, each by its marks, and which are right."""

    offers: tuple[Mapping[str, float], ...]
    right: tuple[bool, ...]


class _Table:
    """All questions as one sparse table: row by row the offers, column by column the marks."""

    def __init__(self, questions: Sequence[Question]) -> None:
        seen = Counter(name for q in questions for marks in q.offers for name in marks)
        self.names = sorted(name for name, count in seen.items() if count >= _RARE)
        column = {name: at for at, name in enumerate(self.names)}
        offers = [marks for q in questions for marks in q.offers]
        cells = [
            (row, column[name], share)
            for row, marks in enumerate(offers)
            for name, share in marks.items()
            if name in column
        ]
        self._rows = np.array([c[0] for c in cells], dtype=np.intp)
        self._columns = np.array([c[1] for c in cells], dtype=np.intp)
        self._shares = np.array([c[2] for c in cells])
        self._right = np.array([r for q in questions for r in q.right], dtype=float)
        lengths = np.array([len(q.offers) for q in questions])
        self._starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        self._question = np.repeat(np.arange(len(questions)), lengths)

    def loss(self, weights: Floats, calm: float) -> tuple[float, Floats]:
        """Minus the log of what the right offers get, and its slope; ``calm`` keeps them small."""
        count = len(self._right)
        score = np.bincount(self._rows, self._shares * weights[self._columns], minlength=count)
        score -= np.maximum.reduceat(score, self._starts)[self._question]
        grown = np.exp(score)
        whole = np.add.reduceat(grown, self._starts)
        good = np.add.reduceat(grown * self._right, self._starts)
        loss = float((np.log(whole) - np.log(good)).sum() + calm / 2 * (weights @ weights))
        off = grown / whole[self._question] - grown * self._right / good[self._question]
        slope = np.bincount(self._columns, self._shares * off[self._rows], minlength=len(weights))
        return loss, slope + calm * weights


def learn(questions: Sequence[Question], calm: float) -> dict[str, float]:
    """Weights by mark. Questions without a right offer, or without a wrong one, teach nothing."""
    telling = [q for q in questions if any(q.right) and not all(q.right)]
    if not telling:
        return {}
    table = _Table(telling)
    weights = _descend(table, calm)
    return {
        name: round(float(weight), 2)
        for name, weight in zip(table.names, weights, strict=True)
        if abs(weight) >= _SMALL
    }


def _descend(table: _Table, calm: float) -> Floats:
    """L-BFGS with halved steps; the loss is convex but for questions with several right offers."""
    weights = np.zeros(len(table.names))
    loss, slope = table.loss(weights, calm)
    past: list[tuple[Floats, Floats]] = []
    for _ in range(_STEPS):
        way = -_scaled(slope, past)
        step = 1.0 if past else 1.0 / max(1.0, float(np.abs(slope).sum()))
        for _ in range(_HALVINGS):
            next_loss, next_slope = table.loss(weights + step * way, calm)
            if next_loss <= loss + 1e-4 * step * float(slope @ way):
                break
            step /= 2
        moved, bent = step * way, next_slope - slope
        if float(moved @ bent) > 1e-10:
            past = [*past, (moved, bent)][-_MEMORY:]
        done = abs(loss - next_loss) < 1e-6 * max(1.0, abs(loss))
        weights, loss, slope = weights + moved, next_loss, next_slope
        if done:
            break
    return weights


def _scaled(slope: Floats, past: Sequence[tuple[Floats, Floats]]) -> Floats:
    way = slope.copy()
    shares = []
    for moved, bent in reversed(past):
        share = float(moved @ way) / float(bent @ moved)
        shares.append(share)
        way -= share * bent
    if past:
        moved, bent = past[-1]
        way *= float(moved @ bent) / float(bent @ bent)
    for (moved, bent), share in zip(past, reversed(shares), strict=True):
        way += (share - float(bent @ way) / float(bent @ moved)) * moved
    return way
