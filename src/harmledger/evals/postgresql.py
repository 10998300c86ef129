"""A PostgreSQL server of one's own for as long as it is needed: a new cluster in a folder, on a
free port of this computer alone. Uses the programs of the installed server."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

OLDEST = 15
_DEBIAN = Path("/usr/lib/postgresql")
_USERS = ("postgres", "nobody")
"""Who runs the server when we are root, which PostgreSQL refuses to be."""


class NoServerError(Exception):
    """Why there can be no server here."""


@dataclass
class Server:
    """A running server; ``programs`` is its bin folder, ``data`` the cluster's."""

    programs: Path
    folder: Path
    port: int
    user: str | None
    _numbers: Iterator[int] = field(default_factory=count)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def make_database(self, like: str = "template1") -> str:
        """The address of a new database, without its store: an empty one, or a copy of the
        database called ``like``, which nobody may be connected to."""
        name = f"ledger_{next(self._numbers)}"
        where = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "harm")
        self.run("createdb", *where, "-T", like, name)
        return f"postgresql://harm@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = f"-h 127.0.0.1 -p {self.port} -k {self.folder}"
        log = str(self.folder / "server.log")
        self.run("pg_ctl", "-D", str(self.data), "-w", "-l", log, "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop; ``immediate`` is what a power cut does."""
        self.run("pg_ctl", "-D", str(self.data), "-m", mode, "-w", "stop")

    def run(self, program: str, *arguments: str) -> None:
        """Run one of the server's programs as its user. Raises NoServerError when it fails."""
        done = subprocess.run(  # noqa: S603 - a program of the server, our own arguments
            [str(self.programs / program), *arguments],
            capture_output=True,
            text=True,
            user=self.user,
            cwd="/",
            check=False,
        )
        if done.returncode:
            raise NoServerError(f"{program}: {(done.stderr or done.stdout).strip()[-300:]}")


@contextmanager
def open_server(*, durable: bool = True) -> Iterator[Server]:
    """A new cluster in a temporary folder, gone afterwards. ``durable``: False trades safety
    against power cuts for speed, which tests of anything else may do.

    Raises:
        NoServerError: no PostgreSQL 15 or later is installed, or it does not start.
    """
    programs, user = find_programs(), _find_user()
    folder = Path(tempfile.mkdtemp(prefix="harmledger-postgresql-"))
    if user is not None:
        shutil.chown(folder, user)
    server = Server(programs=programs, folder=folder, port=_free_port(), user=user)
    try:
        choices = ["-A", "trust", "-U", "harm", "--encoding=UTF8", "--no-sync"]
        server.run("initdb", "-D", str(server.data), *choices)
        if not durable:
            with (server.data / "postgresql.conf").open("a", encoding="utf-8") as settings:
                settings.write("\nfsync = off\nfull_page_writes = off\n")
        server.start()
        yield server
    finally:
        if (server.data / "postmaster.pid").exists():
            server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def find_programs() -> Path:
    """The bin folder of an installed server, the newest.

    Raises:
        NoServerError: there is none of version 15 or later.
    """
    versions = [p for p in _DEBIAN.glob("*") if p.name.isdigit() and int(p.name) >= OLDEST]
    for folder in sorted(versions, key=lambda p: -int(p.name)):
        if (folder / "bin" / "initdb").exists():
            return folder / "bin"
    found = shutil.which("initdb")
    if found is None:
        raise NoServerError("no PostgreSQL 15 or later is installed (Debian: postgresql)")
    return Path(os.path.realpath(found)).parent


def _find_user() -> str | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in _USERS:
        if name in known:
            return name
    raise NoServerError("PostgreSQL does not run as root, and there is no other user to run it as")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
