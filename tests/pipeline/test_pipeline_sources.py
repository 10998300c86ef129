"""Custody: versions of a page, sources that disappear, files read again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fake_rooms import make_rooms
from harmledger.cli.app import app
from harmledger.ledger import Ledger, open_ledger, rehash_store, verify_ledger
from harmledger.pipeline import RunResult, run_paths
from harmledger.pipeline.sources import find_source_changes
from harmledger.pipeline.versions import find_version_change

Clock = Callable[[], datetime]


@pytest.fixture
def run(place: Path | str, reports: Path, clock: Clock) -> Callable[[], RunResult]:
    def again() -> RunResult:
        with open_ledger(place, write=True, clock=clock) as ledger:
            return run_paths([reports], ledger, clock=clock, maker=make_rooms)

    return again


def test_a_new_version_names_the_one_before(
    place: Path | str, reports: Path, run: Callable[[], RunResult]
) -> None:
    run()
    first = "Shelling left 3 people killed. The mayor said 17 were injured."
    (reports / "a.txt").write_text(first.replace("17", "19"))
    assert run().read == 1
    with open_ledger(place) as ledger, ledger.records() as records:
        old, new = sorted(
            (d for d in records.iter_documents() if d.name == "a"), key=lambda d: d.supersedes or ""
        )
        assert new.supersedes == old.id
        assert old.supersedes is None
        kept = [ledger.store.read(d.sha256).decode() for d in (old, new)]
        change = find_version_change(records, new)
        assert find_version_change(records, old) is None
    assert change is not None
    assert [p.words for p in change.gone] == ["The mayor said 17 were injured."]
    assert [p.words for p in change.come] == ["The mayor said 19 were injured."]
    assert kept == [first, first.replace("17", "19")]
    shown = CliRunner().invoke(app, ["show", new.id, "--ledger", str(place)])
    assert shown.exit_code == 0, shown.output
    assert f"a later version of {old.id}; both are kept" in shown.output
    assert "- The mayor said 17 were injured." in shown.output
    assert "+ The mayor said 19 were injured." in shown.output
    assert f"captured {new.captures[0].captured_at} from" in shown.output


def test_a_version_that_comes_back_is_captured_again(
    place: Path | str, reports: Path, run: Callable[[], RunResult]
) -> None:
    first = (reports / "a.txt").read_text()
    run()
    for words in ("Now 1 killed.", first, first):
        (reports / "a.txt").write_text(words)
        run()
    with open_ledger(place) as ledger, ledger.records() as records:
        documents = {d.id: d for d in records.iter_documents() if d.name == "a"}
        times = sorted(len(d.captures) for d in documents.values())
        holder = records.find_holder(path=str(reports / "a.txt"))
    assert times == [1, 2]
    assert holder is not None
    assert len(documents[holder].captures) == 2


def test_a_capture_says_what_was_seen(
    place: Path | str, reports: Path, run: Callable[[], RunResult]
) -> None:
    run()
    with open_ledger(place) as ledger, ledger.records() as records:
        document = records.find_document("a")
    assert document is not None
    (capture,) = document.captures
    content = (reports / "a.txt").read_bytes()
    assert (capture.sha256, capture.size) == (document.sha256, len(content))
    assert datetime.fromisoformat(capture.captured_at).tzinfo is not None
    assert (capture.method, capture.tool.partition("@")[0]) == ("file", "harmledger")


def test_a_source_that_disappears_is_noticed_once(
    place: Path | str, reports: Path, run: Callable[[], RunResult]
) -> None:
    run()
    words = (reports / "a.txt").read_text()
    (reports / "a.txt").unlink()
    (reports / "b.txt").write_text("other words")
    with open_ledger(place) as ledger:
        states = {Path(c.path).name: c.state for c in find_source_changes(ledger)}
    assert states == {"a.txt": "gone", "b.txt": "changed"}
    assert [Path(p).name for p in run().gone] == ["a.txt"]
    assert run().gone == ()
    (reports / "a.txt").write_text(words)
    assert run().gone == ()
    (reports / "a.txt").unlink()
    assert [Path(p).name for p in run().gone] == ["a.txt"]
    with open_ledger(place) as ledger, ledger.records() as records:
        assert verify_ledger(ledger) == ()
        kinds = [entry.kind for entry in records.iter_entries()]
    assert kinds.count("absence") == 2


def test_reading_the_store_again_goes_round(
    place: Path | str, run: Callable[[], RunResult], clock: Clock
) -> None:
    run()
    with open_ledger(place, write=True, clock=clock) as ledger:
        first, second, third = (rehash_store(ledger, 2) for _ in range(3))
        whole = rehash_store(ledger, 100)
        assert first.last is not None
        assert second.first is not None
        assert first.last < second.first
        assert third.first is not None
        assert (first.checked, whole.checked, whole.problems) == (2, 5, ())
        damage(ledger, second.first)
        found = rehash_store(ledger, 100)
        assert [p.where for p in found.problems] == [f"store {second.first}"]
        with ledger.records() as records:
            assert records.notes("rehash")[-1][1]["damaged"] == [second.first]


def damage(ledger: Ledger, sha256: str) -> None:
    path = Path(ledger.store.where(sha256))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b".")
