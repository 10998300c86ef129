"""Help without running anything: asking for help shall be instant."""

from __future__ import annotations

from collections.abc import Sequence

import typer
from typer.main import get_command

HELP_OPTIONS = ("-h", "--help")


def find_help(app: typer.Typer, words: Sequence[str]) -> str | None:
    """The help text that ``words`` ask for, or None when they ask for none.

    The ordinary way round parses every option before it prints help, which loads a validation
    library that takes longer than everything else together.
    """
    if not set(HELP_OPTIONS) & set(words):
        return None
    command = get_command(app)
    context = typer.Context(command, info_name="harmledger", help_option_names=list(HELP_OPTIONS))
    for word in words:
        inside = getattr(command, "commands", {})
        if word in inside:
            command = inside[word]
            context = typer.Context(command, info_name=word, parent=context)
    return command.get_help(context)
