"""Item after item through read and extract, and the one place where failures are caught."""

from __future__ import annotations

import os
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from harmledger.core.base import Value
from harmledger.core.document import Document, Item, Refusal, RefusalKind, Text
from harmledger.core.errors import (
    CannotDecode,
    CannotParse,
    HarmledgerError,
    UnknownMediaType,
)
from harmledger.core.extraction import Extraction
from harmledger.pipeline.rooms import RoomMaker, Rooms

_KINDS: tuple[tuple[type[HarmledgerError], RefusalKind], ...] = (
    (CannotDecode, "cannot_decode"),
    (CannotParse, "cannot_parse"),
    (UnknownMediaType, "unknown_media_type"),
)


class Order(Value, frozen=True, kw_only=True):
    """One item to read."""

    item: Item
    layers: bool = False


class Known(Value, frozen=True, kw_only=True):
    """An item that was read before, by the same reader and extractor: nothing to do."""

    item: Item


class Failed(Value, frozen=True, kw_only=True):
    """What could not be read; ``item`` is there when its bytes are."""

    item: Item | None
    refusal: Refusal


class Done(Value, frozen=True, kw_only=True):
    """What came of reading an item."""

    item: Item
    document: Document
    text: Text
    extraction: Extraction


def do_order(rooms: Rooms, order: Order) -> Done | Failed:
    """Read one item and extract from it. The one failure boundary: whatever a document does to
    us becomes a refusal that names it, and stops nothing.

    Raises:
        HarmledgerError: what is wrong with the installation and not with the document.
        KeyboardInterrupt, SystemExit: somebody ended it.
    """
    item = order.item
    try:
        document, text = rooms.read_item(item)
        extraction = rooms.extractor.extract(document, text, layers=order.layers)
    except (CannotDecode, CannotParse, UnknownMediaType) as error:
        return _refuse(item, find_kind(error), str(error).removeprefix(f"{item.path}: "))
    except (HarmledgerError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - the boundary; a library's panic is no Exception
        reason = (
            f"reading it failed inside harmledger ({describe_failure(error)}). "
            "The bytes are kept; please report this with the document's kind and language."
        )
        return _refuse(item, "unreadable", reason)
    return Done(item=item, document=document, text=text, extraction=extraction)


def iter_outcomes(
    orders: Iterable[Order | Known | Failed], rooms: Rooms, maker: RoomMaker, jobs: int
) -> Iterator[Done | Known | Failed]:
    """Outcomes in the order of the items, whatever the number of worker processes.

    With one job the open ``rooms`` are used here; with more, each worker opens its own.
    """
    if jobs > 1:
        yield from _iter_pooled(orders, maker, jobs)
        return
    for order in orders:
        yield do_order(rooms, order) if isinstance(order, Order) else order


def _iter_pooled(
    orders: Iterable[Order | Known | Failed], maker: RoomMaker, jobs: int
) -> Iterator[Done | Known | Failed]:
    """At most a few items per worker are under way, so that memory stays flat."""
    waiting: deque[Future[Done | Failed] | Known | Failed] = deque()
    spawn = get_context("spawn")
    with ProcessPoolExecutor(jobs, spawn, _open_worker, (maker,)) as pool:
        try:
            for order in orders:
                if isinstance(order, Order):
                    waiting.append(pool.submit(_do_in_worker, maker, order))
                else:
                    waiting.append(order)
                if len(waiting) > 3 * jobs:
                    yield _take(waiting.popleft())
            while waiting:
                yield _take(waiting.popleft())
        except BrokenProcessPool as error:
            raise HarmledgerError(
                "a worker process ended on its own (often: no memory left). What was written "
                "stays written; run the same command again, with a smaller --jobs."
            ) from error


def _take(waiting: Future[Done | Failed] | Known | Failed) -> Done | Known | Failed:
    return waiting.result() if isinstance(waiting, Future) else waiting


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


def _do_in_worker(maker: RoomMaker, order: Order) -> Done | Failed:
    return do_order(_worker_rooms(maker), order)


def describe_failure(error: BaseException) -> str:
    """The kind of error and the place in the program; its message may quote the document."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def find_kind(error: HarmledgerError) -> RefusalKind:
    """The word a refusal keeps for this error."""
    return next((kind for cls, kind in _KINDS if isinstance(error, cls)), "unreadable")


def _refuse(item: Item, kind: RefusalKind, reason: str) -> Failed:
    refusal = Refusal(path=item.path, file=item.file, reason=reason, sha256=item.sha256, kind=kind)
    return Failed(item=item, refusal=refusal)
