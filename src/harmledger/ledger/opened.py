"""From an entry of the log to what it says: through the seal, without destroyed keys."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

from harmledger.core.base import Value
from harmledger.core.errors import LedgerDamaged
from harmledger.ledger.entry import Act, Entry
from harmledger.ledger.seal import Seal

_T = TypeVar("_T")


class OpenEntry(Value, frozen=True, kw_only=True):
    """An entry with its act and body opened. ``said``: the body's JSON as it is read; ``cut``: as
    tables keep it, with sealed persons' names cut out (the same where nothing is cut).
    ``is_empty``: it held what was left of another entry, and a later one does now."""

    entry: Entry
    act: Act | None = None
    said: str = ""
    cut: str = ""
    is_empty: bool = False

    def read(self, kind: type[_T]) -> _T:
        """As much of the body as ``kind`` asks for: what is written out is decoded only where
        somebody wants it.

        Raises:
            msgspec.MsgspecError: it does not hold that.
        """
        return msgspec.json.decode(self.said, type=kind)


Gapped = Mapping[int, Entry]
"""By the number of an entry whose key was destroyed: the entry that holds what is left of it."""
NONE_GAPPED: Gapped = MappingProxyType({})


def open_entry(entry: Entry, seal: Seal, gapped: Gapped = NONE_GAPPED) -> OpenEntry:
    """Open body and act, and decode the act.

    Raises:
        LedgerDamaged: they do not open, or the act is none.
    """
    try:
        found = cut_entry(entry, seal, gapped)
        if found is None:
            return OpenEntry(entry=entry, is_empty=True)
        act, cut = found
        return OpenEntry(
            entry=entry,
            act=None if act is None else msgspec.json.decode(seal.join_body(act), type=Act),
            said=seal.join_body(cut),
            cut=cut,
        )
    except (msgspec.MsgspecError, TypeError, AttributeError) as error:  # no text where text was
        raise LedgerDamaged(f"log entry {entry.seq} cannot be read: {error}") from error


def cut_entry(entry: Entry, seal: Seal, gapped: Gapped) -> tuple[str | None, str] | None:
    """Act and body as JSON, cut; of an entry whose key was destroyed, what is left of them. None
    for an entry that held what was left of another, until a later one did.

    Raises:
        LedgerDamaged: they do not open.
    """
    if entry.kind == "key":
        return entry.act, entry.body
    if not seal.is_shut(entry.seq):
        act = None if entry.act is None else seal.unseal_body(entry.act, entry.seq)
        return act, seal.unseal_body(entry.body, entry.seq)
    left = gapped.get(entry.seq)
    if left is not None:
        body = msgspec.json.decode(seal.unseal_body(left.body, left.seq), type=GappedBody)
        return body.act, body.body
    if entry.kind == "gapped":
        return None
    raise LedgerDamaged(
        f"log entry {entry.seq} cannot be read: its key was destroyed, and no entry holds what "
        "was left of it"
    )


class GappedBody(msgspec.Struct, frozen=True):
    """What is left of entry ``of``: act and body as JSON, cut."""

    of: int
    act: str | None
    body: str


def find_gapped(records: Any, seal: Seal) -> Gapped:
    """What stands for entries whose key was destroyed, from the log alone; the latest of each.

    Raises:
        LedgerDamaged: such an entry cannot be read.
    """
    if seal.name == "plain":
        return NONE_GAPPED
    found: dict[int, Entry] = {}
    for entry in records.iter_kind("gapped"):
        if not seal.is_shut(entry.seq):
            body = msgspec.json.decode(seal.unseal_body(entry.body, entry.seq), type=GappedBody)
            found[body.of] = entry
    return found
