"""Adding another ledger's evidence pack: every entry with where it comes from, nothing twice.

An imported entry keeps its body word for word; its act says who brought it and, as ``origin``,
which entry of which ledger it was. What this ledger holds of its own stands: another description
or reading of the same document is kept beside it. Decisions are taken over in their order, also
where they disagree with decisions taken here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from harmledger.core.base import Value
from harmledger.core.errors import LedgerDamaged, LedgerRefused
from harmledger.core.ids import SHORT, canonical_json, sha256_of
from harmledger.ledger.backup import check_bag, iter_entries
from harmledger.ledger.entry import TOOL, Act, Draft, Entry, Head, Origin
from harmledger.ledger.heads import SavedHead, check_saved_head, parse_head
from harmledger.ledger.pack_check import check_chain
from harmledger.ledger.record import Ledger
from harmledger.ledger.records import Records
from harmledger.ledger.schema import (
    ABSENCES,
    CAPTURES,
    DECISIONS,
    DOCUMENTS,
    EXTRACTIONS,
    REFUSALS,
    TEXTS,
)

_BATCH = 50
_NOT_TAKEN = ("key", "rehash", "timestamp", "import")
"""They speak of the other ledger's own chain and store; the pack keeps them."""


class Imported(Value, frozen=True, kw_only=True):
    """``added`` and ``known`` count entries; ``decisions`` are the ids of those added."""

    ledger: str
    head: str
    added: int
    known: int
    decisions: tuple[str, ...]


class Importer(Value, frozen=True, kw_only=True):
    """Who brings a pack in, and why; both stay in the log."""

    by: str
    reason: str


def import_pack(
    ledger: Ledger,
    folder: Path,
    importer: Importer,
    progress: Callable[[int], None] | None = None,
) -> Imported:
    """Add the pack in ``folder`` to ``ledger``. Safe to interrupt and to run again. ``progress``
    is told the number of the last entry that is in the record for good.

    Raises:
        WrongUsage: this is no pack.
        LedgerDamaged: the pack does not verify; nothing is added.
        LedgerRefused: it is a sealed ledger's backup, or name or reason is empty.
    """
    _check(folder, importer)
    source = _find_source(folder)
    added = known = 0
    decisions: list[str] = []
    wanted = (entry for entry in iter_entries(folder) if entry.kind not in _NOT_TAKEN)
    while batch := list(islice(wanted, _BATCH)):
        for entry in batch:
            _keep_contents(ledger, folder, entry)
        taking = _Taking(source, importer, batch)
        ledger.append(taking.draft)
        added, known = added + taking.added, known + len(batch) - taking.added
        decisions.extend(taking.decisions)
        if progress is not None:
            progress(batch[-1].seq)
    done = Imported(
        ledger=source.ledger or "",
        head=source.hash,
        added=added,
        known=known,
        decisions=tuple(decisions),
    )
    _note(ledger, source, importer)
    return done


class _Taking:
    """One batch of entries on its way in."""

    def __init__(self, source: SavedHead, importer: Importer, batch: Sequence[Entry]) -> None:
        self._source = source
        self._importer = importer
        self._batch = batch
        self.added = 0
        self.decisions: list[str] = []

    def draft(self, records: Records, _head: Head) -> list[Draft]:
        """Called while nobody else can write."""
        drafts: list[Draft] = []
        seen: set[str] = set()
        known = _Known(records, self._source.ledger or "")
        for entry in self._batch:
            body = msgspec.json.decode(entry.body)
            if entry.body in seen or known.has(entry.kind, body):
                continue
            seen.add(entry.body)
            drafts.append(self._make(entry, body, known.is_ours(entry.kind, body)))
            if entry.kind == "decision":
                self.decisions.append(body["decision"]["id"])
        self.added = len(drafts)
        return drafts

    def _make(self, entry: Entry, body: Any, beside: bool) -> Draft:
        before = None if entry.act is None else msgspec.json.decode(entry.act)
        act = Act(
            actor=self._importer.by,
            action="import",
            reason=self._importer.reason,
            software=(TOOL,),
            beside=beside,
            origin=Origin(
                ledger=self._source.ledger or "",
                seq=entry.seq,
                hash=entry.hash,
                at=entry.at,
                act=before,
            ),
        )
        return Draft(kind=entry.kind, body=body, act=act)  # type: ignore[arg-type]


class _Known:
    """Asks the record whether it holds an entry's content already."""

    def __init__(self, records: Records, source: str) -> None:
        self._records = records
        self._source = source

    def has(self, kind: str, body: Any) -> bool:
        """Is exactly this in the record?"""
        seal = self._records.store.seal

        def kept(value: Any) -> str:
            return seal.seal_body(canonical_json(value).decode())

        match kind:
            case "document":
                where = (DOCUMENTS.c.id == body["id"]) & (DOCUMENTS.c.body == kept(body))
            case "capture":
                where = CAPTURES.c.document == body["document"]
                where &= CAPTURES.c.body == kept(body["capture"])
            case "text":
                where = TEXTS.c.document == body["document"]
                where &= (TEXTS.c.sha256 == body["sha256"]) & (TEXTS.c.reader == body["reader"])
            case "extraction":
                where = EXTRACTIONS.c.document == body["document"]
                where &= EXTRACTIONS.c.digest == sha256_of(canonical_json(body))
            case "decision":
                where = DECISIONS.c.id == body["decision"]["id"]
            case "refusal":
                path = seal.blind(body["path"])
                where = (REFUSALS.c.path == path) & (REFUSALS.c.body == kept(body))
            case "absence":
                path = seal.blind(body["path"])
                where = (ABSENCES.c.path == path) & (ABSENCES.c.body == kept(body))
            case _:
                raise LedgerDamaged(
                    f"the pack holds an entry of kind {kind!r}, which this version does not know. "
                    "Import it with a newer version."
                )
        return self._records.connection.execute(select(1).where(where).limit(1)).first() is not None

    def is_ours(self, kind: str, body: Any) -> bool:
        """Does this ledger hold a description or reading of the document that did not come from
        the same pack?"""
        if kind == "document":
            table, key = DOCUMENTS, DOCUMENTS.c.id == body["id"]
        elif kind == "extraction":
            table, key = EXTRACTIONS, EXTRACTIONS.c.document == body["document"]
        else:
            return False
        other = table.c.origin.is_(None) | (table.c.origin != self._source)
        found = self._records.connection.execute(select(1).where(key, other).limit(1))
        return found.first() is not None


def _check(folder: Path, importer: Importer) -> None:
    if not importer.by.strip() or not importer.reason.strip():
        raise LedgerRefused("an import needs a name (--by) and a reason (--reason); both stay.")
    check_bag(folder)
    if not (folder / "data" / "claims.jsonl").exists():
        raise LedgerRefused(
            f"{folder} is a backup, not an evidence pack: `harmledger restore` brings it back; "
            "`harmledger export --format bagit` makes a pack."
        )
    _raise_first(folder, check_chain(folder))


def _raise_first(folder: Path, problems: Iterable[tuple[str, str]]) -> None:
    for where, what in problems:
        raise LedgerDamaged(f"{folder}: {where} {what}. Nothing was taken over.")


def _find_source(folder: Path) -> SavedHead:
    """The other ledger and the head of the pack, from the log itself."""
    first = last = None
    for entry in iter_entries(folder):
        first, last = first or entry, entry
    head = parse_head((folder / "head.json").read_bytes(), str(folder / "head.json"))
    if first is None or last is None:
        raise LedgerRefused(f"{folder} holds an empty ledger; there is nothing to import.")
    wrong = list(check_saved_head(head))
    if (head.seq, head.hash) != (last.seq, last.hash) or wrong:
        raise LedgerDamaged(f"{folder / 'head.json'} is not the head of the log beside it.")
    return msgspec.structs.replace(head, ledger=f"led_{first.hash[:SHORT]}")


def _keep_contents(ledger: Ledger, folder: Path, entry: Entry) -> None:
    """Bytes and texts are in the store before any entry names them."""
    for path, sha256 in _iter_contents(folder, entry):
        if ledger.store.has(sha256):
            continue
        if not path.is_file():
            raise LedgerDamaged(f"{path} is missing: log entry {entry.seq} of the pack names it.")
        if ledger.store.write(path.read_bytes()) != sha256:
            raise LedgerDamaged(f"{path} does not hold the bytes its name promises.")


def _iter_contents(folder: Path, entry: Entry) -> Iterator[tuple[Path, str]]:
    if entry.kind not in ("document", "text", "refusal"):
        return
    sha256 = msgspec.json.decode(entry.body)["sha256"]
    if sha256 is not None:
        name = f"texts/{sha256}.txt" if entry.kind == "text" else f"bytes/{sha256}"
        yield folder / "data" / name, sha256


def _note(ledger: Ledger, source: SavedHead, importer: Importer) -> None:
    """That this pack was imported up to its end; said once."""
    body = msgspec.to_builtins(source)

    def draft(records: Records, _head: Head) -> list[Draft]:
        if any(note["hash"] == source.hash for _, note in records.notes("import")):
            return []
        act = Act(actor=importer.by, action="import", reason=importer.reason, after=source.hash)
        return [Draft(kind="import", body=body, act=act)]

    ledger.append(draft)
