"""Which words of a page belong to its article, as the trafilatura library sees it.

It is asked for the article only. Its dates are not used: they rest on the clock of the machine
and on any figure in the page that looks like a day.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any

from harmledger.core.base import Value

MAX_CHARACTERS = 2_000_000
"""A larger page is not given to the library; all its visible blocks count as article then."""
SHINGLE = 4
"""Words that must stand in a row in the article for a block to share something with it."""
MIN_SHARE = 0.5
_WORD = re.compile(r"\w+")
_LINE_TAGS = frozenset({"p", "head", "item", "quote", "row", "cell", "ab", "list"})


class Article(Value, frozen=True, kw_only=True):
    """Lines and runs of words of the article."""

    lines: frozenset[tuple[str, ...]]
    shingles: frozenset[tuple[str, ...]]

    def holds(self, words: str) -> bool:
        """Whether a visible block with these ``words`` is part of the article."""
        spelt = _spelt(words)
        if spelt in self.lines:
            return True
        own = list(_shingles(spelt))
        return bool(own) and sum(part in self.shingles for part in own) >= MIN_SHARE * len(own)


def find_article(source: str) -> Article | None:
    """The article in the HTML ``source``; None when the library finds none or gives up."""
    if len(source) > MAX_CHARACTERS:
        return None
    lines = frozenset(line for line in map(_spelt, _article_lines(source)) if line)
    shingles = frozenset(part for line in lines for part in _shingles(line))
    return Article(lines=lines, shingles=shingles) if lines else None


def _article_lines(source: str) -> Iterator[str]:
    import trafilatura  # half a second: only for those who read HTML
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    log = logging.getLogger("trafilatura")
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    try:
        found: Any = trafilatura.bare_extraction(
            source, include_comments=False, include_tables=True, with_metadata=False
        )
    except (LxmlError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return
    if found is None:
        return
    yield from (found.text or "").splitlines()
    for element in found.body.iter(*_LINE_TAGS) if found.body is not None else ():
        yield " ".join(element.itertext())


def _spelt(words: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(words.lower()))


def _shingles(spelt: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return (spelt[at : at + SHINGLE] for at in range(len(spelt) - SHINGLE + 1))
