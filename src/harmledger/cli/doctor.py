"""``harmledger doctor``: is everything around a ledger as it should be?"""

from __future__ import annotations

from typing import Annotated

import typer

from harmledger.cli.options import REFUSED, Format, Output


def doctor(
    ledger: Annotated[
        str | None,
        typer.Option(
            "--ledger", envvar="HARMLEDGER_LEDGER", metavar="LEDGER", help="Also look at a ledger."
        ),
    ] = None,
    output: Format = Output.people,
) -> None:
    """Look at the installation and, with a ledger, at what surrounds it: permissions, room,
    leftovers. `harmledger verify` checks the record itself."""
    from harmledger.cli.output import make_console, write_json
    from harmledger.pipeline.doctor import find_installation, find_state

    findings = list(find_installation())
    if ledger is not None:
        from harmledger.ledger import open_ledger
        from harmledger.ledger.sealed import find_seal

        with open_ledger(ledger, seal=find_seal) as opened:
            findings.extend(find_state(opened))
    if output is Output.json:
        write_json(findings)
    else:
        console = make_console()
        for finding in findings:
            console.print(f"{finding.state:5}  {finding.about}: {finding.what}")
            if finding.next:
                console.print(f"       next: {finding.next}")
    if any(finding.state == "wrong" for finding in findings):
        raise typer.Exit(REFUSED)
