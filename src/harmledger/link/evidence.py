"""Reasons for and against one incident: small functions, each a score and why (R9).

A veto cannot be outvoted: times that do not overlap, places out of reach of each other, a report
older than what it would report. Figures are never looked at.
"""

from __future__ import annotations

from functools import lru_cache

from harmledger.lexicon.linking import Linking
from harmledger.link.circumstances import (
    judge_hours,
    judge_order,
    judge_place,
    judge_spots,
    judge_time,
)
from harmledger.link.deeds import (
    judge_harm,
    judge_means,
    judge_objects,
    judge_parties,
    judge_site,
    judge_victims,
)
from harmledger.link.judging import VETO, Evidence, Found, Judge
from harmledger.link.reach import Distance
from harmledger.link.retold import judge_report
from harmledger.link.signature import Says, Signature
from harmledger.link.silence import judge_unsaid_means, judge_unsaid_party, judge_unsaid_site


def weigh_all(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> tuple[float, Found]:
    """Sum of all evidence, and the evidence; see :func:`say` for it in words.

    Only those judges are asked who may find something, the two who may veto first.
    """
    total = 0.0
    found: list[Evidence] = []
    key = (a.says, b.says)
    for judge in _ASKED.get(key) or _find_asked(*key):
        evidence = judge(a, b, lexicon, distance)
        score = evidence[0]
        if score:
            if score == VETO:
                return VETO, (evidence,)
            total += score
            found.append(evidence)
    return round(total, 3), tuple(found)


def _find_asked(left: int, right: int) -> tuple[Judge, ...]:
    """Who has something to judge between two that say so much."""
    both, either, one = left & right, left | right, left ^ right
    many = either & Says.MANY
    idle: dict[Judge, bool] = {
        judge_hours: not both & Says.HOURS,
        judge_order: not one & Says.ORDER,
        judge_site: not both & Says.SITE,
        judge_unsaid_site: not either & Says.SITE and not many,
        judge_spots: not both & Says.SPOTS,
        judge_means: not both & Says.MEANS,
        judge_unsaid_means: not one & Says.MEANS or not many,
        judge_parties: not both & Says.PARTY,
        judge_unsaid_party: not one & Says.PARTY or not many,
        judge_victims: not both & Says.ROLES,
        judge_objects: not both & Says.OBJECTS,
    }
    asked = tuple(judge for judge in JUDGES if not idle.get(judge, False))
    return _ASKED.setdefault((left, right), asked)


def say(found: Found) -> tuple[str, ...]:
    """Evidence in words, each with its weight; a veto has none."""
    return tuple(_say_one(score, reason) for score, reason in found)


@lru_cache(maxsize=65536)
def _say_one(score: float, reason: str) -> str:
    return reason if score == VETO else f"{reason} ({score:+.1f})"


def is_contradicted(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> bool:
    """Something speaks against one incident, however much speaks for it. To be told late, or not
    by all, is no contradiction."""
    return any(judge(a, b, lexicon, distance)[0] < 0 for judge in _STRONG)


JUDGES: tuple[Judge, ...] = (
    judge_time,
    judge_place,
    judge_hours,
    judge_order,
    judge_harm,
    judge_site,
    judge_unsaid_site,
    judge_spots,
    judge_means,
    judge_unsaid_means,
    judge_parties,
    judge_unsaid_party,
    judge_victims,
    judge_report,
    judge_objects,
)
"""All evidence there is, in the order it is listed in a link's ``why``."""
_WEAK = (judge_time, judge_unsaid_site, judge_unsaid_means, judge_unsaid_party)
_STRONG = tuple(judge for judge in JUDGES if judge not in _WEAK)
"""Those whose evidence against can contradict."""
_ASKED: dict[tuple[int, int], tuple[Judge, ...]] = {}
