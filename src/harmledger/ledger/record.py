"""The ledger: opening it, and the only functions that add to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, select
from sqlalchemy.exc import DatabaseError, OperationalError

from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.document import Capture, Document, Refusal, Text
from harmledger.core.errors import LedgerBusy, LedgerDamaged, LedgerRefused, WrongUsage
from harmledger.core.extraction import Extraction
from harmledger.ledger.entry import Clock, Draft, Head, chain_entry, utc_clock
from harmledger.ledger.lock import WriterLock
from harmledger.ledger.project import insert_rows, project_entry
from harmledger.ledger.records import Records
from harmledger.ledger.schema import LOG, META, METADATA, PROJECTIONS, SCHEMA
from harmledger.ledger.store import ContentStore


class Ledger:
    """One record, open for reading, or for reading and writing. A context manager."""

    def __init__(self, path: Path, engine: Engine, clock: Clock, lock: WriterLock | None) -> None:
        self.path = path
        self.store = ContentStore(path.with_name(path.name + ".store"))
        self._engine = engine
        self._clock = clock
        self._lock = lock

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and give the writer's lock back."""
        self._engine.dispose()
        if self._lock is not None:
            self._lock.release()

    @contextmanager
    def records(self) -> Iterator[Records]:
        """Everything that can be read, seen at one moment."""
        with self._engine.connect() as connection:
            yield Records(connection, self.store)

    def head(self) -> Head:
        """The last entry's number and hash."""
        with self.records() as records:
            return records.head()

    def write_document(
        self,
        content: bytes,
        document: Document,
        text: Text,
        extraction: Extraction,
        captures: Sequence[Capture],
    ) -> Head:
        """Add what is new about one document, in one transaction.

        Bytes and text are on disk before the transaction starts, so that no entry ever names
        what the store does not hold. What the ledger already says is not said again.
        """
        self.store.write(content)
        self.store.write(text.text.encode("utf-8"))
        bare = msgspec.structs.replace(document, captures=())
        with self.records() as records:
            known = records.find_document(document.id)
            drafts = [
                *_document_drafts(bare, known),
                *(
                    _capture_draft(document.id, capture)
                    for capture in captures
                    if not records.has_capture(document.id, capture.path)
                ),
                *(
                    []
                    if records.has_text(document.id, text.sha256, text.reader)
                    else [_text_draft(document.id, text)]
                ),
                Draft(kind="extraction", body=_bare_extraction(extraction)),
            ]
        return self._append(drafts)

    def write_capture(self, document: str, capture: Capture) -> Head:
        """Bytes already known were seen at another place."""
        return self._append([_capture_draft(document, capture)])

    def write_refusal(self, refusal: Refusal, content: bytes | None) -> Head:
        """An item that could not be read: its reason, and its bytes when there are any."""
        if content is not None:
            self.store.write(content)
        return self._append([Draft(kind="refusal", body=msgspec.to_builtins(refusal))])

    def write_decision(self, decision: Decision, claim: Claim | None = None) -> Head:
        """Add a decision and, for amend and add, the person's own claim.

        Raises:
            LedgerRefused: something was written between deciding and writing.
        """
        if decision.prev != self.head().hash:
            raise LedgerRefused(
                f"decision {decision.id} was taken before the ledger's last entry was written. "
                "Look at the claim again and decide again."
            )
        body = {
            "decision": msgspec.to_builtins(decision),
            "claim": None if claim is None else msgspec.to_builtins(claim),
        }
        return self._append([Draft(kind="decision", body=body)])

    def rebuild(self) -> int:
        """Make every projection again from the log; gives the number of entries replayed."""
        entries = 0
        with self._writing() as connection:
            for table in PROJECTIONS:
                connection.execute(table.delete())
            for entry in Records(connection, self.store).iter_entries():
                insert_rows(connection, project_entry(entry))
                entries += 1
        return entries

    def _append(self, drafts: Sequence[Draft]) -> Head:
        """Entries and their projections, all of them or none."""
        with self._writing() as connection:
            head = Records(connection, self.store).head()
            for draft in drafts:
                entry = chain_entry(draft, head, self._now())
                connection.execute(LOG.insert(), msgspec.structs.asdict(entry))
                insert_rows(connection, project_entry(entry))
                head = Head(seq=entry.seq, hash=entry.hash)
        return head

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._lock is None:
            raise LedgerRefused(f"{self.path} was opened for reading; open it for writing.")
        with self._engine.connect() as connection:
            connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    def _now(self) -> str:
        now = self._clock()
        if now.tzinfo is None:
            raise LedgerRefused("the clock gave a time without a zone; entries need one.")
        return now.isoformat()


def open_ledger(path: Path, *, write: bool = False, clock: Clock = utc_clock) -> Ledger:
    """Open the ledger at ``path``; with ``write``, make it when it is not there.

    Raises:
        WrongUsage: there is no ledger to read, or no folder to make one in.
        LedgerBusy: another process is writing (``write`` only).
        LedgerDamaged: the file is not a ledger, or one of another version.
    """
    if not write and not path.exists():
        raise WrongUsage(
            f"there is no ledger at {path}. "
            f"`harmledger run PATHS --ledger {path}` makes one; check the name otherwise."
        )
    if not path.parent.is_dir():
        raise WrongUsage(f"{path.parent} is not a folder; make it first, then run again.")
    lock = WriterLock(path) if write else None
    if lock is not None:
        lock.acquire()
    engine = _make_engine(path)
    ledger = Ledger(path, engine, clock, lock)
    try:
        _prepare(engine, path, write)
        if write:
            ledger.store.remove_partials()
    except BaseException:
        ledger.close()
        raise
    return ledger


def _make_engine(path: Path) -> Engine:
    """SQLite in WAL mode, with transactions begun by us and not by the driver's guesses."""
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA busy_timeout = 10000")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _prepare(engine: Engine, path: Path, write: bool) -> None:
    """Make the tables of a new ledger; check that an old one is one we can read."""
    try:
        if write:
            _use_wal(engine)
            with engine.connect().execution_options(writes=True) as connection:
                _create_tables(connection)
                connection.commit()
        with engine.connect() as connection:
            version = connection.execute(
                select(META.c.value).where(META.c.key == "schema")
            ).scalar()
    except OperationalError as error:
        if "locked" in str(error):
            raise LedgerBusy(
                f"{path} is locked by another program; close it, try again."
            ) from error
        raise _not_a_ledger(path) from error
    except DatabaseError as error:
        raise _not_a_ledger(path) from error
    if version != SCHEMA:
        raise LedgerDamaged(
            f"{path} has tables of version {version}; this harmledger reads version {SCHEMA}. "
            "Open it with the version that made it."
        )


def _use_wal(engine: Engine) -> None:
    """Switched outside any transaction, as SQLite asks."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def _create_tables(connection: Connection) -> None:
    new = not connection.dialect.has_table(connection, "meta")
    foreign = new and connection.dialect.get_table_names(connection)
    if foreign:
        raise LedgerDamaged(
            f"this database holds other tables ({', '.join(sorted(foreign))}) and no ledger. "
            "Name another file for the ledger."
        )
    if new:
        METADATA.create_all(connection)
        connection.execute(META.insert(), {"key": "schema", "value": SCHEMA})


def _not_a_ledger(path: Path) -> LedgerDamaged:
    return LedgerDamaged(
        f"{path} is not a ledger (or cannot be opened as one). Check the name given to --ledger."
    )


def _document_drafts(document: Document, known: Document | None) -> list[Draft]:
    if known is not None and msgspec.structs.replace(known, captures=()) == document:
        return []
    return [Draft(kind="document", body=msgspec.to_builtins(document))]


def _capture_draft(document: str, capture: Capture) -> Draft:
    body = {"document": document, "capture": msgspec.to_builtins(capture)}
    return Draft(kind="capture", body=body)


def _text_draft(document: str, text: Text) -> Draft:
    """The layout of a text; its characters lie in the store under its hash."""
    body = msgspec.to_builtins(text)
    del body["text"]
    return Draft(kind="text", body={"document": document} | body)


def _bare_extraction(extraction: Extraction) -> Any:
    body = msgspec.to_builtins(extraction)
    del body["layers"]
    return body
