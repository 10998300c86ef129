"""What changed in a ledger: day by day as things were said, or since an earlier state of it."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.core.change import Change
from harmledger.core.view import LedgerView
from harmledger.count import find_changes, find_history
from harmledger.ledger import Ledger
from harmledger.ledger.earlier import open_earlier
from harmledger.lexicon.policies import Policy, load_policies
from harmledger.pipeline.view import view_ledger, view_records
from harmledger.review import apply_decisions


def find_day_changes(
    view: LedgerView,
    policies: Sequence[Policy] | None = None,
    *,
    since: str | None = None,
    until: str | None = None,
) -> tuple[Change, ...]:
    """What was said after the end of ``since`` and up to the end of ``until`` (ISO dates), and what
    each day of it changed, oldest first. ``policies``: ``literal`` when left out.

    ``view`` is one without ``as_of``: it must hold every answer. Grades are those the statements
    make; what a person decided is no statement, see :func:`find_changes_since`.

    Raises:
        ValueError: ``since`` or ``until`` is no ISO date.
    """
    outdated = [claim for claim, what in view.standings.items() if what == "outdated"]
    effective = apply_decisions(view.claims, view.decisions, outdated)
    live = {claim.id: claim for claim in effective.live}
    found = [
        change
        for incident in view.incidents
        for change in find_history(
            incident,
            live,
            view.origins,
            policies or load_policies()[:1],
            since=since,
            until=until,
            set_aside=effective.set_aside,
        )
    ]
    return tuple(sorted(found, key=lambda change: (change.at or "", change.code)))


def find_changes_since(
    ledger: Ledger, head: str, policies: Sequence[Policy] | None = None
) -> tuple[Change, ...]:
    """What documents and decisions written after the entry with hash ``head`` changed.

    Raises:
        WrongUsage: no one entry has a hash that begins with ``head``.
        LedgerDamaged: an entry cannot be read, or a text is not in the store.
    """
    chosen = policies or load_policies()[:1]
    with ledger.records() as records, open_earlier(records, head) as earlier:
        before = view_records(earlier, None, chosen)
    return find_changes(before, view_ledger(ledger, policies=chosen))
