"""The command line: ``harmledger``. Nothing heavy is imported before a command needs it."""

from __future__ import annotations

import gc
import sys

from harmledger import __version__
from harmledger.core.errors import HarmledgerError, WrongUsage

SELDOM = 250_000
"""Objects made between two looks for circular garbage. We make next to none, and by default a start
alone is looked through two hundred times, a tenth of its seconds; once through what a start leaves,
90,000 objects, is a tenth of a second."""


def main() -> None:
    """Run the command given in ``sys.argv``.

    Exit codes (contract §8): 0 done, 1 refused or a check failed, 2 wrong usage, 3 done but some
    documents could not be read.
    """
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"harmledger {__version__}\n")
        return
    gc.set_threshold(SELDOM)
    from harmledger.cli.app import app
    from harmledger.cli.crash import show_crash
    from harmledger.cli.help import find_help

    text = find_help(app, sys.argv[1:])
    if text is not None:
        sys.stdout.write(text + "\n")
        return
    sys.excepthook = show_crash
    try:
        app()
    except HarmledgerError as error:
        sys.stderr.write(f"harmledger: {error}\n")
        sys.exit(2 if isinstance(error, WrongUsage) else 1)
