"""One entry of the log, and the hash that chains it to the entry before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec

from harmledger import __version__
from harmledger.core.base import Value
from harmledger.core.ids import canonical_json, sha256_of
from harmledger.ledger.people import SealedPerson, find_strings
from harmledger.ledger.seal import Seal

Kind = Literal[
    "document",
    "capture",
    "text",
    "extraction",
    "decision",
    "refusal",
    "key",
    "absence",
    "rehash",
    "timestamp",
    "import",
    "person",
    "gapped",
    "forgetting",
    "migration",
    "edition",
]
Clock = Callable[[], datetime]
"""Gives the time now, with its zone. An argument everywhere, so that runs can be repeated."""

FIRST_PREV = "0" * 64
"""What stands in ``prev`` of the first entry."""

TOOL = f"harmledger@{__version__}"
"""This software, as it stands in every entry it writes."""


class Origin(Value, frozen=True, kw_only=True):
    """Where an imported entry was first written: ledger, number, hash, time, and its act there."""

    ledger: str
    seq: int
    hash: str
    at: str
    act: Any = None


class Act(Value, frozen=True, kw_only=True):
    """Who did what and why. ``actor``: a named person, or this software where no person acted.

    ``before`` and ``after``: what stood and what stands, where the entry changes something (by
    claim id for decisions). ``policy``: the counting policies in force. ``software``: what made
    the content, name@version. ``beside``: kept beside what this ledger already holds, never in
    its place (imports). ``origin``: None for what was first written here.
    """

    actor: str
    action: str
    reason: str = ""
    before: Any = None
    after: Any = None
    policy: tuple[str, ...] = ()
    software: tuple[str, ...] = (TOOL,)
    beside: bool = False
    origin: Origin | None = None


class Draft(Value, frozen=True, kw_only=True):
    """An entry before it has its place in the log. ``body``: what JSON can be written from.
    ``persons``: whose names are cut out of it in a sealed ledger; None: everybody's whose whole
    name it holds. ``is_cut``: that was done already."""

    kind: Kind
    body: object
    act: Act
    persons: tuple[SealedPerson, ...] | None = None
    is_cut: bool = False


class Entry(Value, frozen=True, kw_only=True):
    """One line of the log. ``act`` and ``body`` are canonical JSON, kept as the exact strings
    hashed. Entries of the first schema have no ``act`` and no ``signature``."""

    seq: int
    at: str
    kind: str
    act: str | None = None
    body: str
    prev: str
    hash: str
    signature: str | None = None


class Head(Value, frozen=True, kw_only=True):
    """The last entry: its number (0 when the log is empty), hash, time and signature."""

    seq: int
    hash: str
    at: str | None = None
    signature: str | None = None


EMPTY = Head(seq=0, hash=FIRST_PREV)


def utc_clock() -> datetime:
    """The computer's clock, in UTC."""
    return datetime.now(UTC)


def hash_entry(seq: int, at: str, kind: str, body: str, prev: str, act: str | None = None) -> str:
    """sha256 over ``prev`` followed by the canonical JSON of ``[seq, at, kind, act, body]``
    (without ``act`` for entries of the first schema)."""
    parts = (body,) if act is None else (act, body)
    begun = canonical_json((seq, at, kind))[:-1].decode()  # without its closing bracket
    return sha256_of(f"{prev}{begun},{','.join(parts)}]".encode())


def chain_entries(
    drafts: Sequence[Draft], after: Head, at: str, seal: Seal, sign: Callable[[str], str]
) -> list[Entry]:
    """The entries that ``drafts`` become when they follow ``after``, signed one by one."""
    entries: list[Entry] = []
    seq, prev = after.seq, after.hash
    for draft in drafts:
        seq += 1
        act, body = _write_draft(draft, seq, seal)
        this = hash_entry(seq, at, draft.kind, body, prev, act)
        entries.append(
            Entry(
                seq=seq,
                at=at,
                kind=draft.kind,
                act=act,
                body=body,
                prev=prev,
                hash=this,
                signature=sign(this),
            )
        )
        prev = this
    return entries


def _write_draft(draft: Draft, seq: int, seal: Seal) -> tuple[str, str]:
    """Act and body as the log keeps them. A public key is nobody's secret, and whoever has none
    of ours needs it to check the chain."""
    parts = (canonical_json(draft.act).decode(), canonical_json(draft.body).decode())
    if draft.kind == "key":
        return parts
    persons = draft.persons
    if persons is None and len(seal.directory):
        said = msgspec.to_builtins((draft.act, draft.body))
        persons = seal.directory.find(*find_strings(said))
    if not draft.is_cut:
        parts = (seal.cut_body(parts[0], persons or ()), seal.cut_body(parts[1], persons or ()))
    return seal.seal_body(parts[0], seq), seal.seal_body(parts[1], seq)
