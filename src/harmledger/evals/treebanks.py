"""Texts of documents in treebanks, put together from their sentences (tests/gold/found/README.md).

A text is its sentences' ``# text`` lines: a line feed before a new paragraph, nothing after a word
that says ``SpaceAfter=No``, else one space.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path

from harmledger.core.errors import CannotParse

_DOCUMENT = "# newdoc id = "
_TEXT = "# text = "


def load_documents(path: Path) -> dict[str, str]:
    """Every text of a gzipped CoNLL-U file, by its ``newdoc`` id.

    Raises:
        CannotParse: the file is no gzipped UTF-8 text.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
            return {name: _join(document) for name, document in _iter_documents(lines)}
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise CannotParse(f"{path}: not a gzipped CoNLL-U file ({error})") from error


def _iter_documents(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    name, kept = "", list[str]()
    for line in lines:
        if line.startswith(_DOCUMENT):
            if name:
                yield name, kept
            name, kept = line.removeprefix(_DOCUMENT).strip(), []
        kept.append(line.rstrip("\n"))
    if name:
        yield name, kept


def _join(lines: Iterable[str]) -> str:
    pieces: list[str] = []
    gap, paragraph = "", False
    last, covered = "", 0
    for line in lines:
        if line.startswith("# newpar") and line[8:9] in ("", " "):
            paragraph = True
        elif line.startswith(_TEXT):
            if pieces:
                gap = "\n" if paragraph else "" if _is_glued(last) else " "
            pieces.append(gap + line.removeprefix(_TEXT))
            paragraph, covered = False, 0
        elif line and not line.startswith("#"):
            number = line.partition("\t")[0]
            first, _, end = number.partition("-")
            if "." not in number and int(first) > covered:
                last, covered = line, int(end or first)
    return "".join(pieces)


def _is_glued(token: str) -> bool:
    return "SpaceAfter=No" in token.rpartition("\t")[2].split("|")
