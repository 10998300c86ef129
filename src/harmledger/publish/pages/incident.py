"""One incident: readings, who said what, answers, conflicts, reasons."""

from __future__ import annotations

from typing import Any

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.incident import Conflict, Incident, Link, Reading
from harmledger.core.response import Response
from harmledger.publish.atlas import Panel, Pin, render_panel
from harmledger.publish.catalogue import Catalogue, Telling, group, harm_order, instant_of
from harmledger.publish.charts import Axis, Bar, Course, build_axis, reading_values, render_course
from harmledger.publish.pages.frame import find_claim, render_page
from harmledger.publish.pages.overview import reading_bar, resting_claims
from harmledger.publish.shapes import find_shape


class Ground(Value, frozen=True, kw_only=True):
    """A claim a reading names, and why (set aside, floor); why may be empty."""

    claim: Claim
    why: str


class Figure(Value, frozen=True, kw_only=True):
    """A reading with everything it rests on and everything it leaves out."""

    reading: Reading
    bar: Bar
    axis: Axis
    low: tuple[Claim, ...]
    high: tuple[Claim, ...]
    between: tuple[Claim, ...]
    floors: tuple[Claim, ...]
    more: tuple[Claim, ...]
    aside: tuple[Ground, ...]


class HarmClaims(Value, frozen=True, kw_only=True):
    """What was said of one harm in order, and how the figure moved."""

    harm: str
    tellings: tuple[Telling, ...]
    course: Course | None


class Reply(Value, frozen=True, kw_only=True):
    """A response, when it was made and where to read it."""

    response: Response
    said_at: str | None
    href: str


class Quarrel(Value, frozen=True, kw_only=True):
    """A conflict and its claims."""

    conflict: Conflict
    claims: tuple[Claim, ...]


class Reason(Value, frozen=True, kw_only=True):
    """Why a claim stands in the incident; the claim is None when it is no longer there."""

    link: Link
    claim: Claim | None


def render_incident(catalogue: Catalogue, incident: Incident) -> str:
    """``incidents/<code>.html``."""
    return render_page(
        "incident.html.j2",
        catalogue.files[incident.id],
        catalogue,
        incident=incident,
        panel=find_panel(catalogue, incident),
        **incident_parts(catalogue, incident, catalogue.policy),
    )


def incident_parts(catalogue: Catalogue, incident: Incident, policy: str) -> dict[str, Any]:
    """What any page of an incident shows of its claims, by the names that templates use.

    ``policy`` stands first among the readings.
    """
    claims = catalogue.pick(incident.claims)
    policies = group(incident.readings, lambda reading: reading.policy)
    return {
        "figures": tuple(
            build_figure(catalogue, incident, reading) for reading in catalogue.readings(incident)
        ),
        "policies": tuple(
            (
                name,
                tuple(sorted(readings, key=lambda reading: harm_order(reading.harm))),
                uncounted(claims, readings),
            )
            for name, readings in sorted(policies.items(), key=lambda item: item[0] != policy)
        ),
        "harms": harm_claims(catalogue, claims),
        "replies": replies(catalogue, incident),
        "quarrels": tuple(
            Quarrel(conflict=c, claims=catalogue.pick(c.claims)) for c in incident.conflicts
        ),
        "reasons": tuple(
            Reason(link=link, claim=find_claim(catalogue, link.claim)) for link in incident.links
        ),
        "documents": sorted(
            (catalogue.documents[d] for d in incident.documents if d in catalogue.documents),
            key=lambda document: (instant_of(document.published_at), document.name),
        ),
    }


def build_figure(catalogue: Catalogue, incident: Incident, reading: Reading) -> Figure:
    """A reading with its claims looked up, on an axis of its own."""
    beside = [r for r in catalogue.readings(incident) if r.unit == reading.unit]
    axis = build_axis(
        [value for r in beside for value in reading_values(r, resting_claims(catalogue, r))]
    )
    return Figure(
        reading=reading,
        bar=reading_bar(catalogue, reading, axis),
        axis=axis,
        low=catalogue.pick(reading.claims_low),
        high=catalogue.pick(reading.claims_high),
        between=catalogue.pick(reading.between),
        floors=catalogue.pick(reading.floors),
        more=catalogue.pick(reading.possibly_more),
        aside=tuple(
            Ground(claim=claim, why=aside.why)
            for aside in reading.set_aside
            if (claim := find_claim(catalogue, aside.claim))
        ),
    )


def uncounted(claims: tuple[Claim, ...], readings: list[Reading]) -> tuple[str, ...]:
    """Harms claimed here that this policy does not count at all (contract §5)."""
    covered = {harm for reading in readings for harm in reading.covers.harms}
    counted = {reading.harm for reading in readings}
    return tuple(sorted({c.harm for c in claims} - covered - counted, key=harm_order))


def harm_claims(catalogue: Catalogue, claims: tuple[Claim, ...]) -> tuple[HarmClaims, ...]:
    """Claims by harm, the gravest first; what is told again stands with its first telling."""
    by_harm = group(claims, lambda claim: claim.harm)
    return tuple(
        HarmClaims(
            harm=harm,
            tellings=catalogue.tellings(same),
            course=render_course(catalogue, harm, tuple(same)),
        )
        for harm, same in sorted(by_harm.items(), key=lambda item: harm_order(item[0]))
    )


def replies(catalogue: Catalogue, incident: Incident) -> tuple[Reply, ...]:
    """Responses in the order they were made (§5 R7: they change no count)."""
    found = []
    for response in incident.responses:
        document = catalogue.documents.get(response.document)
        said = response.said_at.at or (document.published_at if document else None)
        page = catalogue.files.get(response.document, "")
        found.append(Reply(response=response, said_at=said, href=f"{page}#{response.id}"))
    return tuple(sorted(found, key=lambda r: (instant_of(r.said_at), r.response.id)))


def find_panel(catalogue: Catalogue, incident: Incident) -> Panel | None:
    """A map of where the incident is said to be; None where nothing may be drawn."""
    shape = find_shape(incident.place)
    if shape is None or incident.place is None:
        return None
    label = incident.place.name or incident.place.as_written
    href = catalogue.files[incident.id]
    return render_panel(1, (Pin(label=label, title=incident.title, href=href, shape=shape),))
