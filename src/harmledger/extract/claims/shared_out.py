"""A total shared out over places: "By district: Orvan 81, Tesk 44, Mirl 17" behind 142 killed.

Every count of the sentence stands beside a place of its own, and together they are a figure told
shortly before. Shares that do not add up are not read: a town may be left out, or two totals mixed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.core.claim import Claim
from harmledger.core.quantity import Figure, quantity_of
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import SHARED_OUT, Draft, Note
from harmledger.extract.passage import Passage

_FEWEST = 2
_BACK = 6
"""Claims back that may be the total."""
_BEFORE = re.compile(r"\s*(?:[:(–-]\s*)?")
_BEHIND = re.compile(
    r"\s+(?:people |persons |dead |killed |wounded |injured |families |households )?"
    r"(?:in|at|from|around)\s+(?:the\s+)?(?:\w+ of )?",
    re.I,
)


def draft_shared_out(
    passage: Passage, drafts: Sequence[Draft], earlier: Sequence[Claim]
) -> tuple[Draft, ...]:
    """The drafts, or the shares of a total told before where the sentence is nothing else."""
    if drafts:
        return tuple(drafts)
    shares = _shares(passage)
    if len(shares) < _FEWEST:
        return ()
    added = sum(figure.low or 0 for figure, _ in shares)
    whole = next((c for c in reversed(earlier[-_BACK:]) if _is_total(c, added)), None)
    if whole is None:
        return ()
    made = [_share(passage, whole, figure, span) for figure, span in shares]
    return tuple(draft for draft in made if draft is not None)


def _is_total(claim: Claim, added: int) -> bool:
    quantity = claim.quantity
    return claim.stance == "asserts" and quantity.low == quantity.high == added > 0


def _shares(passage: Passage) -> list[tuple[Figure, tuple[int, int]]]:
    """Each count with the place beside it; none where one of them has no place."""
    found: list[tuple[Figure, tuple[int, int]]] = []
    for figure in passage.figures:
        if figure.kind != "count":
            continue
        span = _beside(passage, figure)
        if span is None or figure.low is None:
            return []
        found.append((figure, span))
    return found


def _beside(passage: Passage, figure: Figure) -> tuple[int, int] | None:
    for seen in passage.places:
        if seen.end <= figure.start:
            between = passage.text[seen.end - passage.start : figure.start - passage.start]
            if _BEFORE.fullmatch(between):
                return seen.start, figure.end
        elif seen.start >= figure.end:
            between = passage.text[figure.end - passage.start : seen.start - passage.start]
            if _BEHIND.fullmatch(between):
                return figure.start, seen.end
    return None


def _share(passage: Passage, whole: Claim, figure: Figure, span: tuple[int, int]) -> Draft | None:
    head = passage.tree.top(*figure.core)
    if head is None:
        return None
    quantity = quantity_of(figure, whole.quantity.unit)
    start, end = span
    return Draft(
        harm=whole.harm,
        predicate=head.index,
        start=start,
        end=end,
        quantity=quantity,
        counted=Counted(
            quantity=quantity, head=head.index, noun=head.index, start=figure.start,
            end=figure.end, figure=figure,
        ),
        victims=whole.victims,
        cause=whole.cause,
        modality=whole.modality,
        part_of=whole.id,
        figures=(figure,),
        notes=(
            Note(field="harm", start=start, end=end, rule=SHARED_OUT),
            Note(field="quantity", start=figure.start, end=figure.end, rule=figure.rule),
            Note(field="part_of", start=start, end=end, rule=SHARED_OUT),
        ),
        score=0.8,
    )  # fmt: skip
