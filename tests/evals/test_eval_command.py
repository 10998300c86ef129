"""``harmledger eval`` as a person calls it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from evals.marked import DEVELOPMENT, make_rooms, write_corpus
from harmledger.cli import main
from harmledger.evals.frozen import score_frozen
from harmledger.evals.strata import score_strata


class Eval:
    """Runs the command in this process, with small rooms in place of the real ones."""

    def __init__(
        self, folder: Path, patch: pytest.MonkeyPatch, caught: pytest.CaptureFixture[str]
    ) -> None:
        self.gold, self.data = write_corpus(folder)
        self.log = folder / "log.jsonl"
        self._patch, self._caught = patch, caught
        for function in (score_strata, score_frozen):
            patch.setitem(function.__kwdefaults__, "maker", make_rooms)

    def __call__(self, *words: str, code: int = 0) -> str:
        given = ["eval", "--gold", self.gold, "--data", self.data, "--log", self.log, *words]
        self._patch.setattr(sys, "argv", ["harmledger", *map(str, given)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, self.err = self._caught.readouterr()
        assert (ended.value.code or 0) == code, out + self.err
        return out


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Eval:
    return Eval(tmp_path, monkeypatch, capsys)


def test_measures_for_people_and_for_programs(run: Eval) -> None:
    assert "written: 1 report, 1 claim entered" in run()
    printed = json.loads(run("--format", "json"))
    assert [score["stratum"] for score in printed["strata"]] == ["written", "found"]
    assert all(score["mistakes"] == [] for score in printed["strata"])


def test_errors_are_listed_when_asked_for(run: Eval) -> None:
    assert DEVELOPMENT not in run()
    assert DEVELOPMENT in run("--errors")
    assert json.loads(run("--errors", "--format", "json"))["strata"][0]["mistakes"]


def test_the_frozen_half_shows_no_errors_and_refuses_a_second_time(run: Eval) -> None:
    run("--frozen", "--errors", code=2)
    assert not run.log.exists()
    assert "frozen half" in run("--frozen")
    run("--frozen", code=1)
    assert "scored again when the extractor has a new version" in run.err
