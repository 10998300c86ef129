"""The names incidents are found by, in memory: harms, places and voices, folded."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Pair = tuple[str, str]
"""Kind and name."""
_ALL = "SELECT incident, kind, name FROM names"


class Names:
    """Row numbers of incidents by kind and name, rising."""

    def __init__(self, db: sqlite3.Connection) -> None:
        held: dict[str, dict[str, list[int]]] = {}
        self._of: dict[int, list[Pair]] = {}
        """What each incident is found by."""
        for n, pair in _iter_pairs(db.execute(f"{_ALL} ORDER BY incident")):
            held.setdefault(pair[0], {}).setdefault(pair[1], []).append(n)
            self._of.setdefault(n, []).append(pair)
        self._held = {
            kind: {name: np.array(numbers, np.int64) for name, numbers in names.items()}
            for kind, names in held.items()
        }

    def change(self, db: sqlite3.Connection, numbers: Sequence[int]) -> None:
        """Look the names of these incidents up again."""
        marks = ", ".join("?" * len(numbers))
        fresh: dict[int, list[Pair]] = {n: [] for n in numbers}
        for n, pair in _iter_pairs(db.execute(f"{_ALL} WHERE incident IN ({marks})", numbers)):
            fresh[n].append(pair)
        for n, now in fresh.items():
            before = self._of.get(n, [])
            for pair in set(before) - set(now):
                self._take(pair, n)
            for pair in set(now) - set(before):
                self._put(pair, n)
            self._of[n] = now

    def _take(self, pair: Pair, n: int) -> None:
        held = self._held[pair[0]][pair[1]]
        self._held[pair[0]][pair[1]] = np.delete(held, np.searchsorted(held, n))

    def _put(self, pair: Pair, n: int) -> None:
        names = self._held.setdefault(pair[0], {})
        held = names.get(pair[1], np.zeros(0, np.int64))
        names[pair[1]] = np.insert(held, np.searchsorted(held, n), n)

    def equal(self, kind: str, name: str) -> Numbers:
        """Incidents with exactly this name."""
        return self._held.get(kind, {}).get(name, np.zeros(0, np.int64))

    def holding(self, kind: str, said: str) -> Numbers:
        """Incidents with a name that holds what was said, in whatever script and case."""
        folded = said.casefold().strip()
        found = [held for name, held in self._held.get(kind, {}).items() if folded in name]
        return np.concatenate(found) if found else np.zeros(0, np.int64)


def _iter_pairs(rows: Iterable[tuple[int, str, str]]) -> Iterator[tuple[int, Pair]]:
    """Equal pairs are one value: there are many times more rows than names."""
    known: dict[Pair, Pair] = {}
    for n, kind, name in rows:
        yield n, known.setdefault((kind, name), (kind, name))
