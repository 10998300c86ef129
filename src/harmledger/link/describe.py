"""What an incident is called: place, day, site and means as most of its claims have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim, Means, Site
from harmledger.core.incident import Incident
from harmledger.core.place import Place
from harmledger.core.when import When
from harmledger.lexicon.linking import fold
from harmledger.link.signature import NEUTRAL_SITES, place_id, places_of

T = TypeVar("T")

_SITES = {
    "other_health": "health facility",
    "worship": "place of worship",
    "cultural": "cultural site",
    "water": "water supply",
    "power": "power supply",
    "food": "food supply",
    "transport": "transport",
    "aid_convoy": "aid convoy",
    "evacuation_convoy": "evacuation convoy",
    "displacement_camp": "displacement camp",
    "detention_centre": "detention centre",
    "media": "media building",
    "populated_area": "populated area",
    "other_civilian": "civilian site",
    "military": "military site",
}
_HARMS = (
    ("killed", "people killed"),
    ("killed_or_injured", "people killed or injured"),
    ("injured", "people injured"),
    ("sexual_violence", "sexual violence"),
    ("abducted", "people abducted"),
    ("detained", "people detained"),
    ("missing", "people missing"),
    ("mass_burial", "mass burial"),
    ("displaced", "people displaced"),
    ("access_denied", "access denied"),
    ("service_denied", "services denied"),
    ("trapped", "people trapped"),
    ("object_struck", "struck"),
)


class Described(Value, frozen=True, kw_only=True):
    """The face of an incident."""

    code: str
    title: str
    place: Place | None
    occurred: When | None
    site: Site | None
    means: Means | None


def describe_incident(claims: Sequence[Claim], founder: Claim) -> Described:
    """Place, day, site and means that most claims give, the most precise of equals."""
    place, occurred = _common_place(claims), _common_time(claims)
    site, means = _common_site(claims), _common_means(claims)
    harm = _gravest(claims, site)
    return Described(
        code=_code(place, occurred, site, harm),
        title=_title(place, occurred, site, harm),
        place=place,
        occurred=occurred,
        site=site,
        means=means,
    )


def _common_place(claims: Iterable[Claim]) -> Place | None:
    told = [p for c in claims for p in places_of(c.place)]
    if not told:
        return None
    often = Counter(place_id(p) for p in told)
    return _first(told, lambda p: (p.precision or 9, -often[place_id(p)]))


def _first(told: Sequence[T], order: Callable[[T], Any]) -> T:
    """The first in order; of equals the one that is written first."""
    if len(told) == 1:
        return told[0]
    ordered = [order(one) for one in told]
    best = min(ordered)
    equals = {one for one, rank in zip(told, ordered, strict=True) if rank == best}
    return min(equals, key=msgspec.json.encode) if len(equals) > 1 else equals.pop()


def _common_time(claims: Iterable[Claim]) -> When | None:
    told = [c.occurred for c in claims if c.occurred is not None]
    anchored = [w for w in told if w.earliest is not None or w.latest is not None]
    if not anchored:
        return min(told, key=msgspec.json.encode, default=None)
    often = Counter((w.earliest, w.latest) for w in anchored)

    return _first(anchored, lambda w: (_width(w), -often[w.earliest, w.latest]))


def _width(when: When) -> int:
    if when.earliest is None or when.latest is None:
        return 99999
    return (date.fromisoformat(when.latest[:10]) - date.fromisoformat(when.earliest[:10])).days


def _common_site(claims: Iterable[Claim]) -> Site | None:
    told = [c.site for c in claims if c.site is not None]
    if not told:
        return None
    often = Counter(s.kind for s in told)
    return _first(told, lambda s: (s.kind in NEUTRAL_SITES, -often[s.kind], s.name is None))


def _common_means(claims: Iterable[Claim]) -> Means | None:
    told = [c.means for c in claims if c.means is not None]
    if not told:
        return None
    often = Counter((m.launch, m.weapon) for m in told)

    def order(m: Means) -> tuple[bool, int]:
        return (m.launch == "unknown" and m.weapon == "other", -often[m.launch, m.weapon])

    return _first(told, order)


def _gravest(claims: Iterable[Claim], site: Site | None) -> str:
    harms = {c.harm for c in claims}
    struck = any(c.harm == "object_struck" and c.stance == "asserts" for c in claims)
    if struck and site is not None:
        return "struck"
    return next(words for harm, words in _HARMS if harm in harms)


def site_words(site: Site) -> str:
    """The site in words: its name, else its kind."""
    return site.name or _SITES.get(site.kind, site.kind)


def _title(place: Place | None, occurred: When | None, site: Site | None, harm: str) -> str:
    """As plain words: "Hospital struck, Mariupol, 9 March 2022"."""
    if site is None:
        what = harm if harm != "struck" else "area struck"
    else:
        what = f"{site_words(site)} struck" if harm == "struck" else f"{harm}, {site_words(site)}"
    where = place.name or place.country if place else None
    parts = [what[:1].upper() + what[1:], where or "place unknown", _day_words(occurred)]
    return ", ".join(parts)


def _day_words(when: When | None) -> str:
    if when is None or (when.earliest is None and when.latest is None):
        return "date unknown"
    if when.earliest is None or when.latest is None:
        open_start = when.earliest is None
        return ("until " if open_start else "since ") + _spell(when.latest or when.earliest or "")
    if when.earliest == when.latest:
        return _spell(when.earliest)
    return f"{_spell(when.earliest)} to {_spell(when.latest)}"


def _spell(day: str) -> str:
    d = date.fromisoformat(day[:10])
    return f"{d.day} {d:%B} {d.year}"


def _code(place: Place | None, occurred: When | None, site: Site | None, harm: str) -> str:
    """Country, day, place and site or harm: ``UKR-20220309-mariupol-hospital``."""
    country = (place.country if place else None) or "XXX"
    day = (occurred.earliest or occurred.latest or "" if occurred else "")[:10].replace("-", "")
    where = fold((place.name or "") if place else "").replace(" ", "-")
    what = (site.kind if site else harm.removeprefix("people ")).replace("_", "-").replace(" ", "-")
    return "-".join(part for part in (country, day or "undated", where, what) if part)


def distinguish_codes(incidents: Sequence[Incident]) -> tuple[Incident, ...]:
    """Codes that two incidents would share get four digits of the id."""
    often = Counter(i.code for i in incidents)
    return tuple(
        msgspec.structs.replace(i, code=distinct_code(i.id, i.code, often))
        if often[i.code] > 1
        else i
        for i in incidents
    )


def distinct_code(incident: str, code: str, often: Mapping[str, int]) -> str:
    """The code of one incident, when ``often`` says how many would have it."""
    return f"{code}-{incident[4:8]}" if often[code] > 1 else code
