"""Reports marked up again and settled: what was entered first stays, and is measured beside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.marked import DEVELOPMENT, gold_claim, gold_document, make_rooms, write_gold
from harmledger.core.errors import CannotParse
from harmledger.evals.agreement import score_again
from harmledger.evals.strata import AS_FIRST, score_strata
from harmledger.evals.tables import DOCUMENT, find_table, render_again

FOLDERS = ("first", "again_a", "again_b")


def mark(folder: Path, name: str, *, settled: Path, **given: Any) -> None:
    """One more marking of the one small report, in a folder of its own."""
    (folder / name).mkdir(exist_ok=True)
    row = gold_document(DEVELOPMENT, annotator=name, claims=[gold_claim(**given)])
    (folder / name / settled.name).write_text(json.dumps(row), encoding="utf-8")


def test_what_was_entered_first_is_measured_beside(tmp_path: Path) -> None:
    settled = write_gold(tmp_path, gold_document(DEVELOPMENT, claims=[gold_claim()]))
    score = score_strata(tmp_path, None, maker=make_rooms).strata[0]
    assert score.sets == ()
    mark(tmp_path, "first", settled=settled, low=4, high=4)
    score = score_strata(tmp_path, None, maker=make_rooms).strata[0]
    first = next(one for one in score.sets if one.name == AS_FIRST)
    assert (score.value("recall"), first.documents) == (1, 1)
    assert next(m.value for m in first.measures if m.name == "recall") == 0


def test_a_first_marking_of_another_text_is_refused(tmp_path: Path) -> None:
    settled = write_gold(tmp_path, gold_document(DEVELOPMENT))
    (tmp_path / "first").mkdir()
    other = gold_document(DEVELOPMENT, text_sha256="0" * 64)
    (tmp_path / "first" / settled.name).write_text(json.dumps(other), encoding="utf-8")
    with pytest.raises(CannotParse, match="another text"):
        score_strata(tmp_path, None, maker=make_rooms)


def test_the_three_are_compared_two_by_two(tmp_path: Path) -> None:
    settled = write_gold(tmp_path, gold_document(DEVELOPMENT))
    mark(tmp_path, "first", settled=settled, site="market")
    mark(tmp_path, "again_a", settled=settled, site="school")
    mark(tmp_path, "again_b", settled=settled, site="school")
    sites = {name: agreed.value("field.site") for name, agreed in score_again(tmp_path).items()}
    assert sites == {
        "first and again_a": 0,
        "first and again_b": 0,
        "again_a and again_b": 1,
    }


def test_every_settled_report_keeps_its_three_markings(root: Path) -> None:
    gold = root / "tests" / "gold"
    names = [{p.name for p in (gold / folder).iterdir()} for folder in FOLDERS]
    assert names[0] == names[1] == names[2]
    assert all((gold / "reports" / name).exists() for name in names[0])


def test_the_printed_table_is_the_measured_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    printed = find_table(DOCUMENT.read_text(encoding="utf-8"), "again")
    assert printed == render_again(root)
