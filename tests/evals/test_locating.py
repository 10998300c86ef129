"""Learning weights from offers and right answers."""

from __future__ import annotations

import numpy as np

from harmledger.evals.locating.softmax import Question, _Table, learn


def _ask(right: str, *offers: dict[str, float]) -> Question:
    return Question(offers=offers, right=tuple(right in marks for marks in offers))


def test_what_is_always_right_gains_and_what_is_not_loses() -> None:
    questions = [
        _ask("near", {"near": 1.0, "said": 1.0}, {"far": 1.0, "said": 1.0}, {"none": 1.0})
        for _ in range(8)
    ]
    weights = learn(questions, calm=1.0)
    assert weights["near"] > 0.5
    assert weights["far"] < 0
    assert weights["none"] < 0


def test_questions_that_tell_nothing_teach_nothing() -> None:
    all_right = Question(offers=({"a": 1.0}, {"b": 1.0}), right=(True, True))
    none_right = Question(offers=({"a": 1.0}, {"b": 1.0}), right=(False, False))
    assert learn([all_right, none_right] * 8, calm=1.0) == {}


def test_rare_marks_get_no_weight() -> None:
    usual = [_ask("near", {"near": 1.0}, {"far": 1.0}) for _ in range(8)]
    odd = _ask("odd", {"odd": 1.0}, {"far": 1.0})
    assert "odd" not in learn([*usual, odd], calm=1.0)


def test_the_slope_is_that_of_the_loss() -> None:
    table = _Table([_ask("a", {"a": 0.5, "b": 1.0}, {"b": 0.3}, {"c": 1.0}) for _ in range(5)])
    weights = np.array([0.3, -0.2, 0.1])
    loss, slope = table.loss(weights, 2.0)
    for at in range(3):
        moved = weights.copy()
        moved[at] += 1e-6
        assert abs((table.loss(moved, 2.0)[0] - loss) / 1e-6 - slope[at]) < 1e-3
