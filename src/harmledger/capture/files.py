"""Walk files and folders and hand out their bytes, one item at a time.

Nothing is decoded here and nothing is kept: memory stays flat however many files there are.
What cannot be handed out is a :class:`~harmledger.core.document.Refusal` and stops nothing.

Inside a folder three things are passed over on purpose: hidden files and folders (a name that
starts with a dot), files called README (they describe the folder, they are no report), and a
folder that was already walked under another name. A README named on the command line is read.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from harmledger.capture.records import find_records, refuse, shown
from harmledger.core.document import Item, Refusal
from harmledger.core.ids import sha256_of
from harmledger.core.location import write_location

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
}
RECORDS = ".jsonl"
MAX_FILE_BYTES = 64 * 1024 * 1024
"""A single report larger than this is refused; a .jsonl file has no limit, its lines have."""
SUPPORTED = ", ".join([*MEDIA_TYPES, RECORDS])

Place = tuple[int, int]
"""Device and inode: what a folder is, whatever name led to it."""


def find_items(paths: Sequence[Path]) -> Iterator[Item | Refusal]:
    """Items of ``paths`` in order; folders are walked recursively, names sorted.

    A .jsonl file gives one item per line that is not empty. Same bytes under two names are two
    items: whether they are one document is for the ledger to say. Never raises for a path:
    what cannot be read comes as a refusal that names it and the reason.
    """
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path)
        else:
            yield from _in_file(path)


def _in_folder(top: Path) -> Iterator[Item | Refusal]:
    found = False
    for path in _walk(top):
        found = True
        if isinstance(path, Refusal):
            yield path
        else:
            yield from _in_file(path)
    if not found:
        reason = f"the folder holds nothing to read; put {SUPPORTED} files in it"
        yield refuse(top, reason, "unreadable")


def _walk(top: Path) -> Iterator[Path | Refusal]:
    """Files below ``top``, depth first, names sorted. Iterative: folders may nest deeply."""
    seen: set[Place] = set()
    waiting: list[tuple[Path, frozenset[Place]]] = [(top, frozenset())]
    while waiting:
        path, above = waiting.pop()
        try:
            if not path.is_dir():
                yield path
                continue
            here = _place(path)
            if here in above:
                reason = "a link back to a folder it lies in; it was read once"
                yield refuse(path, reason, "unreadable")
            elif here not in seen:
                seen.add(here)
                inside = [(path / name, above | {here}) for name in _names(path)]
                waiting.extend(reversed(inside))
        except OSError as error:
            yield _unreadable(path, error)


def _place(path: Path) -> Place:
    status = path.stat()
    return status.st_dev, status.st_ino


def _names(folder: Path) -> list[str]:
    return sorted(
        name
        for name in (path.name for path in folder.iterdir())
        if not name.startswith(".") and Path(name).stem.upper() != "README"
    )


def _in_file(path: Path) -> Iterator[Item | Refusal]:
    ending = path.suffix.lower()
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            reason = "not a regular file; name a file or a folder"
            yield refuse(path, reason, "unreadable")
        elif ending == RECORDS:
            yield from find_records(path)
        elif ending in MEDIA_TYPES:
            yield _read_whole(path, MEDIA_TYPES[ending])
        else:
            reason = f"no reader takes {ending or 'a file without an ending'}; we read {SUPPORTED}"
            yield refuse(path, reason, "unknown_media_type")
    except OSError as error:
        yield _unreadable(path, error)


def _read_whole(path: Path, media_type: str) -> Item | Refusal:
    with path.open("rb") as file:
        content = file.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 1024 // 1024
        reason = f"larger than {limit} MB, too large for one report; split it, or make it .jsonl"
        return refuse(path, reason, "unreadable")
    return Item(
        name=shown(Path(path.stem)),
        path=shown(path),
        file=write_location(path),
        media_type=media_type,
        content=content,
        sha256=sha256_of(content),
    )


def _unreadable(path: Path, error: OSError) -> Refusal:
    reason = f"cannot be opened: {error.strerror or error}"
    return refuse(path, reason, "unreadable")
