"""The YAML between two ``---`` lines at the top of a .md or .txt file.

Only flat ``key: value`` pairs are metadata; anything nested is passed over. Values stay text as
written, so that ``no`` is a language and a date is read by our own date reader. Aliases and
anchors are refused: a few lines of them can stand for gigabytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from harmledger.core.errors import CannotParse

MAX_CHARACTERS = 64 * 1024
MAX_BRACKETS = 400
"""A YAML parser's time grows with the square of the brackets it has to keep open."""
_FENCE = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_CLOSE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)
_BARE_CR_CLOSE = re.compile(r"(?<=\r)(?:---|\.\.\.)[ \t]*(?:\r|\Z)")
_LOOKS_LIKE_FIELDS = re.compile(r"\s*(?:#[^\r\n]*\s+)*[A-Za-z_][\w -]*:(?:\s|\Z)")
_KNOWN_FIELD = re.compile(r"\s*(?:title|published|date|source|url|lang|language|example):", re.I)
_NOTHING = frozenset({"", "~", "null", "none"})
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def split_front_matter(body: str, where: str) -> tuple[dict[str, str], int]:
    """(fields with lower-cased keys, where the text starts in ``body``).

    The text is what follows the closing ``---`` line, code point for code point. Without front
    matter: no fields, 0. A rule (``---``) that opens a text is not taken for front matter.

    Raises:
        CannotParse: front matter that is not closed, is too long or is no YAML mapping. Title and
            date are never guessed from the wreck.
    """
    opening = _FENCE.match(body)
    if opening is None or not _LOOKS_LIKE_FIELDS.match(body, opening.end()):
        return {}, 0
    closing = _find_closing(body, opening.end())
    if closing is None:
        if _KNOWN_FIELD.match(body, opening.end()):
            raise CannotParse(f"{where}: front matter is not closed; end it with a line of ---")
        return {}, 0
    if closing.start() - opening.end() > MAX_CHARACTERS:
        raise CannotParse(
            f"{where}: front matter longer than {MAX_CHARACTERS // 1024} kB; shorten it"
        )
    source = body[opening.end() : closing.start()].replace("\r\n", "\n").replace("\r", "\n")
    if source.count("[") + source.count("{") > MAX_BRACKETS:
        raise CannotParse(f"{where}: front matter is nested too deep; keep it to key: value lines")
    try:
        fields = dict(_pairs(source, where))
    except yaml.YAMLError as error:
        raise CannotParse(f"{where}: front matter is no YAML: {_plain(error)}") from error
    return fields, closing.end()


def _find_closing(body: str, start: int) -> re.Match[str] | None:
    return _CLOSE.search(body, start) or _BARE_CR_CLOSE.search(body, start)


def _pairs(source: str, where: str) -> Iterator[tuple[str, str]]:
    """Scalar pairs of the top mapping, read from parse events: nothing is built, nothing nests."""
    depth, key, seen = 0, None, set[str]()
    for event in yaml.parse(source, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise CannotParse(f"{where}: front matter uses YAML anchors; write the values out")
        if isinstance(event, yaml.ScalarEvent) and depth == 1:
            if key is None:
                key = event.value.strip().lower()
                if key in seen:
                    raise CannotParse(f"{where}: front matter gives {key!r} twice; keep one")
                seen.add(key)
            else:
                if event.value.strip().lower() not in _NOTHING:
                    yield key, event.value.strip()
                key = None
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            key = None if depth == 1 else key


def _plain(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    line = f" (line {mark.line + 2} of the file)" if mark is not None else ""
    return f"{getattr(error, 'problem', None) or 'a character YAML does not allow'}{line}"
