"""What no copy of ours holds, looked for before anything in one is read: links, names that lead out
of it, lines that fill the memory. A pack comes from somebody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from harmledger.ledger.bag import PAYLOAD, TAGS

MAX_LINE_BYTES = 256 * 1024 * 1024
"""Longer than any entry, claim or incident: a report has at most 64 MB."""
_LINES = ("*.jsonl",)


def find_strange(folder: Path) -> Iterator[tuple[str, str]]:
    """File and what is wrong with it."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            yield name, "is a link; a copy holds files alone"
        elif not path.is_dir() and not path.is_file():
            yield name, "is no file; a copy holds files alone"
    for manifest in (TAGS, PAYLOAD):
        yield from _find_outside(folder, manifest)


def find_long_lines(folder: Path) -> Iterator[tuple[str, str]]:
    """File and what is wrong with it; only for a folder in which nothing is strange."""
    for pattern in _LINES:
        for path in sorted((folder / "data").glob(pattern)):
            with path.open("rb") as file:
                while line := file.readline(MAX_LINE_BYTES + 1):
                    if len(line) > MAX_LINE_BYTES:
                        yield path.relative_to(folder).as_posix(), "holds a line that is too long"
                        break


def _find_outside(folder: Path, manifest: str) -> Iterator[tuple[str, str]]:
    path = folder / manifest
    if path.is_symlink() or not path.is_file():
        return
    with path.open("rb") as file:
        while line := file.readline(MAX_LINE_BYTES + 1):
            if len(line) > MAX_LINE_BYTES:
                yield manifest, "holds a line that is too long"
                return
            named = line.decode("utf-8", "replace").rstrip("\n").partition("  ")[2]
            if PurePosixPath(named).is_absolute() or ".." in PurePosixPath(named).parts:
                yield manifest, f"names a file outside: {named!r:.80}"
                return
