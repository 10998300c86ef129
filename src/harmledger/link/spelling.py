"""One body or person in many spellings: short names inside a document, spellings across them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz.distance import JaroWinkler

Tokens = frozenset[str]
Spellings = dict[Tokens, Tokens]

_ALIKE = 0.87
"""Jaro-Winkler of the least alike pair of words; Zelenskiy/Zelensky .98, Serhii/Sergii .88,
north/south .73."""
_SHORTEST = 5
"""Shorter words must be equal: "Iran" and "Iraq" are alike."""


def resolve_within(named: Mapping[str, Tokens]) -> dict[str, Tokens]:
    """Names of one document by id: a short name is read as the one longer name that holds it
    ("ministry" in {gaza, health, ministry}), and left alone when two do."""
    longer: dict[Tokens, Tokens] = {}
    distinct = set(named.values())
    for short in distinct:
        holders = {t for t in distinct if short < t}
        tops = {t for t in holders if not any(t < other for other in holders)}
        longer[short] = tops.pop() if len(tops) == 1 else short
    return {i: longer[tokens] for i, tokens in named.items()}


def unite_spellings(names: Iterable[Tokens]) -> Spellings:
    """Every name to the first, in alphabetical order, of the spellings it belongs with."""
    blocks: dict[tuple[int, str], list[list[str]]] = {}
    for tokens in sorted({tuple(sorted(t)) for t in names if t}):
        longest = max(tokens, key=lambda word: (len(word), word))
        blocks.setdefault((len(tokens), longest[:2]), []).append([*tokens])
    united: Spellings = {}
    for held in blocks.values():
        leaders: list[list[str]] = []
        for one_name in held:
            leader = next((one for one in leaders if are_alike(one, one_name)), None)
            if leader is None:
                leaders.append(one_name)
            united[frozenset(one_name)] = frozenset(leader or one_name)
    return united


def are_alike(a: list[str], b: list[str]) -> bool:
    """Word by word the same, or nearly: transliterations of one name."""
    left, right = [w for w in a if w not in b], [w for w in b if w not in a]
    if len(left) != len(right) or len(a) != len(b):
        return False
    return all(_near(x, y) for x, y in zip(left, right, strict=True))


def _near(a: str, b: str) -> bool:
    if min(len(a), len(b)) < _SHORTEST or not (a.isalpha() and b.isalpha()) or a[0] != b[0]:
        return False
    return JaroWinkler.similarity(a, b) >= _ALIKE
