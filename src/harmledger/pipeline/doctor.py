"""What may be wrong around a ledger, before it goes wrong: parts, permissions, room, leftovers."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from harmledger.core.base import Value
from harmledger.core.errors import HarmledgerError
from harmledger.ledger import Kept, Ledger, find_due, find_kept, find_last_rehash, utc_clock
from harmledger.ledger.keys import find_key_path, load_signer
from harmledger.lexicon.gazetteer import find_gazetteer

_ROOM = 1024**3
DUE_DAYS = 30
"""A stored file not read for so long is due."""
_OLD_SQLITE = (3, 35, 0)
_EXTRAS = {
    "postgresql": ("pg8000", "ledgers on PostgreSQL"),
    "remote-store": ("fsspec", "stores elsewhere than in a folder"),
    "timestamps": ("rfc3161_client", "checking RFC 3161 timestamps"),
}


class Finding(Value, frozen=True, kw_only=True):
    """``state``: fine · note (works, worth knowing) · wrong (do ``next``)."""

    about: str
    state: Literal["fine", "note", "wrong"]
    what: str
    next: str = ""


def find_installation() -> Iterator[Finding]:
    """The parts of this installation."""
    yield Finding(about="Python", state="fine", what=sys.version.split()[0])
    old = sqlite3.sqlite_version_info < _OLD_SQLITE
    yield Finding(
        about="SQLite",
        state="wrong" if old else "fine",
        what=sqlite3.sqlite_version,
        next="Use a Python with SQLite 3.35 or later." if old else "",
    )
    gazetteer = find_gazetteer()
    yield Finding(
        about="gazetteer",
        state="wrong" if gazetteer is None else "fine",
        what="not built" if gazetteer is None else str(gazetteer),
        next="Run `harmledger gazetteer`." if gazetteer is None else "",
    )
    for extra, (module, use) in _EXTRAS.items():
        there = find_spec(module) is not None
        yield Finding(
            about=f"extra {extra}",
            state="fine" if there else "note",
            what="installed" if there else f"not installed; only needed for {use}",
        )
    yield _find_key()


def find_state(ledger: Ledger, now: datetime | None = None) -> Iterator[Finding]:
    """The ledger's surroundings, at ``now`` (with zone; left out: the computer's clock). Whether
    its content holds is for ``verify`` to say."""
    with ledger.records() as records:
        head = records.head()
        last, kept = find_last_rehash(records), find_kept(records)
    signed = "signed" if head.signature else "not signed"
    yield Finding(about="log", state="fine", what=f"{head.seq} entries, the last one {signed}")
    yield _find_reading(kept, last, now or utc_clock())
    if ledger.path is not None:
        yield from _find_file(ledger.path)
    folder = Path(ledger.store.where("0" * 64)).parents[1]
    if folder.is_dir():
        yield from _find_folder(folder)
    else:
        yield Finding(about="store", state="note", what="no folder of this computer")


def _find_reading(
    kept: Sequence[Kept], last: tuple[int, datetime] | None, now: datetime
) -> Finding:
    """When the stored files were read again, and how many wait for it; ``last``: entry and time of
    the last re-hash."""
    if not kept:
        return Finding(about="re-hash", state="fine", what="nothing is stored yet")
    when = f"last {last[1]:%Y-%m-%d %H:%M} UTC, entry {last[0]}" if last else "never read again"
    due = find_due(kept, now - timedelta(days=DUE_DAYS))
    oldest = (now - kept[0].read_at).days
    left = f"{len(due)} of {len(kept)} stored files were not read for {DUE_DAYS} days"
    return Finding(
        about="re-hash",
        state="note" if due else "fine",
        what=f"{when}; {left}, the oldest for {oldest}",
        next=f"Run `harmledger verify --max-age {DUE_DAYS}`." if due else "",
    )


def _find_key() -> Finding:
    path = find_key_path()
    if not path.exists():
        return Finding(about="signing key", state="note", what=f"{path}: made at first use")
    try:
        return Finding(about="signing key", state="fine", what=f"{load_signer(path).key} in {path}")
    except HarmledgerError as error:
        return Finding(about="signing key", state="wrong", what=str(path), next=str(error))


def _find_file(path: Path) -> Iterator[Finding]:
    for place in (path, path.parent):
        writable = os.access(place, os.W_OK)
        yield Finding(
            about=str(place),
            state="fine" if writable else "note",
            what="can be written" if writable else "is read-only: reading and verifying only",
        )


def _find_folder(folder: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(folder).free
    low = free < _ROOM
    yield Finding(
        about="room",
        state="wrong" if low else "fine",
        what=f"{free / _ROOM:.1f} GiB free on the disk of the store",
        next="Make room before the next run." if low else "",
    )
    partial = folder / "partial"
    left = sum(1 for _ in partial.iterdir()) if partial.is_dir() else 0
    yield Finding(
        about="leftovers",
        state="note" if left else "fine",
        what=f"{left} files of a process that was stopped; the next writer takes them away",
    )
