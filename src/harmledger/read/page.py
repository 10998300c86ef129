"""What each kind of file gives the reader, before sentences, language and dates are settled."""

from __future__ import annotations

from typing import Literal

from harmledger.core.base import Value
from harmledger.core.document import Block

PublishedFrom = Literal["front_matter", "html_meta", "feed", "url", "text", "record"]


class Page(Value, frozen=True, kw_only=True):
    """The text layer with its blocks, and the metadata as written beside it.

    ``published`` holds the candidates in the order they are to be believed, unparsed;
    ``published_from`` says what kind of candidates they are.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    source: str | None = None
    url: str | None = None
    language: str | None = None
    published: tuple[str, ...] = ()
    published_from: PublishedFrom = "front_matter"
    example: bool = False


def one_line(value: str | None) -> str | None:
    """``value`` with its whitespace collapsed; None when nothing is left."""
    return " ".join(value.split()) or None if value else None
