"""What to ask a person next, most useful question first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.incident import Incident
from harmledger.core.unresolved import Unresolved
from harmledger.core.view import Standing
from harmledger.review.carry import shared_words
from harmledger.review.dissent import find_dissents
from harmledger.review.standing import find_standing_decisions

QueueKind = Literal[
    "dissent", "overtaken", "bound", "conflict", "link", "speaker", "low_score", "unresolved"
]
_ORDER: tuple[QueueKind, ...] = (
    "dissent",
    "overtaken",
    "bound",
    "conflict",
    "link",
    "speaker",
    "low_score",
    "unresolved",
)
_LOW_SCORE = 0.5
"""Below this a machine's claim is asked about on its own."""


class QueueLine(Value, frozen=True, kw_only=True):
    """One question. ``about``: ids of claims, or of the unresolved line. ``effect``: how far a
    bound of a published range would move without the claims, an estimate."""

    kind: QueueKind
    about: tuple[str, ...]
    document: str | None
    question: str
    effect: int = 0


def propose_queue(
    claims: Sequence[Claim],
    standings: Mapping[str, Standing],
    incidents: Sequence[Incident],
    unresolved: Sequence[Unresolved],
    decisions: Sequence[Decision],
    outdated: Collection[str] = frozenset(),
    effects: Mapping[str, int] | None = None,
) -> tuple[QueueLine, ...]:
    """Open questions, those that move a range furthest first; among equals: people who disagree,
    decided claims a new extractor no longer yields, claims that set a bound, conflicts, links
    nobody judged, unsure speakers, low scores, then what was not understood."""
    weights = effects or {}
    lines = [
        *_ask_dissents(decisions),
        *_ask_overtaken(claims, standings, outdated),
        *_ask_bounds(claims, standings, weights),
        *_ask_incidents(incidents, standings, decisions),
        *_ask_claims(claims, standings),
        *(
            QueueLine(
                kind="unresolved",
                about=(line.id,),
                document=line.document,
                question=f"{line.reason.replace('_', ' ')}: {line.note}",
            )
            for line in unresolved
        ),
    ]
    weighed = (
        msgspec.structs.replace(line, effect=max(weights.get(about, 0) for about in line.about))
        for line in lines
    )
    return tuple(sorted(weighed, key=lambda line: (-line.effect, _ORDER.index(line.kind))))


def _ask_dissents(decisions: Sequence[Decision]) -> Iterator[QueueLine]:
    for dissent in find_dissents(decisions):
        yield QueueLine(
            kind="dissent",
            about=tuple(dissent.about.split()),
            document=None,
            question=f"people disagree ({dissent.note}). What stands?",
        )


def _ask_bounds(
    claims: Sequence[Claim], standings: Mapping[str, Standing], effects: Mapping[str, int]
) -> Iterator[QueueLine]:
    for claim in claims:
        if effects.get(claim.id) and claim.id not in standings:
            yield QueueLine(
                kind="bound",
                about=(claim.id,),
                document=claim.document,
                question=f"{claim.span.quote!r} sets a bound: is it what the text says?",
            )


def _ask_overtaken(
    claims: Sequence[Claim], standings: Mapping[str, Standing], outdated: Collection[str]
) -> Iterator[QueueLine]:
    """The claim decided about, and what the present extractor reads in the same words instead
    (contract §2: both go to review)."""
    fresh: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.id not in outdated and claim.id not in standings:
            fresh.setdefault(claim.document, []).append(claim)
    asked: set[str] = set()
    for claim in claims:
        if claim.id not in outdated or standings.get(claim.id) in (None, "carried", "outdated"):
            continue
        yield QueueLine(
            kind="overtaken",
            about=(claim.id,),
            document=claim.document,
            question=(
                f"a person decided about this claim ({standings[claim.id]}); the present "
                "extractor does not yield it. Does it still stand?"
            ),
        )
        for other in fresh.get(claim.document, ()):
            if other.id in asked or not shared_words(claim, other):
                continue
            asked.add(other.id)
            yield QueueLine(
                kind="overtaken",
                about=(other.id,),
                document=other.document,
                question=(
                    "the present extractor reads this where a person decided about another "
                    f"claim ({standings[claim.id]}). Is it what the text says?"
                ),
            )


def _ask_incidents(
    incidents: Sequence[Incident],
    standings: Mapping[str, Standing],
    decisions: Sequence[Decision],
) -> Iterator[QueueLine]:
    judged = {
        frozenset(d.about)
        for d in find_standing_decisions(decisions)
        if d.action in ("same", "different", "unsure")
    }
    for incident in incidents:
        for conflict in incident.conflicts:
            open_claims = tuple(c for c in conflict.claims if c not in standings)
            if open_claims:
                yield QueueLine(
                    kind="conflict",
                    about=open_claims,
                    document=None,
                    question=f"{incident.title}: {conflict.note}",
                )
        for link in incident.links:
            pair = frozenset((link.claim, incident.claims[0]))
            if link.judgement == "unsure" and pair not in judged:
                yield QueueLine(
                    kind="link",
                    about=(link.claim, incident.claims[0]),
                    document=None,
                    question=f"same incident as {incident.title}? {'; '.join(link.why)}",
                )


def _ask_claims(claims: Sequence[Claim], standings: Mapping[str, Standing]) -> Iterator[QueueLine]:
    for claim in claims:
        if claim.id in standings:
            continue
        if any(voice.unsure for voice in claim.voice):
            yield QueueLine(
                kind="speaker",
                about=(claim.id,),
                document=claim.document,
                question=f"who says {claim.span.quote!r}?",
            )
        elif claim.score < _LOW_SCORE:
            yield QueueLine(
                kind="low_score",
                about=(claim.id,),
                document=claim.document,
                question=f"does the text say {claim.harm.replace('_', ' ')} in "
                f"{claim.span.quote!r}?",
            )
