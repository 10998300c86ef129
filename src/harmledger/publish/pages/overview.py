"""The first page: what is in the record, how far the figures reach, what was not understood."""

from __future__ import annotations

from collections import Counter

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.incident import Incident, Reading
from harmledger.publish.catalogue import Catalogue
from harmledger.publish.charts import (
    Axis,
    Bar,
    build_axis,
    reading_values,
    render_bar,
    render_timeline,
)
from harmledger.publish.pages.frame import render_page

PATH = "index.html"


class HarmLine(Value, frozen=True, kw_only=True):
    """One reading with its bar."""

    reading: Reading
    bar: Bar


class IncidentLine(Value, frozen=True, kw_only=True):
    """One incident with its readings under the main policy."""

    incident: Incident
    href: str
    harms: tuple[HarmLine, ...]


def render_overview(catalogue: Catalogue) -> str:
    """``index.html``."""
    view = catalogue.view
    axis = overview_axis(catalogue)
    set_aside = {
        aside.claim
        for incident in view.incidents
        for reading in catalogue.readings(incident)
        for aside in reading.set_aside
    }
    reasons = Counter(line.reason for line in view.unresolved)
    grades = Counter(incident.grade for incident in view.incidents)
    return render_page(
        "overview.html.j2",
        PATH,
        catalogue,
        axis=axis,
        lines_of=incident_lines(catalogue, axis),
        timeline=render_timeline(catalogue),
        grades=sorted(grades.items()),
        reasons=sorted(reasons.items(), key=lambda item: (-item[1], item[0])),
        set_aside=len(set_aside),
    )


def overview_axis(catalogue: Catalogue) -> Axis:
    """One axis for all incidents, so that bars can be compared."""
    return build_axis(
        [
            value
            for incident in catalogue.view.incidents
            for reading in catalogue.readings(incident)
            for value in reading_values(reading, resting_claims(catalogue, reading))
        ]
    )


def incident_lines(catalogue: Catalogue, axis: Axis) -> tuple[IncidentLine, ...]:
    """Every incident, the latest first, those without a date last."""

    def order(incident: Incident) -> tuple[bool, str]:
        when = incident.occurred
        return (bool(when and when.earliest), (when.earliest or "") if when else "")

    return tuple(
        IncidentLine(
            incident=incident,
            href=catalogue.files[incident.id],
            harms=tuple(
                HarmLine(reading=reading, bar=reading_bar(catalogue, reading, axis))
                for reading in catalogue.readings(incident)
            ),
        )
        for incident in sorted(catalogue.view.incidents, key=order, reverse=True)
    )


def reading_bar(catalogue: Catalogue, reading: Reading, axis: Axis) -> Bar:
    """The bar of a reading with a stroke for every figure that stands in it."""
    return render_bar(reading, resting_claims(catalogue, reading), axis)


def resting_claims(catalogue: Catalogue, reading: Reading) -> tuple[Claim, ...]:
    """The whole figures of a reading: those that set a bound and those between."""
    return catalogue.pick((*reading.claims_low, *reading.claims_high, *reading.between))
