"""One document's hits, resolved together: each place named is evidence for the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import msgspec
from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

from harmledger.core.base import Value
from harmledger.lexicon.gazetteer.geometry import Point, distance_km
from harmledger.lexicon.gazetteer.rank import (
    LARGE,
    MIDDLING,
    SMALL,
    Evidence,
    contains,
    is_alone,
    is_supported,
    rank,
)
from harmledger.lexicon.gazetteer.values import (
    PART_OF_NAME,
    POINTLESS_KINDS,
    Doubt,
    GazetteerPlace,
    PlaceHit,
    Reason,
    ResolvedPlace,
)

COUNTRY_WEIGHT, DEMONYM_WEIGHT, PLACE_WEIGHT = 1.0, 0.6, 0.5
_NAMES_A_REGION = ("region", "district")
"""Levels that a word for a kind of region says; "Gaza City" says a town."""
MOST_PER_COUNTRY = 4.0
CLEAR_MARGIN = 0.01
"""Scores closer than this, for places far apart, decide nothing."""

FAR_LARGER = 20
"""How many times larger a place must be for an old or foreign name of it to stand against a place
that goes by the name today."""

ALIKE, SPELT = 0.84, 5
"""Share of letters in common from which two names are two spellings of one, and letters below
which none is: Sloviansk/Slovyansk .89, Kharkov/Kharkiv .86, Austria/Australia .78."""

SAME_AREA_KM = 60.0
NEIGHBOUR_SHARE = 0.1
WORD_SHARE = 0.5
"""Country share from which a name that is also a word or a person's may be a place."""


class Background(Value, frozen=True, kw_only=True):
    """What is known besides the text: the caller's country prior (alpha-3 to 0..1), a point
    nearby, the usual meaning of some names, and which countries share a border."""

    countries: Mapping[str, float]
    near: Point | None
    usual: Mapping[str, str]
    neighbours: Callable[[str], frozenset[str]]


def resolve_hits(hits: Sequence[PlaceHit], background: Background) -> tuple[ResolvedPlace, ...]:
    """One answer for each hit, in order."""
    hits = [_by_spelling(hit) for hit in hits]
    shares = document_countries(hits, background)
    first = [_resolve(hit, hits, shares, background) for hit in hits]
    anchors = _anchors(first)
    second = [_with_neighbours(answer, anchors, shares, background) for answer in first]
    return tuple(_one_sense(_without_surnames(second)))


def _by_spelling(hit: PlaceHit) -> PlaceHit:
    """The hit, its entries that it only spells otherwise no longer called by another name, where
    none is written just so: "Sloviansk" is Slovyansk, and what Nikopol was called once."""
    if len(hit.candidates) < 2 or len(hit.key) < SPELT:
        return hit
    if not all(place.alias for place in hit.candidates):
        return hit
    spelt = {place.id for place in hit.candidates if _is_spelling(hit.key, place.name)}
    if not spelt:
        return hit
    candidates = tuple(
        msgspec.structs.replace(place, alias=False) if place.id in spelt else place
        for place in hit.candidates
    )
    return msgspec.structs.replace(hit, candidates=candidates)


def _is_spelling(key: str, name: str) -> bool:
    return Levenshtein.normalized_similarity(anyascii(key).lower(), anyascii(name).lower()) >= ALIKE


def find_usual(usual: Mapping[str, str], key: str, level: str | None) -> str | None:
    """What a name usually means; "kyiv region" has an entry of its own beside "kyiv"."""
    if level == "region" and f"{key} region" in usual:
        return usual[f"{key} region"]
    return usual.get(key) if level in (None, "region") else None


def document_countries(hits: Sequence[PlaceHit], background: Background) -> dict[str, float]:
    """What countries the text is about: alpha-3 to a share 0..1 of the strongest; the neighbours
    of a strong one get a little."""
    weights: defaultdict[str, float] = defaultdict(float)
    for hit in hits:
        if hit.demonym is not None:
            weights[hit.demonym] += DEMONYM_WEIGHT
        elif (country := _plain_country(hit)) is not None:
            weights[country] += COUNTRY_WEIGHT
        elif (country := _evident_country(hit)) is not None:
            weights[country] += PLACE_WEIGHT
    strongest = max((min(weight, MOST_PER_COUNTRY) for weight in weights.values()), default=1.0)
    shares = {
        country: min(weight, MOST_PER_COUNTRY) / strongest for country, weight in weights.items()
    }
    for country, weight in background.countries.items():
        shares[country] = max(weight, shares.get(country, 0.0))
    for country in [country for country, share in shares.items() if share >= WORD_SHARE]:
        for other in background.neighbours(country):
            shares.setdefault(other, NEIGHBOUR_SHARE)
    return shares


def _plain_country(hit: PlaceHit) -> str | None:
    """The country of a hit that can mean nothing else of weight."""
    named = [place for place in hit.candidates if place.kind == "country"]
    if named and named[0].alias and any(_is_main_town(place) for place in hit.candidates):
        return None  # "Argelia" is Spanish for Algeria, and a town in Colombia
    rivals = [place for place in hit.candidates if place.kind == "admin1" and not place.alias]
    if len(named) != 1 or rivals or hit.doubt in PART_OF_NAME - {"beside_name"}:
        return None
    return named[0].country


def _is_main_town(place: GazetteerPlace) -> bool:
    return place.kind in ("town", "admin2") and not place.alias and place.population > 0


def _evident_country(hit: PlaceHit) -> str | None:
    """The country of a large place no other large place shares its name with."""
    if hit.doubt not in (None, "first_word"):
        return None
    large = {
        place.country
        for place in hit.candidates
        if place.population >= SMALL and (place.kind == "town" or place.is_region)
    }
    if len(large) != 1 or max(place.population for place in hit.candidates) < MIDDLING:
        return None
    return large.pop()


def _resolve(
    hit: PlaceHit,
    hits: Sequence[PlaceHit],
    shares: Mapping[str, float],
    background: Background,
) -> ResolvedPlace:
    if hit.demonym is not None:
        return ResolvedPlace(hit=hit, place=None, reason="demonym")
    containers = _containers(hit, hits, shares)
    hit = _not_elsewhere(hit, containers, background)
    evidence = Evidence(
        countries=shares,
        near=background.near,
        containers=containers,
        level=hit.level,
        usual=find_usual(background.usual, hit.key, hit.level),
        alone=is_alone(hit.candidates),
    )
    return _choose(hit, evidence)


def _not_elsewhere(
    hit: PlaceHit, containers: Sequence[GazetteerPlace], background: Background
) -> PlaceHit:
    """Without towns and regions of countries far from the one said to hold them: "Kani, Sagaing" is
    no town of Japan. Neighbours stay, for borders are disputed; so do large places, which may stand
    in one list with a country ("Lagos, Guinea and Liberia")."""
    held = {place.country for place in containers if place.country is not None}
    if not held:
        return hit
    about = held | {other for country in held for other in background.neighbours(country)}
    candidates = tuple(
        place
        for place in hit.candidates
        if place.country is None
        or place.country in about
        or place.kind in POINTLESS_KINDS
        or place.population >= LARGE
    )
    return msgspec.structs.replace(hit, candidates=candidates)


def _choose(hit: PlaceHit, evidence: Evidence) -> ResolvedPlace:
    ranked = rank(hit.candidates, evidence)
    usable = tuple(place for place in ranked if is_supported(place, evidence))
    usable = tuple(place for place in usable if _outweighs_doubt(hit, place, evidence))
    usable = _without_old_names(usable, hit.candidates, evidence)
    if not usable:
        part = hit.doubt in PART_OF_NAME
        reason: Reason = "part_of_another_name" if part else "place_unknown"
        return ResolvedPlace(hit=hit, place=None, reason=reason, alternatives=ranked[:3])
    best, *others = usable
    if any(_is_rival(best, other) for other in others):
        return ResolvedPlace(hit=hit, place=None, reason="place_ambiguous", alternatives=usable[:3])
    return ResolvedPlace(
        hit=hit, place=best, reason="found", score=best.score, alternatives=tuple(others[:2])
    )


def _without_old_names(
    usable: tuple[GazetteerPlace, ...],
    candidates: Sequence[GazetteerPlace],
    evidence: Evidence,
) -> tuple[GazetteerPlace, ...]:
    """A former or foreign name yields to a place that goes by it today ("Pokrovsk" was Engels),
    unless the text is about the other's country or the other is far larger ("Cologne"). "Kharkiv
    region" is no old name: with the word for its kind, the region is what is said."""
    bearers = [p for p in candidates if not p.alias and p.kind not in POINTLESS_KINDS]
    share = max((evidence.countries.get(p.country or "", 0.0) for p in bearers), default=0.0)
    largest = max((p.population for p in bearers), default=0)
    if any(
        p.is_region and evidence.countries.get(p.country or "", 0) >= WORD_SHARE for p in bearers
    ):
        largest = max(largest, LARGE)  # "Mambasa" in a text about Congo is not Mombasa
    return tuple(
        place
        for place in usable
        if not place.alias
        or place.id == evidence.usual
        or (evidence.level in _NAMES_A_REGION and place.is_region)
        or any(contains(outer, place) for outer in evidence.containers)
        or not _is_old_name(place, share, largest, evidence)
    )


def _is_old_name(place: GazetteerPlace, share: float, largest: int, evidence: Evidence) -> bool:
    own = evidence.countries.get(place.country or "", 0.0)
    if own > share:
        return False
    if share > own and place.kind in POINTLESS_KINDS:
        return True
    return largest >= SMALL and place.population < FAR_LARGER * largest and share >= own


def _outweighs_doubt(hit: PlaceHit, place: GazetteerPlace, evidence: Evidence) -> bool:
    """A name that is also a word, a person's, or part of a longer name needs more than size."""
    if hit.doubt is None or any(contains(outer, place) for outer in evidence.containers):
        return True
    unmistakable = place.kind in POINTLESS_KINDS | {"water", "area"} and not place.alias
    if hit.doubt in ("in_longer_name", "person"):
        return False
    if hit.doubt in PART_OF_NAME:
        return unmistakable or _is_widely_known(place, evidence, hit.doubt)
    if hit.level is not None or unmistakable or place.id == evidence.usual:
        return True
    share = evidence.countries.get(place.country or "", 0.0)
    if hit.doubt == "first_word":
        if place.alias:
            return place.capital or (share > 0 and place.population >= SMALL)
        return share > 0 or place.capital or place.population >= MIDDLING
    if hit.doubt == "word_as_name":
        return share >= WORD_SHARE and place.population >= SMALL and not place.alias
    if hit.doubt == "common_word":
        return share >= WORD_SHARE and place.population >= MIDDLING and not place.alias
    known = place.population >= LARGE and not place.alias
    return known or (share >= WORD_SHARE and place.population >= MIDDLING and not place.alias)


def _is_widely_known(place: GazetteerPlace, evidence: Evidence, doubt: Doubt) -> bool:
    """Known enough to be meant beside an unexplained capitalised word."""
    if place.kind == "admin1" and not place.alias and place.population >= LARGE:
        return True
    if doubt == "surname" or place.kind != "town" or place.alias:
        return False
    share = evidence.countries.get(place.country or "", 0.0)
    return place.capital or (share >= WORD_SHARE and place.population >= MIDDLING)


def _is_rival(best: GazetteerPlace, other: GazetteerPlace) -> bool:
    if best.score - other.score >= CLEAR_MARGIN:
        return False
    if best.lat is None or best.lon is None or other.lat is None or other.lon is None:
        return best.country != other.country
    return distance_km((best.lat, best.lon), (other.lat, other.lon)) > SAME_AREA_KM


def _containers(
    hit: PlaceHit, hits: Sequence[PlaceHit], shares: Mapping[str, float]
) -> tuple[GazetteerPlace, ...]:
    """What the hit beside this one may be, if it is said to hold it."""
    if hit.within is None:
        return ()
    holder = next((other for other in hits if other.start == hit.within), None)
    if holder is None:
        return ()
    ranked = rank(holder.candidates, Evidence(countries=shares, level=holder.level))
    return tuple(place for place in ranked if place.kind == "country" or place.is_region)


def _anchors(answers: Sequence[ResolvedPlace]) -> tuple[tuple[float, float], ...]:
    """Points of the towns already found, each once, in text order."""
    towns = (a.place for a in answers if a.place is not None and a.place.kind == "town")
    points = ((t.lat, t.lon) for t in towns if t.lat is not None and t.lon is not None)
    return tuple(dict.fromkeys(points))


def _with_neighbours(
    answer: ResolvedPlace,
    anchors: Sequence[tuple[float, float]],
    shares: Mapping[str, float],
    background: Background,
) -> ResolvedPlace:
    """A second look at what is still open, by the nearest place already found."""
    if answer.reason not in ("place_unknown", "place_ambiguous"):
        return answer
    best = answer
    for near in anchors:
        usual = find_usual(background.usual, answer.hit.key, answer.hit.level)
        evidence = Evidence(countries=shares, near=near, level=answer.hit.level, usual=usual)
        again = _choose(answer.hit, evidence)
        if again.place is not None and again.score > best.score:
            best = again
    return best


def _without_surnames(answers: Sequence[ResolvedPlace]) -> list[ResolvedPlace]:
    """After "Joe Dunn", a bare "Dunn" is the man, unless the place is widely known."""
    surnames = {answer.hit.key for answer in answers if answer.hit.doubt in ("surname", "person")}
    return [
        msgspec.structs.replace(answer, place=None, reason="part_of_another_name", score=0.0)
        if answer.hit.key in surnames and answer.place is not None and _is_minor(answer)
        else answer
        for answer in answers
    ]


def _is_minor(answer: ResolvedPlace) -> bool:
    place = answer.place
    return (
        place is not None
        and place.kind in ("town", "admin2")
        and not place.capital
        and place.population < LARGE
        and answer.hit.within is None
        and answer.hit.level is None
    )


def _one_sense(answers: Sequence[ResolvedPlace]) -> list[ResolvedPlace]:
    """Within a document a name means one place: the best-supported answer serves the others."""
    best: dict[str, ResolvedPlace] = {}
    for answer in answers:
        kept = best.get(answer.hit.key)
        if answer.place is not None and (kept is None or answer.score > kept.score):
            best[answer.hit.key] = answer
    return [_agreeing(answer, best.get(answer.hit.key)) for answer in answers]


def _agreeing(answer: ResolvedPlace, best: ResolvedPlace | None) -> ResolvedPlace:
    if best is None or best is answer or answer.reason in ("demonym", "part_of_another_name"):
        return answer
    if answer.hit.level != best.hit.level and answer.place is not None:
        return answer
    return msgspec.structs.replace(answer, place=best.place, reason=best.reason, score=best.score)
