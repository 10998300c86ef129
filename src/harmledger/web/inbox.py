"""What was brought and waits to be read: on disk, so that it can be resumed after a stop."""

from __future__ import annotations

import os
import secrets
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

import msgspec

from harmledger.core.base import Value
from harmledger.core.errors import HarmledgerError
from harmledger.pipeline.bring import bring_item, make_items

State = Literal["waiting", "read", "known", "refused"]
JobState = Literal["running", "cancelled", "done", "stopped"]
MOST_JOBS = 50


class Brought(Value, frozen=True, kw_only=True):
    """One file, text or page. ``kept``: its name in the job's folder."""

    name: str
    kept: str
    method: str
    url: str | None = None
    state: State = "waiting"
    note: str = ""
    items: int = 1


class Job(Value, frozen=True, kw_only=True):
    """Everything brought at once."""

    id: str
    by: str
    at: str
    state: JobState
    files: tuple[Brought, ...]

    @property
    def done(self) -> int:
        return sum(file.state != "waiting" for file in self.files)


class Inbox:
    """Jobs one after another, each file read in one worker process."""

    def __init__(self, folder: Path, place: Path | str) -> None:
        self._folder = folder
        self._place = place
        self._guard = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in sorted(folder.glob("*/job.json")):
            job = msgspec.json.decode(path.read_bytes(), type=Job)
            state: JobState = "stopped" if job.state == "running" else job.state
            self._jobs[job.id] = msgspec.structs.replace(job, state=state)

    def add(self, by: str, brought: list[tuple[str, str, bytes, str | None]]) -> Job:
        """(name, method, content, url) of each; reading begins at once."""
        at = datetime.now(UTC)
        key = f"{at:%Y%m%d%H%M%S}-{secrets.token_hex(3)}"
        folder = self._folder / key
        folder.mkdir(mode=0o700)
        files = []
        for n, (name, method, content, url) in enumerate(brought):
            kept = f"{n}{Path(name).suffix.lower()[:10]}"
            handle = os.open(folder / kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as out:
                out.write(content)
            files.append(Brought(name=name, kept=kept, method=method, url=url))
        job = Job(id=key, by=by, at=at.isoformat(), state="running", files=tuple(files))
        self._keep(job)
        self._go()
        return job

    def list_jobs(self) -> list[Job]:
        with self._guard:
            return sorted(self._jobs.values(), key=lambda j: j.id, reverse=True)[:MOST_JOBS]

    def find_job(self, key: str) -> Job | None:
        with self._guard:
            return self._jobs.get(key)

    def cancel(self, key: str) -> None:
        """What is being read is finished; nothing after it."""
        self._change(key, "running", "cancelled")

    def resume(self, key: str) -> None:
        """Go on with what still waits."""
        for was in ("cancelled", "stopped"):
            self._change(key, was, "running")
        self._go()

    def close(self) -> None:
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=30)

    def _change(self, key: str, was: str, now: JobState) -> None:
        with self._guard:
            job = self._jobs.get(key)
            if job is not None and job.state == was:
                self._write(msgspec.structs.replace(job, state=now))

    def _keep(self, job: Job) -> None:
        with self._guard:
            self._write(job)

    def _write(self, job: Job) -> None:
        self._jobs[job.id] = job
        path = self._folder / job.id / "job.json"
        partial = path.with_suffix(".partial")
        partial.write_bytes(msgspec.json.encode(job))
        partial.replace(path)

    def _go(self) -> None:
        self._wake.set()
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._work, daemon=True, name="desk-import")
            self._thread.start()

    def _work(self) -> None:
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            while not self._stop.is_set():
                self._wake.clear()
                found = self._find_waiting()
                if found is None:
                    self._wake.wait(timeout=300)
                    if self._find_waiting() is None:
                        return
                    continue
                job, n = found
                self._settle(job.id, n, self._read(pool, job, job.files[n]))

    def _find_waiting(self) -> tuple[Job, int] | None:
        with self._guard:
            for job in sorted(self._jobs.values(), key=lambda j: j.id):
                if job.state == "running":
                    for n, file in enumerate(job.files):
                        if file.state == "waiting":
                            return job, n
        return None

    def _read(self, pool: ProcessPoolExecutor, job: Job, file: Brought) -> Brought:
        path = self._folder / job.id / file.kept
        items = make_items(file.name, path.read_bytes(), path)
        outcomes = []
        for item in items:
            try:
                outcomes.append(
                    pool.submit(
                        bring_item, self._place, item, file.method, datetime.now(UTC), file.url
                    ).result()
                )
            except (HarmledgerError, BrokenProcessPool) as error:
                outcomes.append(("refused", str(error)))
        states = {state for state, _ in outcomes}
        ranked: tuple[State, ...] = ("refused", "read", "known")
        state: State = next((s for s in ranked if s in states), "refused")
        notes = [note for _, note in outcomes if note]
        note = notes[0] if notes else ("" if items else "there is nothing in it")
        return msgspec.structs.replace(file, state=state, note=note, items=len(items))

    def _settle(self, key: str, n: int, file: Brought) -> None:
        """The bytes go from the inbox once they are in the record."""
        with self._guard:
            job = self._jobs[key]
            files = (*job.files[:n], file, *job.files[n + 1 :])
            left = any(f.state == "waiting" for f in files)
            state: JobState = job.state if left else "done"
            self._write(msgspec.structs.replace(job, files=files, state=state))
            (self._folder / key / file.kept).unlink(missing_ok=True)
