"""``harmledger timestamp``: a third party's word for how far the log had come by a certain time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from harmledger.cli.options import REFUSED, LedgerPath


def timestamp(
    ledger: LedgerPath,
    request: Annotated[
        Path | None,
        typer.Option("--request", metavar="FILE", help="Write an RFC 3161 request for the head."),
    ] = None,
    response: Annotated[
        Path | None,
        typer.Option("--response", metavar="FILE", help="Put an authority's answer into the log."),
    ] = None,
    roots: Annotated[
        Path | None,
        typer.Option("--roots", metavar="FILE", help="Check against these certificates (PEM)."),
    ] = None,
) -> None:
    """Ask for and keep RFC 3161 timestamps; nothing is sent from here. Without --request and
    --response: list those in the log, checked when --roots is given."""
    from harmledger.ledger import open_ledger
    from harmledger.ledger.timestamps import (
        check_timestamps,
        find_timestamps,
        render_request,
        write_timestamp,
    )

    trusted = None if roots is None else roots.read_bytes()
    with open_ledger(ledger, write=response is not None, create=False) as opened:
        if request is not None:
            head = opened.head()
            request.write_bytes(render_request(head.hash))
            typer.echo(f"written: {request}, for entry {head.seq}, {head.hash}")
        if response is not None:
            made = write_timestamp(opened, response.read_bytes(), trusted)
            typer.echo(f"entry {made.seq} existed at {made.time}")
        if request is None and response is None:
            for made in find_timestamps(opened):
                typer.echo(f"entry {made.seq}  {made.time}  {made.hash}")
            wrong = () if trusted is None else check_timestamps(opened, trusted)
            for line in wrong:
                typer.echo(line)
            if wrong:
                raise typer.Exit(REFUSED)
