"""The commands, in the order a person meets them."""

from __future__ import annotations

from typing import Annotated

import typer

from harmledger import __version__
from harmledger.cli.export import export
from harmledger.cli.gazetteer import gazetteer
from harmledger.cli.read import read
from harmledger.cli.review import review
from harmledger.cli.run import run
from harmledger.cli.show import show
from harmledger.cli.tally import tally
from harmledger.cli.verify import verify

app = typer.Typer(
    name="harmledger",
    help="An accountable ledger of civilian harm: who said which number about what, where, "
    "when, in which exact words.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _command in (run, read, export, show, tally):
    app.command()(_command)
app.add_typer(review, name="review")
app.command()(verify)
app.command()(gazetteer)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"harmledger {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Version.")
    ] = False,
) -> None:
    """An accountable ledger of civilian harm: who said which number about what, where, when, in
    which exact words."""
