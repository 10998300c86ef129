"""Reading the store again, a part at a time: the files not read for longest come first.

Files are taken in the order of their names, on from where the last re-hash ended and round
again; each re-hash is an entry of the log, so it is known which part was read when.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

import msgspec
from sqlalchemy import select

from harmledger.core.base import Value
from harmledger.core.errors import LedgerDamaged
from harmledger.ledger.entry import TOOL, Act, Draft
from harmledger.ledger.record import Ledger
from harmledger.ledger.records import Records
from harmledger.ledger.schema import DOCUMENTS, REFUSALS, TEXTS
from harmledger.ledger.seal import open_body
from harmledger.ledger.verify.problem import Problem


class Rehash(Value, frozen=True, kw_only=True):
    """``checked`` contents were read, ``first`` to ``last`` (hashes, in the order taken)."""

    checked: int
    first: str | None
    last: str | None
    problems: tuple[Problem, ...]


def rehash_store(ledger: Ledger, many: int) -> Rehash:
    """Read up to ``many`` contents that the log names and log that they were read.

    Raises:
        LedgerRefused: the ledger was opened for reading.
    """
    with ledger.records() as records:
        notes = records.notes("rehash")
        after = notes[-1][1]["last"] if notes else ""
        names = _named(records)
    turned = chain((n for n in names if n > after), (n for n in names if n <= after))
    part = list(islice(turned, many))
    problems = tuple(_check_all(ledger, part))
    first, last = (part[0], part[-1]) if part else (None, None)
    done = Rehash(checked=len(part), first=first, last=last, problems=problems)
    if part:
        ledger.append(lambda _records, _head: [_draft(done)])
    return done


def _named(records: Records) -> list[str]:
    found: set[str] = set()
    seal = records.store.seal
    for table in (DOCUMENTS, TEXTS, REFUSALS):
        if not records.is_sealed:
            rows = records.connection.execute(table.select().with_only_columns(table.c.sha256))
            found.update(sha256 for (sha256,) in rows if sha256 is not None)
            continue
        for row in records.connection.execute(select(table.c.seq, table.c.body)):
            sha256 = msgspec.json.decode(open_body(seal, row.body, row.seq)).get("sha256")
            if sha256 is not None and not records.store.is_forgotten(sha256):
                found.add(sha256)
    return sorted(found)


def _check_all(ledger: Ledger, part: list[str]) -> Iterator[Problem]:
    for sha256 in part:
        try:
            ledger.store.read(sha256)  # compares bytes and hash
        except LedgerDamaged as error:
            yield Problem(where=f"store {sha256}", what=str(error))


def _draft(done: Rehash) -> Draft:
    damaged = [problem.where.removeprefix("store ") for problem in done.problems]
    body = {"checked": done.checked, "first": done.first, "last": done.last, "damaged": damaged}
    act = Act(actor=TOOL, action="rehash", after=f"{done.checked} read, {len(damaged)} damaged")
    return Draft(kind="rehash", body=body, act=act)
