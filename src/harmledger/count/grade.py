"""Grades after Airwars (contract §5). A denial changes neither count nor grade (R7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from harmledger.core.base import Value
from harmledger.core.claim import UNCOUNTED, Claim, Voice
from harmledger.core.incident import Grade, Origin
from harmledger.core.response import Response
from harmledger.count.figures import count_origin_documents, figure_of
from harmledger.count.voices import (
    accused_names,
    distinct_parties,
    is_belligerent,
    is_hedged,
    is_party_among,
    is_person_alone,
    label_of,
    labels_of,
    name_parties,
    spell_parties,
    was_said,
)
from harmledger.lexicon.linking import find_party

ACCEPTING = ("acknowledgement", "concession", "apology")


class Grading(Value, frozen=True, kw_only=True):
    """A grade, why, and who denies, concedes and looks into it."""

    grade: Grade
    why: str
    denied_by: tuple[str, ...] = ()
    conceded_by: tuple[str, ...] = ()
    inquiry_by: tuple[str, ...] = ()


def grade_incident(
    claims: Sequence[Claim],
    responses: Sequence[Response],
    origins: Mapping[str, Origin],
    *,
    as_of: str | None = None,
    set_aside: Mapping[str, str] | None = None,
    decided: tuple[Grade, str] | None = None,
) -> Grading:
    """The grade of one incident as of a date.

    ``decided``: grade and reason a named person logged; the only way to ``discounted``.

    Raises:
        ValueError: ``as_of`` is no ISO date.
    """
    aside = set_aside or {}
    claims = [c for c in claims if c.id not in aside and was_said(c.said_at, as_of)]
    answers = [r for r in responses if was_said(r.said_at, as_of)]
    asserted = [c for c in claims if c.stance == "asserts" and c.modality not in UNCOUNTED]
    names = accused_names(asserted, answers)
    accused = frozenset(distinct_parties(names))
    accepted = _accepted_by(asserted, answers, accused)
    grade, why = decided or _grade(asserted, origins, names, accepted)
    return Grading(
        grade=grade,
        why=why,
        denied_by=_denied_by(claims, answers),
        conceded_by=accepted,
        inquiry_by=labels_of(r.voice for r in answers if r.kind == "inquiry"),
    )


def _grade(
    asserted: Sequence[Claim],
    origins: Mapping[str, Origin],
    names: Sequence[str],
    accepted: tuple[str, ...],
) -> tuple[Grade, str]:
    accused = distinct_parties(names)
    if accepted:
        return "confirmed", f"accepted by {', '.join(accepted)}"
    if len(accused) > 1:
        return "contested", f"held responsible: {spell_parties(names)}"
    reports = count_origin_documents(figure_of(c, origins) for c in asserted)
    if reports < 2:
        return "weak", "one origin, or one report"
    if not (accused or any(_shows_force(c) for c in asserted)):
        return "weak", f"{reports} independent origins, but nothing that says who or what did it"
    return "fair", f"{reports} independent origins in different reports, and an act of force"


def _shows_force(claim: Claim) -> bool:
    if claim.alleged_perpetrator is not None:
        return True
    means = claim.means
    return means is not None and (means.launch != "unknown" or means.weapon != "other")


def _accepted_by(
    asserted: Iterable[Claim], answers: Iterable[Response], accused: frozenset[str]
) -> tuple[str, ...]:
    """Belligerents that accepted it: in an answer without a hedge, or by claiming the act. One
    name a party: a general and his state concede once (R2)."""
    voices = [
        r.voice[0]
        for r in answers
        if r.kind in ACCEPTING and not is_hedged(r) and is_belligerent(r.voice, accused)
    ]
    voices += [c.voice[0] for c in asserted if _is_admission(c)]
    return name_parties(voices, accused)


def _is_admission(claim: Claim) -> bool:
    """An own admission names the same party as accused and accuser."""
    alleged = claim.alleged_perpetrator
    if alleged is None or not claim.voice or is_person_alone(claim):
        return False
    party, by = find_party(alleged.name), find_party(alleged.alleged_by)
    if party is None or party != by:
        return False
    belligerent = claim.voice[0].side.startswith("belligerent")
    return belligerent or is_party_among(find_party(label_of(claim.voice)), [party])


def _denied_by(claims: Iterable[Claim], answers: Iterable[Response]) -> tuple[str, ...]:
    """Who denies, each once. "Officials" of a side of which a body denies by name are that body."""
    voices = [c.voice for c in claims if c.stance == "denies"]
    voices += [r.voice for r in answers if r.kind == "denial"]
    named = {v[0].side for v in voices if v and (v[0].name or v[0].organisation)}
    return labels_of(v for v in voices if not (v and _is_nameless(v[0]) and v[0].side in named))


def _is_nameless(voice: Voice) -> bool:
    return not (voice.name or voice.organisation) and voice.side.startswith("belligerent:")
