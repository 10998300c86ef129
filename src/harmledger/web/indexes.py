"""The indexes in use: put in place, told of every decision at once, made again behind the pages."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from harmledger.core.base import Value
from harmledger.core.decision import Decision
from harmledger.core.errors import HarmledgerError, LedgerRefused
from harmledger.index import Index, find_meta, open_index
from harmledger.ledger import Ledger
from harmledger.ledger.sealed import find_seal
from harmledger.pipeline.desk import (
    ASIDE,
    OPEN,
    WHOLE,
    Logged,
    hide_incidents,
    patch_desk,
    read_log,
    write_desk,
)

LOOK_EVERY = 2.0
"""Seconds between looks at the log's head."""
SETTLE = 3.0
"""Seconds without a new entry before the whole is made again."""
LONGEST = 60.0
"""Seconds after which it is made again although entries keep coming."""
REST, SHARE = 2, 20
"""After decisions alone, which show at once, the whole waits for as long a rest as it takes to
make, twice over, and keeps a processor busy for a twentieth of the time at most."""
KINDNESS = 19
"""How far the work behind the pages steps back for them (nice)."""


class Faces(Value, frozen=True, kw_only=True):
    """The indexes in use. ``open`` is None when nothing is withheld: all see the whole."""

    whole: Index
    open: Index | None


class Due(Value, frozen=True, kw_only=True):
    """The whole is to be made again, since a moment (monotonic). ``documents``: something came
    that only this shows; else it tells what decisions have joined or parted."""

    since: float
    documents: bool

    def waits(self, rest: float, took: float) -> bool:
        """Is it too early, after ``rest`` seconds without a new entry?"""
        waited = time.monotonic() - self.since
        if self.documents:
            return rest <= SETTLE and waited <= LONGEST
        return rest <= max(SETTLE, REST * took) and waited <= max(LONGEST, SHARE * took)


class Indexes:
    """Only :meth:`take_in` and the background change what is in use."""

    def __init__(self, place: Path | str, ledger: Ledger, folder: Path) -> None:
        self.place = place
        self.ledger = ledger
        self.folder = folder
        self._work = threading.RLock()
        """Held while an index is changed or put in place."""
        self._faces: Faces | None = None
        self._retired: list[Faces] = []
        self._seen = 0
        """The last entry of the log that was looked at."""
        self._moved = 0.0
        """When it was new."""
        self._due: Due | None = None
        self._stop = threading.Event()
        self._rebuilding = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def faces(self) -> Faces:
        if self._faces is None:
            raise LedgerRefused("the desk is still reading the ledger; look again in a moment.")
        return self._faces

    @property
    def is_behind(self) -> bool:
        """Is a whole recount under way or due?"""
        if self._thread is None and self._faces is not None:
            self._look()
        return self._rebuilding.is_set() or self._faces is None or self._due is not None

    def start(self, *, background: bool = True) -> None:
        """Make the indexes unless they are there and hold every document, then watch the log."""
        if find_meta(self.folder / WHOLE) is not None:
            self._put_in_place()
        if self._faces is None or (self._due and (self._due.documents or not background)):
            self.rebuild(apart=False)
        if background:
            self._thread = threading.Thread(target=self._watch, daemon=True, name="desk-index")
            self._thread.start()

    def close(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(timeout=10)
        with self._work:
            for faces in (*self._retired, *([self._faces] if self._faces else [])):
                _close(faces)
            self._faces, self._retired = None, []

    def rebuild(self, *, apart: bool = True) -> None:
        """Make the whole again and put it in place, with what was decided meanwhile."""
        self._rebuilding.set()
        try:
            folder, now = self.folder / "next", datetime.now(UTC)
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if apart:
                _run_apart(_write_kindly, self.place, folder, now, self.folder)
            else:
                write_desk(self.place, folder, now, find_seal, before=self.folder)
            with self._work:
                for name in (WHOLE, OPEN):
                    _move(folder / name, self.folder / name)
                self._put_in_place()
        finally:
            self._rebuilding.clear()

    def _put_in_place(self) -> None:
        """What was decided since they were made is put in before anybody sees them."""
        whole = open_index(self.folder / WHOLE)
        opened = open_index(self.folder / OPEN) if (self.folder / OPEN).exists() else None
        made = whole.meta.made_seq if whole.meta else 0
        with self._work:
            self._seen, self._due = made, None
            fresh = self._catch_up(Faces(whole=whole, open=opened))
            for index in (fresh.whole, *([fresh.open] if fresh.open else [])):
                _ = index.columns  # loaded here and not while a page waits
            if self._faces is not None:
                self._retired.append(self._faces)
            self._faces = fresh
            while len(self._retired) > 2:
                _close(self._retired.pop(0))

    def take_in(self) -> None:
        """Put every decision of the log that the indexes do not know into them, at once."""
        with self._work:
            self._faces = self._catch_up(self.faces)

    def _catch_up(self, faces: Faces) -> Faces:
        for one in read_log(self.ledger, self._seen):
            self._seen, self._moved = one.seq, time.monotonic()
            if one.kind in ASIDE:
                continue
            if one.kind != "decision":
                self._owe(documents=True)
                continue
            meta = faces.whole.meta
            if meta is not None and one.seq > meta.seq:
                faces = self._take(faces, one)
            meta = faces.whole.meta
            if meta is not None and meta.made_seq < one.seq:
                self._owe(documents=False)
        return faces

    def _owe(self, *, documents: bool) -> None:
        since = self._due.since if self._due else time.monotonic()
        was = self._due is not None and self._due.documents
        self._due = Due(since=since, documents=documents or was)

    def _take(self, faces: Faces, one: Logged) -> Faces:
        decision, opened = one.decision, faces.open
        if decision is None:
            return faces
        is_next = self._due is None
        if decision.action in ("withhold", "embargo"):
            if opened is None:
                opened = self._split_face()
            hide_incidents(faces.whole, opened, decision.about, one.hash, one.seq)
        elif opened is not None and is_known(opened, decision):
            patch_desk(opened, decision, one.claim, one.hash, one.seq)
        patch_desk(faces.whole, decision, one.claim, one.hash, one.seq, is_next=is_next)
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
        """Make the whole again when it is due and the log rests, or has moved for long. A failure
        leaves the old figures, marked as behind, and is tried again after a while."""
        wait = LOOK_EVERY
        while not self._stop.wait(wait):
            wait = LOOK_EVERY
            try:
                self._look()
                rest = time.monotonic() - self._moved
                meta = self.faces.whole.meta
                took = meta.took if meta else 0.0
                if self._due is not None and not self._due.waits(rest, took):
                    self.rebuild()
            except (HarmledgerError, OSError, sqlite3.Error):
                wait = LONGEST

    def _look(self) -> None:
        """Has another process written?"""
        if self.ledger.head().seq != self._seen:
            self.take_in()


def is_known(index: Index, decision: Decision) -> bool:
    """May the open index show this decision: is all it is about in there?"""
    for about in decision.about:
        tables = {"clm": "claims", "inc": "incidents", "dec": "decisions", "doc": "documents"}
        table = tables.get(about.partition("_")[0])
        known = table and index.value(f"SELECT 1 FROM {table} WHERE id = ?", (about,))
        if not known:
            return False
    return True


def _close(faces: Faces) -> None:
    faces.whole.close()
    if faces.open is not None:
        faces.open.close()


def _move(source: Path, target: Path) -> None:
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
        source.with_name(source.name + suffix).unlink(missing_ok=True)
    if source.exists():
        source.replace(target)
    else:
        target.unlink(missing_ok=True)


def _write_kindly(place: Path | str, folder: Path, now: datetime, before: Path) -> None:
    os.nice(KINDNESS)
    write_desk(place, folder, now, find_seal, before=before)


def _run_apart(work: Callable[..., None], *given: object) -> None:
    """In a process of its own: a minute of linking shall not hold up a page."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=given, daemon=True)
    process.start()
    process.join()
    if process.exitcode != 0:
        shutil.rmtree(str(given[1]), ignore_errors=True)
        raise LedgerRefused("the ledger could not be counted again; the old figures stay.")
