"""Pieces of pattern that every time rule shares, built from the lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterable

from harmledger.extract.times.scene import Scene
from harmledger.lexicon.numbers import load_number_words
from harmledger.lexicon.times import load_time_words

_WORDS = load_time_words()


def any_of(words: Iterable[str]) -> str:
    """An alternation, longest word first, blanks as wide as they come."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


_LONG_MONTHS = [
    month for month in _WORDS.months if len(month) > 4 or month in {"june", "july", "may"}
]
_SHORT_MONTHS = [month for month in _WORDS.months if month not in _LONG_MONTHS]
MONTH = rf"(?:(?:{any_of(_LONG_MONTHS)})(?!\w)|(?:{any_of(_SHORT_MONTHS)})(?!\w)\.?)"
_ORDINALS = load_number_words().ordinals
_DAY_ORDINALS = {word: value for word, value in _ORDINALS.items() if value < 32}
for _tens, _value in (("twenty", 20), ("thirty", 30)):
    _DAY_ORDINALS |= {
        f"{_tens}-{word}": _value + n for word, n in _ORDINALS.items() if _value + n < 32 and n < 10
    }
SPELLED_DAY = rf"(?:{any_of(_DAY_ORDINALS)})"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\w)"
ORDINAL_DAY = r"(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th)"
YEAR = r"(?:1[89]|20)\d{2}(?!\w)"
WEEKDAY = rf"(?:{any_of(_WORDS.weekdays)})(?!\w)"
WEEKDAY_ANY = rf"(?:{any_of([*_WORDS.weekdays, *_WORDS.weekday_abbreviations])})(?!\w)\.?"
PART = rf"(?:(?:early|late|mid)[\s-])?(?:{any_of(_WORDS.parts_of_day)})"
NUMBER = rf"(?:\d{{1,3}}|{any_of(_WORDS.small_numbers)})(?!\w)"
VAGUE = rf"(?:{any_of(_WORDS.vague_numbers)})(?!\w)"
UNIT = r"(?:minute|hour|day|night|week|fortnight|month|year|decade)s?"
DASH = r"\s*[-‐‑–—]\s*"

CLOCK = r"(?:\d{1,2}(?:[:.]\d{2}\s*(?:[ap]\.?m\.?|hrs?)?|\s*(?:[ap]\.?m\.?|hrs?|o['’]clock)))"

MONTH_FIRSTS = " ".join(_WORDS.months)
WEEKDAY_FIRSTS = " ".join([*_WORDS.weekdays, *_WORDS.weekday_abbreviations])
NUMBER_FIRSTS = " ".join({word.partition("-")[0].split()[0] for word in _WORDS.small_numbers})
SPELLED_DAY_FIRSTS = " ".join({word.partition("-")[0] for word in _DAY_ORDINALS})
VAGUE_FIRSTS = " ".join({word.split()[0] for word in _WORDS.vague_numbers})


def month_number(written: str) -> int:
    """1 to 12."""
    return _WORDS.months[written.lower().rstrip(".")]


def weekday_number(written: str) -> int:
    """Monday is 0."""
    low = written.lower().rstrip(".")
    found = _WORDS.weekdays.get(low)
    return _WORDS.weekday_abbreviations[low] if found is None else found


def small_number(written: str) -> int:
    """The value of a small number in digits or words; ``several`` for a vague one."""
    low = " ".join(written.lower().split())
    if low.isdigit():
        return int(low)
    return _WORDS.small_numbers.get(low, _WORDS.several)


def day_number(written: str) -> int:
    """The number of "9th"."""
    spelled = _DAY_ORDINALS.get(written.lower())
    return spelled or int(written.rstrip("stndrhSTNDRH"))


def is_month_name(written: str, scene: Scene, end: int) -> bool:
    """ "May", "March" and the like need a capital; "MAY HAVE" is no month."""
    low = written.lower().rstrip(".")
    if low in _WORDS.shy_months and not written[0].isupper():
        return False
    return not (written == "MAY" and scene.word_after(end) in {"have", "be", "not", "also", "yet"})


def is_shy_month(written: str) -> bool:
    """A month that alone needs a word of time before it."""
    return written.lower().rstrip(".") in _WORDS.shy_months
