"""Every check, one after another, in one pass over the log and with flat memory."""

from __future__ import annotations

from collections.abc import Iterator

from harmledger.core.errors import LedgerError
from harmledger.ledger.heads import SavedHead, check_saved_head
from harmledger.ledger.record import Ledger
from harmledger.ledger.records import Records
from harmledger.ledger.verify.database import check_database
from harmledger.ledger.verify.problem import Problem
from harmledger.ledger.verify.walk import Walk


def verify_ledger(ledger: Ledger, head: SavedHead | str | None = None) -> tuple[Problem, ...]:
    """Check everything; an empty result means that all of it holds.

    ``head``: an earlier head, saved or only its hash: it must still stand in the chain. Without
    it, entries cut off the end cannot be noticed.
    """
    found: list[Problem] = []
    try:
        with ledger.records() as records:
            found.extend(_iter_problems(ledger, records, head))
    except LedgerError as error:
        found.append(Problem(where=f"database {ledger.address.shown}", what=str(error)))
    return tuple(found)


def _iter_problems(
    ledger: Ledger, records: Records, head: SavedHead | str | None
) -> Iterator[Problem]:
    database = tuple(check_database(records.connection, ledger.address))
    yield from database
    saved = SavedHead(hash=head) if isinstance(head, str) else head
    if saved is not None:
        yield from (Problem(where="saved head", what=what) for what in check_saved_head(saved))
    walk = Walk(records, saved)
    for batch in walk.iter_batches():
        yield from walk.take(batch)
    yield from walk.finish()
