"""What a claim's place or day may be: every value that is offered, and what speaks for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from harmledger.core.place import Place
from harmledger.core.when import When

T = TypeVar("T")
Span = tuple[int, int]


@dataclass(slots=True)
class Offer(Generic[T]):
    """One value, the words that say it, the rule that found it, and its marks by name."""

    key: Hashable
    value: T | None
    span: Span | None
    rule: str
    marks: dict[str, float] = field(default_factory=dict)

    def mark(self, *names: str) -> None:
        """Note what speaks for or against it."""
        marks = self.marks
        for name in names:
            marks[name] = 1.0

    def measure(self, name: str, most: float, value: float) -> None:
        """Note how much of something there is, as a share of ``most``; the largest stays."""
        share = max(0.0, min(value, most)) / most
        if share > self.marks.get(name, 0.0):
            self.marks[name] = share


class Offers(Generic[T]):
    """All offers for one field of one claim; one offer a value, however often it is found."""

    def __init__(self, key_of: Callable[[T], Hashable]) -> None:
        self._key_of = key_of
        self._by_key: dict[Hashable, Offer[T]] = {}

    def add(self, value: T, span: Span | None, rule: str) -> Offer[T]:
        """The offer of this value; made if there is none yet."""
        key = self._key_of(value)
        known = self._by_key.get(key)
        if known is None:
            known = self._by_key[key] = Offer(key=key, value=value, span=span, rule=rule)
        return known

    def add_nothing(self) -> Offer[T]:
        """The offer that the text does not say."""
        none: Offer[T] = Offer(key=None, value=None, span=None, rule="none")
        self._by_key[None] = none
        return none

    def drop(self, key: Hashable) -> None:
        """Take an offer back."""
        del self._by_key[key]

    def find(self, key: Hashable) -> Offer[T] | None:
        """The offer of that key, if there is one."""
        return self._by_key.get(key)

    def __iter__(self) -> Iterator[Offer[T]]:
        return iter(tuple(self._by_key.values()))

    def __len__(self) -> int:
        return len(self._by_key)


def place_key(place: Place) -> Hashable:
    """What makes two places one: the entry, else the words; of several, each of them."""
    if len(place.members) > 1:
        return tuple(sorted(str(place_key(member)) for member in place.members))
    if place.members:
        return place_key(place.members[0])
    return place.gazetteer_id or place.as_written.lower()


def when_key(when: When) -> Hashable:
    """What makes two times one: the days; the words where it has none."""
    if when.earliest is None and when.latest is None:
        return ("words", when.as_written.lower())
    return (when.earliest, when.latest)


def steps(count: int) -> str:
    """A distance in words."""
    if count <= 0:
        return "here"
    if count <= 2:
        return f"{count} away"
    return "3 to 5 away" if count <= 5 else "6 to 12 away" if count <= 12 else "far"
