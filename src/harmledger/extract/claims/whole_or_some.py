"""Whole or some: whether a figure is the voice's number for the incident, or only those it saw.

Contract §2 and reading rule 15: one described person, one family, "we received six bodies" are
floors. A part is the voice's number of those it tells of; that it is a floor of its whole is for
counting to know.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.extract.claims.breakdown_words import BY_WORD

_SAW = re.compile(
    r"\b(?:received|treated|treating|saw|seen|admitted|buried|took in|taken in|operated on|"
    r"carrying|carried|met|interviewed|took in|brought in|patched up|stitched up)\s+"
    r"(?:(?:at least|more than|up to|about|around|over|nearly|some|another|a further)\s+)*"
    r"(?:\w+\s+)?$",
    re.I,
)
_KIN = (
    r"(?:husband|wife|brother|sister|son|daughter|father|mother|uncle|aunt|nephew|niece|cousin|"
    r"child|children|twin|baby|parent|grandson|granddaughter|grandmother|grandfather)s?"
)
_OWN_KIN = re.compile(rf"\b(?:my|our) (?:own )?(?:[\w-]+ ){{0,2}}{_KIN}\b", re.I)
_HIS_KIN = re.compile(rf"\b(?:his|her|whose) (?:own )?(?:[\w-]+ ){{0,2}}{_KIN}\b", re.I)
"""The kin of whoever tells it, or of one whose story is told."""
_DESCRIBED = re.compile(r"\b(?:stretcher|wailed|funeral|identified as|neighbou?rs?|named)\b", re.I)
_PLUS = re.compile(
    r"\b(?:unidentified|yet to be identified|not (?:yet )?(?:been )?identified|"
    r"could not be identified|without (?:a |their )?names?|unaccounted|in addition|besides|"
    r"a further|another)\b",
    re.I,
)


class Told(Value, frozen=True, kw_only=True):
    """What the figures of one document are, gathered once: the largest stated figure and all
    stated whole figures, by harm and unit."""

    largest: dict[tuple[str, str], int]
    stated: dict[tuple[str, str], frozenset[tuple[int | None, int | None]]]


def settle_extent(text: str, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Mark the figures that are floors. Looks at all claims of one document at once."""
    told = _gather(claims)
    return tuple(_settle(text, claim, told) for claim in claims)


def _gather(claims: Sequence[Claim]) -> Told:
    largest: dict[tuple[str, str], int] = {}
    stated: dict[tuple[str, str], set[tuple[int | None, int | None]]] = {}
    for claim in claims:
        quantity = claim.quantity
        if quantity.scope != "incident" or quantity.basis not in {"stated", "arithmetic"}:
            continue
        key = (claim.harm, quantity.unit)
        largest[key] = max(largest.get(key, 0), quantity.low or quantity.high or 0)
        if quantity.basis == "stated" and claim.part_of is None:
            stated.setdefault(key, set()).add((quantity.low, quantity.high))
    return Told(largest=largest, stated={k: frozenset(v) for k, v in stated.items()})


def _settle(text: str, claim: Claim, told: Told) -> Claim:
    if claim.quantity.scope != "incident" or claim.harm == "object_struck":
        return claim
    if claim.part_of is None and _is_floor(text, claim, told):
        return msgspec.structs.replace(
            claim, quantity=msgspec.structs.replace(claim.quantity, extent="some")
        )
    return claim


def _is_floor(text: str, claim: Claim, told: Told) -> bool:
    if claim.quantity.low == 0:
        return False
    counted = 12 + len(claim.quantity.as_written or "")
    lead = text[max(0, claim.span.start - 40) : claim.span.start + counted]
    before = lead.split(claim.quantity.as_written or "\0")[0]
    if _SAW.search(before) or _is_one_story(text, claim):
        return True
    if claim.harm not in _TOLLED:
        return False  # "another 300 fled", "two who were seized": nobody keeps a toll of them
    if claim.quantity.basis == "implied" and _DESCRIBED.search(claim.span.sentence):
        return True
    if _is_one_of_many(claim, told):
        return True
    behind = text[claim.span.start : claim.span.end + 60].split(".")[0]
    another = (claim.quantity.as_written or "").lower() == "another"
    if another or _more_beside(behind, claim) or _refers_back(claim, told):
        return True
    figure = any(t.field == "quantity" and not t.rule.startswith("quantity:") for t in claim.trace)
    if claim.quantity.basis not in {"implied", "word:literal"} or figure:
        return False  # "dozens" is a figure; a bare plural or one described person is not
    largest = told.largest.get((claim.harm, claim.quantity.unit), 0)
    return largest > (claim.quantity.low or 0)


def _more_beside(behind: str, claim: Claim) -> bool:
    """Whether more are told of beside those counted: "five died, another six are in the ruins";
    not "five died and another three were injured", which adds none to the five."""
    for match in _PLUS.finditer(behind):
        other = _OTHER_HARM.match(behind, match.end())
        harm = BY_WORD.get(other["harm"].lower()) if other is not None else None
        if match.group().lower() not in {"another", "a further"} or harm in {None, claim.harm}:
            return True
    return False


_OTHER_HARM = re.compile(
    r" (?:[\d,]+|[a-z-]+)(?: (?:people|persons|others|civilians|men|women|children))? "
    r"(?:(?:were|was|are|is|have been|had been) )?(?:\w+ly )?"
    r"(?P<harm>dead|killed|wounded|injured|hurt|missing|abducted|kidnapped|arrested|detained|"
    r"displaced)\b",
    re.I,
)


def _is_one_story(text: str, claim: Claim) -> bool:
    """ "They shot my brother", "her husband was taken": the story of a person or a family."""
    words = text[max(0, claim.span.start - _LEAD) : claim.span.end]
    if _OWN_KIN.search(words):
        return True
    named = claim.victims.named == 1 and claim.quantity.high == 1
    implied = claim.quantity.basis == "implied"
    return implied and (named or _HIS_KIN.search(words) is not None)


_LEAD = 8
"""How far before a claim's words the word may stand that says whose kin it is."""
_TOLLED = frozenset({"killed", "injured", "killed_or_injured", "mass_burial"})


def _is_one_of_many(claim: Claim, told: Told) -> bool:
    """ "His nephew was hit in the leg", where the report counts dead or wounded: one whose story it
    tells."""
    if claim.harm != "injured" or claim.quantity.basis != "implied" or claim.quantity.high != 1:
        return False
    return any(told.largest.get((harm, claim.quantity.unit), 0) > 1 for harm in _TOLLED)


def _refers_back(claim: Claim, told: Told) -> bool:
    """ "the two deaths": people told of before, beside another whole figure of the report."""
    if not re.match(r"(?:the|these|those|both)\b", claim.span.quote, re.I):
        return False
    stated = told.stated.get((claim.harm, claim.quantity.unit), frozenset())
    return bool(stated - {(claim.quantity.low, claim.quantity.high)})
