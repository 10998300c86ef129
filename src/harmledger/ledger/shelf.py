"""Where kept files lie: a folder, or any file system fsspec knows. Names are 64 hex digits."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, Protocol

from harmledger.core.errors import LedgerError, WrongUsage

_READ_ONLY = 0o444
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_FEW, _WAITING = 4, 4
"""From how many files on the disk is waited for by several threads, and by how many."""


class Shelf(Protocol):
    """Write-once files by name. Of each file ``put_all`` leaves the whole or nothing, killed at
    any point."""

    def has(self, name: str) -> bool: ...

    def put_all(self, files: Mapping[str, bytes]) -> None:
        """Put every file; all of them are on disk when this returns."""

    def get(self, name: str) -> bytes:
        """Raises FileNotFoundError."""

    def iter_names(self) -> Iterator[str]:
        """Every name kept, in order."""

    def remove_partials(self) -> None:
        """Drop what a killed process left half written. Only a lone writer may call this."""

    def where(self, name: str) -> str:
        """The file's place, for messages."""

    def remove_all(self, names: Iterable[str]) -> None:
        """Take away files that nothing can open any more; those not there are no error."""

    def get_note(self, name: str) -> bytes | None:
        """A small file beside the others that may change (the ring of keys); None: not there."""

    def put_note(self, name: str, content: bytes) -> None:
        """Put a note in the place of the one before, in one step; the one before is written over
        where the file system lets that be done."""

    def where_note(self, name: str) -> str:
        """The note's place, for messages."""


class FolderShelf:
    """Read-only files ``ab/cdef…`` below a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has(self, name: str) -> bool:
        return self._path(name).is_file()

    def put_all(self, files: Mapping[str, bytes]) -> None:
        try:
            self._put_all(files)
        except OSError as error:
            raise LedgerError(
                f"{error.filename or self.folder} cannot be written: {error.strerror or error}. "
                "Nothing was added to the record; make room or give permission, then run the "
                "same command again."
            ) from error

    def _put_all(self, files: Mapping[str, bytes]) -> None:
        """All bytes are written before the first is waited for: the disk does them together."""
        waiting = self._partial_folder()
        partials = {name: waiting / f"{name}.{secrets.token_hex(4)}" for name in files}
        try:
            with ExitStack() as stack:
                handles: list[int] = []
                for name, kept in files.items():
                    handle = os.open(partials[name], _NEW, _READ_ONLY)
                    stack.callback(os.close, handle)
                    _write_whole(handle, kept)
                    handles.append(handle)
                _wait_all(os.fsync, handles)
            folders = sorted({self._path(name).parent for name in files})
            for folder in folders:
                folder.mkdir(parents=True, exist_ok=True)
            for name, partial in partials.items():
                partial.replace(self._path(name))
        except OSError:
            for partial in partials.values():
                partial.unlink(missing_ok=True)
            raise
        _wait_all(_sync_folder, folders)

    def get(self, name: str) -> bytes:
        return self._path(name).read_bytes()

    def iter_names(self) -> Iterator[str]:
        if not self.folder.is_dir():
            return
        for shelf in sorted(p for p in self.folder.iterdir() if len(p.name) == 2 and p.is_dir()):
            for path in sorted(shelf.iterdir()):
                yield shelf.name + path.name

    def remove_partials(self) -> None:
        folder = self.folder / "partial"
        for path in folder.iterdir() if folder.is_dir() else ():
            path.unlink()

    def where(self, name: str) -> str:
        return str(self._path(name))

    def remove_all(self, names: Iterable[str]) -> None:
        for name in names:
            self._path(name).unlink(missing_ok=True)

    def get_note(self, name: str) -> bytes | None:
        path = self.folder / name
        return path.read_bytes() if path.exists() else None

    def put_note(self, name: str, content: bytes) -> None:
        path = self.folder / name
        partial = self._partial_folder() / f"{name}.{secrets.token_hex(4)}"
        try:
            handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            with ExitStack() as stack:
                old = stack.enter_context(path.open("r+b")) if path.exists() else None
                partial.replace(path)
                _sync_folder(self.folder)
                if old is not None:
                    old.write(secrets.token_bytes(os.fstat(old.fileno()).st_size))
                    old.flush()
                    os.fsync(old.fileno())
        except OSError as error:
            raise LedgerError(
                f"{path} cannot be written: {error.strerror or error}. Make room or give "
                "permission, then run the same command again."
            ) from error

    def where_note(self, name: str) -> str:
        return str(self.folder / name)

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name[2:]

    def _partial_folder(self) -> Path:
        folder = self.folder / "partial"
        folder.mkdir(parents=True, exist_ok=True)
        return folder


class RemoteShelf:
    """The same layout on any fsspec file system (``s3://…``, ``sftp://…``, ``memory://…``).

    A file is written under ``partial/`` and then moved: where the file system cannot move in one
    step, the name may be seen before the bytes are whole, and ``verify`` says so.
    """

    def __init__(self, address: str) -> None:
        try:
            import fsspec  # type: ignore[import-untyped]
        except ModuleNotFoundError as error:
            raise WrongUsage(
                f"a store at {address} needs fsspec: pip install 'harmledger[remote-store]'."
            ) from error
        try:
            self._files, self._root = fsspec.core.url_to_fs(address)
        except (ImportError, ValueError, OSError) as error:
            raise WrongUsage(f"no file system opens {address}: {error}.") from error
        self.address = address

    def has(self, name: str) -> bool:
        return bool(self._files.isfile(self._path(name)))

    def put_all(self, files: Mapping[str, bytes]) -> None:
        for name, kept in files.items():
            self._put(name, kept)

    def _put(self, name: str, kept: bytes) -> None:
        path, partial = self._path(name), f"{self._root}/partial/{name}.{secrets.token_hex(4)}"
        try:
            self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._files.makedirs(f"{self._root}/partial", exist_ok=True)
            self._files.pipe_file(partial, kept)
            self._files.mv(partial, path)
        except OSError as error:
            raise LedgerError(
                f"{self.where(name)} cannot be written: {error}. Nothing was added to the record; "
                "see that the store can be reached, then run the same command again."
            ) from error

    def get(self, name: str) -> bytes:
        content: bytes = self._files.cat_file(self._path(name))
        return content

    def iter_names(self) -> Iterator[str]:
        if not self._files.isdir(self._root):
            return
        found: list[Any] = self._files.find(self._root)
        for path in sorted(str(p) for p in found):
            shelf, _, rest = path.removeprefix(self._root).strip("/").partition("/")
            if len(shelf) == 2:
                yield shelf + rest

    def remove_partials(self) -> None:
        partial = f"{self._root}/partial"
        if self._files.isdir(partial):
            for path in self._files.find(partial):
                self._files.rm_file(path)

    def where(self, name: str) -> str:
        return f"{self.address}/{name[:2]}/{name[2:]}"

    def remove_all(self, names: Iterable[str]) -> None:
        for name in names:
            if self.has(name):
                self._files.rm_file(self._path(name))

    def get_note(self, name: str) -> bytes | None:
        path = f"{self._root}/{name}"
        if not self._files.isfile(path):
            return None
        content: bytes = self._files.cat_file(path)
        return content

    def put_note(self, name: str, content: bytes) -> None:
        path = f"{self._root}/{name}"
        partial = f"{self._root}/partial/{name}.{secrets.token_hex(4)}"
        try:
            self._files.makedirs(f"{self._root}/partial", exist_ok=True)
            self._files.pipe_file(partial, content)
            self._files.mv(partial, path)
        except OSError as error:
            raise LedgerError(
                f"{self.where_note(name)} cannot be written: {error}. See that the store can be "
                "reached, then run the same command again."
            ) from error

    def where_note(self, name: str) -> str:
        return f"{self.address}/{name}"

    def _path(self, name: str) -> str:
        return f"{self._root}/{name[:2]}/{name[2:]}"


def open_shelf(place: Path | str) -> Shelf:
    """The shelf at a folder, or at an address with ``://``.

    Raises:
        WrongUsage: fsspec is not installed, or knows no such file system.
    """
    if isinstance(place, str) and "://" in place:
        return RemoteShelf(place.rstrip("/"))
    return FolderShelf(Path(place))


def _write_whole(handle: int, content: bytes) -> None:
    """Write it all, and tell the disk to begin: whoever waits later waits for less."""
    left = memoryview(content)
    while left:
        left = left[os.write(handle, left) :]
    if sys.platform == "linux":
        with suppress(OSError):  # advice only: nothing but time is lost where it is not taken
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)


def _wait_all(wait: Callable[[Any], None], things: Sequence[Any]) -> None:
    """Wait for the disk for all of these at once: it writes one journal for many who wait."""
    if len(things) < _FEW:
        for thing in things:
            wait(thing)
        return

    def wait_each(some: Sequence[Any]) -> None:
        for thing in some:
            wait(thing)

    with ThreadPoolExecutor(_WAITING) as pool:
        shares = [pool.submit(wait_each, things[start::_WAITING]) for start in range(_WAITING)]
        for share in shares:
            share.result()


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable; systems that cannot open folders skip this."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
