"""What a claim leaves open: a date without an anchor, a name without a place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from harmledger.core.claim import Claim
from harmledger.core.document import Document, Text
from harmledger.core.span import cut_span
from harmledger.core.unresolved import Unresolved
from harmledger.extract.guard import unresolved_line
from harmledger.extract.passage import Passage
from harmledger.extract.places import DocumentPlaces


def find_open_ends(
    document: Document,
    text: Text,
    passages: Sequence[Passage],
    claims: Sequence[Claim],
    places: DocumentPlaces,
) -> list[Unresolved]:
    """Lines for dates and places that claims needed and that could not be settled."""
    lines = _undated(document, text, passages, claims)
    lines.extend(_unplaced(document, text, passages, claims, places))
    return lines


def _undated(
    document: Document, text: Text, passages: Sequence[Passage], claims: Sequence[Claim]
) -> list[Unresolved]:
    waiting = [c for c in claims if c.occurred is not None and c.occurred.edtf is None]
    lines = []
    if waiting and document.published_at is None:
        note = (
            "the document has no publication date, so “"
            + "”, “".join(dict.fromkeys(c.occurred.as_written for c in waiting if c.occurred))
            + "” cannot be anchored"
        )
        lines.append(unresolved_line(document, None, "no_publication_date", note))
    for passage in passages:
        for hit in passage.times:
            if hit.when.rule.startswith("weekday_conflict"):
                span = cut_span(text.text, hit.start, hit.end, (passage.start, passage.end))
                note = "weekday and calendar date disagree; the calendar date was taken"
                lines.append(unresolved_line(document, span, "date_conflict", note))
    if document.published_at is None:
        return lines
    seen: set[str] = set()
    for claim in waiting:
        trace = next((t for t in claim.trace if t.field == "occurred"), None)
        if trace is None or claim.occurred is None or claim.occurred.as_written in seen:
            continue
        seen.add(claim.occurred.as_written)
        span = cut_span(text.text, trace.start, trace.end, (trace.start, trace.end))
        note = f"“{claim.occurred.as_written}” could not be set on the calendar"
        lines.append(unresolved_line(document, span, "date_unanchored", note))
    return lines


_GOES_ON = re.compile(r"[-‐‑]|['’]s [A-Z]|[ \u00a0][A-Z]")
_THERE = re.compile(
    r"\b(?:in|at|near|from|to|outside|around|towards?|into|inside|on|between|and)\s+(?:the\s+)?$",
    re.I,
)


def _may_be_place(text: str, passages: Sequence[Passage], start: int, end: int) -> bool:
    """Whether a name that was not placed is said as a place: with a preposition, or a place to the
    network; not the head of a longer name ("Red Hills Brigade")."""
    if _GOES_ON.match(text, end):
        return False
    if _THERE.search(text[max(0, start - 24) : start]):
        return True
    at = bisect_right(passages, start, key=lambda p: p.start) - 1
    names = passages[at].tree.names if at >= 0 else ()
    return any(n.kind == "LOC" and n.start <= start and end <= n.end for n in names)


def _unplaced(
    document: Document,
    text: Text,
    passages: Sequence[Passage],
    claims: Sequence[Claim],
    places: DocumentPlaces,
) -> list[Unresolved]:
    """One line per unplaced name in the sentence of a claim that has no place of its own."""
    lines: list[Unresolved] = []
    done: set[str] = set()
    for claim in claims:
        own = any(t.field == "place" and t.rule == "place:sentence" for t in claim.trace)
        if own:
            continue
        size = len(claim.span.sentence)
        at = text.text.rfind(
            claim.span.sentence, max(0, claim.span.start - size), claim.span.end + size
        )
        for answer in places.unplaced_within(at, at + size) if at >= 0 else ():
            hit = answer.hit
            if hit.as_written in done:
                continue
            if not _may_be_place(text.text, passages, hit.start, hit.end):
                continue
            done.add(hit.as_written)
            ambiguous = answer.reason == "place_ambiguous"
            note = f"“{hit.as_written}” " + (
                "names more than one place and nothing here decides"
                if ambiguous
                else "looks like a place the gazetteer cannot settle"
            )
            lines.append(
                unresolved_line(
                    document,
                    cut_span(text.text, hit.start, hit.end, (hit.start, hit.end)),
                    "place_ambiguous" if ambiguous else "place_unknown",
                    note,
                )
            )
    return lines
