"""Which harm an answer is about: of those told, the one in dispute (reading rules 2 and 4)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from harmledger.core.claim import Claim, Harm
from harmledger.extract.passage import Passage

GRAVEST = ("killed", "sexual_violence", "injured", "killed_or_injured", "mass_burial", "missing",
            "abducted", "detained", "trapped", "displaced", "object_struck", "access_denied",
            "service_denied")  # fmt: skip
_SAME_HARM: dict[str, tuple[Harm, ...]] = {
    "access_denied": ("access_denied", "service_denied"),
    "service_denied": ("service_denied", "access_denied"),
    "abducted": ("abducted", "detained", "missing"),
    "detained": ("detained", "abducted"),
    "sexual_violence": ("sexual_violence",),
    "object_struck": ("object_struck",),
    "displaced": ("displaced",),
    "trapped": ("trapped",),
    "mass_burial": ("mass_burial",),
    "killed": ("killed", "killed_or_injured"),
    "injured": ("injured", "killed_or_injured"),
    "killed_or_injured": ("killed", "killed_or_injured", "injured"),
}
_BODILY: frozenset[Harm] = frozenset({"killed", "sexual_violence", "injured", "killed_or_injured"})
_CLOSE = 600
"""How many code points back what is answered stands, as a rule: about four sentences."""
_SHORTLY = 12
"""How many claims back the harm in dispute may stand."""
NEAR = 150
"""How many claims before and after an answer are looked at."""


def in_dispute(passage: Passage, claims: Sequence[Claim], named: Harm | None) -> Claim | None:
    """The claim that is answered: the latest of the harm the denial names, else the one in
    dispute."""
    at = bisect_left(claims, passage.end, key=lambda c: c.span.start)
    same = [
        c for c in claims[max(0, at - NEAR) : at]
        if c.harm in _SAME_HARM.get(named or "killed", ()) and named is not None
        and c.stance == "asserts" and c.part_of is None
    ]  # fmt: skip
    exact = [c for c in same if c.harm == named]
    return (exact or same)[-1] if same else _harm_in_dispute(passage, claims)


def _harm_in_dispute(passage: Passage, claims: Sequence[Claim]) -> Claim | None:
    """What was told right before: harm to people, else a strike; else the gravest harm told
    shortly before (reading rule 2), the latest of it; else the first one after."""
    at = bisect_left(claims, passage.start, key=lambda c: c.span.start)
    near = claims[max(0, at - NEAR) : at + NEAR]
    asserted = [c for c in near if c.stance == "asserts" and c.quantity.scope == "incident"
                and c.part_of is None and c.victims.status != "combatant"]  # fmt: skip
    told = _told_last(passage, near)
    if told is not None:
        return told
    before = [c for c in asserted if c.span.start < passage.start]
    close = [c for c in before if passage.start - c.span.start <= _CLOSE]
    struck = [c for c in close if c.harm == "object_struck"]
    if struck and not any(c.harm in _BODILY for c in close):
        return struck[-1]
    pool = close or before[-_SHORTLY:] or asserted
    return min(pool, key=lambda c: (GRAVEST.index(c.harm), -c.span.start), default=None)


_THIS = re.compile(
    r"\b(?:this|that|these|those|such)(?: last)? "
    r"(?:claim|allegation|charge|report|accusation|account|figure|number|toll|information|statement|assertion|death|detail)s?\b|\b(?:this|these|it|them)\b(?=\W*(?:$|,|and))",
    re.I,
)


def _told_last(passage: Passage, claims: Sequence[Claim]) -> Claim | None:
    """ "We have not been able to verify this allegation": the gravest harm of the sentence right
    before, whoever it was done to."""
    if _THIS.search(passage.text) is None or not passage.before:
        return None
    start = passage.start - len(passage.before) - _GAP
    last = [c for c in claims if start <= c.span.start < passage.start and c.stance == "asserts"]
    return min(last, key=lambda c: (GRAVEST.index(c.harm), -c.span.start), default=None)


_GAP = 4
"""White space and bullets between two sentences."""


def of_passage(passage: Passage, claims: Sequence[Claim]) -> Sequence[Claim]:
    first = bisect_left(claims, passage.start, key=lambda c: c.span.start)
    return claims[first : bisect_left(claims, passage.end, key=lambda c: c.span.start)]


def gravest(claims: Sequence[Claim]) -> Claim | None:
    return min(claims, key=lambda c: (GRAVEST.index(c.harm), -c.span.start), default=None)


def told_before(
    passage: Passage, at: int, claims: Sequence[Claim], named: Harm | None
) -> Claim | None:
    """The gravest harm told before the answer in its own sentence, of the kind it names."""
    here = [
        c for c in of_passage(passage, claims)
        if c.stance == "asserts" and c.part_of is None and c.span.end <= at
        and (named is None or c.harm in _SAME_HARM.get(named, ()))
    ]  # fmt: skip
    return gravest(here)
