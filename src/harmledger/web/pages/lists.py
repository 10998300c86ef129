"""Totals, origins, policies, changes, what was not understood, decisions, search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from harmledger.core.base import Value
from harmledger.core.incident import Incident, Total
from harmledger.index import Index
from harmledger.index.lists import (
    count_reasons,
    list_decisions,
    list_groups,
    list_unresolved,
    list_voices,
)
from harmledger.index.search import SEARCHED, Hit, search
from harmledger.index.sums import count_by, count_incidents, sum_all
from harmledger.lexicon.policies import load_policies
from harmledger.publish.catalogue import Catalogue
from harmledger.publish.charts import Axis, Bar, build_axis, render_range
from harmledger.publish.pages.frame import find_claim
from harmledger.publish.pages.lists import DecisionLine, Said, TotalLine, find_subject
from harmledger.web.ask import CHOICES, Pages, filters_of, page_of, policy_names, shown_filters
from harmledger.web.asof import find_rows
from harmledger.web.frame import make_catalogue, render
from harmledger.web.guard import desk_of, field, visitor_of
from harmledger.web.sealing import list_sealed_changes, seal_label, seal_shown
from harmledger.web.ways import get, post

LIST_SIZE = 50
TOTALS_SIZE = 20
MOST_VOICES = 40
AROUND = 90
"""Letters shown on both sides of what a search found."""


class Band(Value, frozen=True, kw_only=True):
    """A total, its incidents and what is left of it, as bars on one axis. ``remainder`` is None
    where it is not known, or falls below zero and cannot be drawn."""

    total: Bar
    incidents: Bar | None
    remainder: Bar | None
    axis: Axis


class Shared(Value, frozen=True, kw_only=True):
    """One report told by several documents."""

    group: str
    documents: tuple[tuple[str, str, str | None, str | None], ...]
    claims: int


class Found(Value, frozen=True, kw_only=True):
    """A hit with its words around what was looked for."""

    href: str
    title: str
    at: str | None
    before: str
    match: str
    after: str


def show_totals(request: Request) -> Response:
    desk, visitor = desk_of(request), visitor_of(request)
    index = desk.index_for(visitor)
    pages = Pages(page_of(request), index.count("totals"), TOTALS_SIZE)
    totals = [
        msgspec.structs.replace(t, speaker=seal_label(t.speaker))
        for t in index.totals(pages.size, pages.offset)
    ]
    shown = index.claims(p.claim for t in totals for p in t.series)
    sealed = [seal_shown(s, desk, visitor) for s in shown.values()]
    inside = index.incidents(i for t in totals for i in t.incidents)
    catalogue = make_catalogue(index, sealed, incidents=tuple(inside.values()))
    return render(
        request,
        "desk-totals.html.j2",
        catalogue=catalogue,
        totals=[(total_line(catalogue, t, inside), draw_band(t)) for t in totals],
        pages=pages,
    )


def total_line(catalogue: Catalogue, total: Total, inside: dict[str, Incident]) -> TotalLine:
    return TotalLine(
        total=total,
        said=tuple(Said(point=p, claim=find_claim(catalogue, p.claim)) for p in total.series),
        incidents=tuple(inside[i] for i in total.incidents if i in inside),
    )


def draw_band(total: Total) -> Band | None:
    """The latest statement above the sum of the incidents inside it."""
    if not total.series:
        return None
    last = total.series[-1]
    values = (last.low, last.high, total.incident_low, total.incident_high)
    axis = build_axis([v for v in values if v is not None])
    inside = None
    if total.incident_low is not None:
        inside = render_range(axis, total.incident_low, total.incident_high)
    low, high = total.remainder_low, total.remainder_high
    known = inside is not None and (low is not None or high is not None)
    drawn = known and min(v for v in (low, high) if v is not None) >= 0
    return Band(
        total=render_range(axis, last.low, last.high),
        incidents=inside,
        remainder=render_range(axis, low, high) if drawn else None,
        axis=axis,
    )


def show_origins(request: Request) -> Response:
    """Who repeats whom over the whole record: reports that several documents carry."""
    index = desk_of(request).index_for(visitor_of(request))
    groups = list_groups(index)
    pages = Pages(page_of(request), len(groups), 20)
    rows = groups[pages.offset : pages.offset + pages.size]
    shared = [
        Shared(group=group, documents=_group_of(index, group), claims=claims)
        for group, _, claims in rows
    ]
    voices = list_voices(index, MOST_VOICES)
    return render(
        request, "desk-origins.html.j2", shared=shared, voices=_seal_labels(voices), pages=pages
    )


def _seal_labels(rows: Sequence[tuple[str, int, int, int]]) -> list[tuple[str, int, int, int]]:
    return [(seal_label(label), *rest) for label, *rest in rows]  # type: ignore[misc]


def _group_of(index: Index, group: str) -> tuple[tuple[str, str, str | None, str | None], ...]:
    query = """SELECT id, title, source, published_at FROM documents WHERE origin_group = ?
        ORDER BY published_at IS NULL, published_at, n LIMIT 30"""
    return tuple((i, t, s, p) for i, t, s, p in index.rows(query, (group,)))


def show_policies(request: Request) -> Response:
    """The rules in force, their sources, and the same incidents under each."""
    index = desk_of(request).index_for(visitor_of(request))
    filters = filters_of(request)
    harm = filters.harm or "killed"
    rows = []
    for policy in load_policies():
        own = msgspec.structs.replace(filters, policy=policy.name, harm="")
        total = sum_all(index, own, harm, find_rows(index, own, harm))
        best = total.best if total else None
        rows.append((policy, total, best, harm in policy.covers.harms))
    return render(
        request,
        "desk-policies.html.j2",
        filters=filters,
        known=shown_filters(filters),
        choices=CHOICES,
        policy_names=policy_names(),
        harm=harm,
        rows=rows,
        incidents=count_incidents(index, filters),
        grades=count_by(index, filters, "grade"),
    )


def show_changes(request: Request) -> Response:
    """What changed since the visitor last looked, and everything before."""
    desk, visitor = desk_of(request), visitor_of(request)
    index = desk.index_for(visitor)
    since = desk.people.last_look(visitor.name or "alone")
    pages = Pages(page_of(request), index.count("changes"), LIST_SIZE)
    return render(
        request,
        "desk-changes.html.j2",
        changes=list_sealed_changes(index, desk, visitor, pages.size, pages.offset),
        pages=pages,
        since=since,
    )


def keep_look(request: Request) -> Response:
    desk, visitor = desk_of(request), visitor_of(request)
    desk.people.keep_look(visitor.name or "alone", datetime.now(UTC).isoformat())
    return RedirectResponse(field(request, "back") or "/changes", 303)


def show_unresolved(request: Request) -> Response:
    index = desk_of(request).index_for(visitor_of(request))
    reason = request.query_params.get("reason", "")[:60]
    reasons = count_reasons(index)
    total = sum(n for r, n in reasons if not reason or r == reason)
    pages = Pages(page_of(request), total, LIST_SIZE)
    return render(
        request,
        "desk-unresolved.html.j2",
        rows=list_unresolved(index, reason, pages.size, pages.offset),
        reasons=reasons,
        reason_asked=reason,
        pages=pages,
        known={"reason": reason} if reason else {},
    )


def show_decisions(request: Request) -> Response:
    index = desk_of(request).index_for(visitor_of(request))
    pages = Pages(page_of(request), index.count("decisions"), LIST_SIZE)
    decisions = list_decisions(index, pages.size, pages.offset)
    about = [a for d in decisions for a in d.about]
    incidents = tuple(index.incidents(a for a in about if a.startswith("inc_")).values())
    catalogue = make_catalogue(index, index.claims(about).values(), incidents=incidents)
    lines = [
        DecisionLine(decision=d, about=tuple(find_subject(catalogue, a) for a in d.about))
        for d in decisions
    ]
    return render(
        request, "desk-decisions.html.j2", catalogue=catalogue, decided=lines, pages=pages
    )


def show_search(request: Request) -> Response:
    """Texts, claims and places in any script, each kind on its own."""
    index = desk_of(request).index_for(visitor_of(request))
    said = request.query_params.get("q", "").strip().replace("\0", "")[:200]
    found: list[tuple[str, str, list[Found], int]] = []
    if said:
        for kind, title in (
            ("incident", "Incidents"),
            ("claim", "Claims"),
            ("document", "Documents"),
        ):
            hits, total = search(index, said, kind, 10)
            found.append((kind, title, [place_hit(index, h, said) for h in hits], total))
    return render(request, "desk-search.html.j2", said=said, found=found, most=SEARCHED)


def place_hit(index: Index, hit: Hit, said: str) -> Found:
    """Where a hit leads, and the words around it."""
    words = hit.words.partition("\n")[2] or hit.words if hit.kind == "document" else hit.words
    before, match, after = cut_around(words, said)
    if hit.kind == "claim":
        shown = index.find_claim(hit.ref)
        href = f"/documents/{shown.claim.document}#{hit.ref}" if shown else "/"
        title = f"{shown.claim.harm.replace('_', ' ')}" if shown else hit.ref
    elif hit.kind == "incident":
        incident = index.find_incident(hit.ref)
        href, title = f"/incidents/{hit.ref}", incident.title if incident else hit.ref
    else:
        href, title = f"/documents/{hit.ref}", hit.words.partition("\n")[0]
    return Found(href=href, title=title, at=hit.at, before=before, match=match, after=after)


def cut_around(words: str, said: str) -> tuple[str, str, str]:
    """The first place where any word looked for stands, with what is around it."""
    wanted = [w.strip('"') for w in (said, *said.split()) if w.strip('"')]
    for word in wanted:
        at = words.casefold().find(word.casefold())
        if at >= 0 and len(words.casefold()) == len(words):
            end = at + len(word)
            return words[max(0, at - AROUND) : at], words[at:end], words[end : end + AROUND]
    return words[: 2 * AROUND], "", ""


def show_how_to_read(request: Request) -> Response:
    meta = desk_of(request).index_for(visitor_of(request)).meta
    policies = tuple((p.name, p) for p in load_policies() if meta and p.name in meta.policies)
    return render(request, "how-to-read.html.j2", policies=policies)


WAYS = (
    get("/totals", "read", show_totals),
    get("/origins", "read", show_origins),
    get("/policies", "read", show_policies),
    get("/changes", "read", show_changes),
    post("/changes/seen", "read", keep_look),
    get("/unresolved", "read", show_unresolved),
    get("/decisions", "read", show_decisions),
    get("/search", "read", show_search),
    get("/how-to-read", "read", show_how_to_read),
)
