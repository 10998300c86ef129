"""``run``: capture → read → extract → ledger, one document and one transaction at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from harmledger import __version__
from harmledger.core.base import Value
from harmledger.core.document import Capture, Item, Refusal
from harmledger.ledger import Clock, Ledger
from harmledger.pipeline.rooms import RoomMaker, open_rooms
from harmledger.pipeline.work import Done, Order, item_document_id, iter_outcomes
from harmledger.review import Signature, decide_carry, propose_carries

TOOL = f"harmledger@{__version__}"


class Progress(Value, frozen=True, kw_only=True):
    """How far a run is: items dealt with, and the last one's path."""

    done: int
    path: str


class RunResult(Value, frozen=True, kw_only=True):
    """What one run did. ``known`` documents were read before and added nothing."""

    read: int = 0
    known: int = 0
    refusals: tuple[Refusal, ...] = ()
    carried: int = 0


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
    items = rooms.find_items(paths)
    orders = _make_orders(items, ledger)
    for done, outcome in enumerate(iter_outcomes(orders, rooms, maker, jobs), start=1):
        if isinstance(outcome, Done):
            new = _write_done(ledger, outcome, rooms.extractor.version, clock)
            read, known = read + new, known + (not new)
            path = outcome.item.path
        else:
            _write_refusal(ledger, *outcome)
            refusals.append(outcome[1])
            path = outcome[1].path
        if progress is not None:
            progress(Progress(done=done, path=path))
    carried = carry_decisions(ledger, clock=clock)
    return RunResult(read=read, known=known, refusals=tuple(refusals), carried=carried)


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
        sign = Signature(
            by=TOOL,
            reason=f"a later extractor reads the same harm and figure where {carry.old} stood",
            at=clock().isoformat(),
            prev=ledger.head().hash,
        )
        ledger.write_decision(decide_carry(carry.decision, carry.old, carry.new, sign).decision)
    return len(carries)


def _make_orders(items: Iterator[Item | Refusal], ledger: Ledger) -> Iterator[Order | Refusal]:
    for item in items:
        if isinstance(item, Refusal):
            yield item
            continue
        with ledger.records() as records:
            known = records.readings_of(item_document_id(item))
        yield Order(item=item, known=known)


def _write_done(ledger: Ledger, done: Done, extractor: str, clock: Clock) -> bool:
    """Write what is new; True when the document was read for the first time by these versions.

    Looks again before writing: with several workers the same bytes may have been under way
    twice."""
    document = done.document
    capture = _capture(done.item, document.url, clock)
    with ledger.records() as records:
        known = (document.reader, extractor) in records.readings_of(document.id)
        seen = records.has_capture(document.id, capture.path)
    if done.text is not None and done.extraction is not None and not known:
        ledger.write_document(done.item.content, document, done.text, done.extraction, (capture,))
        return True
    if not seen:
        ledger.write_capture(document.id, capture)
    return False


def _write_refusal(ledger: Ledger, item: Item | None, refusal: Refusal) -> None:
    with ledger.records() as records:
        if records.has_refusal(refusal):
            return
    ledger.write_refusal(refusal, None if item is None else item.content)


def _capture(item: Item, url: str | None, clock: Clock) -> Capture:
    """Where these bytes were found. The address is the one the document itself states."""
    return Capture(
        captured_at=clock().isoformat(),
        path=item.path,
        url=url,
        method="file" if item.record is None else "record of a .jsonl file",
        tool=TOOL,
    )
