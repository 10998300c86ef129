"""Reasons for and against one incident: small functions, each a score and why (R9).

A veto cannot be outvoted: times that do not overlap, places out of reach of each other, a report
older than what it would report. Figures are never looked at.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import inf, log2

from harmledger.core.place import Place
from harmledger.lexicon.linking import Linking
from harmledger.link.hours import are_close, are_far, are_off
from harmledger.link.reach import Distance, compare_places
from harmledger.link.signature import LONG_AGO, NEUTRAL_SITES, Signature, Tokens
from harmledger.link.spelling import are_alike
from harmledger.link.spots import compare_spots

Evidence = tuple[float, str]
Found = tuple[Evidence, ...]
VETO = -inf
NOTHING: Evidence = (0.0, "")

_LIKE_SITES = (
    frozenset({"hospital", "other_health"}),
    frozenset({"home", "shelter", "displacement_camp"}),
    frozenset({"school", "shelter", "displacement_camp"}),
    frozenset({"aid_convoy", "evacuation_convoy", "transport"}),
    frozenset({"market", "food"}),
)
_LIKE_WEAPONS = (
    frozenset({"rocket", "missile", "artillery", "mortar", "tank", "cluster"}),
    frozenset({"air_dropped_bomb", "missile", "rocket", "drone", "cluster"}),
    frozenset({"ied", "mine", "grenade"}),
    frozenset({"fire", "chemical", "blockade", "other"}),
)
_FAMILIES = ("attack", "custody", "obstruction", "deprivation", "flight", "burial")
_NEAR_FAMILIES = frozenset({"attack", "custody"})
_WEEK = 7
_AT_ONCE = 2
_SEVERAL = 3


def weigh(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> tuple[float, tuple[str, ...]]:
    """Sum of all evidence and the reasons for it; ``VETO`` and its one reason if there is one."""
    score, found = weigh_all(a, b, lexicon, distance)
    return score, say(found)


def weigh_all(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> tuple[float, Found]:
    """Sum of all evidence, and the evidence; see :func:`say` for it in words."""
    total = 0.0
    found: list[Evidence] = []
    for judge in JUDGES:
        evidence = judge(a, b, lexicon, distance)
        score = evidence[0]
        if score == VETO:
            return VETO, (evidence,)
        if score:
            total += score
            found.append(evidence)
    return round(total, 3), tuple(found)


def say(found: Found) -> tuple[str, ...]:
    """Evidence in words, each with its weight; a veto has none."""
    return tuple(_say_one(score, reason) for score, reason in found)


@lru_cache(maxsize=65536)
def _say_one(score: float, reason: str) -> str:
    return reason if score == VETO else f"{reason} ({score:+.1f})"


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
    """Compatible at the precision stated; the best pair of several places counts."""
    if not a.places or not b.places:
        return NOTHING
    best, why = VETO, "the places said are apart"
    for p in a.places:
        for q in b.places:
            score, reason = _compare(p, q, lexicon, distance)
            if score > best:
                best, why = score, reason
    return best, why


def _compare(p: Place, q: Place, lexicon: Linking, distance: Distance | None) -> Evidence:
    relation = compare_places(p, q, distance)
    if relation is None:
        return VETO, "the places said are apart"
    left, right = p.name or p.country or "", q.name or q.country or ""
    named = left if left == right else f"{left} / {right}"
    return lexicon.weights[relation], f"{relation.replace('_', ' ')} ({named})"


def judge_site(a: Signature, b: Signature, lexicon: Linking, distance: Distance | None) -> Evidence:
    """The same named site, the same kind of site, or another."""
    w = lexicon.weights
    if a.site_names and b.site_names:
        alike = [
            (" ".join(sorted(x)), " ".join(sorted(y)))
            for x in a.site_names
            for y in b.site_names
            if is_same_name(x, y)
        ]
        if alike:
            one, other = min(alike, key=lambda pair: (pair[0] != pair[1], pair))
            named = one if one == other else f"{one} / {other}"
            return w["same_site_name"], f"the same named site ({named})"
        if a.sites & b.sites:
            return w["other_site_name"], "another site by name"
    left, right = a.sites - NEUTRAL_SITES, b.sites - NEUTRAL_SITES
    if not left or not right:
        return _judge_silence(left, right, a, b, w)
    if left & right:
        return w["same_site_kind"], f"the same kind of site ({min(left & right)})"
    if any(left & like and right & like for like in _LIKE_SITES):
        return w["like_site_kind"], "a like kind of site"
    return w["other_site_kind"], "another kind of site"


def _judge_silence(
    left: Tokens, right: Tokens, a: Signature, b: Signature, w: dict[str, float]
) -> Evidence:
    """The more independent reports name no site, the less there was one."""
    if not left and not right:
        several = max(len(a.groups), len(b.groups)) >= _SEVERAL
        return (w["neither_site"], "no site, as in several reports") if several else NOTHING
    silent = len(b.groups) if left else len(a.groups)
    if silent < 2:
        return NOTHING
    score = max(w["unsaid_site"] * log2(silent), w["unsaid_site_most"])
    return round(score, 2), f"{silent} reports of one name no site"


def _is_unsaid(left: Tokens, right: Tokens, a: Signature, b: Signature) -> bool:
    """One says it, and of the other several independent reports are silent."""
    silent = a if right and not left else b if left and not right else None
    return silent is not None and len(silent.groups) >= _SEVERAL


def are_other_names(a: Signature, b: Signature) -> bool:
    """Both name a site, and no name of one is a name of the other."""
    named = bool(a.site_names and b.site_names)
    return named and not any(is_same_name(x, y) for x in a.site_names for y in b.site_names)


def is_same_name(a: frozenset[str], b: frozenset[str]) -> bool:
    """One name holds the other, or they are spellings of one."""
    return a <= b or b <= a or are_alike(sorted(a), sorted(b), shortest=4)


def judge_harm(a: Signature, b: Signature, lexicon: Linking, distance: Distance | None) -> Evidence:
    """A blow, a siege, a blocked road, a grave and an arrest are seldom one incident."""
    if not a.families or not b.families or main_family(a) == main_family(b):
        return NOTHING
    if a.families & b.families:
        return lexicon.weights["raid_harm"], "a kind of harm that is not its main one"
    both = a.families | b.families
    if both == _NEAR_FAMILIES:
        return lexicon.weights["raid_harm"], "another kind of harm, of one raid"
    far = "burial" in both or {"attack", "deprivation"} <= both
    kind = "far_harm" if far else "other_harm"
    return lexicon.weights[kind], "another kind of harm"


def main_family(signature: Signature) -> str:
    """What an incident is first of all: a blow, if there was one."""
    return min(signature.families, key=_FAMILIES.index)


def judge_means(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> Evidence:
    """From the air or from the ground; which weapon."""
    w = lexicon.weights
    if a.weapons and b.weapons and not _are_like_weapons(a.weapons, b.weapons):
        return w["other_means"], "other weapons"
    if a.launches and b.launches:
        if a.launches & b.launches:
            return w["same_means"], "the same means"
        # a missile is of the air to one report and of the ground to another
        return NOTHING if a.weapons & b.weapons else (w["other_means"], "other means")
    if a.weapons and b.weapons and a.weapons & b.weapons:
        return w["same_means"], "the same weapon"
    if _is_unsaid(a.launches | a.weapons, b.launches | b.weapons, a, b):
        return w["unsaid_means"], "several reports of one name no means"
    return NOTHING


def _are_like_weapons(a: Tokens, b: Tokens) -> bool:
    """The same, or often taken for one another."""
    return bool(a & b) or any(a & like and b & like for like in _LIKE_WEAPONS)


def judge_parties(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> Evidence:
    """Who is held responsible; disputed blame is no proof of two incidents."""
    if not a.parties or not b.parties:
        return NOTHING
    if a.parties & b.parties:
        return lexicon.weights["same_party"], "the same party is blamed"
    return lexicon.weights["other_party"], "another party is blamed"


def judge_victims(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> Evidence:
    """Who was harmed, by role."""
    if a.roles & b.roles:
        return lexicon.weights["same_victims"], "the same kind of victims"
    return NOTHING


def judge_report(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> Evidence:
    """Copies of one report tell of one incident."""
    if are_copies(a, b):
        return lexicon.weights["same_passage"], "the same words in copies of one report"
    if is_correction(a, b):
        return lexicon.weights["correction"], "a correction of the same report"
    if are_whole_copies(a, b):
        return lexicon.weights["whole_report"], "copies of one report of one incident"
    if a.groups & b.groups:
        return lexicon.weights["same_report"], "copies of one report"
    return NOTHING


def are_copies(a: Signature, b: Signature) -> bool:
    """Word for word the same passage, in documents that carry one report."""
    return bool(a.groups & b.groups and a.passages & b.passages)


def is_correction(a: Signature, b: Signature) -> bool:
    """The document of one supersedes that of the other."""
    return bool(a.corrects & b.documents or b.corrects & a.documents)


def are_whole_copies(a: Signature, b: Signature) -> bool:
    """Documents that carry one report, which tells of one incident only."""
    return not a.whole.isdisjoint(b.whole)


def is_retold(a: Signature, b: Signature) -> bool:
    """One document prints or corrects the other: one of the two days may be a day off."""
    return are_copies(a, b) or is_correction(a, b) or are_whole_copies(a, b)


def judge_hours(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> Evidence:
    """A blow at dawn and one in the evening; one at the same hour of the same day."""
    if are_far(a.hours, b.hours):
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
        return NOTHING
    if same:
        return lexicon.weights["same_spot"], "the same street, quarter or family"
    return lexicon.weights["other_spot"], "another street, quarter or family"


def judge_objects(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> Evidence:
    """The same number of objects of the same kind describes the objects; another number is
    evidence of nothing."""
    if a.objects & b.objects and a.sites & b.sites:
        return lexicon.weights["same_objects"], "as many objects of the same kind"
    return NOTHING


Judge = Callable[[Signature, Signature, Linking, Distance | None], Evidence]


def is_contradicted(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> bool:
    """Something but the time speaks against one incident, however much speaks for it: to be told
    late is no contradiction."""
    return any(judge(a, b, lexicon, distance)[0] < 0 for judge in JUDGES if judge is not judge_time)


JUDGES: tuple[Judge, ...] = (
    judge_time,
    judge_hours,
    judge_order,
    judge_place,
    judge_harm,
    judge_site,
    judge_spots,
    judge_means,
    judge_parties,
    judge_victims,
    judge_report,
    judge_objects,
)
"""All evidence there is, in the order it is listed in a link's ``why``."""
