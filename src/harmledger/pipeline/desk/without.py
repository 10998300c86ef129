"""The ledger as those see it who may not see what is withheld."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from harmledger.core.decision import Decision
from harmledger.core.view import LedgerView
from harmledger.lexicon.policies import load_policies
from harmledger.pipeline.assemble import assemble_incidents
from harmledger.pipeline.edition import find_holdings
from harmledger.review import apply_decisions


def without_held(view: LedgerView, made_at: datetime) -> LedgerView | None:
    """The ledger as it would be without every document that tells of a withheld incident; None
    when nothing is withheld. Linked and counted again, so that no number, order or name rests
    on what is not there. Whole documents go: their texts would tell."""
    held = find_holdings(view, made_at).held
    if not held:
        return None
    hidden_incidents = [i for i in view.incidents if i.id in held]
    hidden = {d for i in hidden_incidents for d in i.documents}
    hidden |= {r.document for i in hidden_incidents for r in i.responses}
    gone = {i for incident in hidden_incidents for i in (incident.id, *incident.redirects)}
    gone |= hidden | {c.id for c in view.claims if c.document in hidden}
    return _assemble_without(view, hidden, gone)


def _assemble_without(view: LedgerView, hidden: set[str], gone: set[str]) -> LedgerView:
    documents = [d for d in view.documents if d.id not in hidden]
    groups = _regroup({d.id: d.origin_group or d.id for d in documents}, hidden)
    documents = [
        msgspec.structs.replace(
            d,
            origin_group=groups[d.id],
            supersedes=None if d.supersedes in hidden else d.supersedes,
        )
        for d in documents
    ]
    claims = tuple(c for c in view.claims if c.document not in hidden)
    decisions = _visible(view.decisions, gone)
    outdated = [c for c, what in view.standings.items() if what == "outdated"]
    effective = apply_decisions(claims, decisions, outdated)
    responses = tuple(r for r in view.responses if r.document not in hidden)
    made = assemble_incidents(
        documents,
        effective.live,
        responses,
        groups=groups,
        policies=load_policies(),
        judgements=effective.judgements,
        set_aside=effective.set_aside,
        grades=effective.grades,
        standings=effective.standings,
    )
    return msgspec.structs.replace(
        view,
        documents=tuple(documents),
        claims=claims,
        responses=responses,
        incidents=made.incidents,
        totals=made.totals,
        unresolved=tuple(u for u in view.unresolved if u.document not in hidden),
        numbers={d: n for d, n in view.numbers.items() if d not in hidden},
        decisions=decisions,
        standings=effective.standings,
        origins=made.origins,
    )


def _regroup(groups: dict[str, str], hidden: set[str]) -> dict[str, str]:
    """Groups named after a hidden document are named after the first that is shown."""
    names: dict[str, str] = {}
    for document, group in sorted(groups.items()):
        if group in hidden:
            names.setdefault(group, document)
    return {document: names.get(group, group) for document, group in groups.items()}


def _visible(decisions: Sequence[Decision], gone: set[str]) -> tuple[Decision, ...]:
    """Decisions that neither are about nor name anything that is gone, nor undo one that does."""
    kept = []
    gone = set(gone)
    for decision in decisions:
        value = decision.value or {}
        named = {*decision.about, *value.get("claims", ()), value.get("claim"), value.get("of")}
        if gone & named:
            gone.add(decision.id)
        else:
            kept.append(decision)
    return tuple(kept)
