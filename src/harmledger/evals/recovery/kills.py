"""kill -9 at random points, again and again on the same ledger, and what is left each time."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from harmledger.core.errors import HarmledgerError
from harmledger.evals.recovery import jobs, stub
from harmledger.ledger import (
    SavedHead,
    find_head,
    open_ledger,
    restore_ledger,
    verify_ledger,
    write_backup,
)
from harmledger.pipeline import view_ledger
from harmledger.pipeline.pack import write_pack

Place = Path | str
NewPlace = Callable[[], Place]
_KILLS_A_CHAIN = 5


@dataclass
class Tally:
    """What was done on one engine to one job, and everything that went wrong."""

    engine: str
    job: str
    kills: int = 0
    finished_before: int = 0
    """Processes that were done before the moment to kill them came; not counted as kills."""
    verified: int = 0
    compared: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Prepared:
    """What the jobs start from, made once: reports, the ledger they give (as a copy that can be
    restored on either engine), its pack."""

    reports: Path
    copy: Path
    pack: Path

    def source(self, job: str) -> Path:
        """What the job works from."""
        return {"run": self.reports, "import": self.pack}.get(job, self.reports)


def prepare(folder: Path, documents: int) -> Prepared:
    """Make reports, ledger, copy and pack below ``folder``."""
    prepared = Prepared(folder / "reports", folder / "copy", folder / "pack")
    stub.write_reports(prepared.reports, documents)
    place = folder / "whole.ledger"
    jobs.run(place, prepared.reports, lambda _line: None)
    with open_ledger(place) as ledger:
        write_backup(ledger, prepared.copy)
    jobs.review(place, prepared.reports, lambda _line: None)
    with open_ledger(place, write=True) as ledger:
        write_pack(ledger, view_ledger(ledger), prepared.pack)
    return prepared


def kill_often(
    engine: str, job: str, prepared: Prepared, new_place: NewPlace, many: int, chance: random.Random
) -> Tally:
    """Kill the job ``many`` times; every few kills let it finish and compare with one that was
    left alone."""
    tally = Tally(engine=engine, job=job)
    began = time.monotonic()
    alone = _start(job, prepared, new_place())
    lines: list[str] = []
    took = time.monotonic()
    jobs.JOBS[job](alone, prepared.source(job), lines.append)
    pause = (time.monotonic() - took) / len(lines)
    with open_ledger(alone) as ledger:
        should_be = jobs.comparable(ledger)
    while tally.kills < many and len(tally.wrong) < _KILLS_A_CHAIN:
        place = _start(job, prepared, new_place())
        head: SavedHead | None = None
        done = 0
        for _ in range(min(_KILLS_A_CHAIN, many - tally.kills)):
            left = max(1, len(lines) - done)
            moment = chance.randrange(left), chance.uniform(0, pause)
            said = _kill_once(job, place, prepared, moment, tally)
            head = _look(place, said, head, tally)
            done += len(said) if job == "review" else 0  # the others go through all of it again
        _finish(job, place, prepared, should_be, tally)
    tally.seconds = time.monotonic() - began
    return tally


def _start(job: str, prepared: Prepared, place: Place) -> Place:
    if job == "review":
        restore_ledger(prepared.copy, place)
    return place


def _kill_once(
    job: str, place: Place, prepared: Prepared, moment: tuple[int, float], tally: Tally
) -> list[str]:
    """Start the job in a process of its own and kill it some seconds after it said so many lines;
    gives all it said until then.

    The process is forked with everything loaded, so that the time goes into the job itself.
    """
    after, pause = moment
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _be_killed(job, place, prepared, reader, writer)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        lines = list(islice(pipe, after))
        time.sleep(pause)
        os.kill(child, signal.SIGKILL)
        lines.extend(pipe)
    said = [line.decode().rstrip("\n") for line in lines if line.endswith(b"\n")]
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        tally.kills += 1
    else:
        tally.finished_before += 1
        if os.waitstatus_to_exitcode(status):
            tally.wrong.append(f"the job failed by itself: {said[-1:]}")
    return [line for line in said if not line.startswith("!")]


def _be_killed(job: str, place: Place, prepared: Prepared, reader: int, writer: int) -> None:
    """In the child: do the job, say what is in; never come back."""
    code = 1
    try:
        os.close(reader)
        jobs.JOBS[job](place, prepared.source(job), lambda line: _say(writer, line))
        code = 0
    except (HarmledgerError, OSError, ValueError) as error:
        _say(writer, f"!{type(error).__name__}: {error}".replace("\n", " "))
    finally:
        os._exit(code)


def _say(pipe: int, line: str) -> None:
    os.write(pipe, line.encode() + b"\n")


def _look(place: Place, said: list[str], head: SavedHead | None, tally: Tally) -> SavedHead | None:
    """After a restart: verified with the earlier head, nothing lost, nothing doubled."""
    if isinstance(place, Path) and not place.exists():
        tally.wrong.extend(f"lost with the whole file: {line}" for line in said)
        return None
    with open_ledger(place, write=True, wait=10) as ledger:
        problems = verify_ledger(ledger, head)
        tally.verified += 1
        tally.wrong.extend(f"{p.where}: {p.what}" for p in problems)
        tally.wrong.extend(f"lost: {line}" for line in jobs.find_lost(ledger, said))
        tally.wrong.extend(f"doubled: {line}" for line in jobs.find_doubled(ledger))
        with ledger.records() as records:
            return find_head(records) if records.head().seq else head


def _finish(job: str, place: Place, prepared: Prepared, should_be: bytes, tally: Tally) -> None:
    jobs.JOBS[job](place, prepared.source(job), lambda _line: None)
    with open_ledger(place) as ledger:
        tally.wrong.extend(f"{p.where}: {p.what}" for p in verify_ledger(ledger))
        tally.compared += 1
        if jobs.comparable(ledger) != should_be:
            tally.wrong.append("the finished exports differ from those of a run left alone")
    if isinstance(place, Path):
        shutil.rmtree(f"{place}.store", ignore_errors=True)


def iter_tallies(
    engines: dict[str, NewPlace], prepared: Prepared, many: int, seed: int
) -> Iterator[Tally]:
    """``many`` kills in all, spread evenly over engines and jobs."""
    pairs = [(engine, job) for engine in engines for job in jobs.JOBS]
    for number, (engine, job) in enumerate(pairs):
        part = many // len(pairs) + (number < many % len(pairs))
        chance = random.Random(f"{seed} {engine} {job}")  # noqa: S311 - moments, no secrets
        yield kill_often(engine, job, prepared, engines[engine], part, chance)
