"""``harmledger backup``, ``restore`` and ``import``: ledgers that leave and come in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harmledger.cli.options import By, Format, LedgerPath, Output, Reason

if TYPE_CHECKING:
    from harmledger.ledger import SavedHead, SealOpener


def backup(
    ledger: LedgerPath,
    out: Annotated[Path, typer.Option("--out", help="The folder to make; it must not be there.")],
) -> None:
    """Copy the ledger as it is at this moment, while others read and write. Working output."""
    from harmledger.ledger import open_ledger, write_backup
    from harmledger.ledger.sealed import find_seal

    with open_ledger(ledger, seal=find_seal) as opened:
        head = write_backup(opened, out)
    typer.echo(f"written: {out}")
    print_head(head)


def restore(
    copy: Annotated[Path, typer.Argument(metavar="FOLDER", help="A backup, or an evidence pack.")],
    ledger: LedgerPath,
) -> None:
    """Bring a copy back as a new ledger, word for word, and verify it."""
    from harmledger.ledger import restore_ledger
    from harmledger.ledger.sealed import find_seal

    head = restore_ledger(copy, ledger, seal=find_seal)
    typer.echo(f"restored and verified: {ledger}")
    typer.echo(f"head: entry {head.seq}, {head.hash}")


def import_(
    pack: Annotated[Path, typer.Argument(metavar="FOLDER", help="An evidence pack.")],
    ledger: LedgerPath,
    by: By,
    reason: Reason,
    sealed: Annotated[
        bool, typer.Option("--sealed", help="Make a new ledger that is encrypted, and add to it.")
    ] = False,
    pack_key: Annotated[
        Path | None,
        typer.Option(
            "--pack-key",
            metavar="FILE",
            help="The key file of a sealed pack; left out: as for the ledger itself.",
        ),
    ] = None,
    output: Format = Output.people,
) -> None:
    """Add another ledger's evidence pack to this one: nothing twice, every entry with where it
    comes from, decisions also where they disagree with yours. Running again adds nothing."""
    from harmledger.cli.output import write_json
    from harmledger.ledger import Importer, import_pack, open_ledger
    from harmledger.ledger.sealed import find_key, find_seal, load_key_file, open_sealed
    from harmledger.pipeline.persons import find_persons_in
    from harmledger.review import find_dissents

    seal = open_sealed(find_key) if sealed else find_seal
    pack_seal: SealOpener = find_seal
    if pack_key is not None:
        key = load_key_file(pack_key)
        pack_seal = open_sealed(lambda _said: key)
    with open_ledger(ledger, write=True, seal=seal) as opened:
        importer = Importer(by=by, reason=reason)
        done = import_pack(opened, pack, importer, seal=pack_seal, find_persons=find_persons_in)
        with opened.records() as records:
            decisions = records.decisions()
    brought = frozenset(done.decisions)
    dissents = [d for d in find_dissents(decisions) if brought & set(d.decisions)]
    if output is Output.json:
        write_json({"imported": done, "dissents": dissents})
        return
    typer.echo(f"{done.added} entries of {done.ledger} added, {done.known} were known")
    if not done.attested:
        typer.echo("NOT ATTESTED: the pack's log does not name its files; only the log was used")
    if done.left_out:
        typer.echo(f"{len(done.left_out)} documents left out: they named somebody now forgotten")
    for dissent in dissents:
        typer.echo(f"people disagree about {dissent.about}: {dissent.note}")


def print_head(head: SavedHead) -> None:
    """The head of what was written, to be kept elsewhere."""
    typer.echo(f"head: entry {head.seq}, {head.hash}")
