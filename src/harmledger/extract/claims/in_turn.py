"""Figures that repeat the order of the sentence before: "3 killed, 8 wounded. The hospital: 5 and
11", "17 killed, 44 injured, 6 abducted. The previous week: 12, 20 and 3".

That a label and as many bare numbers as were counted right before stand alone is the evidence; no
parser is asked. Misses a list that leaves one out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.core.claim import PERSON_HARMS, Claim
from harmledger.core.quantity import Figure, quantity_of
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.passage import Passage

_LABELLED = re.compile(
    r"^\W*(?P<label>[^:.;]{3,60}?)"
    r"(?::| (?:said|says|spoke of|has|had|gave|gives|counts?|counted))\s+"
    r"(?P<list>[\w’'-]+(?:(?:, | and |, and )[\w’'-]+)+)[.;]?\s*$"
)


def draft_in_turn(
    passage: Passage, drafts: Sequence[Draft], earlier: Sequence[Claim]
) -> tuple[Draft, ...]:
    """The drafts, or those of a list of bare numbers, each under the harm of its turn."""
    match = _LABELLED.match(passage.text)
    if match is None or any(d.figures for d in drafts) or not earlier:
        return tuple(drafts)
    start = passage.start + match.start("list")
    figures = [f for f in passage.figures if f.start >= start]
    words = re.split(r", and |, | and ", match["list"])
    told = _last_told(earlier)
    plain = all(f.kind == "count" and f.low is not None for f in figures)
    if not plain or len(figures) < 2 or not len(figures) == len(words) == len(told):
        return tuple(drafts)
    made = [_draft(passage, f, claim) for f, claim in zip(figures, told, strict=True)]
    return tuple(d for d in made if d is not None)


def _last_told(earlier: Sequence[Claim]) -> list[Claim]:
    """The whole figures of the last sentence that told any, in their order."""
    last = earlier[-1].span.sentence
    same = [c for c in earlier if c.span.sentence == last and c.part_of is None]
    figures = [c for c in same if c.quantity.basis in {"stated", "arithmetic"}]
    fits = all(c.harm in PERSON_HARMS and c.stance == "asserts" for c in figures)
    return sorted(figures, key=lambda c: c.span.start) if fits else []


def _draft(passage: Passage, figure: Figure, claim: Claim) -> Draft | None:
    head = passage.tree.top(*figure.core)
    if head is None:
        return None
    quantity = quantity_of(figure, claim.quantity.unit)
    counted = Counted(
        quantity=quantity, head=head.index, noun=head.index, start=figure.start, end=figure.end,
        figure=figure,
    )  # fmt: skip
    return Draft(
        harm=claim.harm,
        predicate=head.index,
        start=figure.start,
        end=figure.end,
        quantity=quantity,
        counted=counted,
        figures=(figure,),
        notes=(
            Note(field="harm", start=figure.start, end=figure.end, rule="figure:in_turn"),
            Note(field="quantity", start=figure.start, end=figure.end, rule=figure.rule),
        ),
        score=0.7,
    )
