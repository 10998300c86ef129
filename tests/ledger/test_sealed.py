"""Sealed ledgers: what the disk holds without the key, and what happens with a wrong one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from harmledger.core.errors import LedgerDamaged, LedgerRefused, WrongUsage
from harmledger.ledger import open_ledger
from harmledger.ledger.keyring import new_keyring
from harmledger.ledger.sealed import (
    KEY_VARIABLE,
    PASSPHRASE_VARIABLE,
    Sealed,
    derive_key,
    find_key,
    find_seal,
    load_key_file,
    open_sealed,
    write_key_file,
)
from harmledger.pipeline import run_paths, view_ledger
from harmledger.pipeline.rooms import open_rooms
from harmledger.review import Known, Signature, decide_accept

Clock = Callable[[], datetime]
NAMES = ("Zorvek Tulbrin", "Дакмоп Явхрот", "زورفيك تولبرن", "佐薇图 宾达莫")


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "seal.key"
    write_key_file(path)
    monkeypatch.setenv(KEY_VARIABLE, str(path))
    return path


@pytest.fixture
def sealed(tmp_path: Path, key_file: Path, clock: Clock) -> Path:
    """A sealed ledger of reports that name people everywhere, with a decision that does too."""
    reports = tmp_path / "reports"
    reports.mkdir()
    for number, name in enumerate(NAMES):
        text = f"---\ntitle: About {name}\npublished: 2023-05-08\nlanguage: en\n---\n"
        text += f"{name}, a resident of Kharkiv, said shells killed {number + 3} people on 3 May."
        (reports / f"{name}.md").write_text(text, encoding="utf-8")
    ledger = tmp_path / "kept" / "sealed.ledger"
    ledger.parent.mkdir()
    with open_ledger(ledger, write=True, clock=clock, seal=open_sealed(find_key)) as opened:
        run_paths([reports], opened, clock=clock, maker=open_rooms)
        view = view_ledger(opened)
        sign = Signature(
            by=NAMES[0], reason=f"{NAMES[1]} asked", at=clock().isoformat(), prev=opened.head().hash
        )
        known = Known(claims={c.id: c for c in view.claims})
        opened.write_decision(decide_accept(known, view.claims[0].id, sign).decision)
    return ledger


def test_the_disk_holds_no_name_and_no_word_of_a_text(sealed: Path) -> None:
    words = [*NAMES, *(w for n in NAMES for w in n.split()), "Kharkiv", "resident", "About"]
    files = [path for path in sealed.parent.rglob("*") if path.is_file()]
    assert len(files) > len(NAMES)
    for path in files:
        held = path.read_bytes() + str(path.relative_to(sealed.parent)).encode()
        assert not [word for word in words if word.encode() in held], path.name


def test_with_the_key_everything_is_there(sealed: Path) -> None:
    with open_ledger(sealed, seal=find_seal) as opened:
        view = view_ledger(opened)
    assert sorted(d.name for d in view.documents) == sorted(NAMES)
    assert view.decisions[0].by == NAMES[0]
    assert {c.quantity.low for c in view.claims} == {3, 4, 5, 6}


def test_a_wrong_key_reads_nothing(
    sealed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.key"
    write_key_file(other)
    monkeypatch.setenv(KEY_VARIABLE, str(other))
    with pytest.raises(LedgerRefused, match="does not open the ledger"):
        open_ledger(sealed, seal=find_seal)


def test_without_a_key_it_says_what_to_set(sealed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY_VARIABLE)
    with pytest.raises(LedgerRefused, match=PASSPHRASE_VARIABLE):
        open_ledger(sealed, seal=find_seal)


def test_a_passphrase_opens_what_it_sealed(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "passphrase"
    said.write_text("a long row of unlikely words\n", encoding="utf-8")
    monkeypatch.setenv(PASSPHRASE_VARIABLE, str(said))
    ledger = tmp_path / "p.ledger"
    with open_ledger(ledger, write=True, clock=clock, seal=open_sealed(find_key)):
        pass
    with open_ledger(ledger, seal=find_seal) as opened:
        assert opened.head()
    said.write_text("another row of words\n", encoding="utf-8")
    with pytest.raises(LedgerRefused):
        open_ledger(ledger, seal=find_seal)


def test_every_changed_byte_is_noticed() -> None:
    seal, sha = Sealed(bytes(range(64))), "ab" * 32
    seal.use_ring(new_keyring())
    kept = seal.seal_bytes(sha, "свидетель".encode())
    for at in range(len(kept)):
        changed = kept[:at] + bytes([kept[at] ^ 1]) + kept[at + 1 :]
        with pytest.raises(LedgerDamaged):
            seal.open_bytes(sha, changed)
    with pytest.raises(LedgerDamaged):
        seal.open_bytes("cd" * 32, kept)
    assert seal.open_bytes(sha, kept) == ("свидетель".encode(), True)
    assert seal.seal_bytes(sha, b"") == b""
    assert seal.open_bytes(sha, b"") == (b"", True)


def test_keys_are_refused_when_they_are_none(tmp_path: Path) -> None:
    path = tmp_path / "k"
    path.write_text("00ff")
    with pytest.raises(WrongUsage, match="one line of 128 hex digits"):
        load_key_file(path)
    with pytest.raises(WrongUsage, match="already there"):
        write_key_file(path)
    with pytest.raises(WrongUsage, match="empty passphrase"):
        derive_key("", {"salt": "00" * 16})
