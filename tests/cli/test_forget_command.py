"""``review forget`` from the command line: the name is asked for, and printed nowhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from engines import Place
from fake_rooms import make_rooms
from harmledger.cli.app import app
from harmledger.core.errors import LedgerRefused
from harmledger.ledger import open_ledger, verify_ledger
from harmledger.ledger.sealed import KEY_VARIABLE, find_key, open_sealed, write_key_file
from harmledger.pipeline import run_paths
from harmledger.web.people import Coding, People
from harmledger.web.state import find_people_file

NAME = "Zorvek Tulbrin"


@pytest.fixture
def sealed(
    place: Place, tmp_path: Path, clock: Callable[[], datetime], monkeypatch: pytest.MonkeyPatch
) -> Place:
    folder = tmp_path / "told"
    folder.mkdir()
    (folder / "a.txt").write_text(f"3 people killed, said {NAME}.")
    write_key_file(tmp_path / "seal.key")
    monkeypatch.setenv(KEY_VARIABLE, str(tmp_path / "seal.key"))
    with open_ledger(place, write=True, clock=clock, seal=open_sealed(find_key)) as opened:
        run_paths([folder], opened, clock=clock, maker=make_rooms)
        notes = find_people_file(opened)
    people = People(notes)
    people.log_opening("Anna", "clm_1", f"Tulbrin's family asked, says {NAME}")
    people.keep_coding(
        Coding(at="2024", person="Anna", claim="clm_1", verdict="accept", note="TULBRIN said so")
    )
    people.close()
    return place


def forget(ledger: Place, *more: str, typed: str = "") -> tuple[int, str, object]:
    command = ["review", "forget", "--ledger", str(ledger), "--reason", "asked", *more]
    done = CliRunner().invoke(app, command, input=typed)
    return done.exit_code, done.output, done.exception


def test_the_name_is_asked_for_and_gone_from_the_desks_notes(sealed: Place) -> None:
    code, told, _ = forget(sealed, "--by", "Anna", "--with", "Bela", typed=f"{NAME}\n\n")
    assert code == 0, told
    answer = told.rpartition("(empty ends)")[2]
    assert "documents named them" in answer
    assert "2 notes of the desk" in answer
    assert "Zorvek" not in answer
    with open_ledger(sealed) as ledger:
        notes = find_people_file(ledger)
    held = b"".join(p.read_bytes() for p in notes.parent.glob(f"{notes.stem}*") if p.is_file())
    assert not [w for w in (b"Zorvek", b"Tulbrin", b"TULBRIN") if w in held]
    people = People(notes)
    assert "family asked" in people.list_openings()[0].reason
    people.close()
    with open_ledger(sealed) as ledger:
        assert verify_ledger(ledger) == ()


def test_one_person_alone_forgets_nobody(sealed: Place) -> None:
    code, _, error = forget(sealed, NAME, "--by", "Anna", "--with", "anna")
    assert code != 0
    assert isinstance(error, LedgerRefused)
    code, told, _ = forget(sealed, NAME, "--by", "Anna")
    assert (code, "--with" in told) == (2, True)
