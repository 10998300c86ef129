"""What the world does to a ledger: disks, clocks, permissions, servers. Each fault is made for
real, in a process of its own; the error has to be one a person can act on, and nothing may be
lost."""

from __future__ import annotations

import os
import pwd
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
from harmledger.evals.recovery.kills import NewPlace, Place, Prepared
from harmledger.ledger import Draft, Records, open_ledger, utc_clock, verify_ledger
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


class DoesNotHoldError(Exception):
    """What should hold after a fault and does not."""


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
        target = disk / "full.ledger" if isinstance(place, Path) else _with_store(place, disk)
        error, said = _job_alone("run", target, reports)
        _expect(error, "make room", "No space left")
        _room_again(disk)
        _after(target, said)
        return error


def _read_only(new_place: NewPlace, prepared: Prepared) -> str:
    """The ledger's folder takes no writes; reading and verifying still work."""
    place = _filled(new_place, prepared)
    path = _path(place)
    with _no_writes(path.parent, Path(f"{path}.store")):
        error, said = _job_alone("review", place, prepared.reports, as_nobody=True)
        _expect(error, "permission", "read-only")
        told, _ = _job_alone("look", place, prepared.reports, as_nobody=True)
        _must(not told, f"reading failed: {told}")
    _after(place, said)
    return error


def _denied(new_place: NewPlace, prepared: Prepared) -> str:
    """One kept file may not be read."""
    place = _filled(new_place, prepared)
    with open_ledger(place) as ledger, ledger.records() as records:
        document = next(records.iter_documents())
        path = Path(ledger.store.where(document.sha256))
    path.chmod(0)
    try:
        error, _ = _job_alone("look", place, prepared.reports, as_nobody=True)
    finally:
        path.chmod(0o444)
    _expect(error, "permission")
    _after(place, [])
    return error


def _clock_back(new_place: NewPlace, prepared: Prepared) -> str:
    """The computer's clock is set back a day between two runs."""
    place = _filled(new_place, prepared)
    extra = Path(tempfile.mkdtemp(prefix="harmledger-fault-")) / "reports"
    stub.write_reports(extra, 3)
    (extra / "0001.txt").write_text("3 were killed in Arda. The mayor said 4 were injured in Arda.")
    error = ""
    with open_ledger(place, write=True, clock=lambda: utc_clock() - timedelta(days=1)) as ledger:
        try:
            run_paths([extra], ledger, clock=utc_clock, maker=stub.make_rooms)
        except HarmledgerError as refused:
            error = str(refused)
    _expect(error, "clock")
    _after(place, [])
    jobs.run(place, extra, lambda _line: None)
    _after(place, [])
    return error


def _two_at_once(new_place: NewPlace, prepared: Prepared) -> str:
    """Two processes run the same folder into the same ledger."""
    place = new_place()
    answers: list[tuple[str, list[str]]] = []
    threads = [
        threading.Thread(target=lambda: answers.append(_job_alone("run", place, prepared.reports)))
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
            _expect(error, "another process")
    else:
        _must(not errors, f"a writer failed: {errors}")
    jobs.run(place, prepared.reports, lambda _line: None)
    _after(place, said)
    return errors[0] if errors else "none: both wrote, one chain"


def _server_killed(new_place: NewPlace, prepared: Prepared, server: Server) -> str:
    """The database server loses its power while a run writes."""
    place = new_place()
    timer = threading.Timer(1.2, lambda: server.stop("immediate"))
    timer.start()
    reports = Path(tempfile.mkdtemp(prefix="harmledger-fault-")) / "reports"
    stub.write_reports(reports, 600)
    error, said = _job_alone("run", place, reports)
    timer.join()
    server.start()
    _expect(error, "cannot be reached", "broke off")
    _after(place, said)
    return error


def _backend_killed(new_place: NewPlace, prepared: Prepared, server: Server) -> str:
    """The one server process behind a connection is ended in the middle of a transaction."""
    place = _filled(new_place, prepared)
    error = ""
    with open_ledger(place, write=True) as ledger:
        before = ledger.head()
        try:
            ledger.append(lambda records, _head: _end_backend(records, server))
        except HarmledgerError as broken:
            error = str(broken)
    _expect(error, "cannot be reached", "broke off")
    with open_ledger(place) as ledger:
        _must(ledger.head() == before, "half of a transaction is there")
    _after(place, [])
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
    place = _filled(new_place, prepared)
    server.stop()
    try:
        error, _ = _job_alone("look", place, prepared.reports)
    finally:
        server.start()
    _expect(error, "cannot be reached")
    _after(place, [])
    return error


Fault = Callable[[NewPlace, Prepared], str]
FAULTS: dict[str, Fault] = {
    "disk full": _full_disk,
    "read-only folder": _read_only,
    "a kept file may not be read": _denied,
    "clock set back a day": _clock_back,
    "two processes at once": _two_at_once,
}
_FILES_ONLY = ("read-only folder",)
SERVER_FAULTS: dict[str, Callable[[NewPlace, Prepared, Server], str]] = {
    "server killed while writing": _server_killed,
    "connection ended inside a transaction": _backend_killed,
    "no server at the address": _server_away,
}


def _job_alone(
    job: str, place: Place, source: Path, *, as_nobody: bool = False
) -> tuple[str, list[str]]:
    """Do a job in a forked process; its error in words (empty: none) and what it acknowledged."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _do_alone(job, place, source, writer, as_nobody)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        lines = pipe.read().decode().split("\n")[:-1]
    _, status = os.waitpid(child, 0)
    errors = [line[1:] for line in lines if line.startswith("!")]
    if os.waitstatus_to_exitcode(status) and not errors:
        errors = ["no clear error: the process ended"]
    return (errors[0] if errors else ""), [line for line in lines if not line.startswith("!")]


def _do_alone(job: str, place: Place, source: Path, writer: int, as_nobody: bool) -> None:
    def say(line: str) -> None:
        os.write(writer, line.replace("\n", " ").encode() + b"\n")

    code = 1
    try:
        if as_nobody:
            _become_nobody()
        if job == "look":
            with open_ledger(place) as ledger:
                problems = verify_ledger(ledger)
            if problems:
                say(f"!{problems[0].where}: {problems[0].what}")
        else:
            jobs.JOBS[job](place, source, say)
        code = 0
    except HarmledgerError as error:
        say(f"!{error}")
    except BaseException as error:  # noqa: BLE001 - a child process: everything is told
        say(f"!no clear error but {type(error).__name__}: {error}")
    finally:
        os._exit(code)


def _become_nobody() -> None:
    """Permissions mean nothing to root; the job is done as somebody they mean something to."""
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)
        os.environ["HARMLEDGER_KEY"] = f"{tempfile.mkdtemp()}/signing.key"


def _filled(new_place: NewPlace, prepared: Prepared) -> Place:
    place = new_place()
    jobs.run(place, prepared.reports, lambda _line: None)
    for part in (_path(place).parent, *_path(place).parent.parents):
        if os.geteuid() == 0 and part.stat().st_mode & 0o005 != 0o005:
            part.chmod(part.stat().st_mode | 0o055)
    return place


def _path(place: Place) -> Path:
    """The ledger file, or for PostgreSQL what its store is named after."""
    if isinstance(place, Path):
        return place
    return Path(place.partition("?store=")[2].removesuffix(".store"))


def _with_store(place: str, folder: Path) -> str:
    return f"{place.partition('?')[0]}?store={folder / 'full.store'}"


def _expect(error: str, *words: str) -> None:
    _must(bool(error), "no error was given")
    _must(not error.startswith("no clear error"), error)
    _must(any(word in error for word in words), f"the error does not help: {error}")


def _must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise DoesNotHoldError(otherwise)


def _after(place: Place, said: list[str]) -> None:
    """Nothing lost, nothing doubled, and it verifies."""
    with open_ledger(place, write=True, wait=10) as ledger:
        problems = verify_ledger(ledger)
        _must(not problems, " ".join(f"{p.where}: {p.what}" for p in problems[:1]))
        lost = jobs.find_lost(ledger, said)
        _must(not lost, f"lost: {lost[:3]}")
        doubled = jobs.find_doubled(ledger)
        _must(not doubled, f"doubled: {doubled[:3]}")


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
