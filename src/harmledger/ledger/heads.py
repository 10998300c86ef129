"""Heads that leave the ledger: saved elsewhere, they show later that nothing was taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from harmledger.core.base import Value
from harmledger.core.errors import WrongUsage
from harmledger.ledger.entry import Head
from harmledger.ledger.keys import is_signed, key_id
from harmledger.ledger.records import Records

_HEX = 64


class SavedHead(Value, frozen=True, kw_only=True):
    """The last entry at one moment, with its signature and the public key (hex) it holds under.

    ``hash`` alone is enough to look for it in a chain.
    """

    hash: str
    seq: int | None = None
    at: str | None = None
    ledger: str | None = None
    signature: str | None = None
    public: str | None = None


def find_head(records: Records) -> SavedHead:
    """The present head, ready to be kept elsewhere."""
    return save_head(records, records.head())


def save_head(records: Records, head: Head) -> SavedHead:
    """A head of this ledger, ready to be kept elsewhere."""
    key = str(head.signature or "").partition(":")[0]
    return SavedHead(
        hash=head.hash,
        seq=head.seq,
        at=head.at,
        ledger=records.ledger_id(),
        signature=head.signature,
        public=records.keys().get(key),
    )


def render_head(head: SavedHead) -> bytes:
    """The head as the lines of a file."""
    return msgspec.json.format(msgspec.json.encode(head), indent=2) + b"\n"


def parse_head(content: bytes, name: str) -> SavedHead:
    """A head out of a file that :func:`render_head` made, or out of the older form, an entry's
    number and its hash.

    Raises:
        WrongUsage: it is neither.
    """
    try:
        if content.lstrip().startswith(b"{"):
            head = msgspec.json.decode(content, type=SavedHead)
        else:
            seq, entry_hash = content.decode("ascii").split()
            head = SavedHead(seq=int(seq), hash=entry_hash)
    except (ValueError, msgspec.MsgspecError) as error:
        raise _no_head(name) from error
    if len(head.hash) != _HEX or set(head.hash) - set("0123456789abcdef"):
        raise _no_head(name)
    return head


def load_head(path: Path) -> SavedHead:
    """A saved head.

    Raises:
        WrongUsage: the file cannot be read, or holds no head.
    """
    try:
        return parse_head(path.read_bytes(), str(path))
    except OSError as error:
        raise WrongUsage(f"{path} cannot be read: {error.strerror or error}.") from error


def check_saved_head(head: SavedHead) -> Iterator[str]:
    """What is wrong with the saved head itself."""
    if head.signature is None or head.public is None:
        return
    try:
        known = head.signature.startswith(f"{key_id(head.public)}:")
    except ValueError:
        known = False
    if not known or not is_signed(head.hash, head.signature, head.public):
        yield "its signature does not hold: this file was changed after it was written"


def _no_head(name: str) -> WrongUsage:
    return WrongUsage(
        f"{name} holds no head. `harmledger verify --save-head FILE` writes one: an entry's "
        "number, its hash and signature; packs and editions hold one as head.json."
    )
