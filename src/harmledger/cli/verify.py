"""``harmledger verify`` and ``rebuild``: does the record still say what it said?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from harmledger.cli.options import LOOK_AFTER, REFUSED, Format, LedgerPath, Output

if TYPE_CHECKING:
    from rich.console import Console

    from harmledger.ledger import Checked, Ledger, Rehash, SavedHead
    from harmledger.pipeline.sources import SourceChange


_STATES = {
    "gone": "source gone",
    "changed": "source changed",
    "elsewhere": "source cannot be looked for from here",
}


def verify(
    ledger: LedgerPath,
    head: Annotated[
        Path | None,
        typer.Option(
            "--head",
            help="A head saved before (--save-head), or head.json of a pack or an edition: is it "
            "still contained?",
        ),
    ] = None,
    key: Annotated[
        list[str] | None,
        typer.Option(
            "--key",
            metavar="PUBLIC",
            help="A public key that may sign, 64 hex digits, or a file with one a line; may be "
            "given again. Without it, keys are taken on trust from the log itself, and named.",
        ),
    ] = None,
    save_head: Annotated[
        Path | None,
        typer.Option("--save-head", help="Write the present head to this file; keep it elsewhere."),
    ] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="First make all tables again from the log.")
    ] = False,
    rehash: Annotated[
        int | None,
        typer.Option(
            "--rehash",
            min=1,
            metavar="N",
            help="Instead of everything: read the N stored files not read for longest, and log "
            "that they were. Run again to go on.",
        ),
    ] = None,
    max_age: Annotated[
        int | None,
        typer.Option(
            "--max-age",
            min=0,
            metavar="DAYS",
            help="Instead of everything: read all stored files not read for DAYS days (with "
            "--rehash N at most N of them); exit code 4 when some are left.",
        ),
    ] = None,
    sources: Annotated[
        bool,
        typer.Option(
            "--sources",
            help="Also list captured files that are gone, have changed, or cannot be looked for "
            "from here; exit code 4 when the record holds and no `run` has logged one of them.",
        ),
    ] = False,
    output: Format = Output.people,
) -> None:
    """Check chain, signatures, stored bytes, tables and quotes; exit code 1 when anything does
    not hold."""
    import msgspec

    from harmledger.cli.output import write_json
    from harmledger.ledger import find_head, load_head, load_public_keys, render_head

    earlier = None if head is None else load_head(head)
    keys = load_public_keys(key or ())
    rehashes = rehash is not None or max_age is not None
    with _open(ledger, write=rebuild or rehashes) as opened:
        if rebuild:
            opened.rebuild()
        read = _reread(opened, rehash, max_age) if rehashes else None
        found = _check(opened, earlier, keys, read)
        changed = _find_changes(opened) if sources else ()
        with opened.records() as records:
            now = find_head(records)
    if output is Output.json:
        result: dict[str, Any] = {"holds": not found.problems, "head": now}
        result |= msgspec.structs.asdict(found)
        result["rehashed"] = None if read is None else read.checked
        write_json(result | {"overdue": 0 if read is None else read.overdue, "sources": changed})
    else:
        _print(found, now, read, changed)
    if found.problems:
        raise typer.Exit(REFUSED)
    if save_head is not None:
        save_head.write_bytes(render_head(now))
    if any(change.is_new for change in changed) or (read is not None and read.overdue):
        raise typer.Exit(LOOK_AFTER)


def rebuild(ledger: LedgerPath) -> None:
    """Make all tables again from the log, and bring a ledger of an earlier version forward."""
    with _open(ledger, write=True) as opened:
        entries = opened.rebuild()
    typer.echo(f"tables made again from {entries} log entries")


def _open(ledger: str, *, write: bool) -> Ledger:
    from harmledger.ledger import open_ledger
    from harmledger.ledger.sealed import find_seal

    return open_ledger(ledger, write=write, seal=find_seal, create=False)


def _check(
    ledger: Ledger, head: SavedHead | None, keys: tuple[str, ...], read: Rehash | None
) -> Checked:
    from harmledger.ledger import Checked, check_ledger

    return check_ledger(ledger, head, keys) if read is None else Checked(problems=read.problems)


def _reread(ledger: Ledger, many: int | None, max_age: int | None) -> Rehash:
    from datetime import timedelta

    from harmledger.ledger import rehash_store, utc_clock

    age = None if max_age is None else timedelta(days=max_age)
    return rehash_store(ledger, many, now=utc_clock(), max_age=age)


def _find_changes(ledger: Ledger) -> tuple[SourceChange, ...]:
    from harmledger.pipeline.sources import find_source_changes

    return find_source_changes(ledger)


def _print(
    found: Checked, head: SavedHead, read: Rehash | None, changed: tuple[SourceChange, ...]
) -> None:
    from harmledger.cli.output import make_console

    console = make_console()
    if read is not None:
        console.print(
            f"{read.checked - len(found.problems)} of {read.checked} stored files read are what "
            "their names say."
        )
        if read.overdue:
            console.print(f"{read.overdue} more were not read for longer than asked; run it again.")
    elif not found.problems:
        signed = "signatures, " if found.signatories else ""
        console.print(f"The record holds: chain, {signed}stored bytes, tables and quotes.")
    for problem in found.problems:
        console.print(f"{problem.where}: {problem.what}")
        console.print(f"    next: {problem.next}")
    for change in changed:
        console.print(f"{_STATES[change.state]}: {change.path} ({change.document})")
        if change.noticed_at is not None:
            console.print(f"    in the log since {change.noticed_at}")
    if read is None:
        _print_signatures(console, found)
    console.print(f"head: entry {head.seq}, {head.hash}")
    if head.signature is not None:
        console.print(f"signed by {head.signature.partition(':')[0]}, public key {head.public}")


def _print_signatures(console: Console, found: Checked) -> None:
    """On whose word it rests: nothing is called signed that is not."""
    if found.unsigned:
        console.print(
            f"{found.unsigned} of {found.entries} entries unsigned, from before there were "
            "signatures: they stand as the first signed entry found them"
        )
    for one in found.signatories:
        known = "expected" if one.expected else "taken on trust: the log itself announces it"
        console.print(
            f"{one.entries} entries signed by {one.key} from entry {one.first} on ({known}); "
            f"public key {one.public}"
        )
