"""Which of a source's many names are worth keeping.

GeoNames' alternate names are written by anyone: "hindi", "kartuli", "ri ben yu" and "MPW" are all
names of Mariupol there. What goes: romanisations typed in small letters, airport codes, names of
languages, anything under three Latin letters, anything with digits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex
from anyascii import anyascii
from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

from harmledger.lexicon.gazetteer.names import is_latin, name_key

_CODE = regex.compile(r"\p{Lu}{2,4}\Z")
_SCHOLARLY = regex.compile(r"[\u1e00-\u1e9f\u02be\u02bf\u2018\u2019]|[ĀāĒēĪīŌōŪū]")
_MACRONS_AT_HOME = frozenset({"LVA", "LTU", "JPN", "NZL", "COK", "TON", "WSM", "USA", "PYF"})
_LETTER = regex.compile(r"\p{L}")
_DIGIT = regex.compile(r"\p{N}")
_BRACKETED = regex.compile(r"\s*[\(\[（].*?[\)\]）]")
_ENGLISH_KIND = (
    r"(?:Oblast|Governorate|Province|Region|State|Regional State|District|County|Raion|Prefecture"
    r"|Department|Division|Republic|Krai|Municipality|Territory|Canton|Voivodeship|Emirate)"
)
_SUFFIXED = regex.compile(rf"(?P<base>.+?)\s+{_ENGLISH_KIND}s?\Z")
_PREFIXED = regex.compile(
    r"(?:State of|Province of|Region of|Republic of|Commonwealth of|Departamento de|Estado de"
    r"|Provincia de|Provincia di|Région de|Département de|Muhafazat|Wilaya de|District de)"
    r"\s+(?P<base>.+)\Z"
)
_NOT_LATIN_KIND = regex.compile(
    r"(?P<base>.+?)\s+(?:область|Область|район|Район|край|Край)\Z"
    r"|(?:محافظة|ولاية|ولایت|منطقة|شعبية)\s+(?P<base>.+)\Z|(?P<base>.+?)\s+ولايت\Z"
)


class NameCleaner:
    """Keeps a source's usable names; holds the lists it judges by."""

    def __init__(self, articles: frozenset[str]) -> None:
        self._articles = articles
        self._languages = frozenset(_language_names())

    def kept(self, names: Iterable[str], *, languages: bool = True) -> dict[str, None]:
        """Keys of the usable names, in order, without repeats; ``languages`` says whether names
        of languages are dirt (not for countries: "Indonesia" is also a language's own name)."""
        found = (self.find_key(name, languages=languages) for name in names)
        return dict.fromkeys(key for key in found if key is not None)

    def find_key(self, name: str, *, languages: bool = True) -> str | None:
        """The lookup key of a name, or None if the name is dirt."""
        if not name.isalpha():
            name = _BRACKETED.sub("", name).strip()
            if not _LETTER.search(name) or _DIGIT.search(name) or "," in name:
                return None
        key = name_key(name)
        latin = name.isascii() or is_latin(name)
        if _CODE.match(name) or len(key) < (3 if latin else 2):
            return None
        if languages and key in self._languages:
            return None
        return None if latin and self._is_romanisation(name, key) else key

    def _is_romanisation(self, name: str, key: str) -> bool:
        """True for names typed in small letters ("ri ben yu"), but not for "al-Bab"."""
        first = name[0] if name[0].isalpha() else next(c for c in name if c.isalpha())
        if not first.islower():
            return False
        head, _, rest = key.partition(" ")
        return not rest or head not in self._articles or name.islower()


def bases(name: str) -> Iterator[str]:
    """The name of a region without the word for its kind: "Donetsk Oblast" gives "Donetsk"."""
    for pattern in (_SUFFIXED, _PREFIXED, _NOT_LATIN_KIND):
        match = pattern.match(name)
        if match:
            yield match["base"]


def printed_region_name(name: str, names: Iterable[str]) -> str:
    """The English form reports use, where the table's own name is a transliteration.

    "Donetska oblast" with "Donetsk Oblast" beside it prints as the latter; "Ḩimş" with
    "Homs Governorate" as "Homs"; "Sagaing" stays."""
    english = [other for other in names if _SUFFIXED.match(other) and other.isascii()]
    plain = {name_key(base) for base in bases(name)} | {name_key(name)}
    for other in english:
        if any(name_key(base) in plain for base in bases(other)):
            return next(iter(bases(other)))
    if not english:
        return name
    best = english[0]
    kept_kind = regex.search(r"(?:oblast|kray|Respublika|okrug)", name)
    return best if kept_kind else next(iter(bases(best)))


def printed_town_name(name: str, country: str) -> str:
    """Without the dots, macrons and half rings of scholarly romanisation: "Rafaḩ" as "Rafah"."""
    if country in _MACRONS_AT_HOME or not _SCHOLARLY.search(name):
        return name
    return anyascii(name).replace("'", "").replace("`", "").strip()


def _language_names() -> Iterator[str]:
    """What languages call themselves and what English calls them."""
    english = Locale("en")
    for identifier in locale_identifiers():
        if "_" in identifier:
            continue
        try:
            locale = Locale.parse(identifier)
        except (UnknownLocaleError, ValueError):
            continue
        for name in (locale.language_name, english.languages.get(identifier)):
            if name:
                yield name_key(name)
    yield from ("hindi", "kartuli", "hayeren", "nihongo", "日本語", "nederlands")
