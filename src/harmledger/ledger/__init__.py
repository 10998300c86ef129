"""The only room that writes the record: append-only, hash-chained; tables rebuilt from it.

A ledger is one SQLite file and, beside it, a folder ``<ledger>.store`` that holds every
document's bytes and texts under their sha256. The ``log`` table is the record; every other
table is a projection that :meth:`Ledger.rebuild` makes again from the log alone.
"""

from harmledger.ledger.entry import FIRST_PREV, Clock, Draft, Entry, Head, utc_clock
from harmledger.ledger.record import Ledger, open_ledger
from harmledger.ledger.records import KnownClaim, Records
from harmledger.ledger.store import ContentStore
from harmledger.ledger.verify import Problem, verify_ledger

__all__ = [
    "FIRST_PREV",
    "Clock",
    "ContentStore",
    "Draft",
    "Entry",
    "Head",
    "KnownClaim",
    "Ledger",
    "Problem",
    "Records",
    "open_ledger",
    "utc_clock",
    "verify_ledger",
]
