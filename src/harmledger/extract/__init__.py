"""Text to claims with spans: quantities, times, places, voices, harms.

Says what a text claims, not what is true.
"""

from __future__ import annotations

from harmledger.extract.extractor import ClaimExtractor

__all__ = ["ClaimExtractor"]
