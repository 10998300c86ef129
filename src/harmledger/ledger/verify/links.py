"""The chain itself: every entry follows the one before, hashes to what it says, and is signed.

The first schema knew no signatures. Its entries stand at the beginning of a log or nowhere: from
the first signed entry on, every one must be signed, and a log in which nobody signed anything is
not taken for one (bringing an old ledger forward writes a signed entry that names its last one).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain as join

import msgspec

from harmledger.core.base import Value
from harmledger.core.errors import LedgerDamaged
from harmledger.ledger.entry import FIRST_PREV, Entry, hash_entry
from harmledger.ledger.keys import is_signed, key_id
from harmledger.ledger.verify.problem import Problem


class Signatory(Value, frozen=True, kw_only=True):
    """A key that signed entries: how many, from which entry on. ``expected``: whoever asked named
    it; else it is trusted because the log itself announces it."""

    key: str
    public: str
    first: int
    entries: int
    expected: bool


class Chain:
    """Told of every entry in order. ``expected``: public keys (hex) that may sign, where whoever
    asks knows them; empty: every key that the log announces."""

    def __init__(self, announced: Mapping[str, str], expected: Collection[str] = ()) -> None:
        self._announced = announced
        self._expected = frozenset(expected)
        self._signed: dict[str, list[int]] = {}
        self.prev, self.seq, self.unsigned = FIRST_PREV, 0, 0

    def take(self, entry: Entry) -> Iterator[Problem]:
        """What is wrong with this entry as a link."""
        where = f"log entry {entry.seq}"
        if entry.seq != self.seq + 1:
            yield Problem(
                where=where, what=f"follows entry {self.seq}: entries between are missing"
            )
        if entry.prev != self.prev:
            yield Problem(where=where, what="does not name the entry before it")
        if entry.hash != _hash_again(entry):
            yield Problem(where=where, what="was changed after it was written")
        if entry.signature is None and entry.act is None:
            self.unsigned += 1
            if self._signed:
                yield Problem(where=where, what="is not signed, and stands after signed entries")
        else:
            yield from self._check_signature(entry, where)
        self.prev, self.seq = entry.hash, entry.seq

    def finish(self) -> Iterator[Problem]:
        """A log that nobody signed could have been written by anybody."""
        if self.seq and not self._signed:
            yield Problem(
                where=f"log, up to entry {self.seq}",
                what="no entry is signed: anybody could have written it",
            )

    def signatories(self) -> tuple[Signatory, ...]:
        """The keys that signed, in the order in which they first did."""
        return tuple(
            Signatory(
                key=key,
                public=self._announced[key],
                first=seqs[0],
                entries=seqs[1],
                expected=self._announced[key] in self._expected,
            )
            for key, seqs in self._signed.items()
        )

    def _check_signature(self, entry: Entry, where: str) -> Iterator[Problem]:
        if not (isinstance(entry.signature, str) and isinstance(entry.hash, str)):
            # a damaged row may hold nothing, numbers or bytes where words were
            yield Problem(where=where, what="is not signed by a key that the log announces")
            return
        key = entry.signature.partition(":")[0]
        public = self._announced.get(key)
        if public is None or not is_signed(entry.hash, entry.signature, public):
            yield Problem(where=where, what="is not signed by a key that the log announces")
            return
        counted = self._signed.setdefault(key, [entry.seq, 0])
        counted[1] += 1
        if self._expected and public not in self._expected:
            yield Problem(where=where, what=f"is signed by {key}, which is none of the keys named")


def find_announced(entries: Iterable[Entry]) -> dict[str, str]:
    """The public keys that entries of kind ``key`` announce, by id. Such entries are never
    sealed; what is wrong with one is said when the chain is walked."""
    found: dict[str, str] = {}
    for entry in entries:
        if entry.kind != "key":
            continue
        try:
            public = msgspec.json.decode(entry.body, type=_Announced).public
            found[key_id(public)] = public
        except (msgspec.MsgspecError, ValueError, TypeError):
            continue
    return found


def check_chain(entries: Iterable[Entry], announced: Mapping[str, str], shown: str) -> None:
    """The chain of a copy, called ``shown``. An empty log holds.

    Raises:
        LedgerDamaged: something does not hold; the first such thing is named.
    """
    chain = Chain(announced)
    found = join.from_iterable(chain.take(entry) for entry in entries)
    first = next(found, None) or next(chain.finish(), None)
    if first is not None:
        raise LedgerDamaged(f"{shown}: {first.where} {first.what}. Nothing was taken over.")


class _Announced(Value, frozen=True, kw_only=True):
    public: str


def _hash_again(entry: Entry) -> str | None:
    try:
        return hash_entry(entry.seq, entry.at, entry.kind, entry.body, entry.prev, entry.act)
    except (msgspec.MsgspecError, AttributeError, TypeError, UnicodeEncodeError):
        return None
