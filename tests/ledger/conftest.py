"""A ledger with something in it, on each engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from fake_rooms import make_rooms
from harmledger.ledger import open_ledger
from harmledger.pipeline import run_paths


@pytest.fixture
def filled(place: Path | str, reports: Path, clock: Callable[[], datetime]) -> Path | str:
    """The five small reports, read."""
    with open_ledger(place, write=True, clock=clock) as ledger:
        run_paths([reports], ledger, clock=clock, maker=make_rooms)
    return place
