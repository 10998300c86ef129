"""``harmledger tally``: readings by policy, place and time."""

from __future__ import annotations

from typing import Annotated

import typer

from harmledger.cli.options import (
    AsOf,
    Format,
    LedgerPath,
    Output,
    PolicyName,
    check_date,
    find_policies,
)


def tally(
    ledger: LedgerPath,
    policy: PolicyName = "literal",
    as_of: AsOf = None,
    incident: Annotated[
        str | None,
        typer.Option("--incident", metavar="INCIDENT", help="Only this one: its id or code."),
    ] = None,
    place: Annotated[
        str | None,
        typer.Option("--place", help="Only incidents there: a town, province or country code."),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Incidents from this day on.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="Incidents up to this day.")
    ] = None,
    output: Format = Output.people,
) -> None:
    """Print every reading of every incident, and sums that say what they rest on. With several
    policies also why they differ: by their rules, or because the voices do."""
    from harmledger.cli.output import make_console, write_json
    from harmledger.cli.prints.tally import (
        choose_incidents,
        choose_totals,
        print_tally,
        render_tally,
    )
    from harmledger.ledger import open_ledger
    from harmledger.pipeline import view_ledger
    from harmledger.pipeline.held import find_held_back

    policies = find_policies(policy)
    with open_ledger(ledger) as opened:
        view = view_ledger(opened, as_of=check_date(as_of), policies=policies)
    days = (check_date(since), check_date(until))
    held = find_held_back(view)
    incidents = choose_incidents(view.incidents, place, *days, name=incident)
    totals = choose_totals(view.totals, place)
    if output is Output.json:
        write_json(render_tally(view, incidents, totals, policies, held))
    else:
        print_tally(make_console(), view, incidents, totals, policies, held)
