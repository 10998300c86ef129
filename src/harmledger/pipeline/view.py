"""What the ledger says at one moment, from the record to the one value everything is shown from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from harmledger.core.decision import Decision
from harmledger.core.document import Document
from harmledger.core.view import LedgerView
from harmledger.index import tally_effects
from harmledger.ledger import KnownClaim, Ledger, Records
from harmledger.lexicon.policies import Policy, load_policies
from harmledger.link import propose_origin_groups
from harmledger.pipeline.assemble import assemble_incidents
from harmledger.review import QueueLine, apply_decisions, propose_queue


def view_ledger(
    ledger: Ledger, as_of: str | None = None, policies: Sequence[Policy] | None = None
) -> LedgerView:
    """Everything an export or a page shows: equal for equal records, whatever order they came in.

    ``policies``: every policy shipped when left out. ``as_of``: ISO date; readings, grades,
    answers and totals as of the end of that day, UTC (R5).

    Raises:
        ValueError: ``as_of`` is no ISO date.
        LedgerDamaged: a text the record names is not in the store.
    """
    with ledger.records() as records:
        return view_records(records, as_of, load_policies() if policies is None else policies)


def view_queue(ledger: Ledger, coder: str | None = None) -> tuple[QueueLine, ...]:
    """What to ask a person next, what moves a published range furthest first.

    ``coder``: blind: as if this person's were the only decisions, so that two people can decide
    about the same claims without seeing each other's answers.
    """
    with ledger.records() as records:
        taken = records.decisions()
        if coder is not None:
            taken = tuple(d for d in taken if d.by == coder)
        view = view_records(records, None, load_policies()[:1], taken)
        outdated = frozenset(k.claim.id for k in records.iter_claims() if not k.current)
    by_id = {claim.id: claim for claim in view.claims}
    return propose_queue(
        view.claims,
        view.standings,
        view.incidents,
        view.unresolved,
        view.decisions,
        outdated,
        tally_effects(view.incidents, by_id, view.standings),
    )


def view_records(
    records: Records,
    as_of: str | None,
    policies: Sequence[Policy],
    decisions: Sequence[Decision] | None = None,
    *,
    group: Callable[[Sequence[Document]], dict[str, str]] | None = None,
) -> LedgerView:
    """:func:`view_ledger` of one moment of the record; ``decisions``: all of them when left out.
    ``group``: which documents carry one report, where that is known; else their texts are
    compared."""
    known = tuple(records.iter_claims())
    claims = tuple(k.claim for k in known)
    decisions = records.decisions() if decisions is None else tuple(decisions)
    effective = apply_decisions(claims, decisions, _outdated(known))
    documents = tuple(records.iter_documents())
    groups = group(documents) if group else propose_origin_groups(documents, records.texts)
    responses = tuple(records.iter_responses())
    assembled = assemble_incidents(
        documents,
        effective.live,
        responses,
        groups=groups,
        policies=policies,
        judgements=effective.judgements,
        set_aside=effective.set_aside,
        grades=effective.grades,
        standings=effective.standings,
        as_of=as_of,
    )
    return LedgerView(
        documents=tuple(_grouped(documents, groups)),
        claims=claims,
        responses=responses,
        incidents=assembled.incidents,
        totals=assembled.totals,
        unresolved=tuple(records.iter_unresolved()),
        numbers=records.numbers(),
        decisions=tuple(decisions),
        standings=effective.standings,
        origins=assembled.origins,
        policies=tuple(policy.name for policy in policies),
        as_of=as_of,
        head=records.head().hash,
    )


def _outdated(known: Sequence[KnownClaim]) -> frozenset[str]:
    return frozenset(k.claim.id for k in known if not k.current)


def _grouped(documents: Sequence[Document], groups: dict[str, str]) -> Iterator[Document]:
    for document in documents:
        yield msgspec.structs.replace(document, origin_group=groups.get(document.id))
