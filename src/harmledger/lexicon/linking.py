"""Names of bodies, persons and parties in one spelling, and the words and weights of linking."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from anyascii import anyascii

from harmledger.core.base import Value
from harmledger.core.errors import LexiconError
from harmledger.lexicon.files import load_yaml, words

_FILE = "linking.yaml"
_WORD = re.compile(r"[a-z0-9]+")
_DEMONYMS = "data/gazetteer_demonyms.yaml"


class Linking(Value, frozen=True, kw_only=True):
    """The linking lexicon, every word folded to plain lower-case letters."""

    bodies: tuple[tuple[str, str], ...]
    """(folded phrase, key), longest phrase first."""
    spellings: tuple[tuple[str, str], ...]
    small_words: frozenset[str]
    titles: frozenset[str]
    nameless: frozenset[str]
    national: frozenset[str]
    local: frozenset[str]
    institution_words: frozenset[str]
    speaks_for: tuple[tuple[frozenset[str], str], ...]
    region_words: frozenset[str]
    agencies: tuple[str, ...]
    countries: dict[str, str]
    parties: dict[str, str]
    party_bodies: frozenset[str]
    force_words: frozenset[str]
    common_sites: frozenset[str]
    """Kinds of sites that are struck so often that two reports agree on them by chance."""
    site_words: frozenset[str]
    another: re.Pattern[str]
    definite: re.Pattern[str]
    rubble: re.Pattern[str]
    second_blow: re.Pattern[str]
    hours_later: re.Pattern[str]
    day_parts: dict[str, tuple[int, int]]
    """Word for a part of the day to its first and last full hour; it may run past midnight."""
    clock_words: dict[str, int]
    led_back: tuple[re.Pattern[str], re.Pattern[str]]
    """What stands before and behind the hour of an earlier blow."""
    spots: dict[str, str]
    """Lower-case word behind the name of a spot inside a town, to the kind of spot."""
    scenes: dict[str, str]
    """Lower-case word for a scene without a name, to its kind."""
    sides: re.Pattern[str]
    articles: frozenset[str]
    weights: dict[str, float]
    thresholds: dict[str, float]


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """``text`` in plain lower-case Latin letters and digits, possessives gone, single spaces."""
    plain = anyascii(text).lower().removesuffix("'s").replace("'s ", " ")
    return " ".join(_WORD.findall(plain.replace("'", "")))


@cache
def load_linking() -> Linking:
    """The linking lexicon.

    Raises:
        LexiconError: a weight is no number, a part of the day is no two hours, or a list holds
            something that is no word.
    """
    data = load_yaml(_FILE)

    def folded(*keys: str) -> frozenset[str]:
        return frozenset(fold(word) for word in words(data, _FILE, *keys))

    def pattern(key: str, bound: str = r"\b(?:{})\b") -> re.Pattern[str]:
        return re.compile(bound.format("|".join(words(data, _FILE, key))), re.IGNORECASE)

    return Linking(
        bodies=_phrases({k: words(data, _FILE, "bodies", k) for k in data["bodies"]}),
        spellings=tuple((fold(k), fold(v)) for k, v in data["spellings"].items()),
        small_words=folded("small_words"),
        titles=folded("titles"),
        nameless=folded("nameless"),
        national=folded("national"),
        local=folded("local"),
        institution_words=folded("institution_words"),
        speaks_for=tuple((frozenset(k.split()), v) for k, v in data["speaks_for"].items()),
        region_words=folded("region_words"),
        agencies=tuple(data["agencies"]),
        countries=_countries(data),
        parties=dict(_phrases({k: words(data, _FILE, "parties", k) for k in data["parties"]})),
        party_bodies=folded("party_bodies"),
        force_words=folded("force_words"),
        common_sites=frozenset(words(data, _FILE, "common_sites")),
        site_words=folded("site_words"),
        another=pattern("another"),
        definite=pattern("definite"),
        rubble=pattern("rubble"),
        second_blow=pattern("second_blow"),
        hours_later=pattern("hours_later"),
        day_parts=_day_parts(data),
        clock_words=dict(data["clock_words"]),
        spots={w: kind for kind in data["spots"] for w in words(data, _FILE, "spots", kind)},
        led_back=(
            pattern("earlier", r"\b(?:{}) (?:(?:the|that|this|an?|those) )?(?:[\w'’-]+ ){{0,2}}$"),
            pattern("blows", r"^\.?(?:['’]s)?[ -](?:[\w-]+ ){{0,2}}(?:{})\b"),
        ),
        scenes={w: kind for kind in data["scenes"] for w in words(data, _FILE, "scenes", kind)},
        sides=pattern("sides"),
        articles=folded("articles"),
        weights=_numbers(data, "weights"),
        thresholds=_numbers(data, "thresholds"),
    )


def _phrases(named: dict[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    pairs = {fold(written): key for key, written_all in named.items() for written in written_all}
    return tuple(sorted(pairs.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _numbers(data: dict[str, Any], key: str) -> dict[str, float]:
    for name, number in data[key].items():
        if isinstance(number, bool) or not isinstance(number, int | float):
            raise LexiconError(f"lexicon/{_FILE}: {key}.{name} is {number!r}; it must be a number")
    return {name: float(number) for name, number in data[key].items()}


def _day_parts(data: dict[str, Any]) -> dict[str, tuple[int, int]]:
    parts: dict[str, tuple[int, int]] = {}
    for word, hours in data["day_parts"].items():
        found = re.fullmatch(r"(\d{1,2})-(\d{1,2})", str(hours))
        if found is None or max(int(found[1]), int(found[2])) > 23:
            raise LexiconError(
                f"lexicon/{_FILE}: day_parts.{word} is {hours!r}; "
                "write two hours from 0 to 23, as 5-11"
            )
        parts[str(word).lower()] = (int(found[1]), int(found[2]))
    return parts


def _countries(data: dict[str, Any]) -> dict[str, str]:
    """Folded country names and demonyms to alpha-3; words of two countries are left out."""
    owners: dict[str, set[str]] = {}
    for code, written in load_yaml(_DEMONYMS).items():
        for word in written:
            for form in (fold(word), fold(word) + "s"):
                owners.setdefault(form, set()).add(code)
    found = {word: codes.pop() for word, codes in owners.items() if len(codes) == 1}
    for code in data["countries"]:
        found |= {fold(w): code for w in words(data, _FILE, "countries", code)}
    return found


@lru_cache(maxsize=16384)
def find_country(word: str) -> str | None:
    """Alpha-3 of a folded word that is a country or its demonym ("ukraine", "ukrainian").

    A country's name is known by its demonym: "syria" leads to "syrian", "ukraine" to "ukrainian".
    """
    countries = load_linking().countries
    if word in countries:
        return countries[word]
    for stem in (word, word[:-1]):
        if len(stem) < 4:
            return None
        codes = {countries[known] for known in _beginning_with(stem)}
        if len(codes) == 1:
            return codes.pop() if len(word) >= 5 or stem == word else None
    return None


def _beginning_with(stem: str) -> Iterator[str]:
    """The words for countries that begin so."""
    words = _country_words()
    for at in range(bisect_left(words, stem), len(words)):
        if not words[at].startswith(stem):
            return
        yield words[at]


@cache
def _country_words() -> tuple[str, ...]:
    return tuple(sorted(load_linking().countries))


@lru_cache(maxsize=16384)
def name_tokens(name: str) -> frozenset[str]:
    """The words that make a body's or person's name, in one spelling: "Gaza's Health Ministry"
    and "the Ministry of Health in Gaza" give the same words; nationalities become alpha-3 codes;
    a body with many names becomes its key."""
    lexicon = load_linking()
    text = f" {fold(name)} "
    if key := _find_body(text, lexicon):
        return frozenset([key])
    tokens = [t for t in _respell(text, lexicon).split() if t not in lexicon.small_words]
    untitled = [t for t in tokens if t not in lexicon.titles]
    return frozenset(find_country(t) or t for t in untitled or tokens)


def _respell(text: str, lexicon: Linking) -> str:
    for written, spelled in lexicon.spellings:
        text = text.replace(f" {written} ", f" {spelled} ")
    return text


def _find_body(text: str, lexicon: Linking) -> str | None:
    """The key of the body that all of ``text`` names, titles and small words aside."""
    found = next((key for phrase, key in lexicon.bodies if f" {phrase} " in text), None)
    if found is None:
        return None
    for phrase, key in lexicon.bodies:
        if key == found:
            text = text.replace(f" {phrase} ", " ")
    left = set(text.split()) - lexicon.small_words - lexicon.titles - lexicon.nameless
    return None if left else found


@lru_cache(maxsize=16384)
def find_party(name: str) -> str | None:
    """The party a perpetrator's name stands for: "Russian aircraft", "Kremlin" and "Russia" are
    RUS; "gunmen" are nobody (None)."""
    lexicon = load_linking()
    text = _respell(f" {fold(name)} ", lexicon)
    for phrase, key in lexicon.bodies:
        if key in lexicon.party_bodies and f" {phrase} " in text:
            return key
    for phrase, code in lexicon.parties.items():
        text = text.replace(f" {phrase} ", f" {code} ")
    tokens = set(text.split()) - lexicon.small_words - lexicon.force_words
    return " ".join(sorted({t if t.isupper() else find_country(t) or t for t in tokens})) or None
