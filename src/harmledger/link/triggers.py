"""Words without which a pattern cannot be found: most sentences hold none of them, and looking for
words in a set costs a fraction of looking for a pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

Tokens = frozenset[str]
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=64)
def words_of(sentence: str) -> Tokens:
    """The words of ``sentence`` in small letters; the last few sentences are remembered."""
    return frozenset(_WORD.findall(sentence.lower()))


def find_triggers(phrases: Iterable[str]) -> Tokens:
    """One word of each phrase, the longest, and its plural."""
    longest = [max(_WORD.findall(phrase.lower()), key=len) for phrase in phrases]
    return frozenset(longest) | {f"{word}s" for word in longest}
