"""Reading the store again, a part at a time: the files not read for longest come first.

Each re-hash is an entry of the log that names what it read, so it is known of every file when it
was last read: by the latest re-hash that holds it, else when it was written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import Any

import msgspec
from sqlalchemy import select

from harmledger.core.base import Value
from harmledger.core.errors import LedgerDamaged
from harmledger.ledger.entry import TOOL, Act, Draft
from harmledger.ledger.record import Ledger
from harmledger.ledger.records import Records
from harmledger.ledger.schema import DOCUMENTS, LOG, REFUSALS, TEXTS
from harmledger.ledger.seal import open_body
from harmledger.ledger.verify.problem import Problem


class Rehash(Value, frozen=True, kw_only=True):
    """``checked`` contents were read, ``first`` to ``last`` (hashes, in the order taken);
    ``overdue`` were not, although they are older than asked for."""

    checked: int
    first: str | None
    last: str | None
    problems: tuple[Problem, ...]
    overdue: int = 0


class Kept(Value, frozen=True, kw_only=True):
    """A kept content by its hash, and when it was last read or, never read again, written."""

    sha256: str
    read_at: datetime


class _Span(Value, frozen=True, kw_only=True):
    """From one hash to another, both included; round the end where ``first`` is the greater."""

    first: str
    last: str


class _Note(Value, frozen=True, kw_only=True):
    """``spans`` is not there in re-hashes of earlier versions: they read one span."""

    checked: int
    first: str
    last: str
    spans: tuple[_Span, ...] = ()


def rehash_store(
    ledger: Ledger,
    many: int | None,
    *,
    now: datetime | None = None,
    max_age: timedelta | None = None,
) -> Rehash:
    """Read contents that the log names and log that they were read: up to ``many`` (None: all),
    those not read for longest first; with ``max_age`` only what was not read for so long before
    ``now`` (with zone).

    Raises:
        LedgerRefused: the ledger was opened for reading.
    """
    with ledger.records() as records:
        kept = find_kept(records)
    due = kept if max_age is None or now is None else find_due(kept, now - max_age)
    part = [one.sha256 for one in islice(due, many)]
    problems = tuple(_check_all(ledger, part))
    first, last = (part[0], part[-1]) if part else (None, None)
    overdue = 0 if max_age is None else len(due) - len(part)
    done = Rehash(checked=len(part), first=first, last=last, problems=problems, overdue=overdue)
    if part:
        spans = _find_spans(part, [one.sha256 for one in kept])
        ledger.append(lambda _records, _head: [_draft(done, spans)])
    return done


def find_due(kept: Iterable[Kept], before: datetime) -> tuple[Kept, ...]:
    """Those not read since ``before``, in the order given."""
    return tuple(one for one in kept if one.read_at < before)


def find_kept(records: Records) -> tuple[Kept, ...]:
    """Every kept content, what was not read for longest first."""
    written = dict(_iter_written(records))
    names = sorted(written)
    at = dict(_times(records, LOG.c.kind == "rehash"))
    read = dict(written)
    for seq, body in records.notes("rehash"):
        note = msgspec.convert(body, type=_Note)
        for span in note.spans or (_Span(first=note.first, last=note.last),):
            for name in _inside(span, names):
                read[name] = max(read[name], at[seq])
    found = (Kept(sha256=name, read_at=read[name]) for name in names)
    return tuple(sorted(found, key=lambda one: (one.read_at, one.sha256)))


def find_last_rehash(records: Records) -> tuple[int, datetime] | None:
    """Entry number and time of the latest re-hash."""
    return max(_times(records, LOG.c.kind == "rehash"), default=None)


def _times(records: Records, where: Any) -> Iterator[tuple[int, datetime]]:
    rows = records.connection.execute(select(LOG.c.seq, LOG.c.at).where(where))
    return ((row.seq, datetime.fromisoformat(row.at)) for row in rows)


def _iter_written(records: Records) -> Iterator[tuple[str, datetime]]:
    """Hash and time of the entry that first named it; the last of a hash stands in a dict."""
    named: dict[str, int] = {}
    for seq, sha256 in _iter_named(records):
        named[sha256] = min(seq, named.get(sha256, seq))
    kinds = ("document", "text", "refusal")
    at = dict(_times(records, LOG.c.kind.in_(kinds)))
    yield from ((sha256, at[seq]) for sha256, seq in named.items())


def _iter_named(records: Records) -> Iterator[tuple[int, str]]:
    seal = records.store.seal
    for table in (DOCUMENTS, TEXTS, REFUSALS):
        if not records.is_sealed:
            rows = records.connection.execute(select(table.c.seq, table.c.sha256))
            yield from ((seq, sha256) for seq, sha256 in rows if sha256 is not None)
            continue
        for row in records.connection.execute(select(table.c.seq, table.c.body)):
            sha256 = msgspec.json.decode(open_body(seal, row.body, row.seq)).get("sha256")
            if sha256 is not None and not records.store.is_forgotten(sha256):
                yield row.seq, sha256


def _inside(span: _Span, names: Sequence[str]) -> Sequence[str]:
    """Of ``names``, sorted, those in the span; a name written later stands there too, and was
    written later than it was read."""
    low = bisect_right(names, span.first)
    low -= bool(low) and names[low - 1] == span.first
    high = bisect_right(names, span.last)
    if span.first <= span.last:
        return names[low:high]
    return [*names[low:], *names[:high]]


def _find_spans(part: Iterable[str], names: Iterable[str]) -> tuple[_Span, ...]:
    """What was read, as few spans over all names there are now."""
    wanted, spans = frozenset(part), []
    for is_read, run in groupby(sorted(names), key=wanted.__contains__):
        held = list(run)
        if is_read:
            spans.append(_Span(first=held[0], last=held[-1]))
    return tuple(spans)


def _check_all(ledger: Ledger, part: list[str]) -> Iterator[Problem]:
    for sha256 in part:
        try:
            ledger.store.read(sha256)  # compares bytes and hash
        except LedgerDamaged as error:
            yield Problem(where=f"store {sha256}", what=str(error))


def _draft(done: Rehash, spans: tuple[_Span, ...]) -> Draft:
    damaged = [problem.where.removeprefix("store ") for problem in done.problems]
    body = {
        "checked": done.checked,
        "first": done.first,
        "last": done.last,
        "spans": msgspec.to_builtins(spans),
        "damaged": damaged,
    }
    act = Act(actor=TOOL, action="rehash", after=f"{done.checked} read, {len(damaged)} damaged")
    return Draft(kind="rehash", body=body, act=act)
