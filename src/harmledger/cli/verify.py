"""``harmledger verify``: does the record still say what it said?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harmledger.cli.options import REFUSED, Format, LedgerPath, Output

if TYPE_CHECKING:
    from harmledger.ledger import Head, Problem


def verify(
    ledger: LedgerPath,
    head: Annotated[
        Path | None,
        typer.Option("--head", help="A head saved before (--save-head): is it still contained?"),
    ] = None,
    save_head: Annotated[
        Path | None,
        typer.Option("--save-head", help="Write the present head to this file; keep it elsewhere."),
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="First make all tables again from the log.")
    ] = False,
    output: Format = Output.people,
) -> None:
    """Check chain, stored bytes, tables and quotes; exit code 1 when anything does not hold."""
    from harmledger.cli.output import write_json
    from harmledger.ledger import open_ledger, verify_ledger

    earlier = None if head is None else _read_head(head)
    with open_ledger(ledger, write=rebuild) as opened:
        if rebuild:
            opened.rebuild()
        problems = verify_ledger(opened, earlier)
        now = opened.head()
    if output is Output.json:
        write_json({"holds": not problems, "head": now, "problems": problems})
    else:
        _print(problems, now)
    if problems:
        raise typer.Exit(REFUSED)
    if save_head is not None:
        save_head.write_text(f"{now.seq} {now.hash}\n", encoding="utf-8")


def _read_head(path: Path) -> str:
    from harmledger.core.errors import WrongUsage

    try:
        words = path.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(f"{path} cannot be read as a saved head ({error}).") from error
    if not words or len(words[-1]) != 64:
        raise WrongUsage(
            f"{path} holds no head. `harmledger verify --save-head FILE` writes one: "
            "an entry's number and its hash."
        )
    return words[-1]


def _print(problems: tuple[Problem, ...], head: Head) -> None:
    from harmledger.cli.output import make_console

    console = make_console()
    if not problems:
        console.print("The record holds: chain, stored bytes, tables and quotes.")
    for problem in problems:
        console.print(f"{problem.where}: {problem.what}")
        console.print(f"    next: {problem.next}")
    console.print(f"head: entry {head.seq}, {head.hash}")
