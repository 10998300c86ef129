"""``harmledger changes``: what new statements, documents and decisions changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from harmledger.cli.options import Format, LedgerPath, Output, PolicyName, check_date, find_policies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harmledger.core.change import Change
    from harmledger.ledger import Ledger
    from harmledger.lexicon.policies import Policy

_HASH = re.compile(r"[0-9a-f]{8,64}")


def changes(
    ledger: LedgerPath,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="DATE|HEAD",
            help="A day: what was said after it. Or the hash of an entry (8 digits or more, as "
            "`verify --save-head` keeps it): what was written after it. Left out: everything, "
            "day by day.",
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DATE", help="Only what was said up to the end of DATE."),
    ] = None,
    policy: PolicyName = "literal",
    output: Format = Output.people,
) -> None:
    """Print what changed: figures revised, new voices, denials and concessions, new, joined and
    split incidents."""
    from harmledger.cli.output import make_console, write_json
    from harmledger.cli.prints.changes import print_changes
    from harmledger.ledger import open_ledger

    policies, last = find_policies(policy), check_date(until)
    with open_ledger(ledger) as opened:
        found = _find(opened, since, last, policies)
    if output is Output.json:
        write_json(found)
    else:
        print_changes(make_console(), found)


def _find(
    ledger: Ledger, since: str | None, until: str | None, policies: Sequence[Policy]
) -> tuple[Change, ...]:
    from harmledger.core.errors import WrongUsage
    from harmledger.pipeline import find_changes_since, find_day_changes, view_ledger

    if since is not None and _HASH.fullmatch(since):
        if until is not None:
            raise WrongUsage("--until goes with a day in --since, not with a hash.")
        return find_changes_since(ledger, since, policies)
    view = view_ledger(ledger, policies=policies)
    return find_day_changes(view, policies, since=check_date(since), until=until)
