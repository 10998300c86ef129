"""No command, option or setting without its words."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import printed
import pytest
import typer
from typer.main import get_command

from harmledger.cli.app import app

COMMANDS = tuple(printed.iter_commands())
HEAVY = ("onnxruntime", "sqlalchemy", "numpy", "trafilatura", "jinja2", "tokenizers", "regex")


def find_command(words: tuple[str, ...]) -> typer.core.TyperCommand:
    command = get_command(app)
    for word in words:
        command = command.commands[word]
    return command


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_says_what_it_does_and_so_does_each_option(words: tuple[str, ...]) -> None:
    command = find_command(words)
    assert command.help, f"harmledger {' '.join(words)} has no docstring"
    silent = [p.name for p in command.params if p.name != "help" and not getattr(p, "help", None)]
    assert not silent, f"no help text for {silent} of harmledger {' '.join(words)}"


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_and_its_options_are_in_the_docs(words: tuple[str, ...], root: Path) -> None:
    page = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    heading = f"## {' '.join(('harmledger', *words))}\n"
    assert heading in page, "run `make docs`"
    part = page.split(heading, 1)[1].split("\n## ", 1)[0]
    options = [name for p in find_command(words).params for name in p.opts if name[:2] == "--"]
    missing = [option for option in options if option not in part]
    assert not missing, f"{missing} not in docs/commands.md; run `make docs`"


def test_every_setting_is_in_the_docs(root: Path) -> None:
    source = "".join(p.read_text(encoding="utf-8") for p in (root / "src").rglob("*.py"))
    page = (root / "docs" / "commands.md").read_text(encoding="utf-8")
    settings = set(re.findall(r"\bHARMLEDGER_[A-Z_]+\b", source))
    assert settings, "no setting found: has their spelling changed?"
    assert not {name for name in settings if f"`{name}`" not in page}


def test_every_promise_of_the_readme_is_a_make_verb(root: Path) -> None:
    readme = (root / "README.md").read_text(encoding="utf-8")
    verbs = set(re.findall(r"^(\w+):", (root / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"\bmake ([a-z]+)\s*(?:#|`)", readme)) <= verbs


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "sys.argv = ['harmledger', 'run', '--help']\n"
        "from harmledger.cli import main\n"
        "main()\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "--ledger" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"
