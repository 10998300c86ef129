"""Time phrases of one sentence that say more together than each by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest

from harmledger.extract.times.calendar import add_days, add_months
from harmledger.extract.times.cut_off import cut_off
from harmledger.extract.times.scene import Found, Scene, days
from harmledger.extract.times.words import CLOCK, NUMBER, any_of, small_number
from harmledger.lexicon.numbers import load_number_words

_ORDINALS = load_number_words().ordinals
_BEGUN = re.compile(
    rf"(?P<number>{NUMBER})[\s-]days?\s+(?:long\s+)?[^.;:()]{{1,70}}?"
    r"\b(?:began|begun|beginning|starting|started|opened|opening|launched)\s+(?:on\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_EVENING = re.compile(r"(?:evening|dusk|sunset|nightfall|night|midnight)$", re.IGNORECASE)
_UNTIL_MORNING = re.compile(
    r"\s*(?:until|till|to|through|into)\s+(?:past|about|around|after|nearly|almost)?\s*"
    r"(?:\d{1,2}(?:[:.]\d{2})?\s*a\.?m\b|dawn|daybreak|sunrise|first\s+light|(?:the\s+)?morning|"
    r"(?:the\s+)?(?:early|small)\s+hours)",
    re.IGNORECASE,
)
_NIGHT_RULES = frozenset({"date", "weekday", "named_day"})
_LOOK_BACK = 110
_DAY_RULES = frozenset({"date", "iso", "numeric", "weekday_conflict", "feast"})
_MOST = 31
"""Days that a deed lasts; longer ones are told in weeks and months."""


def fit_together(found: Sequence[Found], scene: Scene) -> list[Found]:
    """ "a four-day sweep that began on 11 October" lasts four days; "from Saturday dusk until
    3 a.m." two; "on 9 November, during the Sunday Mass" is the Sunday of that date."""
    joined = _begun_and_over(_lengthened(cut_off(found, scene), scene), scene)
    return list(_named_before(_same_stretch(_into_the_night(joined, scene)), scene))


_BEGAN = re.compile(
    r"\b(?:began|begun|beginning|started|starting|erupted|broke\s+out)\s+(?:late\s+|early\s+)?"
    rf"(?:(?:(?:at|around|about)\s+)*{CLOCK}\s+)?(?:on\s+|in\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r",?\s*(?:and\s+)?(?:ended|ending|stopped|finished|subsided|was\s+over|were\s+over"
    r"|(?:lasted|went\s+on|continued|raged)(?:\s+(?:until|till|to|into|through))?"
    r"|(?:was|were)\s+(?:still\s+)?(?:under\s*way|going\s+on|continuing))"
    r"\s+(?:late\s+|early\s+)?(?:(?:on|in|by)\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_NTH_OF = re.compile(
    rf"the\s+(?P<nth>{any_of(_ORDINALS)})\s+(?P<unit>day|night)\s+of", re.IGNORECASE
)


def _begun_and_over(found: Iterator[Found], scene: Scene) -> Iterator[Found]:
    """ "which began on Saturday and ended on Monday": from Saturday to Monday."""
    before: Found | None = None
    for hit in found:
        nth = _nth_day(before, hit, scene) if before is not None else None
        if nth is not None:
            before = nth
            continue
        if before is not None and _runs(before, hit, scene):
            first, last = before.reading.earliest, hit.reading.latest
            assert first is not None  # noqa: S101 - only dated hits run on
            assert last is not None  # noqa: S101
            reading = days("range", first, last, anchored=hit.reading.anchored)
            before = Found(before.start, hit.end, reading)
            continue
        if before is not None:
            yield _going_on(before, scene)
        before = hit
    if before is not None:
        yield _going_on(before, scene)


_HAVE = re.compile(r"\s*,?\s*(?:have|has)\b", re.IGNORECASE)


def _going_on(hit: Found, scene: Scene) -> Found:
    """ "Clashes that began on Saturday have killed 40": from Saturday to the day of the report."""
    first, here = hit.reading.earliest, scene.published
    if first is None or here is None or first >= here or hit.reading.rule in {"since", "range"}:
        return hit
    if _HAVE.match(scene.text, hit.end, scene.end) is None or not _is_begun(hit, scene):
        return hit
    return hit._replace(reading=days("since", first, here, anchored=hit.reading.anchored))


def _is_begun(hit: Found, scene: Scene) -> bool:
    return _BEGAN.search(scene.text[max(scene.start, hit.start - 48) : hit.start]) is not None


def _nth_day(one: Found, other: Found, scene: Scene) -> Found | None:
    """ "on the second day of a raid that began on Monday": Tuesday."""
    first = other.reading.earliest
    match = _NTH_OF.match(scene.text, one.start, one.end) if one.reading.rule == "no_day" else None
    if match is None or first is None or first != other.reading.latest:
        return None
    between = scene.text[one.end : other.start]
    if len(between) > _LOOK_BACK or "," in between or not _is_begun(other, scene):
        return None
    day = add_days(first, _ORDINALS[match.group("nth").lower()] - 1)
    return Found(one.start, other.end, days("range", day, day, anchored=other.reading.anchored))


def _runs(one: Found, other: Found, scene: Scene) -> bool:
    began, ended = one.reading.earliest, other.reading.latest
    if began is None or ended is None or not began < ended:
        return False
    if _ENDED.fullmatch(scene.text, one.end, other.start) is None:
        return False
    return _is_begun(one, scene)


def _same_stretch(found: Iterator[Found]) -> Iterator[Found]:
    """ "40 in the first quarter, against 28 in the same period last year"."""
    stretch: Found | None = None
    for hit in found:
        first, last = hit.reading.earliest, hit.reading.latest
        if hit.reading.rule == "same_of_year" and stretch is not None and first is not None:
            begun, over = stretch.reading.earliest, stretch.reading.latest
            if begun is not None and over is not None and begun.year > first.year:
                back = 12 * (first.year - begun.year)
                reading = days("same_of_year", add_months(begun, back), add_months(over, back))
                hit = hit._replace(reading=reading)
        elif first is not None and last is not None and (last - first).days > 1:
            stretch = hit
        yield hit


def _lengthened(found: Sequence[Found], scene: Scene) -> Iterator[Found]:
    for hit in found:
        first, last = hit.reading.earliest, hit.reading.latest
        begun = None
        if first is not None and first == last and hit.reading.shift is None:
            begun = _BEGUN.search(scene.text[max(scene.start, hit.start - _LOOK_BACK) : hit.start])
        count = small_number(begun.group("number")) if begun else 1
        if first is None or not 1 < count <= _MOST:
            yield hit
            continue
        end = add_days(first, count - 1)
        if scene.published is not None and first <= scene.published:
            end = min(end, scene.published)
        yield hit._replace(reading=days("begun", first, end, anchored=hit.reading.anchored))


def _into_the_night(found: Iterator[Found], scene: Scene) -> Iterator[Found]:
    for hit in found:
        first, last = hit.reading.earliest, hit.reading.latest
        single = first is not None and first == last and hit.reading.rule in _NIGHT_RULES
        if not single or first is None or first == scene.published or not _lasts(hit, scene):
            yield hit
            continue
        reading = days("into_the_night", first, add_days(first, 1), anchored=hit.reading.anchored)
        yield hit._replace(reading=reading)


def _lasts(hit: Found, scene: Scene) -> bool:
    words = scene.text[hit.start : hit.end]
    return (
        _EVENING.search(words) is not None
        and _UNTIL_MORNING.match(scene.text, hit.end, scene.end) is not None
    )


_SAYING = re.compile(
    r"\b(?:said|says|told|announced|confirmed|reported|added|stated|wrote|posted|published)\b"
    r"(?:\s+\w+){0,3}\s*$",
    re.IGNORECASE,
)
_NEAR = 48
"""Characters between a date and the weekday it falls on."""


_DURING = re.compile(r"\s+[\w'’-]+(?:\s+[\w'’-]+)?,?\s+(?:on|of)\s+")


def _named_ahead(found: Sequence[Found], scene: Scene) -> Iterator[Found]:
    """ "During Saturday prayers on 4 May": the Saturday is that day."""
    for hit, later in zip_longest(found, found[1:]):
        day = later.reading.earliest if later is not None else None
        mine = hit.reading.earliest
        if later is None or day is None or mine is None or hit.reading.rule != "weekday":
            yield hit
            continue
        same = later.reading.rule in _DAY_RULES and day.weekday() == mine.weekday()
        if same and _DURING.fullmatch(scene.text, hit.end, later.start):
            hit = hit._replace(reading=days("weekday", day, day, anchored=hit.reading.anchored))
        yield hit


def _named_before(found: Iterator[Found], scene: Scene) -> Iterator[Found]:
    """A weekday told right after a date that falls on it is that date; not the day on which
    somebody said so."""
    dates: list[tuple[date, int]] = []
    for hit in _named_ahead(list(found), scene):
        day = hit.reading.earliest
        if hit.reading.rule in _DAY_RULES and day is not None:
            dates.append((day, hit.end))
        elif hit.reading.rule == "weekday" and day is not None:
            said = _SAYING.search(scene.text[max(scene.start, hit.start - _NEAR) : hit.start])
            same = next(
                (d for d, end in reversed(dates)
                 if d.weekday() == day.weekday() and hit.start - end <= _NEAR),
                None,
            )  # fmt: skip
            if same is not None and same != day and not said:
                reading = days("weekday", same, same, anchored=hit.reading.anchored)
                hit = hit._replace(reading=reading)
        yield hit
