"""The map, totals, what was not understood, decisions, and how to read all of it."""

from __future__ import annotations

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.incident import Incident, Total, TotalPoint
from harmledger.core.unresolved import Unresolved
from harmledger.lexicon.policies import find_policy
from harmledger.publish.atlas import Pin, cluster_pins, render_locator, render_panel
from harmledger.publish.basemap import load_disputed_names
from harmledger.publish.catalogue import Catalogue, group
from harmledger.publish.pages.frame import find_claim, render_page
from harmledger.publish.shapes import find_shape


class Said(Value, frozen=True, kw_only=True):
    """One statement of a total and its claim."""

    point: TotalPoint
    claim: Claim | None


class TotalLine(Value, frozen=True, kw_only=True):
    """A total with its statements, and the incidents inside it."""

    total: Total
    said: tuple[Said, ...]
    incidents: tuple[Incident, ...]


class Subject(Value, frozen=True, kw_only=True):
    """What a decision is about: its id, a name for it and a page, where there is one."""

    id: str
    name: str
    href: str


class DecisionLine(Value, frozen=True, kw_only=True):
    """A decision with its subjects."""

    decision: Decision
    about: tuple[Subject, ...]


class Missed(Value, frozen=True, kw_only=True):
    """One line that was not understood, and where to read it."""

    line: Unresolved
    title: str
    href: str


def render_map(catalogue: Catalogue) -> str:
    """``map.html``: a panel a neighbourhood, and every incident once more as text."""
    pins, without = [], []
    for incident in catalogue.view.incidents:
        shape = find_shape(incident.place)
        if shape is None or incident.place is None:
            without.append(incident)
            continue
        label = incident.place.name or incident.place.as_written
        href = catalogue.files[incident.id]
        pins.append(Pin(label=label, title=incident.title, href=href, shape=shape))
    clusters = cluster_pins(sorted(pins, key=lambda p: (-p.shape.points[0][1], p.href)))
    panels = tuple(render_panel(number, c) for number, c in enumerate(clusters, start=1))
    return render_page(
        "map.html.j2",
        "map.html",
        catalogue,
        panels=panels,
        locator=render_locator(panels),
        without=tuple(without),
        disputed=load_disputed_names(),
    )


def total_lines(catalogue: Catalogue) -> tuple[TotalLine, ...]:
    """Totals with their claims and incidents looked up."""
    return tuple(
        TotalLine(
            total=total,
            said=tuple(Said(point=p, claim=find_claim(catalogue, p.claim)) for p in total.series),
            incidents=tuple(
                catalogue.incidents[i] for i in total.incidents if i in catalogue.incidents
            ),
        )
        for total in catalogue.view.totals
    )


def render_totals(catalogue: Catalogue) -> str:
    """``totals.html``: totals as their speakers gave them; never added to incidents."""
    return render_page("totals.html.j2", "totals.html", catalogue, totals=total_lines(catalogue))


def render_unresolved(catalogue: Catalogue) -> str:
    """``unresolved.html``: by reason, the most frequent first."""
    lines = [
        Missed(
            line=line,
            title=find_title(catalogue, line.document) or line.document_name,
            href=f"{catalogue.files.get(line.document, '')}#{line.id}",
        )
        for line in catalogue.view.unresolved
    ]
    groups = group(lines, lambda missed: missed.line.reason)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    return render_page("unresolved.html.j2", "unresolved.html", catalogue, groups=ordered)


def find_title(catalogue: Catalogue, document_id: str) -> str | None:
    document = catalogue.documents.get(document_id)
    return (document.title or document.name) if document else None


def render_decisions(catalogue: Catalogue) -> str:
    """``decisions.html``: the log, oldest first."""
    lines = tuple(
        DecisionLine(
            decision=decision, about=tuple(find_subject(catalogue, i) for i in decision.about)
        )
        for decision in catalogue.view.decisions
    )
    return render_page("decisions.html.j2", "decisions.html", catalogue, decisions=lines)


def find_subject(catalogue: Catalogue, subject: str) -> Subject:
    """The claim, incident, document or decision of this id; without a page if there is none."""
    if claim := catalogue.claims.get(subject):
        return Subject(id=subject, name=f"“{claim.span.quote}”", href=catalogue.claim_page(claim))
    if incident := catalogue.incidents.get(subject):
        return Subject(id=subject, name=incident.title, href=catalogue.files[subject])
    if document := catalogue.documents.get(subject):
        name = document.title or document.name
        return Subject(id=subject, name=name, href=catalogue.files[subject])
    return Subject(id=subject, name=subject, href="")


def render_how_to_read(catalogue: Catalogue) -> str:
    """``how-to-read.html``: marks, ranges, policies, grades."""
    return render_page(
        "how-to-read.html.j2",
        "how-to-read.html",
        catalogue,
        policies=tuple((name, find_policy(name)) for name in catalogue.view.policies),
    )
