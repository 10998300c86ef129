"""Paths and helpers for tests of scoring."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))


@pytest.fixture(scope="session")
def root() -> Path:
    return HERE.parents[1]
