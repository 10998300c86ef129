"""Options that several commands share, and what they turn into."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harmledger.core.errors import WrongUsage

if TYPE_CHECKING:
    from harmledger.lexicon.policies import Policy

DONE, REFUSED, WRONG_USAGE, SOME_UNREAD, LOOK_AFTER = 0, 1, 2, 3, 4


class Output(StrEnum):
    """For people (aligned tables) or for programs (one JSON value)."""

    people = "people"
    json = "json"


LedgerPath = Annotated[
    str,
    typer.Option(
        "--ledger",
        envvar="HARMLEDGER_LEDGER",
        metavar="LEDGER",
        help="The ledger file, its store of bytes beside it; or postgresql://USER@HOST/DATABASE.",
    ),
]
Format = Annotated[Output, typer.Option("--format", help="For people, or JSON for programs.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Only what was said up to the end of DATE, UTC."),
]
PolicyName = Annotated[
    str, typer.Option("--policy", help="A counting policy by name, or all of them: all.")
]
Paths = Annotated[
    list[Path],
    typer.Argument(help="Files or folders: .txt, .md, .html, .jsonl.", show_default=False),
]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides; stays in the record.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; stays in the record.")]


def find_policies(name: str) -> tuple[Policy, ...]:
    """The policies called ``name`` (with or without its edition), or every one for ``all``.

    Raises:
        WrongUsage: there is no such policy.
    """
    from harmledger.lexicon.policies import load_policies

    policies = load_policies()
    if name == "all":
        return policies
    chosen = tuple(p for p in policies if name in (p.name, p.name.partition("@")[0]))
    if not chosen:
        known = ", ".join(p.name for p in policies)
        raise WrongUsage(f"there is no policy {name!r}. Choose one of {known}, or all.")
    return chosen


def check_date(as_of: str | None) -> str | None:
    """``as_of`` when it is an ISO date or absent; WrongUsage otherwise."""
    from datetime import date

    if as_of is None:
        return None
    try:
        return date.fromisoformat(as_of).isoformat()
    except ValueError as error:
        raise WrongUsage(f"{as_of!r} is no date. Write it as 2022-03-10.") from error


def check_paths(paths: list[Path]) -> list[Path]:
    """The paths when all of them exist; WrongUsage names the first that does not."""
    for path in paths:
        if not path.exists():
            raise WrongUsage(f"there is nothing at {path}. Check the path and run again.")
    return paths
