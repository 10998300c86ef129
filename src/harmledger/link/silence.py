"""Evidence from silence: what one tells and reports of the other do not. The more independent
reports leave it out, the less there was to tell; one alone leaves out much.

Silence is weak: it contradicts nothing (see :func:`harmledger.link.evidence.is_contradicted`).
"""

from __future__ import annotations

from math import log2

from harmledger.lexicon.linking import Linking
from harmledger.link.judging import NOTHING, Evidence
from harmledger.link.reach import Distance
from harmledger.link.signature import NEUTRAL_SITES, Signature, Tokens

_SEVERAL = 3
_VAGUE = "other_civilian"


def judge_unsaid_site(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> Evidence:
    """One names what was struck; or neither does, though several tell of it."""
    w = lexicon.weights
    left, right = a.sites - NEUTRAL_SITES, b.sites - NEUTRAL_SITES
    if left and right:
        return NOTHING
    if not left and not right:
        several = max(len(a.groups), len(b.groups)) >= _SEVERAL
        return (w["neither_site"], "no site, as in several reports") if several else NOTHING
    silent = b if left else a
    if _VAGUE in silent.sites or not silent.groups:
        return NOTHING
    score = max(w["unsaid_site"] * log2(1 + len(silent.groups)), w["unsaid_site_most"])
    return round(score, 2), _say(silent, "names no site")


def judge_unsaid_means(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> Evidence:
    """One names a weapon, or where it came from."""
    silent = _find_silent(a, b, a.launches | a.weapons, b.launches | b.weapons)
    if silent is None or len(silent.groups) < _SEVERAL:
        return NOTHING
    return lexicon.weights["unsaid_means"], _say(silent, "names no means")


def judge_unsaid_party(
    a: Signature, b: Signature, lexicon: Linking, distance: Distance | None
) -> Evidence:
    """One says who did it."""
    silent = _find_silent(a, b, a.parties, b.parties)
    if silent is None or len(silent.groups) < 2:
        return NOTHING
    score = lexicon.weights["unsaid_party"] * log2(len(silent.groups))
    return round(score, 2), _say(silent, "blames nobody")


def _find_silent(a: Signature, b: Signature, left: Tokens, right: Tokens) -> Signature | None:
    """The one that says nothing of it, where the other does."""
    return b if left and not right else a if right and not left else None


def _say(silent: Signature, what: str) -> str:
    number = len(silent.groups)
    return f"one {what}" if number == 1 else f"none of {number} reports of one {what}"
