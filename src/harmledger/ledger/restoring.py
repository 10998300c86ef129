"""Bringing a copy back as the ledger it was, word for word: only a copy that holds."""

from __future__ import annotations

from pathlib import Path

from harmledger.core.errors import LedgerDamaged, LedgerRefused
from harmledger.ledger.backup import check_bag, iter_entries, iter_kept, read_meta
from harmledger.ledger.entry import Head
from harmledger.ledger.opening import open_ledger
from harmledger.ledger.pack import PACK_TAG, check_copied_chain, open_pack
from harmledger.ledger.seal import Seal, SealOpener
from harmledger.ledger.sealed import RING, Sealed, find_seal
from harmledger.ledger.verify import verify_ledger


def restore_ledger(folder: Path, place: Path | str, *, seal: SealOpener = find_seal) -> Head:
    """Bring a backup or an evidence pack back as a new ledger at ``place``; the log is word for
    word what it was.

    Raises:
        LedgerDamaged: the copy is not whole, or is not what its log says; nothing is made.
        LedgerRefused: there is a ledger with entries at ``place``.
    """
    if (folder / PACK_TAG).exists():
        open_pack(folder, seal)
    else:
        check_bag(folder)
        check_copied_chain(folder)
    meta = read_meta(folder)

    def opener(_new: str | None) -> tuple[str | None, Seal]:
        return meta.seal, seal(meta.seal)[1]

    with open_ledger(place, write=True, seal=opener if meta.seal else seal) as ledger:
        if ledger.head().seq:
            raise LedgerRefused(
                f"there is a ledger with entries at {ledger.address.shown}; a copy is restored "
                "to a new place. `harmledger import` adds a pack to a ledger."
            )
        ring = folder / "data" / RING
        if isinstance(ledger.store.seal, Sealed) and ring.exists():
            ledger.store.seal.keep_ring(
                ledger.store.shelf, ledger.store.seal.open_ring(ring.read_bytes())
            )
        for name, content in iter_kept(folder):
            if name is None:
                ledger.store.write(content)
            else:
                ledger.store.write_kept(name, content)
        ledger.replay(iter_entries(folder))
        problems = verify_ledger(ledger)
        if problems:
            first = problems[0]
            raise LedgerDamaged(
                f"the restored ledger does not verify: {first.where}: {first.what}. "
                "Restore an earlier copy to another place."
            )
        return ledger.head()
