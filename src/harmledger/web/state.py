"""An open desk: the ledger, its indexes, its people, and the work behind the pages."""

from __future__ import annotations

import hmac
import os
import shutil
import tempfile
import threading
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from platformdirs import user_data_path

from harmledger.core.decision import Decision
from harmledger.core.errors import LedgerRefused
from harmledger.index import Index
from harmledger.ledger import Effect, Head, Ledger, Plain, Records, open_ledger
from harmledger.ledger.sealed import find_seal
from harmledger.review import Decided
from harmledger.web.access import Visitor
from harmledger.web.indexes import Faces, Indexes
from harmledger.web.people import People
from harmledger.web.settings import Settings

WAIT = 10.0
"""Seconds to wait for another writer before saying that the ledger is busy."""
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory is what is wanted


class Desk:
    """Everything requests share."""

    def __init__(self, settings: Settings, ledger: Ledger, people: People, folder: Path) -> None:
        self.settings = settings
        self.ledger = ledger
        self.people = people
        self.folder = folder
        self.secret = people.secret()
        self.indexes = Indexes(settings.place, ledger, folder)
        self._writing = threading.Lock()
        self._writer: Ledger | None = None

    @property
    def faces(self) -> Faces:
        return self.indexes.faces

    def index_for(self, visitor: Visitor) -> Index:
        """What this visitor may look things up in: nothing withheld is in it, unless they may
        see it."""
        faces = self.faces
        if visitor.may("see_withheld") or faces.open is None:
            return faces.whole
        return faces.open

    @property
    def is_behind(self) -> bool:
        """Is a whole recount under way or due?"""
        return self.indexes.is_behind

    def head(self) -> Head:
        return self.ledger.head()

    def token_for(self, session: str) -> str:
        """What a form of this session must bring back (CSRF)."""
        return hmac.new(self.secret, session.encode(), sha256).hexdigest()

    def start(self, *, background: bool = True) -> None:
        """See :meth:`Indexes.start`."""
        self.indexes.start(background=background)

    def close(self) -> None:
        self.indexes.close()
        self.people.close()
        self.ledger.close()
        if self._writer is not None:
            self._writer.close()
        if self.folder.is_relative_to(MEMORY) and self.folder.name.startswith("harmledger-"):
            shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, build: Callable[[Records, str], tuple[Decided, Effect]]) -> Decision:
        """Take a decision, see :meth:`Ledger.decide`; on disk when this returns. Our own writers
        wait in line for each other, and for another process for a while.

        Raises:
            LedgerBusy: another process kept writing.
        """
        with self._writing:
            if self._writer is None:
                self._writer = open_ledger(
                    self.settings.place,
                    write=True,
                    seal=find_seal,
                    wait=WAIT,
                    hold=False,
                    create=False,
                )
            return self._writer.decide(build)

    def rebuild(self, *, apart: bool = True) -> None:
        """See :meth:`Indexes.rebuild`."""
        self.indexes.rebuild(apart=apart)

    def take_in(self) -> None:
        """See :meth:`Indexes.take_in`."""
        self.indexes.take_in()


def open_desk(settings: Settings) -> Desk:
    """Open the ledger for reading and the file of people beside it.

    Raises:
        WrongUsage, LedgerError: as :func:`open_ledger`.
    """
    ledger = open_ledger(settings.place, seal=find_seal)
    folder = find_folder(ledger)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Desk(settings, ledger, People(find_people_file(ledger)), folder)


def find_folder(ledger: Ledger) -> Path:
    """Where the indexes lie: beside the ledger, or for a sealed ledger in memory alone, for an
    index holds whole texts in the clear.

    Raises:
        LedgerRefused: the ledger is sealed and this machine offers no folder in memory.
    """
    if isinstance(ledger.store.seal, Plain):
        return ledger.cache_folder
    if not MEMORY.is_dir():
        raise LedgerRefused(
            f"this ledger is sealed; its pages are made in memory alone, and there is no {MEMORY} "
            "here. Use the commands instead."
        )
    _sweep(MEMORY)
    return Path(tempfile.mkdtemp(prefix=f"harmledger-{os.getpid()}-", dir=MEMORY))


def _sweep(memory: Path) -> None:
    """Take away what desks of this person left that were killed before they could."""
    for path in memory.glob("harmledger-*-*"):
        owner = path.name.split("-")[1]
        if path.stat().st_uid == os.getuid() and owner.isdigit() and not _lives(int(owner)):
            shutil.rmtree(path, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's: its number was given away since
        return False
    return True


def find_people_file(ledger: Ledger) -> Path:
    """The file of people: beside the ledger, or in the person's own folder for a database."""
    if ledger.path is not None:
        return ledger.path.with_name(ledger.path.name + ".people")
    with ledger.records() as records:
        name = records.ledger_id() or "new"
    folder = user_data_path("harmledger")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / f"{name}.people"
