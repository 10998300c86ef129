"""Jobs done in a process of their own, and what has to hold after a fault befell one."""

from __future__ import annotations

import os
import pwd
import tempfile
from pathlib import Path

from harmledger.core.errors import HarmledgerError
from harmledger.evals.recovery import jobs
from harmledger.evals.recovery.kills import NewPlace, Place, Prepared
from harmledger.ledger import open_ledger, verify_ledger


class DoesNotHoldError(Exception):
    """What should hold after a fault and does not."""


def job_alone(
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


def make_filled(new_place: NewPlace, prepared: Prepared) -> Place:
    place = new_place()
    jobs.run(place, prepared.reports, lambda _line: None)
    for part in (path_of(place).parent, *path_of(place).parent.parents):
        if os.geteuid() == 0 and part.stat().st_mode & 0o005 != 0o005:
            part.chmod(part.stat().st_mode | 0o055)
    return place


def path_of(place: Place) -> Path:
    """The ledger file, or for PostgreSQL what its store is named after."""
    if isinstance(place, Path):
        return place
    return Path(place.partition("?store=")[2].removesuffix(".store"))


def with_store(place: str, folder: Path) -> str:
    return f"{place.partition('?')[0]}?store={folder / 'full.store'}"


def expect(error: str, *words: str) -> None:
    must(bool(error), "no error was given")
    must(not error.startswith("no clear error"), error)
    must(any(word in error for word in words), f"the error does not help: {error}")


def must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise DoesNotHoldError(otherwise)


def check_after(place: Place, said: list[str]) -> None:
    """Nothing lost, nothing doubled, and it verifies."""
    with open_ledger(place, write=True, wait=10) as ledger:
        problems = verify_ledger(ledger)
        must(not problems, " ".join(f"{p.where}: {p.what}" for p in problems[:1]))
        lost = jobs.find_lost(ledger, said)
        must(not lost, f"lost: {lost[:3]}")
        doubled = jobs.find_doubled(ledger)
        must(not doubled, f"doubled: {doubled[:3]}")
