"""Entries written without the signing key are found, wherever they come in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from forging import forge_decision, read_log, strip, write_log_anew

from harmledger.core.errors import LedgerDamaged, WrongUsage
from harmledger.ledger import (
    Signer,
    check_ledger,
    find_sights,
    load_public_keys,
    load_signer,
    open_ledger,
    restore_ledger,
    verify_ledger,
    write_backup,
)

Clock = Callable[[], datetime]
Place = Path | str


def problems(place: Place, **more: Any) -> list[str]:
    with open_ledger(place) as ledger:
        return [f"{p.where}: {p.what}" for p in verify_ledger(ledger, **more)]


def claim_of(place: Place) -> str:
    with open_ledger(place) as ledger, ledger.records() as records:
        return next(records.iter_claims()).claim.id


def test_a_decision_nobody_signed_is_found(filled: Place) -> None:
    entries = read_log(filled)
    forged = forge_decision(entries[-1], claim_of(filled))
    write_log_anew(filled, [*entries, forged])
    assert problems(filled) == [
        f"log entry {forged.seq}: is not signed, and stands after signed entries"
    ]


def test_a_log_stripped_of_its_signatures_is_found(filled: Place) -> None:
    stripped = strip(read_log(filled))
    write_log_anew(filled, stripped)
    assert problems(filled) == [
        f"log, up to entry {len(stripped)}: no entry is signed: anybody could have written it"
    ]


def test_a_stripped_beginning_breaks_what_follows(filled: Place) -> None:
    entries = read_log(filled)
    write_log_anew(filled, [*strip(entries[:3]), *entries[3:]])
    assert any("log entry 4: does not name the entry before it" in x for x in problems(filled))


@pytest.mark.parametrize("how", ["added", "stripped"])
def test_a_forged_copy_is_not_restored(
    filled: Place, tmp_path: Path, new_place: Any, how: str
) -> None:
    entries = read_log(filled)
    added = [*entries, forge_decision(entries[-1], claim_of(filled))]
    write_log_anew(filled, added if how == "added" else strip(entries))
    with open_ledger(filled) as ledger:
        write_backup(ledger, tmp_path / "copy")
    with pytest.raises(LedgerDamaged, match="signed"):
        restore_ledger(tmp_path / "copy", new_place("back"))
    back = new_place("back")
    if isinstance(back, Path):
        assert not back.exists(), "something was made of a forged copy"


def test_a_log_written_anew_under_another_key_shows_it(
    filled: Place, tmp_path: Path, clock: Clock
) -> None:
    """From inside it holds; whoever knows the key that should sign sees that it does not."""
    ours = load_signer()
    other = load_signer(tmp_path / "other.key")
    _sign_anew(filled, other)
    with open_ledger(filled) as ledger:
        found = check_ledger(ledger)
        assert found.problems == ()
        assert [(s.key, s.expected) for s in found.signatories] == [(other.key, False)]
        assert sum(s.entries for s in found.signatories) == found.entries
    lines = problems(filled, keys=(ours.public,))
    assert len(lines) == len(read_log(filled))
    assert lines[0] == f"log entry 1: is signed by {other.key}, which is none of the keys named"
    assert problems(filled, keys=(ours.public, other.public)) == []


def _sign_anew(place: Place, signer: Signer) -> None:
    """The whole log, every entry signed by another key that it announces itself."""
    from harmledger.ledger.entry import FIRST_PREV, hash_entry

    entries, prev = [], FIRST_PREV
    for entry in read_log(place):
        body = entry.body
        if entry.kind == "key":
            body = body.replace(load_signer().public, signer.public)
            body = body.replace(load_signer().key, signer.key)
        this = hash_entry(entry.seq, entry.at, entry.kind, body, prev, entry.act)
        entries.append(
            msgspec.structs.replace(
                entry, body=body, prev=prev, hash=this, signature=signer.sign(this)
            )
        )
        prev = this
    write_log_anew(place, entries)


def test_a_second_writer_is_named(filled: Place, tmp_path: Path, clock: Clock) -> None:
    """Another machine's key announces itself: nothing is wrong, and it is told apart."""
    other = load_signer(tmp_path / "other.key")
    with open_ledger(filled, write=True, clock=clock, signer=lambda: other) as ledger:
        before = ledger.head().seq
        with ledger.records() as records:
            sight = find_sights(records)[0]
        ledger.write_absence(sight, "2024-01-01T00:00:00+00:00")
    with open_ledger(filled) as ledger:
        found = check_ledger(ledger, keys=())
        assert [(s.key, s.first) for s in found.signatories] == [
            (load_signer().key, 1),
            (other.key, before + 1),
        ]
        assert len(verify_ledger(ledger, keys=(load_signer().public,))) == 2


def test_public_keys_come_from_words_and_files(tmp_path: Path) -> None:
    one, two = "ab" * 32, "cd" * 32
    (tmp_path / "keys").write_text(f"# the desk's\n{one}\n\n{two}\n")
    assert load_public_keys([str(tmp_path / "keys"), one]) == (one, two, one)
    for wrong in ("abc", str(tmp_path / "none"), str(tmp_path)):
        with pytest.raises(WrongUsage, match="64 hex digits"):
            load_public_keys([wrong])
    (tmp_path / "keys").write_text("# nothing\n")
    with pytest.raises(WrongUsage, match="one public key a line"):
        load_public_keys([str(tmp_path / "keys")])
