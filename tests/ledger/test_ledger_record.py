"""The record: append-only, chained, equal after rebuilding, and honest about damage."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from fake_rooms import make_rooms
from harmledger.core.decision import Decision
from harmledger.core.errors import LedgerBusy, LedgerDamaged, LedgerRefused, WrongUsage
from harmledger.ledger import FIRST_PREV, Ledger, open_ledger, verify_ledger
from harmledger.pipeline import run_paths

Clock = Callable[[], datetime]


@pytest.fixture
def path(tmp_path: Path, reports: Path, clock: Clock) -> Path:
    path = tmp_path / "harm.ledger"
    with open_ledger(path, write=True, clock=clock) as ledger:
        run_paths([reports], ledger, clock=clock, maker=make_rooms)
    return path


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    lines = list(connection.iterdump())
    connection.close()
    return lines


def tamper(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def untriggered(*statements: str) -> tuple[str, ...]:
    drop = ("DROP TRIGGER log_refuses_update", "DROP TRIGGER log_refuses_delete")
    return (*drop, *statements)


def problems(path: Path, head: str | None = None) -> list[str]:
    with open_ledger(path) as ledger:
        return [f"{p.where}: {p.what}" for p in verify_ledger(ledger, head)]


def test_a_fresh_ledger_verifies(path: Path) -> None:
    assert problems(path) == []


def test_an_empty_ledger_verifies(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "new.ledger", write=True) as ledger:
        assert ledger.head().seq == 0
        assert verify_ledger(ledger, FIRST_PREV) == ()


def test_each_entry_names_the_one_before(path: Path) -> None:
    with open_ledger(path) as ledger, ledger.records() as records:
        entries = list(records.iter_entries())
    assert [e.seq for e in entries] == list(range(1, len(entries) + 1))
    assert [e.prev for e in entries] == [FIRST_PREV, *(e.hash for e in entries[:-1])]
    assert entries[0].kind == "document"
    assert entries[0].at.endswith("+00:00")


@pytest.mark.parametrize("deed", ["UPDATE log SET at = 'x'", "DELETE FROM log"])
def test_the_log_refuses_change(path: Path, deed: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        tamper(path, deed)


def test_rebuilding_gives_the_same_tables(path: Path, clock: Clock) -> None:
    before = dump(path)
    with open_ledger(path, write=True, clock=clock) as ledger:
        assert ledger.rebuild() == ledger.head().seq
    assert dump(path) == before


def test_rebuilding_repairs_changed_tables(path: Path, clock: Clock) -> None:
    before = dump(path)
    tamper(path, "UPDATE claims SET harm = 'missing'", "DELETE FROM documents")
    assert dump(path) != before
    with open_ledger(path, write=True, clock=clock) as ledger:
        ledger.rebuild()
    assert dump(path) == before


def test_a_changed_entry_is_found(path: Path) -> None:
    body = "UPDATE log SET body = replace(body, '17', '16') WHERE kind = 'extraction'"
    tamper(path, *untriggered(body))
    assert any("was changed after it was written" in line for line in problems(path))


def test_a_removed_entry_is_found(path: Path) -> None:
    tamper(path, *untriggered("DELETE FROM log WHERE seq = 3"))
    assert any("entries between are missing" in line for line in problems(path))


def test_a_cut_off_end_is_found_with_the_earlier_head(path: Path, clock: Clock) -> None:
    with open_ledger(path) as ledger:
        head = ledger.head()
    tamper(path, *untriggered(f"DELETE FROM log WHERE seq = {head.seq}"))
    with open_ledger(path, write=True, clock=clock) as ledger:
        ledger.rebuild()
    assert problems(path) == []
    assert any("earlier head" in line for line in problems(path, head.hash))


def test_an_earlier_head_still_stands(path: Path) -> None:
    with open_ledger(path) as ledger, ledger.records() as records:
        early = next(records.iter_entries())
    assert problems(path, early.hash) == []


def test_a_changed_table_is_found(path: Path) -> None:
    tamper(path, "UPDATE claims SET harm = 'missing' WHERE position = 1")
    assert any("table claims" in line for line in problems(path))


def test_changed_and_missing_bytes_are_found(path: Path) -> None:
    store = path.with_name("harm.ledger.store")
    first, second = sorted(p for p in store.rglob("*") if p.is_file())[:2]
    first.chmod(0o644)
    first.write_bytes(b"other words")
    second.unlink()
    found = problems(path)
    assert any("does not hold the bytes its name promises" in line for line in found)
    assert any("the store does not hold them" in line for line in found)


def test_a_quote_that_moved_is_found(path: Path) -> None:
    tamper(
        path,
        "UPDATE claims SET body = json_set(body, '$.span.start', 0) WHERE position = 1",
    )
    assert any("quote does not stand" in line for line in problems(path))


def test_stored_files_are_read_only_and_named_by_hash(path: Path) -> None:
    store = path.with_name("harm.ledger.store")
    files = [p for p in store.rglob("*") if p.is_file()]
    assert files
    assert all(p.stat().st_mode & 0o222 == 0 for p in files)
    assert all(len(p.parent.name + p.name) == 64 for p in files)


def test_a_second_writer_is_told(path: Path, clock: Clock) -> None:
    with open_ledger(path, write=True, clock=clock):
        with pytest.raises(LedgerBusy, match="another process"):
            open_ledger(path, write=True, clock=clock)
        with open_ledger(path) as reader:
            assert reader.head().seq > 0
    with open_ledger(path, write=True, clock=clock):
        pass


def test_the_lock_dies_with_its_process(path: Path, clock: Clock) -> None:
    code = (
        "import os, sys; from pathlib import Path; from harmledger.ledger import open_ledger; "
        "open_ledger(Path(sys.argv[1]), write=True); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    with open_ledger(path, write=True, clock=clock):
        pass


def test_a_reader_cannot_write(path: Path) -> None:
    with open_ledger(path) as ledger, pytest.raises(LedgerRefused, match="for reading"):
        ledger.rebuild()


def test_no_ledger_to_read(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="no ledger at"):
        open_ledger(tmp_path / "none.ledger")
    assert not (tmp_path / "none.ledger").exists()


@pytest.mark.parametrize("content", [b"words, words, words" * 100, b""])
def test_a_file_that_is_no_ledger(tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "notes.txt"
    other.write_bytes(content)
    with pytest.raises(LedgerDamaged, match="not a ledger"):
        open_ledger(other)


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    tamper(other, "CREATE TABLE birds (name TEXT)")
    with pytest.raises(LedgerDamaged, match="birds"):
        open_ledger(other, write=True)


def test_a_clock_without_zone_is_refused(tmp_path: Path, reports: Path, clock: Clock) -> None:
    with (
        open_ledger(
            tmp_path / "x.ledger", write=True, clock=lambda: datetime(2024, 1, 1)
        ) as ledger,
        pytest.raises(LedgerRefused, match="zone"),
    ):
        run_paths([reports], ledger, clock=clock, maker=make_rooms)


def test_a_decision_taken_on_an_old_state_is_refused(path: Path, clock: Clock) -> None:
    decision = Decision(
        id="dec_1",
        at="2024-01-01T00:00:00+00:00",
        by="Ana",
        action="accept",
        about=("clm_1",),
        reason="read it",
        prev=FIRST_PREV,
    )
    with (
        open_ledger(path, write=True, clock=clock) as ledger,
        pytest.raises(LedgerRefused, match="decide again"),
    ):
        ledger.write_decision(decision)


def test_texts_come_back_whole(path: Path) -> None:
    with open_ledger(path) as ledger, ledger.records() as records:
        document = records.find_document("a")
        assert document is not None
        text = records.find_text(document.id, document.text_sha256)
        claims = [known.claim for known in records.iter_claims(document.id)]
    assert text is not None
    assert len(text.sentences) == 2
    assert all(text.text[c.span.start : c.span.end] == c.span.quote for c in claims)
    assert [c.span.quote for c in claims] == ["3 people killed", "17 were injured"]


def test_a_killed_write_leaves_no_trace(path: Path, clock: Clock) -> None:
    partial = path.with_name("harm.ledger.store") / "partial"
    (partial / "half").write_bytes(b"ha")
    with open_ledger(path, write=True, clock=clock) as ledger:
        assert list(partial.iterdir()) == []
        assert isinstance(ledger, Ledger)
    assert problems(path) == []


def test_the_log_is_plain_json(path: Path) -> None:
    with open_ledger(path) as ledger, ledger.records() as records:
        kinds = [(e.kind, msgspec.json.decode(e.body)) for e in records.iter_entries()]
    refusals = [body for kind, body in kinds if kind == "refusal"]
    assert [Path(r["path"]).name for r in refusals] == ["d.txt", "e.txt"]
    assert all(r["sha256"] for r in refusals)
