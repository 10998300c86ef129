"""The same people told twice in one breath: by another number, or in another unit.

"A few dozen people, probably between 10 and 50"; "312 families, around 1,400 persons". Two figures
of one people are two claims, and are never added up.
"""

from __future__ import annotations

import re

import msgspec

from harmledger.core.quantity import Figure, Unit, quantity_of
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.passage import Passage

_RESTATES = re.compile(
    r"\s*[,(–—-]\s*(?:but |and |or |most )?"
    r"(?:probably|perhaps|possibly|likely|maybe|roughly|more precisely|that is|around|"
    r"an estimated)\s*",
    re.I,
)
_SAME_PEOPLE = re.compile(r"\s*(?:,?\s*or|/|[,(–—])\s*(?:some |about |around |a total of )?", re.I)
HOUSEHOLDS = frozenset({"family", "household"})
_HEADS = frozenset({"person", "people", "individual", "inhabitant", "resident", "soul", "civilian"})


def draft_restated(passage: Passage, draft: Draft) -> Draft | None:
    """ "a few dozen people, probably between 10 and 50": the voice's number beside its word."""
    if draft.counted is None or draft.quantity.basis == "implied":
        return None
    for figure in passage.figures:
        gap = passage.text[draft.counted.end - passage.start : figure.start - passage.start]
        if figure.kind != "count" or figure.start <= draft.counted.end or figure in draft.figures:
            continue
        unit = draft.quantity.unit
        other = _other_unit(passage, draft, figure) if _SAME_PEOPLE.fullmatch(gap) else None
        if other is not None or _RESTATES.fullmatch(gap):
            quantity = quantity_of(figure, other or unit)
            counted = msgspec.structs.replace(
                draft.counted, quantity=quantity, figure=figure, members=()
            )
            return msgspec.structs.replace(
                draft,
                end=max(draft.end, figure.end),
                quantity=quantity,
                counted=counted,
                figures=(figure,),
                notes=(
                    *draft.notes[:1],
                    Note(
                        field="quantity",
                        start=figure.start,
                        end=figure.end,
                        rule="quantity:restated",
                    ),
                ),
            )
    return None


def _other_unit(passage: Passage, draft: Draft, figure: Figure) -> Unit | None:
    """ "312 families, around 1,400 persons", "4,320 individuals or 864 families": the same people
    in households and in persons are two figures, and are never added up."""
    behind = [t for t in passage.tokens if t.start >= figure.end][:2]
    lemmas = {passage.lemmas[t.index] for t in behind}
    if draft.quantity.unit == "households" and lemmas & _HEADS:
        return "persons"
    if draft.quantity.unit == "persons" and lemmas & HOUSEHOLDS:
        return "households"
    return None
