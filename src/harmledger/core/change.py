"""What a new document or decision changed in an incident, as data (for bulletin, feed and desk)."""

from __future__ import annotations

from typing import Literal

from harmledger.core.base import Value
from harmledger.core.claim import Harm
from harmledger.core.incident import StatusReading
from harmledger.core.quantity import Unit

ChangeKind = Literal[
    "new_incident",
    "joined",
    "split",
    "gone",
    "first_figure",
    "revised_up",
    "revised_down",
    "widened",
    "narrowed",
    "no_figure",
    "new_voice",
    "contested",
    "conceded",
    "denied",
    "graded",
    "withdrawn",
]
"""``widened``: the new range holds the old one (a rival voice); ``narrowed``: the old holds the
new; ``revised_up``/``revised_down``: neither does, or one number moved. An open high lies above
every number. ``no_figure``: nothing is left to count. ``withdrawn``: a claim was taken back by who
said it, or no longer counts by a person's decision. ``gone``: no claim of the incident counts any
more."""


class Bounds(Value, frozen=True, kw_only=True):
    """A reading's figures at one moment; null where open, not stated, or none of this policy."""

    low: int | None
    best: int | None
    high: int | None


class Change(Value, frozen=True, kw_only=True):
    """One difference between two moments: of which ``kind``, in which ``incident`` (its id, with
    ``code`` and ``title``).

    ``at``: the ISO day of the statements that made it, or the moment of the decision; null when
    neither is known. ``harm`` to ``after`` are null unless the change is one of figures, which went
    from ``before`` to ``after``.
    """

    kind: ChangeKind
    incident: str
    code: str
    title: str
    at: str | None
    harm: Harm | None = None
    unit: Unit | None = None
    victims: StatusReading | None = None
    policy: str | None = None
    before: Bounds | None = None
    after: Bounds | None = None
    claims: tuple[str, ...] = ()
    """Claims new since the earlier moment that bear on it; for ``withdrawn`` the claim itself."""
    documents: tuple[str, ...] = ()
    """Where those claims and answers stand."""
    decisions: tuple[str, ...] = ()
    """What people decided since the earlier moment about the incident or its claims."""
    incidents: tuple[str, ...] = ()
    """For ``joined``: what was joined; for ``split``: what it was split from."""
    note: str = ""
    """Who: the voices, parties or grades in question."""
