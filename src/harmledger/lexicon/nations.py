"""Countries by the words that name them: names, demonyms, abbreviations and speaking capitals."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from harmledger.core.base import Value
from harmledger.lexicon.files import load_yaml
from harmledger.lexicon.gazetteer.names import name_key
from harmledger.lexicon.gazetteer.tables import load_abbreviations, load_demonyms, load_table
from harmledger.lexicon.kept import keep


class Nations(Value, frozen=True, kw_only=True):
    """Codes are ISO 3166-1 alpha-3, or XKX."""

    by_demonym: dict[str, str]
    by_name: dict[str, str]
    by_abbreviation: dict[str, str]
    names: dict[str, str]
    demonyms: dict[str, str]

    def find_code(self, word: str) -> str | None:
        """The country a word or phrase names ("Russian", "Russia", "US"); None when none does."""
        if word in self.by_abbreviation:
            return self.by_abbreviation[word]
        if not word[:1].isupper():
            return None
        key = name_key(_bare(word))
        return self.by_demonym.get(key) or self.by_name.get(key)

    def find_country(self, word: str) -> str | None:
        """Like ``find_code``, for a country's own name only, no demonym."""
        if word in self.by_abbreviation:
            return self.by_abbreviation[word]
        return self.by_name.get(name_key(_bare(word))) if word[:1].isupper() else None


def _bare(word: str) -> str:
    return word[4:] if word[:4].lower() == "the " else word


@cache
def load_nations() -> Nations:
    """Country words, from the gazetteer's own tables and the Unicode locale data (babel)."""
    names, by_name = _locale_names()
    table = load_table("countries")
    names.update(table["printed"])
    for code, words in table["names"].items():
        names.setdefault(code, words[0])
        by_name.update({name_key(word): code for word in words if word != "Congo"})
    demonyms = {code: words[0] for code, words in load_table("demonyms").items() if words}
    return Nations(
        by_demonym=load_demonyms(),
        by_name=by_name,
        by_abbreviation={
            word: code.removeprefix("country:") for word, code in load_abbreviations().items()
        },
        names=names,
        demonyms=demonyms,
    )


def _locale_names() -> tuple[dict[str, str], dict[str, str]]:
    """Names by code, and codes by the key of the name; kept, for babel is slow to load."""
    names = keep("territories", f"babel {version('babel')}".encode(), _read_territories)
    return names, {name_key(name): code for code, name in names.items()}


def _read_territories() -> dict[str, str]:
    from babel import Locale
    from babel.core import get_global

    territories = Locale("en").territories
    names: dict[str, str] = {}
    for code, short in get_global("territory_aliases").items():
        if len(code) == 3 and code.isalpha() and len(short) == 1 and short[0] in territories:
            names[code] = territories[short[0]]
    return names


@cache
def load_capitals() -> dict[str, str]:
    """Capitals that stand for their government when they speak, by lower-cased name."""
    return {name.lower(): code for name, code in load_yaml("reporting.yaml")["capitals"].items()}
