"""Two annotators over the same reports: the measures of ``eval``, and nothing but sums."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.marked import DEVELOPMENT, TEXT, gold_claim, gold_document, write_gold
from harmledger.core.errors import CannotParse, WrongUsage
from harmledger.evals.agreement import Agreement, score_agreement
from harmledger.evals.prints import render_agreement
from harmledger.evals.strata import STRATA
from harmledger.evals.tables import DOCUMENT, find_table, put_table, render_agreement_table


def agree(folder: Path, first: list[dict[str, Any]], second: list[dict[str, Any]]) -> Agreement:
    """The agreement of two markings of the one small report."""
    path = write_gold(folder, gold_document(DEVELOPMENT, claims=first))
    again = gold_document(DEVELOPMENT, annotator="b", claims=second)
    (folder / "second").mkdir(exist_ok=True)
    (folder / "second" / path.name).write_text(json.dumps(again), encoding="utf-8")
    return score_agreement(folder, None)[0]


def injured(**given: Any) -> dict[str, Any]:
    start = TEXT.index("17 were injured")
    told = {"n": 2, "start": start, "end": start + 15, "harm": "injured", "low": 17, "high": 17}
    return gold_claim(**(told | given))


def test_the_same_claims_agree_in_everything(tmp_path: Path) -> None:
    same = agree(tmp_path, [gold_claim(), injured()], [gold_claim(), injured()])
    assert same.claims == (2, 2)
    for name in ("precision", "recall", "f1", "whole_claim", "field.place", "field.date"):
        assert same.value(name) == 1
    assert same.value("field.roles") is None


def test_each_in_turn_is_the_gold(tmp_path: Path) -> None:
    more = agree(tmp_path, [gold_claim()], [gold_claim(), injured()])
    assert (more.value("precision"), more.value("recall")) == (2 / 3, 2 / 3)
    assert more.f1_first == more.f1_second == pytest.approx(2 / 3)


def test_what_one_calls_optional_is_held_against_nobody(tmp_path: Path) -> None:
    maybe = agree(tmp_path, [gold_claim()], [gold_claim(), injured(optional=True)])
    assert maybe.value("f1") == 1


def test_fields_differ_one_by_one(tmp_path: Path) -> None:
    other = gold_claim(site="market", date="2022-03-10", place=["Mariupol", "Lviv"], voice=None)
    differ = agree(tmp_path, [gold_claim()], [other])
    assert differ.value("f1") == 1
    assert differ.value("whole_claim") == 0
    wrong = {m.name for m in differ.measures if m.name.startswith("field.") and m.value == 0}
    assert wrong == {"field.site", "field.date", "field.place", "field.voice"}


def test_no_report_is_named(tmp_path: Path) -> None:
    printed = render_agreement([agree(tmp_path, [gold_claim()], [injured()])])
    assert DEVELOPMENT not in printed
    assert "Mariupol" not in printed


def test_another_text_and_no_second_marking_are_refused(tmp_path: Path) -> None:
    path = write_gold(tmp_path, gold_document(DEVELOPMENT))
    with pytest.raises(CannotParse, match="no second marking"):
        score_agreement(tmp_path, None)
    (tmp_path / "second").mkdir()
    other = gold_document(DEVELOPMENT, text_sha256="0" * 64)
    (tmp_path / "second" / path.name).write_text(json.dumps(other), encoding="utf-8")
    with pytest.raises(CannotParse, match="same text"):
        score_agreement(tmp_path, None)


def test_the_printed_table_is_the_measured_one(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = root.parent / "shared" / "data"
    if not data.is_dir():
        pytest.skip("the texts of the found stratum are not beside the repository")
    monkeypatch.chdir(root)
    printed = find_table(DOCUMENT.read_text(encoding="utf-8"), "agreement")
    assert printed == render_agreement_table(data)
    assert all(stratum in printed for stratum in STRATA)


def test_a_table_is_put_between_its_marks() -> None:
    page = "a\n<!-- table: agreement -->\nold\n<!-- end -->\nb\n"
    put = put_table(page, "agreement", "| new |")
    assert put == "a\n<!-- table: agreement -->\n| new |\n<!-- end -->\nb\n"
    assert find_table(put, "agreement") == "| new |"
    with pytest.raises(WrongUsage, match="ablation"):
        put_table(page, "ablation", "| new |")
