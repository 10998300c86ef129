"""What was written to the log since an index was made."""

from __future__ import annotations

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.ledger import Ledger
from harmledger.ledger.project import find_gapped, open_entry

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
                body = open_entry(entry, seal, gapped).body
                claim = body.get("claim")
                one = msgspec.structs.replace(
                    one,
                    decision=msgspec.convert(body["decision"], Decision),
                    claim=msgspec.convert(claim, Claim) if claim else None,
                )
            found.append(one)
    return found
