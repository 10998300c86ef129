"""Editions and the log: what was published is named there, and the edition names the log's head."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engines import Place
from fake_rooms import make_rooms
from harmledger.core.errors import LedgerRefused, WrongUsage
from harmledger.ledger import Ledger, SavedHead, load_head, open_ledger, verify_ledger
from harmledger.ledger.sealed import (
    KEY_VARIABLE,
    find_key,
    open_sealed,
    write_key_file,
)
from harmledger.lexicon.gazetteer import Gazetteer
from harmledger.lexicon.policies import load_policies
from harmledger.lexicon.profiles import find_profile
from harmledger.pipeline import run_paths, view_ledger
from harmledger.pipeline.edition import make_edition, publish_edition

Clock = Callable[[], datetime]
KEY = bytes(32)


@pytest.fixture
def told(place: Place, reports: Path, clock: Clock) -> Place:
    with open_ledger(place, write=True, clock=clock) as ledger:
        run_paths([reports], ledger, clock=clock, maker=make_rooms)
    return place


def publish(ledger: Ledger, folder: Path, *, attested: bool = True) -> SavedHead:
    view = view_ledger(ledger)
    edition = make_edition(
        view,
        find_profile("court"),
        load_policies(),
        key=KEY,
        gazetteer=Gazetteer(),
        made_at=datetime(2024, 3, 1, tzinfo=UTC),
    )
    assert any(incident.claims for incident in edition.incidents)
    return publish_edition(ledger, view, edition, KEY, folder, attested=attested)


def test_an_edition_is_named_in_the_log(told: Place, tmp_path: Path) -> None:
    with open_ledger(told, write=True) as ledger:
        head = publish(ledger, tmp_path / "ed")
        with ledger.records() as records:
            ((seq, said),) = records.notes("edition")
        assert verify_ledger(ledger) == ()
        claims = {claim.id for claim in view_ledger(ledger).claims}
    assert (seq, said["form"], said["profile"]) == (head.seq, "edition", "court")
    assert said["claims"]
    assert set(said["claims"]) <= claims
    files = {
        p.relative_to(tmp_path / "ed").as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in (tmp_path / "ed").rglob("*")
        if p.is_file() and p.name not in ("head.json", "manifest-edition.json")
    }
    assert said["files"] == files


def test_the_head_of_an_edition_is_one_to_verify_with(
    told: Place, tmp_path: Path, new_place: Callable[[str], Place]
) -> None:
    with open_ledger(told, write=True) as ledger:
        published = publish(ledger, tmp_path / "ed")
        head = load_head(tmp_path / "ed" / "head.json")
        assert head == published
        assert head.signature
        assert head.public
        assert verify_ledger(ledger, head) == ()
    with open_ledger(new_place("other"), write=True) as ledger:
        assert [p.where for p in verify_ledger(ledger, head)] == ["log, up to entry 0"]
    with pytest.raises(WrongUsage, match=r"head\.json"):
        load_head(tmp_path / "ed" / "manifest-edition.json")


def test_an_edition_of_an_earlier_state_is_refused(told: Place, tmp_path: Path) -> None:
    with open_ledger(told, write=True) as ledger:
        view = view_ledger(ledger)
        edition = make_edition(
            view,
            find_profile("court"),
            load_policies(),
            key=KEY,
            gazetteer=Gazetteer(),
            made_at=datetime(2024, 3, 1, tzinfo=UTC),
        )
        publish_edition(ledger, view, edition, KEY, tmp_path / "ed")
        with pytest.raises(LedgerRefused, match="meanwhile"):
            publish_edition(ledger, view, edition, KEY, tmp_path / "ed")
        publish(ledger, tmp_path / "ed")  # over the earlier one, head.json too


def test_an_edition_of_a_ledger_that_is_only_read(told: Place, tmp_path: Path) -> None:
    with open_ledger(told) as ledger:
        before = ledger.head()
        with pytest.raises(LedgerRefused, match="opened for reading"):
            publish(ledger, tmp_path / "none")
        assert not (tmp_path / "none").exists()
        head = publish(ledger, tmp_path / "ed", attested=False)
        assert (head.seq, head.hash) == (before.seq, before.hash)
        assert ledger.head() == before


def test_a_sealed_log_names_files_under_its_seal(
    place: Place, tmp_path: Path, reports: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_key_file(tmp_path / "seal.key")
    monkeypatch.setenv(KEY_VARIABLE, str(tmp_path / "seal.key"))
    with open_ledger(place, write=True, clock=clock, seal=open_sealed(find_key)) as ledger:
        run_paths([reports], ledger, clock=clock, maker=make_rooms)
        publish(ledger, tmp_path / "ed")
        assert verify_ledger(ledger) == ()
        with ledger.records() as records:
            (entry,) = records.iter_kind("edition")
            ((_, said),) = records.notes("edition")
    assert "index.html" in said["files"]
    for shown in (entry.body, entry.act or ""):
        assert "index.html" not in shown
        assert "court" not in shown
