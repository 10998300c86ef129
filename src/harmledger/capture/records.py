"""Stream the records of a .jsonl file: one line, one item, its bytes unchanged."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec

from harmledger.core.base import Value
from harmledger.core.document import Item, Refusal, RefusalKind
from harmledger.core.ids import sha256_of
from harmledger.core.location import locate_line, write_location

RECORD_TYPE = "application/x-ndjson-record"
MAX_LINE_BYTES = 16 * 1024 * 1024
UTF8_BOM = b"\xef\xbb\xbf"
UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


class _Named(Value, frozen=True, kw_only=True):
    """The one field needed before reading: what the record calls itself."""

    id: str | int | None = None


def shown(path: Path, line: int | None = None) -> str:
    """``path`` for messages and exports; bytes that are no UTF-8 show as U+FFFD."""
    end = "" if line is None else f" line {line}"
    return os.fsencode(path).decode("utf-8", errors="replace") + end


def refuse(path: Path, reason: str, kind: RefusalKind, line: int | None = None) -> Refusal:
    """A file, or a line of one, that cannot be handed out."""
    where = locate_line(write_location(path), line)
    return Refusal(path=shown(path, line), file=where, reason=reason, kind=kind)


def find_records(path: Path) -> Iterator[Item | Refusal]:
    """Items of the .jsonl file at ``path``, named by their ``id`` or ``stem#line``.

    Lines are counted from 1, empty ones are passed over. A line that is no JSON is an item all
    the same, so that its bytes can be kept; the reader says what is wrong with it.

    Raises:
        OSError: the file cannot be opened or read to its end.
    """
    found, where = False, write_location(path)
    with path.open("rb") as file:
        for number, line in _lines(file):
            if number == 1 and line.startswith(UTF16_BOMS):
                reason = "UTF-16; a .jsonl file is UTF-8, save it again as UTF-8"
                yield refuse(path, reason, "cannot_decode")
                return
            if len(line) > MAX_LINE_BYTES:
                found = True
                reason = f"the line is longer than {MAX_LINE_BYTES // 1024 // 1024} MB; shorten it"
                yield refuse(path, reason, "unreadable", number)
            elif line.strip() and line != UTF8_BOM:
                found = True
                yield _item(path, where, number, line)
    if not found:
        yield refuse(path, "holds no record; one JSON object a line", "cannot_parse")


def _lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Lines without their line end. One that is too long comes cut, the rest of it is skipped."""
    number = 0
    while line := file.readline(MAX_LINE_BYTES + 2):
        number += 1
        if not line.endswith(b"\n") and len(line) > MAX_LINE_BYTES:
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = file.readline(MAX_LINE_BYTES)
        yield number, line.removesuffix(b"\n").removesuffix(b"\r")


def _item(path: Path, where: str, number: int, line: bytes) -> Item:
    named = _guess_id(line)
    stem = shown(Path(path.stem))
    return Item(
        name=named or f"{stem}#{number}",
        path=shown(path, number),
        file=locate_line(where, number),
        media_type=RECORD_TYPE,
        content=line,
        sha256=sha256_of(line),
        record=number,
    )


def _guess_id(line: bytes) -> str | None:
    try:
        record = msgspec.json.decode(line.removeprefix(UTF8_BOM), type=_Named)
    except (ValueError, RecursionError):
        return None
    return str(record.id).strip() or None if record.id is not None else None
