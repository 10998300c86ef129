"""One body or person in many spellings: short names inside a document, spellings across them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler

Tokens = frozenset[str]
Name = tuple[str, ...]
Pair = tuple[Name, Name]
Key = tuple[int | str, ...]
Spellings = dict[Tokens, Tokens]

_ALIKE = 0.87
"""Jaro-Winkler of the least alike pair of words; Zelenskiy/Zelensky .98, Serhii/Sergii .88,
north/south .73."""
_SHORTEST = 5
"""Shorter words must be equal: "Iran" and "Iraq" are alike."""
_DRAWN = (("ou", "u"), ("oo", "u"), ("ee", "i"))
_DOUBLED = re.compile(r"(.)\1")
_FULL = 400
"""Names that are compared each with each, at most."""
_LETTERS = 6
"""Letters by which names that are too many are told apart, at most."""


def resolve_within(named: Iterable[Tokens]) -> Spellings:
    """Names of one document: a short name is read as the one longer name that holds it
    ("ministry" in {gaza, health, ministry}), and left alone when two do."""
    longer: Spellings = {}
    distinct = set(named)
    for short in distinct:
        holders = {t for t in distinct if short < t}
        tops = {t for t in holders if not any(t < other for other in holders)}
        longer[short] = tops.pop() if len(tops) == 1 else short
    return longer


def unite_spellings(names: Iterable[Tokens]) -> Spellings:
    """Every name to the first, in alphabetical order, of the spellings it belongs with."""
    return SpellingBook().unite(names)


class SpellingBook:
    """Remembers which names were alike; a name that comes anew is compared with those there."""

    def __init__(self) -> None:
        """Begin with none."""
        self._alike: dict[Key, tuple[frozenset[Name], list[Pair]]] = {}
        """By block: who was in it, and who of them are alike."""

    def unite(self, names: Iterable[Tokens]) -> Spellings:
        """See :func:`unite_spellings`."""
        distinct = sorted({tuple(sorted(t)) for t in names if t})
        parent = {name: name for name in distinct}
        alike = {}
        for key, held in _blocks(distinct):
            pairs = self._find_alike(key, held)
            if len(held) > 1:
                alike[key] = (frozenset(held), pairs)
            for one, other in pairs:
                low, high = sorted((_root(one, parent), _root(other, parent)))
                parent[high] = low
        self._alike = alike
        return {frozenset(name): frozenset(_root(name, parent)) for name in distinct}

    def _find_alike(self, key: Key, held: Sequence[Name]) -> list[Pair]:
        before, known = self._alike.get(key, (frozenset[Name](), []))
        now = set(held) if before else set[Name]()
        pairs = [pair for pair in known if pair[0] in now and pair[1] in now]
        old = [name for name in held if name in before]
        fresh = [name for name in held if name not in before]
        for at, name in enumerate(fresh):
            others = (*old, *fresh[:at])
            pairs += [(other, name) for other in others if are_alike(other, name)]
        return pairs


def _blocks(names: Iterable[Name], letters: int = 2) -> Iterator[tuple[Key, list[Name]]]:
    """Names that could be spellings of one: as many words, beginning alike word by word. Of more
    than ``_FULL`` that begin alike only those are compared that begin alike by a letter more."""
    blocks: dict[tuple[str, ...], list[Name]] = {}
    for name in names:
        blocks.setdefault(tuple(sorted(word[:letters] for word in name)), []).append(name)
    for beginnings, held in blocks.items():
        if len(held) > _FULL and letters < _LETTERS:
            yield from _blocks(held, letters + 1)
        else:
            yield (letters, *beginnings), held


def _root(name: Name, parent: dict[Name, Name]) -> Name:
    while parent[name] != name:
        parent[name] = parent[parent[name]]
        name = parent[name]
    return name


def are_alike(a: Sequence[str], b: Sequence[str], shortest: int = _SHORTEST) -> bool:
    """Word by word the same, or nearly: transliterations of one name. Words of fewer than
    ``shortest`` letters must be equal."""
    left, right = [w for w in a if w not in b], [w for w in b if w not in a]
    if len(left) != len(right) or len(a) != len(b):
        return False
    return all(_near(x, y, shortest) for x, y in zip(left, right, strict=True))


def _near(a: str, b: str, shortest: int) -> bool:
    if not (a.isalpha() and b.isalpha()) or a[0] != b[0]:
        return False
    one, other = read_aloud(a), read_aloud(b)
    if one == other and len(one) >= shortest - 1:
        return True
    return min(len(a), len(b)) >= shortest and JaroWinkler.similarity(one, other) >= _ALIKE


@lru_cache(maxsize=65536)
def read_aloud(word: str) -> str:
    """A word of small Latin letters without what transcriptions do in their own way: the French
    write "nour", the English "noor", for "nur"; a letter is doubled or is not."""
    for written, read in _DRAWN:
        word = word.replace(written, read)
    return _DOUBLED.sub(r"\1", word)
