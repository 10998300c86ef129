"""``verify`` from the command line: on whose word the record rests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from forging import read_log, strip, write_log_anew
from typer.testing import CliRunner

from engines import Place, is_untouched
from fake_rooms import make_rooms
from harmledger.cli.app import app
from harmledger.core.document import Capture
from harmledger.ledger import load_signer, open_ledger
from harmledger.pipeline import run_paths


@pytest.fixture
def told(place: Place, reports: Path, clock: Callable[[], datetime]) -> Place:
    with open_ledger(place, write=True, clock=clock) as ledger:
        run_paths([reports], ledger, clock=clock, maker=make_rooms)
    return place


def verify(ledger: Place, *more: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["verify", "--ledger", str(ledger), *more])
    return done.exit_code, " ".join(done.output.split())


def test_keys_are_named_as_taken_on_trust_or_expected(told: Place, tmp_path: Path) -> None:
    ours = load_signer()
    code, said = verify(told)
    assert code == 0
    assert "The record holds: chain, signatures, stored bytes, tables and quotes." in said
    assert f"signed by {ours.key} from entry 1 on (taken on trust" in said
    assert "unsigned" not in said
    code, said = verify(told, "--key", ours.public)
    assert code == 0
    assert f"signed by {ours.key} from entry 1 on (expected)" in said
    (tmp_path / "keys").write_text("ab" * 32 + "\n")
    code, said = verify(told, "--key", str(tmp_path / "keys"))
    assert code == 1
    assert f"is signed by {ours.key}, which is none of the keys named" in said


def test_nothing_is_called_signed_that_nobody_signed(told: Place) -> None:
    entries = read_log(told)
    write_log_anew(told, strip(entries))
    code, said = verify(told)
    assert code == 1
    assert "signatures," not in said
    assert "no entry is signed: anybody could have written it" in said


def test_unsigned_entries_are_counted(told: Place) -> None:
    unsigned = strip(read_log(told))
    write_log_anew(told, unsigned)
    with open_ledger(told, write=True) as ledger:
        with ledger.records() as records:
            document = next(records.iter_documents()).id
        at = "2024-03-01T00:00:00+00:00"
        ledger.write_capture(document, Capture(captured_at=at, path="b", method="file", tool="t"))
    code, said = verify(told)
    assert code == 0
    assert f"{len(unsigned)} of {len(unsigned) + 2} entries unsigned" in said
    assert f"2 entries signed by {load_signer().key} from entry {len(unsigned) + 1} on" in said


def test_a_pack_is_entered_and_its_verifier_named(
    told: Place, tmp_path: Path, new_place: Callable[[str], Place]
) -> None:
    command = ["export", "--ledger", str(told), "--format", "bagit", "--out"]
    done = CliRunner().invoke(app, [*command, str(tmp_path / "pack")])
    assert done.exit_code == 0, done.output
    for name in ("verify.py", "chain.py"):
        assert f"{name}: sha256 " in done.output
    assert [e.kind for e in read_log(told)][-1] == "edition"
    assert verify(told, "--head", str(tmp_path / "pack" / "head.json"))[0] == 0
    done = CliRunner().invoke(app, [*command, str(tmp_path / "bare"), "--unattested"])
    assert "NOT ATTESTED" in done.output
    missing = ["export", "--ledger", str(new_place("none")), "--format", "bagit", "--out"]
    done = CliRunner().invoke(app, [*missing, str(tmp_path / "no")])
    assert done.exit_code
    assert is_untouched(new_place("none")), "exporting made a ledger"
