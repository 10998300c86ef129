"""One body or person in many spellings: short names inside a document, spellings across them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import JaroWinkler

Tokens = frozenset[str]
Name = tuple[str, ...]
Spellings = dict[Tokens, Tokens]

_ALIKE = 0.87
"""Jaro-Winkler of the least alike pair of words; Zelenskiy/Zelensky .98, Serhii/Sergii .88,
north/south .73."""
_SHORTEST = 5
"""Shorter words must be equal: "Iran" and "Iraq" are alike."""
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
    distinct = sorted({tuple(sorted(t)) for t in names if t})
    parent = {name: name for name in distinct}
    for held in _blocks(distinct):
        for i, name in enumerate(held):
            for other in held[:i]:
                if _root(name, parent) != _root(other, parent) and are_alike(other, name):
                    low, high = sorted((_root(other, parent), _root(name, parent)))
                    parent[high] = low
    return {frozenset(name): frozenset(_root(name, parent)) for name in distinct}


def _blocks(names: Iterable[Name], letters: int = 2) -> Iterator[list[Name]]:
    """Names that could be spellings of one: as many words, beginning alike word by word. Of more
    than ``_FULL`` that begin alike only those are compared that begin alike by a letter more."""
    blocks: dict[tuple[str, ...], list[Name]] = {}
    for name in names:
        blocks.setdefault(tuple(sorted(word[:letters] for word in name)), []).append(name)
    for held in blocks.values():
        if len(held) > _FULL and letters < _LETTERS:
            yield from _blocks(held, letters + 1)
        else:
            yield held


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
    if min(len(a), len(b)) < shortest or not (a.isalpha() and b.isalpha()) or a[0] != b[0]:
        return False
    return JaroWinkler.similarity(a, b) >= _ALIKE
