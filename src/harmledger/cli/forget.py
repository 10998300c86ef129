"""``harmledger review forget``: destroy what a sealed ledger holds of a person."""

from __future__ import annotations

from typing import Annotated

import typer

from harmledger.cli.options import By, Format, LedgerPath, Output, Reason


def forget(
    ledger: LedgerPath,
    by: By,
    second: Annotated[
        str,
        typer.Option("--with", metavar="NAME", help="Another person who agrees; stays too."),
    ],
    reason: Reason,
    name: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME...",
            help="The person's name in each spelling. Left out: asked for, so that no shell "
            "remembers it.",
        ),
    ] = None,
    output: Format = Output.people,
) -> None:
    """Destroy a person's key in a sealed ledger, and every word of their name with it. Bytes of
    the documents that name them go too; texts stay, with bars. The act is logged without the
    name, the chain stands, and nothing brings the words back."""
    from harmledger.cli.output import write_json
    from harmledger.ledger import open_ledger
    from harmledger.ledger.people import person_pattern, split_name
    from harmledger.ledger.sealed import find_seal
    from harmledger.pipeline.forgetting import forget as forget_in
    from harmledger.web.forgetting import blot_notes

    names = name or _ask()
    with open_ledger(ledger, write=True, seal=find_seal, create=False) as opened:
        done = forget_in(opened, names, by, second, reason)
        notes = blot_notes(opened, person_pattern([split_name(one) for one in names]))
    if output is Output.json:
        write_json({"forgotten": done, "notes": notes})
        return
    typer.echo(f"{done.decision}  forget {' '.join(done.persons) or 'a person not sealed before'}")
    typer.echo(
        f"{len(done.documents)} documents named them: their bytes are gone; {done.texts} texts, "
        f"{done.entries} log entries and {notes} notes of the desk were kept again without the name"
    )
    if done.elsewhere:
        typer.echo(
            f"{done.elsewhere} other entries hold a single word of the name. Where that is the "
            "same person, run this again with the word as a spelling of its own."
        )
    typer.echo(
        "Copies made before (backups, packs, exports, the reports themselves) still hold the name: "
        "make a new backup and destroy them."
    )


def _ask() -> list[str]:
    names: list[str] = []
    while said := typer.prompt(
        "name, in one spelling (empty ends)", default="", show_default=False, err=True
    ).strip():
        names.append(said)
    return names
