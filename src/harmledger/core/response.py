"""What parties say about an incident without adding to its count (contract §2 incidents)."""

from __future__ import annotations

from typing import Literal

from harmledger.core.base import Value
from harmledger.core.claim import Voice
from harmledger.core.place import Place
from harmledger.core.span import Span
from harmledger.core.when import Moment, When

ResponseKind = Literal[
    "denial",
    "justification",
    "acknowledgement",
    "concession",
    "inquiry",
    "apology",
    "characterisation",
    "accusation",
]


class Response(Value, frozen=True, kw_only=True):
    """A party's answer: with voice, span and time; ``about`` names a claim of the same text.

    ``place``, ``occurred`` and ``site`` are what the answer itself says or plainly refers to;
    linking uses them as it uses a claim's.
    """

    id: str
    document: str
    document_name: str
    kind: ResponseKind
    voice: tuple[Voice, ...]
    span: Span
    said_at: Moment
    about: str | None = None
    accused: str | None = None
    """For accusations and concessions: the party held responsible."""
    place: Place | None = None
    occurred: When | None = None
    site_kind: str | None = None
