"""The ledger: the only functions that add to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, Engine

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.document import Capture, Document, Refusal, Text
from harmledger.core.errors import LedgerRefused
from harmledger.core.extraction import Extraction
from harmledger.ledger.address import Address
from harmledger.ledger.appending import append_drafts
from harmledger.ledger.engine import plain_errors
from harmledger.ledger.entry import (
    TOOL,
    Act,
    Clock,
    Draft,
    Entry,
    Head,
)
from harmledger.ledger.insert import insert_rows
from harmledger.ledger.keys import Signer, SignerMaker
from harmledger.ledger.known import Gathered, KnownDocuments, find_known
from harmledger.ledger.lock import WriterLock
from harmledger.ledger.opened import find_gapped, open_entry
from harmledger.ledger.people import SealedPerson
from harmledger.ledger.project import project_entry
from harmledger.ledger.records import Records
from harmledger.ledger.registry import draft_people, find_people, load_people
from harmledger.ledger.schema import LOG, PROJECTIONS
from harmledger.ledger.sights import Sight
from harmledger.ledger.store import ContentStore

_BATCH = 500

Drafter = Callable[[Records, Head], Sequence[Draft]]


class Effect(Value, frozen=True, kw_only=True):
    """What a decision changes: what stood before and stands after, by claim or incident id, and
    the counting policies in force."""

    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    policy: tuple[str, ...] = ()


class Decided(Protocol):
    """A decision and, for amend and add, the person's own claim."""

    @property
    def decision(self) -> Decision: ...

    @property
    def claim(self) -> Claim | None: ...


class Ledger:
    """One record, open for reading, or for reading and writing. A context manager.

    Reading is possible from several threads at once; on PostgreSQL, so is writing.
    """

    def __init__(
        self,
        address: Address,
        engine: Engine,
        store: ContentStore,
        clock: Clock,
        signer: SignerMaker,
        lock: WriterLock | None,
        *,
        writes: bool,
        patience: float | None = None,
    ) -> None:
        """``patience``: seconds to wait for the writer's lock, taken for each entry; None when it
        is held for as long as the ledger is open."""
        self.address = address
        self.store = store
        self._engine = engine
        self._clock = clock
        self._make_signer = signer
        self._lock = lock
        self._writes = writes
        self._patience = patience

    @property
    def path(self) -> Path | None:
        """The SQLite file; None on PostgreSQL."""
        return self.address.path

    @property
    def cache_folder(self) -> Path:
        """Where what can be computed again may be kept; deleting it loses nothing."""
        return self.address.cache_folder

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
        """Close the database and give the writer's lock back."""
        self._engine.dispose()
        if self._lock is not None:
            self._lock.release()

    @contextmanager
    def records(self) -> Iterator[Records]:
        """Everything that can be read, seen at one moment."""
        with plain_errors(self.address), self._engine.connect() as connection:
            yield self._open_records(connection)

    def _open_records(self, connection: Connection) -> Records:
        """With the keys and the sealed persons of this moment: others may have changed both."""
        self.store.seal.ready(self.store.shelf)
        records = Records(connection, self.store)
        if records.is_sealed:
            load_people(records)
        return records

    def head(self) -> Head:
        """The last entry's number, hash, time and signature."""
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
        """Add what is new about one document, in one transaction; see :meth:`write_documents`."""
        gathered = Gathered(
            content=content,
            document=document,
            text=text,
            extraction=extraction,
            captures=tuple(captures),
        )
        return self.write_documents((gathered,))

    def write_documents(self, batch: Sequence[Gathered]) -> Head:
        """Add what is new about these documents, all in one transaction.

        Bytes and texts are on disk before the transaction is for good, so that no entry ever names
        what the store does not hold; the disk takes them while the entries are drawn up. What the
        ledger already says is not said again. A document that named somebody who was forgotten is
        not taken in again.
        """
        named = self.seal_people(batch)
        kept = self.store.start_writing(
            (one.content for one in batch),
            ((one.text.text, named.get(one.document.id, ())) for one in batch),
        )

        def draft(records: Records, _head: Head) -> list[Draft]:
            gone = records.forgotten_documents() if records.is_sealed else frozenset()
            here = [one for one in batch if one.document.id not in gone]
            known = find_known(records, here)
            return [
                replace(draft, persons=named.get(one.document.id, ()))
                for one in here
                for draft in known.iter_drafts(one)
            ]

        try:
            return self.append(draft, settle=lambda _records: kept())
        finally:
            kept()

    def seal_people(self, batch: Sequence[Gathered]) -> dict[str, tuple[SealedPerson, ...]]:
        """Who is sealed in each of these documents, by its id. Persons that reading found get a
        key of their own first. Empty for an ordinary ledger."""
        if self.store.seal.name == "plain":
            return {}
        names = tuple(dict.fromkeys(name for one in batch for name in one.persons))
        self.append(lambda records, _head: draft_people(records, names))
        with self.records():
            directory = self.store.seal.directory
        return {one.document.id: find_people(directory, one) for one in batch}

    def write_capture(self, document: str, capture: Capture) -> Head:
        """Bytes already known were seen at another place; at a known place nothing is added."""

        def draft(records: Records, _head: Head) -> list[Draft]:
            if records.is_sealed and document in records.forgotten_documents():
                return []
            places = () if capture.place is None else (capture.place,)
            known = KnownDocuments(records, (document,), places)
            if known.has_capture(document, capture.place):
                return []
            return [known.capture(document, capture)]

        return self.append(draft)

    def write_absence(self, sight: Sight, noticed_at: str) -> Head:
        """The file these bytes were captured from is gone; written once until it is seen again."""
        body = {"document": sight.document, "path": sight.path, "noticed_at": noticed_at}
        if sight.file is not None:
            body["file"] = sight.file
        act = Act(actor=TOOL, action="miss", before=sight.document)

        def draft(records: Records, _head: Head) -> list[Draft]:
            if not records.has_capture(sight.document, sight.place):
                return []
            return [Draft(kind="absence", body=body, act=act)]

        return self.append(draft)

    def write_refusal(self, refusal: Refusal, content: bytes | None) -> Head:
        """An item that could not be read: its reason, and its bytes when there are any. The same
        refusal is not written twice."""
        if content is not None:
            self.store.write(content)

        def draft(records: Records, _head: Head) -> list[Draft]:
            if records.has_refusal(refusal):
                return []
            act = Act(actor=TOOL, action="refuse", reason=refusal.reason)
            return [Draft(kind="refusal", body=msgspec.to_builtins(refusal), act=act)]

        return self.append(draft)

    def write_decision(
        self, decision: Decision, claim: Claim | None = None, effect: Effect | None = None
    ) -> Head:
        """Add a decision and, for amend and add, the person's own claim.

        Raises:
            LedgerRefused: something was written between deciding and writing.
        """

        def draft(_records: Records, head: Head) -> list[Draft]:
            if decision.prev != head.hash:
                raise LedgerRefused(
                    f"decision {decision.id} was taken before the ledger's last entry was "
                    "written. Look at the claim again and decide again."
                )
            return [decision_draft(decision, claim, effect or Effect())]

        return self.append(draft)

    def decide(self, build: Callable[[Records, str], tuple[Decided, Effect]]) -> Decision:
        """Take a decision and write it while nobody else can write: ``build`` gets what is known
        now and the hash the decision follows (``prev``)."""
        taken: list[Decision] = []

        def draft(records: Records, head: Head) -> list[Draft]:
            decided, effect = build(records, head.hash)
            taken.append(decided.decision)
            return [decision_draft(decided.decision, decided.claim, effect)]

        self.append(draft)
        return taken[-1]

    def rebuild(self) -> int:
        """Make every projection again from the log; gives the number of entries replayed."""
        with self._writing() as connection:
            return rebuild_tables(self._open_records(connection))

    def replay(self, entries: Iterable[Entry]) -> None:
        """Put the entries of a copy into this ledger, which is empty, word for word.

        Raises:
            LedgerRefused: the ledger holds entries.
        """
        with self._writing() as connection:
            if Records(connection, self.store).head().seq:
                raise LedgerRefused(f"{self.address.shown} holds entries; name a new ledger.")
            waiting = iter(entries)
            while batch := list(islice(waiting, _BATCH)):
                insert_rows(connection, ((LOG, msgspec.structs.asdict(e)) for e in batch))
            rebuild_tables(Records(connection, self.store))

    def append(self, draft: Drafter, settle: Callable[[Records], None] | None = None) -> Head:
        """Entries and their projections, all of them or none. ``draft`` is called once nobody
        else can write, with what is known then; an empty list writes nothing. ``settle`` is
        called when everything is written but nothing is for good yet."""
        with self._writing() as connection:
            records = self._open_records(connection)
            head = records.head()
            drafts = list(draft(records, head))
            if not drafts:
                return head
            last = append_drafts(records, drafts, self._signer, self._clock)
            if settle is not None:
                settle(records)
            return last

    @cached_property
    def _signer(self) -> Signer:
        return self._make_signer()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if not self._writes:
            raise LedgerRefused(f"{self.address.shown} was opened for reading; open it to write.")
        with (
            self._turn(),
            plain_errors(self.address),
            self._engine.connect() as connection,
        ):
            connection.execution_options(writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._lock is None or self._patience is None:
            yield
            return
        self._lock.acquire(self._patience)
        try:
            yield
        finally:
            self._lock.release()


def rebuild_tables(records: Records) -> int:
    """Empty every projection and fill it again from the log."""
    connection, seal = records.connection, records.store.seal
    for table in PROJECTIONS:
        connection.execute(table.delete())
    entries = 0
    gapped = find_gapped(records, seal)
    for batch in records.iter_batches():
        rows = (row for e in batch for row in project_entry(open_entry(e, seal, gapped), seal))
        insert_rows(connection, rows)
        entries += len(batch)
    return entries


def decision_draft(decision: Decision, claim: Claim | None, effect: Effect) -> Draft:
    """The entry a decision becomes."""
    body = {
        "decision": msgspec.to_builtins(decision),
        "claim": None if claim is None else msgspec.to_builtins(claim),
    }
    act = Act(
        actor=decision.by,
        action=decision.action,
        reason=decision.reason,
        before=effect.before,
        after=effect.after,
        policy=effect.policy,
    )
    return Draft(kind="decision", body=body, act=act)
