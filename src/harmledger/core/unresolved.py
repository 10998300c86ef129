"""What was seen and not turned into a claim. Silence is the worst failure, noise the second."""

from __future__ import annotations

from typing import Literal

from harmledger.core.base import Value
from harmledger.core.quantity import NumberKind
from harmledger.core.span import Span

Reason = Literal[
    "out_of_scope",
    "number_without_harm",
    "harm_without_claim",
    "place_unknown",
    "place_ambiguous",
    "date_unanchored",
    "date_conflict",
    "readings_disagree",
    "language_unread",
    "speaker_unsure",
    "end_of_harm",
    "presence",
    "furniture_number",
    "no_publication_date",
]


class Unresolved(Value, frozen=True, kw_only=True):
    """One line for a person to look at. ``note`` says in plain words what was not understood."""

    id: str
    document: str
    document_name: str
    span: Span | None
    reason: Reason
    note: str


class NumberState(Value, frozen=True, kw_only=True):
    """Every number token in a sentence with a harm word has exactly one state."""

    start: int
    end: int
    as_written: str
    state: Literal["used", "read_as", "unresolved"]
    read_as: NumberKind | None = None
    claim: str | None = None
