"""The pages of an edition: an overview with map, sums and totals, and a page an incident."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from harmledger.core.base import Value
from harmledger.core.edition import (
    Edition,
    ShownClaim,
    ShownIncident,
    ShownPlace,
    ShownPoint,
    ShownReading,
    ShownResponse,
    ShownTotal,
    ShownVictims,
    ShownVoice,
)
from harmledger.core.place import Place
from harmledger.publish import notice
from harmledger.publish.atlas import Panel, Pin, cluster_pins, render_panel
from harmledger.publish.catalogue import CIVILIAN_FIRST
from harmledger.publish.charts import Axis, Bar, build_axis, render_range
from harmledger.publish.edition.titles import days_of, place_of, speaker_of
from harmledger.publish.pages.frame import load_environment
from harmledger.publish.shapes import Shape, find_shape
from harmledger.publish.words import PRECISION_WORDS, number_words

INDEX = "index.html"


class HarmLine(Value, frozen=True, kw_only=True):
    """One reading with its bar."""

    reading: ShownReading
    bar: Bar


class Line(Value, frozen=True, kw_only=True):
    """One incident in the list."""

    incident: ShownIncident
    href: str
    when: str
    place: str
    precision: str | None
    harms: tuple[HarmLine, ...]


class ClaimLine(Value, frozen=True, kw_only=True):
    """One claim in words."""

    claim: ShownClaim
    speakers: str
    victims: str


class ResponseLine(Value, frozen=True, kw_only=True):
    """One answer in words."""

    response: ShownResponse
    speakers: str


class TotalLine(Value, frozen=True, kw_only=True):
    """One total in words; ``last`` is its latest statement."""

    total: ShownTotal
    speaker: str
    place: str
    last: ShownPoint
    remainder: str


def render_edition_pages(edition: Edition, published: str) -> Iterator[tuple[str, str]]:
    """Every page as (path, HTML), in a fixed order. ``published``: what the notice says."""
    yield INDEX, _render_overview(edition, published)
    sources = {source.ref: source for source in edition.sources}
    for incident in edition.incidents:
        yield (
            href_of(incident),
            _render(
                "edition-incident.html.j2",
                href_of(incident),
                edition,
                published,
                incident=incident,
                precision=_precision(incident.place),
                claims=[_claim_line(claim) for claim in incident.claims],
                responses=[
                    ResponseLine(response=r, speakers=_speakers(r.voice))
                    for r in incident.responses
                ],
                sources=[sources[ref] for ref in incident.sources],
            ),
        )


def href_of(incident: ShownIncident) -> str:
    """The incident's page, from the top of the folder."""
    return f"incidents/{incident.ref}.html"


def _render(template: str, path: str, edition: Edition, published: str, **values: Any) -> str:
    root = "../" * path.count("/")
    lines = (f"Counting policies: {', '.join(edition.policies)}.", notice.ASSUME_CIVILIAN)
    return (
        load_environment()
        .get_template(template)
        .render(
            path=path,
            root=root,
            navigation=((INDEX, "Overview"),),
            view=edition,
            edition=edition,
            published=published,
            lines=(*lines, notice.RECORDED),
            **values,
        )
    )


def _render_overview(edition: Edition, published: str) -> str:
    policy = _main_policy(edition)
    chosen = {i.ref: _readings(i, policy) for i in edition.incidents}
    axis = build_axis(
        [v for readings in chosen.values() for r in readings for v in (r.low, r.high) if v]
    )
    return _render(
        "edition-overview.html.j2",
        INDEX,
        edition,
        published,
        policy=policy,
        axis=axis,
        lines_of=[_line(i, chosen[i.ref], axis) for i in edition.incidents],
        panels=_panels(edition),
        totals=[_total_line(total) for total in edition.totals if total.series],
    )


def _main_policy(edition: Edition) -> str:
    literal = [p for p in edition.policies if p.partition("@")[0] == notice.DEFAULT_POLICY]
    return (literal or list(edition.policies) or [notice.DEFAULT_POLICY])[0]


def _readings(incident: ShownIncident, policy: str) -> tuple[ShownReading, ...]:
    """One reading a harm and unit: the default civilian one (R8)."""
    found: dict[tuple[str, str], ShownReading] = {}
    for victims in CIVILIAN_FIRST:
        for reading in incident.readings:
            if reading.policy == policy and reading.victims == victims:
                found.setdefault((reading.harm, reading.unit), reading)
    return tuple(found.values())


def _line(incident: ShownIncident, readings: tuple[ShownReading, ...], axis: Axis) -> Line:
    return Line(
        incident=incident,
        href=href_of(incident),
        when=days_of(incident.occurred),
        place=place_of(incident.place),
        precision=_precision(incident.place),
        harms=tuple(HarmLine(reading=r, bar=render_range(axis, r.low, r.high)) for r in readings),
    )


def _precision(place: ShownPlace | None) -> str | None:
    return PRECISION_WORDS.get(place.precision) if place else None


def _panels(edition: Edition) -> tuple[Panel, ...]:
    pins = []
    for incident in edition.incidents:
        shape = shape_of(incident.place)
        if shape is not None and incident.place is not None:
            label = incident.place.name or ""
            href = href_of(incident)
            pins.append(Pin(label=label, title=incident.title, href=href, shape=shape))
    clusters = cluster_pins(sorted(pins, key=lambda p: (-p.shape.points[0][1], p.href)))
    return tuple(render_panel(number, c) for number, c in enumerate(clusters, start=1))


def _claim_line(claim: ShownClaim) -> ClaimLine:
    return ClaimLine(
        claim=claim, speakers=_speakers(claim.voice), victims=_victims_words(claim.victims)
    )


def _speakers(voices: tuple[ShownVoice, ...]) -> str:
    return ", told by ".join(speaker_of(voice) for voice in voices) or "the outlet’s own voice"


def _victims_words(victims: ShownVictims) -> str:
    said = (victims.status, victims.age, victims.sex, *victims.roles)
    return ", ".join(word.replace("_", " ") for word in said if word)


def _total_line(total: ShownTotal) -> TotalLine:
    low, high = total.remainder_low, total.remainder_high
    bounds = [number_words(value) if value is not None else "not stated" for value in (low, high)]
    return TotalLine(
        total=total,
        speaker=speaker_of(total.speaker),
        place=place_of(total.place),
        last=total.series[-1],
        remainder=" to ".join(bounds),
    )


def shape_of(place: ShownPlace | None) -> Shape | None:
    """What may be drawn: an area at the precision that is shown, never a pin for a district."""
    if place is None:
        return None
    return find_shape(
        Place(
            as_written="",
            name=place.name,
            gazetteer_id=place.gazetteer_id,
            country=place.country,
            admin1=place.admin1,
            lat=place.lat,
            lon=place.lon,
            precision=place.precision,
            kind=place.kind,
            disputed=place.disputed,
        )
    )
