"""The gazetteer's own tables, read from the YAML files beside it."""

from __future__ import annotations

from typing import Any

from harmledger.core.base import Value
from harmledger.core.errors import LexiconError
from harmledger.lexicon.files import load_yaml
from harmledger.lexicon.gazetteer.names import name_key


def load_table(name: str) -> dict[str, Any]:
    """The mapping in ``data/gazetteer_<name>.yaml``."""
    return load_yaml(f"data/gazetteer_{name}.yaml")


class WordLists(Value, frozen=True, kw_only=True):
    """The blocks of ``gazetteer_words.yaml`` as lookup keys; the file says what each is for."""

    admin_words: dict[str, str]
    """Word to level: "oblast" to "region", "raion" to "district", "city" to "town"."""
    directions: frozenset[str]
    calendar: frozenset[str]
    articles: frozenset[str]
    makes_other_name: frozenset[str]
    titles: frozenset[str]
    followers: frozenset[str]
    acronyms: frozenset[str]
    never: frozenset[str]
    common_words: frozenset[str]
    personal_names: frozenset[str]

    @property
    def never_alone(self) -> frozenset[str]:
        """What is no place by itself: "The", "Northern", "Thursday", "President", "Region"."""
        kinds = frozenset(self.admin_words)
        return self.never | self.calendar | self.directions | self.titles | kinds


def load_word_lists() -> WordLists:
    """Raises LexiconError if a block is missing."""
    table = load_table("words")
    missing = [name for name in WordLists.__struct_fields__ if name not in table]
    if missing:
        raise LexiconError(f"lexicon/data/gazetteer_words.yaml lacks: {', '.join(missing)}")
    levels = table.pop("admin_words")
    return WordLists(
        admin_words={key: level for level, block in levels.items() for key in _keys(block)},
        **{name: _keys(block) for name, block in table.items()},
    )


def load_demonyms() -> dict[str, str]:
    """Key of a demonym, singular or plural, to alpha-3; words of two countries are left out."""
    owners: dict[str, set[str]] = {}
    for alpha3, words in load_table("demonyms").items():
        for word in words:
            for form in (word, word + "s"):
                owners.setdefault(name_key(form), set()).add(alpha3)
    return {key: codes.pop() for key, codes in owners.items() if len(codes) == 1}


def load_abbreviations() -> dict[str, str]:
    """Abbreviation in exactly these letters to the id of its country or region."""
    countries = load_table("countries")["abbreviations"]
    others = load_table("names")["abbreviations"]
    known = {word: f"country:{code}" for code, words in countries.items() for word in words}
    return known | {word: id_ for id_, words in others.items() for word in words}


def load_usual() -> dict[str, str]:
    """Bare key to the id of the entry reports usually mean by it."""
    usual = {name_key(name): place for name, place in load_table("names")["usual"].items()}
    for name, alpha3 in load_table("countries")["usual"].items():
        usual[name_key(name)] = f"country:{alpha3}"
    return usual


def _keys(block: str | None) -> frozenset[str]:
    return frozenset(name_key(word.replace("_", " ")) for word in (block or "").split())
