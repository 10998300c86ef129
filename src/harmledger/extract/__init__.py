"""Text to claims with spans: quantities, times, places, voices, harms.

Says what a text claims, not what is true. The extractor is fetched when it is first asked for, so
that the language model can begin to load before all its rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harmledger.extract.extractor import ClaimExtractor

__all__ = ["ClaimExtractor"]


def __getattr__(name: str) -> object:
    if name != "ClaimExtractor":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from harmledger.extract.extractor import ClaimExtractor

    return ClaimExtractor
