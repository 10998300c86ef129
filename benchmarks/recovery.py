"""Breaks ledgers on purpose and says what came of it: kills, flipped bytes, faults.

Kills run in one process, everything else in another: two cores are used.

    .venv/bin/python benchmarks/recovery.py                       the whole, under 45 minutes
    .venv/bin/python benchmarks/recovery.py --kills 20 --flips 200
    .venv/bin/python benchmarks/recovery.py --write docs/recovery.md

Exit code 1 when anything does not hold. PostgreSQL is left out where it is not installed.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import msgspec

from harmledger.evals.postgresql import NoServerError, Server, open_server
from harmledger.evals.recovery import flips, jobs, kills
from harmledger.evals.recovery.faults import iter_outcomes
from harmledger.evals.recovery.report import Report, render_report
from harmledger.ledger import SavedHead, find_head, open_ledger, restore_ledger, verify_ledger

DOCUMENTS = 30
EXAMPLES = Path(__file__).parents[1] / "examples" / "reports"


def main() -> int:
    """Run all of it; print or write the page."""
    asked = _parse()
    began = time.monotonic()
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        parts = [pool.submit(part, asked) for part in (_kill_processes, _damage_ledgers)]
        killed, damaged = (part.result() for part in parts)
    minutes = (time.monotonic() - began) / 60
    report = msgspec.structs.replace(damaged, tallies=killed, minutes=minutes)
    page = render_report(report)
    if asked.write is not None:
        asked.write.write_text(page, encoding="utf-8")
    sys.stdout.write(page)
    return 1 if report.find_failures() else 0


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--real", type=int, default=12, help="kills of real reading, of a command")
    parser.add_argument("--flips", type=int, default=2000)
    parser.add_argument("--clean", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20220309)
    parser.add_argument("--write", type=Path)
    return parser.parse_args()


@dataclass(frozen=True)
class Ground:
    """Where one half of the work is done: a folder of its own, a server of its own."""

    folder: Path
    prepared: kills.Prepared
    engines: dict[str, kills.NewPlace]
    server: Server | None
    notes: tuple[str, ...]


@contextmanager
def _open_ground() -> Iterator[Ground]:
    numbers = itertools.count()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="harmledger-")))
        folder.chmod(0o755)
        os.environ["HARMLEDGER_KEY"] = str(folder / "signing.key")

        def new_folder() -> Path:
            made = folder / f"place-{next(numbers)}"
            made.mkdir()
            return made

        engines: dict[str, kills.NewPlace] = {"sqlite": lambda: new_folder() / "harm.ledger"}
        server, notes = None, ()
        try:
            server = stack.enter_context(open_server())
        except NoServerError as error:
            notes = (f"PostgreSQL was left out: {error}",)
        else:
            engines["postgresql"] = lambda: (
                f"{server.make_database()}?store={new_folder() / 'harm.ledger.store'}"
            )
        yield Ground(folder, kills.prepare(folder, DOCUMENTS), engines, server, notes)


def _kill_processes(asked: argparse.Namespace) -> tuple[kills.Tally, ...]:
    """One half, on one core."""
    with _open_ground() as ground:
        tallies = [
            _told(tally)
            for tally in kills.iter_tallies(
                ground.engines, ground.prepared, asked.kills, asked.seed
            )
        ]
        if asked.real:
            tallies.append(_told(_kill_real(ground.folder, asked.real, _chance(asked))))
    return tuple(tallies)


def _damage_ledgers(asked: argparse.Namespace) -> Report:
    """The other half: flips, false alarms, faults, cuts."""
    chance = _chance(asked)
    with _open_ground() as ground:
        outcomes = tuple(
            _told(o) for o in iter_outcomes(ground.engines, ground.prepared, ground.server)
        )
        found, places = _flip(asked.flips, ground.folder, ground.engines, ground.prepared, chance)
        alarms = flips.count_false_alarms(places, asked.clean)
        missed = sum(flips.count_missed_cuts(p, _head(p), chance, 10) for p in places)
    return Report(
        tallies=(),
        flips=tuple(found),
        outcomes=outcomes,
        clean=asked.clean,
        alarms=alarms,
        cuts=10 * len(places),
        cuts_missed=missed,
        minutes=0.0,
        notes=ground.notes,
    )


def _chance(asked: argparse.Namespace) -> random.Random:
    return random.Random(asked.seed)  # noqa: S311 - where to break things, no secrets


def _flip(
    many: int,
    folder: Path,
    engines: dict[str, kills.NewPlace],
    prepared: kills.Prepared,
    chance: random.Random,
) -> tuple[list[flips.Flips], list[kills.Place]]:
    """Shares: four tenths in the database file, a quarter each in store and packs, the rest in
    rows of PostgreSQL (or in the file where there is no server)."""
    place = folder / "whole.ledger"
    pristine = flips.Pristine.of(place, _head(place))
    rows = many // 10 if "postgresql" in engines else 0
    found = [
        flips.flip_store(pristine, Path(f"{place}.store"), many // 4, chance),
        flips.flip_pack(prepared.pack, many // 4, chance),
        flips.flip_database(pristine, place, many - 2 * (many // 4) - rows, chance),
    ]
    places: list[kills.Place] = [place]
    if rows:
        other = engines["postgresql"]()
        restore_ledger(prepared.pack, other)
        found.append(flips.flip_rows(flips.Pristine.of(other, _head(other)), rows, chance))
        places.append(other)
    return [_told(f) for f in found], places


def _head(place: kills.Place) -> SavedHead:
    with open_ledger(place) as ledger, ledger.records() as records:
        return find_head(records)


def _kill_real(folder: Path, many: int, chance: random.Random) -> kills.Tally:
    """The command itself, reading the example reports with the real reader."""
    tally = kills.Tally(engine="sqlite", job="run, real reading")
    began = time.monotonic()
    alone, place = folder / "alone.ledger", folder / "killed.ledger"
    _run_real(alone).wait()
    took = time.monotonic() - began
    while tally.kills < many and time.monotonic() - began < 600:
        process = _run_real(place)
        time.sleep(chance.uniform(0.3, 0.9) * took)
        process.send_signal(signal.SIGKILL)
        if process.wait() == -signal.SIGKILL:
            tally.kills += 1
        if place.exists():
            with open_ledger(place, write=True, wait=10) as ledger:
                tally.verified += 1
                tally.wrong.extend(f"{p.where}: {p.what}" for p in verify_ledger(ledger))
                tally.wrong.extend(f"doubled: {line}" for line in jobs.find_doubled(ledger))
    _run_real(place).wait()
    with open_ledger(alone) as one, open_ledger(place) as other:
        tally.compared += 1
        if jobs.comparable(one) != jobs.comparable(other):
            tally.wrong.append("the finished exports differ")
    tally.seconds = time.monotonic() - began
    return tally


def _run_real(place: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "harmledger.cli", "run", str(EXAMPLES), "--ledger", str(place)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


T = TypeVar("T")


def _told(what: T) -> T:
    sys.stderr.write(f"{what}\n")
    return what


if __name__ == "__main__":
    sys.exit(main())
