"""Every time expression of a sentence (contract §4, reading rules 19 to 22)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from harmledger.core.when import TimeHit, edtf_interval
from harmledger.extract.times.absolute import ABSOLUTE
from harmledger.extract.times.anchoring import anchor_events
from harmledger.extract.times.calendar import add_days
from harmledger.extract.times.events import EVENTS, open_start
from harmledger.extract.times.moved import coming_until, core_of_since
from harmledger.extract.times.periods import PERIODS
from harmledger.extract.times.reckoned import RECKONED
from harmledger.extract.times.relative import RELATIVE
from harmledger.extract.times.scene import (
    DIGITS,
    Found,
    Reading,
    Rule,
    Scene,
    days,
    to_when,
    unanchored,
)
from harmledger.extract.times.stretches import STRETCHES
from harmledger.extract.times.together import fit_together
from harmledger.extract.times.words import CLOCK, NUMBER

_START = re.compile(r"(?<![\w])(?:(\d)|[^\W\d_])\w*+")
_LEAD = re.compile(
    r"(?P<word>(since|around|about|on\s+or\s+(?:around|about)|circa|between|from|by|as\s+of|until|till|up\s+to|overnight"
    r"|(?:the\s+)?night\s+(?:of|from|between)|(?:the\s+)?nights?\s+of|over)\s+)"
    rf"(?:at\s+least\s+)?(?P<clock>{CLOCK}\s+)?(?:(?:on|into|to|the|in|from|between)\s+)?",
    re.IGNORECASE,
)
_LEADS = frozenset({"since", "around", "about", "on", "circa", "between", "from", "by", "as"}) | {
    *("until", "till", "up", "overnight", "the", "night", "nights", "over")
}
_JOINT = re.compile(
    r"(?:,(?=\s*(?:to|until|into|through)\b))?\s*([-‐‑–—]|\bto\b|\buntil\b|\bthrough\b|\band\b|\bor\b|\binto\b|,(?!\s*\d))\s*(?:again\s+)?"
    r"(?:(?:midnight|noon|midday|dawn|dusk|(?:the\s+)?(?:morning|evening|night|(?:early|small|wee)\s+hours)\s+of)\s+(?:on\s+)?)?"
    rf"(?:{CLOCK}\s+)?(?:(?:on|the)\s+)?(?P<early>early\s+(?:on\s+)?)?",
    re.IGNORECASE,
)
_COUNT_BEHIND = re.compile(
    rf"\s+(?:at\s+least\s+|another\s+|a\s+further\s+|some\s+)?{NUMBER}", re.IGNORECASE
)
_OPENERS = frozenset({"between", "from"})
_UP_TO_NOW = re.compile(
    r"(?P<aside>,\s[^,.;:]{3,90},)?\s+(?:to|until|till|through)\s+"
    r"(?:the\s+present(?:\s+day)?|now|date|this\s+day|the\s+day\s+of\s+writing)\b",
    re.IGNORECASE,
)
_CALENDAR = frozenset(
    {"part_of_month", "date", "weekday", "weekday_conflict", "month", "named_day", "iso", "numeric"}
)
_WORD_BEHIND = re.compile(r"(?:[\w'’-]+\s+)")
_SINCE_WORDS = 10
"""Words behind "since" among which the day of what it names stands."""
_SINCE_RULES = frozenset(
    {"last_week", "last_month", "last_year", "year", "ago", "weekend", "season"}
)


_LONGEST = 160
"""No time phrase is longer; looking no further keeps a hostile text linear."""


@cache
def _rules_by_first() -> dict[str, tuple[Rule, ...]]:
    table: dict[str, list[Rule]] = {}
    for rule in (*ABSOLUTE, *PERIODS, *STRETCHES, *RELATIVE, *RECKONED, *EVENTS):
        for first in rule.firsts:
            table.setdefault(first, []).append(rule)
    return {first: tuple(rules) for first, rules in table.items()}


_LITERAL = re.compile(r"\?P<\w+>|\\[a-zA-Z]|([a-z]{2,})")
_NEXT = re.compile(r"[\s\-‐‑–—]+(\w{1,3})")
_ARTICLES = ("the", "a", "an")


@cache
def _rules_behind() -> dict[tuple[str, str], tuple[Rule, ...]]:
    """By an article and the first three letters of the word behind it the rules that may read on:
    a rule has that word among its own, or a digit stands there."""
    table: dict[tuple[str, str], list[Rule]] = {}
    for article in _ARTICLES:
        for rule in _rules_by_first().get(article, ()):
            words = (m.group(1) for m in _LITERAL.finditer(rule.written.lower()))
            for letters in {word[:3] for word in words if word}:
                table.setdefault((article, letters), []).append(rule)
    return {key: tuple(rules) for key, rules in table.items()}


def _find_rules(
    scene: Scene, at: int, first: str, table: dict[str, tuple[Rule, ...]]
) -> tuple[Rule, ...]:
    """The rules worth trying at ``at``. Behind an article, the commonest of words, most are not."""
    if first not in _ARTICLES:
        return table.get(first, ())
    following = _NEXT.match(scene.text, at + len(first), scene.end)
    if following is None:
        return ()
    letters = following.group(1).lower()
    if letters[0].isdigit() or not letters.isascii():
        return table.get(first, ())
    return _rules_behind().get((first, letters), ())


def _may_be_time(scene: Scene, end: int, first: str) -> bool:
    """Most of the words behind "the", the commonest of all, begin no phrase of time."""
    if first != "the":
        return True
    following = _NEXT.match(scene.text, end, scene.end)
    if following is None:
        return False
    letters = following.group(1).lower()
    return ("the", letters) in _rules_behind() or letters[0].isdigit() or not letters.isascii()


def find_times(text: str, start: int, end: int, published: date | None) -> tuple[TimeHit, ...]:
    """Every time expression in ``text[start:end]``: ordered, not overlapping.

    ``published`` is the day relative phrases are counted from; without it they keep their words
    and no dates. Clock times, ages and plain durations are no dates and are not found.
    """
    scene = Scene(text, start, end, published)
    found = anchor_events(list(_scan(scene)), scene)
    found = fit_together(found, scene)
    return tuple(
        TimeHit(
            start=hit.start,
            end=hit.end,
            when=to_when(hit.reading, text[hit.start : hit.end], published),
        )
        for hit in found
    )


def _scan(scene: Scene) -> Iterator[Found]:
    table = _rules_by_first()
    at = scene.start
    while match := _START.search(scene.text, at, scene.end):
        first = DIGITS if match.group(1) else match.group().lower()
        at = match.end()
        if first not in table and first not in _LEADS:
            continue
        if not _may_be_time(scene, at, first):
            continue
        hit = _read_at(scene, match.start(), first, table)
        if hit:
            yield hit
            at = max(hit.end, at)


def _read_at(scene: Scene, at: int, first: str, table: dict[str, tuple[Rule, ...]]) -> Found | None:
    """The longest phrase that begins at ``at``, led, ranged or simple."""
    simple = _read_simple(scene, at, first, table)
    if simple:
        simple = _read_range(scene, simple, table) or simple
    led = _read_led(scene, at, table) if first in _LEADS else None
    if led and (not simple or led.end > simple.end or simple.reading.rule == "since_event"):
        return led
    return simple


def _read_simple(
    scene: Scene, at: int, first: str, table: dict[str, tuple[Rule, ...]]
) -> Found | None:
    best: Found | None = None
    limit = min(scene.end, at + _LONGEST)
    for rule in _find_rules(scene, at, first, table):
        match = rule.match(scene.text, at, limit)
        if match and (best is None or match.end() > best.end):
            reading = rule.handler(match, scene)
            if reading:
                best = Found(at, _trim(match), reading)
    return best


def _trim(match: re.Match[str]) -> int:
    """The end of a match without a full stop that ends the sentence ("in Sept." keeps its own)."""
    end: int = match.end()
    if "(" in match.group() and ")" not in match.group() and match.string[end : end + 1] == ")":
        return end + 1
    return end - 1 if match.group().endswith(".") and end == match.endpos else end


def _simple_from(scene: Scene, at: int, table: dict[str, tuple[Rule, ...]]) -> Found | None:
    match = _START.match(scene.text, at, scene.end)
    if not match:
        return None
    first = DIGITS if match.group(1) else match.group().lower()
    return _read_simple(scene, at, first, table)


def _read_led(scene: Scene, at: int, table: dict[str, tuple[Rule, ...]]) -> Found | None:
    """A phrase led by a word that moves it: since, around, between, overnight into, by, as of."""
    lead = _LEAD.match(scene.text, at, min(scene.end, at + _LONGEST))
    if not lead:
        return None
    word = " ".join(lead.group(2).lower().split())
    if lead.group("clock") and word.startswith(("around", "about", "circa", "on ")):
        return None  # "around 04:30 on 14 May" is of that day
    core = _simple_from(scene, lead.end("word"), table) or _simple_from(scene, lead.end(), table)
    if core is None and word == "since":
        core = _day_of_since(scene, lead.end("word"), table)
    if core is not None and word == "since" and core.reading.shift == (0, "day", "later"):
        return Found(at, core.end, open_start("since_event", scene))  # "since that night"
    if core is None or core.reading.shift is not None:
        return None
    if word in {"between", "from"} or word.endswith(("from", "between")):
        ranged = _read_range(scene, core, table)
        return Found(at, ranged.end, ranged.reading) if ranged else None
    if word.startswith(("night", "the night")):
        core = _read_range(scene, core, table) or core
    reading = coming_until(word, core.reading, at, scene)
    reading = reading or _move(word, lead.group().lower(), core_of_since(word, core, scene), scene)
    return Found(at, core.end, reading) if reading else None


def _day_of_since(scene: Scene, at: int, table: dict[str, tuple[Rule, ...]]) -> Found | None:
    """The day of what "since" names: "since the market was hit on Sunday", "since it began last
    week". Not over a comma, nor over a count."""
    for _ in range(_SINCE_WORDS):
        word = _WORD_BEHIND.match(scene.text, at, scene.end)
        if word is None or word.group()[0].isdigit():
            return None
        at = word.end()
        core = _simple_from(scene, at, table)
        if core is not None:
            known = core.reading.rule in _CALENDAR | _SINCE_RULES and core.reading.earliest
            return core if known else None
    return None


def _move(word: str, lead: str, core: Reading, scene: Scene) -> Reading | None:
    """What the leading word does to the days of the phrase behind it."""
    first, last = core.earliest, core.latest
    if word == "since":
        return _since(core, scene)
    if first is None or last is None:
        return core if word != "over" else None
    if word in {"around", "about", "circa"} or word.startswith("on or"):
        if core.rule in {"date", "feast", "weekday_conflict", "day_of_month", "iso", "numeric"}:
            return days("around", add_days(first, -1), add_days(last, 1), anchored=core.anchored)
        return None
    if word == "overnight":
        if "into" in lead or " to " in lead:
            return days("overnight_into", add_days(first, -1), last)
        if first == scene.published:
            return days("overnight", add_days(first, -1), last)
        return days("overnight", first, add_days(last, 1) if first == last else last)
    if word in {"until", "till", "up to", "as of", "by"}:
        word = "until" if word == "up to" else word.replace(" ", "_")
        return Reading(word, None, last, f"../{last.isoformat()}", core.anchored)
    return None if word == "over" else core


def _since(core: Reading, scene: Scene) -> Reading:
    """ "since Thursday": Thursday to the publication date."""
    if core.earliest is None:
        return unanchored("since")
    if scene.published is None:
        return Reading("since", core.earliest, None, f"{core.earliest.isoformat()}/..")
    if core.earliest > scene.published:
        return core
    return days("since", core.earliest, scene.published)


def _read_range(scene: Scene, first: Found, table: dict[str, tuple[Rule, ...]]) -> Found | None:
    """ "Monday to Friday", "3 May – 5 June", "Saturday and Sunday"."""
    if first.reading.rule not in _CALENDAR | {"year", "this_year", "this_month"}:
        return None
    until_now = _since_then(first, scene)
    if until_now is not None:
        return until_now
    joint = _JOINT.match(scene.text, first.end, min(scene.end, first.end + _LONGEST))
    second = _second_end(scene, first, joint, table) if joint is not None else None
    if joint is None or second is None:
        return None
    start, end = first.reading, second.reading
    if start.latest is None or end.latest is None or end.earliest is None:
        return Found(first.start, second.end, unanchored("range"))
    if start.anchored and start.rule != "named_day":
        again = _simple_from(scene.told_on(end.latest), first.start, table)
        start = again.reading if again else start
    if start.earliest is None or start.latest is None or start.earliest >= end.latest:
        return None
    opener = scene.word_before(first.start) in _OPENERS
    if joint.group(1).lower() in {"and", "or"} and not opener:
        apart = (end.earliest - start.latest).days
        if apart != 1 and not _in_one_week(scene, apart, joint, second):
            return None
    anchored = start.anchored or end.anchored
    if start.rule == end.rule and start.rule in {"month", "year"}:
        return Found(first.start, second.end, _join_periods(start, end, anchored))
    return Found(
        first.start, second.end, days("range", start.earliest, end.latest, anchored=anchored)
    )


def _second_end(
    scene: Scene, first: Found, joint: re.Match[str], table: dict[str, tuple[Rule, ...]]
) -> Found | None:
    """The other end of a stretch; that of the rest of a list ("on Monday, Tuesday and Friday")."""
    second = _second_of(scene, joint, table)
    if second is None or _counts_anew(scene, joint, second):
        return None
    if second.reading.rule not in {*_CALENDAR, "year"}:
        return None
    if joint.group(1) == ",":
        return _read_range(scene, second, table) if _is_alike(first, second) else None
    return second


def _second_of(
    scene: Scene, joint: re.Match[str], table: dict[str, tuple[Rule, ...]]
) -> Found | None:
    """The other end: "early April" is of April, "early on Sunday" of Sunday."""
    early = joint.start("early") if joint.group("early") else joint.end()
    return _simple_from(scene, early, table) or _simple_from(scene, joint.end(), table)


def _is_alike(first: Found, second: Found) -> bool:
    """Two weekdays, or two dates, of a list."""
    return first.reading.rule == second.reading.rule and first.reading.rule in {"weekday", "date"}


def _since_then(first: Found, scene: Scene) -> Found | None:
    """ "from 9 September, when the truce ended, to the present"."""
    now = _UP_TO_NOW.match(scene.text, first.end, min(scene.end, first.end + _LONGEST))
    if now is None or (now.group("aside") and scene.word_before(first.start) not in _OPENERS):
        return None
    began, here = first.reading.earliest, scene.published
    if began is None or here is None or began >= here:
        return None
    return Found(
        first.start, now.end(), days("range", began, here, anchored=first.reading.anchored)
    )


def _in_one_week(scene: Scene, apart: int, joint: re.Match[str], second: Found) -> bool:
    """ "on Monday and Thursday": of both. Not "on Monday and Thursday's raid", nor where a count
    of its own stands behind the second."""
    owned = scene.text[second.end - 2 : second.end] in {"'s", "’s"}
    counted = _COUNT_BEHIND.match(scene.text, second.end, scene.end) is not None
    return (
        joint.group(1).lower() == "and"
        and 1 < apart < 7
        and second.reading.rule in {"weekday", "date"}
        and not (owned or counted)
    )


def _counts_anew(scene: Scene, joint: re.Match[str], second: Found) -> bool:
    """ "two on Monday and on Tuesday three more": a day for each count, and no stretch of days."""
    words = joint.group().lower().split()
    return words[:2] == ["and", "on"] and _COUNT_BEHIND.match(scene.text, second.end) is not None


def _join_periods(start: Reading, end: Reading, anchored: bool) -> Reading:
    """Months and years keep their EDTF form on both sides."""
    edtf = edtf_interval(start.edtf or "", end.edtf or "")
    return Reading("range", start.earliest, end.latest, edtf, anchored)
