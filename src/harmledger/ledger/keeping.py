"""Where a ledger's bytes lie: asked for when it is made, kept in ``meta``, found again without."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from harmledger.core.errors import LedgerDamaged, LedgerRefused, WrongUsage
from harmledger.ledger.address import STORE_VARIABLE, Address
from harmledger.ledger.store import ContentStore

STORE = "store"
"""The key in ``meta``; not there where the store lies beside a SQLite file and moves with it."""


def choose_store(address: Address) -> tuple[str, str | None]:
    """For a new ledger: the place, and what the ledger shall say about it.

    Raises:
        WrongUsage: nothing names a place.
    """
    if address.engine == "postgresql" and address.store is not None:
        place = _whole(address.store)
        return place, place
    if address.asked is not None:
        place = _whole(address.asked)
        return place, place
    if address.store is None:
        raise WrongUsage(
            f"a new ledger at {address.shown} needs a place for its bytes: add ?store=FOLDER to "
            f"its address, or set {STORE_VARIABLE}. Any address fsspec knows will do."
        )
    return address.store, None


def find_store(address: Address, meta: Mapping[str, str]) -> str:
    """Of a ledger that is there. What its address names goes before what the ledger says, and that
    before HARMLEDGER_STORE, which is followed where the bytes are no longer where they were.

    Raises:
        LedgerDamaged: nothing says where the bytes lie.
        LedgerRefused: the variable names another place than the one that holds the bytes.
    """
    if address.engine == "postgresql" and address.store is not None:
        return address.store
    known = meta.get(STORE) or address.store
    if address.asked is None or known is None:
        place = known or address.asked
        if place is None:
            raise LedgerDamaged(
                f"{address.shown} does not say where its bytes lie; add ?store=FOLDER to its "
                "address."
            )
        return place
    if _whole(address.asked) == _whole(known):
        return known
    if any(True for _ in ContentStore(known).shelf.iter_names()):
        raise LedgerRefused(
            f"{address.shown} keeps its bytes in {known}, and {STORE_VARIABLE} names "
            f"{address.asked}. Unset the variable; to move the bytes, move that folder first."
        )
    return _whole(address.asked)


def _whole(place: str) -> str:
    """A folder by its whole path: the variable and the address may be read elsewhere next time."""
    return place if "://" in place else str(Path(place).absolute())
