"""Values as rows of the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.core.incident import Incident, Origin, Reading
from harmledger.core.place import Place
from harmledger.core.view import Standing

CIVILIAN_FIRST = ("assume_civilian", "all", "strict", "combatant")
"""Which civilian reading stands in front where one line must do (R8)."""
NOT_LIVE = ("rejected", "amended", "carried", "outdated", "withdrawn")
WEEK_DAYS, MONTH_DAYS = 7, 31

Row = tuple[Any, ...]
_encode = msgspec.json.Encoder().encode


class Shown(Value, frozen=True, kw_only=True):
    """A claim with what the view says about it."""

    claim: Claim
    standing: Standing
    origin: Origin | None
    incident: str | None
    effect: int = 0
    number: int = 0


def incident_row(incident: Incident, claims: Mapping[str, Claim], pending: int) -> dict[str, Any]:
    """The columns of ``incidents`` but for ``n``."""
    place, when = incident.place, incident.occurred
    first, last = (when.earliest, when.latest) if when else (None, None)
    said = sorted(at for c in incident.claims if c in claims and (at := claims[c].said_at.at))
    return {
        "id": incident.id,
        "code": incident.code,
        "title": incident.title,
        "day": first or last,
        "last_day": last or first,
        **_spans(first, last),
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "place": (place.name or place.as_written) if place else None,
        "place_id": place.gazetteer_id if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "precision": place.precision if place else None,
        "kind": place.kind if place else None,
        "site": incident.site.kind if incident.site else None,
        "grade": incident.grade,
        "status": incident.status,
        "first_said": said[0][:10] if said else None,
        "last_said": said[-1] if said else None,
        "claims": len(incident.claims),
        "documents": incident.reports,
        "origins": incident.independent_origins,
        "conflicts": len(incident.conflicts),
        "pending": pending,
        "largest": max((r.high or r.low or 0 for r in main_readings(incident)), default=0),
    }


def _spans(first: str | None, last: str | None) -> dict[str, str | None]:
    """The week (its Monday), month and year an incident falls in; null where it is said to be
    anywhere in something wider: it is drawn apart, never put on a day nobody said."""
    none: dict[str, str | None] = {"week": None, "month": None, "year": None}
    try:
        start = date.fromisoformat(first or last or "")
        end = date.fromisoformat(last or first or "")
    except ValueError:
        return none
    days = (end - start).days + 1
    monday = (start - timedelta(days=start.weekday())).isoformat()
    return {
        "week": monday if days <= WEEK_DAYS else None,
        "month": start.isoformat()[:7] if days <= MONTH_DAYS else None,
        "year": str(start.year) if start.year == end.year else None,
    }


def main_readings(incident: Incident) -> list[Reading]:
    """One reading a policy, harm and unit: the default civilian reading where there is one."""
    chosen: dict[tuple[str, str, str], Reading] = {}
    for victims in CIVILIAN_FIRST:
        for reading in incident.readings:
            if reading.victims == victims:
                chosen.setdefault((reading.policy, reading.harm, reading.unit), reading)
    return list(chosen.values())


def reading_rows(incident: Incident, n: int) -> Iterator[Row]:
    """Rows of ``readings``."""
    main = {id(reading) for reading in main_readings(incident)}
    for r in incident.readings:
        yield (
            n,
            r.policy,
            r.victims,
            int(id(r) in main),
            r.harm,
            r.unit,
            r.low,
            r.best,
            r.high,
            r.origins,
            int(r.on_words),
            len(r.set_aside),
        )


def name_rows(incident: Incident, claims: Iterable[Claim], n: int) -> Iterator[Row]:
    """Rows of ``names``: harms, places and voices, folded, each once."""
    found: set[tuple[str, str]] = {("place", w) for w in place_names(incident.place)}
    for claim in claims:
        found.add(("harm", claim.harm))
        found |= {("place", word) for word in place_names(claim.place)}
        for voice in claim.voice:
            said = (voice.name, voice.organisation, voice.as_written, voice.role)
            found |= {("voice", word.casefold()) for word in said if word}
            found.add(("side", voice.side))
    found |= {("voice", origin.label.casefold()) for origin in incident.origins}
    return ((n, kind, name) for kind, name in sorted(found))


def place_names(place: Place | None) -> set[str]:
    """Every name of a place and its members, folded."""
    if place is None:
        return set()
    own = {place.name, place.as_written, place.admin1, place.country}
    members = {name for member in place.members for name in place_names(member)}
    return {name.casefold() for name in own if name} | members


def claim_row(shown: Shown) -> dict[str, Any]:
    """The columns of ``claims`` but for ``n``."""
    claim = shown.claim
    return {
        "id": claim.id,
        "document": claim.document,
        "incident": shown.incident,
        "harm": claim.harm,
        "stance": claim.stance,
        "modality": claim.modality,
        "standing": shown.standing,
        "low": claim.quantity.low,
        "high": claim.quantity.high,
        "start": claim.span.start,
        "number": shown.number,
        "said_at": claim.said_at.at,
        "speaker": shown.origin.label if shown.origin else "",
        "origin": shown.origin.key if shown.origin else None,
        "effect": shown.effect,
        "unsure": int(any(voice.unsure for voice in claim.voice)),
        "live": int(shown.standing not in NOT_LIVE),
        "body": _encode(claim),
        "origin_body": _encode(shown.origin) if shown.origin else None,
    }


def document_row(document: Document, claims: int, unresolved: int) -> dict[str, Any]:
    """The columns of ``documents`` but for ``n``."""
    return {
        "id": document.id,
        "name": document.name,
        "title": document.title or document.name,
        "source": document.source,
        "published_at": document.published_at,
        "language": document.language,
        "example": int(document.example),
        "text_sha256": document.text_sha256,
        "origin_group": document.origin_group,
        "claims": claims,
        "unresolved": unresolved,
        "body": _encode(document),
    }


def claim_words(claim: Claim) -> str:
    """What a claim is found by: its sentence, its place, who speaks."""
    voices = [w for v in claim.voice for w in (v.name, v.organisation, v.role) if w]
    place = claim.place
    places = [w for w in (place.name, place.as_written, place.admin1) if w] if place else []
    site = [claim.site.name] if claim.site and claim.site.name else []
    return " · ".join([claim.span.sentence, *places, *site, *dict.fromkeys(voices)])
