"""Where a file lies, said so that it means the same from every folder and every computer.

``file://HOST/absolute/path`` (RFC 8089), of one line of a file with ``#line=N-1,N`` (RFC 5147).
Bytes of a name that are no UTF-8 are kept. The folder is followed through links, the file's own
name is not: a link that later names another file is still the same place.
"""

from __future__ import annotations

import os
import platform
from pathlib import Path
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit

from harmledger.core.base import Value

HOST_VARIABLE = "HARMLEDGER_HOST"
_SCHEME = "file://"


class Location(Value, frozen=True, kw_only=True):
    """A file of one computer, or one line of it (from 1)."""

    host: str
    path: Path
    line: int | None = None

    @property
    def is_here(self) -> bool:
        """Is it of this computer, so that it can be looked for?"""
        return self.host == find_host()


def find_host() -> str:
    """What this computer is called: HARMLEDGER_HOST, else its own name."""
    return os.environ.get(HOST_VARIABLE) or platform.node() or "localhost"


def write_location(path: Path) -> str:
    """The address of the file at ``path``, taken from the folder the program runs in."""
    try:
        folder = path.parent.resolve()
    except (OSError, RuntimeError):  # links that lead back to themselves
        folder = path.parent.absolute()
    return f"{_SCHEME}{quote(find_host())}{(folder / path.name).as_uri().removeprefix(_SCHEME)}"


def locate_line(address: str, line: int | None) -> str:
    """The address of one line (from 1) of the file at ``address``."""
    return address if line is None else f"{address}#line={line - 1},{line}"


def parse_location(address: str) -> Location:
    """What :func:`write_location` wrote.

    Raises:
        ValueError: it is another kind of address.
    """
    parts = urlsplit(address)
    if parts.scheme != "file" or not parts.path:
        raise ValueError(f"{address!r} is no address of a file")
    line = parts.fragment.rpartition(",")[2]
    return Location(
        host=unquote(parts.netloc),
        path=Path(os.fsdecode(unquote_to_bytes(parts.path))),
        line=int(line) if line else None,
    )


def show_location(address: str) -> str:
    """For people: from the folder the program runs in where it lies below, else in full; of
    another computer with its name."""
    found = parse_location(address)
    here = Path.cwd().resolve()
    below = found.is_here and found.path.is_relative_to(here)
    path = found.path.relative_to(here) if below else found.path
    shown = os.fsencode(path).decode("utf-8", errors="replace")
    end = "" if found.line is None else f" line {found.line}"
    return f"{shown}{end}" if found.is_here else f"{found.host}:{shown}{end}"
