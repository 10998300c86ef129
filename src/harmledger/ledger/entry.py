"""One entry of the log, and the hash that chains it to the entry before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

import msgspec

from harmledger.core.base import Value
from harmledger.core.ids import canonical_json, sha256_of

Kind = Literal["document", "capture", "text", "extraction", "decision", "refusal"]
Clock = Callable[[], datetime]
"""Gives the time now, with its zone. An argument everywhere, so that runs can be repeated."""

FIRST_PREV = "0" * 64
"""What stands in ``prev`` of the first entry."""


class Draft(Value, frozen=True, kw_only=True):
    """An entry before it has its place in the log. ``body`` is JSON-ready."""

    kind: Kind
    body: object


class Entry(Value, frozen=True, kw_only=True):
    """One line of the log. ``body`` is canonical JSON, kept as the exact string hashed."""

    seq: int
    at: str
    kind: str
    body: str
    prev: str
    hash: str


class Head(Value, frozen=True, kw_only=True):
    """The last entry: its number (0 when the log is empty) and hash."""

    seq: int
    hash: str


def utc_clock() -> datetime:
    """The computer's clock, in UTC."""
    return datetime.now(UTC)


def hash_entry(seq: int, at: str, kind: str, body: str, prev: str) -> str:
    """sha256 over ``prev`` followed by the canonical JSON of ``[seq, at, kind, body]``."""
    line = canonical_json((seq, at, kind, msgspec.Raw(body.encode())))
    return sha256_of(prev.encode() + line)


def chain_entry(draft: Draft, after: Head, at: str) -> Entry:
    """The entry that ``draft`` becomes when it follows ``after``."""
    body = canonical_json(draft.body).decode()
    seq = after.seq + 1
    return Entry(
        seq=seq,
        at=at,
        kind=draft.kind,
        body=body,
        prev=after.hash,
        hash=hash_entry(seq, at, draft.kind, body, after.hash),
    )
