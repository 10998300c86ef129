"""How quick is the desk with much in it: `python benchmarks/desk.py`.

    ledger    made-up reporting (truth known, texts of its own sentences), made once and kept
    index     made once and kept: seconds, processor time and the most memory it took
    alone     one reader: server time of every kind of page, p50 and p95; what pages weigh
    paint     first contentful paint of every kind of page, in Chromium
    crowd     50 readers clicking every 5 s and 5 reviewers deciding, for a time; errors, and
              whether every decision that was acknowledged is in the log

Options: `--documents 20000 --claims 100000 --seconds 300` (the sizes asked for; by default less),
`--engine postgresql` (a server of its own, gone afterwards), `--folder F` (kept between runs). Each
run works on a copy of what is kept. The load average of the machine and the processor time a page
takes stand beside the times: another's work makes pages slow.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import resource
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from desk_ledger import build
from desk_load import (
    PORT,
    find_pages,
    measure_alone,
    measure_crowd,
    measure_paint,
)

from harmledger.core.decision import Decision
from harmledger.evals.postgresql import open_server
from harmledger.index import find_meta
from harmledger.ledger import open_ledger
from harmledger.pipeline.desk import WHOLE, write_desk
from harmledger.web import Settings, make_app, open_desk

KEPT_INDEX = "index"


def make_index(ledger: Path, folder: Path) -> None:
    """In a process of its own, so that the most memory it took is its own."""
    began = time.perf_counter()
    write_desk(ledger, folder, datetime.now(UTC))
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        f"index: {time.perf_counter() - began:.0f} s, {used.ru_utime + used.ru_stime:.0f} s busy,"
        f" {used.ru_maxrss / 1024:.0f} MB of memory at most,"
        f" {(folder / WHOLE).stat().st_size / 1e6:.0f} MB on disk {busy()}",
        flush=True,
    )


def busy() -> str:
    return f"[load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores]"


def prepare(folder: Path, documents: int, claims: int) -> tuple[Path, Path]:
    """The ledger and its index, made unless they are there."""
    ledger = folder / f"{documents}-{claims}.ledger"
    if ledger.exists():
        open_ledger(ledger, write=True).close()  # brings one of an earlier version forward
    else:
        build(ledger, documents, claims)
    index = ledger.with_suffix(f".{KEPT_INDEX}")
    meta = find_meta(index / WHOLE)
    if meta is None:
        work = multiprocessing.get_context("spawn").Process(target=make_index, args=(ledger, index))
        work.start()
        work.join()
        if work.exitcode:
            sys.exit("the index could not be made")
    return ledger, index


@contextmanager
def copied(engine: str, ledger: Path, index: Path, run: Path) -> Iterator[Path | str]:
    """The ledger this run writes to, with its index in place; its bytes are shared, for deciding
    writes none."""
    shutil.rmtree(run, ignore_errors=True)
    run.mkdir(parents=True)
    os.environ["HARMLEDGER_STORE"] = str(Path(f"{ledger}.store").absolute())
    os.environ["XDG_CACHE_HOME"] = str((run / "cache").absolute())
    os.environ["XDG_DATA_HOME"] = str((run / "data").absolute())
    os.environ["HARMLEDGER_KEY"] = str((run / "signing.key").absolute())
    if engine == "sqlite":
        place = run / "desk.ledger"
        shutil.copy(ledger, place)
        with open_ledger(place) as opened:
            shutil.copytree(index, opened.cache_folder)
        yield place
        return
    with open_server() as server:
        address = server.make_database()
        began = time.perf_counter()
        with open_ledger(address, write=True) as target, open_ledger(ledger) as source:
            with source.records() as records:
                target.replay(records.iter_entries())
            shutil.copytree(index, target.cache_folder)
        print(f"postgresql: the same entries in {time.perf_counter() - began:.0f} s", flush=True)
        yield address


def serve(place: Path | str, ready: multiprocessing.synchronize.Event) -> None:
    import uvicorn

    began = time.perf_counter()
    desk = open_desk(Settings(place=place, port=PORT, requests_a_minute=100_000))
    desk.people.keep_setting("alone", "Bench")
    desk.start()
    found = desk.faces.whole
    print(
        f"desk: {found.count('documents')} documents, {found.count('claims')} claims,"
        f" {found.count('incidents')} incidents, open after {time.perf_counter() - began:.0f} s",
        flush=True,
    )
    app = make_app(desk)
    ready.set()
    try:
        uvicorn.run(app, port=PORT, log_level="warning", access_log=False)
    finally:
        desk.close()


@contextmanager
def served(place: Path | str) -> Iterator[int]:
    """The desk over a ledger, in a process of its own, as `harmledger serve` opens it."""
    spawn = multiprocessing.get_context("spawn")
    ready = spawn.Event()
    server = spawn.Process(target=serve, args=(place, ready))
    server.start()
    try:
        while not ready.wait(1):
            if not server.is_alive():
                sys.exit("the server ended")
        while not is_listening():
            time.sleep(0.1)
        yield server.pid or 0
    finally:
        server.terminate()
        server.join()


def is_listening() -> bool:
    try:
        socket.create_connection(("127.0.0.1", PORT), timeout=5).close()
    except OSError:
        return False
    return True


def read_decisions(place: Path | str) -> list[Decision]:
    """Every decision of the log, from the record itself."""
    with open_ledger(place) as ledger, ledger.records() as records:
        return list(records.decisions())


def peak_of(pid: int) -> float:
    """The most memory a process held, in MB (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--documents", type=int, default=2_000)
    asked.add_argument("--claims", type=int, default=10_000)
    asked.add_argument("--seconds", type=float, default=30)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--readers", type=int, default=50)
    asked.add_argument("--reviewers", type=int, default=5)
    asked.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    asked.add_argument("--folder", type=Path, default=Path(".local/bench-desk"))
    asked.add_argument("--build-only", action="store_true")
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    ledger, index = prepare(given.folder, given.documents, given.claims)
    if given.build_only:
        return
    print(f"engine: {given.engine}", flush=True)
    with copied(given.engine, ledger, index, given.folder / "run") as place:
        with served(place) as pid:
            pages = find_pages(random.Random(3))  # noqa: S311
            measure_alone(pages, given.rounds, pid)
            measure_paint(pages)
            sent = measure_crowd(pages, given.seconds, given.readers, given.reviewers, pid)
            print(f"server: {peak_of(pid):.0f} MB of memory at most {busy()}", flush=True)
        kept = {(d.action, about) for d in read_decisions(place) for about in d.about}
        lost = [one for one in sent if one not in kept]
        print(f"decisions: {len(sent)} acknowledged, {len(lost)} of them not in the log {lost[:3]}")


if __name__ == "__main__":
    main()
