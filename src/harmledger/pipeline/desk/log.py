"""What was written to the log since an index was made."""

from __future__ import annotations

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.ledger import Ledger
from harmledger.ledger.opened import find_gapped, open_entry


class _Decided(Value, frozen=True, kw_only=True):
    """The body of a decision's entry."""

    decision: Decision
    claim: Claim | None = None


ASIDE = ("key", "timestamp", "rehash", "migration", "edition")
"""Kinds of entries that change nothing an index shows."""


class Logged(Value, frozen=True, kw_only=True):
    """An entry of the log; of a decision, what was decided and the person's own claim."""

    seq: int
    hash: str
    kind: str
    decision: Decision | None = None
    claim: Claim | None = None


def read_log(ledger: Ledger, after: int) -> list[Logged]:
    """What was written after entry ``after``, in order."""
    found = []
    with ledger.records() as records:
        seal = records.store.seal
        gapped = find_gapped(records, seal)
        for entry in records.iter_entries(after):
            one = Logged(seq=entry.seq, hash=entry.hash, kind=entry.kind)
            if entry.kind == "decision":
                read = open_entry(entry, seal, gapped).read(_Decided)
                one = msgspec.structs.replace(one, decision=read.decision, claim=read.claim)
            found.append(one)
    return found
