"""What the log orders forgotten is gone."""

from __future__ import annotations

from collections.abc import Iterator

from harmledger.ledger.opened import OpenEntry
from harmledger.ledger.orders import Order
from harmledger.ledger.seal import Seal
from harmledger.ledger.sealed import Sealed
from harmledger.ledger.verify.problem import Problem


def check_order(seal: Seal, opened: OpenEntry) -> Iterator[Problem]:
    """Every key that this entry orders destroyed is gone."""
    if not isinstance(seal, Sealed):
        return
    order = opened.read(Order)
    left = sum(seal.ring.find(key) is not None for key in order.keys)
    if left:
        yield Problem(
            where=f"log entry {opened.entry.seq}",
            what=f"orders keys destroyed, and {left} of them are still there",
            next="Open the ledger for writing: `harmledger rebuild` carries the order out.",
        )
