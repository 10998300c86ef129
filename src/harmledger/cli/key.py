"""``harmledger key``: make the key file of a sealed ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def key(
    out: Annotated[Path, typer.Option("--out", help="The file to make; it must not be there.")],
) -> None:
    """Make a key file for a sealed ledger: 128 random hex digits, readable by you alone. Keep a
    copy where the ledger is not; nothing opens the ledger without it."""
    from harmledger.ledger.sealed import KEY_VARIABLE, write_key_file

    write_key_file(out)
    typer.echo(f"written: {out}")
    typer.echo(f"use it: export {KEY_VARIABLE}={out.absolute()}")
    typer.echo("then: harmledger run PATHS --sealed --ledger FILE")
    typer.echo("Keep a copy of the key elsewhere: without it nothing opens the ledger.")
