"""An outlet or a voice takes a figure back: "that figure is out of date and we withdraw it"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from harmledger.core.claim import Claim, Victims, claim_id
from harmledger.core.document import Document, Text
from harmledger.core.span import Trace, cut_span
from harmledger.core.when import Moment
from harmledger.extract.claims.build import EXTRACTOR
from harmledger.extract.claims.draft import Draft
from harmledger.extract.passage import Passage

_TAKES_BACK = re.compile(
    r"\b(?:withdraw(?:s|n)?|withdrew|retract(?:s|ed)?|take back|took back|"
    r"(?:was|were|is|are) (?:wrong|incorrect|in error|mistaken|inaccurate)|"
    r"should have (?:said|read)|"
    r"(?:wrongly|incorrectly|mistakenly) (?:said|stated|reported|gave|put))\b",
    re.I,
)
_FIGURE = re.compile(
    r"\b(?:that|this|the|an?|our) (?:earlier |first |previous )*"
    r"(?:figure|number|count|toll|report|version|article|estimate)\b",
    re.I,
)


_EARLIER_VERSION = re.compile(
    r"\b(?:earlier|previous|original|first) (?:version|edition)s? of (?:this|the|our) \w+"
    r"[^.]{0,40}?\b(?:said|stated|reported|gave|put)\b",
    re.I,
)


def takes_back_version(passage: Passage, draft: Draft) -> bool:
    """ "An earlier version of this report said 500": a retraction of what follows (rule 16)."""
    if passage.vocabulary.isdisjoint(_TAKING):
        return False
    match = _EARLIER_VERSION.search(passage.text) or _REPORT_TAKEN_BACK.search(passage.text)
    if match is None or passage.start + match.end() > draft.end:
        return False
    between = passage.text[match.end() : max(match.end(), draft.start - passage.start)]
    return ";" not in between  # "…; the figure is ten"


_TAKING = frozenset({"version", "edition", "withdraw", "withdrew", "retract", "take"})
_REPORT_TAKEN_BACK = re.compile(
    r"\b(?:withdr[ae]w(?:s|n|ing)?|retract(?:s|ed|ing)?|t(?:akes?|ook) back) "
    r"(?:our|its|their|the|that|this|his|her|an?) (?:[\w-]+ ){0,2}"
    r"(?:report|claim|story|figure|toll|statement|article|allegation|count|announcement) "
    r"(?:that|of|on)\b",
    re.I,
)
""" "The paper retracted its report that 12 people had been killed"."""


def find_retractions(
    document: Document, text: Text, passages: Sequence[Passage], claims: Sequence[Claim]
) -> tuple[Claim, ...]:
    """A claim ``retracts`` for each figure taken back, ``about`` the claim that told it.

    The figure is the one told in the same sentence or the sentence right before it.
    """
    found = []
    for passage in passages:
        match = _TAKES_BACK.search(passage.text)
        if match is None or _FIGURE.search(passage.text) is None:
            continue
        if _is_taken_back(passage, claims):
            continue
        about = _told_before(passage, passages, claims)
        if about is not None:
            found.append(_retraction(document, text, passage, match, about))
    return tuple(found)


def _is_taken_back(passage: Passage, claims: Sequence[Claim]) -> bool:
    first = bisect_left(claims, passage.start, key=lambda c: c.span.start)
    last = bisect_left(claims, passage.end, key=lambda c: c.span.start)
    return any(c.stance == "retracts" for c in claims[first:last])


def _told_before(
    passage: Passage, passages: Sequence[Passage], claims: Sequence[Claim]
) -> Claim | None:
    order = bisect_left(passages, passage.start, key=lambda p: p.start)
    previous = passages[max(0, order - 1) : order]
    starts = [p.start for p in (*previous, passage)]
    first = bisect_left(claims, min(starts), key=lambda c: c.span.start)
    last = bisect_left(claims, passage.end, key=lambda c: c.span.start)
    figures = [
        c
        for c in claims[first:last]
        if c.stance == "asserts"
        and c.part_of is None
        and c.quantity.basis in {"stated", "arithmetic"}
        and min(starts) <= c.span.start < passage.end
    ]
    return figures[0] if figures else None


def _retraction(
    document: Document, text: Text, passage: Passage, match: re.Match[str], about: Claim
) -> Claim:
    start, end = passage.start + match.start(), passage.start + match.end()
    span = cut_span(text.text, start, end, (passage.start, passage.end))
    return Claim(
        id=claim_id(
            document.id, text.sha256, span, about.harm, "retracts", about.voice, about.quantity
        ),
        document=document.id,
        document_name=document.name,
        text_sha256=text.sha256,
        span=span,
        harm=about.harm,
        stance="retracts",
        about=about.id,
        quantity=about.quantity,
        victims=Victims(),
        site=about.site,
        voice=about.voice,
        said_at=Moment(at=document.published_at, origin="published"),
        place=about.place,
        occurred=about.occurred,
        trace=(
            Trace(field="stance", start=start, end=end, rule="stance:retracts"),
            Trace(
                field="about", start=about.span.start, end=about.span.end, rule="about:told_before"
            ),
        ),
        extractor=EXTRACTOR,
        score=0.7,
    )
