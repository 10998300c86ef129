"""Places by name: a SQLite file built at set-up, and the rules that choose between entries."""

from harmledger.lexicon.gazetteer.geometry import distance_km
from harmledger.lexicon.gazetteer.lookup import Gazetteer
from harmledger.lexicon.gazetteer.paths import ATTRIBUTION, find_gazetteer
from harmledger.lexicon.gazetteer.values import GazetteerPlace, PlaceHit, ResolvedPlace

__all__ = [
    "ATTRIBUTION",
    "Gazetteer",
    "GazetteerPlace",
    "PlaceHit",
    "ResolvedPlace",
    "distance_km",
    "find_gazetteer",
]
