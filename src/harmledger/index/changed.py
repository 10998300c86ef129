"""What a patch changed, so that only answers that rest on it are made again."""

from __future__ import annotations

from typing import Literal

from harmledger.core.base import Value

Topic = Literal["decisions", "claims", "figures", "words", "documents"]
"""``decisions``: decisions and changes are listed; ``claims``: their standings; ``figures``: what
sums and filters go through, but for what is left to review; ``words``: which
claims, incidents and documents there are; ``documents``: which documents there are."""


class Changed(Value, frozen=True, kw_only=True):
    """``incidents``: those that are not as they were, by id. ``figures``: in more than their
    status and in what is left to review."""

    topics: frozenset[Topic] = frozenset()
    incidents: tuple[str, ...] = ()
    figures: bool = False
