"""How what is kept is written down: as it is, or encrypted. The seam of sealed ledgers.

Everything the ledger writes goes through one :class:`Seal`: the content store hands it bytes,
the log and the tables hand it bodies (canonical JSON), and the few columns that are looked up
by equality (names, paths, addresses, actors) hand it single words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from harmledger.core.errors import LedgerRefused


class Seal(Protocol):
    """A way of keeping bytes, bodies and words.

    All of it is deterministic: equal input gives equal output under the same key, because the
    tables are made again from the log and compared, and because equal bytes are kept once.
    The chain is hashed over bodies as kept, so it verifies without the key.
    """

    @property
    def name(self) -> str:
        """What stands in messages: ``plain``, or the scheme and its version."""

    def name_of(self, sha256: str) -> str:
        """The name in the store (64 hex digits) of the bytes with this hash."""

    def seal_bytes(self, sha256: str, content: bytes) -> bytes:
        """``content`` as it is written to the store."""

    def open_bytes(self, sha256: str, kept: bytes) -> bytes:
        """The content again. Raises LedgerDamaged when ``kept`` was changed."""

    def seal_body(self, body: str) -> str:
        """A JSON text as it is written to log and tables; itself a JSON text."""

    def open_body(self, kept: str) -> str:
        """The JSON text again. Raises LedgerDamaged when ``kept`` was changed."""

    def blind(self, word: str) -> str:
        """A word as it stands in a column that is looked up by equality; holds no U+0000."""


class Plain:
    """Everything as it is. Only U+0000 is replaced in looked-up words: PostgreSQL has none."""

    name = "plain"

    def name_of(self, sha256: str) -> str:
        return sha256

    def seal_bytes(self, sha256: str, content: bytes) -> bytes:
        return content

    def open_bytes(self, sha256: str, kept: bytes) -> bytes:
        return kept

    def seal_body(self, body: str) -> str:
        return body

    def open_body(self, kept: str) -> str:
        return kept

    def blind(self, word: str) -> str:
        return word.replace("\x00", "\ufffd")


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
