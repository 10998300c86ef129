"""The desk's index, made from the ledger: whole in the background, and decision by decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import cast

import msgspec

from harmledger.core.change import Change
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.incident import Grade, Incident, Origin
from harmledger.core.view import LedgerView, Standing
from harmledger.count import fill_incident
from harmledger.count import find_changes as compare_views
from harmledger.index import (
    Index,
    Patch,
    Shown,
    find_meta,
    open_index,
    patch_index,
    tally_effects,
    write_index,
)
from harmledger.ledger import Ledger, SealOpener, open_ledger
from harmledger.ledger.project import find_gapped, open_entry
from harmledger.ledger.sealed import find_seal
from harmledger.lexicon.policies import Policy, load_policies
from harmledger.link import propose_origins
from harmledger.pipeline.assemble import assemble_incidents
from harmledger.pipeline.edition import find_holdings
from harmledger.pipeline.view import view_records
from harmledger.review import Effective, GradeDecision, apply_decisions

WHOLE, OPEN = "desk.sqlite", "desk-open.sqlite"
"""The index of everything, and the one made without what is withheld."""


def write_desk(
    place: Path | str, folder: Path, made_at: datetime, seal: SealOpener = find_seal
) -> None:
    """Make the indexes of the ledger at ``place`` in ``folder``; safe while others read or write.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open_ledger(place, seal=seal) as ledger, ledger.records() as records:
        view = view_records(records, None, load_policies())
        seq = records.head().seq
        shown = without_held(view, made_at)
        for name, face in ((WHOLE, view), (OPEN, shown)):
            if face is None:
                (folder / name).unlink(missing_ok=True)
                continue
            news = _find_news(folder / name, face, made_at)
            write_index(
                folder / name,
                face,
                records.text,
                seq=seq,
                made_at=made_at.isoformat(),
                face="whole" if name == WHOLE else "open",
                changes=news,
            )


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


def _find_news(path: Path, view: LedgerView, made_at: datetime) -> list[tuple[str, str, Change]]:
    """What the index at ``path`` already tells as changed, and what ``view`` adds to it. Without
    an earlier index, everything is new on the day it was captured."""
    head = view.head or ""
    if find_meta(path) is None:
        found = compare_views(_literal(_empty(view)), _literal(view))
        dated = [(c.at or made_at.isoformat(), head, c) for c in found]
        return sorted(dated, key=lambda row: row[0])
    index = open_index(path)
    try:
        known = index.rows("SELECT seen_at, head, body FROM changes ORDER BY n")
        before = _view_of(index, view)
    finally:
        index.close()
    kept = [(at, was, msgspec.json.decode(body, type=Change)) for at, was, body in known]
    fresh = compare_views(_literal(before), _literal(view))
    return [*kept, *((made_at.isoformat(), head, change) for change in fresh)]


def _empty(view: LedgerView) -> LedgerView:
    return msgspec.structs.replace(
        view, documents=(), claims=(), responses=(), incidents=(), decisions=(), standings={}
    )


def _literal(view: LedgerView) -> LedgerView:
    """Readings of the first policy alone, so that one new figure is one change."""
    name = load_policies()[0].name
    incidents = tuple(
        msgspec.structs.replace(i, readings=tuple(r for r in i.readings if r.policy == name))
        for i in view.incidents
    )
    return msgspec.structs.replace(view, incidents=incidents)


def _view_of(index: Index, view: LedgerView) -> LedgerView:
    """The view an index was made from, as far as comparing needs it. What people decided in the
    meantime was patched into it, so decisions are taken as the index knew them when whole."""
    claims = index.shown("SELECT body, standing, NULL, incident, 0, 0 FROM claims", ())
    return msgspec.structs.replace(
        _empty(view),
        documents=(),
        claims=tuple(shown.claim for shown in claims),
        standings={s.claim.id: s.standing for s in claims if s.standing != "proposed"},
        incidents=tuple(index.bodies("SELECT body FROM bodies ORDER BY n", (), Incident)),
        decisions=tuple(index.bodies("SELECT body FROM decisions ORDER BY n", (), Decision)),
    )


def recount_incident(
    index: Index,
    incident: Incident,
    *,
    policies: Sequence[Policy] | None = None,
    as_of: str | None = None,
) -> Incident:
    """The readings of one incident as of a day, from the claims the index holds.

    Raises:
        ValueError: ``as_of`` is no ISO date.
    """
    members = index.claims(incident.claims)
    decisions = index.decisions_about([incident.id, *incident.redirects, *incident.claims])
    effective = apply_decisions((s.claim for s in members.values()), decisions, _outdated(members))
    known = {c: s.claim for c, s in members.items()} | {c.id: c for c in effective.live}
    return _fill(incident, known, members, effective, policies, as_of)


def _fill(
    incident: Incident,
    claims: Mapping[str, Claim],
    members: Mapping[str, Shown],
    effective: Effective,
    policies: Sequence[Policy] | None,
    as_of: str | None,
) -> Incident:
    origins = {c: s.origin for c, s in members.items() if s.origin is not None}
    return fill_incident(
        incident,
        claims,
        origins,
        policies=load_policies() if policies is None else policies,
        as_of=as_of,
        set_aside=effective.set_aside,
        decided=_find_grade(incident, effective.grades),
    )


def _find_grade(incident: Incident, grades: Sequence[GradeDecision]) -> tuple[Grade, str] | None:
    """The latest grade a person gave this incident, under this id or one joined into it."""
    ids = {incident.id, *incident.redirects}
    given = [g for g in grades if g.incident in ids]
    last = given[-1] if given else None
    return (cast("Grade", last.grade), f"{last.reason} ({last.by})") if last else None


def patch_desk(index: Index, decision: Decision, claim: Claim | None, head: str, seq: int) -> None:
    """Put one decision into an index: the claims it is about, and the incidents they stand in,
    counted again. What it joins or splits shows when the whole is made again.

    For withholding see :func:`hide_incidents`; here it is only listed.
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
    effective = apply_decisions((s.claim for s in members.values()), decisions, _outdated(members))
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
    patch_index(
        index.path,
        Patch(
            decision=decision,
            changes=tuple((decision.at, head, change) for change in news),
            claims=shown,
            incidents=tuple(counted),
            claims_of={c: s.claim for c, s in members.items()},
            decided=frozenset(effective.standings),
            head=head,
            seq=seq,
        ),
    )
    index.refresh_meta()


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
    return compare_views(_literal(view), _literal(now))


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
    documents = dict.fromkeys(members[c].claim.document for c in inside)
    kept = msgspec.structs.replace(incident, claims=tuple(inside), documents=tuple(documents))
    counted = _fill(kept, live, members, done, None, None)
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
    patch_index(shown.path, patch)
    shown.refresh_meta()


def _outdated(members: Mapping[str, Shown]) -> frozenset[str]:
    return frozenset(c for c, s in members.items() if s.standing == "outdated")


def iter_decided(ledger: Ledger, after: int) -> list[tuple[int, str, str, Decision, Claim | None]]:
    """(seq, hash, kind, decision, claim) of decisions written after entry ``after``; other
    entries are left out."""
    found = []
    with ledger.records() as records:
        seal = records.store.seal
        gapped = find_gapped(records, seal)
        for entry in records.iter_entries(after):
            if entry.kind != "decision":
                continue
            body = open_entry(entry, seal, gapped).body
            claim = body.get("claim")
            found.append(
                (
                    entry.seq,
                    entry.hash,
                    entry.kind,
                    msgspec.convert(body["decision"], Decision),
                    msgspec.convert(claim, Claim) if claim else None,
                )
            )
    return found
