"""Item after item through read and extract, and the one place where failures are caught."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context, parent_process
from threading import Thread

from harmledger.core.base import Value
from harmledger.core.document import Document, Item, Refusal, Text
from harmledger.core.errors import (
    CannotDecode,
    CannotParse,
    HarmledgerError,
    UnknownMediaType,
)
from harmledger.core.extraction import Extraction
from harmledger.core.ids import document_id
from harmledger.pipeline.rooms import RoomMaker, Rooms

_KINDS: tuple[tuple[type[HarmledgerError], str], ...] = (
    (CannotDecode, "cannot_decode"),
    (CannotParse, "cannot_parse"),
    (UnknownMediaType, "unknown_media_type"),
)


class Order(Value, frozen=True, kw_only=True):
    """One item to read. ``known``: the (reader, extractor) pairs it was read with before."""

    item: Item
    known: tuple[tuple[str, str], ...] = ()
    layers: bool = False


class Done(Value, frozen=True, kw_only=True):
    """What came of an item: an extraction, or ``known`` when there was nothing new to read."""

    item: Item
    document: Document
    text: Text | None
    extraction: Extraction | None


Outcome = Done | tuple[Item | None, Refusal]


def do_order(rooms: Rooms, order: Order) -> Outcome:
    """Read one item and extract from it. The one failure boundary: whatever a document does to
    us becomes a refusal that names it, and stops nothing.

    Raises:
        HarmledgerError: what is wrong with the installation and not with the document.
    """
    item = order.item
    try:
        document, text = rooms.read_item(item)
        if (document.reader, rooms.extractor.version) in order.known:
            return Done(item=item, document=document, text=None, extraction=None)
        extraction = rooms.extractor.extract(document, text, layers=order.layers)
    except (CannotDecode, CannotParse, UnknownMediaType) as error:
        kind = next(name for cls, name in _KINDS if isinstance(error, cls))
        return item, _refuse(item, kind, str(error))
    except HarmledgerError:
        raise
    except Exception as error:  # noqa: BLE001 - the boundary: one document never stops a run
        reason = (
            f"reading it failed inside harmledger ({type(error).__name__}: {error}). "
            "The bytes are kept; please report this with the document's kind and language."
        )
        return item, _refuse(item, "unreadable", reason)
    return Done(item=item, document=document, text=text, extraction=extraction)


def iter_outcomes(
    orders: Iterable[Order | Refusal], rooms: Rooms | None, maker: RoomMaker, jobs: int
) -> Iterator[Outcome]:
    """Outcomes in the order of the items, whatever the number of worker processes.

    With one job the open ``rooms`` are used here; with more, each worker opens its own.
    """
    if jobs <= 1:
        here = rooms or maker()
        for order in orders:
            yield (None, order) if isinstance(order, Refusal) else do_order(here, order)
        return
    yield from _iter_pooled(orders, maker, jobs)


def _iter_pooled(
    orders: Iterable[Order | Refusal], maker: RoomMaker, jobs: int
) -> Iterator[Outcome]:
    """At most a few items per worker are under way, so that memory stays flat."""
    waiting: deque[Future[Outcome] | Refusal] = deque()
    with ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_open_worker, initargs=(maker,)
    ) as pool:
        try:
            for order in orders:
                waiting.append(
                    order
                    if isinstance(order, Refusal)
                    else pool.submit(_do_in_worker, maker, order)
                )
                if len(waiting) > 3 * jobs:
                    yield _take(waiting.popleft())
            while waiting:
                yield _take(waiting.popleft())
        except BrokenProcessPool as error:
            raise HarmledgerError(
                "a worker process ended on its own (often: no memory left). What was written "
                "stays written; run the same command again, with a smaller --jobs."
            ) from error


def _take(waiting: Future[Outcome] | Refusal) -> Outcome:
    return (None, waiting) if isinstance(waiting, Refusal) else waiting.result()


@cache
def _worker_rooms(maker: RoomMaker) -> Rooms:
    """A worker opens its rooms once, for its first item or before."""
    return maker()


def _open_worker(maker: RoomMaker) -> None:
    """End with the parent even when that is killed, and open the rooms."""
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent.join,), daemon=True).start()
    _worker_rooms(maker)


def _end_with(wait: Callable[[], None]) -> None:
    wait()
    os._exit(1)


def _do_in_worker(maker: RoomMaker, order: Order) -> Outcome:
    return do_order(_worker_rooms(maker), order)


def _refuse(item: Item, kind: str, reason: str) -> Refusal:
    return Refusal(path=item.path, reason=reason, sha256=item.sha256, kind=kind)  # type: ignore[arg-type]


def item_document_id(item: Item) -> str:
    """The id the item's document has or will have."""
    return document_id(item.sha256)
