"""The commands, in the order a person meets them."""

from __future__ import annotations

import typer

from harmledger.cli.changes import changes
from harmledger.cli.coding import agreement, start
from harmledger.cli.copies import backup, import_, restore
from harmledger.cli.doctor import doctor
from harmledger.cli.eval import evaluate
from harmledger.cli.export import export
from harmledger.cli.forget import forget
from harmledger.cli.gazetteer import gazetteer
from harmledger.cli.help import HELP_OPTIONS
from harmledger.cli.key import key
from harmledger.cli.publish import publish
from harmledger.cli.read import read
from harmledger.cli.release import embargo, release, retract, withhold
from harmledger.cli.review import review
from harmledger.cli.run import run
from harmledger.cli.serve import serve
from harmledger.cli.show import show
from harmledger.cli.tally import tally
from harmledger.cli.timestamp import timestamp
from harmledger.cli.verify import rebuild, verify

app = typer.Typer(
    name="harmledger",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": list(HELP_OPTIONS)},
)
for _command in (run, read, export, show, tally, changes):
    app.command()(_command)
app.command()(publish)
for _decision in (withhold, embargo, release, retract, forget):
    review.command()(_decision)
for _sitting in (start, agreement):
    review.command()(_sitting)
app.add_typer(review, name="review")
app.command()(serve)
app.command()(verify)
app.command()(rebuild)
for _copy in (backup, restore):
    app.command()(_copy)
app.command("import")(import_)
app.command()(timestamp)
app.command()(key)
app.command()(doctor)
app.command()(gazetteer)
app.command("eval")(evaluate)


@app.callback(epilog="`harmledger --version` prints the version.")
def about() -> None:
    """An accountable ledger of civilian harm: who said which number about what, where, when, in
    which exact words."""
