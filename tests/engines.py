"""Where the ledgers of tests lie, on either engine, and how many tests ran on each."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect, make_url
from sqlalchemy.pool import NullPool

from harmledger.evals.postgresql import Server
from harmledger.ledger import parse_address

ENGINES = ("sqlite", "postgresql")
Place = Path | str


class Places:
    """Ledgers of one engine: files in a folder, or databases of ``server`` with their store there.
    A database takes some tens of milliseconds, a copy of one hardly more."""

    def __init__(self, server: Server | None) -> None:
        self._server = server

    def make(self, folder: Path, name: str = "harm") -> Place:
        """The place of a ledger that is not there yet."""
        if self._server is None:
            return folder / f"{name}.ledger"
        return f"{self._server.make_database()}?store={folder / name}.store"

    def copy(self, place: Place, folder: Path) -> Place:
        """The same ledger at another place, to be changed there. Nobody may have it open."""
        address = parse_address(place)
        if self._server is None:
            assert address.path is not None
            for path in address.path.parent.glob(f"{address.path.name}*"):
                target = folder / path.name
                shutil.copytree(path, target) if path.is_dir() else shutil.copy(path, target)
            return folder / address.path.name
        assert address.store is not None
        store = folder / Path(address.store).name
        shutil.copytree(address.store, store)
        return f"{self._server.make_database(str(make_url(address.url).database))}?store={store}"


def is_untouched(place: Place) -> bool:
    """Was nothing made here?"""
    address = parse_address(place)
    if address.path is not None:
        return not address.path.exists()
    engine = create_engine(address.url, poolclass=NullPool)
    with engine.connect() as connection:
        return not inspect(connection).get_table_names()


def engine_of(item: pytest.Item) -> str | None:
    """The engine this test runs on, where it is one of those that run on both."""
    found = getattr(item, "callspec", None)
    return None if found is None else found.params.get("engine")


def note_engine(item: pytest.Item) -> None:
    engine = engine_of(item)
    if engine is not None:
        item.user_properties.append(("engine", engine))


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is about SQLite's file itself (``sqlite_file``, with the reason) runs there alone."""
    out = [i for i in items if i.get_closest_marker("sqlite_file") and engine_of(i) == ENGINES[1]]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in set(out)]


def say_engines(reporter: Any) -> None:
    """One line at the end of a run: how much of it stands on both engines."""
    ran = Counter(
        dict(report.user_properties)["engine"]
        for report in (*reporter.getreports("passed"), *reporter.getreports("failed"))
        if report.when == "call" and "engine" in dict(report.user_properties)
    )
    if ran:
        said = ", ".join(f"{ran[engine]} on {engine}" for engine in ENGINES)
        reporter.write_line(f"tests of the record that ran: {said}")
