"""Where a ledger can be: addresses, keys, stores elsewhere, and what is said when one is not."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from fake_rooms import make_rooms
from harmledger.core.errors import LedgerDamaged, LedgerError, LedgerRefused, WrongUsage
from harmledger.ledger import ContentStore, load_signer, open_ledger, parse_address, verify_ledger
from harmledger.ledger.keys import is_signed
from harmledger.ledger.sealed import KEY_VARIABLE, find_key, open_sealed, write_key_file
from harmledger.ledger.verifier.chain import is_signed as is_signed_in_plain_python
from harmledger.pipeline import run_paths
from harmledger.pipeline.forgetting import forget

Clock = Callable[[], datetime]


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "config" / "signing.key"
    first, second = load_signer(path), load_signer(path)
    assert first.public == second.public
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["signing.key"]


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "signing.key"
    load_signer(path)
    path.chmod(0o644)
    with pytest.raises(LedgerRefused, match="chmod 600"):
        load_signer(path)


@pytest.mark.parametrize("content", [b"", b"not a key", b"-----BEGIN PRIVATE KEY-----\nAA==\n"])
def test_what_is_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "signing.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(LedgerRefused, match="holds no signing key"):
        load_signer(path)


def test_both_verifiers_agree(tmp_path: Path) -> None:
    signer = load_signer(tmp_path / "signing.key")
    signature = signer.sign("ab" * 32)
    raw, public = bytes.fromhex(signature.partition(":")[2]), bytes.fromhex(signer.public)
    for message, whole in (("ab" * 32, True), ("ac" * 32, False)):
        assert is_signed(message, signature, signer.public) is whole
        told = b"harmledger log entry " + message.encode()
        assert is_signed_in_plain_python(told, raw, public) is whole
    assert not is_signed_in_plain_python(b"", b"", public)
    assert not is_signed("ab" * 32, signature.upper(), signer.public)


def test_a_store_on_another_file_system(
    tmp_path: Path, reports: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsspec = pytest.importorskip("fsspec")
    monkeypatch.setenv("HARMLEDGER_STORE", "memory://kept")
    path = tmp_path / "harm.ledger"
    with open_ledger(path, write=True, clock=clock) as ledger:
        assert run_paths([reports], ledger, clock=clock, maker=make_rooms).read == 3
        assert verify_ledger(ledger) == ()
    assert not (tmp_path / "harm.ledger.store").exists()
    files = fsspec.filesystem("memory")
    victim = next(f for f in files.find("/kept") if "partial" not in f)
    files.pipe_file(victim, b"changed")
    with open_ledger(path) as ledger:
        assert any("memory://kept" in p.what for p in verify_ledger(ledger))
    files.rm("/kept", recursive=True)
    with open_ledger(path) as ledger, pytest.raises(LedgerDamaged, match="missing"):
        ledger.store.read("0" * 64)


def test_a_sealed_store_on_another_file_system_forgets(
    tmp_path: Path, reports: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsspec = pytest.importorskip("fsspec")
    monkeypatch.setenv("HARMLEDGER_STORE", "memory://sealed")
    write_key_file(tmp_path / "seal.key")
    monkeypatch.setenv(KEY_VARIABLE, str(tmp_path / "seal.key"))
    path = tmp_path / "harm.ledger"
    (reports / "f.txt").write_text("Then 6 killed, said Zorvek Tulbrin.")
    with open_ledger(path, write=True, clock=clock, seal=open_sealed(find_key)) as ledger:
        run_paths([reports], ledger, clock=clock, maker=make_rooms)
    files = fsspec.filesystem("memory")
    ring = files.cat_file("/sealed/ring")
    with open_ledger(path, write=True, clock=clock) as ledger:
        done = forget(ledger, ("Zorvek Tulbrin",), "Anna", "Bela", "asked", clock=clock)
        assert len(done.documents) == 1
        assert verify_ledger(ledger) == ()
    assert files.cat_file("/sealed/ring") != ring
    with open_ledger(path) as ledger, ledger.records() as records:
        texts = [records.text(d.text_sha256) for d in records.iter_documents()]
    assert not any("Tulbrin" in text for text in texts)
    files.rm("/sealed", recursive=True)


@pytest.mark.parametrize("kept", ["kept", "file://{}/kept"])
def test_a_store_that_the_variable_named_is_found_without_it(
    tmp_path: Path, reports: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    pytest.importorskip("fsspec")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HARMLEDGER_STORE", kept.format(tmp_path))
    path = tmp_path / "harm.ledger"
    with open_ledger(path, write=True, clock=clock) as ledger:
        run_paths([reports], ledger, clock=clock, maker=make_rooms)
    assert not (tmp_path / "harm.ledger.store").exists()
    monkeypatch.delenv("HARMLEDGER_STORE")
    monkeypatch.chdir("/")
    with open_ledger(path) as ledger:
        assert verify_ledger(ledger) == ()
    monkeypatch.setenv("HARMLEDGER_STORE", str(tmp_path / "another"))
    for write in (False, True):
        with pytest.raises(LedgerRefused, match="Unset the variable"):
            open_ledger(path, write=write)
    (tmp_path / "kept").rename(tmp_path / "another")
    with open_ledger(path, write=True, clock=clock) as ledger:
        assert verify_ledger(ledger) == ()
    monkeypatch.delenv("HARMLEDGER_STORE")
    with open_ledger(path) as ledger:
        assert verify_ledger(ledger) == ()


def test_a_store_beside_the_ledger_moves_with_it(
    tmp_path: Path, reports: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one").mkdir()
    with open_ledger(tmp_path / "one" / "harm.ledger", write=True, clock=clock) as ledger:
        run_paths([reports], ledger, clock=clock, maker=make_rooms)
    monkeypatch.setenv("HARMLEDGER_STORE", str(tmp_path / "other"))
    with pytest.raises(LedgerRefused, match="Unset the variable"):
        open_ledger(tmp_path / "one" / "harm.ledger")
    monkeypatch.delenv("HARMLEDGER_STORE")
    (tmp_path / "one").rename(tmp_path / "two")
    with open_ledger(tmp_path / "two" / "harm.ledger") as ledger:
        assert verify_ledger(ledger) == ()


def test_an_unknown_file_system_is_said_so() -> None:
    pytest.importorskip("fsspec")
    with pytest.raises(WrongUsage, match="no file system opens nowhere://"):
        ContentStore("nowhere://x")


@pytest.mark.parametrize("address", ["mysql://host/db", "postgresql://host", "http://[bad"])
def test_what_names_no_ledger(address: str) -> None:
    with pytest.raises(WrongUsage, match="names no ledger"):
        parse_address(address)


def test_a_password_is_never_shown() -> None:
    address = parse_address("postgresql://ana:hunter2@db.example/harm?store=/kept")
    assert "hunter2" not in address.shown
    assert "hunter2" in address.url
    assert address.store == "/kept"


def test_no_server_is_said_so() -> None:
    pytest.importorskip("pg8000")
    with pytest.raises(LedgerError, match="cannot be reached"):
        open_ledger("postgresql://nobody@127.0.0.1:1/none")


def test_no_driver_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pg8000", None)
    with pytest.raises(WrongUsage, match=r"harmledger\[postgresql\]"):
        open_ledger("postgresql://nobody@127.0.0.1:1/none")


@pytest.mark.postgres
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_database_needs_a_place_for_bytes(
    place: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, clock: Clock
) -> None:
    monkeypatch.delenv("HARMLEDGER_STORE", raising=False)
    bare = place.partition("?")[0]
    with pytest.raises(WrongUsage, match="place for its bytes"):
        open_ledger(bare, write=True)
    with pytest.raises(WrongUsage, match="there is no ledger"):
        open_ledger(bare)
    with open_ledger(place, write=True, clock=clock) as ledger:
        kept = ledger.store.write(b"bytes")
    with open_ledger(bare) as ledger:  # the ledger remembers where they lie
        assert ledger.store.read(kept) == b"bytes"
