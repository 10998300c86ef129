"""A desk over a ledger, really listening on a port of this machine, for a browser to open."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from harmledger.ledger import open_ledger, utc_clock
from harmledger.pipeline import run_paths
from harmledger.web import Desk, Settings, make_app, open_desk


def read_reports(folder: Path, reports: Path) -> Path:
    """A new ledger in ``folder`` with everything in ``reports``."""
    place = folder / "harm.ledger"
    with open_ledger(place, write=True) as ledger:
        run_paths([reports], ledger, clock=utc_clock)
    return place


def copy_ledger(place: Path, folder: Path) -> Path:
    """The same ledger in another folder, to be changed there; nothing is read again."""
    for path in place.parent.glob(f"{place.name}*"):
        target = folder / path.name
        shutil.copytree(path, target) if path.is_dir() else shutil.copy(path, target)
    return folder / place.name


@contextmanager
def served(place: Path, alone: str = "Ada Example") -> Iterator[tuple[str, Desk]]:
    """``alone``: the name that signs decisions; empty for a desk that has accounts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    desk = open_desk(Settings(place=place, port=port, requests_a_minute=1_000_000))
    desk.people.keep_setting("alone", alone)
    desk.start(background=False)
    config = uvicorn.Config(make_app(desk), port=port, log_level="error", access_log=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}", desk
    server.should_exit = True
    thread.join(timeout=10)
    desk.close()
