"""Many cases against the API, well-formed and malformed apart: no answer beyond what its
description promises, none that is a failure of the server.

A few hundred here; `DESK_API_CASES=10000 pytest tests/web/test_api_cases.py` (or `make proofs`)
asks that many. Half the cases of a way that takes an id carry one that is there.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
import schemathesis.checks
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from harmledger.web import Desk, make_app
from harmledger.web.app import WAYS

CASES = int(os.environ.get("DESK_API_CASES", "300"))
"""How many cases, over all ways of the API and both kinds of cases together."""
BASE = "http://127.0.0.1:8765"
TABLES = {"incidents": "incidents", "documents": "documents", "claims": "claims"}


def find_ids(desk: Desk, path: str) -> list[str]:
    """Ids that a way's ``{id}`` leads to."""
    table = path.split("/")[2]
    if "{id}" not in path or table not in TABLES:
        return []
    return [i for (i,) in desk.faces.whole.rows(f"SELECT id FROM {table} ORDER BY n")]


def ask_all(desk: Desk, mode: GenerationMode, cases: int) -> Counter[int]:
    """Ask every operation; gives how often each status was answered.

    Raises:
        FailureGroup: of Schemathesis, with the request to repeat.
    """
    app = make_app(desk)
    schema = schemathesis.openapi.from_dict(app.openapi())
    schema.app = app
    asked = [found.ok() for found in schema.get_all_operations()]
    if mode is GenerationMode.NEGATIVE:
        asked = [operation for operation in asked if takes_more_than_an_id(operation)]
    answers: Counter[int] = Counter()
    for operation in asked:
        strategy = operation.as_strategy(generation_mode=mode)
        _ask(strategy, find_ids(desk, operation.path), cases // len(asked) + 1, answers)()
    return answers


def takes_more_than_an_id(operation: Any) -> bool:
    """Nothing wrong can be asked of a way that takes nothing, or any name at all."""
    return any(p.get("in") == "query" for p in operation.definition.raw.get("parameters", ()))


def _ask(cases: Any, ids: list[str], many: int, answers: Counter[int]) -> Callable[[], None]:
    @settings(
        max_examples=many,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases, real=st.sampled_from([None, *ids]))
    def ask(case: Any, real: str | None) -> None:
        if real is not None and case.path_parameters:
            case.path_parameters["id"] = real
        response = case.call(base_url=BASE)
        answers[response.status_code] += 1
        case.validate_response(response, excluded_checks=unfair(response))

    return ask


def unfair(response: Any) -> list[Any]:
    """What no description can say: that one word of a search has three letters at least."""
    short = response.status_code == 422 and "3 letters" in response.text
    return [schemathesis.checks.positive_data_acceptance] if short else []


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_every_case_is_answered_as_described(desk: Desk, mode: GenerationMode) -> None:
    answers = ask_all(desk, mode, CASES // 2)
    print(mode.value, sum(answers.values()), "cases:", dict(sorted(answers.items())))
    assert sum(answers.values()) > CASES // 4
    assert not [status for status in answers if status >= 500]
    expected = 200 if mode is GenerationMode.POSITIVE else 422
    assert answers[expected] > sum(answers.values()) // 4


def test_every_way_that_answers_json_is_described(desk: Desk, caller: Any) -> None:
    """Schemathesis asks only what the description names, which is the one that is served."""
    served = caller.get("/api/openapi.json").json()
    assert served == make_app(desk).openapi()
    described = set(served["paths"])
    ways = {w.path for w in WAYS if w.path.startswith("/api/") and w.path != "/api/openapi.json"}
    assert described == ways
