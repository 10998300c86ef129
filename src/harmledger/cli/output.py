"""Writing to the two streams: answers to stdout, everything about the way there to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from harmledger.core.document import Refusal
    from harmledger.pipeline import Progress

_PIPED_WIDTH = 180


def make_console() -> Console:
    """A console for people. Into a pipe or a file it writes plain wide lines, never colours."""
    from rich.console import Console

    if sys.stdout.isatty() or "COLUMNS" in os.environ:
        return Console(highlight=False, markup=False)
    return Console(highlight=False, markup=False, width=_PIPED_WIDTH)


def write_json(value: object) -> None:
    """One JSON value and a line end, in UTF-8 whatever the terminal's own encoding."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()


def write_notes(lines: Iterable[str]) -> None:
    """Lines about what happened, to stderr."""
    for line in lines:
        sys.stderr.write(line + "\n")


def write_refusals(refusals: Iterable[Refusal]) -> None:
    """Each document that could not be read: where, why, what next."""
    write_notes(f"not read: {refusal.path}: {refusal.reason}" for refusal in refusals)


@contextmanager
def show_progress() -> Iterator[Callable[[Progress], None] | None]:
    """A line on stderr that counts documents; nothing at all when stderr is no terminal.

    It names no file: a file name may hold a person's, and terminals are shown and recorded.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(stderr=True).status("opening the reader …") as status:
        yield lambda progress: status.update(f"{progress.done:,} read")
