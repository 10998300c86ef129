"""Identifiers derive from content, so running again changes nothing."""

from __future__ import annotations

import hashlib

import msgspec

SHORT = 16
"""Hex digits kept of a sha256 in an identifier (64 bits)."""

_canonical = msgspec.json.Encoder(order="sorted")


def sha256_of(content: bytes) -> str:
    """Hex sha256 of ``content``, 64 digits."""
    return hashlib.sha256(content).hexdigest()


def canonical_json(value: object) -> bytes:
    """``value`` as JSON with sorted keys and no spaces: equal values, equal bytes."""
    return _canonical.encode(value)


def derived_id(prefix: str, *parts: object) -> str:
    """``prefix_`` + 16 hex digits over the canonical JSON of ``parts``."""
    return f"{prefix}_{sha256_of(canonical_json(parts))[:SHORT]}"


def document_id(content_sha256: str) -> str:
    """``doc_`` + sha256 prefix of the document's bytes (contract §2)."""
    return f"doc_{content_sha256[:SHORT]}"
