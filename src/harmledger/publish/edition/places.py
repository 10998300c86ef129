"""Places made coarser: to the district or province that holds them, by the gazetteer alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.core.edition import ShownPlace
from harmledger.core.incident import Incident
from harmledger.core.place import Place
from harmledger.lexicon.gazetteer import Gazetteer, GazetteerPlace
from harmledger.lexicon.profiles import Profile

POINT, TOWN, DISTRICT, PROVINCE, AREA, COUNTRY, WATER = range(1, 8)
FRESH = "first captured less than {hours} hours before: nothing below province is shown"
SENSITIVE = "a site of this kind is shown no finer than {level}"
LEVELS = {1: "point", 2: "town", 3: "district", 4: "province", 5: "area", 6: "country"}


def find_finest(
    incident: Incident,
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    profile: Profile,
    made_at: datetime,
) -> tuple[int, str | None]:
    """The finest precision this incident may be shown at, and why when it is coarser than the
    profile's own."""
    told = tuple(claims)
    finest, why = profile.finest, None
    for kind, condition in _sites(incident, told):
        level = profile.finest_by_site.get(kind, 0)
        if kind == "military" or condition == "occupied":
            level = max(level, profile.finest_military)
        if level > finest:
            finest, why = level, SENSITIVE.format(level=LEVELS.get(level, "country"))
    if finest < PROVINCE and not _is_settled(incident, told, documents, profile, made_at):
        finest, why = PROVINCE, FRESH.format(hours=profile.embargo_hours)
    return finest, why


def _sites(incident: Incident, claims: Iterable[Claim]) -> list[tuple[str, str]]:
    sites = [claim.site for claim in claims if claim.site] + (
        [incident.site] if incident.site else []
    )
    return [(site.kind, site.condition) for site in sites]


def _is_settled(
    incident: Incident,
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    profile: Profile,
    made_at: datetime,
) -> bool:
    """Whether a document captured long enough ago already named this place.

    A capture said to be later than now (a clock set back) settles nothing.
    """
    if profile.embargo_hours == 0:
        return True
    wanted = incident.place.gazetteer_id if incident.place else None
    limit = made_at - timedelta(hours=profile.embargo_hours)
    return any(
        claim.place is not None
        and claim.place.gazetteer_id == wanted
        and (seen := _first_capture(documents.get(claim.document))) is not None
        and seen <= limit
        for claim in claims
    )


def _first_capture(document: Document | None) -> datetime | None:
    times = [datetime.fromisoformat(c.captured_at) for c in document.captures] if document else []
    return min((t for t in times if t.tzinfo is not None), default=None)


def coarsen_place(place: Place | None, finest: int, gazetteer: Gazetteer) -> ShownPlace | None:
    """``place`` no finer than ``finest``; None when no gazetteer entry is known for it.

    A place whose district is not in the gazetteer is shown by its province, one without a
    province by its country. Countries have no point.
    """
    if place is None:
        return None
    entry = gazetteer.place(place.gazetteer_id) if place.gazetteer_id else None
    if entry is None:
        return _country_only(place, gazetteer)
    own = place.precision or entry.where_prec or COUNTRY
    if own >= finest:
        return _show(place, entry, own, coarsened=False)
    for level in (TOWN, DISTRICT, PROVINCE, COUNTRY):
        wider = _widen(entry, level, gazetteer) if level >= finest else None
        if wider is not None:
            return _show(place, wider, level, coarsened=True)
    return None


def _widen(entry: GazetteerPlace, level: int, gazetteer: Gazetteer) -> GazetteerPlace | None:
    if level <= TOWN:
        return entry if entry.kind == "town" else None
    if level == DISTRICT:
        return gazetteer.place(entry.admin2_id) if entry.admin2_id else None
    if level == PROVINCE:
        return gazetteer.place(entry.admin1_id) if entry.admin1_id else None
    return gazetteer.place(f"country:{entry.country}") if entry.country else None


def _show(place: Place, entry: GazetteerPlace, precision: int, *, coarsened: bool) -> ShownPlace:
    exact, pointless = precision == POINT, precision >= COUNTRY and precision != WATER
    lat, lon = (place.lat, place.lon) if exact else (entry.lat, entry.lon)
    return ShownPlace(
        gazetteer_id=entry.id,
        name=entry.name,
        country=entry.country,
        admin1=entry.admin1 if precision < COUNTRY else None,
        lat=None if pointless else lat,
        lon=None if pointless else lon,
        precision=precision,
        kind=entry.kind,
        disputed=place.disputed or entry.disputed,
        coarsened=coarsened,
    )


def _country_only(place: Place, gazetteer: Gazetteer) -> ShownPlace | None:
    entry = gazetteer.place(f"country:{place.country}") if place.country else None
    return None if entry is None else _show(place, entry, COUNTRY, coarsened=True)
