"""Writing a person's decision: to the log first, into the indexes at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from fastapi import Request

from harmledger.core.decision import Decision
from harmledger.core.errors import LedgerRefused
from harmledger.index import Index
from harmledger.ledger import Effect, Records
from harmledger.pipeline.decide import find_showing_effect
from harmledger.review import SHOWING, Decided, Known, Signature
from harmledger.web.guard import RefusedError, desk_of, visitor_of

Build = Callable[[Records, Signature], Decided]


def write_decided(request: Request, reason: str, build: Build) -> Decision:
    """Take a decision in the visitor's name and write it; every page shows it afterwards.

    ``build`` gets what is known while nobody else can write.

    Raises:
        RefusedError: nobody said who decides.
        LedgerRefused: there is no reason, or the record cannot take it.
        LedgerBusy: another process kept writing.
    """
    desk, visitor = desk_of(request), visitor_of(request)
    if not visitor.name:
        raise RefusedError(409, "say first who decides: your name stays in the record. See /name.")
    index = desk.index_for(visitor)

    def make(records: Records, prev: str) -> tuple[Decided, Effect]:
        at = datetime.now(UTC).isoformat()
        decided = build(records, Signature(by=visitor.name, reason=reason, at=at, prev=prev))
        if decided.decision.action in SHOWING:
            return decided, find_showing_effect(records.decisions(), decided.decision)
        return decided, find_effect(index, decided.decision)

    decision = desk.write(make)
    desk.take_in()
    return decision


def find_effect(index: Index, decision: Decision) -> Effect:
    """What stood before, and which policies were in force."""
    claims = index.claims(i for i in decision.about if i.startswith("clm_"))
    before = {c: s.standing for c, s in claims.items()}
    policies = index.meta.policies if index.meta else ()
    after = dict.fromkeys(before, decision.action)
    return Effect(before=before or None, after=after or None, policy=policies)


def find_known(
    request: Request, records: Records, claims: Iterable[str] = (), decisions: Iterable[str] = ()
) -> Known:
    """What a decision may be about: only what this visitor can see here."""
    index = desk_of(request).index_for(visitor_of(request))
    seen = index.claims(claims)
    found = {c: known.claim for c in seen if (known := records.find_claim(c)) is not None}
    wanted = set(decisions)
    taken = {d.id: d for d in records.decisions()} if wanted else {}
    hidden = {d for d in wanted if not index.value("SELECT 1 FROM decisions WHERE id = ?", (d,))}
    return Known(claims=found, decisions={i: d for i, d in taken.items() if i not in hidden})


def find_known_incident(request: Request, incident: str) -> Known:
    """The incident with its claims, if this visitor can see it."""
    index = desk_of(request).index_for(visitor_of(request))
    found = index.find_incident(incident)
    return Known(incidents={} if found is None else {found.id: found.claims})


def parse_changes(form: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an amendment by dotted name; a field left as it was is not in it.

    Every input has a hidden twin ``was.FIELD``. Raises LedgerRefused for what is no number.
    """
    changes: dict[str, Any] = {}
    for name, value in form.items():
        if not name.startswith("set.") or not isinstance(value, str):
            continue
        field = name.removeprefix("set.")
        if value.strip() == str(form.get(f"was.{field}", "")).strip():
            continue
        changes[field] = parse_value(field, value.strip())
    return changes


def parse_value(field: str, value: str) -> str | int | None:
    """A bound is a whole number or empty; anything else is the word it is."""
    if field not in ("quantity.low", "quantity.high"):
        return value or None
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise LedgerRefused(f"{value!r} is no whole number. Leave the bound empty for none.")
    return int(value)
