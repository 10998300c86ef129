"""The quality gate: the development half stays above its floors."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.marked import DEVELOPMENT, gold_document, make_rooms, write_gold
from harmledger.core.errors import CannotParse, MissingResource
from harmledger.evals.gate import (
    GATE,
    GATED,
    Floors,
    find_breaches,
    load_gate,
    raise_floors,
    write_gate,
)
from harmledger.evals.gold import Stratum
from harmledger.evals.strata import StratumScore, score_strata
from harmledger.pipeline import Rooms, open_rooms


@pytest.fixture(scope="module")
def rooms() -> Rooms:
    try:
        return open_rooms()
    except MissingResource as missing:
        pytest.skip(f"needs the local place file: {missing}")


@pytest.mark.parametrize("stratum", ["written", "found"])
def test_the_development_half_is_above_its_floors(
    root: Path, rooms: Rooms, stratum: Stratum
) -> None:
    data = root.parent / "shared" / "data"
    if stratum == "found" and not data.is_dir():
        pytest.skip("the texts of the found stratum are not beside the repository")
    gold = root / "tests" / "gold"
    evaluation = score_strata(gold, data, strata=[stratum], maker=lambda: rooms)
    breaches = find_breaches(evaluation.strata[0], load_gate(root / GATE)[stratum])
    assert not breaches, "\n".join(breaches)


@pytest.fixture
def score(tmp_path: Path) -> StratumScore:
    """Precision 1/2, all else 1."""
    write_gold(tmp_path, gold_document(DEVELOPMENT))
    return score_strata(tmp_path, None, maker=make_rooms).strata[0]


def test_floors_only_go_up_on_the_same_gold(score: StratumScore) -> None:
    high = Floors(corpus=score.corpus, floors={"precision": 0.9, "recall": 0.2})
    raised = raise_floors(score, high)
    assert raised.floors["precision"] == 0.9
    assert raised.floors["recall"] == 1.0
    assert set(raised.floors) == set(GATED)
    other = raise_floors(score, Floors(corpus="another", floors={"precision": 0.9}))
    assert other == Floors(corpus=score.corpus, floors=raised.floors | {"precision": 0.5})


def test_a_fall_and_changed_gold_are_said_in_words(score: StratumScore) -> None:
    held = Floors(corpus=score.corpus, floors={"precision": 0.5, "recall": 1.0})
    assert find_breaches(score, held) == ()
    fallen = Floors(corpus=score.corpus, floors={"precision": 0.6})
    assert find_breaches(score, fallen) == ("written: precision is 0.5, its floor is 0.6",)
    changed = Floors(corpus="another", floors={})
    assert "the gold has changed" in find_breaches(score, changed)[0]


def test_the_gate_is_a_file_that_a_person_can_read(tmp_path: Path) -> None:
    path = tmp_path / "gate.yaml"
    gate = {"written": Floors(corpus="0a", floors={"precision": 0.5})}
    write_gate(path, gate)
    assert load_gate(path) == gate
    path.write_text("written: {floor: 1}", encoding="utf-8")
    with pytest.raises(CannotParse, match=r"gate\.yaml"):
        load_gate(path)
