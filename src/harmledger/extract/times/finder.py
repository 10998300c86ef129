"""Every time expression of a sentence (contract §4, reading rules 19 to 22)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from harmledger.core.when import TimeHit, edtf_interval
from harmledger.extract.times.absolute import ABSOLUTE
from harmledger.extract.times.calendar import add_days
from harmledger.extract.times.events import EVENTS, shift_day
from harmledger.extract.times.periods import PERIODS
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
from harmledger.extract.times.together import fit_together
from harmledger.extract.times.words import NUMBER

_START = re.compile(r"(?<![\w])(?:(\d)|[^\W\d_])\w*+")
_LEAD = re.compile(
    r"(?P<word>(since|around|about|on\s+or\s+(?:around|about)|circa|between|from|by|as\s+of|until|till|overnight"
    r"|(?:the\s+)?night\s+(?:of|from|between)|(?:the\s+)?nights?\s+of|over)\s+)"
    r"(?:at\s+least\s+)?(?:(?:on|into|to|the|in|from|between)\s+)?",
    re.IGNORECASE,
)
_LEADS = frozenset({"since", "around", "about", "on", "circa", "between", "from", "by", "as"}) | {
    *("until", "till", "overnight", "the", "night", "nights", "over")
}
_JOINT = re.compile(
    r"\s*([-‐‑–—]|\bto\b|\buntil\b|\bthrough\b|\band\b|\binto\b)\s*"
    r"(?:(?:midnight|noon|midday|dawn|dusk|the\s+(?:morning|evening|night)\s+of)\s+(?:on\s+)?)?"
    r"(?:(?:on|the|early)\s+)?",
    re.IGNORECASE,
)
_COUNT_BEHIND = re.compile(
    rf"\s+(?:at\s+least\s+|another\s+|a\s+further\s+|some\s+)?{NUMBER}", re.IGNORECASE
)
_CLAUSE_BREAK = re.compile(r"[,;:.!?]")
_CALENDAR = frozenset(
    {"part_of_month", "date", "weekday", "weekday_conflict", "month", "named_day", "iso", "numeric"}
)
_SINCE_DATE = re.compile(r"since\s+(?:[\w'’-]+\s+){1,8}?(?:on|in|of|last)\s+", re.IGNORECASE)


_LONGEST = 160
"""No time phrase is longer; looking no further keeps a hostile text linear."""


@cache
def _rules_by_first() -> dict[str, tuple[Rule, ...]]:
    table: dict[str, list[Rule]] = {}
    for rule in (*ABSOLUTE, *PERIODS, *RELATIVE, *EVENTS):
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
    found = _anchor_events(list(_scan(scene)), scene)
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
    core = _simple_from(scene, lead.end("word"), table) or _simple_from(scene, lead.end(), table)
    if core is None and word == "since":
        later = _SINCE_DATE.match(scene.text, at, min(scene.end, at + _LONGEST))
        core = _simple_from(scene, later.end(), table) if later else None
    if core is None or core.reading.shift is not None:
        return None
    if word in {"between", "from"} or word.endswith(("from", "between")):
        ranged = _read_range(scene, core, table)
        return Found(at, ranged.end, ranged.reading) if ranged else None
    reading = _move(word, lead.group().lower(), core.reading, scene)
    return Found(at, core.end, reading) if reading else None


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
    if word in {"until", "till", "as of", "by"}:
        return Reading(word.replace(" ", "_"), None, last, f"../{last.isoformat()}", core.anchored)
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
    if first.reading.rule not in _CALENDAR and first.reading.rule != "year":
        return None
    joint = _JOINT.match(scene.text, first.end, min(scene.end, first.end + _LONGEST))
    second = _simple_from(scene, joint.end(), table) if joint else None
    if joint is not None and second is not None and _counts_anew(scene, joint, second):
        return None
    if joint is None or second is None or second.reading.rule not in {*_CALENDAR, "year"}:
        return None
    start, end = first.reading, second.reading
    if start.latest is None or end.latest is None or end.earliest is None:
        return Found(first.start, second.end, unanchored("range"))
    if start.anchored and start.rule != "named_day":
        again = _simple_from(scene.told_on(end.latest), first.start, table)
        start = again.reading if again else start
    if start.earliest is None or start.latest is None or start.earliest >= end.latest:
        return None
    opener = scene.word_before(first.start) in {"between", "from"}
    if joint.group(1).lower() == "and" and not opener and (end.earliest - start.latest).days != 1:
        return None
    anchored = start.anchored or end.anchored
    if start.rule == end.rule and start.rule in {"month", "year"}:
        return Found(first.start, second.end, _join_periods(start, end, anchored))
    return Found(
        first.start, second.end, days("range", start.earliest, end.latest, anchored=anchored)
    )


def _counts_anew(scene: Scene, joint: re.Match[str], second: Found) -> bool:
    """ "two on Monday and on Tuesday three more": a day for each count, and no stretch of days."""
    words = joint.group().lower().split()
    return words[:2] == ["and", "on"] and _COUNT_BEHIND.match(scene.text, second.end) is not None


def _join_periods(start: Reading, end: Reading, anchored: bool) -> Reading:
    """Months and years keep their EDTF form on both sides."""
    edtf = edtf_interval(start.edtf or "", end.edtf or "")
    return Reading("range", start.earliest, end.latest, edtf, anchored)


def _anchor_events(found: Sequence[Found], scene: Scene) -> list[Found]:
    """Give phrases told from an event the date that stands beside it, where one does."""
    result: list[Found] = []
    at = 0
    while at < len(found):
        hit = found[at]
        at += 1
        if hit.reading.shift is None:
            result.append(hit)
            continue
        count, unit, kind = hit.reading.shift
        if kind in {"after", "before"} and at < len(found) and _adjoins(hit, found[at], scene):
            sign = 1 if kind == "after" else -1
            result.append(_shifted(hit.start, found[at].end, found[at], sign * count, unit, scene))
            at += 1
            continue
        if kind == "to":
            if at < len(found) and _adjoins(hit, found[at], scene):
                result.append(_span_up_to(hit, found[at], scene))
                at += 1
            continue
        known = next((h for h in reversed(result) if h.reading.earliest and h.reading.latest), None)
        if kind in {"later", "earlier"} and known:
            sign = 1 if kind == "later" else -1
            result.append(_shifted(hit.start, hit.end, known, sign * count, unit, scene))
        else:
            result.append(hit._replace(reading=unanchored("relative_to_event")))
    return result


def _span_up_to(hit: Found, dated: Found, scene: Scene) -> Found:
    """ "the 24 hours to Friday": Thursday and Friday, counted as for the past 24 hours."""
    count, unit, _ = hit.reading.shift or (1, "day", "to")
    last = dated.reading.latest
    assert last is not None  # noqa: S101 - only dated hits adjoin
    back = -(-count // 24) if unit == "hour" else count - 1
    words = scene.text[dated.start : dated.end]
    reading = days("up_to", add_days(last, -back), last)._replace(anchor_text=f"text:{words}")
    return Found(hit.start, dated.end, reading)


def _adjoins(hit: Found, dated: Found, scene: Scene) -> bool:
    """The date belongs to the event: close behind, in the same clause."""
    between = scene.text[hit.end : dated.start]
    known = dated.reading.earliest is not None and dated.reading.latest is not None
    return known and len(between) <= 60 and not _CLAUSE_BREAK.search(between)


def _shifted(start: int, end: int, dated: Found, count: int, unit: str, scene: Scene) -> Found:
    reading = dated.reading
    assert reading.earliest is not None  # noqa: S101 - only dated hits are shifted from
    assert reading.latest is not None  # noqa: S101
    moved = days(
        "relative_to_event",
        shift_day(reading.earliest, count, unit),
        shift_day(reading.latest, count, unit),
    )
    words = scene.text[dated.start : dated.end]
    if unit == "year" and reading.edtf == f"{reading.earliest.year:04}":
        moved = moved._replace(edtf=f"{reading.earliest.year + count:04}")
    return Found(start, end, moved._replace(anchor_text=f"text:{words}"))
