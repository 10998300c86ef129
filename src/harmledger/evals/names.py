"""Do two names mean the same place, speaker or accused? Judged by words, not by knowledge.

Capitals, accents, scripts and punctuation never matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from anyascii import anyascii

from harmledger.core.place import Place
from harmledger.lexicon.gazetteer import Gazetteer, find_gazetteer

PlaceIds = Callable[[str], frozenset[str]]
"""From a name to the ids of all gazetteer entries of that name."""

_SMALL_WORDS = frozenset(
    {"a", "an", "and", "at", "by", "de", "del", "el", "for", "from", "in", "la", "of", "on", "or"}
    | {"s", "the", "to", "al", "as", "ad", "an", "ar", "ash", "at", "az", "bin", "ibn", "abu"}
    | {"mr", "mrs", "ms", "dr", "san", "santa", "saint", "von", "van"}
)
_KINDS_OF_BODY = frozenset(
    {"agency", "army", "armed", "association", "authorities", "authority", "bureau", "centre"}
    | {"chief", "city", "civil", "colonel", "command", "commander", "committee", "council"}
    | {"court", "defence", "defense", "department", "director", "district", "doctor", "emergency"}
    | {"federal", "force", "forces", "front", "general", "government", "governor", "group"}
    | {"head", "health", "hospital", "human", "leader", "liberation", "local", "mayor", "media"}
    | {"military", "militia", "minister", "ministry", "movement", "municipal", "national", "news"}
    | {"newspaper", "office", "officer", "official", "officials", "organisation", "organization"}
    | {"party", "people", "police", "popular", "president", "press", "province", "provincial"}
    | {"public", "radio", "rebel", "rebels", "regional", "relief", "republic", "rescue", "rights"}
    | {"security", "senior", "service", "services", "society", "source", "sources", "spokesman"}
    | {"spokesperson", "spokeswoman", "state", "station", "television", "town", "union", "united"}
    | {"unit", "village"}
)
"""Say what kind of speaker it is, not which: one of them shared is not enough."""


def voices_agree(wanted: str, read: Iterable[str]) -> bool:
    """Whether one of the names shares a word that tells which speaker it is; or holds all words of
    the other ("the ministry", "the Interior Ministry")."""
    ours = words_of(wanted)
    return any(_speakers_agree(ours, words_of(name)) for name in read)


def _speakers_agree(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    shared = ours & theirs
    return bool(shared) and (bool(shared - _KINDS_OF_BODY) or shared in (ours, theirs))


def places_agree(wanted: str, place: Place, ids_of: PlaceIds) -> bool:
    """Whether the place goes by that name: one name holds all words of the other ("San Miguel" is
    not "San Salvador"), or the gazetteer has both for one entry ("Salah ad Din", "Saladin").

    Which of several towns of a name was meant is not judged: the gold says no more than the name.
    """
    if place.gazetteer_id is not None and place.gazetteer_id in ids_of(wanted):
        return True
    ours = _place_words(wanted)
    others = (_place_words(name) for name in (place.name, place.as_written) if name)
    return bool(ours) and any(words and (ours <= words or words <= ours) for words in others)


def no_ids(name: str) -> frozenset[str]:
    """Knows no place under another name."""
    return frozenset()


def open_place_ids() -> PlaceIds:
    """Ids by the local place file; none where there is no such file."""
    path = find_gazetteer()
    if path is None:
        return no_ids
    gazetteer = Gazetteer(path)
    return lambda name: frozenset(place.id for place in gazetteer.named(name))


def words_of(name: str) -> frozenset[str]:
    """The words that count, in plain lower-case letters."""
    return _plain(name) - _SMALL_WORDS


def _place_words(name: str) -> frozenset[str]:
    """Saints are part of a town's name."""
    return _plain(name) - (_SMALL_WORDS - {"san", "santa", "saint"})


def _plain(name: str) -> frozenset[str]:
    return frozenset(re.sub(r"[^a-z0-9]+", " ", anyascii(name).lower()).split())
