"""One walk over the log: chain, signatures, the tables it gives, the bytes it names."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

import msgspec
from sqlalchemy import Table, func, select
from sqlalchemy.exc import DBAPIError

from harmledger.core.base import Value
from harmledger.core.errors import LedgerDamaged
from harmledger.ledger.appending import CLOCK_SLACK
from harmledger.ledger.entry import FIRST_PREV, Entry
from harmledger.ledger.heads import SavedHead
from harmledger.ledger.insert import Row, fetch_rows
from harmledger.ledger.opened import OpenEntry, find_gapped, open_entry
from harmledger.ledger.project import project_entry
from harmledger.ledger.records import Records
from harmledger.ledger.schema import LOG, PROJECTIONS
from harmledger.ledger.verify.contents import Contents
from harmledger.ledger.verify.editions import check_edition
from harmledger.ledger.verify.links import Chain, find_announced
from harmledger.ledger.verify.orders import check_order
from harmledger.ledger.verify.problem import REBUILD, Problem

_BATCH = 500


class _Followed(Value, frozen=True, kw_only=True):
    prev: str | None = None


class _Decided(Value, frozen=True, kw_only=True):
    decision: _Followed


class Walk:
    """Takes the log batch by batch and says what does not hold. Memory grows with the number of
    documents (their ids and hashes), not with the claims."""

    def __init__(
        self, records: Records, head: SavedHead | None, expected: Collection[str] = ()
    ) -> None:
        self._records = records
        self._head = head
        self._head_seen = head is None or head.hash == FIRST_PREV
        self._at: datetime | None = None
        self.chain = Chain(find_announced(records.iter_kind("key")), expected)
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
        low = self.chain.seq + 1
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
            if opened.entry.kind == "edition" and not opened.is_empty:
                yield from check_edition(self._records, opened)
            yield from self._check_prev(opened)
            yield from self._contents.check(opened)
        except (msgspec.MsgspecError, TypeError, AttributeError) as error:
            what = f"lacks what its kind promises ({type(error).__name__})"
            yield Problem(where=f"log entry {opened.entry.seq}", what=what)

    def finish(self) -> Iterator[Problem]:
        """What can be said once the whole log was seen."""
        yield from self.chain.finish()
        if not self._head_seen and self._head is not None:
            yield Problem(
                where=f"log, up to entry {self.chain.seq}",
                what=f"does not contain the earlier head {self._head.hash}: entries were cut off "
                "or rewritten",
            )
        for table in PROJECTIONS:
            outside = (table.c.seq > self.chain.seq) | (table.c.seq < 1)
            extra = self._records.connection.execute(
                select(func.count()).select_from(table).where(outside)
            ).scalar()
            if extra:
                what = f"holds {extra} rows that no entry gives"
                yield Problem(where=f"table {table.name}", what=what, next=REBUILD)
        yield from self._contents.finish()

    def _check_link(self, entry: Entry) -> Iterator[Problem]:
        yield from self.chain.take(entry)
        yield from self._check_time(entry, f"log entry {entry.seq}")
        if self._head is not None and entry.hash == self._head.hash:
            self._head_seen = self._head.seq in (None, entry.seq)

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
        if here and opened.read(_Decided).decision.prev != entry.prev:
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
