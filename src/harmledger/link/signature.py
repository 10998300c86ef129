"""What linking looks at in a claim or a bundle of claims. Figures are not part of it: different
counts are never evidence against one incident (R9), so no rule here can see them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.core.instant import find_instant
from harmledger.core.place import Place
from harmledger.core.response import Response
from harmledger.core.when import When
from harmledger.lexicon.linking import find_party, load_linking, name_tokens
from harmledger.link.hours import find_hours

Tokens = frozenset[str]

NEUTRAL_SITES = frozenset({"populated_area", "other_civilian"})
_FEW = 3
"""What is said by fewer than one in this many of those who say the most common is left out."""
_WIDE = ("country", "continent", "macro_region")
LONG_AGO = date(1000, 1, 1).toordinal()
_FAMILIES = {
    "detained": "custody",
    "abducted": "custody",
    "displaced": "flight",
    "service_denied": "deprivation",
    "access_denied": "obstruction",
    "mass_burial": "burial",
}


class Signature(Value, frozen=True, kw_only=True):
    """Place, time, site, means, kind of harm, parties and victims of one or more claims.

    ``start``/``end`` are day ordinals, both None when nothing anchored is said; an open start is
    ``LONG_AGO``. ``published`` is the day ordinal of the earliest document.
    """

    places: tuple[Place, ...] = ()
    start: int | None = None
    end: int | None = None
    published: int | None = None
    groups: Tokens = frozenset()
    sites: Tokens = frozenset()
    site_names: frozenset[Tokens] = frozenset()
    launches: Tokens = frozenset()
    weapons: Tokens = frozenset()
    families: Tokens = frozenset()
    parties: Tokens = frozenset()
    roles: Tokens = frozenset()
    objects: frozenset[int] = frozenset()
    """How many objects were struck, where more than one: it describes the objects."""
    hours: frozenset[int] = frozenset()
    """Hours of the day, 0 to 23, that the words give; empty when they give none."""
    passages: frozenset[int] = frozenset()
    """Its sentences as numbers: copies of one report share them."""
    whole: Tokens = frozenset()
    """Of ``groups``, those of documents that tell of this incident only."""
    documents: Tokens = frozenset()
    corrects: Tokens = frozenset()
    """Documents that its own supersede: a correction tells of the same incident."""
    votes: dict[str, int] = msgspec.field(default_factory=dict)
    """How many reports say each site, launch, weapon and party; empty for a single report."""

    @property
    def is_anchored(self) -> bool:
        """It says by itself where, when or what was hit; a country alone says no place."""
        local = any(p.precision != 6 and p.kind not in _WIDE for p in self.places)
        sites = self.sites - NEUTRAL_SITES
        return bool(local or self.start is not None or sites or self.site_names)


def sign_claim(claim: Claim) -> Signature:
    """The signature of one claim. ``groups`` and ``published`` stay empty: inside one document
    they say nothing."""
    start, end = days_of(claim.occurred)
    site, means = claim.site, claim.means
    name = frozenset[str]()
    if site is not None:
        written = site.name or _capitals(site.as_written or "")
        name = site_name(written) - _place_words(claim.place)
    party = claim.alleged_perpetrator and find_party(claim.alleged_perpetrator.name)
    return Signature(
        places=places_of(claim.place),
        start=start,
        end=end,
        sites=frozenset([site.kind] if site else ()),
        site_names=frozenset([name] if name else ()),
        launches=frozenset([means.launch] if means and means.launch != "unknown" else ()),
        weapons=frozenset([means.weapon] if means and means.weapon != "other" else ()),
        families=frozenset([family_of(claim)]),
        parties=frozenset([party] if party else ()),
        roles=frozenset(claim.victims.roles),
        objects=_objects(claim),
        hours=find_hours(claim.span.sentence or claim.span.quote),
    )


def sign_response(response: Response, document: Document | None) -> Signature:
    """The signature of a party's answer: what it says or plainly refers to."""
    start, end = days_of(response.occurred)
    return Signature(
        places=places_of(response.place),
        start=start,
        end=end,
        published=published_day(document),
        sites=frozenset([response.site_kind] if response.site_kind else ()),
    )


def family_of(claim: Claim) -> str:
    """Kinds of harm that come in one blow belong together; people under rubble were struck."""
    if claim.harm == "trapped":
        struck = load_linking().rubble.search(claim.span.sentence or claim.span.quote)
        return "attack" if struck else "deprivation"
    return _FAMILIES.get(claim.harm, "attack")


def _objects(claim: Claim) -> frozenset[int]:
    q = claim.quantity
    struck = claim.harm == "object_struck" and q.low == q.high and (q.low or 0) > 1
    return frozenset([q.low]) if struck and q.low is not None else frozenset()


def site_name(written: str) -> Tokens:
    """The proper words of a site's name; empty for "the maternity hospital"."""
    words = name_tokens(written) - load_linking().site_words
    return frozenset(word for word in words if len(word) > 2 or word.isdigit())


def _capitals(written: str) -> str:
    """Only what may be a proper name: "a bus" is none."""
    return " ".join(word for word in written.split() if word[:1].isupper())


def _place_words(place: Place | None) -> Tokens:
    """ "Mariupol hospital" names no hospital."""
    named = [p for p in ((place, *place.members) if place else ()) if p is not None]
    written = (w for p in named for w in (p.name, p.admin1, p.as_written) if w)
    return frozenset(token for w in written for token in name_tokens(w))


def places_of(place: Place | None) -> tuple[Place, ...]:
    """The places that can be compared: members of an area, or the place when it has a name."""
    if place is None:
        return ()
    if place.members:
        return tuple(m for member in place.members for m in places_of(member))
    return (place,) if place.gazetteer_id or place.name or place.country else ()


def days_of(when: When | None) -> tuple[int | None, int | None]:
    """Day ordinals of an interval; (None, None) when nothing in it is anchored."""
    if when is None or (when.earliest is None and when.latest is None):
        return None, None
    start = _day(when.earliest) or LONG_AGO
    end = _day(when.latest) or date.max.toordinal()
    return start, end


def published_day(document: Document | None) -> int | None:
    """Day ordinal (UTC) of publication."""
    instant = find_instant(document.published_at) if document else None
    return instant[1].date().toordinal() if instant else None


def _day(written: str | None) -> int | None:
    try:
        return date.fromisoformat(written[:10]).toordinal() if written else None
    except ValueError:
        return None


def combine(signatures: Iterable[Signature]) -> Signature:
    """One signature for claims held to be one incident."""
    return reduce(_add, signatures)


def _add(a: Signature, b: Signature) -> Signature:
    start, end = _meet(a, b)
    days = [d for d in (a.published, b.published) if d is not None]
    votes = _count(a)
    for word, often in _count(b).items():
        votes[word] = votes.get(word, 0) + often
    return Signature(
        places=unite_places(a.places + b.places),
        start=start,
        end=end,
        published=min(days, default=None),
        groups=a.groups | b.groups,
        sites=_often(a.sites | b.sites, "site", votes),
        site_names=a.site_names | b.site_names,
        launches=_often(a.launches | b.launches, "launch", votes),
        weapons=_often(a.weapons | b.weapons, "weapon", votes),
        families=a.families | b.families,
        parties=_often(a.parties | b.parties, "party", votes),
        roles=a.roles | b.roles,
        objects=a.objects | b.objects,
        hours=a.hours | b.hours,
        passages=a.passages | b.passages,
        whole=a.whole | b.whole,
        documents=a.documents | b.documents,
        corrects=a.corrects | b.corrects,
        votes=votes,
    )


def _count(s: Signature) -> dict[str, int]:
    if s.votes:
        return dict(s.votes)
    told = (("site", s.sites), ("launch", s.launches), ("weapon", s.weapons), ("party", s.parties))
    return {f"{kind}:{word}": 1 for kind, words in told for word in words}


def _often(words: Tokens, kind: str, votes: dict[str, int]) -> Tokens:
    """Without what few say: one mistaken report does not make a market of a home. What was left
    out may come back when more say it."""
    if len(words) < 2 and len(votes) < 2:
        return words
    told = {w.removeprefix(f"{kind}:"): n for w, n in votes.items() if w.startswith(f"{kind}:")}
    most = max(told.values(), default=0)
    return frozenset(word for word, often in told.items() if often * _FEW >= most)


def _meet(a: Signature, b: Signature) -> tuple[int | None, int | None]:
    """The days both can mean; the narrower of two that do not meet."""
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return (b.start, b.end) if a.start is None else (a.start, a.end)
    start, end = max(a.start, b.start), min(a.end, b.end)
    if start <= end:
        return start, end
    return min((a.start, a.end), (b.start, b.end), key=lambda s: (s[1] - s[0], s))


def unite_places(places: Iterable[Place]) -> tuple[Place, ...]:
    """Each place once, the most precise first."""
    found: dict[str, Place] = {}
    for place in places:
        found.setdefault(place_id(place), place)
    return tuple(sorted(found.values(), key=lambda p: (p.precision or 9, place_id(p))))


def place_id(place: Place) -> str:
    """What makes two places one."""
    return place.gazetteer_id or f"{place.country}/{place.name or place.as_written}"
