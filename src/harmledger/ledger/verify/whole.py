"""Every check, one after another, in one pass over the log and with flat memory."""

from __future__ import annotations

from collections.abc import Collection

from harmledger.core.base import Value
from harmledger.core.errors import LedgerError
from harmledger.ledger.heads import SavedHead, check_saved_head
from harmledger.ledger.record import Ledger
from harmledger.ledger.verify.database import check_database
from harmledger.ledger.verify.links import Signatory
from harmledger.ledger.verify.problem import Problem
from harmledger.ledger.verify.walk import Walk


class Checked(Value, frozen=True, kw_only=True):
    """What a check of everything found. ``unsigned``: entries from before there were signatures;
    ``signatories``: the keys the others are signed by."""

    problems: tuple[Problem, ...]
    entries: int = 0
    unsigned: int = 0
    signatories: tuple[Signatory, ...] = ()


def verify_ledger(
    ledger: Ledger, head: SavedHead | str | None = None, keys: Collection[str] = ()
) -> tuple[Problem, ...]:
    """Check everything; an empty result means that all of it holds. See :func:`check_ledger`."""
    return check_ledger(ledger, head, keys).problems


def check_ledger(
    ledger: Ledger, head: SavedHead | str | None = None, keys: Collection[str] = ()
) -> Checked:
    """Check everything, and say on whose signatures it rests.

    ``head``: an earlier head, saved or only its hash: it must still stand in the chain. Without
    it, entries cut off the end cannot be noticed. ``keys``: public keys (hex) that are known to
    be those of the people who write; without them, whoever can write to the files can write the
    whole log anew under a key of their own.
    """
    found: list[Problem] = []
    try:
        with ledger.records() as records:
            found.extend(check_database(records.connection, ledger.address))
            saved = SavedHead(hash=head) if isinstance(head, str) else head
            if saved is not None:
                wrong = check_saved_head(saved)
                found.extend(Problem(where="saved head", what=what) for what in wrong)
            walk = Walk(records, saved, keys)
            for batch in walk.iter_batches():
                found.extend(walk.take(batch))
            found.extend(walk.finish())
            return Checked(
                problems=tuple(found),
                entries=walk.chain.seq,
                unsigned=walk.chain.unsigned,
                signatories=walk.chain.signatories(),
            )
    except LedgerError as error:
        found.append(Problem(where=f"database {ledger.address.shown}", what=str(error)))
    return Checked(problems=tuple(found))
