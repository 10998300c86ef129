"""Fixtures every folder of tests may use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that goes on by one second each time it is asked."""
    ticks = iter(range(1_000_000))

    def now() -> datetime:
        return datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=next(ticks))

    return now


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A small folder of reports, two of them unreadable."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("Shelling left 3 people killed. The mayor said 17 were injured.")
    (folder / "b.txt").write_text("Later 5 people killed, said the mayor.")
    (folder / "c.txt").write_text("Nothing happened. 4 patients injured.")
    (folder / "d.txt").write_text("undecodable")
    (folder / "e.txt").write_text("This one breaks us: 9 killed.")
    return folder
