"""Opening a ledger that is to log what leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from harmledger.ledger import Ledger

UNATTESTED = typer.Option(
    "--unattested",
    help="Write nothing to the ledger, which may then be read-only; what is written says that no "
    "log entry names its files.",
)
_WAIT = 10.0
"""Seconds to wait for another process that is writing an entry."""


def open_to_attest(ledger: str, attests: bool) -> Ledger:
    """For reading, and for one entry about what is handed out. A ledger that is not there, or is
    of an earlier version, is left as it is.

    Raises:
        LedgerError: it cannot be written; says how to do without.
    """
    from harmledger.core.errors import LedgerBusy, LedgerError, LedgerRefused
    from harmledger.ledger import open_ledger

    reading = open_ledger(ledger)
    if not attests:
        return reading
    reading.close()
    try:
        return open_ledger(ledger, write=True, wait=_WAIT, hold=False)
    except (LedgerBusy, LedgerRefused):
        raise
    except LedgerError as error:
        raise LedgerError(
            f"{error} What leaves a ledger is entered in its log first; with --unattested nothing "
            "is written, and the files say so."
        ) from error
