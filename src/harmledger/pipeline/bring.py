"""Bringing one document in while others read and decide: the ledger is held only to write."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

from harmledger import __version__
from harmledger.capture.files import MEDIA_TYPES, SUPPORTED, find_items
from harmledger.core.document import Capture, Item, Refusal
from harmledger.core.ids import document_id, sha256_of
from harmledger.ledger import Gathered, open_ledger
from harmledger.ledger.sealed import find_seal
from harmledger.pipeline.persons import open_persons
from harmledger.pipeline.rooms import RoomMaker, Rooms, open_rooms
from harmledger.pipeline.run import carry_decisions
from harmledger.pipeline.work import Failed, Order, do_order

TOOL = f"harmledger@{__version__}"
WAIT = 60.0
Outcome = Literal["read", "known", "refused"]


def make_items(name: str, content: bytes, kept: Path) -> list[Item | Refusal]:
    """The items in one file that somebody brought under ``name``; a .jsonl file has one a line.
    ``kept`` holds ``content``; only records are read from there."""
    ending = Path(name).suffix.lower()
    if ending == ".jsonl":
        return list(find_items([kept]))
    if ending not in MEDIA_TYPES:
        reason = f"no reader takes {ending or 'a file without an ending'}; we read {SUPPORTED}"
        return [Refusal(path=name, reason=reason, kind="unknown_media_type")]
    return [
        Item(
            name=Path(name).stem,
            path=name,
            media_type=MEDIA_TYPES[ending],
            content=content,
            sha256=sha256_of(content),
        )
    ]


@cache
def _rooms(maker: RoomMaker) -> Rooms:
    return maker()


def bring_item(
    place: Path | str,
    item: Item | Refusal,
    method: str,
    now: datetime,
    url: str | None = None,
    maker: RoomMaker = open_rooms,
) -> tuple[Outcome, str]:
    """Read one item and write it; what came of it and, when refused, why.

    ``method``: how it came, for its capture. Meant for a worker process: the rooms stay open.

    Raises:
        LedgerBusy: others kept writing for a minute.
        MissingResource, LexiconError: the installation is not complete.
    """
    if isinstance(item, Refusal):
        with open_ledger(place, write=True, seal=find_seal, wait=WAIT, create=False) as ledger:
            ledger.write_refusal(item, None)
        return "refused", item.reason
    rooms = _rooms(maker)
    known = (rooms.reader, rooms.extractor.version)
    document = document_id(item.sha256)
    with open_ledger(place, seal=find_seal) as ledger, ledger.records() as records:
        if known in records.readings_of(document):
            return "known", ""
        if records.is_sealed and document in records.forgotten_documents():
            return "known", ""
    outcome = do_order(rooms, Order(item=item))
    capture = Capture(captured_at=now.isoformat(), path=None, url=url, method=method, tool=TOOL)
    with open_ledger(place, write=True, seal=find_seal, wait=WAIT, create=False) as ledger:
        if isinstance(outcome, Failed):
            ledger.write_refusal(outcome.refusal, item.content)
            return "refused", outcome.refusal.reason
        gathered = Gathered(
            content=outcome.item.content,
            document=outcome.document,
            text=outcome.text,
            extraction=outcome.extraction,
            captures=(capture,),
            persons=open_persons(ledger)(outcome.extraction),
        )
        ledger.write_documents((gathered,))
        carry_decisions(ledger, clock=lambda: now)
    return "read", ""
