"""The publication key: what ties an edition's references to this ledger and to no other."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from harmledger.core.errors import WrongUsage

KEY_BYTES = 32


def load_publication_key(ledger: str | Path, key: Path | None = None) -> bytes:
    """The 32 bytes in ``key``; by default in ``<ledger>.publication-key``, made at first use and
    readable by its owner alone. Losing it loses the way back from published references.

    Raises:
        WrongUsage: the file is no such key, or the ledger is a database and no file is named.
    """
    if key is None:
        if "://" in str(ledger):
            raise WrongUsage(
                "this ledger is a database; name a file for its publication key with --key."
            )
        key = Path(f"{ledger}.publication-key")
    if not key.exists():
        _write_key(key)
    content = key.read_text("ascii", errors="replace").strip()
    try:
        found = bytes.fromhex(content)
    except ValueError:
        found = b""
    if len(found) != KEY_BYTES:
        raise WrongUsage(f"{key} holds no publication key (64 hex digits); name another file.")
    return found


def _write_key(path: Path) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES) + "\n")
