"""Where and when: a claim's own words first, then what its sentence plainly refers to.

What a sentence leaves open is taken from the incident it goes on about, never from one it may only
be presumed to mean (reading rule 20); every carried field keeps the span of the words that say it.
"""

from harmledger.extract.claims.locate.datelines import without_filed
from harmledger.extract.claims.locate.own_place import is_title
from harmledger.extract.claims.locate.sections import find_sections
from harmledger.extract.claims.locate.told import draft_incident, find_home, find_told
from harmledger.extract.claims.locate.values import Located, Thread, Told
from harmledger.extract.claims.locate.walk import follow, locate

__all__ = [
    "Located",
    "Thread",
    "Told",
    "draft_incident",
    "find_home",
    "find_sections",
    "find_told",
    "follow",
    "is_title",
    "locate",
    "without_filed",
]
