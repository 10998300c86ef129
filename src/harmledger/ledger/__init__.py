"""The only room that writes the record: append-only, hash-chained; tables rebuilt from it.

A ledger is a SQLite file or a PostgreSQL database and, beside it, a store that holds every
document's bytes and texts under their sha256. The ``log`` table is the record; every other
table is a projection that :meth:`Ledger.rebuild` makes again from the log alone.
"""

from harmledger.ledger.address import Address, parse_address
from harmledger.ledger.backup import write_backup
from harmledger.ledger.entry import FIRST_PREV, TOOL, Act, Clock, Draft, Entry, Head, utc_clock
from harmledger.ledger.forgetting import Forgotten, forget_person
from harmledger.ledger.heads import SavedHead, find_head, load_head, render_head
from harmledger.ledger.importing import Imported, Importer, import_pack
from harmledger.ledger.keys import Signer, load_public_keys, load_signer
from harmledger.ledger.known import Gathered
from harmledger.ledger.opening import open_ledger
from harmledger.ledger.record import Effect, Ledger
from harmledger.ledger.records import KnownClaim, Records
from harmledger.ledger.rehash import (
    Kept,
    Rehash,
    find_due,
    find_kept,
    find_last_rehash,
    rehash_store,
)
from harmledger.ledger.restoring import restore_ledger
from harmledger.ledger.seal import Plain, Seal, SealOpener, open_plain
from harmledger.ledger.sights import Sight, find_sights
from harmledger.ledger.store import ContentStore
from harmledger.ledger.verify import Checked, Problem, Signatory, check_ledger, verify_ledger

__all__ = [
    "FIRST_PREV",
    "TOOL",
    "Act",
    "Address",
    "Checked",
    "Clock",
    "ContentStore",
    "Draft",
    "Effect",
    "Entry",
    "Forgotten",
    "Gathered",
    "Head",
    "Imported",
    "Importer",
    "Kept",
    "KnownClaim",
    "Ledger",
    "Plain",
    "Problem",
    "Records",
    "Rehash",
    "SavedHead",
    "Seal",
    "SealOpener",
    "Sight",
    "Signatory",
    "Signer",
    "check_ledger",
    "find_due",
    "find_head",
    "find_kept",
    "find_last_rehash",
    "find_sights",
    "forget_person",
    "import_pack",
    "load_head",
    "load_public_keys",
    "load_signer",
    "open_ledger",
    "open_plain",
    "parse_address",
    "rehash_store",
    "render_head",
    "restore_ledger",
    "utc_clock",
    "verify_ledger",
    "write_backup",
]
