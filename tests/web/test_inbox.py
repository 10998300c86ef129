"""An import stops where it is told to, outlives the desk, and goes on with what still waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from harmledger.web.inbox import Brought, Inbox, Job

FILES = [(f"{n}.md", "file", b"words", None) for n in range(3)]


class Reader:
    """Reads in the place of the worker process, one file each time it is let."""

    def __init__(self) -> None:
        self.began, self._let = threading.Event(), threading.Semaphore(0)
        self.names: list[str] = []

    def read(self, _inbox: Inbox, _pool: Any, _job: Job, file: Brought) -> Brought:
        self.began.set()
        assert self._let.acquire(timeout=20)
        self.names.append(file.name)
        return msgspec.structs.replace(file, state="read")

    def let(self, many: int) -> None:
        for _ in range(many):
            self._let.release()


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    made = Reader()
    monkeypatch.setattr(Inbox, "_read", lambda *given: made.read(*given))
    return made


def wait_for(said: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not said():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_cancel_finishes_what_is_being_read_and_resume_the_rest(
    reader: Reader, tmp_path: Path
) -> None:
    inbox = Inbox(tmp_path / "inbox", tmp_path / "no.ledger")
    job = inbox.add("Ada Example", list(FILES))
    assert reader.began.wait(20)
    inbox.cancel(job.id)
    reader.let(1)
    wait_for(lambda: _job(inbox, job).done == 1)
    assert _job(inbox, job).state == "cancelled"
    assert [f.state for f in _job(inbox, job).files] == ["read", "waiting", "waiting"]
    inbox.resume(job.id)
    reader.let(2)
    wait_for(lambda: _job(inbox, job).state == "done")
    assert reader.names == ["0.md", "1.md", "2.md"]
    inbox.close()


def test_an_import_cut_off_with_the_desk_goes_on_with_the_next(
    reader: Reader, tmp_path: Path
) -> None:
    inbox = Inbox(tmp_path / "inbox", tmp_path / "no.ledger")
    job = inbox.add("Ada Example", list(FILES))
    assert reader.began.wait(20)
    closing = threading.Thread(target=inbox.close)
    closing.start()
    wait_for(inbox._stop.is_set)
    reader.let(1)
    closing.join(20)
    again = Inbox(tmp_path / "inbox", tmp_path / "no.ledger")
    assert (_job(again, job).state, _job(again, job).done) == ("stopped", 1)
    again.resume(job.id)
    reader.let(2)
    wait_for(lambda: _job(again, job).state == "done")
    assert reader.names == ["0.md", "1.md", "2.md"]
    kept = [p.name for p in (tmp_path / "inbox" / job.id).iterdir()]
    assert kept == ["job.json"], "bytes go from the inbox once they are in the record"
    again.close()


def _job(inbox: Inbox, job: Job) -> Job:
    found = inbox.find_job(job.id)
    assert found is not None
    return found
