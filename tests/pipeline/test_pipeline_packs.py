"""Ledgers that leave and come in: evidence packs, imports, backups."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import bagit
import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from fake_rooms import make_later_rooms, make_rooms
from harmledger.core.errors import LedgerDamaged, LedgerRefused, WrongUsage
from harmledger.ledger import (
    Importer,
    Ledger,
    import_pack,
    open_ledger,
    restore_ledger,
    verify_ledger,
    write_backup,
)
from harmledger.pipeline import run_paths, view_ledger
from harmledger.pipeline.pack import write_pack
from harmledger.review import (
    Known,
    Signature,
    decide_accept,
    decide_amend,
    decide_reject,
    decide_withdraw,
    find_dissents,
)
from harmledger.review.standing import find_standing_decisions

Clock = Callable[[], datetime]
Place = Path | str
BO = Importer(by="Bo", reason="shared by a colleague")


def decide(ledger: Ledger, clock: Clock, by: str, number: int, action: str) -> None:
    """Some person's decision about some claim."""
    with ledger.records() as records:
        claims = [k.claim for k in records.iter_claims()]
        claim = claims[number % len(claims)]
        text = records.find_text(claim.document, claim.text_sha256)
        decisions = {d.id: d for d in records.decisions()}
    known = Known(claims={claim.id: claim}, decisions=decisions)
    sign = Signature(by=by, reason=action, at=clock().isoformat(), prev=ledger.head().hash)
    match action:
        case "accept":
            taken = decide_accept(known, claim.id, sign)
        case "reject":
            taken = decide_reject(known, claim.id, sign)
        case "amend":
            assert text is not None
            changes = {"victims.named": len(decisions) + 1}
            taken = decide_amend(known, claim.id, changes, text, sign)
        case _:
            standing = find_standing_decisions(tuple(decisions.values()))
            if not standing:
                return
            taken = decide_withdraw(known, standing[number % len(standing)].id, sign)
    ledger.write_decision(taken.decision, taken.claim)


@pytest.fixture
def filled(place: Place, reports: Path, clock: Clock) -> Place:
    with open_ledger(place, write=True, clock=clock) as ledger:
        run_paths([reports], ledger, clock=clock, maker=make_rooms)
        decide(ledger, clock, "Ana", 0, "accept")
        decide(ledger, clock, "Ana", 1, "amend")
        run_paths([reports], ledger, clock=clock, maker=make_later_rooms)
    return place


def pack(place: Place, folder: Path) -> Path:
    with open_ledger(place, write=True) as ledger:
        write_pack(ledger, view_ledger(ledger), folder)
    return folder


def check(folder: Path, *asked: str, code: int = 0) -> str:
    """Run the pack's own verifier with nothing of ours on the path."""
    command = [sys.executable, "-I", "-S", str(folder / "verify.py"), *asked]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def lines(folder: Path, name: str) -> list[Any]:
    return [msgspec.json.decode(x) for x in (folder / "data" / name).read_bytes().splitlines()]


def test_a_pack_checks_itself(filled: Place, tmp_path: Path) -> None:
    folder = pack(filled, tmp_path / "pack")
    assert bagit.Bag(str(folder)).is_valid()
    assert len((folder / "verify.py").read_text().splitlines()) <= 150
    assert len((folder / "chain.py").read_text().splitlines()) <= 110
    with open_ledger(filled) as ledger:
        assert f"{ledger.head().seq} {ledger.head().hash}" in check(folder)


def test_one_number_down_to_its_bytes(filled: Place, tmp_path: Path) -> None:
    folder = pack(filled, tmp_path / "pack")
    incident = next(i for i in lines(folder, "incidents.jsonl") if i["readings"])
    out = check(folder, incident["code"])
    reading = next(r for r in incident["readings"] if r["claims_low"])
    assert f"{reading['low']} {reading['high']}" in out
    claim = next(c for c in lines(folder, "claims.jsonl") if c["id"] == reading["claims_low"][0])
    document = next(d for d in lines(folder, "documents.jsonl") if d["id"] == claim["document"])
    assert repr(claim["span"]["quote"]) in out
    assert f"bytes/{document['sha256']}" in out


def test_equal_ledgers_give_equal_packs(filled: Place, tmp_path: Path) -> None:
    one, two = pack(filled, tmp_path / "one"), pack(filled, tmp_path / "two")
    assert read_all(one) == read_all(two)


def read_all(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def test_a_changed_pack_is_refused(filled: Place, tmp_path: Path, new_place: Any) -> None:
    folder = pack(filled, tmp_path / "pack")
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and p.stat().st_size]
    chance = random.Random(7)
    for path in files:
        content = bytearray(path.read_bytes())
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        before = path.read_bytes()
        path.write_bytes(bytes(content))
        with (
            open_ledger(new_place("other"), write=True) as ledger,
            pytest.raises(LedgerDamaged, match="Nothing was taken over"),
        ):
            import_pack(ledger, folder, BO)
        path.write_bytes(before)
    (folder / "data" / "more.txt").write_text("smuggled in")
    assert "more.txt: is in no manifest" in check(folder, code=1)
    with open_ledger(new_place("other")) as ledger:
        assert ledger.head().seq == 0


def test_an_import_keeps_where_things_come_from(
    filled: Place, tmp_path: Path, new_place: Any, clock: Clock
) -> None:
    folder = pack(filled, tmp_path / "pack")
    with open_ledger(new_place("other"), write=True, clock=clock) as ledger:
        done = import_pack(ledger, folder, BO)
        assert verify_ledger(ledger) == ()
        with ledger.records() as records:
            acts = [msgspec.json.decode(e.act or "") for e in records.iter_entries()]
        brought = [act for act in acts if act["origin"]]
        assert done.attested
        assert len(brought) == done.added > 0
        assert {act["origin"]["ledger"] for act in brought} == {done.ledger}
        assert all(act["origin"]["act"]["actor"] for act in brought)
        head = ledger.head()
        again = import_pack(ledger, folder, BO)
        assert (again.added, again.known, ledger.head()) == (0, done.added, head)


def test_imported_beside_what_is_here(
    filled: Place, tmp_path: Path, new_place: Any, reports: Path, clock: Clock
) -> None:
    """Our own reading of the same documents stands, and so do our decisions beside theirs."""
    folder = pack(filled, tmp_path / "pack")
    with open_ledger(new_place("other"), write=True, clock=clock) as ledger:
        run_paths([reports], ledger, clock=clock, maker=make_rooms)
        decide(ledger, clock, "Cy", 0, "reject")
        before = {c.id for i in view_ledger(ledger).incidents for c in ledger_claims(ledger)}
        done = import_pack(ledger, folder, BO)
        assert verify_ledger(ledger) == ()
        with ledger.records() as records:
            known = {k.claim.id: k for k in records.iter_claims()}
            decisions = records.decisions()
        current = {
            i for i, k in known.items() if k.current and k.claim.extractor == "fake-claims@1"
        }
        assert current == before
        assert len(done.decisions) == len(decisions) - 1
        (dissent,) = find_dissents(decisions)
        assert dissent.note == "Cy: reject; Ana: accept"


def ledger_claims(ledger: Ledger) -> tuple[Any, ...]:
    return view_ledger(ledger).claims


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["Ana", "Bo"]),
        st.integers(0, 9),
        st.sampled_from(["accept", "reject", "amend", "withdraw"]),
    ),
    max_size=8,
)
TEXTS = st.lists(
    st.text(st.sampled_from("Дім 🏠 été 12."), max_size=12).map(lambda w: f"{w}7 killed. {w}"),
    min_size=1,
    max_size=3,
    unique=True,
)


@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(texts=TEXTS, steps=STEPS, later=st.booleans())
def test_a_round_trip_changes_no_byte(
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[str],
    steps: list[tuple[str, int, str]],
    later: bool,
) -> None:
    tmp = tmp_path_factory.mktemp("trip")
    clock = ticking()
    (tmp / "reports").mkdir()
    for number, words in enumerate(texts):
        (tmp / "reports" / f"{number}.txt").write_text(words, encoding="utf-8")
    with open_ledger(tmp / "one.ledger", write=True, clock=clock) as ledger:
        run_paths([tmp / "reports"], ledger, clock=clock, maker=make_rooms)
        for by, number, action in steps:
            decide(ledger, clock, by, number, action)
        if later:
            run_paths([tmp / "reports"], ledger, clock=clock, maker=make_later_rooms)
    one = pack(tmp / "one.ledger", tmp / "one.pack")
    with open_ledger(tmp / "two.ledger", write=True, clock=clock) as ledger:
        import_pack(ledger, one, BO)
        assert verify_ledger(ledger) == ()
    two = pack(tmp / "two.ledger", tmp / "two.pack")
    for name in ("claims", "decisions", "incidents", "totals", "documents", "unresolved"):
        file = f"data/{name}.jsonl"
        assert (one / file).read_bytes() == (two / file).read_bytes(), name


def ticking() -> Clock:
    ticks = iter(range(1_000_000))
    return lambda: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=next(ticks))


def test_a_backup_comes_back_word_for_word(
    filled: Place, tmp_path: Path, new_place: Any, engine: str
) -> None:
    with open_ledger(filled) as ledger:
        head = write_backup(ledger, tmp_path / "copy")
        view = view_ledger(ledger)
    back = restore_ledger(tmp_path / "copy", new_place("back"))
    assert (back.seq, back.hash) == (head.seq, head.hash)
    with open_ledger(new_place("back")) as ledger:
        assert verify_ledger(ledger, head) == ()
        assert view_ledger(ledger) == view
    with pytest.raises(LedgerRefused, match="new place"):
        restore_ledger(tmp_path / "copy", new_place("back"))
    if engine == "postgresql":  # from one engine to the other
        assert restore_ledger(tmp_path / "copy", tmp_path / "moved.ledger").hash == head.hash


def test_a_pack_can_be_restored_too(filled: Place, tmp_path: Path, new_place: Any) -> None:
    folder = pack(filled, tmp_path / "pack")
    back = restore_ledger(folder, new_place("back"))
    with open_ledger(filled) as ledger:
        assert back == ledger.head()


def test_a_damaged_backup_makes_no_ledger(filled: Place, tmp_path: Path) -> None:
    with open_ledger(filled) as ledger:
        write_backup(ledger, tmp_path / "copy")
    with (tmp_path / "copy" / "data" / "log.jsonl").open("ab") as file:
        file.write(b"\n")
    with pytest.raises(LedgerDamaged, match=r"log\.jsonl"):
        restore_ledger(tmp_path / "copy", tmp_path / "back.ledger")
    assert not (tmp_path / "back.ledger").exists()


def test_what_is_no_copy_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage, match="no backup or evidence pack"):
        restore_ledger(tmp_path, tmp_path / "back.ledger")
    (tmp_path / "full").mkdir()
    with open_ledger(tmp_path / "x.ledger", write=True) as ledger, pytest.raises(WrongUsage):
        write_backup(ledger, tmp_path / "full")
