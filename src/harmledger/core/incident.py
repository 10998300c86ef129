"""Incidents are hypotheses that link claims; readings are computed, never stored.

Source: contract §2 and §5.
"""

from __future__ import annotations

from typing import Literal

from harmledger.core.base import Value
from harmledger.core.claim import Harm, Means, Site
from harmledger.core.place import Place
from harmledger.core.quantity import Unit
from harmledger.core.response import Response
from harmledger.core.when import When

StatusReading = Literal["assume_civilian", "strict", "combatant", "all"]
Grade = Literal["confirmed", "fair", "weak", "contested", "discounted"]


class Origin(Value, frozen=True, kw_only=True):
    """Who a claim ultimately rests on (R2).

    ``key`` is equal for one origin; ``unattributed`` never makes a second origin.
    """

    key: str
    label: str
    kind: Literal["voice", "document_group", "on_scene", "unattributed"]
    speaker: str = ""
    """Whose later statement supersedes this one (R5); empty: ``key``. For the outlet's own voice
    it names the outlet, although that is no origin."""
    outlet: str = ""
    """Who printed it first: the source of the earliest document of the group."""
    group: str = ""
    """Origin group of the document the claim stands in; copies of one report share it."""
    earlier: tuple[str, ...] = ()
    """Earlier versions of that document: what they say and it does not is corrected (R1)."""


class Link(Value, frozen=True, kw_only=True):
    """Why a claim stands in an incident. ``by``: a program's name@version, or ``person:<name>``."""

    claim: str
    judgement: Literal["same", "different", "unsure"]
    by: str
    score: float
    why: tuple[str, ...]


class SetAside(Value, frozen=True, kw_only=True):
    """A claim a reading does not count, and the rule that says so."""

    claim: str
    why: str


class Covers(Value, frozen=True, kw_only=True):
    """What a policy counts at all; the rest is printed as "not counted by this policy"."""

    harms: tuple[Harm, ...]
    statuses: tuple[str, ...]


class Reading(Value, frozen=True, kw_only=True):
    """policy(version) x claims x decisions -> low..high. Null: not stated, or the policy has none.

    ``floors`` are claims that state a lower bound of their own (extent ``some``, parts).
    ``possibly_more``: figures said to lie beside the toll ("possibly N more").
    """

    harm: Harm
    unit: Unit
    victims: StatusReading
    low: int | None
    best: int | None = None
    high: int | None = None
    policy: str
    covers: Covers
    claims_low: tuple[str, ...] = ()
    claims_high: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    """Whole figures that stand and are counted, and set neither bound."""
    floors: tuple[str, ...] = ()
    possibly_more: tuple[str, ...] = ()
    conceded: tuple[str, ...] = ()
    """Figures of a party held responsible, where the policy keeps them apart from the range."""
    set_aside: tuple[SetAside, ...] = ()
    origins: int = 0
    on_words: bool = False
    """Rests on number words ("dozens"), not on figures."""
    notes: tuple[str, ...] = ()


class Conflict(Value, frozen=True, kw_only=True):
    """Figures or parties that cannot all be right, kept side by side."""

    kind: Literal["range", "parts_exceed_whole", "below_floor", "responsibility", "denied", "total"]
    harm: Harm | None
    claims: tuple[str, ...]
    note: str


class Incident(Value, frozen=True, kw_only=True):
    """A hypothesis that these claims are about one incident. The machine proposes."""

    id: str
    code: str
    title: str
    place: Place | None
    occurred: When | None
    site: Site | None
    means: Means | None
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    origins: tuple[Origin, ...] = ()
    readings: tuple[Reading, ...] = ()
    responses: tuple[Response, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    grade: Grade = "weak"
    grade_why: str = ""
    denied_by: tuple[str, ...] = ()
    conceded_by: tuple[str, ...] = ()
    inquiry_by: tuple[str, ...] = ()
    status: Literal["proposed", "reviewed", "released"] = "proposed"
    links: tuple[Link, ...] = ()
    redirects: tuple[str, ...] = ()
    """Ids of incidents that were joined into this one."""
    outdated: tuple[str, ...] = ()
    """Those of ``documents`` of which a later version is among them: a corrected page is one
    report."""

    @property
    def reports(self) -> int:
        """How many documents it rests on, versions of one page counted once."""
        return len(self.documents) - len(self.outdated)

    @property
    def independent_origins(self) -> int:
        """How many origins it rests on; what is unattributed never makes another one (R2)."""
        return sum(origin.kind != "unattributed" for origin in self.origins)


class TotalPoint(Value, frozen=True, kw_only=True):
    """One statement of a running or period total."""

    claim: str
    said_at: str | None
    low: int | None
    high: int | None


class Subtraction(Value, frozen=True, kw_only=True):
    """A total less what a policy of single figures gives the incidents inside it, as UCDP does it
    for deaths: ``total`` - ``incidents`` = ``remainder``, which may be negative and is not clipped.
    ``total`` is the latest figure's lower bound, else its upper."""

    policy: str
    total: int
    incidents: int
    remainder: int


class Total(Value, frozen=True, kw_only=True):
    """A series of running or period totals of one speaker, place and harm, and what of it no
    incident explains. The remainder is a range that may be negative: shown, not clipped (R10)."""

    id: str
    harm: Harm
    unit: Unit
    victims: str
    scope: Literal["running_total", "period_total"]
    speaker: str
    place: Place | None
    period: When | None
    series: tuple[TotalPoint, ...]
    incidents: tuple[str, ...] = ()
    incident_low: int | None = None
    incident_high: int | None = None
    remainder_low: int | None = None
    remainder_high: int | None = None
    subtraction: Subtraction | None = None
    """UCDP's way, for deaths; null where no incident inside has such a figure."""
    note: str = ""


class Sum(Value, frozen=True, kw_only=True):
    """A sum over distinct incidents, saying what it rests on (R12). ``high`` is null when any
    incident's is open; ``best`` is that of a policy with a best beside its range, null when any
    incident has none; ``without_low`` counts incidents that state no lower bound at all."""

    harm: Harm
    unit: Unit
    victims: StatusReading
    policy: str
    incidents: int
    low: int
    best: int | None = None
    high: int | None
    open_high: int
    without_low: int
    one_origin: int
    on_words: int
    set_aside: int
    """Claims set aside in the readings summed."""
    note: str
