"""One incident: readings, who said what, answers, history, links, what people decided."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from fastapi import Request, Response

from harmledger.core.base import Value
from harmledger.core.change import Change
from harmledger.core.incident import Incident
from harmledger.count import find_history
from harmledger.index import Filters, Index, Shown
from harmledger.index.lists import list_incidents
from harmledger.lexicon.policies import load_policies
from harmledger.link import find_repeats
from harmledger.publish.catalogue import Catalogue, group, instant_of
from harmledger.publish.pages.incident import incident_parts
from harmledger.publish.pages.lists import DecisionLine, find_subject
from harmledger.publish.repeats_chart import MOST_COLUMNS, RepeatsChart, render_repeats
from harmledger.review import find_releases
from harmledger.web.ask import filters_of, policy_names, shown_filters
from harmledger.web.frame import make_catalogue, render, with_policy
from harmledger.web.guard import RefusedError, desk_of, visitor_of
from harmledger.web.maps import panel_of
from harmledger.web.pages.document import read_text
from harmledger.web.pages.overview import recount
from harmledger.web.sealing import seal_changes, seal_incident, seal_shown
from harmledger.web.state import Desk
from harmledger.web.ways import get

MOST_HISTORY = 60
MOST_NEAR = 12
NEAR = timedelta(days=3)


class Telling(Value, frozen=True, kw_only=True):
    """Documents that carry one report: who repeats whom."""

    label: str
    kind: str
    documents: tuple[tuple[str, str, str], ...]
    """Id, title, day; the earliest first."""


def find_here(index: Index, key: str) -> Incident:
    """The incident, or a refusal that says the same for what is not there and not shown."""
    incident = index.find_incident(key)
    if incident is None:
        raise RefusedError(404, "there is no such incident here. The overview lists them all.")
    return incident


def show_incident(request: Request, key: str) -> Response:
    desk, visitor = desk_of(request), visitor_of(request)
    index, filters = desk.index_for(visitor), filters_of(request)
    incident = recount(index, find_here(index, key), filters)
    ids = [*incident.claims, *(link.claim for link in incident.links)]
    ids += [a.claim for r in incident.readings for a in r.set_aside]
    whole = index.claims(ids)
    shown = [seal_shown(s, desk, visitor) for s in whole.values()]
    history = history_of(index, incident, filters)[-MOST_HISTORY:]
    incident = seal_incident(incident, whole.values(), shown)
    catalogue = incident_catalogue(index, incident, shown, filters)
    decisions = index.decisions_about([incident.id, *incident.redirects, *ids])
    return render(
        request,
        "desk-incident.html.j2",
        catalogue=catalogue,
        incident=incident,
        filters=filters,
        known=shown_filters(filters),
        policy_names=policy_names(),
        **incident_parts(catalogue, incident, filters.policy),
        panel=panel_of(catalogue, incident),
        history=seal_changes(index, history, desk, visitor),
        decided=tuple(
            DecisionLine(
                decision=d, about=tuple(find_subject(catalogue, about) for about in d.about)
            )
            for d in reversed(decisions)
        ),
        tellings=who_repeats_whom(index, shown),
        repeats=draw_repeats(desk, index, shown),
        pending=[s for s in shown if s.standing == "proposed" and s.claim.id in incident.claims],
        near=find_near(index, incident) if visitor.may("review") else (),
        standing=catalogue.pick(incident.claims) if visitor.may("review") else (),
        withheld=index is desk.faces.whole and is_held(index, incident),
        graphic=is_graphic(shown),
    )


def find_near(index: Index, incident: Incident) -> list[Incident]:
    """Other incidents at the same place within a few days: what somebody may want to join."""
    place, when = incident.place, incident.occurred
    if place is None or not place.name or when is None:
        return []
    try:
        first = date.fromisoformat(when.earliest or when.latest or "") - NEAR
        last = date.fromisoformat(when.latest or when.earliest or "") + NEAR
    except (ValueError, OverflowError):
        return []
    around = Filters(place=place.name, since=first.isoformat(), until=last.isoformat())
    return [i for i in list_incidents(index, around, MOST_NEAR + 1) if i.id != incident.id]


def incident_catalogue(
    index: Index, incident: Incident, shown: list[Shown], filters: Filters
) -> Catalogue:
    ids = [*incident.documents, *(s.claim.document for s in shown)]
    ids += [r.document for r in incident.responses]
    made = make_catalogue(
        index,
        shown,
        documents=tuple(index.documents(ids).values()),
        incidents=(incident,),
        as_of=filters.as_of or None,
    )
    return with_policy(made, filters.policy)


def history_of(index: Index, incident: Incident, filters: Filters) -> tuple[Change, ...]:
    """What each day's statements changed under the literal policy."""
    members = index.claims(incident.claims)
    origins = {c: s.origin for c, s in members.items() if s.origin is not None}
    policies = [p for p in load_policies() if p.name == filters.policy]
    whole = index.find_incident(incident.id) or incident
    claims = {c: s.claim for c, s in members.items()}
    return find_history(whole, claims, origins, policies, until=filters.as_of or None)


def who_repeats_whom(index: Index, shown: list[Shown]) -> tuple[Telling, ...]:
    """Claims by origin, each with the documents that carry it, in order of publication."""
    documents = index.documents(s.claim.document for s in shown)
    by_origin = group([s for s in shown if s.origin], lambda s: s.origin.key if s.origin else "")
    found = []
    for same in by_origin.values():
        origin = same[0].origin
        told = {s.claim.document: documents[s.claim.document] for s in same}
        ordered = sorted(told.values(), key=lambda d: (instant_of(d.published_at), d.name))
        rows = tuple((d.id, d.title or d.name, d.published_at or "") for d in ordered)
        if origin is not None:
            found.append(Telling(label=origin.label, kind=origin.kind, documents=rows))
    return tuple(sorted(found, key=lambda t: (-len(t.documents), t.label)))


def draw_repeats(desk: Desk, index: Index, shown: list[Shown]) -> RepeatsChart | None:
    """The same as a drawing, copies joined to the report they carry."""
    documents = index.documents(s.claim.document for s in shown)
    origins = {s.claim.id: s.origin for s in shown if s.origin is not None}
    groups = {d.id: d.origin_group or d.id for d in documents.values()}
    often = Counter(groups.values())
    copies = [d for d in documents.values() if often[groups[d.id]] > 1][:MOST_COLUMNS]
    texts = {d.text_sha256: read_text(desk, d) for d in copies}
    found = find_repeats([s.claim for s in shown], documents, origins, groups, texts)
    return render_repeats(found, documents)


def is_held(index: Index, incident: Incident) -> bool:
    """Is there a standing decision to withhold it? For those who may see it all the same."""
    decisions = index.decisions_about([incident.id, *incident.redirects])
    return bool(find_releases(decisions).held)


def is_graphic(shown: list[Shown]) -> bool:
    """Words about the dead, sexual violence or burials are behind a warning first."""
    return any(s.claim.harm in ("killed", "sexual_violence", "mass_burial") for s in shown)


WAYS = (get("/incidents/{key}", "read", show_incident),)
