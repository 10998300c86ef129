"""Copies of sealed ledgers: packs anybody can check and only the key opens, backups, imports."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from fake_rooms import make_rooms
from harmledger.core.errors import LedgerDamaged, LedgerRefused
from harmledger.ledger import (
    Importer,
    import_pack,
    open_ledger,
    rehash_store,
    restore_ledger,
    verify_ledger,
    write_backup,
)
from harmledger.ledger.sealed import (
    KEY_VARIABLE,
    find_key,
    find_seal,
    load_key_file,
    open_sealed,
    write_key_file,
)
from harmledger.pipeline import run_paths, view_ledger
from harmledger.pipeline.doctor import find_state
from harmledger.pipeline.forgetting import forget
from harmledger.pipeline.pack import write_pack
from harmledger.pipeline.persons import find_persons_in
from harmledger.review import Known, Signature, decide_accept

Clock = Callable[[], datetime]
Place = Path | str
BO = Importer(by="Bo", reason="shared by a colleague")
NAME = "Zorvek Tulbrin"


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "seal.key"
    write_key_file(path)
    monkeypatch.setenv(KEY_VARIABLE, str(path))
    return path


@pytest.fixture
def sealed(new_place: Any, tmp_path: Path, key_file: Path, clock: Clock) -> Place:
    folder = tmp_path / "told"
    folder.mkdir()
    (folder / "a.txt").write_text(f"3 people killed, said {NAME}. Then 17 injured.")
    (folder / "b.txt").write_text("Later 5 people killed, said the mayor.")
    (folder / "d.txt").write_text("undecodable")
    place: Place = new_place("sealed")
    with open_ledger(place, write=True, clock=clock, seal=open_sealed(find_key)) as ledger:
        run_paths([folder], ledger, clock=clock, maker=make_rooms)
        claim = view_ledger(ledger).claims[0]
        sign = Signature(
            by="Markusa", reason="read", at=clock().isoformat(), prev=ledger.head().hash
        )
        known = Known(claims={claim.id: claim})
        ledger.write_decision(decide_accept(known, claim.id, sign).decision)
    return place


def pack(place: Place, folder: Path) -> Path:
    with open_ledger(place, write=True) as ledger:
        write_pack(ledger, view_ledger(ledger), folder)
    return folder


def what_it_says(place: Place) -> tuple[Any, ...]:
    with open_ledger(place) as ledger:
        assert verify_ledger(ledger) == ()
        view = view_ledger(ledger)
        with ledger.records() as records:
            texts = {d.text_sha256: records.text(d.text_sha256) for d in view.documents}
    return view.claims, view.decisions, view.incidents, view.numbers, texts


def test_a_sealed_pack_is_checked_without_its_key_and_shows_nothing(
    sealed: Place, tmp_path: Path
) -> None:
    folder = pack(sealed, tmp_path / "pack")
    command = [sys.executable, "-I", str(folder / "verify.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={})
    assert (done.returncode, "0 problems" in done.stdout) == (0, True), done.stdout + done.stderr
    for path in folder.rglob("*"):
        # Long words only: three letters stand in random bytes written as text soon enough.
        held = path.name.encode() + (path.read_bytes() if path.is_file() else b"")
        assert not [w for w in (*NAME.split(), "killed, said", "Markusa") if w.encode() in held], (
            path
        )


def test_a_changed_sealed_pack_is_refused(sealed: Place, tmp_path: Path, new_place: Any) -> None:
    folder = pack(sealed, tmp_path / "pack")
    kept = next(path for path in (folder / "data" / "kept").rglob("*") if path.is_file())
    kept.chmod(0o644)
    kept.write_bytes(kept.read_bytes()[:-1] + b"\0")
    with (
        open_ledger(new_place("other"), write=True) as ledger,
        pytest.raises(LedgerDamaged, match="Nothing was taken over"),
    ):
        import_pack(ledger, folder, BO)
    command = [sys.executable, "-I", str(folder / "verify.py")]
    assert subprocess.run(command, capture_output=True, check=False, env={}).returncode == 1


def test_a_sealed_pack_comes_into_an_ordinary_ledger(
    sealed: Place, tmp_path: Path, new_place: Any, clock: Clock
) -> None:
    folder, other = pack(sealed, tmp_path / "pack"), new_place("other")
    with open_ledger(other, write=True, clock=clock) as ledger:
        done = import_pack(ledger, folder, BO)
        assert done.added
        assert done.left_out == ()
        assert import_pack(ledger, folder, BO).added == 0
    assert what_it_says(other) == what_it_says(sealed)


def test_a_pack_comes_into_a_ledger_sealed_under_another_key(
    sealed: Place,
    tmp_path: Path,
    new_place: Any,
    clock: Clock,
    key_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, other = pack(sealed, tmp_path / "pack"), new_place("other")
    said = what_it_says(sealed)
    write_key_file(tmp_path / "other.key")
    monkeypatch.setenv(KEY_VARIABLE, str(tmp_path / "other.key"))
    with open_ledger(other, write=True, clock=clock, seal=open_sealed(find_key)) as ledger:
        with pytest.raises(LedgerRefused, match="does not open the ledger"):
            import_pack(ledger, folder, BO)
        opener = open_sealed(lambda _: load_key_file(key_file))
        import_pack(ledger, folder, BO, seal=opener, find_persons=find_persons_in)
        assert import_pack(ledger, folder, BO, seal=opener).added == 0
        with ledger.records() as records:
            assert [p for _, p in records.iter_people()], "nobody was sealed on the way in"
    assert what_it_says(other) == said
    again = pack(other, tmp_path / "again")
    third = new_place("third")
    with open_ledger(third, write=True, clock=clock) as ledger:
        import_pack(ledger, again, BO)
    assert what_it_says(third) == said


def test_an_ordinary_pack_comes_into_a_sealed_ledger(
    reports: Path, tmp_path: Path, new_place: Any, clock: Clock, key_file: Path
) -> None:
    plain, other = new_place("plain"), new_place("other")
    with open_ledger(plain, write=True, clock=clock) as ledger:
        run_paths([reports], ledger, clock=clock, maker=make_rooms)
    folder = pack(plain, tmp_path / "pack")
    with open_ledger(other, write=True, clock=clock, seal=open_sealed(find_key)) as ledger:
        import_pack(ledger, folder, BO, find_persons=find_persons_in)
    assert what_it_says(other) == what_it_says(plain)


def test_a_sealed_backup_comes_back_sealed(
    sealed: Place, tmp_path: Path, new_place: Any, clock: Clock
) -> None:
    with open_ledger(sealed) as ledger:
        head = write_backup(ledger, tmp_path / "copy")
    back = new_place("back")
    assert restore_ledger(tmp_path / "copy", back).hash == head.hash
    assert what_it_says(back) == what_it_says(sealed)
    with open_ledger(back, write=True, clock=clock) as ledger:
        ledger.rebuild()
        assert rehash_store(ledger, 100).problems == ()
        assert {f.about: f.state for f in find_state(ledger)}["log"] == "fine"
        forget(ledger, (NAME,), "Ana", "Bo", "asked", clock=clock)
        assert verify_ledger(ledger) == ()
        assert rehash_store(ledger, 100).problems == ()


def test_who_was_forgotten_is_in_no_later_copy(
    sealed: Place, tmp_path: Path, new_place: Any, clock: Clock
) -> None:
    with open_ledger(sealed, write=True, clock=clock) as ledger:
        done = forget(ledger, (NAME,), "Ana", "Bo", "asked", clock=clock)
        write_backup(ledger, tmp_path / "copy")
    restore_ledger(tmp_path / "copy", new_place("back"))
    folder = pack(new_place("back"), tmp_path / "pack")
    with open_ledger(new_place("other"), write=True, clock=clock) as ledger:
        brought = import_pack(ledger, folder, BO)
        assert brought.left_out == done.documents
        assert verify_ledger(ledger) == ()
        with ledger.records() as records:
            texts = [records.text(d.text_sha256) for d in records.iter_documents()]
    assert texts == ["Later 5 people killed, said the mayor."]


def test_an_ordinary_ledger_is_not_sealed_by_opening_it(
    new_place: Any, reports: Path, clock: Clock, key_file: Path
) -> None:
    plain = new_place("plain")
    with open_ledger(plain, write=True, clock=clock) as ledger:
        run_paths([reports], ledger, clock=clock, maker=make_rooms)
    with pytest.raises(LedgerRefused, match="stays one"):
        open_ledger(plain, write=True, seal=open_sealed(find_key))
    with open_ledger(plain, seal=find_seal) as ledger:
        assert verify_ledger(ledger) == ()
