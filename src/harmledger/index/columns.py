"""What filters, sums and maps go through, in memory: a few numbers an incident and a reading.

Loaded from the tables when an index is opened and told of every patch, so that no view of
everything waits for a disk or is counted again from rows. Incidents are known by their row
number; bodies stay in the tables.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from harmledger.index.filters import Filters, Sort
from harmledger.index.names import Names

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]
Coded = Literal["country", "site", "grade", "status", "week", "month", "year", "place"]
CODED: tuple[Coded, ...] = (
    "country",
    "site",
    "grade",
    "status",
    "week",
    "month",
    "year",
    "place",
)
DATED = ("day", "last_day", "first_said", "last_said")
COUNTED = ("pending", "largest")
NO_NUMBER = -1
"""A bound that is not stated; figures are never negative."""
COUNTRY_WIDE = 6
"""A country's middle is no place of anything (where_prec 6)."""
MASKS_KEPT = 64
_ROW = """SELECT n, id, place, lat, lon, precision, {} FROM incidents""".format(
    ", ".join((*CODED, *DATED, *COUNTED))
)
_HOMES = "SELECT c.n, i.n FROM claims c JOIN incidents i ON i.id = c.incident"
_READINGS = """SELECT policy, harm, unit, incident, low, best, high, origins, on_words, set_aside
    FROM readings WHERE main = 1"""
Spot = tuple[str | None, float | None, float | None, int | None]
Key = tuple[str, str, str]


class Codes:
    """Texts as small numbers; 0 is none."""

    def __init__(self) -> None:
        self.texts: list[Any] = [None]
        self._of: dict[Any, int] = {None: 0}

    def of(self, text: Any) -> int:
        found = self._of.get(text)
        if found is None:
            found = self._of[text] = len(self.texts)
            self.texts.append(text)
        return found

    def find(self, text: Any) -> int:
        """-1 where nothing has this text."""
        return self._of.get(text, -1)


class Block:
    """Readings of one policy, harm and unit: one row an incident, in the order of incidents."""

    columns = ("low", "best", "high", "origins", "on_words", "set_aside")

    def __init__(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self.table = make_table(rows)

    def change(self, n: int, row: tuple[Any, ...] | None) -> None:
        """Another row for this incident, or none."""
        at = int(np.searchsorted(self.table[0], n))
        is_here = at < self.table.shape[1] and self.table[0, at] == n
        if row is not None and is_here:
            self.table[:, at] = make_table([row])[:, 0]
        elif row is not None:
            self.table = np.insert(self.table, at, make_table([row])[:, 0], axis=1)
        elif is_here:
            self.table = np.delete(self.table, at, axis=1)

    def within(self, mask: Mask) -> Numbers:
        """The columns incident, low, best, high, origins, on_words, set_aside as rows."""
        found: Numbers = self.table[:, mask[self.table[0]]]
        return found


def make_table(rows: Sequence[tuple[Any, ...]]) -> Numbers:
    """Rows of incident, low, best, high, origins, on_words, set_aside, as columns."""
    filled = [[NO_NUMBER if v is None else v for v in row] for row in rows]
    return np.array(filled, np.int64).reshape(-1, 1 + len(Block.columns)).T.copy()


class Columns:
    """Reads and changes may come from any thread; each sees the whole of a patch or nothing."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._guard = threading.RLock()
        size = 1 + int(db.execute("SELECT coalesce(max(n), 0) FROM incidents").fetchone()[0])
        self.alive: Mask = np.zeros(size, np.bool_)
        self.codes = {name: Codes() for name in CODED}
        self.coded = {name: np.zeros(size, np.int32) for name in CODED}
        self.dated = {name: np.zeros(size, "S32") for name in DATED}
        self.counted = {name: np.zeros(size, np.int64) for name in COUNTED}
        self.spots: list[Spot] = [(None, None, None, None)]
        self._spot_of: dict[Spot, int] = {self.spots[0]: 0}
        self.spot = np.zeros(size, np.int32)
        self.is_placed: Mask = np.zeros(size, np.bool_)
        self.numbers: dict[str, int] = {}
        """Row number by incident id."""
        for row in db.execute(_ROW):
            self._put(row)
        self.blocks = {
            key: Block(rows)
            for key, rows in _by_key(db.execute(f"{_READINGS} ORDER BY incident")).items()
        }
        self.names = Names(db)
        self._home = np.zeros(1, np.int32)
        """Incident's row number by that of the claim; 0 is none."""
        self._settle(db, _HOMES, ())
        self._version = 0
        """Counts the changes."""
        self._masks: dict[Filters, Mask] = {}
        self._orders: dict[Sort, Numbers] = {}

    def _put(self, row: Sequence[Any]) -> None:
        n, key, place, lat, lon, precision, *rest = row
        self.numbers[key] = n
        self.alive[n] = True
        values = iter(rest)
        for name in CODED:
            self.coded[name][n] = self.codes[name].of(next(values))
        for dated in DATED:
            self.dated[dated][n] = (next(values) or "").encode("ascii", "replace")
        for counted in COUNTED:
            self.counted[counted][n] = next(values)
        spot = (place, lat, lon, precision)
        self.spot[n] = self._spot_of.setdefault(spot, len(self.spots))
        if self.spot[n] == len(self.spots):
            self.spots.append(spot)
        self.is_placed[n] = lat is not None and precision != COUNTRY_WIDE

    def _settle(self, db: sqlite3.Connection, query: str, values: Sequence[int]) -> None:
        rows = np.array(db.execute(query, values).fetchall(), np.int64).reshape(-1, 2)
        missing = 1 + int(rows[:, 0].max(initial=0)) - len(self._home)
        if missing > 0:
            self._home = np.concatenate([self._home, np.zeros(missing, np.int32)])
        self._home[rows[:, 0]] = rows[:, 1]

    def homes(self, claims: Numbers) -> Numbers:
        """The incidents these claims stand in, by row numbers."""
        with self._guard:
            inside = self._home[claims[claims < len(self._home)]]
        return inside[inside > 0].astype(np.int64)

    def change(self, db: sqlite3.Connection, ids: Iterable[str], *, figures: bool) -> None:
        """Look these incidents up again; those that are there no more are gone. ``figures``:
        more than their status and what is left to review has changed."""
        with self._guard:
            touched = [self.numbers[i] for i in ids if i in self.numbers]
            marks = ", ".join("?" * len(touched))
            self.alive[touched] = False
            for row in db.execute(f"{_ROW} WHERE n IN ({marks})", touched):
                self._put(row)
            if figures:
                self._change_figures(db, touched, marks)
            self._version += 1
            self._masks.clear()
            self._orders.clear()

    def _change_figures(self, db: sqlite3.Connection, touched: list[int], marks: str) -> None:
        fresh = _by_key(db.execute(f"{_READINGS} AND incident IN ({marks})", touched))
        for key in {*self.blocks, *fresh}:
            rows = {row[0]: row for row in fresh.get(key, ())}
            block = self.blocks.setdefault(key, Block(()))
            for n in touched:
                block.change(n, rows.get(n))
        self.names.change(db, touched)
        for n in touched:
            self._home[self._home == n] = 0
        self._settle(db, f"{_HOMES} WHERE i.n IN ({marks})", touched)

    def match(self, filters: Filters, find_words: Callable[[str], Numbers]) -> Mask:
        """Which incidents are within the filters; ``find_words`` gives those whose claims hold
        what was typed. Read it, never write to it."""
        key = filters.narrowing
        with self._guard:
            found, version = self._masks.get(key), self._version
        if found is not None:
            return found
        words = find_words(filters.q) if filters.q else None  # may take long: nobody waits for it
        with self._guard:
            mask = self.alive.copy()
            for term in self._terms(filters):
                mask &= term
            if words is not None:
                mask &= self._rows(words)
            if version == self._version:
                if len(self._masks) >= MASKS_KEPT:
                    self._masks.clear()
                self._masks[key] = mask
            return mask

    def _terms(self, filters: Filters) -> Iterator[Mask]:
        for name in ("country", "site", "grade", "status"):
            if value := getattr(filters, name):
                yield self.coded[name] == self.codes[name].find(value)
        dated = self.dated
        if filters.since:
            yield dated["last_day"] >= filters.since.encode()
        if filters.until:
            yield (dated["day"] != b"") & (dated["day"] <= filters.until.encode())
        if filters.as_of:
            yield (dated["first_said"] != b"") & (dated["first_said"] <= filters.as_of.encode())
        if filters.harm:
            yield self._rows(self.names.equal("harm", filters.harm))
        if filters.place:
            yield self._rows(self.names.holding("place", filters.place))
        if filters.voice:
            yield self._rows(self.names.holding("voice", filters.voice))

    def _rows(self, numbers: Numbers) -> Mask:
        mask = np.zeros(len(self.alive), np.bool_)
        mask[numbers[numbers < len(mask)]] = True
        return mask

    def pick(self, mask: Mask, sort: Sort, limit: int, offset: int) -> list[int]:
        """Row numbers in the order asked for; equal ones in the order of the rows."""
        with self._guard:
            order = self._orders.get(sort)
            if order is None:
                order = self._orders[sort] = self._order(sort)
        picked: list[int] = order[mask[order]][offset : offset + limit].tolist()
        return picked

    def _order(self, sort: Sort) -> Numbers:
        if sort in ("largest", "unreviewed"):
            counted = self.counted["largest" if sort == "largest" else "pending"]
            return np.argsort(-counted, kind="stable")
        texts, ranks = np.unique(
            self.dated["last_said" if sort == "said" else "day"], return_inverse=True
        )
        keys = ranks if sort == "oldest" else -ranks
        if len(texts) and texts[0] == b"":
            keys = np.where(ranks == 0, len(texts), keys)  # undated ones last
        return np.argsort(keys, kind="stable")

    def readings(self, key: Key, mask: Mask) -> Numbers:
        """See :meth:`Block.within`."""
        with self._guard:
            block = self.blocks.get(key)
            return make_table(()) if block is None else block.within(mask)


def _by_key(rows: Iterable[tuple[Any, ...]]) -> dict[Key, list[tuple[Any, ...]]]:
    found: dict[Key, list[tuple[Any, ...]]] = {}
    for policy, harm, unit, *row in rows:
        found.setdefault((policy, harm, unit), []).append(tuple(row))
    return found
