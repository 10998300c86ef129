"""Packs changed by somebody without the signing key, every manifest made anew: each is found."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engines import Place, is_untouched
from fake_rooms import make_rooms
from harmledger.core.decision import Decision
from harmledger.core.errors import LedgerDamaged, LedgerRefused
from harmledger.core.ids import canonical_json
from harmledger.ledger import Importer, import_pack, open_ledger, restore_ledger, verify_ledger
from harmledger.ledger.editions import Handed, attest
from harmledger.ledger.entry import FIRST_PREV, hash_entry
from harmledger.pipeline import run_paths, view_ledger
from harmledger.pipeline.pack import write_pack
from harmledger.review import Known, Signature, decide_accept, decide_reject

Clock = Callable[[], datetime]
NewPlace = Callable[[str], Place]
BO = Importer(by="Bo", reason="shared by a colleague")


@pytest.fixture
def told(place: Place, reports: Path, clock: Clock) -> Place:
    """A ledger in which two people disagree about one claim."""
    with open_ledger(place, write=True, clock=clock) as ledger:
        run_paths([reports], ledger, clock=clock, maker=make_rooms)
        claim = view_ledger(ledger).claims[0]
        known = Known(claims={claim.id: claim})
        for by, decide in (("Ann", decide_accept), ("Bob", decide_reject)):
            sign = Signature(by=by, reason="read", at=clock().isoformat(), prev=ledger.head().hash)
            ledger.write_decision(decide(known, claim.id, sign).decision)
    return place


@pytest.fixture
def pack(told: Place, tmp_path: Path) -> Path:
    with open_ledger(told, write=True) as ledger:
        write_pack(ledger, view_ledger(ledger), tmp_path / "pack")
    return tmp_path / "pack"


def check(folder: Path, *asked: str, code: int = 1) -> str:
    command = [sys.executable, "-I", "-S", str(folder / "verify.py"), *asked]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def rows(folder: Path, name: str) -> list[Any]:
    content = (folder / "data" / name).read_bytes()
    return [msgspec.json.decode(line) for line in content.splitlines()]


def put(folder: Path, name: str, lines: list[Any]) -> None:
    content = b"".join(msgspec.json.encode(line) + b"\n" for line in lines)
    (folder / "data" / name).write_bytes(content)


def remake(folder: Path) -> None:
    """Both manifests as the files are now."""

    def listed(paths: list[Path]) -> str:
        return "".join(
            f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder).as_posix()}\n"
            for p in sorted(paths)
        )

    data = [p for p in (folder / "data").rglob("*") if p.is_file()]
    (folder / "manifest-sha256.txt").write_text(listed(data))
    tags = [p for p in folder.iterdir() if p.is_file() and p.name != "tagmanifest-sha256.txt"]
    (folder / "tagmanifest-sha256.txt").write_text(listed(tags))


def refuse(folder: Path, new_place: NewPlace, said: str) -> None:
    """Neither import nor restore takes it."""
    into, back = new_place("into"), new_place("back")
    with open_ledger(into, write=True) as ledger, pytest.raises(LedgerDamaged, match=said):
        import_pack(ledger, folder, BO)
    with open_ledger(into) as ledger:
        assert ledger.head().seq == 0
    with pytest.raises(LedgerDamaged, match=said):
        restore_ledger(folder, back)
    assert is_untouched(back)


def test_another_number_is_found(pack: Path, new_place: NewPlace) -> None:
    incidents = rows(pack, "incidents.jsonl")
    reading = next(
        r for i in incidents for r in i["readings"] if r["policy"] == "literal" and r["claims_low"]
    )
    reading["low"] = reading["high"] = 9999
    put(pack, "incidents.jsonl", incidents)
    remake(pack)
    out = check(pack)
    assert "data/incidents.jsonl: is not the file that the log names" in out
    assert f"{reading['harm']} low 9999 is not what" in out
    refuse(pack, new_place, r"data/incidents\.jsonl is not the file that its log names")


def test_a_missing_dissent_is_found(pack: Path, new_place: NewPlace) -> None:
    decisions = rows(pack, "decisions.jsonl")
    (dissent,) = [d for d in decisions if d["by"] == "Bob"]
    put(pack, "decisions.jsonl", [d for d in decisions if d["by"] != "Bob"])
    remake(pack)
    out = check(pack)
    assert f"{dissent['id']}: is in the log and not in decisions.jsonl" in out
    assert "data/decisions.jsonl: is not the file that the log names" in out
    refuse(pack, new_place, r"data/decisions\.jsonl")


def test_a_missing_claim_is_found(pack: Path) -> None:
    claims = rows(pack, "claims.jsonl")
    put(pack, "claims.jsonl", claims[1:])
    remake(pack)
    assert f"{claims[0]['id']}: is in the log and not in claims.jsonl" in check(pack)


def test_another_standing_is_found(pack: Path, new_place: NewPlace) -> None:
    claims = rows(pack, "claims.jsonl")
    assert {c["standing"] for c in claims} != {"accepted"}
    put(pack, "claims.jsonl", [{**c, "standing": "accepted"} for c in claims])
    remake(pack)
    assert "data/claims.jsonl: is not the file that the log names" in check(pack)
    refuse(pack, new_place, r"data/claims\.jsonl")


def test_bytes_put_in_are_found(pack: Path, new_place: NewPlace) -> None:
    content = b"never captured"
    (pack / "data" / "bytes" / hashlib.sha256(content).hexdigest()).write_bytes(content)
    remake(pack)
    assert "data/bytes, data/texts: are not the files that the log names" in check(pack)
    refuse(pack, new_place, "bytes and texts are not those")


def test_a_pack_whose_log_is_cut_off_is_not_attested(pack: Path) -> None:
    """Without the entry that names the files the log still holds; its numbers rest on nothing."""
    log = rows(pack, "log.jsonl")
    cut = log[: next(n for n, e in enumerate(log) if e["kind"] == "edition")]
    put(pack, "log.jsonl", cut)
    head = msgspec.json.decode((pack / "head.json").read_bytes())
    head |= {key: cut[-1][key] for key in ("seq", "hash", "at", "signature")}
    (pack / "head.json").write_bytes(msgspec.json.encode(head))
    remake(pack)
    assert "NOT ATTESTED" in check(pack)


@pytest.mark.parametrize("how", ["added", "stripped"])
def test_unsigned_entries_are_found(pack: Path, new_place: NewPlace, how: str) -> None:
    log = rows(pack, "log.jsonl")
    if how == "added":
        log.append(_forge(log[-1], rows(pack, "claims.jsonl")[0]["id"]))
        said, told = f"log entry {log[-1]['seq']}: is not signed", "stands after signed entries"
    else:
        log, said = _strip(log), "log: has no signed entry"
        told = "no entry is signed"
    put(pack, "log.jsonl", log)
    head = {"seq": log[-1]["seq"], "hash": log[-1]["hash"]}
    (pack / "head.json").write_bytes(msgspec.json.encode({**head, "signature": None}))
    remake(pack)
    assert said in check(pack)
    refuse(pack, new_place, told)


def _forge(last: Any, claim: str) -> dict[str, Any]:
    decision = Decision(
        id="dec_forged",
        at=last["at"],
        by="Chief Editor",
        action="reject",
        about=(claim,),
        reason="forged",
        prev=last["hash"],
    )
    body = canonical_json({"decision": msgspec.to_builtins(decision), "claim": None}).decode()
    return _unsigned(last["seq"] + 1, last["at"], "decision", body, last["hash"])


def _strip(log: list[Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for entry in log:
        if entry["kind"] != "key":
            prev = found[-1]["hash"] if found else FIRST_PREV
            found.append(_unsigned(len(found) + 1, entry["at"], entry["kind"], entry["body"], prev))
    return found


def _unsigned(seq: int, at: str, kind: str, body: str, prev: str) -> dict[str, Any]:
    this = hash_entry(seq, at, kind, body, prev)
    row = {"seq": seq, "at": at, "kind": kind, "act": None, "body": body}
    return {**row, "prev": prev, "hash": this, "signature": None}


def test_a_copy_of_the_verifier_checks_any_pack(pack: Path, tmp_path: Path) -> None:
    """Somebody's own copy, not the one that came with the pack."""
    (tmp_path / "mine").mkdir()
    for name in ("verify.py", "chain.py"):
        (tmp_path / "mine" / name).write_bytes((pack / name).read_bytes())
    assert "0 problems" in check(tmp_path / "mine", str(pack), code=0)
    (pack / "chain.py").write_text("print('1 of 1 entries signed')\n")
    remake(pack)
    put(pack, "log.jsonl", [*rows(pack, "log.jsonl"), _forge(rows(pack, "log.jsonl")[-1], "x")])
    remake(pack)
    assert "is not signed" in check(tmp_path / "mine", str(pack))


def test_a_pack_of_a_ledger_that_is_only_read_says_so(
    told: Place, tmp_path: Path, new_place: NewPlace
) -> None:
    with open_ledger(told) as ledger:
        view, before = view_ledger(ledger), ledger.head()
        with pytest.raises(LedgerRefused, match="opened for reading"):
            write_pack(ledger, view, tmp_path / "none")
        assert not (tmp_path / "none").exists()
        write_pack(ledger, view, tmp_path / "pack", attested=False)
        assert ledger.head() == before
    assert "NOT ATTESTED" in (tmp_path / "pack" / "README.txt").read_text()
    assert "NOT ATTESTED" in (tmp_path / "pack" / "bag-info.txt").read_text()
    assert "NOT ATTESTED: the log's last entry names no files" in check(tmp_path / "pack")
    with open_ledger(new_place("into"), write=True) as ledger:  # the log itself is whole
        done = import_pack(ledger, tmp_path / "pack", BO)
    assert done.added
    assert not done.attested


def test_numbers_that_rest_on_no_claim_are_found(told: Place, clock: Clock) -> None:
    """Whatever was handed out must still lead to claims that the log held before."""
    with open_ledger(told, write=True) as ledger:
        known = view_ledger(ledger).claims[0].id
        handed = Handed(form="edition", files={}, contents="", claims=(known, "clm_nobody"))
        attest(ledger, handed, ledger.head().hash)
        (problem,) = verify_ledger(ledger)
    assert problem.what == (
        "numbers of what it handed out rest on clm_nobody, which no entry before holds"
    )
