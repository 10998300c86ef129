"""References that only the holder of the ledger can follow back.

A plain hash of a short quote or of a name can be found by trying; a keyed one cannot.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

DIGITS = 16
"""Hex digits of a reference (64 bits)."""


class Keyed:
    """HMAC-SHA256 under the ledger's publication key (32 bytes)."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def digest(self, kind: str, content: str) -> str:
        """64 hex digits; ``kind`` keeps equal contents of different kinds apart."""
        return hmac.new(self._key, f"{kind}\0{content}".encode(), sha256).hexdigest()

    def ref(self, kind: str, id_: str) -> str:
        """``<kind>_`` + 16 hex digits for an id of the ledger."""
        return f"{kind}_{self.digest(kind, id_)[:DIGITS]}"
