"""``harmledger run``: the main job, from files to a table of incidents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harmledger.cli.options import (
    SOME_UNREAD,
    AsOf,
    Format,
    LedgerPath,
    Output,
    Paths,
    PolicyName,
    check_date,
    check_paths,
    find_policies,
)


def run(
    paths: Paths,
    ledger: LedgerPath,
    policy: PolicyName = "literal",
    as_of: AsOf = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Worker processes.")] = 1,
    site: Annotated[
        Path | None, typer.Option("--site", help="Also write pages to this folder.")
    ] = None,
    sealed: Annotated[
        bool,
        typer.Option(
            "--sealed", help="Make a new ledger whose bytes, texts and names are encrypted."
        ),
    ] = False,
    output: Format = Output.people,
) -> None:
    """Read PATHS into the ledger and print the incidents. Running again adds nothing."""
    from harmledger.cli.output import make_console, show_progress, write_json, write_refusals
    from harmledger.cli.prints.overview import print_overview, render_overview
    from harmledger.ledger import open_ledger, utc_clock
    from harmledger.ledger.sealed import find_key, find_seal, open_sealed
    from harmledger.pipeline import run_paths, view_ledger
    from harmledger.pipeline.held import find_held_back

    day, policies = check_date(as_of), find_policies(policy)
    check_paths(paths)
    seal = open_sealed(find_key) if sealed else find_seal
    with open_ledger(ledger, write=True, seal=seal) as opened, show_progress() as progress:
        result = run_paths(paths, opened, clock=utc_clock, progress=progress, jobs=jobs)
        view = view_ledger(opened, as_of=day, policies=policies)
        if site is not None:
            from harmledger.cli.export import write_site_of

            write_site_of(opened, as_of=day, out=site)
    held = find_held_back(view)
    if output is Output.json:
        write_json(render_overview(view, result, held))
    else:
        print_overview(make_console(), view, result, held, site)
    write_refusals(result.refusals if output is Output.json else ())
    if result.refusals:
        raise typer.Exit(SOME_UNREAD)
