"""``harmledger gazetteer``: make the file of places, once after installing."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Deed(StrEnum):
    """What can be done with the gazetteer."""

    build = "build"


def gazetteer(
    deed: Annotated[Deed, typer.Argument(help="The one thing to do.")] = Deed.build,
    out: Annotated[
        Path | None, typer.Option("--out", help="Where to write it; default: where reading looks.")
    ] = None,
) -> None:
    """Build the file of place names that reading needs, from the installed tables (no network)."""
    from harmledger.cli.output import write_notes
    from harmledger.lexicon.gazetteer.build import build_gazetteer
    from harmledger.lexicon.gazetteer.paths import default_path

    target = build_gazetteer(out or default_path(), progress=lambda line: write_notes([line]))
    typer.echo(f"{deed.value}: {target}")
