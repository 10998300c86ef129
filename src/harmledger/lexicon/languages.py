"""The commonest words of each language, as the reader's language guess asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from harmledger.core.errors import LexiconError
from harmledger.lexicon.files import load_yaml

_FILE = "languages.yaml"


@cache
def load_languages() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Script → two- or three-letter language code → its commonest words, lower-cased.

    Raises:
        LexiconError: an entry is no text of words (YAML reads a bare ``no`` as false).
    """
    loaded: dict[str, Mapping[str, frozenset[str]]] = {}
    for script, languages in load_yaml(_FILE).items():
        for language, words in languages.items():
            if not isinstance(language, str) or not isinstance(words, str):
                raise LexiconError(
                    f"lexicon/{_FILE}: {script}.{language!r} must be a line of words"
                )
        loaded[script] = MappingProxyType(
            {language: frozenset(words.lower().split()) for language, words in languages.items()}
        )
    return MappingProxyType(loaded)
