"""Does the record still say what it said? Chain, store, tables and quotes, one after another."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import msgspec
from sqlalchemy import Connection, Table, create_engine, select
from sqlalchemy.pool import NullPool

from harmledger.core.base import Value
from harmledger.core.errors import LedgerDamaged
from harmledger.ledger.entry import FIRST_PREV, Entry, hash_entry
from harmledger.ledger.project import insert_rows, project_entry
from harmledger.ledger.record import Ledger
from harmledger.ledger.records import Records
from harmledger.ledger.schema import (
    CAPTURES,
    CLAIMS,
    DOCUMENTS,
    METADATA,
    PROJECTIONS,
    REFUSALS,
    TEXTS,
)

_RESTORE = "Bring the ledger and its store back from a copy made before, and verify that copy."


class Problem(Value, frozen=True, kw_only=True):
    """Something that does not hold: where, what, and what to do."""

    where: str
    what: str
    next: str = _RESTORE


def verify_ledger(ledger: Ledger, head: str | None = None) -> tuple[Problem, ...]:
    """Check everything; an empty result means that all of it holds.

    ``head`` is the hash of an earlier last entry: it must still stand in the chain. Without
    it, entries cut off the end cannot be noticed.
    """
    with ledger.records() as records:
        return (
            *_check_chain(records, head),
            *_check_store(records, records.connection),
            *_check_tables(records, records.connection),
            *_check_claims(records, records.connection),
        )


def _check_chain(records: Records, head: str | None) -> Iterator[Problem]:
    prev, seq, head_seen = FIRST_PREV, 0, head in (None, FIRST_PREV)
    for entry in records.iter_entries():
        where = f"log entry {entry.seq}"
        if entry.seq != seq + 1:
            yield Problem(where=where, what=f"follows entry {seq}: entries between are missing")
        if entry.prev != prev:
            yield Problem(where=where, what="does not name the entry before it")
        if entry.hash != _hash_again(entry):
            yield Problem(where=where, what="was changed after it was written")
        prev, seq = entry.hash, entry.seq
        head_seen = head_seen or entry.hash == head
    if not head_seen:
        yield Problem(
            where=f"log, up to entry {seq}",
            what=f"does not contain the earlier head {head}: entries were cut off or rewritten",
        )


def _hash_again(entry: Entry) -> str | None:
    try:
        return hash_entry(entry.seq, entry.at, entry.kind, entry.body, entry.prev)
    except msgspec.MsgspecError:
        return None


def _check_store(records: Records, connection: Connection) -> Iterator[Problem]:
    """Every file holds what its name says; every hash the ledger names is there."""
    for sha256 in records.store.iter_hashes():
        problem = _check_content(records, sha256)
        if problem is not None:
            yield problem
    for table, column in ((DOCUMENTS, "sha256"), (TEXTS, "sha256"), (REFUSALS, "sha256")):
        query = select(table.c[column]).where(table.c[column].is_not(None)).distinct()
        for (sha256,) in connection.execute(query.order_by(table.c[column])).all():
            if records.store.find_path(sha256) is None:
                yield Problem(
                    where=f"{table.name} {sha256}",
                    what="the ledger names these bytes and the store does not hold them",
                )


def _check_content(records: Records, sha256: str) -> Problem | None:
    try:
        records.store.read(sha256)
    except LedgerDamaged as error:
        return Problem(where=f"store {sha256}", what=str(error))
    return None


def _check_tables(records: Records, connection: Connection) -> Iterator[Problem]:
    """The tables equal what the log gives when it is replayed into an empty database."""
    with tempfile.TemporaryDirectory(prefix="harmledger-verify-") as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'again.db'}", poolclass=NullPool)
        METADATA.create_all(engine)
        with engine.begin() as again:
            try:
                for entry in records.iter_entries():
                    insert_rows(again, project_entry(entry))
            except (LedgerDamaged, msgspec.MsgspecError, KeyError, TypeError) as error:
                yield Problem(where="log", what=f"cannot be replayed: {error}")
                return
            for table in PROJECTIONS:
                yield from _compare(table, connection, again)


def _compare(table: Table, connection: Connection, again: Connection) -> Iterator[Problem]:
    query = select(table).order_by(*table.primary_key.columns)
    pairs = zip_longest(connection.execute(query), again.execute(query))
    for now, should_be in pairs:
        if now != should_be:
            row = should_be if should_be is not None else now
            yield Problem(
                where=f"table {table.name}, from entry {row.seq}",
                what="is not what the log gives",
                next="Run `harmledger verify --rebuild` to make the tables again from the log.",
            )
            return


def _check_claims(records: Records, connection: Connection) -> Iterator[Problem]:
    """Each quote stands in its text, and each claim leads to bytes (text by text)."""
    known = {row.id: row.sha256 for row in connection.execute(select(DOCUMENTS))}
    layers = {(row.document, row.sha256) for row in connection.execute(select(TEXTS))}
    captured = set(connection.execute(select(CAPTURES.c.document)).scalars())
    sha256, text = "", ""
    query = select(CLAIMS.c.id, CLAIMS.c.document, CLAIMS.c.text_sha256, CLAIMS.c.body)
    for row in connection.execute(query.order_by(CLAIMS.c.text_sha256, CLAIMS.c.seq)):
        where = f"claim {row.id}"
        if row.document not in known or records.store.find_path(known[row.document]) is None:
            yield Problem(where=where, what="does not lead to any bytes")
        if row.document not in captured:
            yield Problem(where=where, what=f"document {row.document} was never captured")
        if (row.document, row.text_sha256) not in layers:
            yield Problem(where=where, what="names a text its document does not have")
        if row.text_sha256 != sha256:
            sha256, text = row.text_sha256, _text_or_nothing(records, row.text_sha256)
        span = msgspec.json.decode(row.body)["span"]
        if text[span["start"] : span["end"]] != span["quote"]:
            yield Problem(where=where, what="its quote does not stand where its span says")


def _text_or_nothing(records: Records, sha256: str) -> str:
    try:
        return records.text(sha256)
    except (LedgerDamaged, UnicodeDecodeError):
        return ""
