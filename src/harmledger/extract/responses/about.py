"""Which claim of the same document an answer is about."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.extract.passage import Passage
from harmledger.extract.responses.answers import Answer
from harmledger.lexicon.responses import ResponseLexicon
from harmledger.lexicon.settings import load_sites

_GRAVITY = (
    "object_struck", "killed", "killed_or_injured", "injured", "mass_burial", "abducted", "missing",
    "trapped", "detained", "sexual_violence", "displaced", "access_denied", "service_denied",
)  # fmt: skip
_NEAR = 400
"""Code points within which an answer plainly goes on about the same incident."""


class Subject(Value, frozen=True, kw_only=True):
    """The claim an answer is about; ``plain``: its place, time and site may be taken over."""

    claim: Claim
    plain: bool


def find_subject_claim(
    passage: Passage, answer: Answer, claims: Sequence[Claim], lexicon: ResponseLexicon
) -> Subject | None:
    """The claim that shares most with the answer: site, place, then nearness, then gravity."""
    fitting = [c for c in claims if _may_be_about(c, answer)]
    if not fitting:
        return None
    kinds, names = _sites_in(passage), _places_in(passage)
    best = min(fitting, key=lambda c: _rank(c, answer, kinds, names))
    shared = _shares_site(best, kinds) or _shares_place(best, names)
    near = abs(answer.start - best.span.start) <= _NEAR
    return Subject(claim=best, plain=shared or near or _is_definite(passage, answer, lexicon))


def _may_be_about(claim: Claim, answer: Answer) -> bool:
    if (
        claim.stance in {"denies", "cannot_confirm", "retracts"}
        or claim.quantity.scope != "incident"
    ):
        return False
    overlaps = claim.span.start < answer.end and answer.start < claim.span.end
    return not (overlaps and answer.kind in {"accusation", "denial"})


def _rank(
    claim: Claim, answer: Answer, kinds: frozenset[str], names: frozenset[str]
) -> tuple[int, int, int, int]:
    shared = 2 * _shares_site(claim, kinds) + _shares_place(claim, names)
    earlier = claim.span.start <= answer.start
    distance = abs(answer.start - claim.span.start) // _NEAR
    gravity = _GRAVITY.index(claim.harm) if claim.harm in _GRAVITY else len(_GRAVITY)
    return -shared, 0 if earlier else 1, distance, gravity


def _sites_in(passage: Passage) -> frozenset[str]:
    kinds = load_sites().kinds
    starts = kinds.find_starts(passage.lowered, passage.lemmas)
    hits = [kinds.match(passage.lowered, passage.lemmas, at) for at in starts]
    return frozenset(str(hit[1]) for hit in hits if hit is not None)


def _places_in(passage: Passage) -> frozenset[str]:
    return frozenset(hit.place.name for hit in passage.places if hit.place.name)


def _shares_site(claim: Claim, kinds: frozenset[str]) -> bool:
    return claim.site is not None and claim.site.kind in kinds


def _shares_place(claim: Claim, names: frozenset[str]) -> bool:
    return claim.place is not None and claim.place.name in names


def _is_definite(passage: Passage, answer: Answer, lexicon: ResponseLexicon) -> bool:
    inside = [t.index for t in passage.tree.within(answer.start, answer.end)]
    return any(lexicon.definite.match(passage.lowered, passage.lemmas, at) for at in inside)
