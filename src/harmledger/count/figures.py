"""The figures of one harm of one incident, as a reading carries them from step to step.

Every step drops figures and says why; nothing leaves in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.incident import Origin, SetAside
from harmledger.core.instant import Instant, find_instant
from harmledger.count.voices import is_party_among, own_party
from harmledger.lexicon.numbers import find_vague_term

UNKNOWN_ORIGIN = Origin(key="unattributed", label="unattributed", kind="unattributed")


class Figure(Value, frozen=True, kw_only=True):
    """A claim's number on its way into a reading.

    ``low``/``high`` may differ from the claim's where a policy reads words its own way or where
    stated combatants are taken out. ``floor``: extent ``some`` or a part (R4).
    """

    claim: Claim
    origin: Origin
    speaker: str
    said: Instant | None
    low: int | None
    high: int | None
    vague: bool
    floor: bool
    accused: bool = False
    """Said by a party that is held responsible for the incident."""

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.id

    @property
    def value(self) -> tuple[int | None, int | None]:
        """The number said, as the claim has it: what makes two statements the same figure."""
        return (self.claim.quantity.low, self.claim.quantity.high)


class Standing(Value, frozen=True, kw_only=True, dict=True, gc=True):
    """Figures that still stand, and what was set aside on the way."""

    figures: tuple[Figure, ...]
    aside: tuple[SetAside, ...] = ()

    @cached_property
    def wholes(self) -> tuple[Figure, ...]:
        """Figures that speak for the whole incident."""
        return tuple(f for f in self.figures if not f.floor)

    @cached_property
    def floors(self) -> tuple[Figure, ...]:
        """Figures that are a lower bound only."""
        return tuple(f for f in self.figures if f.floor)


def is_vague(claim: Claim) -> bool:
    """A number word or bare plural with no upper end ("dozens", "several", "people"), or a number
    said to be unknown."""
    q = claim.quantity
    if q.high is not None or q.bound not in ("word", "none"):
        return False
    return q.low is not None or is_unknown(claim)


def is_unknown(claim: Claim) -> bool:
    """ "An unknown number": no bound by itself; some profiles give it one."""
    written = claim.quantity.as_written
    return bool(written) and find_vague_term(written or "")[0] == "unknown"


def figure_of(
    claim: Claim, origins: Mapping[str, Origin], accused: frozenset[str] = frozenset()
) -> Figure:
    """The claim's figure; a claim without a known origin counts as unattributed.

    ``accused``: the parties held responsible for the incident.
    """
    origin = origins.get(claim.id, UNKNOWN_ORIGIN)
    outlet = f"document:{claim.document}" if origin.kind == "unattributed" else origin.key
    return Figure(
        claim=claim,
        origin=origin,
        speaker=origin.speaker or outlet,
        said=find_instant(claim.said_at.at),
        low=claim.quantity.low,
        high=claim.quantity.high,
        vague=is_vague(claim),
        floor=claim.quantity.extent == "some" or claim.part_of is not None,
        accused=bool(accused) and is_party_among(own_party(claim), accused),
    )


def open_standing(
    claims: Iterable[Claim], origins: Mapping[str, Origin], accused: frozenset[str] = frozenset()
) -> Standing:
    """All figures, in an order that depends on the claims alone."""
    ordered = sorted(claims, key=lambda c: (c.document, c.span.start, c.id))
    return Standing(figures=tuple(figure_of(c, origins, accused) for c in ordered))


def drop(standing: Standing, why: Mapping[str, str]) -> Standing:
    """``standing`` without the claims named in ``why``, each set aside with its reason."""
    if not why:
        return standing
    gone = tuple(SetAside(claim=f.id, why=why[f.id]) for f in standing.figures if f.id in why)
    kept = tuple(f for f in standing.figures if f.id not in why)
    return Standing(figures=kept, aside=standing.aside + gone)


def giving(standing: Standing) -> tuple[Figure, ...]:
    """The figures a reading can rest on. Who only says that there were some ("killed the people")
    while others give a figure is no origin of one."""
    figures = standing.figures
    if not any(f.floor and f.vague for f in figures):
        return figures
    return tuple(f for f in figures if not (f.floor and f.vague)) or figures


def count_origins(figures: Iterable[Figure]) -> int:
    """Independent origins (R2): ``unattributed`` never makes a second."""
    origins = {f.origin.key: f.origin.kind for f in figures}
    named = sum(kind != "unattributed" for kind in origins.values())
    return named or min(1, len(origins))


def count_origin_documents(figures: Iterable[Figure]) -> int:
    """How many independent origins stand in different documents: each origin takes one report of
    its own (a small matching), so two origins in one report, or in copies of it, count once."""
    by_origin: dict[str, set[str]] = {}
    for f in figures:
        if f.origin.kind != "unattributed":
            report = f.origin.group or f.claim.document
            by_origin.setdefault(f.origin.key, set()).add(report)
    taken: dict[str, str] = {}

    def place(key: str, tried: set[str]) -> bool:
        for document in sorted(by_origin[key] - tried):
            tried.add(document)
            if document not in taken or place(taken[document], tried):
                taken[document] = key
                return True
        return False

    return sum(place(key, set()) for key in sorted(by_origin)[:50]) or min(1, len(by_origin))
