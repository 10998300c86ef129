"""Streets, quarters and families named in the words of a sentence: where in the town it was.

Only a name in capitals before the word for it is found ("Sadova Street", "the Al-Naser
neighbourhood", "the Haddad family"), or a side of the town ("its northern outskirts"); "a street
near the port" names none. Names are compared with others of one kind: a street may well lie in the
quarter another report names. Two families under one roof, each named by one report, are taken for
two houses: a person has to join these.
"""

from __future__ import annotations

import re
from functools import cache

from harmledger.lexicon.linking import fold, load_linking
from harmledger.link.spelling import are_alike
from harmledger.link.triggers import find_triggers, words_of

Spot = tuple[str, tuple[str, ...]]
"""Kind, and the words of the name."""
SCENE = "scene"
_NOWHERE: frozenset[Spot] = frozenset()
_SCENES = (
    r"\b(?:at|on|in|into|inside|outside|near|beside|hit|struck) (?:an?|the) "
    r"(?:[\w-]+ ){{0,2}}?({})s?\b"
)


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, load_linking().spots), key=lambda w: (-len(w), w)))
    name = r"[^\W\d_a-z][\w'’-]+(?:[ -](?:[^\W\d_a-z][\w'’-]+|al|el|de|del|la))*"
    return re.compile(rf"\b({name}) ((?i:{words}))\b")


@cache
def _scene_pattern() -> re.Pattern[str]:
    words = sorted(map(re.escape, load_linking().scenes), key=lambda w: (-len(w), w))
    return re.compile(_SCENES.format("|".join(words)), re.IGNORECASE)


@cache
def _trigger_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """For named spots, sides of a town and scenes."""
    lexicon = load_linking()
    compass = ("north", "south", "east", "west")
    sides = frozenset({*compass, *(f"{side}ern" for side in compass)})
    return find_triggers(lexicon.spots), sides, find_triggers(lexicon.scenes)


def find_spots(sentence: str) -> frozenset[Spot]:
    """Named streets and quarters of ``sentence``, and its scenes; empty when it has none."""
    words = words_of(sentence)
    named, sided, seen = (not triggers.isdisjoint(words) for triggers in _trigger_words())
    if not (named or sided or seen):
        return _NOWHERE
    found: set[Spot] = set()
    if named:
        found |= _find_named(sentence)
    lexicon = load_linking()
    for hit in lexicon.sides.finditer(sentence) if sided else ():
        found.add(("side", tuple(word.lower() for word in hit.groups() if word)))
    for hit in _scene_pattern().finditer(sentence) if seen else ():
        found.add((SCENE, (lexicon.scenes[hit[1].lower()],)))
    return frozenset(found)


def _find_named(sentence: str) -> set[Spot]:
    lexicon = load_linking()
    found: set[Spot] = set()
    for hit in _pattern().finditer(sentence):
        words = [w for w in fold(hit[1].replace("-", " ")).split() if w not in lexicon.articles]
        if words:
            found.add((lexicon.spots[hit[2].lower()], tuple(words)))
    return found


def are_other_scenes(a: frozenset[Spot], b: frozenset[Spot]) -> bool:
    """Both name scenes, and none is the same."""
    here, there = ({spot for spot in spots if spot[0] == SCENE} for spots in (a, b))
    return bool(here and there) and here.isdisjoint(there)


def compare_spots(a: frozenset[Spot], b: frozenset[Spot]) -> bool | None:
    """True for one spot, False for spots of one kind with other names; None says nothing."""
    pairs = [(x, y) for kind, x in a for other, y in b if kind == other != SCENE]
    if not pairs:
        return None
    return any(_is_same(x, y) for x, y in pairs)


def _is_same(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    return set(x) <= set(y) or set(y) <= set(x) or are_alike(x, y, shortest=4)
