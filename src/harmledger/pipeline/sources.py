"""What became of the files that were read: a source that disappears is noticed, never forgotten.

Only files are looked at. A record of a .jsonl file counts as gone when the whole file is; nothing
is fetched, so the state of an address on the web is not known here. A file of another computer,
and a path that an earlier version kept as it was typed, cannot be looked for from here: such a
place is never called gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from harmledger.core.base import Value
from harmledger.core.ids import sha256_of
from harmledger.core.location import find_host, parse_location, show_location, write_location
from harmledger.ledger import Clock, Ledger, Sight, find_sights

_RECORD = re.compile(r" line \d+$")

State = Literal["gone", "changed", "elsewhere"]


class SourceChange(Value, frozen=True, kw_only=True):
    """A captured file that is gone, or holds other bytes than those last captured there, or
    cannot be looked for from here (``elsewhere``). ``path``: as a person here would name it;
    ``noticed_at``: when a run put it into the log, None for what is new."""

    path: str
    file: str | None
    document: str
    state: State
    noticed_at: str | None = None

    @property
    def is_new(self) -> bool:
        """Something happened to it that no run has logged."""
        return self.state != "elsewhere" and self.noticed_at is None


def find_source_changes(ledger: Ledger) -> tuple[SourceChange, ...]:
    """Every captured file that is not as it was last captured, in the order of places; those known
    to be gone among them, with when that was noticed."""
    with ledger.records() as records:
        sights = find_sights(records)
        hashes = {d.id: d.sha256 for d in records.iter_documents()}
    return tuple(_iter_changes(sights, hashes))


def _iter_changes(sights: Iterable[Sight], hashes: Mapping[str, str]) -> Iterator[SourceChange]:
    for sight in sights:
        state = _find_state(sight, hashes.get(sight.document))
        if state is not None:
            yield _change(sight, state)


def _change(sight: Sight, state: State) -> SourceChange:
    return SourceChange(
        path=sight.path if sight.file is None else show_location(sight.file),
        file=sight.file,
        document=sight.document,
        state=state,
        noticed_at=sight.gone_since if state == "gone" else None,
    )


def _find_state(sight: Sight, sha256: str | None) -> State | None:
    file, is_whole = find_file(sight)
    if file is None:
        return None if _is_typed_here(sight, sha256) else "elsewhere"
    if not file.exists():
        return "gone"
    if sight.gone_since is not None:
        return "changed"  # something is there again, and nobody has looked what
    if not is_whole or sha256_of(file.read_bytes()) == sha256:
        return None
    return "changed"


def _is_typed_here(sight: Sight, sha256: str | None) -> bool:
    """A path kept as it was typed, and the same bytes (of a record: some file) lie there, seen
    from the folder the program runs in."""
    file = Path(_RECORD.sub("", sight.path))
    if sight.file is not None or sight.gone_since is not None or not file.is_file():
        return False
    return str(file) != sight.path or sha256_of(file.read_bytes()) == sha256


def find_file(sight: Sight) -> tuple[Path | None, bool]:
    """The file of this computer that was captured (None: it cannot be looked for from here), and
    whether the whole file was, not one line of it."""
    if sight.file is not None:
        found = parse_location(sight.file)
        return (found.path if found.host == find_host() else None), found.line is None
    bare = Path(_RECORD.sub("", sight.path))
    return (bare if bare.is_absolute() else None), str(bare) == sight.path


def log_absences(
    ledger: Ledger, paths: Sequence[Path], *, clock: Clock
) -> tuple[SourceChange, ...]:
    """Log every file below ``paths`` that was captured before and is gone now; gives them. What
    was logged as gone is not logged again until it was seen again."""
    with ledger.records() as records:
        sights = find_sights(records)
    below = [parse_location(write_location(p / "x")).path.parent for p in paths if p.is_dir()]
    gone = [s for s in sights if s.gone_since is None and _is_missed(s, below)]
    for sight in gone:
        ledger.write_absence(sight, clock().isoformat())
    return tuple(_change(sight, "gone") for sight in gone)


def _is_missed(sight: Sight, below: Sequence[Path]) -> bool:
    file, _ = find_file(sight)
    if file is None or not any(file.is_relative_to(folder) for folder in below):
        return False
    return not file.exists()
