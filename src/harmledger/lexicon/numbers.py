"""Number words and what a named profile makes of them (contract §3)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from math import prod
from typing import Any

import msgspec

from harmledger.core.base import Value
from harmledger.core.errors import LexiconError, WrongUsage
from harmledger.lexicon.files import load_yaml

_WORDS_FILE = "number_words.yaml"
_PROFILES_FILE = "number_profiles.yaml"
Words = frozenset[str]


class NumberProfile(Value, frozen=True, kw_only=True):
    """Whose rule gives a vague word its numbers, and which numbers."""

    name: str
    title: str
    source: str
    edition: str
    values: dict[str, tuple[int | None, int | None]]
    url: str | None = None
    note: str | None = None

    @property
    def basis(self) -> str:
        """What ``Figure.basis`` says of a word read by this profile."""
        return f"word:{self.name}"

    def value(self, term: str) -> tuple[int | None, int | None]:
        """Low and high of a vague term; both null when the profile states nothing."""
        return self.values.get(term, (None, None))


class NumberKinds(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words that make a number something else than a count."""

    time_units: Words
    age_units: Words
    ages_after: Words
    ages_before: Words
    persons_singular: Words
    age_groups: Words
    currencies: Words
    currency_signs: Words
    measures: Words
    weights_or_money: Words
    weapon_words: Words
    percents: Words
    name_before: Words
    name_before_any_case: Words
    formations: Words
    headcount_compounds: Words
    headcount_before: Words
    clock_after: Words
    rate_after: Words
    year_before: Words
    base_with_harm: Words
    finite_verbs: Words
    not_a_name_prefix: Words
    death_numbers: Words


class NumberWords(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of ``number_words.yaml``, lower case."""

    units: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    glued_scales: dict[str, int]
    dozen: int
    score: int
    pairs: dict[str, int]
    multiples: dict[str, int]
    multiple_of: Words
    plurals: Words
    both: Words
    ordinals: dict[str, int]
    fractions: Words
    vague: dict[str, tuple[str, ...]]
    plural_scales: dict[str, int]
    few_before_scale: Words
    zero: tuple[str, ...]
    hedges: dict[str, tuple[str, ...]]
    fillers: tuple[str, ...]
    suffix_hedges: dict[str, tuple[str, ...]]
    bound_joints: Words
    revisions: Words
    not_zero_after_no: Words
    zero_nouns: Words
    zero_modifiers: Words
    zero_stops: Words
    not_one_before: Words
    not_one_after: Words
    some_nouns: Words
    not_some_after: Words
    some_of: Words
    things: Words
    kinds: NumberKinds


def _convert(data: Any, shape: Any, where: str) -> Any:
    try:
        return msgspec.convert(data, shape)
    except msgspec.ValidationError as error:
        raise LexiconError(f"lexicon/{where}: {error}") from error


@cache
def load_number_words() -> NumberWords:
    """Number words, hedges and context words.

    Raises:
        LexiconError: the file lacks a list or holds something that is no word.
    """
    words: NumberWords = _convert(load_yaml(_WORDS_FILE), NumberWords, _WORDS_FILE)
    return words


@cache
def load_number_profiles() -> dict[str, NumberProfile]:
    """Every profile shipped, by name.

    Raises:
        LexiconError: a profile lacks its source or edition, or a value is no [low, high].
    """
    return {
        name: _convert({**entry, "name": name}, NumberProfile, f"{_PROFILES_FILE}: {name}")
        for name, entry in load_yaml(_PROFILES_FILE).items()
    }


def load_number_profile(name: str = "literal") -> NumberProfile:
    """The profile called ``name``.

    Raises:
        WrongUsage: there is no such profile; the message lists those there are.
    """
    profiles = load_number_profiles()
    if name not in profiles:
        raise WrongUsage(f"no number profile {name!r}; there are: {', '.join(sorted(profiles))}")
    return profiles[name]


@lru_cache(maxsize=16384)
def find_vague_term(written: str) -> tuple[str, int]:
    """The term of ``number_words.yaml`` that a vague number rests on, and how often it is taken:
    "a few dozen" is (dozens, 1), "hundreds of thousands" (hundreds, 1000), "numerous" (many, 1).

    Words that name no number at all ("civilians", "a family") are (plural, 1).
    """
    lexicon = load_number_words()
    tokens = re.findall(r"[a-z]+", written.lower())
    scales = [s for t in tokens if (s := _plural_scale(t, lexicon)) is not None]
    if scales:
        first, *rest = scales
        return first, prod(lexicon.plural_scales[s] for s in rest)
    text = f" {' '.join(tokens)} "
    phrases = sorted(
        ((phrase, term) for term, held in lexicon.vague.items() for phrase in held),
        key=lambda pair: -len(pair[0]),
    )
    found = next((term for phrase, term in phrases if f" {phrase} " in text), "plural")
    return found, 1


def _plural_scale(token: str, lexicon: NumberWords) -> str | None:
    """ "dozen" and "dozens" are dozens; a bare "ten" is a number and no scale."""
    if token in lexicon.plural_scales:
        return token
    plural = f"{token}s"
    return plural if plural in lexicon.plural_scales and plural != "tens" else None
