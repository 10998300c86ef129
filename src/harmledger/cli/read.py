"""``harmledger read``: the stateless reader. No ledger is touched, nothing is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from harmledger.cli.options import SOME_UNREAD, Paths, check_paths

if TYPE_CHECKING:
    from harmledger.core.document import Refusal


def read(
    paths: Paths,
    layers: Annotated[
        bool,
        typer.Option("--layers", help="Add all times, places, quantities and voices seen."),
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Worker processes.")] = 1,
) -> None:
    """One JSON object per document on stdout, as soon as it is read. Working output: it holds
    quotes and stays on this machine."""
    from harmledger.cli.output import write_json, write_refusals
    from harmledger.pipeline import read_paths

    refused: list[str] = []

    def on_refusal(refusal: Refusal) -> None:
        refused.append(refusal.path)
        write_refusals([refusal])

    for record in read_paths(check_paths(paths), layers, jobs=jobs, on_refusal=on_refusal):
        write_json(record)
    if refused:
        raise typer.Exit(SOME_UNREAD)
