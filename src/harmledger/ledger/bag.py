"""A BagIt folder (RFC 8493): payload below ``data/``, every file with its sha256 in a manifest."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from harmledger.core.errors import LedgerError, WrongUsage

_LINE = re.compile(r"([0-9a-f]{64})  ([^\x00]+)")
PAYLOAD, TAGS = "manifest-sha256.txt", "tagmanifest-sha256.txt"
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class Bag:
    """A bag being written; made by :func:`new_bag`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._hashes: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> None:
        """One payload file, ``name`` below ``data/``."""
        with self.open(name) as file:
            file.write(content)

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """A payload file to write into piece by piece."""
        path = self.folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            yield file

    def has(self, name: str) -> bool:
        """Is there such a payload file yet?"""
        return (self.folder / "data" / name).exists()

    def hash_payload(self) -> dict[str, str]:
        """sha256 of the payload files so far, by path below ``data/``; each is read once."""
        return {n.removeprefix("data/"): sha256 for n, sha256 in self._hash_all("data").items()}

    def add_tag(self, name: str, content: bytes) -> None:
        """A file about the bag, beside ``data/``."""
        (self.folder / name).write_bytes(content)

    def close(self, info: Mapping[str, str]) -> None:
        """Write declaration, ``info`` and manifests; nothing can be added afterwards."""
        payload = self._hash_all("data")
        size = sum((self.folder / name).stat().st_size for name in payload)
        lines = {**info, "Payload-Oxum": f"{size}.{len(payload)}"}
        self.add_tag("bagit.txt", _DECLARATION.encode())
        text = "".join(f"{key}: {value}\n" for key, value in lines.items())
        self.add_tag("bag-info.txt", text.encode())
        self.add_tag(PAYLOAD, _render(payload))
        self.add_tag(TAGS, _render(self._hash_all("", skip=TAGS)))

    def _hash_all(self, below: str, skip: str = "") -> dict[str, str]:
        top = self.folder / below if below else self.folder
        paths = top.rglob("*") if below else top.iterdir()
        names = (p.relative_to(self.folder).as_posix() for p in paths if p.is_file())
        return {name: self._hash(name) for name in sorted(names) if name != skip}

    def _hash(self, name: str) -> str:
        if name not in self._hashes:
            self._hashes[name] = hash_file(self.folder / name)
        return self._hashes[name]


def check_files(folder: Path) -> Iterator[tuple[str, str]]:
    """Where a bag's files are not what its manifests say, or there are others: file and what."""
    listed = {TAGS}
    for manifest in (TAGS, PAYLOAD):
        content = (folder / manifest).read_bytes().decode("utf-8", "replace")
        for line in content.split("\n")[:-1]:
            named = _LINE.fullmatch(line)
            name = named[2] if named else manifest
            listed.add(name)
            path = folder / name
            if named is None or not path.is_file() or hash_file(path) != named[1]:
                yield name, f"is missing, or not what {manifest} says"
    names = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    yield from ((name, "is in no manifest") for name in sorted(names - listed))


@contextmanager
def new_bag(folder: Path) -> Iterator[Bag]:
    """A bag written beside ``folder`` and moved there in one step when the block ends well.

    Raises:
        WrongUsage: there is something at ``folder`` already.
        LedgerError: the disk is full or cannot be written.
    """
    if folder.exists():
        raise WrongUsage(f"there is something at {folder} already; name a folder that is not.")
    if not folder.parent.is_dir():
        raise WrongUsage(f"{folder.parent} is not a folder; make it first.")
    try:
        staging = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            yield Bag(staging)
            staging.chmod(0o755)
            staging.rename(folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise LedgerError(
            f"{folder} cannot be written: {error.strerror or error}. Nothing was left there and "
            "the ledger is as it was; make room or give permission, then try again."
        ) from error


def hash_file(path: Path) -> str:
    """sha256 of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _render(hashes: Mapping[str, str]) -> bytes:
    return "".join(f"{sha256}  {name}\n" for name, sha256 in hashes.items()).encode()
