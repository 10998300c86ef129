"""A claim in the making: what one passage says, before voice, place and time are settled."""

from __future__ import annotations

from typing import Literal

from harmledger.core.base import Value
from harmledger.core.claim import Cause, Harm, Modality, Site, Stance, Victims
from harmledger.core.quantity import Figure, Quantity
from harmledger.extract.claims.counting import Counted

SHARED_OUT = "part:shared_out"
"""The rule of a share of a total told before it."""


class Note(Value, frozen=True, kw_only=True):
    """Which words filled a field and by which rule; becomes a trace."""

    field: str
    start: int
    end: int
    rule: str


class Draft(Value, frozen=True, kw_only=True):
    """One harm said in one passage. ``predicate`` is the token its clause hangs on.

    ``kin`` numbers the draft this one is a breakdown of, in the passage's list of drafts;
    ``part_of`` is the claim of an earlier passage that it breaks down;
    ``corrects`` is where the bare number stands that it corrects at once ("53, up from 44").
    """

    harm: Harm
    predicate: int
    start: int
    end: int
    quantity: Quantity
    counted: Counted | None = None
    victims: Victims = Victims()
    site: Site | None = None
    services: tuple[str, ...] = ()
    cause: Cause = "direct"
    stance: Stance = "asserts"
    modality: Modality = "stated"
    kin: int | None = None
    part_of: str | None = None
    corrects: tuple[int, int] | None = None
    figures: tuple[Figure, ...] = ()
    notes: tuple[Note, ...] = ()
    score: float = 0.9
    from_denial: bool = False
    """The harm word says the harm because it is denied ("have not been found")."""
    weak: bool = False
    kind: Literal["person", "object", "service", "access", "burial"] = "person"


def figures_of(counted: Counted | None) -> tuple[Figure, ...]:
    """Every figure a counted phrase rests on, its members' included."""
    if counted is None:
        return ()
    own = (counted.figure,) if counted.figure is not None else ()
    return own + tuple(f for member in counted.members for f in figures_of(member) if f not in own)
