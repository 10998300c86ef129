"""One writer at a time on SQLite. (On PostgreSQL each transaction takes the chain's own lock.)"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from harmledger.core.errors import LedgerBusy, LedgerError

_STEP = 0.05


class WriterLock:
    """Held for as long as a process writes; the system frees it when the process dies.

    An exclusive SQLite transaction on an empty file beside the ledger: the one kind of file
    lock that behaves alike on every system Python runs on, and survives ``kill -9`` cleanly.
    """

    def __init__(self, ledger: Path) -> None:
        self._ledger = ledger
        self._connection: sqlite3.Connection | None = None

    def acquire(self, wait: float = 0.0) -> None:
        """Take the lock, trying for ``wait`` seconds.

        Raises:
            LedgerBusy: another process holds it.
            LedgerError: the folder cannot be written.
        """
        end = time.monotonic() + wait
        while not self._try():
            if time.monotonic() >= end:
                raise LedgerBusy(
                    f"{self._ledger} is being written by another process. "
                    "Wait until that run ends (reading is possible meanwhile), then try again."
                )
            time.sleep(_STEP)

    def _try(self) -> bool:
        path = self._ledger.with_name(self._ledger.name + ".lock")
        try:
            connection = sqlite3.connect(
                path, timeout=0, isolation_level=None, check_same_thread=False
            )
        except sqlite3.OperationalError as error:
            raise self._unwritable(error) from error
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            connection.close()
            if "locked" in str(error):
                return False
            raise self._unwritable(error) from error
        self._connection = connection
        return True

    def release(self) -> None:
        """Give the lock back; releasing twice does nothing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _unwritable(self, error: sqlite3.Error) -> LedgerError:
        return LedgerError(
            f"{self._ledger} cannot be opened for writing: the lock beside it cannot be taken "
            f"({error}). Give permission to write in its folder, or copy ledger and store to a "
            "place that can be written."
        )
