"""Origins, policies, changes, what was not understood, decisions."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from harmledger.core.base import Value
from harmledger.index import Index
from harmledger.index.lists import (
    count_reasons,
    list_decisions,
    list_groups,
    list_unresolved,
    list_voices,
)
from harmledger.index.sums import count_by, count_incidents, sum_all
from harmledger.lexicon.policies import load_policies
from harmledger.publish.pages.lists import DecisionLine, find_subject
from harmledger.web.ask import CHOICES, Pages, filters_of, page_of, policy_names, shown_filters
from harmledger.web.asof import find_rows
from harmledger.web.frame import make_catalogue, render
from harmledger.web.guard import desk_of, field, visitor_of
from harmledger.web.sealing import SEALED, list_sealed_changes, seal_labels
from harmledger.web.ways import get, post

LIST_SIZE = 50
MOST_VOICES = 40


class Shared(Value, frozen=True, kw_only=True):
    """One report told by several documents."""

    group: str
    documents: tuple[tuple[str, str, str | None, str | None], ...]
    claims: int


def show_origins(request: Request) -> Response:
    """Who repeats whom over the whole record: reports that several documents carry."""
    desk, visitor = desk_of(request), visitor_of(request)
    index = desk.index_for(visitor)
    groups = list_groups(index)
    pages = Pages(page_of(request), len(groups), 20)
    rows = groups[pages.offset : pages.offset + pages.size]
    shared = [
        Shared(group=group, documents=_group_of(index, group), claims=claims)
        for group, _, claims in rows
    ]
    voices = list_voices(index, MOST_VOICES)
    claims = index.claims(claim for claim, *_ in voices)
    labels = seal_labels(claims.values(), desk, visitor)
    return render(
        request,
        "desk-origins.html.j2",
        shared=shared,
        voices=[(labels.get(claim, SEALED), *rest) for claim, _, *rest in voices],
        pages=pages,
    )


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


def show_how_to_read(request: Request) -> Response:
    meta = desk_of(request).index_for(visitor_of(request)).meta
    policies = tuple((p.name, p) for p in load_policies() if meta and p.name in meta.policies)
    return render(request, "how-to-read.html.j2", policies=policies)


WAYS = (
    get("/origins", "read", show_origins),
    get("/policies", "read", show_policies),
    get("/changes", "read", show_changes),
    post("/changes/seen", "read", keep_look),
    get("/unresolved", "read", show_unresolved),
    get("/decisions", "read", show_decisions),
    get("/how-to-read", "read", show_how_to_read),
)
