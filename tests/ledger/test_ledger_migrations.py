"""A ledger of every schema released is read by this version, nothing lost."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from fake_rooms import make_later_rooms
from harmledger.core.errors import LedgerDamaged, WrongUsage
from harmledger.ledger import open_ledger, verify_ledger
from harmledger.pipeline import run_paths, view_ledger

REPORTS = {
    "a.txt": "Shelling left 3 people killed. The mayor said 17 were injured.",
    "b.txt": "Later 5 people killed, said the mayor.",
    "c.txt": "Nothing happened. 4 patients injured.",
    "d.txt": "undecodable",
    "e.txt": "This one breaks us: 9 killed.",
}
"""What the ledger in schema_1.sql was made from; the bytes of its store."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Schema 1, as version 0.1.0 before the second schema wrote it."""
    path = tmp_path / "old.ledger"
    connection = sqlite3.connect(path)
    connection.executescript((Path(__file__).parent / "schema_1.sql").read_text("utf-8"))
    connection.close()
    from harmledger.ledger import ContentStore

    store = ContentStore(tmp_path / "old.ledger.store")
    for words in REPORTS.values():
        store.write(words.encode())
    return path


def test_an_old_ledger_is_brought_forward(old: Path) -> None:
    connection = sqlite3.connect(old)
    log = connection.execute("SELECT seq, at, kind, body, prev, hash FROM log").fetchall()
    claims = connection.execute("SELECT seq, position, id, body FROM claims").fetchall()
    connection.close()
    with open_ledger(old, write=True) as ledger:
        assert verify_ledger(ledger, log[-1][5]) == ()
        view = view_ledger(ledger)
    connection = sqlite3.connect(old)
    assert connection.execute("SELECT seq, at, kind, body, prev, hash FROM log").fetchall() == log
    assert connection.execute("SELECT seq, position, id, body FROM claims").fetchall() == claims
    connection.close()
    assert [d.action for d in view.decisions[:4]] == ["accept", "amend", "reject", "withdraw"]
    assert {d.action for d in view.decisions[4:]} == {"carry"}
    with open_ledger(old, write=True) as ledger:
        folder = old.parent / "reports"
        folder.mkdir()
        (folder / "f.txt").write_text("Then 6 killed.")
        assert run_paths([folder], ledger, clock=clock_now, maker=make_later_rooms).read == 1
        assert verify_ledger(ledger, log[-1][5]) == ()


def clock_now() -> datetime:
    from harmledger.ledger import utc_clock

    return utc_clock()


def test_reading_an_old_ledger_says_how_to_bring_it_forward(old: Path) -> None:
    with pytest.raises(WrongUsage, match="harmledger rebuild"):
        open_ledger(old)


def test_a_ledger_of_a_later_version_is_left_alone(old: Path) -> None:
    connection = sqlite3.connect(old)
    connection.execute("UPDATE meta SET value = '99'")
    connection.commit()
    connection.close()
    before = old.read_bytes()
    for write in (False, True):
        with pytest.raises(LedgerDamaged, match="newer one"):
            open_ledger(old, write=write)
    assert old.read_bytes()[100:] == before[100:]  # the header counts openings in WAL mode


def test_half_a_migration_is_none(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from harmledger.ledger import opening

    def fail(*_args: object) -> int:
        raise RuntimeError("the power went")

    monkeypatch.setattr(opening, "rebuild_tables", fail)
    with pytest.raises(RuntimeError):
        open_ledger(old, write=True)
    monkeypatch.undo()
    with open_ledger(old, write=True) as ledger:
        assert verify_ledger(ledger) == ()
        assert ledger.head().seq > 0
