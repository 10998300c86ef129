"""Streets, quarters and families named in the words of a sentence: where in the town it was.

Only a name in capitals before the word for it is found ("Sadova Street", "the Al-Naser
neighbourhood", "the Haddad family"), or a side of the town ("its northern outskirts"); "a street
near the port" names none. Names are compared with others of one kind: a street may well lie in the
quarter another report names. Two families under one roof, each named by one report, are taken for
two houses: a person has to join these.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from harmledger.lexicon.linking import fold, load_linking
from harmledger.link.spelling import are_alike

Spot = tuple[str, tuple[str, ...]]
"""Kind, and the words of the name."""


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, load_linking().spots), key=lambda w: (-len(w), w)))
    name = r"[^\W\d_a-z][\w'’-]+(?:[ -](?:[^\W\d_a-z][\w'’-]+|al|el|de|del|la))*"
    return re.compile(rf"\b({name}) ((?i:{words}))\b")


@lru_cache(maxsize=65536)
def find_spots(sentence: str) -> frozenset[Spot]:
    """Named streets and quarters of ``sentence``; empty when it names none."""
    lexicon = load_linking()
    found: set[Spot] = set()
    for hit in _pattern().finditer(sentence):
        words = [w for w in fold(hit[1].replace("-", " ")).split() if w not in lexicon.articles]
        if words:
            found.add((lexicon.spots[hit[2].lower()], tuple(words)))
    for hit in lexicon.sides.finditer(sentence):
        found.add(("side", tuple(word.lower() for word in hit.groups() if word)))
    return frozenset(found)


def compare_spots(a: frozenset[Spot], b: frozenset[Spot]) -> bool | None:
    """True for one spot, False for spots of one kind with other names; None says nothing."""
    pairs = [(x, y) for kind, x in a for other, y in b if kind == other]
    if not pairs:
        return None
    return any(_is_same(x, y) for x, y in pairs)


def _is_same(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    return set(x) <= set(y) or set(y) <= set(x) or are_alike(x, y, shortest=4)
