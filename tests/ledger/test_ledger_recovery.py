"""A small part of benchmarks/recovery.py: 20 kills, 200 flipped bytes, the faults."""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harmledger.evals.postgresql import NoServerError, Server, open_server
from harmledger.evals.recovery import faults, flips, kills
from harmledger.evals.recovery.report import Report, render_report
from harmledger.ledger import SavedHead, find_head, open_ledger, restore_ledger

Place = Path | str
NewPlace = Callable[[], Place]


@pytest.fixture(scope="module")
def own() -> Iterator[Server | None]:
    """A server that may be killed; nobody else's tests run on it."""
    try:
        with open_server() as started:
            yield started
    except NoServerError:
        yield None


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> kills.Prepared:
    return kills.prepare(tmp_path_factory.mktemp("recovery"), 20)


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory, own: Server | None) -> dict[str, NewPlace]:
    folder = tmp_path_factory.mktemp("places")
    numbers = itertools.count()

    def new_folder() -> Path:
        made = folder / str(next(numbers))
        made.mkdir()
        return made

    found: dict[str, NewPlace] = {"sqlite": lambda: new_folder() / "harm.ledger"}
    if own is not None:
        found["postgresql"] = lambda: (
            f"{own.make_database()}?store={new_folder() / 'harm.ledger.store'}"
        )
    return found


def head_of(place: Place) -> SavedHead:
    with open_ledger(place) as ledger, ledger.records() as records:
        return find_head(records)


def test_killed_at_random_points(engines: dict[str, NewPlace], prepared: kills.Prepared) -> None:
    tallies = list(kills.iter_tallies(engines, prepared, 20, 20220309))
    assert [line for tally in tallies for line in tally.wrong] == []
    assert sum(tally.kills for tally in tallies) == 20
    assert all(tally.compared for tally in tallies)


def test_a_lost_acknowledgement_would_be_seen(
    engines: dict[str, NewPlace], prepared: kills.Prepared
) -> None:
    """The check itself: what is said and is not there, or there twice, is told."""
    from harmledger.evals.recovery import jobs

    place = engines["sqlite"]()
    said: list[str] = []
    jobs.run(place, prepared.reports, said.append)
    with open_ledger(place) as ledger:
        assert jobs.find_lost(ledger, said) == []
        assert jobs.find_lost(ledger, [*said, "never.txt"]) == ["never.txt"]


def test_flipped_bytes_are_found_or_harmless(
    engines: dict[str, NewPlace], prepared: kills.Prepared
) -> None:
    chance = random.Random(20220309)
    place = engines["sqlite"]()
    restore_ledger(prepared.pack, place)
    assert isinstance(place, Path)
    pristine = flips.Pristine.of(place, head_of(place))
    found = [
        flips.flip_database(pristine, place, 90, chance),
        flips.flip_store(pristine, Path(f"{place}.store"), 40, chance),
        flips.flip_pack(prepared.pack, 50, chance),
    ]
    if "postgresql" in engines:
        other = engines["postgresql"]()
        restore_ledger(prepared.pack, other)
        found.append(flips.flip_rows(flips.Pristine.of(other, head_of(other)), 20, chance))
        assert flips.count_missed_cuts(other, head_of(other), chance, 3) == 0
    assert flips.count_false_alarms([place], 10) == 0
    assert flips.count_missed_cuts(place, head_of(place), chance, 5) == 0
    for part in found:
        assert part.missed == []
        assert part.crashed == []
        assert part.located == part.found > 0
        assert part.found + part.harmless == part.flips


def test_faults(engines: dict[str, NewPlace], prepared: kills.Prepared, own: Server | None) -> None:
    outcomes = list(faults.iter_outcomes(engines, prepared, own))
    assert [o for o in outcomes if not (o.holds or o.skipped)] == []
    made = {o.fault for o in outcomes if not o.skipped}
    assert {"clock set back a day", "two processes at once"} <= made
    assert os.geteuid() != 0 or "disk full" in {o.fault for o in outcomes}


def test_the_page_says_what_did_not_hold() -> None:
    bad = faults.Outcome(engine="sqlite", fault="disk full", error="it burned", holds=False)
    tally = kills.Tally(engine="sqlite", job="run", kills=3, wrong=["lost: a.txt"])
    part = flips.Flips("content store", flips=2, found=1, located=0, missed=["ab/cd"])
    report = Report(
        tallies=(tally,),
        flips=(part,),
        outcomes=(bad,),
        clean=5,
        alarms=1,
        cuts=4,
        cuts_missed=1,
        minutes=1.0,
    )
    page = render_report(report)
    assert "6 things did not hold" in page
    for words in ("lost: a.txt", "ab/cd", "it burned", "1 false alarms", "1 cuts not noticed"):
        assert words in page
