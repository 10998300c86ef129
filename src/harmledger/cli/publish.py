"""``harmledger publish``: an edition under a profile, the only output meant for others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harmledger.cli.attest import UNATTESTED, open_to_attest
from harmledger.cli.copies import print_head
from harmledger.cli.options import AsOf, LedgerPath, check_date


def publish(
    ledger: LedgerPath,
    out: Annotated[Path, typer.Option("--out", help="The folder to write.")],
    profile: Annotated[
        str,
        typer.Option("--profile", help="What may be shown: public, newsroom, court or who-ssa."),
    ],
    key: Annotated[
        Path | None,
        typer.Option(
            "--key",
            metavar="FILE",
            help="The publication key; by default it lies beside the ledger and is made at first.",
        ),
    ] = None,
    as_of: AsOf = None,
    unattested: Annotated[bool, UNATTESTED] = False,
) -> None:
    """Write an edition for others: no quote, title or file name, places made coarse, private
    persons sealed. Withheld incidents are in no number and in no order."""
    from datetime import UTC, datetime

    from harmledger.lexicon.gazetteer import Gazetteer
    from harmledger.lexicon.policies import load_policies
    from harmledger.lexicon.profiles import find_profile
    from harmledger.pipeline import view_ledger
    from harmledger.pipeline.edition import make_edition, publish_edition
    from harmledger.pipeline.keys import load_publication_key

    chosen, day = find_profile(profile), check_date(as_of)
    with open_to_attest(ledger, not unattested) as opened:
        view = view_ledger(opened, as_of=day)
        keyed = load_publication_key(ledger, key)
        edition = make_edition(
            view,
            chosen,
            load_policies(),
            key=keyed,
            gazetteer=Gazetteer(),
            made_at=datetime.now(UTC).replace(microsecond=0),
        )
        head = publish_edition(opened, view, edition, keyed, out, attested=not unattested)
    typer.echo(f"written: {out / 'index.html'}")
    typer.echo(f"{len(edition.incidents)} incidents shown, {edition.withheld} withheld")
    print_head(head)
    if unattested:
        typer.echo("NOT ATTESTED: no entry of the log names the files of this edition")
