"""What a site is called, and whether two names are one.

Names of two scripts that are not alike say nothing: a name is as often translated as spelled.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from harmledger.lexicon.linking import fold, load_linking, name_tokens
from harmledger.link.scripts import (
    LATIN,
    WITHOUT_VOWELS,
    find_bones,
    lacks_vowels,
    script_of,
    strip_article,
)
from harmledger.link.spelling import are_alike

Tokens = frozenset[str]


class SiteName(NamedTuple):
    """The proper words of a name, and its script; words of a script without vowels are their
    consonants."""

    tokens: Tokens
    script: str = LATIN

    def __str__(self) -> str:
        return " ".join(sorted(self.tokens))


Names = frozenset[SiteName]


def read_name(written: str, left_out: Tokens) -> SiteName | None:
    """The proper words of a site's name, without those ``left_out``; None for "the maternity
    hospital"."""
    if lacks_vowels(written):
        tokens = _bones_of(written) - _bare(left_out)
    else:
        tokens = _proper_words(written) - left_out
    return SiteName(tokens, script_of(written)) if tokens else None


def _proper_words(written: str) -> Tokens:
    words = name_tokens(written) - load_linking().site_words
    return frozenset(word for word in words if len(word) > 2 or word.isdigit())


def _bones_of(written: str) -> Tokens:
    site_words = load_linking().site_words
    words = [strip_article(word) for word in written.split()]
    return _bare(word for word in words if fold(word) not in site_words)


def _bare(words: Iterable[str]) -> Tokens:
    return frozenset(bones for word in words if (bones := find_bones(word)))


def find_alike(a: Names, b: Names) -> tuple[SiteName, SiteName] | None:
    """The pair of names that are one, equal ones first; None when there is no such pair."""
    alike = [(str(x) != str(y), str(x), str(y), x, y) for x in a for y in b if is_same_name(x, y)]
    return min(alike)[3:] if alike else None


def are_other(a: Names, b: Names) -> bool:
    """Both have names, some of one script, and no name of one is a name of the other."""
    if not a or not b or not any(x.script == y.script for x in a for y in b):
        return False
    return not any(is_same_name(x, y) for x in a for y in b)


@lru_cache(maxsize=65536)
def is_same_name(a: SiteName, b: SiteName) -> bool:
    """One name holds the other, or they are spellings of one."""
    x, y = a.tokens, b.tokens
    if a.script != b.script and WITHOUT_VOWELS & {a.script, b.script}:
        x, y = (n.tokens if n.script in WITHOUT_VOWELS else _bare(n.tokens) for n in (a, b))
    return x <= y or y <= x or are_alike(sorted(x), sorted(y), shortest=4)
