"""What changed between the index that was and the one to be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from heapq import nlargest
from itertools import count
from pathlib import Path

import msgspec

from harmledger.core.change import Change
from harmledger.core.decision import Decision
from harmledger.core.incident import Incident
from harmledger.core.view import LedgerView
from harmledger.count import iter_changes
from harmledger.index import Index, find_meta, open_index
from harmledger.lexicon.policies import load_policies

KEPT = 20_000
"""Changes an index tells of; older ones are forgotten."""
Dated = tuple[str, str, Change]
"""When first seen, the log's head then, and what changed."""


def find_news(path: Path, view: LedgerView, made_at: datetime) -> list[Dated]:
    """What the index at ``path`` already tells as changed, and what ``view`` adds to it, the
    oldest first. Without an earlier index, everything is new on the day it was captured."""
    head = view.head or ""
    if find_meta(path) is None:
        first = iter_changes(keep_literal(_empty(view)), keep_literal(view))
        numbered = ((c.at or made_at.isoformat(), n, c) for n, c in zip(count(), first))
        newest = nlargest(KEPT, numbered, key=lambda row: row[:2])
        return [(at, head, change) for at, _, change in reversed(newest)]
    index = open_index(path)
    try:
        known = index.rows("SELECT seen_at, head, body FROM changes ORDER BY n")
        before = _view_of(index, view)
    finally:
        index.close()
    kept = [(at, was, msgspec.json.decode(body, type=Change)) for at, was, body in known]
    fresh = iter_changes(before, keep_literal(view))
    return [*kept, *((made_at.isoformat(), head, change) for change in fresh)][-KEPT:]


def _empty(view: LedgerView) -> LedgerView:
    return msgspec.structs.replace(
        view, documents=(), claims=(), responses=(), incidents=(), decisions=(), standings={}
    )


def keep_literal(view: LedgerView) -> LedgerView:
    """Readings of the first policy alone, so that one new figure is one change."""
    name = load_policies()[0].name
    incidents = tuple(_literal(i, name) for i in view.incidents)
    return msgspec.structs.replace(view, incidents=incidents)


def _literal(incident: Incident, policy: str) -> Incident:
    return msgspec.structs.replace(
        incident, readings=tuple(r for r in incident.readings if r.policy == policy)
    )


def _view_of(index: Index, view: LedgerView) -> LedgerView:
    """The view an index was made from, as far as comparing needs it. What people decided in the
    meantime was patched into it, so decisions are taken as the index knew them when whole."""
    here = {claim.id for claim in view.claims}
    rows = index.rows("SELECT id, standing FROM claims")
    gone = index.claims(claim for claim, _ in rows if claim not in here)
    return msgspec.structs.replace(
        _empty(view),
        claims=tuple(shown.claim for shown in gone.values()),
        standings={claim: standing for claim, standing in rows if standing != "proposed"},
        incidents=tuple(_iter_known(index)),
        decisions=tuple(index.bodies("SELECT body FROM decisions ORDER BY n", (), Decision)),
    )


def _iter_known(index: Index) -> Iterator[Incident]:
    """Incidents as they were, without what is not compared."""
    name = load_policies()[0].name
    for (body,) in index.db.execute("SELECT body FROM bodies ORDER BY n"):
        incident = msgspec.json.decode(body, type=Incident)
        yield msgspec.structs.replace(_literal(incident, name), links=())
