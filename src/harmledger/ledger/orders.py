"""Orders to destroy keys: what the log says was forgotten, and the ring of keys made to obey.

The order is in the log before a key is gone. A process killed in between leaves an order that the
next one to open the ledger carries out; an older ring put back is made to obey again.
"""

from __future__ import annotations

from typing import Final

import msgspec

from harmledger.core.base import Value
from harmledger.ledger.keyring import Key, Keyring
from harmledger.ledger.records import Records
from harmledger.ledger.sealed import Sealed

KIND: Final = "forgetting"


class Order(Value, frozen=True, kw_only=True):
    """``keys`` are to be destroyed; kept files called ``remove`` are to be taken away;
    ``documents`` (ids) named the person and are not read again."""

    keys: tuple[Key, ...]
    remove: tuple[str, ...]
    documents: tuple[str, ...]


def obey(ring: Keyring, order: Order, seq: int) -> Keyring:
    """The ring after the order that is log entry ``seq``."""
    return ring.without(order.keys, seq)


def finish_orders(records: Records, *, writes: bool) -> None:
    """Carry out what the log orders and the ring does not show yet; for a reader, in memory."""
    seal, shelf = records.store.seal, records.store.shelf
    if not isinstance(seal, Sealed):
        return
    for seq, body in records.notes(KIND):
        if seq <= seal.ring.done:
            continue
        order = msgspec.convert(body, Order)
        ring = obey(seal.ring, order, seq)
        if writes:
            seal.keep_ring(shelf, ring)
            shelf.remove_all(order.remove)
        else:
            seal.use_ring(ring)
