"""Putting one decision into an index at once: what it is about, counted again, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from harmledger.core.change import Change
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.incident import Incident, Origin
from harmledger.core.view import LedgerView, Standing
from harmledger.count import find_changes as compare_views
from harmledger.index import NOT_LIVE, Index, Patch, Shown, patch_index, tally_effects
from harmledger.link import propose_origins
from harmledger.pipeline.desk.news import keep_literal
from harmledger.pipeline.desk.recount import fill_incident, find_outdated
from harmledger.review import Effective, apply_decisions

ALONE = ("accept", "grade", "release", "retract")
"""Decisions that move no claim in or out of what counts, and join or part nothing."""


def patch_desk(
    index: Index,
    decision: Decision,
    claim: Claim | None,
    head: str,
    seq: int,
    *,
    is_next: bool = True,
) -> None:
    """Put one decision into an index: the claims it is about, and the incidents they stand in,
    counted again. What it joins or splits shows when the whole is made again.

    ``is_next``: the index knows everything before. A decision that changes neither what counts
    nor what belongs together then leaves it as if made whole again. For withholding see
    :func:`hide_incidents`; here it is only listed.
    """
    touched = _touched_claims(index, decision)
    if claim is not None:
        touched.append(claim.id)
    incidents, members = _gather(index, touched, claim)
    named = [i for i in _named_incidents(index, decision) if i not in {k.id for k in incidents}]
    for incident in index.incidents(named).values():
        incidents.append(incident)
        members |= index.claims(c for c in incident.claims if c not in members)
    ids = [r for i in incidents for r in (i.id, *i.redirects)]
    decisions = index.decisions_about([*members, *ids, decision.id])
    known = {d.id for d in decisions}
    decisions = decisions if decision.id in known else [*decisions, decision]
    told = (s.claim for s in members.values())
    effective = apply_decisions(told, decisions, find_outdated(members))
    live = {c.id: c for c in effective.live}
    counted = [_recount(i, members, live, effective) for i in incidents]
    homes = {c: i.id for i in counted for c in i.claims}
    effects = tally_effects(counted, live, effective.standings)
    shown = tuple(
        msgspec.structs.replace(
            member,
            standing=effective.standings.get(c, "proposed"),
            incident=homes.get(c, member.incident),
            effect=effects.get(c, 0),
        )
        for c, member in members.items()
    )
    news = _compare_patched(index, incidents, counted, members, effective, decision)
    patch = Patch(
        decision=decision,
        changes=tuple((decision.at, head, change) for change in news),
        claims=shown,
        incidents=tuple(counted),
        claims_of={c: s.claim for c, s in members.items()},
        decided=frozenset(effective.standings),
        head=head,
        seq=seq,
        is_whole=is_next and _is_whole(index, decision, members, live),
    )
    index.take_in(patch_index(index.path, patch))


def _is_whole(
    index: Index, decision: Decision, members: Mapping[str, Shown], live: Mapping[str, Claim]
) -> bool:
    """Would linking and counting everything again give what was patched?"""
    taken = _withdrawn(index, decision.about) if decision.action == "withdraw" else [decision]
    counted = {c for c, s in members.items() if s.standing not in NOT_LIVE}
    return all(d.action in ALONE for d in taken) and counted == live.keys()


def _compare_patched(
    index: Index,
    before: Sequence[Incident],
    after: Sequence[Incident],
    members: Mapping[str, Shown],
    done: Effective,
    decision: Decision,
) -> tuple[Change, ...]:
    """What one decision changed in the incidents it touched."""
    was: dict[str, Standing] = {
        c: s.standing for c, s in members.items() if s.standing != "proposed"
    }
    view = LedgerView(
        documents=(),
        claims=tuple(s.claim for s in members.values()),
        responses=(),
        incidents=tuple(before),
        totals=(),
        unresolved=(),
        numbers={},
        decisions=(),
        standings=was,
        origins={c: s.origin for c, s in members.items() if s.origin is not None},
        policies=(),
    )
    now = msgspec.structs.replace(
        view, incidents=tuple(after), decisions=(decision,), standings=done.standings
    )
    return compare_views(keep_literal(view), keep_literal(now))


def _touched_claims(index: Index, decision: Decision) -> list[str]:
    """The claims a decision is about; of a withdrawal, those the withdrawn one is about."""
    about = list(decision.about)
    if decision.action == "withdraw":
        for earlier in _withdrawn(index, decision.about):
            value = earlier.value or {}
            about += [*earlier.about, *([value["claim"]] if "claim" in value else [])]
    return [i for i in about if i.startswith("clm_")]


def _named_incidents(index: Index, decision: Decision) -> list[str]:
    """The incidents a decision is about by name (grades), or that a withdrawn one was about."""
    about = list(decision.about)
    if decision.action == "withdraw":
        about += [i for earlier in _withdrawn(index, decision.about) for i in earlier.about]
    return [i for i in about if i.startswith("inc_")]


def _withdrawn(index: Index, ids: Sequence[str]) -> list[Decision]:
    marks = ", ".join("?" * len(ids))
    return index.bodies(f"SELECT body FROM decisions WHERE id IN ({marks})", tuple(ids), Decision)


def _gather(
    index: Index, touched: Iterable[str], new: Claim | None
) -> tuple[list[Incident], dict[str, Shown]]:
    """The incidents these claims stand in and every claim of those."""
    found = index.claims(touched)
    if new is not None and new.id not in found:
        found[new.id] = _show_new(index, new, found.get(new.replaces or ""))
    if new is not None and new.replaces:
        found |= {c: s for c, s in index.claims([new.replaces]).items() if c not in found}
    replaced = [s.claim.replaces for s in found.values() if s.claim.replaces]
    found |= {c: s for c, s in index.claims(replaced).items() if c not in found}
    homes = dict.fromkeys(s.incident for s in found.values() if s.incident)
    incidents = list(index.incidents(homes).values())
    members = index.claims(c for i in incidents for c in i.claims)
    return incidents, {**members, **{c: s for c, s in found.items() if c not in members}}


def _show_new(index: Index, claim: Claim, replaced: Shown | None) -> Shown:
    """A person's claim takes the place of the one it amends; its speaker may be another."""
    document = index.find_document(claim.document)
    origin: Origin | None = None
    if document is not None:
        group = document.origin_group or document.id
        origin = propose_origins((claim,), (document,), {document.id: group}).get(claim.id)
    return Shown(
        claim=claim,
        standing="accepted",
        origin=origin or (replaced.origin if replaced else None),
        incident=replaced.incident if replaced else None,
        number=1 + max((s.number for s in index.claims_of(claim.document)), default=0),
    )


def _recount(
    incident: Incident, members: Mapping[str, Shown], live: Mapping[str, Claim], done: Effective
) -> Incident:
    inside = [
        c
        for c, s in members.items()
        if c in live and (s.incident == incident.id or c in incident.claims)
    ]
    told = {members[c].claim.document for c in inside}
    documents = [d for d in incident.documents if d in told]
    documents += sorted(told - set(documents))
    kept = msgspec.structs.replace(incident, claims=tuple(inside), documents=tuple(documents))
    counted = fill_incident(kept, live, members, done, None, None)
    reviewed = bool(inside) and all(c in done.standings for c in inside)
    status = "reviewed" if reviewed else "proposed"
    if incident.status == "released":
        status = "released"
    return msgspec.structs.replace(counted, status=status)


def hide_incidents(whole: Index, shown: Index, held: Iterable[str], head: str, seq: int) -> None:
    """Take incidents and every document that tells of them out of the open index at once. The
    totals go until they are counted again: a remainder would tell by subtraction."""
    incidents = whole.incidents(held).values()
    documents = {d for i in incidents for d in i.documents}
    documents |= {r.document for i in incidents for r in i.responses}
    beside = shown.rows(
        "SELECT DISTINCT incident FROM claims WHERE incident IS NOT NULL AND document IN"
        f" ({', '.join('?' * len(documents))})",
        tuple(documents),
    )
    gone = {i.id for i in incidents} | {row[0] for row in beside}
    patch = Patch(
        gone_incidents=tuple(sorted(gone)),
        gone_documents=tuple(sorted(documents)),
        drop_totals=True,
        head=head,
        seq=seq,
    )
    shown.take_in(patch_index(shown.path, patch))
