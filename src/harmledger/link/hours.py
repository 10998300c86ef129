"""At what hour: parts of the day and clock times in the words of a sentence.

Only ever evidence against: a strike at dawn and one in the evening are two (R9).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from harmledger.lexicon.linking import load_linking

FAR = 4
"""Hours apart, at least, that no difference of clocks or memories explains."""
_EXACT = 6
"""Hours two reports name together, at most, to say the same hour and not the same half of a day."""
_CLOCK = re.compile(
    r"\b(\d{1,2})(?:[:.]([0-5]\d))?\s?(a\.?m\b|p\.?m\b)|\b([01]?\d|2[0-3]):([0-5]\d)\b",
    re.IGNORECASE,
)
_SAID = re.compile(r"\b(?:said|told|reported|announced|published|updated)\b[^,;.]*$", re.IGNORECASE)


@cache
def _part_pattern() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in load_linking().day_parts)
    return re.compile(rf"\b({words})\b", re.IGNORECASE)


@lru_cache(maxsize=65536)
def find_hours(sentence: str) -> frozenset[int]:
    """Full hours, 0 to 23, that ``sentence`` may mean; empty when it names none.

    A time beside a verb of saying is the report's own and is passed over.
    """
    hours: set[int] = set()
    for found in _CLOCK.finditer(sentence):
        if not _SAID.search(sentence, 0, found.start()):
            hours.add(_full_hour(found))
    if hours:
        return frozenset(hours)
    for found in _part_pattern().finditer(sentence):
        if not _SAID.search(sentence, 0, found.start()):
            first, last = load_linking().day_parts[found[1].lower()]
            hours |= {hour % 24 for hour in range(first, last + (1 if last >= first else 25))}
    return frozenset(hours)


def _full_hour(found: re.Match[str]) -> int:
    if found[4] is not None:
        return int(found[4])
    late = found[3].lower().startswith("p")
    return int(found[1]) % 12 + (12 if late else 0)


def are_far(a: frozenset[int], b: frozenset[int]) -> bool:
    """Both name hours, and none of one is within ``FAR`` hours of one of the other."""
    if not a or not b:
        return False
    return all(min((x - y) % 24, (y - x) % 24) >= FAR for x in a for y in b)


def are_close(a: frozenset[int], b: frozenset[int]) -> bool:
    """Both name few hours, and one of each is the same or the next."""
    if not a or not b or len(a) + len(b) > _EXACT:
        return False
    return any(min((x - y) % 24, (y - x) % 24) <= 1 for x in a for y in b)
