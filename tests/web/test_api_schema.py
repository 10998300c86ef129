"""The API against its own description: no answer it does not describe, no failure inside.

`HARMLEDGER_API_CASES=10000 pytest tests/web/test_api_schema.py` tries about so many.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from conftest import copy_ledger, opened_desk
from harmledger.web import make_app
from harmledger.web.app import WAYS

HOST = {"host": "127.0.0.1:8765"}
WAYS_DESCRIBED = sum(way.api for way in WAYS)
CASES = max(1, int(os.environ.get("HARMLEDGER_API_CASES", "200")) // WAYS_DESCRIBED)


@pytest.fixture(scope="module")
def described(_master: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with opened_desk(copy_ledger(_master, tmp_path_factory.mktemp("api"))) as desk:
        app = make_app(desk)
        yield schemathesis.openapi.from_asgi("/api/openapi.json", app, headers=HOST)


@pytest.mark.parametrize("path", [way.path for way in WAYS if way.api])
def test_every_answer_is_as_described(described: Any, path: str) -> None:
    """One test a way; each draws its own cases, well-formed and not."""

    @settings(
        max_examples=CASES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=described[path]["GET"].as_strategy())
    def try_case(case: Any) -> None:
        answer = case.call(headers=HOST)
        assert answer.status_code < 500
        case.validate_response(answer)

    try_case()
