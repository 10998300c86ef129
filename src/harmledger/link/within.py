"""Inside one document: claims flow into the incident their sentences are about.

Claims with a place, a day or a site of their own are weighed against what the document has told
so far; the rest goes to the nearest incident, with its reason and a low score, or stays apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.lexicon.linking import Linking, fold
from harmledger.link.bundles import Bundle, Judged, Reason
from harmledger.link.deeds import are_other_names, judge_site
from harmledger.link.evidence import say, weigh_all
from harmledger.link.judging import VETO, Evidence, Found
from harmledger.link.reach import Distance
from harmledger.link.signature import (
    NO_VOTES,
    Signature,
    combine,
    place_id,
    published_day,
    sign_claim,
    tokens_of,
)
from harmledger.link.wording import is_definite, says_another

NEAR = 600
"""Code points between two claims of neighbouring sentences, at most."""
_TIED = Reason(score=1.0, why=("part, correction or answer of a claim here",))
_LOW = 0.5
_LOWEST = 0.3


class Unit(Value, frozen=True, kw_only=True):
    """Claims tied to each other by the text itself: parts, corrections, denials of a claim."""

    claims: tuple[Claim, ...]
    signature: Signature
    sentences: tuple[str, ...]

    @property
    def says_another(self) -> bool:
        """Its words begin another incident."""
        return says_another(self.sentences[0])

    @property
    def is_definite(self) -> bool:
        """Its words point at an incident already told."""
        return any(map(is_definite, self.sentences))


class Draft:
    """A bundle while its document is being read."""

    def __init__(self, unit: Unit) -> None:
        """Found a bundle on its first unit."""
        self.units = [unit]
        self.signature = unit.signature
        self.reasons = {claim.id: _TIED for claim in unit.claims[1:]}
        self.apart: set[int] = set()

    @property
    def claims(self) -> list[Claim]:
        """Its claims so far."""
        return [claim for unit in self.units for claim in unit.claims]

    def add(self, unit: Unit, reason: Reason) -> None:
        """Take ``unit`` in, for ``reason``."""
        self.units.append(unit)
        self.reasons |= {claim.id: reason for claim in unit.claims}
        if unit.signature.is_anchored:
            self.signature = combine([self.signature, unit.signature])

    def gap_to(self, unit: Unit) -> int:
        """Code points between ``unit`` and the nearest claim here; 0 in one sentence."""
        return min(_gap(a, b) for a in self.claims for b in unit.claims)


def _gap(a: Claim, b: Claim) -> int:
    if a.span.sentence and a.span.sentence == b.span.sentence:
        return 0
    if a.span.start > b.span.start:
        a, b = b, a
    return max(1, b.span.start - a.span.end)


def bundle_document(
    claims: Sequence[Claim],
    document: Document | None,
    group: str,
    judged: Judged,
    lexicon: Linking,
    distance: Distance | None,
) -> tuple[Bundle, ...]:
    """The claims of one document as bundles, in the order the text founds them."""
    units = _units(claims, judged)
    drafts: list[Draft] = []
    for unit in units:
        if unit.signature.is_anchored:
            _place_unit(unit, drafts, judged, lexicon, distance)
    for unit in units:
        if not unit.signature.is_anchored:
            _attach_unit(unit, drafts, judged, lexicon, distance)
    published = published_day(document)
    corrected = document.supersedes if document else None
    whole = len(drafts) == 1
    return tuple(_finish(draft, group, published, corrected, whole=whole) for draft in drafts)


def _finish(
    draft: Draft, group: str, published: int | None, corrected: str | None, *, whole: bool
) -> Bundle:
    """``whole``: it is all that its document tells of."""
    claims = tuple(sorted(draft.claims, key=lambda c: (c.span.start, c.id)))
    groups = frozenset([group])
    return Bundle(
        claims=claims,
        signature=msgspec.structs.replace(
            draft.signature,
            groups=groups,
            published=published,
            votes=NO_VOTES,
            passages=_passages(claims),
            whole=groups if whole else tokens_of(),
            documents=frozenset([claims[0].document]),
            corrects=frozenset([corrected]) if corrected else tokens_of(),
        ),
        reasons=draft.reasons,
        apart=frozenset(draft.apart),
    )


def _passages(claims: Sequence[Claim]) -> frozenset[int]:
    sentences = {fold(c.span.sentence or c.span.quote) for c in claims}
    return frozenset(crc32(sentence.encode()) for sentence in sentences)


def _units(claims: Sequence[Claim], judged: Judged) -> list[Unit]:
    """Claims tied by ``part_of``, ``supersedes`` or ``about``, or by a person, move together."""
    ordered = sorted(claims, key=lambda c: (c.span.start, c.id))
    by_id = {c.id: c for c in ordered}
    held: dict[str, list[Claim]] = {c.id: [c] for c in ordered}
    home = {c.id: c.id for c in ordered}
    for claim in ordered:
        tied = (
            claim.part_of,
            claim.supersedes,
            claim.about,
            *(sorted(judged.same.get(claim.id, ())) if judged.same else ()),
        )
        for other in tied:
            if other in by_id and home[other] != home[claim.id]:
                _tie(claim.id, other, held, home, judged)
    units = [_unit(tied) for tied in held.values()]
    return sorted(units, key=lambda u: (u.claims[0].span.start, u.claims[0].id))


def _tie(
    left: str, right: str, held: dict[str, list[Claim]], home: dict[str, str], judged: Judged
) -> None:
    into, gone = sorted((home[left], home[right]))
    ids = ([c.id for c in held[into]], [c.id for c in held[gone]])
    if judged.keeps_apart(*ids):
        return
    held[into] += held.pop(gone)
    home.update(dict.fromkeys(ids[1], into))


def _unit(claims: list[Claim]) -> Unit:
    ordered = tuple(sorted(claims, key=lambda c: (c.span.start, c.id)))
    return Unit(
        claims=ordered,
        signature=combine(sign_claim(c) for c in ordered),
        sentences=tuple(c.span.sentence or c.span.quote for c in ordered),
    )


def _place_unit(
    unit: Unit,
    drafts: list[Draft],
    judged: Judged,
    lexicon: Linking,
    distance: Distance | None,
) -> None:
    """To the incident with most evidence, the latest of equals; else it founds its own."""
    best: tuple[float, int] | None = None
    why: Found = ()
    apart: set[int] = set()
    told: set[int] = set()
    for position, draft in enumerate(drafts):
        score, found = _weigh_unit(unit, draft, judged, lexicon, distance)
        if score == VETO:
            apart.add(position)
            continue
        if _says_otherwise(unit.signature, draft.signature):
            told.add(position)
        if best is None or (score, position) > best:
            best, why = (score, position), found
    if best is not None and best[0] >= lexicon.thresholds["within"]:
        drafts[best[1]].add(unit, Reason(score=best[0], why=say(why)))
        return
    own = Draft(unit)
    if drafts:
        own.apart = set(range(len(drafts))) if unit.says_another else apart | told
    drafts.append(own)


def _weigh_unit(
    unit: Unit, draft: Draft, judged: Judged, lexicon: Linking, distance: Distance | None
) -> tuple[float, Found]:
    if judged.different:
        ids = ([c.id for c in unit.claims], [c.id for c in draft.claims])
        if judged.keeps_apart(*ids):
            return VETO, ((VETO, "a person said different"),)
    score, found = weigh_all(unit.signature, draft.signature, lexicon, distance)
    if score == VETO:
        return score, found
    gap = draft.gap_to(unit)
    if gap and unit.says_another and not unit.signature.objects & draft.signature.objects:
        return VETO, ((VETO, "the text says another"),)
    more = _weigh_document(unit, draft, gap, lexicon, distance)
    return round(score + sum(weight for weight, _ in more), 3), (*found, *more)


def _weigh_document(
    unit: Unit, draft: Draft, gap: int, lexicon: Linking, distance: Distance | None
) -> Found:
    """What their standing in one document adds."""
    w = lexicon.weights
    found: list[Evidence] = [(w["same_document"], "the same document")]
    if judge_site(unit.signature, draft.signature, lexicon, distance)[0] < 0:
        # who names two sites in one report means two
        if are_other_names(unit.signature, draft.signature):
            found.append((w["other_name_within"], "another site by name in one document"))
        else:
            found.append((w["other_site_within"], "another site in one document"))
    if gap == 0:
        found.append((w["same_sentence"], "the same sentence"))
    elif gap <= NEAR and _leans(unit.signature):
        found.append((w["next_sentence"], "the nearest sentences"))
    if _lacks_anchor(unit.signature) and unit.is_definite:
        found.append((w["definite"], "a definite description"))
    return tuple(found)


def _leans(signature: Signature) -> bool:
    """It says neither where nor when: the sentences before it do."""
    return not signature.places and signature.start is None


def _says_otherwise(a: Signature, b: Signature) -> bool:
    """They name other places or other days: two that do, and are two in their own report, stay
    two whatever other reports make of them."""
    here, there = set(map(place_id, a.places)), set(map(place_id, b.places))
    dated = a.start is not None and b.start is not None
    return bool(here and there and here.isdisjoint(there)) or (
        dated and (a.start, a.end) != (b.start, b.end)
    )


def _lacks_anchor(signature: Signature) -> bool:
    return not signature.places or signature.start is None


def _attach_unit(
    unit: Unit,
    drafts: list[Draft],
    judged: Judged,
    lexicon: Linking,
    distance: Distance | None,
) -> None:
    """No place, day or site of its own: the nearest incident, with a low score, or its own."""
    open_to = [d for d in drafts if _weigh_unit(unit, d, judged, lexicon, distance)[0] != VETO]
    chosen = None if unit.says_another else _nearest(unit, open_to)
    if chosen is None:
        drafts.append(Draft(unit))
        return
    draft, reason = chosen
    draft.add(unit, reason)


def _nearest(unit: Unit, drafts: list[Draft]) -> tuple[Draft, Reason] | None:
    families = unit.signature.families
    alike = [d for d in drafts if d.signature.families & families]
    ranked = sorted(
        ((draft.gap_to(unit), i, draft) for i, draft in enumerate(alike)), key=lambda x: x[:2]
    )
    if ranked and ranked[0][0] == 0:
        return ranked[0][2], Reason(score=_LOW, why=("the same sentence",))
    if ranked and ranked[0][0] <= NEAR:
        return ranked[0][2], Reason(score=_LOW, why=("the nearest sentences",))
    if len(ranked) == 1:
        why = ("the only incident of its kind in the document",)
        return ranked[0][2], Reason(score=_LOWEST, why=why)
    if unit.is_definite and ranked:
        return ranked[0][2], Reason(score=_LOWEST, why=("a definite description",))
    same = [d for d in drafts if d.gap_to(unit) == 0]
    return (same[0], Reason(score=_LOWEST, why=("the same sentence",))) if same else None
