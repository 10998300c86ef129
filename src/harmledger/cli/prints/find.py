"""From what a person typed to what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from harmledger.cli.prints.claim import ShownClaim
from harmledger.cli.prints.document import ShownDocument
from harmledger.cli.prints.incident import ShownIncident
from harmledger.cli.prints.listing import ShownDecision, ShownList
from harmledger.core.claim import UNCOUNTED, Claim
from harmledger.core.document import Document
from harmledger.core.errors import WrongUsage
from harmledger.core.incident import Incident
from harmledger.core.instant import find_instant
from harmledger.core.repeats import Repeats
from harmledger.core.view import LedgerView
from harmledger.ledger import Records
from harmledger.link import find_repeats
from harmledger.pipeline.held import find_held_back
from harmledger.pipeline.versions import find_version_change

if TYPE_CHECKING:
    from rich.console import Console


class Shown(Protocol):
    """Something that prints for people and renders for programs."""

    def render(self) -> dict[str, Any]: ...

    def print_to(self, console: Console) -> None: ...


def find_shown(view: LedgerView, records: Records, what: str | None) -> Shown:
    """The claim, incident, decision or document called ``what``; a list when it is None.

    Raises:
        WrongUsage: nothing is called that.
    """
    if what is None:
        return ShownList(view=view, held=find_held_back(view))
    for incident in view.incidents:
        if what in (incident.id, incident.code, *incident.redirects):
            return _show_incident(view, records, incident)
    known = records.find_claim(what)
    if known is not None:
        return _show_claim(view, records, known.claim, known.entry)
    decision = next((d for d in view.decisions if d.id == what), None)
    if decision is not None:
        return ShownDecision(decision=decision)
    document = records.find_document(what)
    if document is None:
        raise WrongUsage(
            f"nothing here is called {what!r}: no claim, incident, decision or document. "
            "`harmledger show` without an id lists what there is."
        )
    return _show_document(view, records, document)


def _show_incident(view: LedgerView, records: Records, incident: Incident) -> ShownIncident:
    claims = {c.id: c for c in view.claims}
    told = sorted((claims[c] for c in incident.claims if c in claims), key=_order)
    return ShownIncident(
        incident=incident,
        claims=tuple(told),
        standings=view.standings,
        repeats=_find_repeats(view, records, told),
        held=find_held_back(view).get(incident.id),
    )


def _find_repeats(view: LedgerView, records: Records, told: Sequence[Claim]) -> Repeats:
    """Over what is asserted: who denies or fears a harm is no origin of it."""
    claims = [c for c in told if c.stance == "asserts" and c.modality not in UNCOUNTED]
    wanted = {c.document for c in claims}
    documents = {d.id: d for d in view.documents if d.id in wanted}
    groups = {d.id: d.origin_group or d.id for d in documents.values()}
    return find_repeats(claims, documents, view.origins, groups, records.texts)


def _order(claim: Claim) -> tuple[str, str, int, str]:
    said = find_instant(claim.said_at.at)
    return (said[0].isoformat() if said else "", claim.document_name, claim.span.start, claim.id)


def _show_claim(view: LedgerView, records: Records, claim: Claim, entry: int) -> ShownClaim:
    document = records.find_document(claim.document)
    if document is None:
        raise WrongUsage(f"{claim.id} names a document that is not here; run `harmledger verify`.")
    return ShownClaim(
        claim=claim,
        document=document,
        text=records.text(claim.text_sha256),
        standing=view.standings.get(claim.id, "proposed"),
        incidents=tuple(i.code for i in view.incidents if claim.id in i.claims),
        decisions=tuple(d for d in view.decisions if claim.id in d.about),
        entry=entry,
    )


def _show_document(view: LedgerView, records: Records, document: Document) -> ShownDocument:
    here = document.id
    claims = [c for c in view.claims if c.document == here]
    whole = next((d for d in view.documents if d.id == here), document)
    return ShownDocument(
        document=msgspec.structs.replace(whole, captures=document.captures),
        text=records.text(document.text_sha256),
        claims=tuple(sorted(claims, key=lambda c: (c.span.start, c.span.end, c.id))),
        standings=view.standings,
        responses=tuple(r for r in view.responses if r.document == here),
        unresolved=tuple(u for u in view.unresolved if u.document == here),
        numbers=view.numbers.get(here, ()),
        change=find_version_change(records, document),
    )
