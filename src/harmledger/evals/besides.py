"""What is measured besides claims: what must not be said, silence, numbers and lines to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from harmledger.core.claim import Claim
from harmledger.core.document import Sentence
from harmledger.core.span import overlap
from harmledger.evals.gold import GoldClaim
from harmledger.evals.gold_texts import GoldReading

Place = tuple[int, int]
"""Start and end in the text."""


def count_besides(
    reading: GoldReading, missed: Sequence[GoldClaim], extra: Sequence[Claim]
) -> Counter[str]:
    """Counts of one report, by name; ``missed`` and ``extra`` as matching left them."""
    counts: Counter[str] = Counter()
    marked = reading.gold.out_of_scope
    counts["out_of_scope"] = len(marked)
    counts["must_not_say"] = len(find_forbidden(reading, extra))
    counts["out_of_scope.said"] = sum(
        any(overlap(place, (claim.span.start, claim.span.end)) for claim in extra)
        for place in marked
    )
    counts["silent"] = sum(1 for _ in _find_silent(reading, missed))
    for number in reading.extraction.numbers:
        counts["numbers"] += 1
        counts[f"numbers.{number.state}"] += 1
    counts.update(_weigh_lines(reading))
    return counts


def find_forbidden(reading: GoldReading, extra: Sequence[Claim]) -> tuple[Claim, ...]:
    """Claims read where a person marked that there is none: in a passage out of scope."""
    return tuple(
        claim
        for claim in extra
        if any(
            overlap(place, (claim.span.start, claim.span.end))
            for place in reading.gold.out_of_scope
        )
    )


def _find_silent(reading: GoldReading, missed: Sequence[GoldClaim]) -> Iterator[GoldClaim]:
    """Claims missed in a sentence of which nothing else is said: no claim, no line."""
    said = [(claim.span.start, claim.span.end) for claim in reading.extraction.claims]
    said += _line_places(reading)
    for gold in missed:
        around = widen((gold.start, gold.end), reading.text.sentences)
        if not any(overlap(place, one) for place in around for one in said):
            yield gold


def _weigh_lines(reading: GoldReading) -> Iterator[str]:
    """Lines that a person too would look at: they share a sentence with a passage that was called
    unclear (``lines.unclear``); or that was called unclear, marked as no claim, entered as
    optional or with a note why it was hard (``lines.doubted``)."""
    gold = reading.gold
    unclear = [(u.start, u.end) for u in gold.unclear]
    doubted = [*unclear, *gold.out_of_scope]
    doubted += [(c.start, c.end) for c in gold.claims if c.optional or c.note]
    for line in _line_places(reading):
        around = widen(line, reading.text.sentences)
        yield "lines"
        if any(overlap(place, one) for place in around for one in unclear):
            yield "lines.unclear"
        if any(overlap(place, one) for place in around for one in doubted):
            yield "lines.doubted"


def _line_places(reading: GoldReading) -> list[Place]:
    spans = (line.span for line in reading.extraction.unresolved)
    return [(span.start, span.end) for span in spans if span is not None]


def widen(place: Place, sentences: Sequence[Sentence]) -> tuple[Place, ...]:
    """A passage and the sentences it touches, as the reader cuts them."""
    touched = ((s.start, s.end) for s in sentences)
    return (place, *(one for one in touched if overlap(one, place)))
