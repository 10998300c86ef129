"""The names incidents are found by, in memory: harms, places and voices, folded."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]


class Names:
    """Row numbers of incidents by kind and name."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._held: dict[str, dict[str, list[int]]] = {}
        self._of: dict[int, list[tuple[str, str]]] = {}
        self._put(db.execute("SELECT incident, kind, name FROM names"))

    def _put(self, rows: Iterable[tuple[int, str, str]]) -> None:
        pairs: dict[tuple[str, str], tuple[str, str]] = {}
        for n, kind, name in rows:
            pair = pairs.setdefault((kind, name), (kind, name))
            self._held.setdefault(kind, {}).setdefault(pair[1], []).append(n)
            self._of.setdefault(n, []).append(pair)

    def change(self, db: sqlite3.Connection, numbers: Sequence[int]) -> None:
        """Look the names of these incidents up again."""
        for n in numbers:
            for kind, name in self._of.pop(n, ()):
                self._held[kind][name].remove(n)
        marks = ", ".join("?" * len(numbers))
        query = f"SELECT incident, kind, name FROM names WHERE incident IN ({marks})"
        self._put(db.execute(query, numbers))

    def equal(self, kind: str, name: str) -> Numbers:
        """Incidents with exactly this name."""
        return np.array(self._held.get(kind, {}).get(name, ()), np.int64)

    def holding(self, kind: str, said: str) -> Numbers:
        """Incidents with a name that holds what was said, in whatever script and case."""
        folded = said.casefold().strip()
        found = [held for name, held in self._held.get(kind, {}).items() if folded in name]
        return np.array([n for held in found for n in held], np.int64)
