"""What the world does to a ledger: disks, clocks, permissions, servers. Each fault is made for
real, in a process of its own; the error has to be one a person can act on, and nothing may be
lost."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from harmledger.core.base import Value
from harmledger.core.errors import HarmledgerError
from harmledger.evals.postgresql import Server
from harmledger.evals.recovery import jobs, stub
from harmledger.evals.recovery.alone import (
    DoesNotHoldError,
    check_after,
    expect,
    job_alone,
    make_filled,
    must,
    path_of,
    with_store,
)
from harmledger.evals.recovery.kills import NewPlace, Place, Prepared
from harmledger.ledger import Act, Draft, Records, open_ledger, utc_clock
from harmledger.pipeline import run_paths

_SECONDS = 60


class Outcome(Value, frozen=True, kw_only=True):
    """``error``: the first words a person read. ``holds``: a clear error where one is due, the
    record verifies afterwards, what was acknowledged is there, and the job could be finished.
    ``skipped``: why the fault could not be made here."""

    engine: str
    fault: str
    error: str = ""
    holds: bool = False
    skipped: str = ""


class CannotMakeError(Exception):
    """This fault cannot be made on this computer, and why."""


def iter_outcomes(
    engines: dict[str, NewPlace], prepared: Prepared, server: Server | None
) -> Iterator[Outcome]:
    """Every fault on every engine it can befall."""
    for engine, new_place in engines.items():
        for fault, make in FAULTS.items():
            if engine == "postgresql" and fault in _FILES_ONLY:
                continue
            yield _one(engine, fault, partial(make, new_place, prepared))
    if server is not None and "postgresql" in engines:
        place = engines["postgresql"]
        for fault, make_server in SERVER_FAULTS.items():
            yield _one("postgresql", fault, partial(make_server, place, prepared, server))


def _one(engine: str, fault: str, make: Callable[[], str]) -> Outcome:
    try:
        error = make()
    except CannotMakeError as why:
        return Outcome(engine=engine, fault=fault, skipped=str(why))
    except DoesNotHoldError as wrong:
        return Outcome(engine=engine, fault=fault, error=str(wrong), holds=False)
    return Outcome(engine=engine, fault=fault, error=error, holds=True)


def _full_disk(new_place: NewPlace, prepared: Prepared) -> str:
    """A file system of one megabyte under ledger and store."""
    with _small_disk() as disk:
        reports = disk.parent / "reports"
        stub.write_reports(reports, 400)
        place = new_place()
        target = disk / "full.ledger" if isinstance(place, Path) else with_store(place, disk)
        error, said = job_alone("run", target, reports)
        expect(error, "make room", "No space left")
        _room_again(disk)
        check_after(target, said)
        return error


def _read_only(new_place: NewPlace, prepared: Prepared) -> str:
    """The ledger's folder takes no writes; reading and verifying still work."""
    place = make_filled(new_place, prepared)
    path = path_of(place)
    with _no_writes(path.parent, Path(f"{path}.store")):
        error, said = job_alone("review", place, prepared.reports, as_nobody=True)
        expect(error, "permission", "read-only")
        told, _ = job_alone("look", place, prepared.reports, as_nobody=True)
        must(not told, f"reading failed: {told}")
    check_after(place, said)
    return error


def _denied(new_place: NewPlace, prepared: Prepared) -> str:
    """One kept file may not be read."""
    place = make_filled(new_place, prepared)
    with open_ledger(place) as ledger, ledger.records() as records:
        document = next(records.iter_documents())
        path = Path(ledger.store.where(document.sha256))
    path.chmod(0)
    try:
        error, _ = job_alone("look", place, prepared.reports, as_nobody=True)
    finally:
        path.chmod(0o444)
    expect(error, "permission")
    check_after(place, [])
    return error


def _clock_back(new_place: NewPlace, prepared: Prepared) -> str:
    """The computer's clock is set back a day between two runs."""
    place = make_filled(new_place, prepared)
    extra = Path(tempfile.mkdtemp(prefix="harmledger-fault-")) / "reports"
    stub.write_reports(extra, 3)
    (extra / "0001.txt").write_text("3 were killed in Arda. The mayor said 4 were injured in Arda.")
    error = ""
    with open_ledger(place, write=True, clock=lambda: utc_clock() - timedelta(days=1)) as ledger:
        try:
            run_paths([extra], ledger, clock=utc_clock, maker=stub.make_rooms)
        except HarmledgerError as refused:
            error = str(refused)
    expect(error, "clock")
    check_after(place, [])
    jobs.run(place, extra, lambda _line: None)
    check_after(place, [])
    return error


def _two_at_once(new_place: NewPlace, prepared: Prepared) -> str:
    """Two processes run the same folder into the same ledger."""
    place = new_place()
    answers: list[tuple[str, list[str]]] = []
    threads = [
        threading.Thread(target=lambda: answers.append(job_alone("run", place, prepared.reports)))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    errors = [error for error, _ in answers if error]
    said = [line for _, lines in answers for line in lines]
    if isinstance(place, Path):
        for error in errors:
            expect(error, "another process")
    else:
        must(not errors, f"a writer failed: {errors}")
    jobs.run(place, prepared.reports, lambda _line: None)
    check_after(place, said)
    return errors[0] if errors else "none: both wrote, one chain"


def _killed_inside(new_place: NewPlace, prepared: Prepared) -> str:
    """The process is killed when its entry and rows are written and nothing is for good yet."""
    place = make_filled(new_place, prepared)
    with open_ledger(place) as ledger:
        before = ledger.head()
    child = os.fork()
    if child == 0:
        _die_inside(place)
    _, status = os.waitpid(child, 0)
    must(os.waitstatus_to_exitcode(status) == -signal.SIGKILL, "the process was not killed")
    with open_ledger(place) as ledger:
        must(ledger.head() == before, "half of a transaction is there")
    check_after(place, [])
    return "none: the process is gone, and so is what it had not finished"


def _die_inside(place: Place) -> None:
    note: dict[str, object] = {"checked": 0, "first": None, "last": "", "damaged": []}
    draft = Draft(kind="rehash", body=note, act=Act(actor="nobody", action="rehash"))
    try:
        with open_ledger(place, write=True) as ledger:
            ledger.append(
                lambda _records, _head: [draft],
                settle=lambda _records: os.kill(os.getpid(), signal.SIGKILL),
            )
    finally:
        os._exit(1)


def _no_writes_served(new_place: NewPlace, prepared: Prepared, server: Server) -> str:
    """The database takes no writes, as a standby does; reading and verifying still work."""
    place = make_filled(new_place, prepared)
    database = str(place).partition("?")[0].rpartition("/")[2]
    options = ["-h", "127.0.0.1", "-p", str(server.port), "-U", "harm", "-d", "postgres"]
    change = f"ALTER DATABASE {database}"
    server.run("psql", *options, "-c", f"{change} SET default_transaction_read_only = on")
    try:
        error, said = job_alone("review", place, prepared.reports)
        told, _ = job_alone("look", place, prepared.reports)
    finally:
        server.run("psql", *options, "-c", f"{change} RESET default_transaction_read_only")
    expect(error, "takes no writes")
    must(not told, f"reading failed: {told}")
    check_after(place, said)
    return error


def _server_killed(new_place: NewPlace, prepared: Prepared, server: Server) -> str:
    """The database server loses its power while a run writes."""
    place = new_place()
    timer = threading.Timer(1.2, lambda: server.stop("immediate"))
    timer.start()
    reports = Path(tempfile.mkdtemp(prefix="harmledger-fault-")) / "reports"
    stub.write_reports(reports, 600)
    error, said = job_alone("run", place, reports)
    timer.join()
    server.start()
    expect(error, "cannot be reached", "broke off")
    check_after(place, said)
    return error


def _backend_killed(new_place: NewPlace, prepared: Prepared, server: Server) -> str:
    """The one server process behind a connection is ended in the middle of a transaction."""
    place = make_filled(new_place, prepared)
    error = ""
    with open_ledger(place, write=True) as ledger:
        before = ledger.head()
        try:
            ledger.append(lambda records, _head: _end_backend(records, server))
        except HarmledgerError as broken:
            error = str(broken)
    expect(error, "cannot be reached", "broke off")
    with open_ledger(place) as ledger:
        must(ledger.head() == before, "half of a transaction is there")
    check_after(place, [])
    return error


def _end_backend(records: Records, server: Server) -> list[Draft]:
    connection = records.connection
    pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
    database = connection.exec_driver_sql("SELECT current_database()").scalar()
    options = ["-h", "127.0.0.1", "-p", str(server.port), "-U", "harm", "-d", str(database)]
    server.run("psql", *options, "-c", f"SELECT pg_terminate_backend({pid})")
    connection.exec_driver_sql("SELECT 1")
    return []


def _server_away(new_place: NewPlace, prepared: Prepared, server: Server) -> str:
    """There is no server at the address."""
    place = make_filled(new_place, prepared)
    server.stop()
    try:
        error, _ = job_alone("look", place, prepared.reports)
    finally:
        server.start()
    expect(error, "cannot be reached")
    check_after(place, [])
    return error


Fault = Callable[[NewPlace, Prepared], str]
FAULTS: dict[str, Fault] = {
    "disk full": _full_disk,
    "read-only folder": _read_only,
    "a kept file may not be read": _denied,
    "clock set back a day": _clock_back,
    "two processes at once": _two_at_once,
    "killed inside a transaction": _killed_inside,
}
_FILES_ONLY = ("read-only folder",)
SERVER_FAULTS: dict[str, Callable[[NewPlace, Prepared, Server], str]] = {
    "a database that takes no writes": _no_writes_served,
    "server killed while writing": _server_killed,
    "connection ended inside a transaction": _backend_killed,
    "no server at the address": _server_away,
}


@contextmanager
def _no_writes(*folders: Path) -> Iterator[None]:
    modes = [(folder, folder.stat().st_mode) for folder in folders]
    for folder in folders:
        folder.chmod(0o555)
    try:
        yield
    finally:
        for folder, mode in modes:
            folder.chmod(mode)


@contextmanager
def _small_disk() -> Iterator[Path]:
    """A disk of one megabyte with a filler on it that can be taken away."""
    folder = Path(tempfile.mkdtemp(prefix="harmledger-disk-"))
    disk = folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(  # noqa: S603 - our own arguments
        ["mount", "-t", "tmpfs", "-o", "size=3m", "harmledger", str(disk)],  # noqa: S607
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        raise CannotMakeError("a small disk needs leave to mount one")
    try:
        (disk / "filler").write_bytes(bytes(2 * 1024 * 1024 + 512 * 1024))
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=False)  # noqa: S603, S607


def _room_again(disk: Path) -> None:
    (disk / "filler").unlink()
