"""``run``: capture → read → extract → ledger, one document and one transaction at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from harmledger.core.base import Value
from harmledger.core.document import Capture, Document, Item, Refusal
from harmledger.core.ids import document_id
from harmledger.ledger import TOOL, Clock, Effect, Gathered, Ledger, Records
from harmledger.pipeline.persons import PersonsOf, open_persons
from harmledger.pipeline.rooms import RoomMaker, Rooms, open_rooms
from harmledger.pipeline.sources import SourceChange, log_absences
from harmledger.pipeline.work import Done, Failed, Known, Order, iter_outcomes
from harmledger.review import Carry, Decided, Signature, decide_carry, propose_carries


class Progress(Value, frozen=True, kw_only=True):
    """How far a run is: items dealt with, and the last one's path."""

    done: int
    path: str


class RunResult(Value, frozen=True, kw_only=True):
    """What one run did. ``known`` documents were read before and added nothing; ``gone`` are
    files captured before that are no longer there; ``note`` says what is lost when a part of the
    reader is not there."""

    read: int = 0
    known: int = 0
    refusals: tuple[Refusal, ...] = ()
    carried: int = 0
    gone: tuple[SourceChange, ...] = ()
    note: str = ""


def run_paths(
    paths: Sequence[Path],
    ledger: Ledger,
    *,
    clock: Clock,
    progress: Callable[[Progress], None] | None = None,
    maker: RoomMaker = open_rooms,
    jobs: int = 1,
) -> RunResult:
    """Read everything below ``paths`` into ``ledger`` (open for writing).

    Safe to interrupt at any point and to run again: what is in the record is not read twice.

    Raises:
        MissingResource, LexiconError: the installation is not complete.
        LedgerError: the record cannot be written.
    """
    rooms = maker()
    read = known = 0
    refusals: list[Refusal] = []
    persons_of = open_persons(ledger)
    orders = _make_orders(rooms, paths, ledger)
    for done, outcome in enumerate(iter_outcomes(orders, rooms, maker, jobs), start=1):
        if isinstance(outcome, Failed):
            _write_refusal(ledger, outcome)
            refusals.append(outcome.refusal)
        elif isinstance(outcome, Done) and _write_done(ledger, outcome, persons_of, clock):
            read += 1
        else:
            _write_capture(ledger, outcome.item, clock)
            known += 1
        if progress is not None:
            progress(Progress(done=done, path=_path_of(outcome)))
    carried = carry_decisions(ledger, clock=clock)
    return RunResult(
        read=read,
        known=known,
        refusals=tuple(refusals),
        carried=carried,
        gone=log_absences(ledger, paths, clock=clock),
        note=rooms.extractor.note,
    )


def carry_decisions(ledger: Ledger, *, clock: Clock) -> int:
    """Log what people decided about an earlier extractor's claims as carried to the claims that
    took their place (contract §2); gives how many were carried. Repeating it adds nothing."""
    with ledger.records() as records:
        decisions = records.decisions()
        if not decisions:
            return 0
        claims = tuple(records.iter_claims())
    carries = propose_carries(
        (known.claim for known in claims if not known.current),
        (known.claim for known in claims if known.current),
        decisions,
    )
    for carry in carries:
        ledger.decide(_build_carry(carry, clock))
    return len(carries)


def _build_carry(carry: Carry, clock: Clock) -> Callable[[Records, str], tuple[Decided, Effect]]:
    def build(_records: Records, prev: str) -> tuple[Decided, Effect]:
        sign = Signature(
            by=TOOL,
            reason=f"a later extractor reads the same harm and figure where {carry.old} stood",
            at=clock().isoformat(),
            prev=prev,
        )
        action = carry.decision.action
        effect = Effect(before={carry.new: "proposed"}, after={carry.new: f"{action}, carried"})
        return decide_carry(carry.decision, carry.old, carry.new, sign), effect

    return build


def _make_orders(
    rooms: Rooms, paths: Sequence[Path], ledger: Ledger
) -> Iterator[Order | Known | Failed]:
    versions = (rooms.reader, rooms.extractor.version)
    for item in rooms.find_items(paths):
        if isinstance(item, Refusal):
            yield Failed(item=None, refusal=item)
        elif _is_read(ledger, item, versions):
            yield Known(item=item)
        else:
            yield Order(item=item)


def _is_read(ledger: Ledger, item: Item, versions: tuple[str, str]) -> bool:
    """What named somebody who was forgotten is not read again, by no later reader either."""
    document = document_id(item.sha256)
    with ledger.records() as records:
        if records.is_sealed and document in records.forgotten_documents():
            return True
        return versions in records.readings_of(document)


def _write_done(ledger: Ledger, done: Done, persons_of: PersonsOf, clock: Clock) -> bool:
    """Write one document; False when that was done meanwhile (with several workers the same
    bytes may be under way twice)."""
    if _is_read(ledger, done.item, (done.text.reader, done.extraction.extractor)):
        return False
    capture = _capture(done.item, done.document.url, clock)
    document = _with_earlier(ledger, done)
    gathered = Gathered(
        content=done.item.content,
        document=document,
        text=done.text,
        extraction=done.extraction,
        captures=(capture,),
        persons=persons_of(done.extraction),
    )
    ledger.write_documents((gathered,))
    return True


def _with_earlier(ledger: Ledger, done: Done) -> Document:
    """A version of a page seen before names the version it follows. A line of a .jsonl file is no
    place that stays, so there only the address counts."""
    document, item = done.document, done.item
    places = (item.file, item.path) if item.record is None else ()
    with ledger.records() as records:
        earlier = records.find_holder(*places, url=document.url)
    if earlier in (None, document.id) or document.supersedes is not None:
        return document
    return msgspec.structs.replace(document, supersedes=earlier)


def _write_capture(ledger: Ledger, item: Item, clock: Clock) -> None:
    """Known bytes at a place not seen before are captured again; at a known place they are not."""
    with ledger.records() as records:
        document = records.find_document(document_id(item.sha256))
        if document is None or records.has_capture(document.id, item.file or item.path):
            return
    ledger.write_capture(document.id, _capture(item, document.url, clock))


def _write_refusal(ledger: Ledger, failed: Failed) -> None:
    with ledger.records() as records:
        if records.has_refusal(failed.refusal):
            return
    ledger.write_refusal(failed.refusal, None if failed.item is None else failed.item.content)


def _path_of(outcome: Done | Known | Failed) -> str:
    return outcome.refusal.path if isinstance(outcome, Failed) else outcome.item.path


def _capture(item: Item, url: str | None, clock: Clock) -> Capture:
    """Where these bytes were found. The address is the one the document itself states."""
    return Capture(
        captured_at=clock().isoformat(),
        path=item.path,
        file=item.file,
        url=url,
        method="file" if item.record is None else "record of a .jsonl file",
        tool=TOOL,
        sha256=item.sha256,
        size=len(item.content),
    )
