"""The record as it was after an earlier entry, made again from the log in memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine

from harmledger.core.errors import WrongUsage
from harmledger.ledger.entry import Entry
from harmledger.ledger.insert import insert_rows
from harmledger.ledger.opened import find_gapped, open_entry
from harmledger.ledger.project import project_entry
from harmledger.ledger.records import Records
from harmledger.ledger.schema import LOG, METADATA

_SHORTEST = 8


@contextmanager
def open_earlier(records: Records, head: str) -> Iterator[Records]:
    """The record up to and with the entry whose hash begins with ``head``.

    Memory grows with the part of the log that is made again.

    Raises:
        WrongUsage: ``head`` is shorter than 8 digits, or no entry or several begin with it.
        LedgerDamaged: an entry cannot be read.
    """
    last = _find_entry(records, head)
    engine = create_engine("sqlite://")
    try:
        METADATA.create_all(engine)
        with engine.begin() as connection:
            seal = records.store.seal
            gapped = find_gapped(records, seal)
            for batch in records.iter_batches():
                kept = [entry for entry in batch if entry.seq <= last]
                insert_rows(connection, ((LOG, _row(entry)) for entry in kept))
                opened = (open_entry(entry, seal, gapped) for entry in kept)
                insert_rows(connection, (row for o in opened for row in project_entry(o, seal)))
                if len(kept) < len(batch):
                    break
            yield Records(connection, records.store)
    finally:
        engine.dispose()


def _row(entry: Entry) -> dict[str, object]:
    return {column.name: getattr(entry, column.name) for column in LOG.columns}


def _find_entry(records: Records, head: str) -> int:
    if len(head) < _SHORTEST:
        raise WrongUsage(f"{head!r} is too short for an entry's hash. Give at least 8 digits.")
    found = [entry.seq for entry in records.iter_entries() if entry.hash.startswith(head)]
    if len(found) != 1:
        raise WrongUsage(
            f"{len(found) or 'no'} entries of this record have a hash that begins with {head!r}. "
            "`harmledger verify --save-head FILE` writes the hash of the last entry."
        )
    return found[0]
