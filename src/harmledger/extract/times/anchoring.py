"""Phrases told from an event or a day, given the date that stands beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.extract.times.scene import Found, Reading, Scene, days, unanchored
from harmledger.extract.times.shifting import shift_day, shift_span
from harmledger.extract.times.stretches import span_of
from harmledger.extract.times.words import CLOCK

_CLAUSE_BREAK = re.compile(r"[,;:.!?]")


def anchor_events(found: Sequence[Found], scene: Scene) -> list[Found]:
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
        if scene.word_before(hit.start) in {"until", "till"}:
            continue  # "lasted until the following morning": only how long
        if kind in {"after", "before"} and at < len(found) and _adjoins(hit, found[at], scene):
            sign = 1 if kind == "after" else -1
            dated = _ahead(found[at], scene, count, unit) if kind == "before" else found[at]
            result.append(_shifted(hit.start, dated.end, dated, sign * count, unit, scene))
            at += 1
            continue
        if kind in {"to", "from", "of"}:
            span = _span_told_with(hit, found[at], scene) if at < len(found) else None
            if span is not None:
                result.append(span)
                at += 1
            continue
        known = next((h for h in reversed(result) if h.reading.earliest and h.reading.latest), None)
        if kind in {"later", "earlier"} and known:
            sign = 1 if kind == "later" else -1
            result.append(_shifted(hit.start, hit.end, known, sign * count, unit, scene))
        else:
            result.append(hit._replace(reading=unanchored("relative_to_event")))
    return result


_TO_ITS_DAY = re.compile(
    rf"\s*(?:(?:on|the|early|late|midnight|noon|midday|dawn)\s+|{CLOCK}\s+)*",
    re.IGNORECASE,
)


def _span_told_with(hit: Found, dated: Found, scene: Scene) -> Found | None:
    """ "the 24 hours to Friday", "the week of 15 April", "the 12 months to March"."""
    first, last = dated.reading.earliest, dated.reading.latest
    if first is None or last is None or hit.reading.shift is None:
        return None
    if _TO_ITS_DAY.fullmatch(scene.text, hit.end, dated.start) is None:
        return None
    span = span_of(first, last, hit.reading.shift)
    if span is None:
        return None
    first, last = span
    if scene.published is not None and first <= scene.published < last:
        last = scene.published
    words = scene.text[dated.start : dated.end]
    reading = days("up_to", first, last)._replace(anchor_text=f"text:{words}")
    return Found(hit.start, dated.end, reading)


_SOON = 31
"""Days before a day still to come that are told in days and weeks."""


def _ahead(dated: Found, scene: Scene, count: int, unit: str) -> Found:
    """ "Five days before the vote on 19 May", told on 16 May: of the 19 May still ahead."""
    day, here = dated.reading.earliest, scene.published
    if day is None or here is None or day != dated.reading.latest or not dated.reading.anchored:
        return dated
    coming = shift_day(day, 1, "year")
    told = shift_day(coming, -count, unit)
    if dated.reading.rule != "date" or told > here or (here - told).days > _SOON:
        return dated
    return dated._replace(reading=days("date", coming, coming))


def _adjoins(hit: Found, dated: Found, scene: Scene) -> bool:
    """The date belongs to the event: close behind, in the same clause."""
    between = scene.text[hit.end : dated.start]
    known = dated.reading.earliest is not None and dated.reading.latest is not None
    return known and len(between) <= 60 and not _CLAUSE_BREAK.search(between)


def _shifted(start: int, end: int, dated: Found, count: int, unit: str, scene: Scene) -> Found:
    reading = dated.reading
    assert reading.earliest is not None  # noqa: S101 - only dated hits are shifted from
    assert reading.latest is not None  # noqa: S101
    first, last, edtf = shift_span(reading.earliest, reading.latest, count, unit)
    moved = Reading("relative_to_event", first, last, edtf, anchored=True)
    words = scene.text[dated.start : dated.end]
    if scene.published is not None and first > scene.published >= reading.earliest:
        moved = unanchored("relative_to_event")  # it is told as done: counted from another day
    return Found(start, end, moved._replace(anchor_text=f"text:{words}"))
