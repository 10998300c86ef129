"""What to ask a person next, most useful question first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.incident import Incident
from harmledger.core.unresolved import Unresolved
from harmledger.core.view import Standing
from harmledger.review.standing import find_standing_decisions

QueueKind = Literal["overtaken", "conflict", "link", "speaker", "low_score", "unresolved"]
_ORDER: tuple[QueueKind, ...] = (
    "overtaken",
    "conflict",
    "link",
    "speaker",
    "low_score",
    "unresolved",
)
_LOW_SCORE = 0.5
"""Below this a machine's claim is asked about on its own."""


class QueueLine(Value, frozen=True, kw_only=True):
    """One question. ``about``: ids of claims, or of the unresolved line."""

    kind: QueueKind
    about: tuple[str, ...]
    document: str | None
    question: str


def propose_queue(
    claims: Sequence[Claim],
    standings: Mapping[str, Standing],
    incidents: Sequence[Incident],
    unresolved: Sequence[Unresolved],
    decisions: Sequence[Decision],
    outdated: Collection[str] = frozenset(),
) -> tuple[QueueLine, ...]:
    """Open questions: decided claims a new extractor no longer yields, conflicts, links nobody
    judged, unsure speakers, low scores, then what was not understood."""
    lines = [
        *_ask_overtaken(claims, standings, outdated),
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
    return tuple(sorted(lines, key=lambda line: _ORDER.index(line.kind)))


def _ask_overtaken(
    claims: Sequence[Claim], standings: Mapping[str, Standing], outdated: Collection[str]
) -> Iterator[QueueLine]:
    for claim in claims:
        if claim.id in outdated and standings.get(claim.id) not in (None, "carried", "outdated"):
            yield QueueLine(
                kind="overtaken",
                about=(claim.id,),
                document=claim.document,
                question=(
                    f"a person decided about this claim ({standings[claim.id]}); the present "
                    "extractor does not yield it. Does it still stand?"
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
