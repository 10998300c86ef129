"""Keys that can be destroyed one by one: every log entry, kept file and sealed person has its own.

A tree of seeds (Goldreich, Goldwasser and Micali): a key is reached from the root by one hash a
bit of its path. To destroy a key, the seeds on its path are dropped and the seeds beside the path
are kept: every other key is still reached, this one by nobody. So a ring of any number of keys
is a small file that grows only with what was destroyed.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from typing import Literal

import msgspec

from harmledger.core.base import Value
from harmledger.core.errors import LedgerDamaged

Kind = Literal["entry", "file", "person", "word"]
SEED_BYTES = 32
_KINDS: dict[Kind, str] = {"entry": "00", "file": "01", "person": "10", "word": "11"}
_INDEX_BITS, _TURN_BITS = 64, 8
MOST_TURNS = 1 << _TURN_BITS


class Key(Value, frozen=True, kw_only=True):
    """Which key. ``turn``: the how-manieth of this thing; what is kept again after its key was
    destroyed is kept under the next."""

    kind: Kind
    index: int
    turn: int = 0

    @property
    def path(self) -> str:
        return f"{_KINDS[self.kind]}{self.turn:0{_TURN_BITS}b}{self.index:0{_INDEX_BITS}b}"


class _Kept(Value, frozen=True, kw_only=True):
    done: int
    seeds: dict[str, bytes]


class Keyring:
    """Frozen: destroying keys gives another ring. ``done``: the number of the last log entry whose
    order to destroy keys was carried out."""

    def __init__(self, seeds: dict[str, bytes], done: int = 0) -> None:
        self._seeds = seeds
        self.done = done

    def find(self, key: Key) -> bytes | None:
        """32 bytes, or None when they were destroyed."""
        path = key.path
        known = self._find_prefix(path)
        if known is None:
            return None
        seed = self._seeds[known]
        for bit in path[len(known) :]:
            seed = _child(seed, bit)
        return seed

    def turn_of(self, kind: Kind, index: int) -> Key:
        """The first key of this thing that was not destroyed."""
        for turn in range(MOST_TURNS):
            key = Key(kind=kind, index=index, turn=turn)
            if self._find_prefix(key.path) is not None:
                return key
        raise LedgerDamaged(f"every key of {kind} {index} was destroyed.")

    def without(self, keys: Iterable[Key], done: int) -> Keyring:
        """The ring after these keys were destroyed; destroying one again changes nothing."""
        seeds = dict(self._seeds)
        for key in keys:
            path = key.path
            known = next((path[:n] for n in range(len(path) + 1) if path[:n] in seeds), None)
            if known is None:
                continue
            seed = seeds.pop(known)
            for depth in range(len(known), len(path)):
                bit = path[depth]
                beside = "1" if bit == "0" else "0"
                seeds[path[:depth] + beside] = _child(seed, beside)
                seed = _child(seed, bit)
        return Keyring(seeds, max(done, self.done))

    def render(self) -> bytes:
        """The ring as bytes; not encrypted."""
        return msgspec.msgpack.encode(_Kept(done=self.done, seeds=self._seeds))

    def _find_prefix(self, path: str) -> str | None:
        seeds = self._seeds
        return next((path[:n] for n in range(len(path) + 1) if path[:n] in seeds), None)


def new_keyring() -> Keyring:
    """A ring that nobody else has."""
    return Keyring({"": secrets.token_bytes(SEED_BYTES)})


def parse_keyring(content: bytes) -> Keyring:
    """Raises LedgerDamaged."""
    try:
        kept = msgspec.msgpack.decode(content, type=_Kept)
    except msgspec.MsgspecError as error:
        raise LedgerDamaged(f"the ring of keys cannot be read: {error}") from error
    return Keyring(kept.seeds, kept.done)


def _child(seed: bytes, bit: str) -> bytes:
    return hmac.digest(seed, bit.encode(), "sha256")
