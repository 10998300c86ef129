"""How much of the suite stands on both engines. The numbers may rise; a test that leaves an engine
says so by ``sqlite_file`` and why."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from engines import ENGINES, engine_of

TESTS = Path(__file__).parents[1]
LEAST = {"sqlite": 273, "postgresql": 265}


def test_no_fewer_tests_run_on_each_engine(request: pytest.FixtureRequest) -> None:
    items = request.session.items
    options = request.config.option
    files = set(TESTS.rglob("test_*.py"))
    if {item.path for item in items} != files or options.keyword or options.markexpr:
        pytest.skip("counts only where the whole suite was collected")
    counted = Counter(engine_of(item) for item in items)
    assert {engine: counted[engine] for engine in ENGINES if counted[engine] < LEAST[engine]} == {}


def test_what_runs_on_one_engine_alone_says_why(request: pytest.FixtureRequest) -> None:
    for item in request.session.items:
        marker = item.get_closest_marker("sqlite_file")
        if marker is not None:
            assert marker.args, f"{item.nodeid} gives no reason"
            assert engine_of(item) == ENGINES[0], f"{item.nodeid} does not ask for a place"
