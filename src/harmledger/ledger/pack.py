"""Reading an evidence pack, ordinary or sealed: its entries opened, its contents by hash."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from harmledger.core.base import Value
from harmledger.core.errors import LedgerDamaged, LedgerRefused
from harmledger.core.ids import SHORT, sha256_of
from harmledger.ledger.backup import check_bag, iter_entries, read_meta
from harmledger.ledger.editions import KIND, check_handed
from harmledger.ledger.entry import Entry
from harmledger.ledger.heads import SavedHead, check_saved_head, parse_head
from harmledger.ledger.opened import Gapped, cut_entry, find_gapped
from harmledger.ledger.seal import Seal, SealOpener
from harmledger.ledger.sealed import RING, Sealed
from harmledger.ledger.store import ContentStore
from harmledger.ledger.verify.links import check_chain, find_announced

PACK_TAG = "verify.py"
"""What tells a pack from a backup: it can be checked by anybody."""


class PackEntry(Value, frozen=True, kw_only=True):
    """An entry of a pack with its act and body as they are read. ``said``: the body's JSON;
    ``content``: the hash of the bytes or text it names."""

    entry: Entry
    act: Any
    body: Any
    said: str
    content: str | None


class Pack:
    """A pack that was checked; made by :func:`open_pack`. ``attested``: its log names its files."""

    attested = False

    def __init__(self, folder: Path, head: SavedHead, seal: Seal) -> None:
        self.folder, self.head, self._seal = folder, head, seal
        self._store = ContentStore(folder / "data" / "kept", seal)

    def find_handed(self) -> Any:
        """What the end of the log says of the pack's files; None where it says nothing."""
        said: Any = None
        last = ""
        for entry in iter_entries(self.folder):
            if entry.kind != "key":
                last = entry.kind
            if entry.kind == KIND:
                body = self._seal.join_body(self._seal.unseal_body(entry.body, entry.seq))
                said = msgspec.json.decode(body)
        return said if last == KIND and said["form"] == "pack" else None

    def iter_kind(self, kind: str) -> Iterator[Entry]:
        """Entries of one kind, in order."""
        return (entry for entry in iter_entries(self.folder) if entry.kind == kind)

    @cached_property
    def _gapped(self) -> Gapped:
        return find_gapped(self, self._seal)

    def iter_opened(self) -> Iterator[PackEntry]:
        """The log in order.

        Raises:
            LedgerDamaged: an entry does not open.
        """
        for entry in iter_entries(self.folder):
            found = cut_entry(entry, self._seal, self._gapped)
            if found is None:
                continue
            act, said = (None if part is None else self._seal.join_body(part) for part in found)
            body = msgspec.json.decode(said or "null")
            yield PackEntry(
                entry=entry,
                act=None if act is None else msgspec.json.decode(act),
                body=body,
                said=said or "null",
                content=body["sha256"] if entry.kind in ("document", "text", "refusal") else None,
            )

    def forgotten_documents(self) -> frozenset[str]:
        """Documents whose bytes the pack's own ledger has destroyed."""
        found: set[str] = set()
        for entry in self.iter_kind("forgetting"):
            body = self._seal.join_body(self._seal.unseal_body(entry.body, entry.seq))
            found.update(msgspec.json.decode(body)["documents"])
        return frozenset(found)

    def read(self, opened: PackEntry) -> bytes:
        """The bytes or text that an entry names.

        Raises:
            LedgerDamaged: they are missing or not what their name says.
        """
        sha256 = opened.content or ""
        if self._seal.name != "plain":
            return self._store.read(sha256)
        name = f"texts/{sha256}.txt" if opened.entry.kind == "text" else f"bytes/{sha256}"
        path = self.folder / "data" / name
        if not path.is_file():
            raise LedgerDamaged(
                f"{path} is missing: log entry {opened.entry.seq} of the pack names it."
            )
        content = path.read_bytes()
        if sha256_of(content) != sha256:
            raise LedgerDamaged(f"{path} does not hold the bytes its name promises.")
        return content


def open_pack(folder: Path, seal: SealOpener) -> Pack:
    """Check a pack and open it.

    Raises:
        WrongUsage: this is no pack.
        LedgerDamaged: it does not verify.
        LedgerRefused: it is a backup, or it is sealed and ``seal`` does not open it.
    """
    check_bag(folder)
    if not (folder / PACK_TAG).exists():
        raise LedgerRefused(
            f"{folder} is a backup, not an evidence pack: `harmledger restore` brings it back; "
            "`harmledger export --format bagit` makes a pack."
        )
    check_copied_chain(folder)
    head = _find_head(folder)
    _, opened = seal(read_meta(folder).seal)
    if isinstance(opened, Sealed):
        opened.use_ring(opened.open_ring(_read_ring(folder)))
    pack = Pack(folder, head, opened)
    pack.attested = check_handed(folder, pack.find_handed())
    return pack


def check_copied_chain(folder: Path) -> None:
    """The chain and every signature of the log in a pack or backup.

    Raises:
        LedgerDamaged: something does not hold.
    """
    check_chain(iter_entries(folder), find_announced(iter_entries(folder)), str(folder))


def _read_ring(folder: Path) -> bytes:
    path = folder / "data" / RING
    if not path.is_file():
        raise LedgerDamaged(f"{path} is missing: a sealed pack does not open without it.")
    return path.read_bytes()


def _find_head(folder: Path) -> SavedHead:
    """The other ledger and the head of the pack, from the log itself."""
    first = last = None
    for entry in iter_entries(folder):
        first, last = first or entry, entry
    head = parse_head((folder / "head.json").read_bytes(), str(folder / "head.json"))
    if first is None or last is None:
        raise LedgerRefused(f"{folder} holds an empty ledger; there is nothing to import.")
    wrong = list(check_saved_head(head))
    if (head.seq, head.hash) != (last.seq, last.hash) or wrong:
        raise LedgerDamaged(f"{folder / 'head.json'} is not the head of the log beside it.")
    return msgspec.structs.replace(head, ledger=f"led_{first.hash[:SHORT]}")
