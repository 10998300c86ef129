"""Names in other scripts: what is left of a name in a script that writes no vowels.

Arabic and Hebrew names are written without most vowels, so no transliteration letter by letter
gives "Saraqib" for them. Both spellings are brought down to the consonants they share. That is
enough to know a name again beside an equal country and day, and not to tell two names apart.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

LATIN = "LATIN"
WITHOUT_VOWELS = frozenset({"ARABIC", "HEBREW", "SYRIAC"})
_ARTICLE = "ال"
_SOUNDS = (
    *(("kh", "x"), ("sch", "j"), ("sh", "j"), ("ch", "j"), ("gh", "g"), ("th", "t")),
    *(("dh", "d"), ("ph", "f"), ("dj", "j"), ("q", "k"), ("c", "k"), ("z", "s")),
)
_SILENT = re.compile(r"[^a-z0-9]|[aeiouywh]")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def script_of(written: str) -> str:
    """The script of the first letter, as Unicode names it; Latin where there is none."""
    letter = next((c for c in written if c.isalpha()), "a")
    if letter.isascii():
        return LATIN
    return unicodedata.name(letter, LATIN).partition(" ")[0]


def lacks_vowels(written: str) -> bool:
    """It is written in a script that leaves vowels out."""
    return not written.isascii() and script_of(written) in WITHOUT_VOWELS


def strip_article(word: str) -> str:
    """An Arabic word without the article written onto it."""
    return word.removeprefix(_ARTICLE) or word


@lru_cache(maxsize=65536)
def find_bones(word: str) -> str:
    """The consonants of a word, the same for all spellings of one name; empty when it has none."""
    plain = anyascii(strip_article(word)).lower()
    for letters, sound in _SOUNDS:
        plain = plain.replace(letters, sound)
    return _SILENT.sub("", _DOUBLED.sub(r"\1", plain))
