"""Scores the gazetteer on GeoVirus: 229 passages of Wikinews with 2,170 place names and points.

The corpus (Gritta, Pilehvar and Collier 2018, CC BY) is read from a path and not shipped.
GeoVirus gives every name a point, countries too, so what counts as right depends on what was
found: a country by its code, a region if the point lies in its box, a town within 161 km (100
miles, the field's measure).
"""

from __future__ import annotations

import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree

import msgspec
from babel import Locale
from babel.core import get_global

from harmledger.core.base import Value
from harmledger.core.errors import CannotParse
from harmledger.lexicon.gazetteer import Gazetteer, GazetteerPlace, ResolvedPlace, distance_km
from harmledger.lexicon.gazetteer.geometry import in_box

NEAR_ENOUGH_KM = 161.0
BOX_MARGIN_DEGREES = 0.5
CONTINENTS = frozenset({"Africa", "Asia", "Europe", "North America", "South America", "Oceania"})
RETIRED_CODES = frozenset({"BUR", "FXX", "SUN", "TMP", "YMD", "YUG", "ZAR", "DDR", "SCG"})
OTHER_COUNTRY_NAMES: Mapping[str, str] = {
    "UK": "GB", "U.K.": "GB", "Britain": "GB", "US": "US", "U.S.": "US", "USA": "US",
    "America": "US", "Ivory Coast": "CI", "Burma": "MM", "Myanmar": "MM", "DRC": "CD",
    "Democratic Republic of the Congo": "CD", "Democratic Republic of Congo": "CD",
    "Republic of Congo": "CG", "Republic of the Congo": "CG", "Hong Kong": "HK", "Macau": "MO",
    "Turkey": "TR", "Czech Republic": "CZ", "Congo": "CD", "Palestine": "PS",
    "People's Republic of China": "CN", "Timor-Leste": "TL", "Bosnia": "BA",
    "DR Congo": "CD", "Zaire": "CD", "Zaïre": "CD", "Vatican": "VA",
    "Macedonia": "MK", "China": "CN",
}  # fmt: skip


class GoldPlace(Value, frozen=True, kw_only=True):
    """A name marked in a passage, ``text[start:end]``, and its point in degrees."""

    name: str
    start: int
    end: int
    lat: float
    lon: float


class Passage(Value, frozen=True, kw_only=True):
    source: str
    text: str
    places: tuple[GoldPlace, ...]


class GeoVirusScore(Value, frozen=True, kw_only=True):
    """Counts as (right, of). ``overlooked`` and ``invented`` are names, most frequent first."""

    names_found: int
    names_gold: int
    names_said: int
    towns: tuple[int, int]
    countries: tuple[int, int]
    regions: tuple[int, int]
    others: tuple[int, int]
    resolved: tuple[int, int]
    overlooked: tuple[tuple[str, int], ...]
    invented: tuple[tuple[str, int], ...]
    misplaced: tuple[tuple[str, int], ...]

    @property
    def names_f(self) -> float:
        """F of names, by overlapping spans."""
        both = self.names_gold + self.names_said
        return 2 * self.names_found / both if both else 0.0


def load_passages(path: Path) -> tuple[Passage, ...]:
    """The corpus, plain or gzipped XML; raises CannotParse if it is not GeoVirus."""
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rb") as content:
            root = ElementTree.parse(content).getroot()  # noqa: S314 - a corpus the user names
        return tuple(_passage(article) for article in root.iter("article"))
    except (ElementTree.ParseError, AttributeError, ValueError) as error:
        raise CannotParse(f"{path} does not read as GeoVirus XML: {error}") from error


def score_gazetteer(passages: Iterable[Passage], gazetteer: Gazetteer) -> GeoVirusScore:
    """Find and resolve the places of every passage, passages of one article together."""
    tally = _Tally()
    by_source: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        by_source[passage.source].append(passage)
    for article in by_source.values():
        for passage, answers in zip(article, _read_article(article, gazetteer), strict=True):
            tally.add(passage, answers)
    return tally.score()


def render_score(score: GeoVirusScore) -> str:
    """The figures, a line each."""
    lines = [
        f"names       F {score.names_f:.3f}"
        f"  precision {_ratio(score.names_found, score.names_said)}"
        f"  recall {_ratio(score.names_found, score.names_gold)}",
    ]
    for label in ("towns", "countries", "regions", "others", "resolved"):
        right, of = getattr(score, label)
        lines.append(f"{label:<11} {_ratio(right, of)}  ({right} of {of})")
    for label in ("overlooked", "invented", "misplaced"):
        named = ", ".join(f"{name} {count}" for name, count in getattr(score, label)[:40])
        lines.append(f"{label:<11} {named}")
    return "\n".join(lines)


class _Tally:
    def __init__(self) -> None:
        self._codes = _country_codes()
        self._right: Counter[str] = Counter()
        self._of: Counter[str] = Counter()
        self._names: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, passage: Passage, answers: Sequence[ResolvedPlace]) -> None:
        said = [answer for answer in answers if answer.place is not None]
        matched: set[int] = set()
        for gold in passage.places:
            answer = _overlapping(gold, said)
            self._of["gold"] += 1
            if answer is None or answer.place is None:
                self._names["overlooked"][gold.name] += 1
                continue
            matched.add(answer.hit.start)
            self._right["gold"] += 1
            self._judge(gold, answer.place)
        self._of["said"] += len(said)
        for answer in said:
            if answer.hit.start not in matched:
                self._names["invented"][answer.hit.as_written] += 1

    def _judge(self, gold: GoldPlace, place: GazetteerPlace) -> None:
        label = _label(gold, place, self._codes)
        right = _is_right(gold, place, self._codes)
        self._of[label] += 1
        self._right[label] += right
        if not right:
            self._names["misplaced"][f"{gold.name} as {place.id}"] += 1

    def score(self) -> GeoVirusScore:
        labels = ("towns", "countries", "regions", "others")
        return GeoVirusScore(
            names_found=self._right["gold"],
            names_gold=self._of["gold"],
            names_said=self._of["said"],
            **{label: (self._right[label], self._of[label]) for label in labels},
            resolved=(sum(self._right[label] for label in labels), self._of["gold"]),
            overlooked=tuple(self._names["overlooked"].most_common()),
            invented=tuple(self._names["invented"].most_common()),
            misplaced=tuple(self._names["misplaced"].most_common()),
        )


def _read_article(
    article: Sequence[Passage], gazetteer: Gazetteer
) -> Iterator[list[ResolvedPlace]]:
    """The answers for each passage; offsets are the passage's own."""
    text = "\n\n".join(passage.text for passage in article)
    answers = gazetteer.resolve(gazetteer.scan(text))
    base = 0
    for passage in article:
        end = base + len(passage.text)
        yield [_moved(answer, base) for answer in answers if base <= answer.hit.start < end]
        base = end + 2


def _moved(answer: ResolvedPlace, base: int) -> ResolvedPlace:
    hit = msgspec.structs.replace(
        answer.hit, start=answer.hit.start - base, end=answer.hit.end - base
    )
    return msgspec.structs.replace(answer, hit=hit)


def _passage(article: ElementTree.Element) -> Passage:
    text = article.findtext("text") or ""
    places = [_gold(place, text) for place in article.iter("location")]
    return Passage(source=article.findtext("source") or "", text=text, places=tuple(places))


def _gold(place: ElementTree.Element, text: str) -> GoldPlace:
    name = place.findtext("name") or ""
    start = int(place.findtext("start") or -1) - 1
    if text[start : start + len(name)] != name:
        raise ValueError(f"{name!r} does not stand at {start}")
    return GoldPlace(
        name=name,
        start=start,
        end=start + len(name),
        lat=float(place.findtext("lat") or "nan"),
        lon=float(place.findtext("lon") or "nan"),
    )


def _overlapping(gold: GoldPlace, said: Sequence[ResolvedPlace]) -> ResolvedPlace | None:
    return next((a for a in said if a.hit.start < gold.end and gold.start < a.hit.end), None)


def _country_codes() -> dict[str, str]:
    """English country name to alpha-3, from CLDR and the table above: not from the gazetteer."""
    aliases = get_global("territory_aliases").items()
    alpha3 = {
        two[0]: code
        for code, two in aliases
        if len(code) == 3 and code.isalpha() and code not in RETIRED_CODES
    }
    names = {name: code for code, name in Locale("en").territories.items() if len(code) == 2}
    return {
        name: alpha3.get(code, code) for name, code in (names | dict(OTHER_COUNTRY_NAMES)).items()
    }


def _label(gold: GoldPlace, place: GazetteerPlace, codes: Mapping[str, str]) -> str:
    if gold.name in CONTINENTS or gold.name in codes or place.kind in ("country", "continent"):
        return "countries"
    if place.kind == "town":
        return "towns"
    return "regions" if place.is_region else "others"


def _is_right(gold: GoldPlace, place: GazetteerPlace, codes: Mapping[str, str]) -> bool:
    point = (gold.lat, gold.lon)
    if gold.name in CONTINENTS:
        return place.kind == "continent" and place.name == gold.name
    if place.kind == "country":
        return codes.get(gold.name) == place.country
    if place.kind == "town" and place.lat is not None and place.lon is not None:
        return distance_km(point, (place.lat, place.lon)) <= NEAR_ENOUGH_KM
    if place.is_region and place.box is not None:
        return in_box(point, place.box, margin=BOX_MARGIN_DEGREES)
    return place.kind in ("continent", "macro_region", "water")


def _ratio(right: int, of: int) -> str:
    return f"{right / of:.3f}" if of else "-"
