"""Names as keys: what two spellings must share to be looked up as one."""

from __future__ import annotations

import unicodedata

import regex
from anyascii import anyascii

_LATIN = regex.compile(r"\p{Latin}")
_APOSTROPHES = regex.compile(
    r"[\u0027\u2019\u2018\u02bc\u02bb\u02be\u02bf\u02b9\u02ba\u0060\u00b4\u2032\u05f3]"
)
_NOT_NAME = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
_SHORT_VOWELS = regex.compile(r"[\u0640\u064b-\u065f\u0670\u0591-\u05c7]")
_FORMAT = regex.compile(r"\p{Cf}")
_ARABIC = str.maketrans("أإآٱىیېکةۀ", "اااايييكهه")


def name_key(name: str) -> str:
    """The lookup key of a name: Latin script without accents or apostrophes in small letters,
    any other script kept, with Arabic and Hebrew vowel marks and letter variants folded."""
    if name.isascii():
        folded = name
    else:
        folded = _FORMAT.sub("", unicodedata.normalize("NFKC", name))
        if _LATIN.search(folded):
            folded = anyascii(_APOSTROPHES.sub("", folded))
        else:
            folded = _SHORT_VOWELS.sub("", folded).translate(_ARABIC)
    if folded.isalpha():
        return folded.casefold()
    key: str = _NOT_NAME.sub(" ", _APOSTROPHES.sub("", folded).casefold())
    return key.strip()


def is_latin(name: str) -> bool:
    """True if any letter of the name is Latin."""
    return _LATIN.search(name) is not None


def spelling_variants(key: str) -> tuple[str, ...]:
    """Other keys worth trying when a Latin key is not known: the Arabic article written another
    way or left out ("al fashir", "el fashir"), and -iy / -yi / -y endings."""
    article, _, rest = key.partition(" ")
    variants: list[str] = []
    if rest and article in _ARTICLES:
        variants += [f"al {rest}", f"el {rest}", rest]
    elif not rest and is_latin(key):
        variants.append(f"al {key}")
    for article, other in ((" al ", " el "), (" el ", " al ")):
        if article in key:
            variants.append(key.replace(article, other))
    for ending, other in _ENDINGS:
        if key.endswith(ending):
            variants.append(key[: -len(ending)] + other)
    return tuple(variant for variant in variants if variant != key and len(variant) > 3)


_ARTICLES = frozenset({"al", "el", "ad", "ar", "ash", "az", "ed", "er", "esh", "ez"})
"""Without those that are English words too: as, an, at."""
_ENDINGS = (("skiy", "skyi"), ("sky", "skyi"), ("skyy", "skyi"), ("skii", "skyi"))
