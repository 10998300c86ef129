"""``harmledger export``: file sets and pages rendered from one view of the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harmledger.cli.attest import UNATTESTED, open_to_attest
from harmledger.cli.options import AsOf, LedgerPath, check_date, find_policies

if TYPE_CHECKING:
    from harmledger.ledger import Ledger

SITE, PACK = "site", "bagit"


def export(
    ledger: LedgerPath,
    out: Annotated[Path, typer.Option("--out", help="The folder to write.")],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            help="jsonl, csv, geojson, site for pages to read, or bagit for an evidence pack that "
            "anybody can check.",
        ),
    ] = "jsonl",
    policy: Annotated[
        str, typer.Option("--policy", help="Which readings to write; all of them by default.")
    ] = "all",
    as_of: AsOf = None,
    unattested: Annotated[bool, UNATTESTED] = False,
) -> None:
    """Write the whole ledger to a folder. Working output: it holds quotes, titles and full texts
    and stays on this machine."""
    from harmledger.cli.prints.phrase import WORKING_COPY

    find_policies(policy)
    day = check_date(as_of)
    with open_to_attest(ledger, form == PACK and not unattested) as opened:
        if form == SITE:
            write_site_of(opened, day, out)
        elif form == PACK:
            _write_pack(opened, policy, day, out, attested=not unattested)
        else:
            _write(opened, form, policy, day, out)
    typer.echo(f"written: {out / 'index.html' if form == SITE else out}")
    typer.echo(WORKING_COPY)


def _write_pack(
    ledger: Ledger, policy: str, as_of: str | None, out: Path, *, attested: bool
) -> None:
    from hashlib import sha256

    from harmledger.cli.copies import print_head
    from harmledger.ledger.verifier import load_verifier
    from harmledger.pipeline import view_ledger
    from harmledger.pipeline.pack import write_pack

    view = view_ledger(ledger, as_of=as_of, policies=find_policies(policy))
    print_head(write_pack(ledger, view, out, attested=attested))
    for name, content in load_verifier().items():
        typer.echo(f"{name}: sha256 {sha256(content).hexdigest()}")
    typer.echo("tell whoever gets the pack these lines another way than with it")
    if not attested:
        typer.echo("NOT ATTESTED: no entry of the log names the files of this pack")


def write_site_of(ledger: Ledger, as_of: str | None, out: Path) -> None:
    """Pages with every policy's readings."""
    from harmledger.pipeline import view_ledger
    from harmledger.publish import write_site

    view = view_ledger(ledger, as_of=as_of)
    with ledger.records() as records:
        write_site(view, records.text, out, records.blocks)


def _write(ledger: Ledger, form: str, policy: str, as_of: str | None, out: Path) -> None:
    import msgspec

    from harmledger.pipeline import find_day_changes, view_ledger
    from harmledger.publish import write_export

    view = view_ledger(ledger, as_of=as_of, policies=find_policies(policy))
    if form == "jsonl":
        view = msgspec.structs.replace(view, changes=find_day_changes(view, until=as_of))
    with ledger.records() as records:
        write_export(view, records.text, out, form)
