"""What README.md and docs/ print: every block comes out of the program itself.

cog calls these functions from the documents (`make docs`); `make test` fails when a document would
come out differently. What changes from run to run (moments of capture, hashes) is printed as "…".
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LEDGER = ".local/examples.ledger"
RUN = f"harmledger run examples/reports --ledger {LEDGER} --site .local/site"
WIDTH = 100
LONGEST = 60
"""Lines of one printed block."""

CHANGING = (
    (re.compile(r"captured  .*? by "), "captured  … by "),
    (re.compile(r"\b[0-9a-f]{64}\b"), "…"),
    (re.compile(r"entry \d+"), "entry …"),
)


@cache
def _make_folder() -> tempfile.TemporaryDirectory[str]:
    """Gone again when the program ends."""
    return tempfile.TemporaryDirectory(prefix="harmledger-docs-")


@cache
def _run_examples() -> tuple[Path, str]:
    """A folder in which the first command has run, and what it printed."""
    folder = Path(_make_folder().name)
    shutil.copytree(ROOT / "examples", folder / "examples")  # where it lies, it is shown from
    (folder / ".local").mkdir()
    return folder, _call(RUN, folder)


def _call(command: str, folder: Path) -> str:
    """Stdout of a harmledger command line, as in a terminal of ``WIDTH`` columns."""
    gazetteer = os.environ.get("HARMLEDGER_GAZETTEER", ".local/gazetteer.sqlite")
    environment = os.environ | {
        "COLUMNS": str(WIDTH),
        "NO_COLOR": "1",
        "HARMLEDGER_GAZETTEER": str(ROOT / gazetteer),
    }
    words = command.split()
    done = subprocess.run(
        [sys.executable, "-m", "harmledger.cli", *words[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command}: exit code {done.returncode}\n{done.stderr}")
    return done.stdout


def _steady(text: str) -> list[str]:
    """Lines without what changes from run to run and without trailing blanks."""
    for pattern, instead in CHANGING:
        text = pattern.sub(instead, text)
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def _block(command: str, lines: list[str]) -> str:
    if len(lines) > LONGEST:
        lines = [*lines[:LONGEST], "[…]"]
    return "\n".join(["```console", f"$ {command}", *lines, "```"])


def first_command(incidents: int = 4) -> str:
    """``make ledger``: the first incidents, then how the printout ends."""
    _, text = _run_examples()
    head, _, tail = text.partition("Totals that voices give")
    told = [_steady(part) for part in re.split(r"\n\s*\n", head) if part.strip()]
    lines = [line for part in told[:incidents] for line in (*part, "")]
    left = len(told) - incidents
    if left > 0:
        lines += [f"[… {left} more, and the totals that voices give …]", ""]
    closing = re.search(r"^\d+ documents? read.*", tail, re.DOTALL | re.MULTILINE)
    return _block("make ledger", [*lines, *_steady(closing.group() if closing else "")])


def second_command() -> str:
    """``make test``: how each check ends, counts left out; pytest's line stands for itself."""
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").split("\ntest:", 1)[1]
    lines = []
    for tool, *words in (line.split() for line in recipe.split("\n\n", 1)[0].splitlines()[1:]):
        name = tool.rsplit("/", 1)[1]
        lines.append(" ".join([name, *words]).partition(" -I")[0])
        if name not in ("cog", "pytest"):
            lines.append(_last_line([str(Path(sys.executable).parent / name), *words]))
    return _block("make test", [*lines, "… passed in …"])


def _last_line(command: list[str]) -> str:
    """The last line a check prints, without its numbers; one that fails is not printed."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        name = Path(command[0]).name
        raise RuntimeError(f"{name} does not pass: `make docs` prints what passes.\n{done.stdout}")
    return re.sub(r"[1-9]\d*", "…", done.stdout.strip().splitlines()[-1])


def incident(part: str, lines: int) -> str:
    """``harmledger show`` of the first incident whose code holds ``part``, cut after ``lines``."""
    folder, _ = _run_examples()
    listed = json.loads(_call(f"harmledger show --ledger {LEDGER} --format json", folder))
    code = next(row["code"] for row in listed["incidents"] if part in row["code"])
    command = f"harmledger show {code} --ledger {LEDGER}"
    printed = _steady(_call(command, folder))
    return _block(command, [*printed[:lines], "[…]"] if len(printed) > lines else printed)


def claim(document: str, quote: str) -> str:
    """``harmledger show`` of the claim of ``document`` whose words hold ``quote``."""
    folder, _ = _run_examples()
    shown = f"harmledger show {document} --ledger {LEDGER} --format json"
    claims = json.loads(_call(shown, folder))["claims"]
    wanted = next(row["id"] for row in claims if quote in row["span"]["quote"])
    command = f"harmledger show {wanted} --ledger {LEDGER}"
    return _block(command, _steady(_call(command, folder)))


def commands() -> str:
    """The help of every command, in the order of the program."""
    from harmledger.cli.app import app
    from harmledger.cli.help import find_help

    parts = []
    for words in iter_commands():
        with _width(WIDTH):
            text = find_help(app, [*words, "--help"]) or ""
        title = " ".join(["harmledger", *words])
        lines = [line.rstrip() for line in text.strip().splitlines()]
        parts.append("\n".join([f"## {title}", "", "```text", *lines, "```", ""]))
    return "\n".join(parts)


def iter_commands() -> Iterator[tuple[str, ...]]:
    """Every command as its words: (), ("run",), ("review", "accept"), …"""
    from typer.main import get_command

    from harmledger.cli.app import app

    def walk(command: object, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        yield words
        for name, inside in getattr(command, "commands", {}).items():
            yield from walk(inside, (*words, name))

    yield from walk(get_command(app), ())


@contextmanager
def _width(columns: int) -> Iterator[None]:
    before = os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = str(columns)
    try:
        yield
    finally:
        if before is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = before


def profiles() -> str:
    """The publication profiles, a row each."""
    from harmledger.lexicon.profiles import load_profiles
    from harmledger.publish.edition.places import LEVELS

    lines = [
        "| profile | below province after | finest place | sensitive sites | military, occupied "
        "| age, sex, role from | for |",
        "|---|---|---|---|---|---|---|",
    ]
    for profile in load_profiles():
        coarse = sorted({LEVELS[level] for level in profile.finest_by_site.values()})
        embargo = f"{profile.embargo_hours} h" if profile.embargo_hours else "at once"
        lines.append(
            f"| `{profile.name}` | {embargo if profile.finest < 4 else 'never'} "
            f"| {LEVELS[profile.finest]} | {', '.join(coarse) or 'as others'} "
            f"| {LEVELS[profile.finest_military]} | {profile.details_from} | {profile.says} |"
        )
    return "\n".join(lines)
