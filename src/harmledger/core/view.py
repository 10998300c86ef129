"""What the ledger says at one moment: the one value that pages and exports are rendered from."""

from __future__ import annotations

from typing import Literal

from harmledger.core.base import Value
from harmledger.core.change import Change
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.document import Document
from harmledger.core.incident import Incident, Origin, Total
from harmledger.core.response import Response
from harmledger.core.unresolved import NumberState, Unresolved

Standing = Literal[
    "proposed",
    "accepted",
    "rejected",
    "amended",
    "set_aside",
    "carried",
    "outdated",
    "withdrawn",
]
"""``carried``: its decision moved to a later extractor's claim. ``outdated``: an earlier
extractor's claim that the latest no longer yields. ``withdrawn``: a person's own claim whose
amend or add was undone."""


class LedgerView(Value, frozen=True, kw_only=True):
    """Everything an export shows. ``claims`` holds every claim ever made, machine's and people's;
    ``standings`` says what became of each (missing = proposed). Texts are fetched by hash."""

    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    responses: tuple[Response, ...]
    incidents: tuple[Incident, ...]
    totals: tuple[Total, ...]
    unresolved: tuple[Unresolved, ...]
    numbers: dict[str, tuple[NumberState, ...]]
    """By document id."""
    decisions: tuple[Decision, ...]
    standings: dict[str, Standing]
    origins: dict[str, Origin]
    """By claim id."""
    policies: tuple[str, ...]
    as_of: str | None = None
    head: str | None = None
    """Hash of the last log entry this view was computed from."""
    changes: tuple[Change, ...] = ()
    """What each day's statements changed, where it was asked for."""
