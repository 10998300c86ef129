"""Words of time: months, weekdays, feasts and the nouns that last (contract §4)."""

from __future__ import annotations

from functools import cache

import msgspec

from harmledger.core.base import Value
from harmledger.core.errors import LexiconError
from harmledger.lexicon.files import load_yaml

_FILE = "time_words.yaml"


class TimeWords(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of ``time_words.yaml``, lower case. Weekdays count from Monday = 0."""

    months: dict[str, int]
    weekdays: dict[str, int]
    weekday_abbreviations: dict[str, int]
    shy_months: frozenset[str]
    seasons: dict[str, tuple[int, int]]
    parts_of_day: tuple[str, ...]
    feasts: dict[str, tuple[int, int]]
    movable_feasts: tuple[str, ...]
    easter_feasts: dict[str, int]
    small_numbers: dict[str, int]
    vague_numbers: tuple[str, ...]
    several: int
    since_events: frozenset[str]
    lasting: tuple[str, ...]
    over: tuple[str, ...]
    before_month: frozenset[str]
    before_ordinal_day: frozenset[str]
    after_ordinal_day: frozenset[str]
    before_year: frozenset[str]
    named_after_days: frozenset[str]


@cache
def load_time_words() -> TimeWords:
    """The words of time.

    Raises:
        LexiconError: the file lacks a list or holds something of the wrong kind.
    """
    try:
        words: TimeWords = msgspec.convert(load_yaml(_FILE), TimeWords)
    except msgspec.ValidationError as error:
        raise LexiconError(f"lexicon/{_FILE}: {error}") from error
    return words
