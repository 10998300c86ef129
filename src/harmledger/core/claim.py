"""A claim: one voice saying one harm at one span of one preserved document (contract §2).

Claims are never edited, merged or averaged. A correction is a new claim.
"""

from __future__ import annotations

from typing import Literal

from harmledger.core.base import Value
from harmledger.core.ids import derived_id
from harmledger.core.place import Place
from harmledger.core.quantity import Quantity
from harmledger.core.span import Span, Trace
from harmledger.core.when import Moment, When

Harm = Literal[
    "killed",
    "injured",
    "killed_or_injured",
    "missing",
    "detained",
    "abducted",
    "displaced",
    "trapped",
    "sexual_violence",
    "object_struck",
    "service_denied",
    "access_denied",
    "mass_burial",
]
PERSON_HARMS: tuple[Harm, ...] = (
    "killed",
    "injured",
    "killed_or_injured",
    "missing",
    "detained",
    "abducted",
    "displaced",
    "trapped",
    "sexual_violence",
)
Cause = Literal["direct", "indirect", "unstated"]
Stance = Literal["asserts", "denies", "disputes", "retracts", "cannot_confirm"]
Modality = Literal["stated", "alleged", "possible", "feared", "predicted", "conditional"]
UNCOUNTED: tuple[Modality, ...] = ("feared", "predicted", "conditional")
Status = Literal["civilian", "combatant", "undetermined"]
Age = Literal["child", "adult", "older"]
Sex = Literal["female", "male"]
SiteKind = Literal[
    "hospital",
    "other_health",
    "school",
    "home",
    "market",
    "worship",
    "cultural",
    "water",
    "power",
    "food",
    "transport",
    "aid_convoy",
    "evacuation_convoy",
    "displacement_camp",
    "detention_centre",
    "shelter",
    "media",
    "populated_area",
    "other_civilian",
    "military",
]
Condition = Literal["damaged", "destroyed", "occupied", "hit", "unknown"]
Launch = Literal["air", "ground", "naval", "emplaced", "unknown"]


class VictimGroup(Value, frozen=True, kw_only=True):
    """One group among mixed victims; ``low``/``high`` null when the group has no number."""

    as_written: str
    low: int | None = None
    high: int | None = None
    age: Age | None = None
    sex: Sex | None = None
    status: Status = "undetermined"
    roles: tuple[str, ...] = ()


class Victims(Value, frozen=True, kw_only=True):
    """Claim-level values hold only if true of all the victims of the claim."""

    as_written: str | None = None
    status: Status = "undetermined"
    age: Age | None = None
    sex: Sex | None = None
    roles: tuple[str, ...] = ()
    groups: tuple[VictimGroup, ...] = ()
    named: int = 0


class Site(Value, frozen=True, kw_only=True):
    """What was struck, or where people were harmed."""

    kind: SiteKind
    name: str | None = None
    as_written: str | None = None
    condition: Condition = "unknown"


class Means(Value, frozen=True, kw_only=True):
    """How: launch and weapon in the vocabulary of explosive-violence monitors."""

    launch: Launch = "unknown"
    weapon: str = "other"
    as_written: str | None = None


class AllegedPerpetrator(Value, frozen=True, kw_only=True):
    """Always the pair: who is accused, and who alleges it."""

    name: str
    as_written: str
    alleged_by: str


class Voice(Value, frozen=True, kw_only=True):
    """One link of a quote chain. ``side`` is ``belligerent:<name>`` or civil_authority, health,
    humanitarian, monitor, media, resident, court, unknown."""

    name: str | None = None
    role: str | None = None
    organisation: str | None = None
    side: str = "unknown"
    verb: str | None = None
    channel: str | None = None
    as_written: str | None = None
    direct_quote: bool = False
    unsure: bool = False
    """The speaker was resolved from a pronoun or a neighbour and may be another."""


class Claim(Value, frozen=True, kw_only=True):
    """One row of the ledger. See contract §2 for every key."""

    id: str
    document: str
    document_name: str
    text_sha256: str
    span: Span
    harm: Harm
    cause: Cause = "direct"
    stance: Stance = "asserts"
    about: str | None = None
    modality: Modality = "stated"
    quantity: Quantity
    part_of: str | None = None
    victims: Victims
    site: Site | None = None
    services: tuple[str, ...] = ()
    means: Means | None = None
    alleged_perpetrator: AllegedPerpetrator | None = None
    voice: tuple[Voice, ...] = ()
    said_at: Moment
    """When the voice said it, as far as known: R5 orders statements by this."""
    place: Place | None = None
    occurred: When | None = None
    trace: tuple[Trace, ...] = ()
    extractor: str
    score: float = 1.0
    replaces: str | None = None
    supersedes: str | None = None
    """The claim of the same text this one corrects at once ("53, up from 44")."""
    on_scene: bool = False
    """The outlet reports from the scene: its own voice is an origin (R2)."""


def claim_id(
    document: str,
    text_sha256: str,
    span: Span,
    harm: Harm,
    stance: Stance,
    voice: tuple[Voice, ...],
    quantity: Quantity,
) -> str:
    """``clm_`` + hash of what makes a claim this claim: running again changes nothing."""
    who = [(v.name, v.organisation, v.as_written) for v in voice]
    figure = (quantity.low, quantity.high, quantity.unit, quantity.as_written)
    return derived_id("clm", document, text_sha256, span.start, span.end, harm, stance, who, figure)
