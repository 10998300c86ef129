"""Fixtures every folder of tests may use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from engines import Places, leave_out, note_engine, say_engines
from harmledger.evals.postgresql import NoServerError, Server, open_server
from harmledger.lexicon.gazetteer import find_gazetteer

# What passed once passes again, on a busy machine too. `pytest --hypothesis-profile default` tries
# every property with new examples, and `make fuzz` garbled reports for as long as is asked.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")


@pytest.fixture(autouse=True, scope="session")
def _own_key(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests sign with a key of their own, made on first use, never with the person's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HARMLEDGER_KEY", str(tmp_path_factory.mktemp("key") / "signing.key"))
        yield


@pytest.fixture(autouse=True, scope="session")
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is kept beside a SQLite file lies in the person's own folders for a database."""
    gazetteer = find_gazetteer()
    with pytest.MonkeyPatch.context() as patch:
        if gazetteer is not None:  # it may lie there too
            patch.setenv("HARMLEDGER_GAZETTEER", str(gazetteer))
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
        yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    leave_out(config, items)


def pytest_runtest_setup(item: pytest.Item) -> None:
    note_engine(item)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    say_engines(terminalreporter)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server of this test session; tests are skipped where none is installed."""
    with ExitStack() as stack:
        try:
            started = stack.enter_context(open_server(durable=False))
        except NoServerError as error:
            pytest.skip(str(error))
        yield started


@pytest.fixture(
    scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def engine(request: pytest.FixtureRequest) -> str:
    """Each test that asks for a ledger's place, itself or through another fixture, runs on both
    engines."""
    return str(request.param)


@pytest.fixture(scope="session")
def places(engine: str, request: pytest.FixtureRequest) -> Places:
    """Where ledgers of this engine lie."""
    return Places(None if engine == "sqlite" else request.getfixturevalue("server"))


@pytest.fixture
def new_place(places: Places, tmp_path: Path) -> Callable[[str], Path | str]:
    """Gives the address of a ledger that is not there yet, by name; the same name, the same."""
    made: dict[str, Path | str] = {}

    def find(name: str = "harm") -> Path | str:
        if name not in made:
            made[name] = places.make(tmp_path, name)
        return made[name]

    return find


@pytest.fixture
def place(new_place: Any) -> Path | str:
    """The address of one ledger that is not there yet."""
    found: Path | str = new_place("harm")
    return found


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """A clock that goes on by one second each time it is asked."""
    ticks = iter(range(1_000_000))

    def now() -> datetime:
        return datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=next(ticks))

    return now


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A small folder of reports, two of them unreadable."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("Shelling left 3 people killed. The mayor said 17 were injured.")
    (folder / "b.txt").write_text("Later 5 people killed, said the mayor.")
    (folder / "c.txt").write_text("Nothing happened. 4 patients injured.")
    (folder / "d.txt").write_text("undecodable")
    (folder / "e.txt").write_text("This one breaks us: 9 killed.")
    return folder
