"""The record: append-only, chained, equal after rebuilding, and honest about damage."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import msgspec
import pytest
from sqlalchemy.exc import DBAPIError

from behind import change, change_quietly, dump_tables
from fake_rooms import make_rooms
from harmledger.core.decision import Decision
from harmledger.core.document import Capture
from harmledger.core.errors import LedgerBusy, LedgerDamaged, LedgerRefused, WrongUsage
from harmledger.core.ids import canonical_json
from harmledger.ledger import FIRST_PREV, Ledger, open_ledger, verify_ledger
from harmledger.ledger.schema import CAPTURES, CLAIMS, NUMBERS, UNRESOLVED
from harmledger.pipeline import run_paths

Clock = Callable[[], datetime]
Place = Path | str


def problems(place: Place, head: str | None = None) -> list[str]:
    with open_ledger(place) as ledger:
        return [f"{p.where}: {p.what}" for p in verify_ledger(ledger, head)]


def store_of(place: Place) -> Path:
    with open_ledger(place) as ledger:
        return Path(ledger.store.where("0" * 64)).parents[1]


def test_a_fresh_ledger_verifies(filled: Place) -> None:
    assert problems(filled) == []


def test_an_empty_ledger_verifies(place: Place) -> None:
    with open_ledger(place, write=True) as ledger:
        assert ledger.head().seq == 0
        assert verify_ledger(ledger, FIRST_PREV) == ()


def test_each_entry_names_the_one_before(filled: Place) -> None:
    with open_ledger(filled) as ledger, ledger.records() as records:
        entries = list(records.iter_entries())
    assert [e.seq for e in entries] == list(range(1, len(entries) + 1))
    assert [e.prev for e in entries] == [FIRST_PREV, *(e.hash for e in entries[:-1])]
    assert entries[0].kind == "document"
    assert entries[0].at.endswith("+00:00")


def test_each_entry_says_who_did_what(filled: Place) -> None:
    with open_ledger(filled) as ledger, ledger.records() as records:
        acts = [(e.kind, msgspec.json.decode(e.act or "null")) for e in records.iter_entries()]
    assert all(act["actor"] and act["action"] and act["software"] for _, act in acts)
    extraction = next(act for kind, act in acts if kind == "extraction")
    assert "fake-claims@1" in extraction["software"]
    refusal = next(act for kind, act in acts if kind == "refusal")
    assert "encoding" in refusal["reason"]


@pytest.mark.parametrize("deed", ["UPDATE log SET at = 'x'", "DELETE FROM log"])
def test_the_log_refuses_change(filled: Place, deed: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        change(filled, deed)


def test_taken_away_triggers_are_missed(filled: Place, engine: str) -> None:
    drop = {
        "sqlite": "DROP TRIGGER log_refuses_update",
        "postgresql": "ALTER TABLE log DISABLE TRIGGER log_refuses_change",
    }
    change(filled, drop[engine])
    (line,) = problems(filled)
    assert line.startswith("trigger log_refuses_")


def test_rebuilding_gives_the_same_tables(filled: Place, clock: Clock) -> None:
    before = dump_tables(filled)
    assert all(before[table] for table in ("documents", "claims", "refusals", "keys"))
    with open_ledger(filled, write=True, clock=clock) as ledger:
        assert ledger.rebuild() == ledger.head().seq
    assert dump_tables(filled) == before


def test_tables_hold_each_part_as_the_log_has_it(filled: Place) -> None:
    """Cut out of the entry as written: the same as if each part were written for itself."""
    with open_ledger(filled) as ledger, ledger.records() as records:
        bodies = {e.seq: msgspec.json.decode(e.body) for e in records.iter_entries()}
        assert {e.seq: e.body for e in records.iter_entries()} == {
            seq: canonical_json(body).decode() for seq, body in bodies.items()
        }
        for table, key in ((CLAIMS, "claims"), (UNRESOLVED, "unresolved"), (NUMBERS, "numbers")):
            rows = records.connection.execute(table.select()).all()
            assert rows
            for row in rows:
                part = bodies[row.seq][key][row.position]
                assert row.body == canonical_json(part).decode()
                assert row.document == bodies[row.seq]["document"]
        for row in records.connection.execute(CLAIMS.select()):
            part = bodies[row.seq]["claims"][row.position]
            for name in ("id", "text_sha256", "harm", "extractor"):
                assert getattr(row, name) == part[name]
        for row in records.connection.execute(CAPTURES.select()):
            assert row.body == canonical_json(bodies[row.seq]["capture"]).decode()


def test_rebuilding_repairs_changed_tables(filled: Place, clock: Clock) -> None:
    before = dump_tables(filled)
    change(filled, "UPDATE claims SET harm = 'missing'", "DELETE FROM documents")
    assert dump_tables(filled) != before
    with open_ledger(filled, write=True, clock=clock) as ledger:
        ledger.rebuild()
    assert dump_tables(filled) == before


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        (
            "UPDATE log SET body = replace(body, '17', '16') WHERE kind = 'extraction'",
            "was changed after it was written",
        ),
        ("UPDATE log SET act = replace(act, 'extract', 'forge')", "was changed"),
        ("UPDATE log SET at = '2024-02-01T00:00:00+00:00' WHERE seq = 2", "was changed"),
        (
            "UPDATE log SET body = replace(body, '\"end\"', '\"enf\"')",
            "lacks what its kind promises",
        ),
        ("UPDATE log SET body = replace(body, '\"sha256\"', '\"sha257\"')", "was changed"),
        ("UPDATE log SET act = '7' WHERE seq = 2", "cannot be read"),
        ("DELETE FROM log WHERE seq = 3", "entries between are missing"),
        ("UPDATE log SET signature = NULL WHERE seq = 2", "is not signed by a key"),
        (
            "UPDATE log SET signature = (SELECT signature FROM log WHERE seq = 1) WHERE seq = 2",
            "is not signed by a key",
        ),
    ],
)
def test_a_changed_log_is_found(filled: Place, deed: str, said: str) -> None:
    change_quietly(filled, deed)
    assert any(said in line for line in problems(filled))


@pytest.mark.parametrize("column", ["act", "body", "hash", "signature", "at", "prev"])
@pytest.mark.parametrize("value", ["x'00ff'", "7", "''"])
def test_values_of_another_kind_are_found(
    tmp_path: Path, reports: Path, clock: Clock, column: str, value: str
) -> None:
    """SQLite keeps whatever a damaged page gives it: bytes and numbers where words were."""
    path = tmp_path / "harm.ledger"
    with open_ledger(path, write=True, clock=clock) as ledger:
        run_paths([reports], ledger, clock=clock, maker=make_rooms)
    change_quietly(path, f"UPDATE log SET {column} = {value} WHERE seq = 4")
    assert any("log entry 4" in line or "entry 4" in line for line in problems(path))


def test_a_cut_off_end_is_found_with_the_earlier_head(filled: Place, clock: Clock) -> None:
    with open_ledger(filled) as ledger:
        head = ledger.head()
    change_quietly(filled, f"DELETE FROM log WHERE seq = {head.seq}")
    with open_ledger(filled, write=True, clock=clock) as ledger:
        ledger.rebuild()
    found = problems(filled)
    assert all("signed" in line for line in found)  # the last entry announced the key
    assert any("earlier head" in line for line in problems(filled, head.hash))


def test_a_rewritten_end_is_found_with_the_earlier_head(
    filled: Place, reports: Path, clock: Clock
) -> None:
    """Cut off and written on with the same key: only the earlier head can tell."""
    with open_ledger(filled) as ledger:
        kept = ledger.head()
    (reports / "f.txt").write_text("Later 8 killed.")
    with open_ledger(filled, write=True, clock=clock) as ledger:
        run_paths([reports], ledger, clock=clock, maker=make_rooms)
        head = ledger.head()
    change_quietly(filled, f"DELETE FROM log WHERE seq > {kept.seq}")
    (reports / "f.txt").write_text("Later 7 killed.")
    with open_ledger(filled, write=True, clock=clock) as ledger:
        ledger.rebuild()
        run_paths([reports], ledger, clock=clock, maker=make_rooms)
    assert problems(filled) == []
    assert problems(filled, kept.hash) == []
    (line,) = problems(filled, head.hash)
    assert "does not contain the earlier head" in line


def test_a_changed_table_is_found(filled: Place) -> None:
    change(filled, "UPDATE claims SET harm = 'missing' WHERE position = 1")
    assert any("table claims" in line for line in problems(filled))


def test_rows_that_no_entry_gives_are_found(filled: Place) -> None:
    change(filled, "INSERT INTO refusals (seq, path, kind, body) VALUES (999, 'x', 'y', '{}')")
    assert problems(filled) == ["table refusals: holds 1 rows that no entry gives"]


def test_changed_and_missing_bytes_are_found(filled: Place) -> None:
    first, second = sorted(p for p in store_of(filled).rglob("*") if p.is_file())[:2]
    first.chmod(0o644)
    first.write_bytes(b"other words")
    second.unlink()
    found = problems(filled)
    assert any("does not hold the bytes its name promises" in line for line in found)
    assert any("the store does not hold them" in line for line in found)


def test_a_stray_file_in_the_store_is_found(filled: Place) -> None:
    stray = store_of(filled) / "ab" / ("c" * 62)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"who put this here?")
    (line,) = problems(filled)
    assert "no entry names" in line


def test_stored_files_are_read_only_and_named_by_hash(filled: Place) -> None:
    files = [p for p in store_of(filled).rglob("*") if p.is_file()]
    assert files
    assert all(p.stat().st_mode & 0o222 == 0 for p in files)
    assert all(len(p.parent.name + p.name) == 64 for p in files)


def test_a_second_writer_of_a_file_is_told(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "harm.ledger"
    with open_ledger(path, write=True, clock=clock) as writer:
        with pytest.raises(LedgerBusy, match="another process"):
            open_ledger(path, write=True, clock=clock)
        with open_ledger(path) as reader:
            assert reader.head() == writer.head()
    with open_ledger(path, write=True, clock=clock) as writer:
        assert writer.head().seq == 0


def test_a_second_writer_can_wait(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "harm.ledger"
    first = open_ledger(path, write=True, clock=clock)
    thread = Thread(target=first.close)
    with pytest.raises(LedgerBusy):
        open_ledger(path, write=True, clock=clock, wait=0.1)
    thread.start()
    with open_ledger(path, write=True, clock=clock, wait=5) as second:
        assert second.head().seq == 0
    thread.join()


def test_the_lock_dies_with_its_process(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "harm.ledger"
    code = (
        "import os, sys; from pathlib import Path; from harmledger.ledger import open_ledger; "
        "held = open_ledger(Path(sys.argv[1]), write=True); print('held', flush=True); "
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LedgerBusy):
            open_ledger(path, write=True, clock=clock)
        holder.kill()
        holder.wait()
        with open_ledger(path, write=True, clock=clock) as ledger:
            assert ledger.write_refusal(_refusal(), None).seq > 0


def _refusal() -> object:
    from harmledger.core.document import Refusal

    return Refusal(path="x.bin", reason="no reader takes .bin", kind="unknown_media_type")


def test_a_reader_cannot_write(filled: Place) -> None:
    with open_ledger(filled) as ledger, pytest.raises(LedgerRefused, match="for reading"):
        ledger.rebuild()


def test_no_ledger_to_read(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="no ledger at"):
        open_ledger(tmp_path / "none.ledger")
    assert not (tmp_path / "none.ledger").exists()


def test_a_file_that_is_no_ledger(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_bytes(b"words, words, words" * 100)
    with pytest.raises(LedgerDamaged, match="not a ledger"):
        open_ledger(other)


def test_an_empty_file_is_a_place_without_a_ledger(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_bytes(b"")
    with pytest.raises(WrongUsage, match=r"there is no ledger at .*notes\.txt\. Only"):
        open_ledger(other)


def test_another_programs_database_is_left_alone(place: Place) -> None:
    change(place, "CREATE TABLE birds (name TEXT)")
    with pytest.raises(LedgerDamaged, match="birds"):
        open_ledger(place, write=True)


def test_a_clock_without_zone_is_refused(place: Place, reports: Path, clock: Clock) -> None:
    with (
        open_ledger(place, write=True, clock=lambda: datetime(2024, 1, 1)) as ledger,
        pytest.raises(LedgerRefused, match="zone"),
    ):
        run_paths([reports], ledger, clock=clock, maker=make_rooms)


def test_a_clock_set_back_is_refused(filled: Place, clock: Clock) -> None:
    with open_ledger(filled) as ledger:
        before = ledger.head()
    yesterday = clock() - timedelta(days=1)
    with (
        open_ledger(filled, write=True, clock=lambda: yesterday) as ledger,
        pytest.raises(LedgerRefused, match="set the computer's clock right"),
    ):
        ledger.write_refusal(_refusal(), None)  # type: ignore[arg-type]
    with open_ledger(filled) as ledger:
        assert ledger.head() == before


def test_a_decision_taken_on_an_old_state_is_refused(filled: Place, clock: Clock) -> None:
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
        open_ledger(filled, write=True, clock=clock) as ledger,
        pytest.raises(LedgerRefused, match="decide again"),
    ):
        ledger.write_decision(decision)


def test_texts_come_back_whole(filled: Place) -> None:
    with open_ledger(filled) as ledger, ledger.records() as records:
        document = records.find_document("a")
        assert document is not None
        text = records.find_text(document.id, document.text_sha256)
        claims = [known.claim for known in records.iter_claims(document.id)]
    assert text is not None
    assert len(text.sentences) == 2
    assert all(text.text[c.span.start : c.span.end] == c.span.quote for c in claims)
    assert [c.span.quote for c in claims] == ["3 people killed", "17 were injured"]


def test_a_killed_write_leaves_no_trace(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "harm.ledger"
    with open_ledger(path, write=True, clock=clock) as ledger:
        ledger.store.write(b"bytes")
    partial = tmp_path / "harm.ledger.store" / "partial"
    (partial / "half").write_bytes(b"ha")
    with open_ledger(path, write=True, clock=clock) as ledger:
        assert list(partial.iterdir()) == []
        assert isinstance(ledger, Ledger)
    assert problems(path) == []


def test_the_log_is_plain_json(filled: Place) -> None:
    with open_ledger(filled) as ledger, ledger.records() as records:
        kinds = [(e.kind, msgspec.json.decode(e.body)) for e in records.iter_entries()]
    refusals = [body for kind, body in kinds if kind == "refusal"]
    assert [Path(r["path"]).name for r in refusals] == ["d.txt", "e.txt"]
    assert all(r["sha256"] for r in refusals)


def test_threads_read_while_one_writes(filled: Place, clock: Clock) -> None:
    heads: list[int] = []

    def read(ledger: Ledger) -> None:
        for _ in range(20):
            with ledger.records() as records:
                claims = [k.claim.id for k in records.iter_claims()]
                heads.append(records.head().seq)
                assert len(claims) == 4

    with open_ledger(filled) as reader, open_ledger(filled, write=True, clock=clock) as writer:
        threads = [Thread(target=read, args=(reader,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        with writer.records() as records:
            document = next(records.iter_documents()).id
        for number in range(10):
            seen = Capture(
                captured_at=clock().isoformat(), path=f"{number}.txt", method="file", tool="t@1"
            )
            writer.write_capture(document, seen)
        for thread in threads:
            thread.join()
        last = writer.head().seq
    assert len(heads) == 60
    assert heads[-1] <= last
    assert problems(filled) == []


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_several_writers_share_one_chain(filled: Place, clock: Clock) -> None:
    with open_ledger(filled) as ledger, ledger.records() as records:
        document = next(records.iter_documents()).id
        before = records.head().seq

    def write(name: str) -> None:
        with open_ledger(filled, write=True, clock=clock) as ledger:
            for number in range(15):
                at = clock().isoformat()
                path = f"{name}-{number}.txt"
                ledger.write_capture(
                    document, Capture(captured_at=at, path=path, method="file", tool="t@1")
                )

    threads = [Thread(target=write, args=(name,)) for name in ("ana", "bo", "cy")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_ledger(filled) as ledger:
        assert ledger.head().seq == before + 45
        assert verify_ledger(ledger) == ()
