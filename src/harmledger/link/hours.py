"""At what hour: parts of the day and clock times in the words of a sentence, and whether it tells
of a blow that came after another one.

Mostly evidence against: a strike at dawn and one in the evening are two (R9). Clock times of two
time zones are not told from two blows some hours apart: a person has to join these.
"""

from __future__ import annotations

import re
from functools import cache

from harmledger.lexicon.linking import load_linking
from harmledger.link.triggers import Tokens, find_triggers, words_of

FAR = 4
"""Hours apart, at least, that no difference of clocks or memories explains."""
_CLOCK_FAR = 3
_CLOCK_OFF = 2
"""Hours between two clock times that make two blows, and that make them likely."""
_FEW = 2
"""Hours a report names, at most, when it gives a clock time: "9.50" may be told as "10"."""
_EXACT = 6
"""Hours two reports name together, at most, to say the same hour and not the same half of a day."""
_CLOCK = re.compile(
    r"\b(\d{1,2})(?:[:.]([0-5]\d))?\s?(a\.?m\b|p\.?m\b)|\b([01]?\d|2[0-3]):([0-5]\d)\b",
    re.IGNORECASE,
)
_WORDED = (
    r"\b(?:(\d{{1,2}})|({words}))(?: o'clock)?(?: in the (morning|afternoon|evening)| at (night)"
    r"|(?<= o'clock))"
)
"""Half past nine is nine: minutes are not looked at."""
_CLOCK_ENDS = frozenset({"m", "am", "pm"})
_WORDED_ENDS = frozenset({"clock", "morning", "afternoon", "evening", "night"})
_NO_HOURS: frozenset[int] = frozenset()
_SAID = re.compile(r"\b(?:said|told|reported|announced|published|updated)\b[^,;.]*$", re.IGNORECASE)


@cache
def _part_pattern() -> re.Pattern[str]:
    named = sorted(load_linking().day_parts, key=lambda word: (-len(word), word))
    return re.compile(rf"\b({'|'.join(map(re.escape, named))})\b", re.IGNORECASE)


@cache
def _part_words() -> frozenset[str]:
    return find_triggers(load_linking().day_parts)


@cache
def _worded_pattern() -> re.Pattern[str]:
    words = "|".join(load_linking().clock_words)
    return re.compile(_WORDED.format(words=words), re.IGNORECASE)


def find_hours(sentence: str) -> frozenset[int]:
    """Full hours, 0 to 23, that ``sentence`` may mean; empty when it names none.

    A time beside a verb of saying is the report's own and is passed over; so is that of an earlier
    blow ("burning since the dawn strike") beside one of its own.
    """
    words = words_of(sentence)
    clocks = _CLOCK.finditer(sentence) if _may_be_clock(sentence, words) else ()
    named = [(found, {_full_hour(found)}) for found in clocks]
    if not _WORDED_ENDS.isdisjoint(words):
        named += [(found, _worded_hours(found)) for found in _worded_pattern().finditer(sentence)]
    named = [(found, hours) for found, hours in named if hours and not _is_said(sentence, found)]
    if not named and not _part_words().isdisjoint(words):
        parts = _part_pattern().finditer(sentence)
        named = [(found, _part_hours(found)) for found in parts if not _is_said(sentence, found)]
    if not named:
        return _NO_HOURS
    own = [hours for found, hours in named if not _leads_back(sentence, found)]
    return frozenset().union(*(own or [hours for _, hours in named]))


def _may_be_clock(sentence: str, words: Tokens) -> bool:
    """Without a colon, "pm", or the "m" of "p.m." there is no clock time."""
    if ":" in sentence or not _CLOCK_ENDS.isdisjoint(words):
        return True
    return any(word[0].isdigit() and word[-1] == "m" for word in words)


def _is_said(sentence: str, found: re.Match[str]) -> bool:
    return _SAID.search(sentence, 0, found.start()) is not None


def _leads_back(sentence: str, found: re.Match[str]) -> bool:
    """It is the hour of a blow that the sentence looks back at."""
    before, behind = load_linking().led_back
    if behind.search(sentence[found.end() :]) is None:
        return False
    return before.search(sentence, 0, found.start()) is not None


def _part_hours(found: re.Match[str]) -> set[int]:
    first, last = load_linking().day_parts[found[1].lower()]
    return {hour % 24 for hour in range(first, last + (1 if last >= first else 25))}


def _full_hour(found: re.Match[str]) -> int:
    if found[4] is not None:
        return int(found[4])
    late = found[3].lower().startswith("p")
    return int(found[1]) % 12 + (12 if late else 0)


def _worded_hours(found: re.Match[str]) -> set[int]:
    """ "Seven in the evening"; "seven o'clock" alone may be either."""
    hour = int(found[1]) if found[1] else load_linking().clock_words[found[2].lower()]
    if hour > 12:
        return set()
    early, late = hour % 12, hour % 12 + 12
    part = (found[3] or found[4] or "").lower()
    if not part:
        return {early, late}
    if part == "night":
        return {late if hour > 5 and hour != 12 else early}
    return {early if part == "morning" else late}


def find_order(sentence: str) -> int:
    """2 when ``sentence`` tells of a blow hours after another, 1 when of one after another, else
    0. "Struck again" may look back at last month: 1 is weak."""
    lexicon = load_linking()
    if not lexicon.second_blow.search(sentence):
        return 0
    return 2 if lexicon.hours_later.search(sentence) else 1


def are_far(a: frozenset[int], b: frozenset[int], *, one_day: bool = False) -> bool:
    """Both name hours, and none of one is within ``FAR`` hours of one of the other; within fewer
    when both give clock times. ``one_day``: both are of one calendar day, whose early hours are far
    from its late ones; clock times around midnight are as often given to the wrong day."""
    if _are_clocks(a, b):
        return _hours_between(a, b) >= _CLOCK_FAR
    if one_day and a and b:
        return min(abs(x - y) for x in a for y in b) >= FAR
    return _hours_between(a, b) >= FAR


def are_off(a: frozenset[int], b: frozenset[int]) -> bool:
    """Both give clock times, and these differ by more than memories do."""
    return _are_clocks(a, b) and _hours_between(a, b) >= _CLOCK_OFF


def _are_clocks(a: frozenset[int], b: frozenset[int]) -> bool:
    return 0 < len(a) <= _FEW and 0 < len(b) <= _FEW


def _hours_between(a: frozenset[int], b: frozenset[int]) -> int:
    """The fewest hours from one of ``a`` to one of ``b``; -1 when one names none."""
    return min((min((x - y) % 24, (y - x) % 24) for x in a for y in b), default=-1)


def are_close(a: frozenset[int], b: frozenset[int]) -> bool:
    """Both name few hours, and one of each is the same or the next."""
    if not a or not b or len(a) + len(b) > _EXACT:
        return False
    return any(min((x - y) % 24, (y - x) % 24) <= 1 for x in a for y in b)
