"""An open desk: the ledger, its indexes, its people, and the work behind the pages."""

from __future__ import annotations

import hmac
import multiprocessing
import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from platformdirs import user_data_path

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.errors import HarmledgerError, LedgerRefused
from harmledger.index import Index, find_meta, open_index
from harmledger.ledger import Head, Ledger, Plain, open_ledger
from harmledger.ledger.sealed import find_seal
from harmledger.pipeline.desk import (
    OPEN,
    WHOLE,
    hide_incidents,
    iter_decided,
    patch_desk,
    write_desk,
)
from harmledger.web.access import Visitor
from harmledger.web.people import People
from harmledger.web.settings import Settings

LOOK_EVERY = 2.0
"""Seconds between looks at the log's head."""
SETTLE = 3.0
"""Seconds without a new entry before the whole is made again: a reviewer decides every second."""
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory is what is wanted
LONGEST = 60.0
"""Seconds after which it is made again although entries keep coming."""


class Faces(Value, frozen=True, kw_only=True):
    """The indexes in use. ``open`` is None when nothing is withheld: all see the whole."""

    whole: Index
    open: Index | None


class Desk:
    """Everything requests share. Only :meth:`take_in` and the background change it."""

    def __init__(self, settings: Settings, ledger: Ledger, people: People, folder: Path) -> None:
        self.settings = settings
        self.ledger = ledger
        self.people = people
        self.folder = folder
        self.secret = people.secret()
        self.work = threading.RLock()
        """Held while an index is changed or put in place."""
        self._faces: Faces | None = None
        self._retired: list[Faces] = []
        self._stop = threading.Event()
        self._rebuilding = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def faces(self) -> Faces:
        if self._faces is None:
            raise LedgerRefused("the desk is still reading the ledger; look again in a moment.")
        return self._faces

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
        if self._rebuilding.is_set() or self._faces is None:
            return True
        return find_made_from(self._faces.whole) != self.head().seq

    def head(self) -> Head:
        with self.ledger.records() as records:
            return records.head()

    def token_for(self, session: str) -> str:
        """What a form of this session must bring back (CSRF)."""
        return hmac.new(self.secret, session.encode(), sha256).hexdigest()

    def start(self, *, background: bool = True) -> None:
        """Make the indexes unless they are there and true, then watch the ledger."""
        meta = find_meta(self.folder / WHOLE)
        if meta is None or meta.head != self.head().hash:
            self.rebuild(apart=False)
        else:
            self._put_in_place()
        if background:
            self._thread = threading.Thread(target=self._watch, daemon=True, name="desk-index")
            self._thread.start()

    def close(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=10)
        with self.work:
            for faces in (*self._retired, *([self._faces] if self._faces else [])):
                _close(faces)
            self._faces, self._retired = None, []
        self.people.close()
        self.ledger.close()
        if self.folder.is_relative_to(MEMORY) and self.folder.name.startswith("harmledger-"):
            shutil.rmtree(self.folder, ignore_errors=True)

    def rebuild(self, *, apart: bool = True) -> None:
        """Make the whole again and put it in place, with what was decided meanwhile."""
        self._rebuilding.set()
        try:
            place, folder, now = self.settings.place, self.folder / "next", datetime.now(UTC)
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for name in (WHOLE, OPEN):
                _copy_changes(self.folder / name, folder / name)
            if apart:
                _run_apart(write_desk, place, folder, now)
            else:
                write_desk(place, folder, now, find_seal)
            with self.work:
                for name in (WHOLE, OPEN):
                    _move(folder / name, self.folder / name)
                self._put_in_place()
        finally:
            self._rebuilding.clear()

    def _put_in_place(self) -> None:
        whole = open_index(self.folder / WHOLE)
        opened = open_index(self.folder / OPEN) if (self.folder / OPEN).exists() else None
        fresh = Faces(whole=whole, open=opened)
        self._catch_up(fresh)
        if self._faces is not None:
            self._retired.append(self._faces)
        self._faces = fresh
        while len(self._retired) > 2:
            _close(self._retired.pop(0))

    def take_in(self) -> None:
        """Put every decision of the log that the indexes do not know into them, at once."""
        with self.work:
            self._faces = self._catch_up(self.faces)

    def _catch_up(self, faces: Faces) -> Faces:
        meta = faces.whole.meta
        for seq, digest, _, decision, claim in iter_decided(self.ledger, meta.seq if meta else 0):
            faces = self._take(faces, decision, claim, digest, seq)
        self._faces = faces if self._faces is not None else self._faces
        return faces

    def _take(
        self, faces: Faces, decision: Decision, claim: Claim | None, head: str, seq: int
    ) -> Faces:
        opened = faces.open
        if decision.action in ("withhold", "embargo"):
            if opened is None:
                opened = self._split_face()
            hide_incidents(faces.whole, opened, decision.about, head, seq)
        elif opened is not None and is_known(opened, decision):
            patch_desk(opened, decision, claim, head, seq)
        patch_desk(faces.whole, decision, claim, head, seq)
        return Faces(whole=faces.whole, open=opened)

    def _split_face(self) -> Index:
        """The open index begins as a copy of the whole, from which things are then taken."""
        target = self.folder / OPEN
        target.unlink(missing_ok=True)
        os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with (
            closing(sqlite3.connect(self.folder / WHOLE)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
        return open_index(target)

    def _watch(self) -> None:
        """Make the whole again when the log has moved and rests, or has moved for long. A failure
        leaves the old figures, marked as behind, and is tried again after a while."""
        moved_at: datetime | None = None
        last = self.faces.whole.meta.seq if self.faces.whole.meta else 0
        wait = LOOK_EVERY
        while not self._stop.wait(wait):
            wait = LOOK_EVERY
            try:
                moved_at, last = self._look(moved_at, last)
            except (HarmledgerError, OSError, sqlite3.Error):
                wait, moved_at = LONGEST, None

    def _look(self, moved_at: datetime | None, last: int) -> tuple[datetime | None, int]:
        """One look at the log: since when it has moved, and its last entry's number."""
        seq = self.head().seq
        if seq == find_made_from(self.faces.whole):
            return None, seq
        now = datetime.now(UTC)
        moved_at = moved_at or now
        self.take_in()
        waited = (now - moved_at).total_seconds()
        if (seq == last and waited > SETTLE) or waited > LONGEST:
            self.rebuild()
            return None, seq
        return moved_at, seq


def find_made_from(index: Index) -> int:
    """The entry up to which the whole index was made (patches do not count)."""
    return int(index.value("SELECT value FROM meta WHERE key = 'made_seq'") or 0)


def is_known(index: Index, decision: Decision) -> bool:
    """May the open index show this decision: is all it is about in there?"""
    for about in decision.about:
        tables = {"clm": "claims", "inc": "incidents", "dec": "decisions", "doc": "documents"}
        table = tables.get(about.partition("_")[0])
        known = table and index.value(f"SELECT 1 FROM {table} WHERE id = ?", (about,))
        if not known:
            return False
    return True


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
    return Path(tempfile.mkdtemp(prefix="harmledger-", dir=MEMORY))


def find_people_file(ledger: Ledger) -> Path:
    """The file of people: beside the ledger, or in the person's own folder for a database."""
    if ledger.path is not None:
        return ledger.path.with_name(ledger.path.name + ".people")
    with ledger.records() as records:
        name = records.ledger_id() or "new"
    folder = user_data_path("harmledger")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / f"{name}.people"


def _close(faces: Faces) -> None:
    faces.whole.close()
    if faces.open is not None:
        faces.open.close()


def _copy_changes(source: Path, target: Path) -> None:
    """The next index grows out of the present one, so that it can say what changed."""
    target.unlink(missing_ok=True)
    if find_meta(source) is not None:
        with closing(sqlite3.connect(source)) as db, closing(sqlite3.connect(target)) as copy:
            db.backup(copy)


def _move(source: Path, target: Path) -> None:
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
        source.with_name(source.name + suffix).unlink(missing_ok=True)
    if source.exists():
        source.replace(target)
    else:
        target.unlink(missing_ok=True)


def _run_apart(work: Callable[..., None], place: Path | str, folder: Path, now: datetime) -> None:
    """In a process of its own: a minute of linking shall not hold up a page."""
    process = multiprocessing.get_context("spawn").Process(
        target=work, args=(place, folder, now), daemon=True
    )
    process.start()
    process.join()
    if process.exitcode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        raise LedgerRefused("the ledger could not be counted again; the old figures stay.")
