"""``harmledger show``: a claim, an incident or a document, each walkable back to its bytes."""

from __future__ import annotations

from typing import Annotated

import typer

from harmledger.cli.options import AsOf, Format, LedgerPath, Output, check_date


def show(
    ledger: LedgerPath,
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            help="A claim (clm_…), incident (id or code), decision (dec_…), or document (doc_… or "
            "name). Left out: lists the incidents and documents.",
        ),
    ] = None,
    as_of: AsOf = None,
    output: Format = Output.people,
) -> None:
    """Show one thing with the words it rests on. Working output: it stays on this machine."""
    from harmledger.cli.output import make_console, write_json
    from harmledger.cli.prints.find import find_shown
    from harmledger.ledger import open_ledger
    from harmledger.pipeline import view_ledger

    with open_ledger(ledger) as opened:
        view = view_ledger(opened, as_of=check_date(as_of))
        with opened.records() as records:
            shown = find_shown(view, records, what)
            if output is Output.json:
                write_json(shown.render())
            else:
                shown.print_to(make_console())
