"""Evidence from when and where: days, hours, places, spots inside a town."""

from __future__ import annotations

from functools import lru_cache

from harmledger.core.place import Place
from harmledger.lexicon.linking import Linking, name_tokens
from harmledger.link.hours import are_close, are_far, are_off
from harmledger.link.judging import NOTHING, VETO, Evidence
from harmledger.link.reach import Distance, Relation, compare_places, is_precise, measure
from harmledger.link.retold import is_retold
from harmledger.link.signature import LONG_AGO, Signature
from harmledger.link.spots import are_other_scenes, compare_spots

_WEEK = 7
_AT_ONCE = 2
_BESIDE = (None, "beside_place")
_NAMED_KM = 25.0
"""How far from a town a quarter or settlement lies that a site of the town bears the name of."""


def judge_time(a: Signature, b: Signature, lexicon: Linking, distance: Distance | None) -> Evidence:
    """Days that overlap, the sharper the better; days that do not are a veto."""
    w = lexicon.weights
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return _judge_published(a, b, w)
    if a.start > b.end or b.start > a.end:
        if is_retold(a, b) and max(a.start - b.end, b.start - a.end) == 1:
            return NOTHING  # "yesterday", printed again on the next day
        return VETO, "the days said do not overlap"
    width = max(a.end - a.start, b.end - b.start)
    if width == 0:
        return w["same_day"], "the same day"
    if width <= 2:
        return w["same_days"], "the same days"
    if width <= _WEEK:
        return w["same_week"], "days within one week overlap"
    return w["overlapping_time"], "times overlap"


def _judge_published(a: Signature, b: Signature, w: dict[str, float]) -> Evidence:
    """Publication dates are weak evidence, and nothing is reported before it happens."""
    for dated, other in ((a, b), (b, a)):
        if dated.start is not None and other.start is None and other.published is not None:
            if dated.start > other.published + 1:
                return VETO, "published before it happened"
            since = other.published - (dated.end or dated.start)
            if dated.start == LONG_AGO:
                return NOTHING
            if since < 0:
                return w["published_before"], "published the day before it"
            if since <= 1:
                return w["published_next_day"], "published by the day after it"
            if since <= _AT_ONCE:
                return w["published_at_once"], "published within two days of it"
            if since <= _WEEK:
                return w["published_soon"], "published within a week of it"
            if since <= 2 * _WEEK:
                return w["published_after"], "published within two weeks of it"
            return w["published_long_after"], "published more than two weeks after it"
    if a.start is not None or b.start is not None or a.published is None or b.published is None:
        return NOTHING
    apart = abs(a.published - b.published)
    if apart <= 3:
        return w["published_together"], "published within three days"
    return (w["published_apart"], "published a month apart") if apart > 30 else NOTHING


def judge_place(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> Evidence:
    """Compatible at the precision stated; the best pair of several places counts. Towns that are
    apart have little in common when others name their province only."""
    if not a.places or not b.places:
        return NOTHING
    w = lexicon.weights
    best, why = VETO, "the places said are apart"
    apart = False
    for p in a.places:
        for q in b.places:
            relation = compare_places(p, q, distance)
            if relation in _BESIDE and (a.site_names or b.site_names):
                relation = _find_named(p, q, a, b, distance) or relation
            if relation is None:
                apart = apart or (is_precise(p) and is_precise(q))
            elif w[relation] > best:
                best = w[relation]
                why = _say_where(relation, p.name or p.country, q.name or q.country)
    if apart and w["same_country"] <= best <= w["same_region"]:
        return w["other_town"], "another town of the province"
    return best, why


def _find_named(
    p: Place, q: Place, a: Signature, b: Signature, distance: Distance | None
) -> Relation | None:
    """Two places said to the point of which one gives its name to the site of the other: the
    depot of a settlement and the Saltivka depot of its city. Else None."""
    if not (is_precise(p) and is_precise(q)):
        return None
    km = (distance or measure)(p, q)
    if km is None or km > _NAMED_KM:
        return None
    return "named_place" if _bears_name(b, p) or _bears_name(a, q) else None


def _bears_name(signature: Signature, place: Place) -> bool:
    words = name_tokens(place.name) if place.name else frozenset[str]()
    return bool(words) and any(words <= name.tokens for name in signature.site_names)


@lru_cache(maxsize=65536)
def _say_where(relation: Relation, left: str | None, right: str | None) -> str:
    named = left or "" if left == right else f"{left or ''} / {right or ''}"
    return f"{relation.replace('_', ' ')} ({named})"


def judge_hours(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> Evidence:
    """A blow at dawn and one in the evening; one at the same hour of the same day."""
    one_day = a.start is not None and a.start == a.end == b.start == b.end
    if are_far(a.hours, b.hours, one_day=one_day):
        return lexicon.weights["other_hours"], "other hours of the day"
    if are_off(a.hours, b.hours):
        return lexicon.weights["other_clock"], "some hours apart"
    if are_close(a.hours, b.hours):
        return lexicon.weights["same_hour"], "the same hour"
    return NOTHING


def judge_order(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> Evidence:
    """One tells of a blow that followed another, and the other of none such."""
    if bool(a.order) != bool(b.order):
        kind = "second_blow_hours" if 2 in (a.order, b.order) else "second_blow"
        return lexicon.weights[kind], "only one tells of a blow after another"
    return NOTHING


def judge_spots(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> Evidence:
    """The same street or quarter, or another."""
    if not a.spots or not b.spots:
        return NOTHING
    same = compare_spots(a.spots, b.spots)
    if same is None:
        other = are_other_scenes(a.spots, b.spots)
        return (lexicon.weights["other_scene"], "another scene") if other else NOTHING
    if same:
        return lexicon.weights["same_spot"], "the same street, quarter or family"
    return lexicon.weights["other_spot"], "another street, quarter or family"
