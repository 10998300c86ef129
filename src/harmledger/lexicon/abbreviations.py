"""Words whose full stop does not end a sentence, as the reader asks for them."""

from __future__ import annotations

from functools import cache

from harmledger.core.base import Value
from harmledger.lexicon.files import load_yaml, words

_FILE = "abbreviations.yaml"


class AbbreviationLexicon(Value, frozen=True, kw_only=True):
    """Lower-cased, without their full stop."""

    before_a_name: frozenset[str]
    before_a_number: frozenset[str]
    also_a_word: frozenset[str]
    starters: frozenset[str]


@cache
def load_abbreviations() -> AbbreviationLexicon:
    """The abbreviation lexicon.

    Raises:
        LexiconError: something in the file is no word.
    """
    data = load_yaml(_FILE)
    return AbbreviationLexicon(
        before_a_name=frozenset(words(data, _FILE, "before_a_name")),
        before_a_number=frozenset(words(data, _FILE, "before_a_number")),
        also_a_word=frozenset(words(data, _FILE, "also_a_word")),
        starters=frozenset(words(data, _FILE, "starters")),
    )
