"""Drafts become entries: placed in the chain, dated, signed, and their rows with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from harmledger.core.errors import LedgerRefused
from harmledger.ledger.entry import TOOL, Act, Clock, Draft, Head, chain_entries
from harmledger.ledger.insert import insert_rows
from harmledger.ledger.keys import Signer
from harmledger.ledger.opened import open_entry
from harmledger.ledger.project import project_entry
from harmledger.ledger.records import Records
from harmledger.ledger.schema import LOG

CLOCK_SLACK = timedelta(minutes=2)
"""How far the clocks of two writers may differ before an entry is refused."""


def append_drafts(records: Records, drafts: Sequence[Draft], signer: Signer, clock: Clock) -> Head:
    """Write these entries and their projections, in the caller's transaction. A key that signs
    for the first time is announced behind them.

    Raises:
        LedgerRefused: the clock gives a time without zone, or one before the last entry.
    """
    head, seal = records.head(), records.store.seal
    if signer.key not in records.keys():  # noqa: SIM118 - a method, no mapping
        drafts = [*drafts, _key_draft(signer)]
    entries = chain_entries(drafts, head, _now(clock, head), seal, signer.sign)
    insert_rows(records.connection, ((LOG, msgspec.structs.asdict(entry)) for entry in entries))
    opened = (open_entry(entry, seal) for entry in entries)
    insert_rows(records.connection, [row for o in opened for row in project_entry(o, seal)])
    last = entries[-1]
    return Head(seq=last.seq, hash=last.hash, at=last.at, signature=last.signature)


def _now(clock: Clock, head: Head) -> str:
    now = clock()
    if now.tzinfo is None:
        raise LedgerRefused("the clock gave a time without a zone; entries need one.")
    if head.at is not None and now < datetime.fromisoformat(head.at) - CLOCK_SLACK:
        raise LedgerRefused(
            f"the clock says {now.isoformat()}, and the last entry was written at {head.at}. "
            "Nothing was written; set the computer's clock right, then try again."
        )
    return now.isoformat()


def _key_draft(signer: Signer) -> Draft:
    body = {"key": signer.key, "public": signer.public, "algorithm": "Ed25519"}
    return Draft(kind="key", body=body, act=Act(actor=TOOL, action="announce", after=signer.key))
