"""What a publication shows: values with no room for a text's own words (contract §7).

Every string here is a word of a closed list, a gazetteer's or a public body's name, a date, a
keyed reference or a policy's name. A field that could hold somebody's words does not exist, but
for ``quote`` and ``name``, which stay null until they may be shown.
"""

from __future__ import annotations

from harmledger.core.base import Value
from harmledger.core.claim import (
    Age,
    Cause,
    Condition,
    Harm,
    Launch,
    Modality,
    Sex,
    SiteKind,
    Stance,
    Status,
)
from harmledger.core.incident import Grade, StatusReading, Sum
from harmledger.core.quantity import Bound, Extent, Scope, Unit
from harmledger.core.response import ResponseKind


class ShownPlace(Value, frozen=True, kw_only=True):
    """A gazetteer entry, coarsened. ``precision``: UCDP where_prec of what is shown;
    ``coarsened``: the record holds a finer place."""

    gazetteer_id: str | None
    name: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: int
    kind: str | None
    disputed: bool
    coarsened: bool


class ShownWhen(Value, frozen=True, kw_only=True):
    """Inclusive ISO days; ``precision`` is UCDP date_prec."""

    edtf: str | None
    earliest: str | None
    latest: str | None
    precision: int | None


class ShownVoice(Value, frozen=True, kw_only=True):
    """A speaker: the office, the public body and the side. ``name`` only of who holds an office
    or was released; ``sealed`` says a person stands here who is not named."""

    side: str
    office: str | None = None
    body: str | None = None
    name: str | None = None
    sealed: bool = False


class ShownVictims(Value, frozen=True, kw_only=True):
    """What is true of all the victims; null where the group is too small to say it of."""

    status: Status
    age: Age | None = None
    sex: Sex | None = None
    roles: tuple[str, ...] = ()


class ShownClaim(Value, frozen=True, kw_only=True):
    """One claim without its words. ``quote_hash``: HMAC-SHA256 of the quote under the ledger's
    publication key; ``start``/``end`` count code points of the preserved text."""

    ref: str
    document: str
    start: int
    end: int
    quote_hash: str
    quote: str | None = None
    harm: Harm
    cause: Cause
    stance: Stance
    about: str | None
    modality: Modality
    low: int | None
    high: int | None
    bound: Bound
    unit: Unit
    scope: Scope
    extent: Extent
    part_of: str | None
    victims: ShownVictims
    voice: tuple[ShownVoice, ...]
    accused: str | None
    said_at: str | None
    origin: str | None
    """Keyed: claims of one origin carry the same."""


class ShownReading(Value, frozen=True, kw_only=True):
    """A reading with the claims that set it, by reference."""

    harm: Harm
    unit: Unit
    victims: StatusReading
    policy: str
    low: int | None
    best: int | None
    high: int | None
    claims_low: tuple[str, ...]
    claims_high: tuple[str, ...]
    floors: tuple[str, ...]
    possibly_more: tuple[str, ...]
    set_aside: int
    origins: int
    on_words: bool


class ShownResponse(Value, frozen=True, kw_only=True):
    """A party's answer."""

    ref: str
    kind: ResponseKind
    voice: tuple[ShownVoice, ...]
    said_at: str | None
    document: str
    start: int
    end: int


class ShownSource(Value, frozen=True, kw_only=True):
    """A document behind what is shown. ``host``: of a known outlet or a released source, else
    null; ``address_hash``: keyed, of the full address."""

    ref: str
    host: str | None
    address_hash: str | None
    content_hash: str
    """HMAC-SHA256 of the sha256 of its bytes."""
    published_on: str | None
    captured_on: str | None
    language: str | None
    copies_of: str | None
    """Keyed: documents that carry the same report share it."""


class ShownIncident(Value, frozen=True, kw_only=True):
    """An incident as published. ``held``: why it is coarser than the profile allows."""

    ref: str
    title: str
    place: ShownPlace | None
    occurred: ShownWhen | None
    site: SiteKind | None
    condition: Condition | None
    launch: Launch | None
    weapon: str | None
    grade: Grade
    status: str
    held: str | None
    readings: tuple[ShownReading, ...]
    conflicts: tuple[str, ...]
    responses: tuple[ShownResponse, ...]
    claims: tuple[ShownClaim, ...]
    origins: int
    sources: tuple[str, ...]


class ShownPoint(Value, frozen=True, kw_only=True):
    """One statement of a total."""

    claim: str
    said_at: str | None
    low: int | None
    high: int | None


class ShownTotal(Value, frozen=True, kw_only=True):
    """A speaker's running or period total against the incidents that this edition shows."""

    harm: Harm
    unit: Unit
    scope: Scope
    speaker: ShownVoice
    place: ShownPlace | None
    period: ShownWhen | None
    series: tuple[ShownPoint, ...]
    incidents: tuple[str, ...]
    incident_low: int | None
    incident_high: int | None
    remainder_low: int | None
    remainder_high: int | None


class Edition(Value, frozen=True, kw_only=True):
    """One publication. ``head``: hash of the log entry it was computed from; ``withheld``: how
    many incidents are in the ledger and not here, for any reason."""

    profile: str
    profile_title: str
    profile_says: str
    software: str
    made_at: str
    as_of: str | None
    head: str | None
    policies: tuple[str, ...]
    incidents: tuple[ShownIncident, ...]
    sums: tuple[Sum, ...]
    totals: tuple[ShownTotal, ...]
    sources: tuple[ShownSource, ...]
    withheld: int
    retracted: tuple[str, ...]
    """References of incidents that an earlier edition may have shown and that are taken back."""
