"""Words that name an incident, and words that go on about one told before."""

from __future__ import annotations

from functools import cache

from harmledger.core.base import Value
from harmledger.lexicon.files import check_keys, load_yaml, words
from harmledger.lexicon.phrases import PhraseIndex

_FILE = "incident_words.yaml"
_FAMILIES = (
    "explosion",
    "air",
    "shelling",
    "shooting",
    "ground",
    "killing",
    "abduction",
    "unrest",
    "siege",
)
_PLACES = ("town", "district", "province", "country")
ANY = "any"
"""The family of words for an incident of whatever kind ("the attack")."""


class IncidentWords(Value, frozen=True, kw_only=True):
    """``named`` gives the families a word may mean; ``places`` the kinds of place a noun may."""

    named: PhraseIndex[frozenset[str]]
    victims: frozenset[str]
    places: dict[str, frozenset[str]]
    shifts: tuple[str, ...]


@cache
def load_incident_words() -> IncidentWords:
    """Words for incidents and for going on about them (reading rules 18, 20 to 22)."""
    data = load_yaml(_FILE)
    check_keys(data, _FILE, ("families", "any", "victims", "places", "shifts"))
    check_keys(data["families"], _FILE, _FAMILIES, "families")
    check_keys(data["places"], _FILE, _PLACES, "places")
    families: dict[str, set[str]] = {}
    for family in data["families"]:
        for word in words(data, _FILE, "families", family):
            families.setdefault(word, set()).add(family)
    for word in words(data, _FILE, "any"):
        families.setdefault(word, set()).add(ANY)
    kinds: dict[str, set[str]] = {}
    for kind in data["places"]:
        for word in words(data, _FILE, "places", kind):
            kinds.setdefault(word, set()).add(kind)
    return IncidentWords(
        named=PhraseIndex((word, frozenset(found)) for word, found in families.items()),
        victims=frozenset(words(data, _FILE, "victims")),
        places={word: frozenset(found) for word, found in kinds.items()},
        shifts=words(data, _FILE, "shifts"),
    )
