"""What linking looks at in a claim or a bundle of claims. Figures are not part of it: different
counts are never evidence against one incident (R9), so no rule here can see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import IntFlag
from functools import lru_cache, reduce
from types import MappingProxyType
from typing import TypeVar

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim, Site
from harmledger.core.document import Document
from harmledger.core.instant import find_instant
from harmledger.core.place import Place
from harmledger.core.response import Response
from harmledger.core.when import When
from harmledger.lexicon.linking import find_party, load_linking, name_tokens
from harmledger.link.sitenames import Names, read_name
from harmledger.link.spots import Spot
from harmledger.link.wording import read_wording

T = TypeVar("T")
Tokens = frozenset[str]
Votes = Mapping[tuple[str, str], int]
"""By kind and word, how often it was said."""

NO_VOTES: Votes = MappingProxyType({})
_VOTED = ("site", "launch", "weapon", "party")
_NONE: Tokens = frozenset()
"""Every ``frozenset()`` is another one, and a million of them are felt: this one is shared."""
_NO_NAMES: Names = frozenset()
_NO_NUMBERS: frozenset[int] = frozenset()
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


class Says(IntFlag):
    """Kinds of evidence that a signature has, each a bit; ``MANY``: several reports tell it."""

    SITE = 1 << 0
    HOURS = 1 << 1
    ORDER = 1 << 2
    SPOTS = 1 << 3
    MEANS = 1 << 4
    PARTY = 1 << 5
    ROLES = 1 << 6
    OBJECTS = 1 << 7
    MANY = 1 << 8


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
    site_names: Names = frozenset()
    launches: Tokens = frozenset()
    weapons: Tokens = frozenset()
    families: Tokens = frozenset()
    parties: Tokens = frozenset()
    roles: Tokens = frozenset()
    objects: frozenset[int] = frozenset()
    """How many objects were struck, where more than one: it describes the objects."""
    hours: frozenset[int] = frozenset()
    """Hours of the day, 0 to 23, that the words give; empty when they give none."""
    order: int = 0
    """1 when its words tell of a blow after another one, 2 of one some hours after."""
    spots: frozenset[Spot] = frozenset()
    """Streets and quarters that its words name."""
    passages: frozenset[int] = frozenset()
    """Its sentences as numbers: copies of one report share them."""
    whole: Tokens = frozenset()
    """Of ``groups``, those of documents that tell of this incident only."""
    documents: Tokens = frozenset()
    corrects: Tokens = frozenset()
    """Documents that its own supersede: a correction tells of the same incident."""
    votes: Votes = NO_VOTES
    """How many reports say each site, launch, weapon and party; empty for a single report."""

    says: int = 0
    """What it has to say something with, as ``Says``: worked out when it is made, so that nobody
    looks for what is not there."""

    def __post_init__(self) -> None:
        """Note what it says."""
        msgspec.structs.force_setattr(self, "says", _find_says(self))

    @property
    def is_anchored(self) -> bool:
        """It says by itself where, when or what was hit; a country alone says no place."""
        if self.start is not None or self.site_names or self.sites - NEUTRAL_SITES:
            return True
        return any(p.precision != 6 and p.kind not in _WIDE for p in self.places)


def _find_says(s: Signature) -> int:
    return (
        bool(s.sites or s.site_names)
        | bool(s.hours) << 1
        | bool(s.order) << 2
        | bool(s.spots) << 3
        | bool(s.launches or s.weapons) << 4
        | bool(s.parties) << 5
        | bool(s.roles) << 6
        | bool(s.objects) << 7
        | (len(s.groups) > 1) << 8
    )


def sign_claim(claim: Claim) -> Signature:
    """The signature of one claim. ``groups`` and ``published`` stay empty: inside one document
    they say nothing."""
    start, end = days_of(claim.occurred)
    site, means = claim.site, claim.means
    party = claim.alleged_perpetrator and find_party(claim.alleged_perpetrator.name)
    wording = read_wording(claim.span.sentence or claim.span.quote)
    return Signature(
        places=places_of(claim.place),
        start=start,
        end=end,
        sites=tokens_of(site.kind) if site else _NONE,
        site_names=_name_site(site, claim.place) if site else _NO_NAMES,
        launches=tokens_of(means.launch) if means and means.launch != "unknown" else _NONE,
        weapons=tokens_of(means.weapon) if means and means.weapon != "other" else _NONE,
        families=tokens_of(family_of(claim)),
        parties=tokens_of(party) if party else _NONE,
        roles=tokens_of(*claim.victims.roles),
        objects=_objects(claim),
        hours=_once(wording.hours),
        order=wording.order,
        spots=wording.spots,
    )


@lru_cache(maxsize=65536)
def _once(hours: frozenset[int]) -> frozenset[int]:
    """Equal sets as one."""
    return hours


def _name_site(site: Site, place: Place | None) -> Names:
    """What a site is called; "Mariupol hospital" names no hospital."""
    name = read_name(site.name or _capitals(site.as_written or ""), _place_words(place))
    return frozenset([name]) if name else _NO_NAMES


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


@lru_cache(maxsize=65536)
def tokens_of(*words: str) -> Tokens:
    """A set of words; the same few are said over and over, and each is kept once."""
    return frozenset(words)


def family_of(claim: Claim) -> str:
    """Kinds of harm that come in one blow belong together; people under rubble were struck."""
    if claim.harm == "trapped":
        struck = load_linking().rubble.search(claim.span.sentence or claim.span.quote)
        return "attack" if struck else "deprivation"
    return _FAMILIES.get(claim.harm, "attack")


def _objects(claim: Claim) -> frozenset[int]:
    q = claim.quantity
    struck = claim.harm == "object_struck" and q.low == q.high and (q.low or 0) > 1
    return frozenset([q.low]) if struck and q.low is not None else _NO_NUMBERS


def _capitals(written: str) -> str:
    """Only what may be a proper name: "a bus" is none."""
    return " ".join(word for word in written.split() if word[:1].isupper())


@lru_cache(maxsize=16384)
def _place_words(place: Place | None) -> Tokens:
    named = [p for p in ((place, *place.members) if place else ()) if p is not None]
    written = (w for p in named for w in (p.name, p.admin1, p.as_written) if w)
    return frozenset(token for w in written for token in name_tokens(w))


def places_of(place: Place | None) -> tuple[Place, ...]:
    """The places that can be compared: members of an area, or the place when it has a name."""
    if place is None:
        return ()
    if place.members:
        return tuple(m for member in place.members for m in places_of(member))
    return _alone(place) if place.gazetteer_id or place.name or place.country else ()


@lru_cache(maxsize=65536)
def _alone(place: Place) -> tuple[Place, ...]:
    """The place by itself; equal ones are kept once."""
    return (place,)


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


@lru_cache(maxsize=16384)
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
    votes = _count(a, b)
    often = _find_often(votes) if a.votes or b.votes else _find_said(a, b)
    return Signature(
        places=unite_places(a.places + b.places) if a.places != b.places else a.places,
        start=start,
        end=end,
        published=min(days, default=None),
        groups=_unite(a.groups, b.groups),
        sites=often.get("site", _NONE),
        site_names=_unite(a.site_names, b.site_names),
        launches=often.get("launch", _NONE),
        weapons=often.get("weapon", _NONE),
        families=_unite(a.families, b.families),
        parties=often.get("party", _NONE),
        roles=_unite(a.roles, b.roles),
        objects=_unite(a.objects, b.objects),
        hours=_unite(a.hours, b.hours),
        order=max(a.order, b.order),
        spots=_unite(a.spots, b.spots),
        passages=_unite(a.passages, b.passages),
        whole=_unite(a.whole, b.whole),
        documents=_unite(a.documents, b.documents),
        corrects=_unite(a.corrects, b.corrects),
        votes=votes,
    )


def _unite(a: frozenset[T], b: frozenset[T]) -> frozenset[T]:
    """Both; the larger itself where it holds the other, so that it need not be kept twice."""
    if b <= a:
        return a
    return b if a <= b else a | b


def _count(a: Signature, b: Signature) -> Votes:
    votes: dict[tuple[str, str], int] = {}
    for s in (a, b):
        if s.votes:
            for said, often in s.votes.items():
                votes[said] = votes.get(said, 0) + often
            continue
        for kind, words in zip(_VOTED, (s.sites, s.launches, s.weapons, s.parties), strict=True):
            for word in words:
                votes[kind, word] = votes.get((kind, word), 0) + 1
    return votes


def _find_said(a: Signature, b: Signature) -> dict[str, Tokens]:
    """By kind what two single reports say: of two nobody is few."""
    return {
        "site": _unite(a.sites, b.sites),
        "launch": _unite(a.launches, b.launches),
        "weapon": _unite(a.weapons, b.weapons),
        "party": _unite(a.parties, b.parties),
    }


def _find_often(votes: Votes) -> dict[str, Tokens]:
    """By kind what is said, without what few say: one mistaken report does not make a market of a
    home. What was left out may come back when more say it."""
    most: dict[str, int] = {}
    for (kind, _), often in votes.items():
        most[kind] = max(often, most.get(kind, 0))
    held: dict[str, list[str]] = {kind: [] for kind in most}
    for (kind, word), often in votes.items():
        if often * _FEW >= most[kind]:
            held[kind].append(word)
    return {kind: tokens_of(*sorted(words)) for kind, words in held.items()}


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
