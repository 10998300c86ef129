"""Running and period totals as series, and the remainder no incident explains (R10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from harmledger.core.base import Value
from harmledger.core.claim import UNCOUNTED, Claim, Harm
from harmledger.core.ids import derived_id
from harmledger.core.incident import (
    Incident,
    Origin,
    Reading,
    StatusReading,
    Subtraction,
    Total,
    TotalPoint,
)
from harmledger.core.instant import find_instant
from harmledger.core.place import Place
from harmledger.core.quantity import Scope, Unit
from harmledger.core.when import When
from harmledger.count.figures import figure_of
from harmledger.count.inside import is_place_inside, is_time_inside
from harmledger.count.voices import was_said

STATES: tuple[Harm, ...] = ("trapped", "displaced", "service_denied", "access_denied")
"""A state at a time: never summed over time (READING 19)."""
LITERAL = "literal"
UCDP = "ucdp"
_VICTIMS = ("assume_civilian", "combatant", "all")


class SeriesKey(Value, frozen=True, kw_only=True, order=True):
    """What makes one series: who counts what, of whom, where, over which span."""

    speaker: str
    harm: Harm
    unit: Unit
    victims: str
    place: str
    scope: Scope
    period: str


class Recorded(Value, frozen=True, kw_only=True):
    """What a total may be compared with: one ``literal`` reading of an incident, and the ``bests``
    of UCDP's rule beside it, by policy."""

    incident: str
    occurred: When | None
    victims: StatusReading
    low: int | None
    high: int | None
    bests: tuple[tuple[str, int | None], ...]


Index = dict[tuple[Harm, Unit, str], dict[Place, list[Recorded]]]
"""By harm, unit and country, then by place: a town of a thousand incidents is looked at once."""


def tally_totals(
    claims: Iterable[Claim],
    incidents: Sequence[Incident],
    origins: Mapping[str, Origin],
    *,
    as_of: str | None = None,
    set_aside: Mapping[str, str] | None = None,
) -> tuple[Total, ...]:
    """Series of totals with what of each latest figure no incident inside it explains.

    ``claims``: any claims; those with scope ``incident`` are passed over. ``incidents`` carry
    ``literal`` readings as of the same date. Totals are never added to incidents (R3), and only
    ever compared: the remainder is a range that may be negative.

    Raises:
        ValueError: ``as_of`` is no ISO date.
    """
    tally = TotalsTally(claims, origins, as_of=as_of, set_aside=set_aside)
    for incident in incidents:
        tally.add(incident)
    return tally.finish()


class TotalsTally:
    """:func:`tally_totals` of incidents that come one after the other: of each only the numbers
    that a total may be compared with are kept."""

    def __init__(
        self,
        claims: Iterable[Claim],
        origins: Mapping[str, Origin],
        *,
        as_of: str | None = None,
        set_aside: Mapping[str, str] | None = None,
    ) -> None:
        """Begin with the totals.

        Raises:
            ValueError: ``as_of`` is no ISO date.
        """
        aside = set_aside or {}
        self._origins = origins
        self._series: dict[SeriesKey, list[Claim]] = {}
        for claim in claims:
            if _is_point(claim, as_of) and claim.id not in aside:
                self._series.setdefault(_key(claim, origins), []).append(claim)
        self._index: Index = {
            (key.harm, key.unit, country): {}
            for key, told in self._series.items()
            for country in _countries(_latest(told).place)
        }

    def add(self, incident: Incident) -> None:
        """Take in the ``literal`` readings of an incident, and what UCDP makes of it."""
        place = incident.place
        if not self._index or place is None or not place.country:
            return
        for r in incident.readings:
            held = self._index.get((r.harm, r.unit, place.country))
            if held is not None and r.policy == LITERAL and r.victims in _VICTIMS:
                held.setdefault(place, []).append(_record(incident, r))

    def finish(self) -> tuple[Total, ...]:
        """Every series, compared with all that was added."""
        ordered = sorted(self._series)
        return tuple(_total(k, self._series[k], self._origins, self._index) for k in ordered)


def _record(incident: Incident, reading: Reading) -> Recorded:
    bests = tuple(
        (r.policy, r.best)
        for r in incident.readings
        if r.policy.startswith(UCDP) and (r.harm, r.unit) == (reading.harm, reading.unit)
    )
    return Recorded(
        incident=incident.id,
        occurred=incident.occurred,
        victims=reading.victims,
        low=reading.low,
        high=reading.high,
        bests=bests,
    )


def _is_point(claim: Claim, as_of: str | None) -> bool:
    return (
        claim.quantity.scope != "incident"
        and claim.stance == "asserts"
        and claim.modality not in UNCOUNTED
        and claim.part_of is None
        and was_said(claim.said_at, as_of)
    )


def _key(claim: Claim, origins: Mapping[str, Origin]) -> SeriesKey:
    period = claim.occurred if claim.quantity.scope == "period_total" else None
    return SeriesKey(
        speaker=figure_of(claim, origins).speaker,
        harm=claim.harm,
        unit=claim.quantity.unit,
        victims=_victims(claim),
        place=place_key(claim.place),
        scope=claim.quantity.scope,
        period=f"{period.earliest}/{period.latest}" if period else "",
    )


def _victims(claim: Claim) -> str:
    v = claim.victims
    status = v.status if v.status == "combatant" else ""
    return " ".join(x for x in (status, v.age, v.sex, *v.roles) if x) or "all"


def place_key(place: Place | None) -> str:
    """What makes two places the same in a series."""
    if place is None:
        return ""
    return place.gazetteer_id or place.name or place.country or place.as_written


def _countries(place: Place | None) -> set[str]:
    if place is None:
        return set()
    return {c for p in (place, *place.members) if (c := p.country)}


def _latest(told: Iterable[Claim]) -> Claim:
    return max(told, key=_order)


def _order(claim: Claim) -> tuple[str, str, int, str]:
    said = find_instant(claim.said_at.at)
    when = said[1].isoformat() if said else ""
    return (when, claim.document, claim.span.start, claim.id)


def _total(
    key: SeriesKey,
    claims: list[Claim],
    origins: Mapping[str, Origin],
    index: Index,
) -> Total:
    ordered = sorted(claims, key=_order)
    last = ordered[-1]
    origin = origins.get(last.id)
    inside = _inside(key, last, index)
    low, high = _sum_bounds(inside)
    return Total(
        id=derived_id("tot", *(getattr(key, name) for name in SeriesKey.__struct_fields__)),
        harm=key.harm,
        unit=key.unit,
        victims=key.victims,
        scope=last.quantity.scope,  # type: ignore[arg-type]
        speaker=origin.label if origin else key.speaker,
        place=last.place,
        period=last.occurred,
        series=tuple(_point(c) for c in ordered),
        incidents=tuple(sorted(r.incident for r in inside)),
        incident_low=low if inside else None,
        incident_high=high if inside else None,
        remainder_low=_less(last.quantity.low, high) if inside else None,
        remainder_high=_less(last.quantity.high, low) if inside else None,
        subtraction=_subtract(key, last, inside),
        note=_note(key, last, len(inside), _less(last.quantity.high, low)),
    )


def _subtract(key: SeriesKey, last: Claim, inside: Sequence[Recorded]) -> Subtraction | None:
    """UCDP's way: the total less the best estimate of every incident inside it."""
    total = last.quantity.low if last.quantity.low is not None else last.quantity.high
    bests = [best for r in inside for best in r.bests]
    known = [best for _, best in bests if best is not None]
    if total is None or not known or key.victims != "all":
        return None
    taken = sum(known)
    return Subtraction(policy=bests[0][0], total=total, incidents=taken, remainder=total - taken)


def _point(claim: Claim) -> TotalPoint:
    q = claim.quantity
    return TotalPoint(claim=claim.id, said_at=claim.said_at.at, low=q.low, high=q.high)


def _inside(
    key: SeriesKey,
    total: Claim,
    index: Index,
) -> list[Recorded]:
    """Incidents the latest figure covers; only like is compared with like."""
    if key.harm in STATES or key.victims not in ("all", "combatant"):
        return []
    wanted = ("combatant",) if key.victims == "combatant" else ("assume_civilian", "all")
    return [
        recorded
        for country in sorted(_countries(total.place))
        for place, held in index.get((key.harm, key.unit, country), {}).items()
        if is_place_inside(place, total.place)
        for recorded in held
        if recorded.victims in wanted and is_time_inside(recorded.occurred, total)
    ]


def _sum_bounds(readings: list[Recorded]) -> tuple[int, int | None]:
    low = sum(r.low or 0 for r in readings)
    highs = [r.high for r in readings]
    return low, None if None in highs else sum(h for h in highs if h is not None)


def _less(total: int | None, known: int | None) -> int | None:
    return None if total is None or known is None else total - known


def _note(key: SeriesKey, last: Claim, inside: int, most: int | None) -> str:
    if key.harm in STATES:
        return "a state at a time: never summed over time, compared with no incident"
    if key.victims not in ("all", "combatant"):
        return "a group among the harmed: compared with no incident"
    if not inside:
        return "no recorded incident lies inside this total"
    incidents = "1 recorded incident" if inside == 1 else f"{inside} recorded incidents"
    if most is not None and most < 0:
        return f"a conflict: more in {incidents} inside than in the total (R10)"
    return f"latest figure less {incidents}; may be negative (R10)"
