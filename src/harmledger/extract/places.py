"""Places of a document: every name the gazetteer knows, resolved together, as contract places."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from harmledger.core.base import Value
from harmledger.core.document import SeenPlace
from harmledger.core.place import Place
from harmledger.extract.language.tree import Tree
from harmledger.extract.unlisted import IN, REACH, find_unlisted
from harmledger.lexicon.gazetteer import Gazetteer, GazetteerPlace, PlaceHit, ResolvedPlace
from harmledger.lexicon.settings import load_actors

_PRECISION = {"town": 1, "admin2": 3, "admin1": 4, "area": 5, "country": 6, "water": 7}
_NEAR = re.compile(
    r"(?:\bnear(?:by)?|\boutskirts of|\boutside(?: of)?|\bafter leaving|\bclose to|"
    r"\bsuburbs? of|\b(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)? of|\bfrom)"
    r"\s+(?:the\s+)?(?:\w+ of )?$",
    re.I,
)
_STREETS = re.compile(
    r"(?:['’]s)?(?:,? (?:and|or|&) (?:[\w'’]+ ){1,3}?)?\s*"
    r"\b(?:streets?|avenues?|boulevards?|bridge|highway|road|stadium|cemetery)\b",
    re.I,
)
"""A name of a place that is a street's: "Alameda and Valle streets"."""
_ROAD = re.compile(r"(?:\s?[-–]\s?[A-Z][\w'’-]+)?\s+(?:road|highway|motorway)\b")
_THE = re.compile(r"\bthe\s+(?:[A-Z][\w'’-]+\s?[-–]\s?)?$")
"""A road by the town it leads to has an article and a small letter: "on the Zaria road"."""
_BODY = re.compile(
    r"(?:-[A-Z][\w'’-]+)?(?: [A-Z][\w'’-]+){0,2} "
    r"(?:Liberation|Independence|National|Nationalit\w+|Defen[cs]e|"
    r"Revolutionary|Democratic)(?: [A-Z][\w'’-]+){0,2} (?:Army|Front|Forces?|Union|Tigers)\b"
    r"| (?:State )?Army\b"
)
"""What makes the name of a place that of an armed body."""
_KNOWN_SIZE = 100_000
_SMALL_SHARE = 0.5
"""Weight of a country that only small places speak for."""


class DocumentPlaces(Value, frozen=True, kw_only=True):
    """Resolved names of one document in text order, and names that were not placed."""

    seen: tuple[SeenPlace, ...]
    unplaced: tuple[ResolvedPlace, ...]

    def within(self, start: int, end: int) -> tuple[SeenPlace, ...]:
        """The places of one stretch of the text."""
        first = bisect_left(self.seen, start, key=lambda seen: seen.start)
        last = bisect_left(self.seen, end, key=lambda seen: seen.start)
        return tuple(seen for seen in self.seen[first:last] if seen.end <= end)

    def unplaced_within(self, start: int, end: int) -> tuple[ResolvedPlace, ...]:
        """The names of one stretch of the text that were not placed."""
        first = bisect_left(self.unplaced, start, key=lambda answer: answer.hit.start)
        last = bisect_left(self.unplaced, end, key=lambda answer: answer.hit.start)
        return self.unplaced[first:last]


def find_document_places(
    text: str,
    trees: Sequence[Tree],
    gazetteer: Gazetteer,
    countries: Mapping[str, float],
) -> DocumentPlaces:
    """Scan one text and resolve all its names at once: they are each other's evidence.

    ``countries`` are priors (alpha-3 to weight). Names of persons are left out. A name that the
    gazetteer lacks or cannot settle is a place without an entry where a preposition of place
    stands before it ("in Fangak").
    """
    hits = gazetteer.scan(text, exclude=_names_of_persons(trees))
    spoken = {**_named_countries(text, hits), **countries}
    answers = gazetteer.resolve(hits, countries=spoken)
    settled = tuple(
        SeenPlace(start=a.hit.start, end=a.hit.end, place=place_of(text, a, a.place))
        for a in answers
        if a.place is not None
        and (_is_name(trees, a.hit.start, a.hit.end) or _is_known(a.place))
        and not _names_a_street(text, a.hit)
        and not _names_a_group(a.hit)
        and not _names_a_body(text, a.hit, a.place)
    )
    settled = (*settled, *_alone_in_line(text, trees, answers, settled))
    seen = (*settled, *find_unlisted(text, trees, answers, settled))
    seen = tuple(sorted(seen, key=lambda one: one.start))
    unplaced = tuple(
        a
        for a in answers
        if a.place is None
        and a.reason.startswith("place_")
        and _is_name(trees, a.hit.start, a.hit.end)
        and not (a.hit.as_written.isupper() and a.reason == "place_unknown")
    )
    return DocumentPlaces(seen=seen, unplaced=unplaced)


def _names_a_group(hit: PlaceHit) -> bool:
    """ "Three Hamas operatives": an armed group by its name, which some hamlet bears too."""
    words = tuple(hit.as_written.lower().split())
    match = load_actors().groups.match(words, words, 0)
    return match is not None and match[0] == len(words)


def _names_a_street(text: str, hit: PlaceHit) -> bool:
    return _STREETS.match(text, hit.end) is not None and not _on_the_road(text, hit)


def _names_a_body(text: str, hit: PlaceHit, place: GazetteerPlace) -> bool:
    """ "The Balochistan Liberation Army", "the Kuki-Chin National Front": where those who fight for
    it may be, nothing says. A country's army stays: it is a party."""
    return place.kind != "country" and _BODY.match(text, hit.end) is not None


def _on_the_road(text: str, hit: PlaceHit) -> bool:
    """ "along the Wapenamanda road": near the town the road leads to."""
    lead = text[max(0, hit.start - REACH) : hit.start]
    return _ROAD.match(text, hit.end) is not None and _THE.search(lead) is not None


def _is_known(place: GazetteerPlace) -> bool:
    """A large town by its own name, whatever the parser makes of it at the head of a line."""
    return not place.alias and place.kind == "town" and place.population >= _KNOWN_SIZE


def _named_countries(text: str, hits: Sequence[PlaceHit]) -> dict[str, float]:
    """Countries that small places speak for, where every bearer of the name lies in one country:
    said with a preposition of place, or two such names of one country ("Ménaka", "Ansongo")."""
    names: dict[str, set[str]] = {}
    located: set[str] = set()
    for hit in hits:
        if hit.doubt is not None or hit.demonym is not None:
            continue
        bearers = [p for p in hit.candidates if not p.alias and p.population > 0]
        countries = {p.country for p in bearers if p.country is not None}
        if len(countries) != 1 or any(p.kind == "country" for p in hit.candidates):
            continue
        country = countries.pop()
        names.setdefault(country, set()).add(hit.key)
        if IN.search(text[max(0, hit.start - REACH) : hit.start]) is not None:
            located.add(country)
    return {
        country: _SMALL_SHARE
        for country, said in names.items()
        if len(said) > 1 or country in located
    }


def _is_name(trees: Sequence[Tree], start: int, end: int) -> bool:
    """Whether the parser agrees that a name stands there, where a sentence was parsed.

    "Grim images" and "Police" begin sentences with a capital and are towns somewhere.
    """
    at = bisect_right(trees, start, key=lambda tree: tree.start) - 1
    if at < 0 or trees[at].end < end:
        return True
    words = trees[at].within(start, end)
    return any(w.upos == "PROPN" or w.entity for w in words) or not words


def _alone_in_line(
    text: str,
    trees: Sequence[Tree],
    answers: Sequence[ResolvedPlace],
    settled: Sequence[SeenPlace],
) -> list[SeenPlace]:
    """ "### Kherson": a line that is nothing but a name, of a country that the report names other
    places of; a parser takes it for any noun, and "Protection" is a town in Kansas."""
    countries = {seen.place.country for seen in settled if seen.place.country is not None}
    known = {seen.start for seen in settled}
    found = []
    for answer in answers:
        place, hit = answer.place, answer.hit
        if place is None or hit.start in known or place.country not in countries:
            continue
        at = bisect_right(trees, hit.start, key=lambda tree: tree.start) - 1
        if at < 0 or trees[at].end < hit.end or not text[hit.start].isupper():
            continue
        words = [t for t in trees[at].tokens if any(letter.isalpha() for letter in t.text)]
        if words and words[0].start >= hit.start and words[-1].end <= hit.end:
            found.append(
                SeenPlace(start=hit.start, end=hit.end, place=place_of(text, answer, place))
            )
    return found


def _names_of_persons(trees: Sequence[Tree]) -> list[tuple[int, int]]:
    """Spans of personal names of two words or more, and of their last word standing alone.

    A single word tagged as a person is often a town the parser has not met.
    """
    full = [n for tree in trees for n in tree.names if n.kind == "PER" and n.last > n.first]
    surnames = {
        tree.tokens[n.last].text for tree in trees for n in tree.names
        if n.kind == "PER" and n.last > n.first
    }  # fmt: skip
    alone = [
        n
        for tree in trees
        for n in tree.names
        if n.kind == "PER" and n.first == n.last and tree.tokens[n.first].text in surnames
    ]
    return [(n.start, n.end) for n in (*full, *alone)]


def place_of(text: str, answer: ResolvedPlace, found: GazetteerPlace) -> Place:
    """A gazetteer answer as a contract place; "near X" is X within 25 km (reading rule 26)."""
    lead = text[max(0, answer.hit.start - REACH) : answer.hit.start]
    precision = _PRECISION.get(found.kind)
    match = _NEAR.search(lead)
    leaving = match is not None and match.group().lower().startswith("from")
    near = match is not None and not leaving
    if found.kind == "town" and (near or _on_the_road(text, answer.hit)):
        precision = 2
    pointless = found.kind in {"country", "continent", "macro_region"}
    return Place(
        as_written=answer.hit.as_written,
        name=found.name,
        gazetteer_id=found.id,
        country=found.country,
        admin1=found.admin1,
        lat=None if pointless else found.lat,
        lon=None if pointless else found.lon,
        precision=precision,
        kind=found.kind,
        disputed=found.disputed,
    )


def smallest_area(places: Sequence[Place]) -> Place:
    """Several places at once: the claim keeps all, and is set in what holds them (rule 26).

    The point is the mean of those that have one; precision 5, a fuzzy area.
    """
    points = [(p.lat, p.lon) for p in places if p.lat is not None and p.lon is not None]
    country = {p.country for p in places}
    admin1 = {p.admin1 for p in places}
    one_country = next(iter(country)) if len(country) == 1 else None
    return Place(
        as_written=", ".join(p.as_written for p in places),
        name=next(iter(admin1)) if len(admin1) == 1 and None not in admin1 else None,
        country=one_country,
        admin1=next(iter(admin1)) if len(admin1) == 1 else None,
        lat=sum(p[0] for p in points) / len(points) if points else None,
        lon=sum(p[1] for p in points) / len(points) if points else None,
        precision=5,
        members=tuple(places),
    )
