"""A desk over a small ledger of made-up reports; each test writes to a copy of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from engines import Place, Places
from harmledger.ledger import open_ledger, utc_clock
from harmledger.pipeline import run_paths
from harmledger.web import Desk, Settings, make_app, open_desk
from harmledger.web.access import ROLES

BASE = "http://127.0.0.1:8765"
PASSWORD = "a long enough password"
REPORTS = {
    "market-first.md": (
        "title: Rockets hit market in Sumy\nsource: Northern Wire\npublished: 2022-03-09",
        "Rockets struck a market in Sumy on 8 March 2022, killing 12 people and injuring 30, the"
        " city council said. The defence ministry denied that its forces had fired.",
    ),
    "market-later.md": (
        "title: Toll rises in Sumy\nsource: Evening Post\npublished: 2022-03-11",
        "The toll from the rocket strike on a market in Sumy on 8 March 2022 rose to 17 killed, the"
        " city council said on Friday.",
    ),
    "market-lower.md": (
        "title: Monitors count fewer dead\nsource: Northern Wire\npublished: 2022-03-12",
        "Human rights monitors said at least 9 civilians were killed when rockets struck the market"
        " in Sumy on 8 March 2022.",
    ),
    "school.md": (
        "title: School shelled in Izmail\nsource: Danube Radio\npublished: 2022-04-02",
        "Shelling hit a school in Izmail on 1 April 2022, killing 4 children, said Olena Zorivchak,"
        " a teacher who saw it. Another 11 people were wounded.",
    ),
    "clinic.md": (
        "title: Clinic bombed\nsource: Coast Herald\npublished: 2022-05-20",
        "An air strike destroyed a clinic in Mykolaiv on 19 May 2022, killing 23 patients, the"
        " regional health department said.",
    ),
}
"""The school is the one that tests withhold."""


def write_reports(folder: Path) -> Path:
    folder.mkdir()
    for name, (head, text) in REPORTS.items():
        (folder / name).write_text(f"---\n{head}\n---\n\n{text}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def _masters() -> dict[str, Place]:
    """By engine, the ledger that was read."""
    return {}


@pytest.fixture(scope="session")
def _master(
    engine: str,
    places: Places,
    _masters: dict[str, Place],
    tmp_path_factory: pytest.TempPathFactory,
) -> Place:
    """The ledger, read once: pytest goes from engine to engine in every file of tests."""
    if engine not in _masters:
        folder = tmp_path_factory.mktemp("desk")
        place = places.make(folder)
        with open_ledger(place, write=True) as ledger:
            run_paths([write_reports(folder / "reports")], ledger, clock=utc_clock)
        _masters[engine] = place
    return _masters[engine]


@pytest.fixture
def copied(_master: Place, places: Places, tmp_path: Path) -> Place:
    """A copy of the ledger that a test may write to."""
    return places.copy(_master, tmp_path)


@contextmanager
def opened_desk(place: Place, folder: Path) -> Iterator[Desk]:
    """``folder``: where people are kept for a database; copies of one ledger share a name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder))
        opened = open_desk(Settings(place=place, requests_a_minute=100_000))
    opened.start(background=False)
    yield opened
    opened.close()


@pytest.fixture
def desk(copied: Place, tmp_path: Path) -> Iterator[Desk]:
    """A desk of this test's own."""
    with opened_desk(copied, tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def still_desk(
    _master: Place, places: Places, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """A desk for tests that only read."""
    folder = tmp_path_factory.mktemp("still")
    with opened_desk(places.copy(_master, folder), folder) as opened:
        yield opened


class Caller:
    """One browser without a screen."""

    def __init__(self, desk: Desk, app: Any = None) -> None:
        self.desk = desk
        self.app = app or make_app(desk)
        self.http = TestClient(
            self.app,
            base_url=BASE,
            follow_redirects=False,
            raise_server_exceptions=True,
        )

    def get(self, path: str) -> Any:
        return self.http.get(path)

    def token(self) -> str:
        page = self.http.get("/sign-in")
        if page.status_code != 200:
            page = self.http.get("/sign-out")
        found = re.search(r'desk-token" content="([0-9a-f]+)"', page.text)
        assert found, page.text[:500]
        return found[1]

    def post(self, path: str, **form: str) -> Any:
        return self.http.post(path, data={"token": self.token(), **form})


@pytest.fixture
def caller(desk: Desk) -> Caller:
    """Alone on this machine, under a name."""
    desk.people.keep_setting("alone", "Ada Example")
    made = Caller(desk)
    made.get("/")
    return made


@pytest.fixture(scope="module")
def still(still_desk: Desk) -> Caller:
    """Alone on this machine, reading."""
    still_desk.people.keep_setting("alone", "Ada Example")
    made = Caller(still_desk)
    made.get("/")
    return made


@pytest.fixture
def enter(desk: Desk) -> Callable[[str], Caller]:
    """Gives a caller signed in with a role, or nobody for ``nobody``."""
    for role in reversed(ROLES):
        desk.people.add_person(f"The {role}", role, PASSWORD, "test")
    app = make_app(desk)

    def sign_in(role: str) -> Caller:
        made = Caller(desk, app)
        made.get("/sign-in")
        if role != "nobody":
            answer = made.post("/sign-in", name=f"the {role.upper()}", password=PASSWORD)
            assert answer.status_code == 303
        return made

    return sign_in


def find_incident(desk: Desk, word: str) -> str:
    found = desk.faces.whole.value("SELECT id FROM incidents WHERE title LIKE ?", (f"%{word}%",))
    assert found, desk.faces.whole.rows("SELECT title FROM incidents")
    return str(found)


def find_document(desk: Desk, word: str) -> str:
    found = desk.faces.whole.value("SELECT id FROM documents WHERE title LIKE ?", (f"%{word}%",))
    assert found
    return str(found)
