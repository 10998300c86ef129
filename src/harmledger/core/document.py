"""Documents, their captures and their texts (contract §2)."""

from __future__ import annotations

from typing import Literal

from harmledger.core.base import Value
from harmledger.core.place import Place
from harmledger.core.when import When

RefusalKind = Literal["cannot_decode", "cannot_parse", "unknown_media_type", "unreadable"]
BlockKind = Literal["heading", "paragraph", "list_item", "table_row", "caption"]


class Capture(Value, frozen=True, kw_only=True):
    """One time these bytes were seen. ``captured_at`` is an ISO date-time with zone; ``path`` is
    as it was given, ``file`` where that is: computer and whole path (file://HOST/PATH, a line of a
    .jsonl file with #line=N-1,N). ``sha256`` and ``size`` (in bytes) are those of what was seen;
    ``tool`` is name@version."""

    captured_at: str
    path: str | None = None
    file: str | None = None
    url: str | None = None
    method: str
    tool: str
    sha256: str | None = None
    size: int | None = None

    @property
    def place(self) -> str | None:
        """What tells this place from others: ``file``; the bare path in a capture that an earlier
        version wrote."""
        return self.file or self.path


class Item(Value, frozen=True, kw_only=True):
    """Bytes as captured, unchanged. A .jsonl record's bytes are its line (without line end)."""

    name: str
    """File stem, record id or URL."""
    path: str
    """Where it was found, for messages ("reports/a.jsonl line 3")."""
    media_type: str
    content: bytes
    sha256: str
    file: str | None = None
    """The same as an address that holds from everywhere (``core.location``)."""
    source: str | None = None
    record: int | None = None
    """Line number (from 1) inside a .jsonl file."""


class Refusal(Value, frozen=True, kw_only=True):
    """An item that could not be decoded or parsed: kept as bytes when there are any."""

    path: str
    file: str | None = None
    """Where that is: computer and whole path."""
    reason: str
    sha256: str | None = None
    kind: RefusalKind


class Block(Value, frozen=True, kw_only=True):
    """A paragraph, heading, list item, table row or caption of the text.

    ``furniture``: page furniture (sign-ups, related links): marked, never deleted.
    ``heading``: index of the block that heads this one (tables, sections), or null.
    """

    start: int
    end: int
    kind: BlockKind = "paragraph"
    furniture: bool = False
    heading: int | None = None


class Sentence(Value, frozen=True, kw_only=True):
    """Where a sentence stands; ``block`` indexes ``Text.blocks``."""

    start: int
    end: int
    block: int
    furniture: bool = False


class Text(Value, frozen=True, kw_only=True):
    """The text layer: the decoded body exactly as exported, with its own hash.

    ``sha256`` is over the UTF-8 bytes of ``text`` with line ends kept, no BOM.
    """

    sha256: str
    reader: str
    text: str
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]


class Document(Value, frozen=True, kw_only=True):
    """What is known about one preserved document."""

    id: str
    name: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    published_at: str | None = None
    published_from: Literal["front_matter", "html_meta", "feed", "url", "text", "record"] | None = (
        None
    )
    language: str | None = None
    sha256: str
    media_type: str
    text_sha256: str
    reader: str
    captures: tuple[Capture, ...] = ()
    origin_group: str | None = None
    supersedes: str | None = None
    example: bool = False
    """Written for harmledger from public facts, no publication; pages carry a banner."""


class SeenPlace(Value, frozen=True, kw_only=True):
    """A place name seen in a sentence, whether or not a claim used it."""

    start: int
    end: int
    place: Place


class SeenVoice(Value, frozen=True, kw_only=True):
    """An attribution seen in a sentence: source (who), cue (reporting words), content (what)."""

    source: tuple[int, int] | None
    cue: tuple[int, int]
    content: tuple[int, int]
    name: str | None


class SeenTime(Value, frozen=True, kw_only=True):
    """A time expression seen in a sentence."""

    start: int
    end: int
    when: When
