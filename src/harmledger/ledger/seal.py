"""How what is kept is written down: as it is, or encrypted. The seam of sealed ledgers.

Everything the ledger writes goes through one :class:`Seal`: the content store hands it bytes and
texts, the log and the tables hand it bodies (canonical JSON) with the number of their entry, and
the columns that are looked up by equality (ids, hashes, names, paths) hand it single words.

A body has two written forms: as it is read, and *cut*, with the words of sealed persons' names
kept under those persons' own keys. Tables hold cut bodies, as the log does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from harmledger.core.errors import LedgerRefused
from harmledger.ledger.people import Directory, SealedPerson
from harmledger.ledger.shelf import Shelf


class Seal(Protocol):
    """A way of keeping bytes, texts, bodies and words.

    All of it is deterministic: equal input gives equal output under the same key, because the
    tables are made again from the log and compared, and because equal bytes are kept once.
    The chain is hashed over bodies as kept, so it verifies without the key.
    """

    directory: Directory
    """The sealed persons known now; empty where nothing is sealed."""

    @property
    def name(self) -> str:
        """What stands in messages: ``plain``, or the scheme and its version."""

    def name_of(self, sha256: str) -> str:
        """The name in the store (64 hex digits) of the bytes with this hash."""

    def is_forgotten(self, sha256: str) -> bool:
        """Was the key that these bytes were first kept under destroyed?"""

    def seal_bytes(self, sha256: str, content: bytes) -> bytes:
        """``content`` as it is written to the store."""

    def seal_text(self, sha256: str, text: str, persons: Collection[SealedPerson]) -> bytes:
        """A text as it is written to the store, these persons' names cut out."""

    def open_bytes(self, sha256: str, kept: bytes) -> tuple[bytes, bool]:
        """The content again, and whether it is whole: a forgotten person's name is not there any
        more. Raises LedgerDamaged when ``kept`` was changed."""

    def cut_body(self, body: str, persons: Collection[SealedPerson]) -> str:
        """A JSON text with these persons' names cut out; itself a JSON text."""

    def join_body(self, cut: str) -> str:
        """The JSON text again, bars where a key was destroyed."""

    def seal_body(self, cut: str, seq: int) -> str:
        """A cut JSON text as it is written to the log and the tables for entry ``seq``; itself a
        JSON text."""

    def unseal_body(self, kept: str, seq: int) -> str:
        """The cut JSON text again. Raises LedgerDamaged when ``kept`` was changed."""

    def is_shut(self, seq: int) -> bool:
        """Was the key of this log entry destroyed? Another entry then holds what is left of it."""

    def blind(self, word: str) -> str:
        """A word as it stands in a column that is looked up by equality; holds no U+0000."""

    def ready(self, shelf: Shelf) -> None:
        """Called once the place of kept files is known, before anything is opened or sealed.
        Raises LedgerDamaged when the ring of keys is not there."""


def open_body(seal: Seal, kept: str, seq: int) -> str:
    """A body as it is read."""
    return seal.join_body(seal.unseal_body(kept, seq))


class Plain:
    """Everything as it is. Only U+0000 is replaced in looked-up words: PostgreSQL has none."""

    name = "plain"

    def __init__(self) -> None:
        self.directory = Directory()

    def name_of(self, sha256: str) -> str:
        return sha256

    def is_forgotten(self, sha256: str) -> bool:
        return False

    def seal_bytes(self, sha256: str, content: bytes) -> bytes:
        return content

    def seal_text(self, sha256: str, text: str, persons: Collection[SealedPerson]) -> bytes:
        return text.encode("utf-8")

    def open_bytes(self, sha256: str, kept: bytes) -> tuple[bytes, bool]:
        return kept, True

    def cut_body(self, body: str, persons: Collection[SealedPerson]) -> str:
        return body

    def join_body(self, cut: str) -> str:
        return cut

    def seal_body(self, cut: str, seq: int) -> str:
        return cut

    def unseal_body(self, kept: str, seq: int) -> str:
        return kept

    def is_shut(self, seq: int) -> bool:
        return False

    def blind(self, word: str) -> str:
        return word.replace("\x00", "\ufffd")

    def ready(self, shelf: Shelf) -> None:
        return


SealOpener = Callable[[str | None], tuple[str | None, Seal]]
"""From what the ledger's ``meta`` table says about its seal (None: nothing, or a new ledger) to
what it shall say and the seal to use."""


def open_plain(parameters: str | None) -> tuple[None, Seal]:
    """The seal of an ordinary ledger.

    Raises:
        LedgerRefused: the ledger is a sealed one.
    """
    if parameters is not None:
        raise LedgerRefused(
            "this ledger is sealed: its bytes, texts and names are encrypted. "
            "Give its key file or passphrase."
        )
    return None, Plain()
