"""Bytes kept under their own hash: written once, whole or not at all, never changed."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

from harmledger.core.errors import LedgerDamaged
from harmledger.core.ids import sha256_of

_READ_ONLY = 0o444


class ContentStore:
    """A folder of read-only files ``ab/cdef…`` named by the sha256 of what they hold."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find_path(self, sha256: str) -> Path | None:
        """Where these bytes lie, or None when they were never kept."""
        path = self._path(sha256)
        return path if path.is_file() else None

    def write(self, content: bytes) -> str:
        """Keep ``content`` and return its sha256.

        The bytes are on disk (fsync) before the name appears, so a process killed at any
        point leaves either the whole file or none.
        """
        sha256 = sha256_of(content)
        path = self._path(sha256)
        if path.exists():
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = self._partial_folder() / f"{sha256}.{secrets.token_hex(4)}"
        with partial.open("xb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        partial.chmod(_READ_ONLY)
        partial.replace(path)
        _sync_folder(path.parent)
        return sha256

    def read(self, sha256: str) -> bytes:
        """The bytes with this hash.

        Raises:
            LedgerDamaged: they are not there, or are not what their name says.
        """
        path = self._path(sha256)
        if not path.is_file():
            raise LedgerDamaged(
                f"{path} is missing: the ledger names these bytes, the store does not hold them. "
                "Bring the file back from a copy of the store, then run `harmledger verify`."
            )
        content = path.read_bytes()
        if sha256_of(content) != sha256:
            raise LedgerDamaged(
                f"{path} does not hold the bytes its name promises. "
                "Bring the file back from a copy of the store, then run `harmledger verify`."
            )
        return content

    def iter_hashes(self) -> Iterator[str]:
        """Every hash kept, in order."""
        if not self.folder.is_dir():
            return
        for shelf in sorted(p for p in self.folder.iterdir() if len(p.name) == 2 and p.is_dir()):
            for path in sorted(shelf.iterdir()):
                yield shelf.name + path.name

    def remove_partials(self) -> None:
        """Drop what a killed process left half written. Only a writer may call this."""
        for path in self._partial_folder().iterdir():
            path.unlink()

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256[2:]

    def _partial_folder(self) -> Path:
        folder = self.folder / "partial"
        folder.mkdir(parents=True, exist_ok=True)
        return folder


class StoredTexts(Mapping[str, str]):
    """Texts by their hash, each read from the store when asked for and not kept."""

    def __init__(self, store: ContentStore) -> None:
        self._store = store

    def __getitem__(self, sha256: str) -> str:
        if self._store.find_path(sha256) is None:
            raise KeyError(sha256)
        return self._store.read(sha256).decode("utf-8")

    def __iter__(self) -> Iterator[str]:
        return self._store.iter_hashes()

    def __len__(self) -> int:
        return sum(1 for _ in self._store.iter_hashes())


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable; systems that cannot open folders skip this."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
