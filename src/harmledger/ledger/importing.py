"""Adding another ledger's evidence pack: every entry with where it comes from, nothing twice.

An imported entry keeps its body word for word; its act says who brought it and, as ``origin``,
which entry of which ledger it was. What this ledger holds of its own stands: another description
or reading of the same document is kept beside it. Decisions are taken over in their order, also
where they disagree with decisions taken here. A document that named somebody who was forgotten,
there or here, is left out: its bytes are gone, and a number must lead to bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from harmledger.core.base import Value
from harmledger.core.errors import LedgerRefused
from harmledger.ledger.entry import TOOL, Act, Draft, Head, Origin
from harmledger.ledger.heads import SavedHead
from harmledger.ledger.holding import Holding
from harmledger.ledger.pack import Pack, PackEntry, open_pack
from harmledger.ledger.people import SealedPerson, find_strings
from harmledger.ledger.record import Ledger
from harmledger.ledger.records import Records
from harmledger.ledger.registry import draft_people
from harmledger.ledger.seal import SealOpener
from harmledger.ledger.sealed import find_seal

_BATCH = 50
_NOT_TAKEN = (
    "key",
    "rehash",
    "timestamp",
    "import",
    "person",
    "gapped",
    "forgetting",
    "migration",
    "edition",
)
"""They speak of the other ledger's own chain, store and keys; the pack keeps them."""

PersonFinder = Callable[[Any], tuple[str, ...]]
"""From an extraction's body to the private persons it names."""


class Imported(Value, frozen=True, kw_only=True):
    """``added`` and ``known`` count entries; ``decisions`` are the ids of those added;
    ``left_out``: documents that named somebody who was forgotten; ``attested``: the pack's log
    names its files (what is added comes from the log alone, either way)."""

    ledger: str
    head: str
    added: int
    known: int
    decisions: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    attested: bool = False


class Importer(Value, frozen=True, kw_only=True):
    """Who brings a pack in, and why; both stay in the log."""

    by: str
    reason: str


def find_nobody(_body: Any) -> tuple[str, ...]:
    """Where nobody looks for private persons: a pack brought into an ordinary ledger."""
    return ()


def import_pack(
    ledger: Ledger,
    folder: Path,
    importer: Importer,
    progress: Callable[[int], None] | None = None,
    *,
    seal: SealOpener = find_seal,
    find_persons: PersonFinder = find_nobody,
) -> Imported:
    """Add the pack in ``folder`` to ``ledger``. Safe to interrupt and to run again. ``progress``
    is told the number of the last entry that is in the record for good. ``seal`` opens a sealed
    pack; ``find_persons``: who is to be sealed here, when this ledger is.

    Raises:
        WrongUsage: this is no pack.
        LedgerDamaged: the pack does not verify; nothing is added.
        LedgerRefused: it is a backup, its key does not open it, or name or reason is empty.
    """
    if not importer.by.strip() or not importer.reason.strip():
        raise LedgerRefused("an import needs a name (--by) and a reason (--reason); both stay.")
    pack = open_pack(folder, seal)
    bringing = _Bringing(ledger, pack, importer, find_persons)
    wanted = bringing.iter_wanted()
    while batch := list(islice(wanted, _BATCH)):
        bringing.take(batch)
        if progress is not None:
            progress(batch[-1].entry.seq)
    _note(ledger, pack.head, importer)
    return bringing.done()


class _Bringing:
    """One pack on its way in."""

    def __init__(
        self, ledger: Ledger, pack: Pack, importer: Importer, find_persons: PersonFinder
    ) -> None:
        self._ledger, self._pack, self._importer = ledger, pack, importer
        self._added = self._known = 0
        self._decisions: list[str] = []
        with ledger.records() as records:
            gone = records.forgotten_documents() if records.is_sealed else frozenset()
        self._left_out = gone | pack.forgotten_documents()
        self._met: set[str] = set()
        self._named = self._seal_people(find_persons)

    def _seal_people(self, find_persons: PersonFinder) -> Mapping[str, tuple[str, ...]]:
        """The private persons of each document, each with a key of their own from now on."""
        if self._ledger.store.seal.name == "plain":
            return {}
        bodies = (e.body for e in self._pack.iter_opened() if e.entry.kind == "extraction")
        named = {body["document"]: find_persons(body) for body in bodies}
        names = tuple(dict.fromkeys(name for found in named.values() for name in found))
        self._ledger.append(lambda records, _head: draft_people(records, names))
        with self._ledger.records():
            return named

    def iter_wanted(self) -> Iterator[PackEntry]:
        """What is taken over, in order."""
        claims: set[str] = set()
        for opened in self._pack.iter_opened():
            kind, document = opened.entry.kind, _document_of(opened)
            if document in self._left_out:
                self._met.add(document)
                if kind == "extraction":
                    claims.update(claim["id"] for claim in opened.body["claims"])
            elif kind == "decision" and claims and claims.issuperset(_about(opened.body)):
                continue
            elif kind not in _NOT_TAKEN:
                yield opened

    def take(self, batch: Sequence[PackEntry]) -> None:
        """These entries with the contents they name, in one transaction."""
        persons = {opened.entry.seq: self._find_people(opened) for opened in batch}
        for opened in batch:
            self._keep_contents(opened, persons[opened.entry.seq])

        added = 0

        def draft(records: Records, _head: Head) -> list[Draft]:
            nonlocal added
            drafts: list[Draft] = []
            seen: set[str] = set()
            holding = Holding(records, self._pack.head.ledger or "")
            for opened in batch:
                kind, said = opened.entry.kind, opened.said
                if said in seen or holding.has(kind, opened.body):
                    continue
                seen.add(said)
                beside = holding.is_ours(kind, opened.body)
                drafts.append(self._make(opened, beside, persons[opened.entry.seq]))
                if kind == "decision":
                    self._decisions.append(opened.body["decision"]["id"])
            added = len(drafts)
            return drafts

        self._ledger.append(draft)
        self._added, self._known = self._added + added, self._known + len(batch) - added

    def done(self) -> Imported:
        return Imported(
            ledger=self._pack.head.ledger or "",
            head=self._pack.head.hash,
            added=self._added,
            known=self._known,
            decisions=tuple(self._decisions),
            left_out=tuple(sorted(self._met)),
            attested=self._pack.attested,
        )

    def _find_people(self, opened: PackEntry) -> tuple[SealedPerson, ...]:
        directory = self._ledger.store.seal.directory
        if not len(directory):
            return ()
        texts = list(find_strings((opened.body, opened.act)))
        if opened.entry.kind == "text":
            texts.append(self._pack.read(opened).decode("utf-8"))
        named = (directory.named(n) for n in self._named.get(_document_of(opened) or "", ()))
        found = (*directory.find(*texts), *named)
        return tuple({p.number: p for p in found if p is not None}.values())

    def _keep_contents(self, opened: PackEntry, persons: Sequence[SealedPerson]) -> None:
        """Bytes and texts are in the store before any entry names them."""
        sha256, store = opened.content, self._ledger.store
        if sha256 is None or store.has(sha256):
            return
        content = self._pack.read(opened)
        if opened.entry.kind == "text":
            store.write_all((), [(content.decode("utf-8"), persons)])
        else:
            store.write(content)

    def _make(self, opened: PackEntry, beside: bool, persons: tuple[SealedPerson, ...]) -> Draft:
        entry = opened.entry
        act = Act(
            actor=self._importer.by,
            action="import",
            reason=self._importer.reason,
            software=(TOOL,),
            beside=beside,
            origin=Origin(
                ledger=self._pack.head.ledger or "",
                seq=entry.seq,
                hash=entry.hash,
                at=entry.at,
                act=opened.act,
            ),
        )
        return Draft(kind=entry.kind, body=opened.body, act=act, persons=persons)  # type: ignore[arg-type]


def _document_of(opened: PackEntry) -> str | None:
    if opened.entry.kind == "document":
        return str(opened.body["id"])
    found = opened.body.get("document") if isinstance(opened.body, dict) else None
    return None if found is None else str(found)


def _about(body: Any) -> Sequence[str]:
    about: Sequence[str] = body["decision"]["about"]
    return about


def _note(ledger: Ledger, source: SavedHead, importer: Importer) -> None:
    """That this pack was imported up to its end; said once."""
    body = msgspec.to_builtins(source)

    def draft(records: Records, _head: Head) -> list[Draft]:
        if any(note["hash"] == source.hash for _, note in records.notes("import")):
            return []
        act = Act(actor=importer.by, action="import", reason=importer.reason, after=source.hash)
        return [Draft(kind="import", body=body, act=act)]

    ledger.append(draft)
