"""A ledger of every schema released is read by this version, nothing lost."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from forging import read_log, strip, write_log_anew

from behind import change, dump_tables
from fake_rooms import make_later_rooms
from harmledger.core.document import Capture
from harmledger.core.errors import LedgerDamaged, WrongUsage
from harmledger.ledger import check_ledger, open_ledger, verify_ledger
from harmledger.ledger.migrations import STEPS
from harmledger.ledger.schema import SCHEMA
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
    query = f"SELECT seq, at, kind, body, prev, hash FROM log WHERE seq <= {len(log)}"
    assert connection.execute(query).fetchall() == log
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


def test_a_signed_entry_names_where_the_old_log_ended(old: Path) -> None:
    connection = sqlite3.connect(old)
    ((seq, last),) = connection.execute("SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1")
    connection.close()
    with open_ledger(old, write=True) as ledger:
        found = check_ledger(ledger)
        with ledger.records() as records:
            ((number, said),) = records.notes("migration")
    assert (found.problems, found.unsigned) == ((), seq)
    assert [(s.first, s.entries) for s in found.signatories] == [(seq + 1, 2)]
    assert number == seq + 1
    assert said == {"from": "1", "to": SCHEMA, "seq": seq, "hash": last}


def test_an_old_log_written_anew_after_that_is_found(old: Path) -> None:
    """Its entries are unsigned, and still nobody can change them behind the entry that names the
    last of them."""
    with open_ledger(old, write=True) as ledger:
        seq = check_ledger(ledger).unsigned
    entries = read_log(old)
    (decision,) = [n for n, e in enumerate(entries) if e.kind == "decision"][:1]
    said = entries[decision].body.replace('"accept"', '"reject"')
    assert said != entries[decision].body
    entries[decision] = msgspec.structs.replace(entries[decision], body=said)
    write_log_anew(old, [*strip(entries[:seq]), *entries[seq:]])
    with open_ledger(old) as ledger:
        found = [f"{p.where}: {p.what}" for p in verify_ledger(ledger)]
    assert f"log entry {seq + 1}: does not name the entry before it" in found


def make_schema_2(place: Path | str) -> None:
    """The second schema had no table of sealed persons; all else was as it is."""
    change(place, "DROP TABLE people", "UPDATE meta SET value = '2' WHERE key = 'schema'")


def test_a_ledger_of_the_second_schema_is_brought_forward(filled: Path | str) -> None:
    """On both engines; the log word for word, the tables as they were."""
    entries, tables = read_log(filled), dump_tables(filled)
    make_schema_2(filled)
    with pytest.raises(WrongUsage, match="harmledger rebuild"):
        open_ledger(filled)
    with open_ledger(filled, write=True) as ledger:
        assert verify_ledger(ledger, entries[-1].hash) == ()
        with ledger.records() as records:
            ((seq, said),) = records.notes("migration")
    assert read_log(filled)[: len(entries)] == entries
    assert (seq, said["hash"], said["from"]) == (len(entries) + 1, entries[-1].hash, "2")
    after = dump_tables(filled)
    assert {n: rows for n, rows in after.items() if n != "notes"} == {
        n: rows for n, rows in tables.items() if n != "notes"
    }


def test_a_second_schema_that_began_as_a_first(filled: Path | str) -> None:
    """Unsigned entries, then signed ones, none of which names where the unsigned ones ended."""
    prefix = strip(read_log(filled))
    write_log_anew(filled, prefix)
    with open_ledger(filled, write=True) as ledger:
        with ledger.records() as records:
            document = next(records.iter_documents()).id
        seen = Capture(
            captured_at="2024-03-01T00:00:00+00:00", path="seen.txt", method="file", tool="t@1"
        )
        ledger.write_capture(document, seen)
    make_schema_2(filled)
    with open_ledger(filled, write=True) as ledger:
        found = check_ledger(ledger)
    assert (found.problems, found.unsigned) == ((), len(prefix))


def test_every_schema_known_is_tested_here() -> None:
    assert set(STEPS) == {"1", "2"}


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
