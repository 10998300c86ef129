"""What became of the files that were read: a source that disappears is noticed, never forgotten.

Only files are looked at. A record of a .jsonl file counts as gone when the whole file is; nothing
is fetched, so the state of an address on the web is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from harmledger.core.base import Value
from harmledger.core.ids import sha256_of
from harmledger.ledger import Clock, Ledger

_RECORD = re.compile(r" line \d+$")


class SourceChange(Value, frozen=True, kw_only=True):
    """A captured path whose file is gone, or holds other bytes than those last captured there."""

    path: str
    document: str
    state: Literal["gone", "changed"]


def find_source_changes(ledger: Ledger) -> tuple[SourceChange, ...]:
    """Every captured path where the file is gone or changed, in order of the paths."""
    with ledger.records() as records:
        held = records.captured_paths()
        hashes = {d.id: d.sha256 for d in records.iter_documents()}
    return tuple(_iter_changes(held, hashes))


def _iter_changes(held: dict[str, str], hashes: dict[str, str]) -> Iterator[SourceChange]:
    for path, document in sorted(held.items()):
        file = find_file(path)
        if not file.exists():
            yield SourceChange(path=path, document=document, state="gone")
        elif str(file) == path and sha256_of(file.read_bytes()) != hashes.get(document):
            yield SourceChange(path=path, document=document, state="changed")


def log_absences(ledger: Ledger, paths: Sequence[Path], *, clock: Clock) -> tuple[str, ...]:
    """Log every path below ``paths`` that was captured before and is gone now; gives them. What
    was logged as gone is not logged again until it was seen again."""
    with ledger.records() as records:
        held = records.captured_paths()
    below = [p for p in paths if p.is_dir()]
    gone = [
        (path, document)
        for path, document in sorted(held.items())
        if any(Path(path).is_relative_to(folder) for folder in below)
        and not find_file(path).exists()
    ]
    for path, document in gone:
        ledger.write_absence(document, path, clock().isoformat())
    return tuple(path for path, _ in gone)


def find_file(path: str) -> Path:
    """The file a captured path lies in: a record's path ends in its line."""
    return Path(_RECORD.sub("", path))
