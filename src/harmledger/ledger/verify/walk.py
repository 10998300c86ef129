"""One walk over the log: chain, signatures, the tables it gives, the bytes it names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Table, func, select
from sqlalchemy.exc import DBAPIError

from harmledger.core.errors import LedgerDamaged
from harmledger.ledger.entry import FIRST_PREV, Entry, hash_entry
from harmledger.ledger.heads import SavedHead
from harmledger.ledger.insert import Row, fetch_rows
from harmledger.ledger.keys import is_signed, key_id
from harmledger.ledger.project import OpenEntry, find_gapped, open_entry, project_entry
from harmledger.ledger.record import CLOCK_SLACK
from harmledger.ledger.records import Records
from harmledger.ledger.schema import LOG, PROJECTIONS
from harmledger.ledger.verify.contents import Contents
from harmledger.ledger.verify.orders import check_order
from harmledger.ledger.verify.problem import REBUILD, Problem

_BATCH = 500


class Walk:
    """Takes the log batch by batch and says what does not hold. Memory grows with the number of
    documents (their ids and hashes), not with the claims."""

    def __init__(self, records: Records, head: SavedHead | None) -> None:
        self._records = records
        self._head = head
        self._head_seen = head is None or head.hash == FIRST_PREV
        self._prev, self._seq = FIRST_PREV, 0
        self._at: datetime | None = None
        self._keys = _find_keys(records)
        self._gapped = find_gapped(records, records.store.seal)
        self._contents = Contents(records.store)

    def iter_batches(self) -> Iterator[list[Entry]]:
        """The log in pieces that fit in memory."""
        last: int = self._records.connection.execute(select(func.max(LOG.c.seq))).scalar() or 0
        first: int = self._records.connection.execute(select(func.min(LOG.c.seq))).scalar() or 0
        for low in range(min(first, 1), last + 1, _BATCH):
            yield [Entry(**row) for row in self._rows(LOG, low, min(low + _BATCH - 1, last))]

    def take(self, batch: list[Entry]) -> Iterator[Problem]:
        """Check these entries and everything that hangs on them."""
        if not batch:
            return
        low = self._seq + 1
        expected: dict[Table, list[Row]] = {table: [] for table in PROJECTIONS}
        for entry in batch:
            yield from self._check_link(entry)
            try:
                opened = open_entry(entry, self._records.store.seal, self._gapped)
                for table, row in project_entry(opened, self._records.store.seal):
                    expected[table].append(row)
            except LedgerDamaged as error:
                yield Problem(where=f"log entry {entry.seq}", what=str(error))
                continue
            yield from self._check_inside(opened)
        for table in PROJECTIONS:
            yield from self._compare(table, low, batch[-1].seq, expected[table])

    def _check_inside(self, opened: OpenEntry) -> Iterator[Problem]:
        """What the entry says, where it says what its kind promises."""
        try:
            if opened.entry.kind == "forgetting":
                yield from check_order(self._records.store.seal, opened)
            yield from self._check_prev(opened)
            yield from self._contents.check(opened)
        except (KeyError, TypeError, AttributeError) as error:
            what = f"lacks what its kind promises ({type(error).__name__})"
            yield Problem(where=f"log entry {opened.entry.seq}", what=what)

    def finish(self) -> Iterator[Problem]:
        """What can be said once the whole log was seen."""
        if not self._head_seen and self._head is not None:
            yield Problem(
                where=f"log, up to entry {self._seq}",
                what=f"does not contain the earlier head {self._head.hash}: entries were cut off "
                "or rewritten",
            )
        for table in PROJECTIONS:
            outside = (table.c.seq > self._seq) | (table.c.seq < 1)
            extra = self._records.connection.execute(
                select(func.count()).select_from(table).where(outside)
            ).scalar()
            if extra:
                what = f"holds {extra} rows that no entry gives"
                yield Problem(where=f"table {table.name}", what=what, next=REBUILD)
        yield from self._contents.finish()

    def _check_link(self, entry: Entry) -> Iterator[Problem]:
        where = f"log entry {entry.seq}"
        if entry.seq != self._seq + 1:
            missing = f"follows entry {self._seq}: entries between are missing"
            yield Problem(where=where, what=missing)
        if entry.prev != self._prev:
            yield Problem(where=where, what="does not name the entry before it")
        if entry.hash != _hash_again(entry):
            yield Problem(where=where, what="was changed after it was written")
        if not self._is_signed(entry):
            yield Problem(where=where, what="is not signed by a key that the log announces")
        yield from self._check_time(entry, where)
        self._prev, self._seq = entry.hash, entry.seq
        if self._head is not None and entry.hash == self._head.hash:
            self._head_seen = self._head.seq in (None, entry.seq)

    def _is_signed(self, entry: Entry) -> bool:
        if entry.signature is None:
            return entry.act is None
        if not (isinstance(entry.signature, str) and isinstance(entry.hash, str)):
            return False  # a damaged row may hold numbers or bytes where words were
        public = self._keys.get(entry.signature.partition(":")[0])
        return public is not None and is_signed(entry.hash, entry.signature, public)

    def _check_time(self, entry: Entry, where: str) -> Iterator[Problem]:
        try:
            at = datetime.fromisoformat(entry.at)
            if entry.act is not None and self._at is not None and at < self._at - CLOCK_SLACK:
                yield Problem(where=where, what=f"says {entry.at}, earlier than the one before")
        except (ValueError, TypeError):
            yield Problem(where=where, what="says no time that can be read")
            return
        self._at = at

    def _check_prev(self, opened: OpenEntry) -> Iterator[Problem]:
        """A decision taken here names the entry it followed."""
        entry, act = opened.entry, opened.act
        here = entry.kind == "decision" and act is not None and act.origin is None
        if here and opened.body["decision"].get("prev") != entry.prev:
            what = "its decision does not follow the entry before it"
            yield Problem(where=f"log entry {entry.seq}", what=what)

    def _compare(self, table: Table, low: int, high: int, expected: list[Row]) -> Iterator[Problem]:
        now = self._rows(table, low, high)
        if now == expected:
            return
        place = next(
            (n for n, (a, b) in enumerate(zip(now, expected, strict=False)) if a != b),
            min(len(now), len(expected)),
        )
        row = expected[place] if place < len(expected) else now[place]
        yield Problem(
            where=f"table {table.name}, entry {row['seq']}",
            what="is not what the log gives",
            next=REBUILD,
        )

    def _rows(self, table: Table, low: int, high: int) -> list[Row]:
        try:
            return fetch_rows(self._records.connection, table, low, high)
        except DBAPIError as error:
            if self._records.connection.dialect.name != "sqlite" or low == high:
                raise LedgerDamaged(
                    f"table {table.name}, entry {low}: cannot be read, its bytes were changed"
                ) from error
        middle = (low + high) // 2
        return self._rows(table, low, middle) + self._rows(table, middle + 1, high)


def _find_keys(records: Records) -> dict[str, str]:
    """The public keys that the log itself announces (the table of keys is only a copy)."""
    found = {}
    query = select(LOG).where(LOG.c.kind == "key").order_by(LOG.c.seq)
    for row in records.connection.execute(query):
        try:
            public = _public_of(open_entry(Entry(**row._mapping), records.store.seal).body)
        except (LedgerDamaged, ValueError):
            continue  # the walk says what is wrong with the entry
        found[key_id(public)] = public
    return found


def _public_of(body: Any) -> str:
    public = body.get("public") if isinstance(body, dict) else None
    if not isinstance(public, str):
        raise ValueError("no public key")  # noqa: TRY004 - data, not a caller's mistake
    return public


def _hash_again(entry: Entry) -> str | None:
    try:
        return hash_entry(entry.seq, entry.at, entry.kind, entry.body, entry.prev, entry.act)
    except (msgspec.MsgspecError, AttributeError, TypeError, UnicodeEncodeError):
        return None
