"""Names in eight scripts planted everywhere in a sealed ledger: without its key the disk shows
none, and whoever is forgotten is not there for who has the key either."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from planted import find_leaks, iter_leaks, make_names, plant

from behind import dump_tables
from engines import Place, Places
from fake_rooms import make_rooms
from harmledger.ledger import open_ledger, parse_address, verify_ledger
from harmledger.ledger.sealed import KEY_VARIABLE, find_key, open_sealed, write_key_file
from harmledger.pipeline import run_paths, view_ledger
from harmledger.pipeline.forgetting import forget
from harmledger.review import Known, Signature, decide_accept
from sealed_bytes import iter_everything

NAMES, IN_REASONS = 500, 8
Clock = Callable[[], datetime]


@pytest.fixture
def planted(
    tmp_path: Path, places: Places, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> tuple[Place, dict[str, str]]:
    names = make_names(NAMES, seed=23)
    found = plant(names[IN_REASONS:], tmp_path / "reports")
    found.update(dict.fromkeys(names[:IN_REASONS], "reason"))
    write_key_file(tmp_path / "seal.key")
    monkeypatch.setenv(KEY_VARIABLE, str(tmp_path / "seal.key"))
    kept = tmp_path / "kept"
    kept.mkdir()
    place = places.make(kept, "s")
    with open_ledger(place, write=True, clock=clock, seal=open_sealed(find_key)) as ledger:
        run_paths([tmp_path / "reports"], ledger, clock=clock, maker=make_rooms)
        claims = view_ledger(ledger).claims
        for claim, name in zip(claims, names[:IN_REASONS], strict=False):
            known = Known(claims={claim.id: claim})
            at = clock().isoformat()
            sign = Signature(by=name, reason=f"as {name} said", at=at, prev=ledger.head().hash)
            ledger.write_decision(decide_accept(known, claim.id, sign).decision)
    return place, found


def test_the_disk_shows_no_planted_name(planted: tuple[Place, dict[str, str]]) -> None:
    place, names = planted
    folder = place.parent if isinstance(place, Path) else Path(parse_address(place).store or "")
    assert find_leaks(folder, names) == []
    assert list(iter_leaks(str(dump_tables(place)).encode(), names)) == []
    told = b"\n".join(held for _, held in iter_everything(place))
    held = {leak.rpartition(" (")[0] for leak in iter_leaks(told, names)}
    assert len(held) > 0.8 * len(names), "the names never reached the place they are kept from"


def test_one_of_each_script_and_place_is_forgotten(
    planted: tuple[Place, dict[str, str]], clock: Clock
) -> None:
    place, names = planted
    words = Counter(word for name in names for word in name.split())
    kinds: dict[tuple[str, int], str] = {}
    for number, (name, where) in enumerate(names.items()):
        if all(words[word] == 1 for word in name.split()):  # a word that is another's too stays
            kinds.setdefault((where, number % 8), name)
    chosen = list(kinds.values())[::5]
    with open_ledger(place, write=True, clock=clock) as ledger:
        for name in chosen:
            forget(ledger, (name,), "Anna", "Bela", "asked", clock=clock)
    gone = {name: names[name] for name in chosen}
    told = b"\n".join(held for _, held in iter_everything(place))
    assert list(iter_leaks(told, gone)) == []
    with open_ledger(place) as ledger:
        assert verify_ledger(ledger) == ()
