"""Incidents in the order told, so that looking back and ahead does not go through all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from harmledger.core.place import Place
from harmledger.extract.claims.locate.values import Told
from harmledger.extract.passage import Passage

FAR_BACK = 200
"""So many incidents back are looked through for one of a place: a report is not a book."""


@dataclass(frozen=True, slots=True)
class History:
    """``at``: for every place or day, by its key, where in ``told`` it is told."""

    told: tuple[Told, ...]
    starts: tuple[int, ...]
    keys: tuple[Hashable, ...]
    at: dict[Hashable, list[int]]

    def before(self, passage: Passage) -> int:
        """How many are told in sentences before this one."""
        end = bisect_left(self.starts, passage.start)
        while end and self.told[end - 1].sentence == passage.index:
            end -= 1
        return end

    def count(self, key: Hashable, end: int) -> int:
        """How often a place or day is told among the first ``end``."""
        return bisect_left(self.at.get(key, ()), end)

    def last_in(self, passage: Passage) -> Place | None:
        """The place named by the incident told last in earlier sentences of the same block."""
        last = self.told[end - 1] if (end := self.before(passage)) else None
        return (
            last.place if last is not None and last.block == passage.block and last.named else None
        )

    def after(self, passage: Passage) -> Told | None:
        """The first told behind the passage."""
        first = bisect_left(self.starts, passage.end)
        return self.told[first] if first < len(self.told) else None


def look_back(told: Sequence[Told], key_of: Callable[[Told], Hashable]) -> History:
    """The history of these incidents."""
    ordered = tuple(sorted(told, key=lambda one: one.start))
    keys = tuple(map(key_of, ordered))
    at: dict[Hashable, list[int]] = {}
    for number, key in enumerate(keys):
        at.setdefault(key, []).append(number)
    return History(told=ordered, starts=tuple(one.start for one in ordered), keys=keys, at=at)
