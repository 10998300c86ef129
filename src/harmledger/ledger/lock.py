"""One writer at a time."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import TracebackType

from harmledger.core.errors import LedgerBusy


class WriterLock:
    """Held for as long as a process writes; the system frees it when the process dies.

    An exclusive SQLite transaction on an empty file beside the ledger: the one kind of file
    lock that behaves alike on every system Python runs on, and survives ``kill -9`` cleanly.
    """

    def __init__(self, ledger: Path) -> None:
        self._ledger = ledger
        self._connection: sqlite3.Connection | None = None

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            LedgerBusy: another process holds it.
        """
        path = self._ledger.with_name(self._ledger.name + ".lock")
        connection = sqlite3.connect(path, timeout=0, isolation_level=None)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            connection.close()
            raise LedgerBusy(
                f"{self._ledger} is being written by another process. "
                "Wait until that run ends (reading is possible meanwhile), then try again."
            ) from error
        self._connection = connection

    def release(self) -> None:
        """Give the lock back; releasing twice does nothing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> WriterLock:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
