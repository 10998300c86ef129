"""Forgetting a person in a sealed ledger: afterwards the name is nowhere, and the record holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from behind import dump_tables
from fake_rooms import FakeExtractor, make_rooms
from harmledger.core.claim import Voice
from harmledger.core.document import Document, Text
from harmledger.core.errors import LedgerDamaged, LedgerRefused
from harmledger.core.extraction import Extraction
from harmledger.ledger import find_head, open_ledger, parse_address, verify_ledger
from harmledger.ledger.people import GAP
from harmledger.ledger.sealed import (
    KEY_VARIABLE,
    RING,
    Sealed,
    find_key,
    open_sealed,
    write_key_file,
)
from harmledger.pipeline import run_paths, view_ledger
from harmledger.pipeline.forgetting import forget
from harmledger.review import Known, Signature, decide_accept, decide_withdraw
from sealed_bytes import iter_everything, iter_server_files

Clock = Callable[[], datetime]
Place = Path | str
NAME, OTHER = "Mopdax Queltuv", "Дакмоп Явхрот"
"""Names of no other test: a PostgreSQL server keeps what it wrote for others in the same log."""
WORDS = ("Mopdax", "Queltuv")


@pytest.fixture
def key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "seal.key"
    write_key_file(path)
    monkeypatch.setenv(KEY_VARIABLE, str(path))
    return path


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """Reports that name two people everywhere, and one that names neither."""
    folder = tmp_path / "told"
    folder.mkdir()
    (folder / f"{NAME}.txt").write_text(
        f"3 people killed, said {NAME}. QUELTUV's brother was one of them, {OTHER} told us."
    )
    (folder / "second.txt").write_text(f"Queltuv, Mopdax was there. {OTHER} saw 5 people killed.")
    (folder / "third.txt").write_text(f"{OTHER} was not there. Then 4 patients injured.")
    (folder / "neither.txt").write_text("Later 6 people killed.")
    return folder


@pytest.fixture
def sealed(place: Place, told: Path, key_file: Path, clock: Clock) -> Place:
    with open_ledger(place, write=True, clock=clock, seal=open_sealed(find_key)) as ledger:
        run_paths([told], ledger, clock=clock, maker=make_naming_rooms)
        view = view_ledger(ledger)
        told_by = {d.id for d in view.documents if NAME in d.name}
        first = next(c for c in view.claims if c.document in told_by)
        for reason in (f"{NAME} asked for it", "asked by Queltuv"):
            sign = Signature(
                by="Anna", reason=reason, at=clock().isoformat(), prev=ledger.head().hash
            )
            known = Known(claims={first.id: first})
            ledger.write_decision(decide_accept(known, first.id, sign).decision)
    return place


def make_naming_rooms() -> Any:
    """The fake rooms, with claims told by a private person instead of the mayor: whom reading
    finds has a key from the start. Whom it does not find (the other one) has none."""
    return replace(make_rooms(), extractor=_Naming())


class _Naming(FakeExtractor):
    def extract(self, document: Document, text: Text, *, layers: bool = False) -> Extraction:
        found = super().extract(document, text, layers=layers)
        voice = (Voice(name=NAME, as_written=NAME, side="resident"),)
        if NAME not in text.text:
            return found
        claims = tuple(msgspec.structs.replace(c, voice=voice) for c in found.claims)
        return msgspec.structs.replace(found, claims=claims)


def do_forget(place: Place, clock: Clock, *names: str) -> Any:
    with open_ledger(place, write=True, clock=clock) as ledger:
        return forget(ledger, names or (NAME,), "Anna", "Bela", "she asked us to", clock=clock)


def leaks(place: Place, words: tuple[str, ...] = WORDS) -> list[str]:
    found = [
        where
        for where, held in iter_everything(place)
        if any(w.encode() in held or w.upper().encode() in held for w in words)
    ]
    if not isinstance(place, Path):
        found += [
            where
            for where, held in iter_server_files(place)
            if any(w.encode() in held for w in words)
        ]
    return found


def problems(place: Place) -> list[str]:
    with open_ledger(place) as ledger:
        return [f"{p.where}: {p.what}" for p in verify_ledger(ledger)]


def test_a_forgotten_name_is_nowhere_though_the_key_is_known(sealed: Place, clock: Clock) -> None:
    assert leaks(sealed), "the name was never there: nothing is shown"
    with open_ledger(sealed) as ledger, ledger.records() as records:
        head = find_head(records)
    done = do_forget(sealed, clock)
    assert leaks(sealed) == []
    assert len(done.documents) == 2
    with open_ledger(sealed) as ledger:
        assert verify_ledger(ledger, head) == ()


def test_what_is_left_keeps_its_place_and_its_numbers(sealed: Place, clock: Clock) -> None:
    with open_ledger(sealed) as ledger:
        before = view_ledger(ledger)
    do_forget(sealed, clock)
    with open_ledger(sealed) as ledger:
        after = view_ledger(ledger)
        with ledger.records() as records:
            texts = {d.name: records.text(d.text_sha256) for d in after.documents}
    assert [c.id for c in after.claims] == [c.id for c in before.claims]
    assert [c.quantity for c in after.claims] == [c.quantity for c in before.claims]
    assert [i.readings for i in after.incidents] == [i.readings for i in before.incidents]
    bars = f"{GAP * 6} {GAP * 7}"
    assert texts[bars].startswith(f"3 people killed, said {bars}. {GAP * 7}'s brother")
    assert OTHER in texts[bars]
    assert texts["neither"] == "Later 6 people killed."


def test_the_others_are_still_there(sealed: Place, clock: Clock) -> None:
    do_forget(sealed, clock)
    assert leaks(sealed, (OTHER.split()[0],))
    done = do_forget(sealed, clock, OTHER)
    assert leaks(sealed, tuple(OTHER.split())) == []
    assert leaks(sealed) == []
    assert len(done.documents) == 3
    assert problems(sealed) == []


def test_rebuilding_gives_the_same_tables(sealed: Place, clock: Clock) -> None:
    do_forget(sealed, clock)
    before = dump_tables(sealed)
    with open_ledger(sealed, write=True, clock=clock) as ledger:
        ledger.rebuild()
    assert dump_tables(sealed) == before


def test_the_act_is_logged_without_the_name(sealed: Place, clock: Clock) -> None:
    do_forget(sealed, clock)
    with open_ledger(sealed, write=True, clock=clock) as ledger, ledger.records() as records:
        decision = next(d for d in records.decisions() if d.action == "forget")
        assert (decision.by, decision.reason) == ("Anna", "she asked us to")
        assert decision.value is not None
        assert decision.value["with"] == "Bela"
        sign = Signature(by="Anna", reason="x", at=clock().isoformat(), prev="0" * 64)
        known = Known(decisions={decision.id: decision})
        with pytest.raises(LedgerRefused, match="nothing brings them back"):
            decide_withdraw(known, decision.id, sign)


def test_bytes_that_named_them_are_gone_and_say_so(sealed: Place, clock: Clock) -> None:
    with open_ledger(sealed) as ledger:
        hashes = {d.name: d.sha256 for d in view_ledger(ledger).documents}
    do_forget(sealed, clock)
    with open_ledger(sealed) as ledger:
        # these bytes are the text itself, so bars stand in them
        assert GAP in ledger.store.read(hashes["second"]).decode()
        assert ledger.store.read(hashes["neither"]) == b"Later 6 people killed."


def test_running_again_does_not_bring_the_name_back(
    sealed: Place, told: Path, clock: Clock
) -> None:
    do_forget(sealed, clock)
    with open_ledger(sealed, write=True, clock=clock) as ledger:
        result = run_paths([told], ledger, clock=clock, maker=make_naming_rooms)
    assert result.read == 0
    assert leaks(sealed) == []
    assert problems(sealed) == []


def test_a_forgetting_that_was_killed_is_finished(
    sealed: Place, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order is in the log, the key is still there: reading hides the name, writing ends it."""
    monkeypatch.setattr(Sealed, "keep_ring", _die)
    with pytest.raises(KeyboardInterrupt):
        do_forget(sealed, clock)
    monkeypatch.undo()
    monkeypatch.setenv(KEY_VARIABLE, str(Path(str(key_of(sealed)))))
    assert problems(sealed) == []
    with open_ledger(sealed, write=True, clock=clock) as ledger:
        assert not any(NAME in d.name for d in view_ledger(ledger).documents)
    assert leaks(sealed) == []
    assert problems(sealed) == []


def _die(*_: object) -> None:
    raise KeyboardInterrupt


def key_of(place: Place) -> Path:
    address = parse_address(place)
    assert address.store is not None
    return Path(address.store).parent / "seal.key"


def test_an_older_ring_put_back_obeys_the_log(sealed: Place, clock: Clock) -> None:
    with open_ledger(sealed) as ledger:
        ring = Path(ledger.store.shelf.where_note(RING))
    kept = ring.read_bytes()
    do_forget(sealed, clock)
    ring.write_bytes(kept)
    with open_ledger(sealed, write=True, clock=clock):
        pass
    assert ring.read_bytes() != kept
    assert leaks(sealed) == []


def test_without_the_ring_nothing_opens(sealed: Place) -> None:
    with open_ledger(sealed) as ledger:
        ring = Path(ledger.store.shelf.where_note(RING))
    kept = ring.read_bytes()
    ring.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    with pytest.raises(LedgerDamaged, match="ring of keys"):
        open_ledger(sealed)
    ring.unlink()
    with pytest.raises(LedgerDamaged, match="ring of keys"):
        open_ledger(sealed)


def test_what_cannot_be_forgotten_is_refused(
    sealed: Place, new_place: Callable[[str], Place], clock: Clock
) -> None:
    with pytest.raises(LedgerRefused, match="nobody of that name"):
        do_forget(sealed, clock, "Quelmop Hrotfen")
    with (
        open_ledger(sealed, write=True, clock=clock) as ledger,
        pytest.raises(LedgerRefused, match="two different people"),
    ):
        forget(ledger, (NAME,), "Anna", " anna", "x", clock=clock)
    with (
        open_ledger(sealed, write=True, clock=clock) as ledger,
        pytest.raises(LedgerRefused, match="would name the person"),
    ):
        forget(ledger, (NAME,), "Anna", "Bela", f"as {NAME} asked", clock=clock)
    with (
        open_ledger(new_place("plain"), write=True, clock=clock) as ledger,
        pytest.raises(LedgerRefused, match="ordinary ledger"),
    ):
        forget(ledger, (NAME,), "Anna", "Bela", "x", clock=clock)
    assert leaks(sealed)
    assert problems(sealed) == []


def test_names_that_words_of_the_record_look_like(
    place: Place, tmp_path: Path, key_file: Path, clock: Clock
) -> None:
    """A person called like a harm, an id's letters or a country leaves the record readable."""
    folder = tmp_path / "odd"
    folder.mkdir()
    (folder / "a.txt").write_text("Killed Exact said 3 people killed. Abe Ukr Media saw it.")
    with open_ledger(place, write=True, clock=clock, seal=open_sealed(find_key)) as ledger:
        run_paths([folder], ledger, clock=clock, maker=make_rooms)
        forget(ledger, ("Killed Exact", "Abe Ukr Media"), "Anna", "Bela", "x", clock=clock)
        (claim,) = view_ledger(ledger).claims
        assert (claim.harm, claim.quantity.low, claim.quantity.bound) == ("killed", 3, "exact")
        assert verify_ledger(ledger) == ()


def test_a_single_word_elsewhere_is_told_and_can_be_forgotten(
    sealed: Place, tmp_path: Path, clock: Clock
) -> None:
    folder = tmp_path / "later"
    folder.mkdir()
    (folder / "a.txt").write_text("Queltuv alone, 7 people killed.")
    with open_ledger(sealed, write=True, clock=clock) as ledger:
        run_paths([folder], ledger, clock=clock, maker=make_rooms)
    assert do_forget(sealed, clock).elsewhere > 0
    assert leaks(sealed)
    assert do_forget(sealed, clock, "Queltuv").elsewhere == 0
    assert leaks(sealed) == []


def test_whom_reading_found_has_a_key_from_the_start(sealed: Place, clock: Clock) -> None:
    """Their key alone opens the words: nothing needs to be kept again where only pieces stand."""
    with open_ledger(sealed) as ledger, ledger.records() as records:
        found = [person.spellings for _, person in records.iter_people()]
        assert (WORDS,) in found
    assert do_forget(sealed, clock).persons
    with open_ledger(sealed) as ledger, ledger.records() as records:
        assert (WORDS,) not in [person.spellings for _, person in records.iter_people()]
