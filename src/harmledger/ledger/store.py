"""Bytes kept under their own hash: written once, whole or not at all, never changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

from harmledger.core.errors import LedgerDamaged, LedgerError
from harmledger.core.ids import sha256_of
from harmledger.ledger.people import SealedPerson
from harmledger.ledger.seal import Plain, Seal
from harmledger.ledger.shelf import Shelf, open_shelf

_NEXT = "Bring the file back from a copy of the store, then run `harmledger verify`."


class ContentStore:
    """Contents by the sha256 of what they say, on a shelf, through a seal."""

    def __init__(self, place: Path | str | Shelf, seal: Seal | None = None) -> None:
        self.shelf = open_shelf(place) if isinstance(place, Path | str) else place
        self.seal = seal or Plain()

    def has(self, sha256: str) -> bool:
        """Are these bytes kept? Says nothing about whether they are whole."""
        return self.shelf.has(self.seal.name_of(sha256))

    def where(self, sha256: str) -> str:
        """The place of the file that keeps these bytes, for messages."""
        return self.shelf.where(self.seal.name_of(sha256))

    def write(self, content: bytes) -> str:
        """Keep ``content`` and return its sha256; what is kept already is not written again.

        The bytes are on disk before the name appears, so a process killed at any point leaves
        either the whole file or none.

        Raises:
            LedgerError: the store cannot be written.
        """
        self.write_all((content,))
        return sha256_of(content)

    def write_all(
        self,
        contents: Iterable[bytes],
        texts: Iterable[tuple[str, Collection[SealedPerson]]] = (),
    ) -> None:
        """Keep all of these; quicker than one by one, because the disk is waited for once.
        ``texts``: with the persons whose names are cut out.

        Raises:
            LedgerError: the store cannot be written.
        """
        self.start_writing(contents, texts)()

    def start_writing(
        self,
        contents: Iterable[bytes],
        texts: Iterable[tuple[str, Collection[SealedPerson]]] = (),
    ) -> Callable[[], None]:
        """As :meth:`write_all`, but the disk is waited for, and what it says is raised, when the
        answer is called."""
        new: dict[str, bytes] = {}
        for text, persons in texts:
            sha256 = sha256_of(text.encode("utf-8"))
            if (name := self._find_new(sha256, new)) is not None:
                new[name] = self.seal.seal_text(sha256, text, persons)
        for content in contents:
            sha256 = sha256_of(content)
            if (name := self._find_new(sha256, new)) is not None:
                new[name] = self.seal.seal_bytes(sha256, content)
        if not new:
            return lambda: None
        return self._disk.submit(self.shelf.put_all, new).result

    @cached_property
    def _disk(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(1, "disk")

    def _find_new(self, sha256: str, new: Mapping[str, bytes]) -> str | None:
        """The name to keep this under; None where it is kept, or was forgotten."""
        name = self.seal.name_of(sha256)
        known = name in new or self.shelf.has(name) or self.seal.is_forgotten(sha256)
        return None if known else name

    def is_forgotten(self, sha256: str) -> bool:
        """Did these bytes name somebody who was forgotten, so that they are no longer here?"""
        return self.seal.is_forgotten(sha256) and not self.shelf.has(self.seal.name_of(sha256))

    def read(self, sha256: str) -> bytes:
        """The bytes with this hash.

        Raises:
            LedgerDamaged: they are not there, or are not what their name says.
        """
        name = self.seal.name_of(sha256)
        if self.seal.is_forgotten(sha256) and not self.shelf.has(name):
            raise LedgerDamaged(
                f"the bytes with sha256 {sha256} named somebody who was forgotten; their key was "
                "destroyed with the decision `forget` in the log. Nothing brings them back."
            )
        kept = self.read_kept(name)
        content, whole = self.seal.open_bytes(sha256, kept)
        if whole and not self.seal.is_forgotten(sha256) and sha256_of(content) != sha256:
            raise LedgerDamaged(
                f"{self.where(sha256)} does not hold the bytes its name promises. {_NEXT}"
            )
        return content

    def iter_names(self) -> Iterator[str]:
        """Every name kept, in order; for a plain store these are the hashes."""
        return self.shelf.iter_names()

    def read_kept(self, name: str) -> bytes:
        """A kept file as it lies there, sealed or not: what a backup copies.

        Raises:
            LedgerDamaged: it is not there.
            LedgerError: it cannot be read.
        """
        try:
            return self.shelf.get(name)
        except FileNotFoundError as error:
            raise LedgerDamaged(
                f"{self.shelf.where(name)} is missing: the ledger names these bytes, the store "
                f"does not hold them. {_NEXT}"
            ) from error
        except OSError as error:
            raise LedgerError(
                f"{self.shelf.where(name)} cannot be read: {error.strerror or error}. "
                "Give permission to read the store, or bring back the disk it lies on."
            ) from error

    def write_kept(self, name: str, kept: bytes) -> None:
        """Put back a file as :meth:`read_kept` gave it."""
        if not self.shelf.has(name):
            self.shelf.put_all({name: kept})

    def remove_partials(self) -> None:
        """Drop what a killed process left half written. Only a lone writer may call this."""
        self.shelf.remove_partials()


class StoredTexts(Mapping[str, str]):
    """Texts by their hash, each read from the store when asked for and not kept."""

    def __init__(self, store: ContentStore) -> None:
        self._store = store

    def __getitem__(self, sha256: str) -> str:
        if not self._store.has(sha256):
            raise KeyError(sha256)
        return self._store.read(sha256).decode("utf-8")

    def __iter__(self) -> Iterator[str]:
        return self._store.iter_names()

    def __len__(self) -> int:
        return sum(1 for _ in self._store.iter_names())
