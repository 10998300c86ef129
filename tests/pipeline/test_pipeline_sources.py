"""Custody: versions of a page, sources that disappear, files read again."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from fake_rooms import make_rooms
from harmledger.cli.app import app
from harmledger.core.document import Item, Refusal
from harmledger.core.location import parse_location, write_location
from harmledger.ledger import (
    Act,
    Draft,
    Ledger,
    find_kept,
    find_last_rehash,
    open_ledger,
    rehash_store,
    verify_ledger,
)
from harmledger.pipeline import RunResult, run_paths
from harmledger.pipeline.doctor import find_state
from harmledger.pipeline.rooms import Rooms
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
        holder = records.find_holder(write_location(reports / "a.txt"))
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
    assert [Path(c.path).name for c in run().gone] == ["a.txt"]
    assert run().gone == ()
    (reports / "a.txt").write_text(words)
    assert run().gone == ()
    (reports / "a.txt").unlink()
    assert [Path(c.path).name for c in run().gone] == ["a.txt"]
    with open_ledger(place) as ledger, ledger.records() as records:
        assert verify_ledger(ledger) == ()
        kinds = [entry.kind for entry in records.iter_entries()]
    assert kinds.count("absence") == 2


@pytest.fixture
def two_folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders, each with a file r/report.txt of its own."""
    for name, words in (("one", "Shelling left 3 killed."), ("two", "A raid left 8 injured.")):
        (tmp_path / name / "r").mkdir(parents=True)
        (tmp_path / name / "r" / "report.txt").write_text(words)
    return tmp_path / "one", tmp_path / "two"


def run_from(folder: Path, place: Path | str, clock: Clock, patch: pytest.MonkeyPatch) -> RunResult:
    """Read ``r``, named as it is from ``folder``."""
    patch.chdir(folder)
    with open_ledger(place, write=True, clock=clock) as ledger:
        return run_paths([Path("r")], ledger, clock=clock, maker=make_rooms)


def test_a_file_of_the_same_name_in_another_folder_is_no_later_version(
    place: Path | str,
    two_folders: tuple[Path, Path],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for folder in two_folders:
        assert run_from(folder, place, clock, monkeypatch).gone == ()
    with open_ledger(place) as ledger, ledger.records() as records:
        documents = tuple(records.iter_documents())
        assert verify_ledger(ledger) == ()
    assert [d.supersedes for d in documents] == [None, None]
    seen = [parse_location(d.captures[0].file or "") for d in documents]
    assert {s.path for s in seen} == {f / "r" / "report.txt" for f in two_folders}
    assert all(s.is_here for s in seen)
    (two_folders[0] / "r" / "report.txt").write_text("Shelling left 4 killed.")
    run_from(two_folders[0], place, clock, monkeypatch)
    with open_ledger(place) as ledger, ledger.records() as records:
        later = [d for d in records.iter_documents() if d.supersedes is not None]
    (old,) = (d for d in documents if seen[documents.index(d)].path.parts[-3] == "one")
    assert [d.supersedes for d in later] == [old.id]


def test_sources_are_looked_for_where_they_lie_from_any_folder(
    place: Path | str,
    two_folders: tuple[Path, Path],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, two = two_folders
    run_from(one, place, clock, monkeypatch)
    monkeypatch.chdir(two.parent)
    with open_ledger(place) as ledger:
        assert find_source_changes(ledger) == ()
    (two / "r" / "report.txt").rename(two / "r" / "other.txt")
    assert run_from(two, place, clock, monkeypatch).gone == ()
    (one / "r" / "report.txt").unlink()
    monkeypatch.chdir(two.parent)
    verify = ["verify", "--sources", "--ledger", str(place)]
    new = CliRunner().invoke(app, verify)
    assert new.exit_code == 4, new.output
    assert "source gone: one/r/report.txt" in new.output
    (lost,) = run_from(one, place, clock, monkeypatch).gone
    assert lost.path == "r/report.txt"
    known = CliRunner().invoke(app, verify)
    assert known.exit_code == 0, known.output
    assert "source gone: r/report.txt" in known.output
    assert "in the log since 2024-01-01T" in known.output


def test_a_source_of_another_computer_is_never_called_gone(
    place: Path | str,
    two_folders: tuple[Path, Path],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, _ = two_folders
    monkeypatch.setenv("HARMLEDGER_HOST", "desk seven")
    run_from(one, place, clock, monkeypatch)
    (one / "r" / "report.txt").unlink()
    (one / "r" / "new.txt").write_text("Nothing new.")
    monkeypatch.setenv("HARMLEDGER_HOST", "desk eight")
    assert run_from(one, place, clock, monkeypatch).gone == ()
    with open_ledger(place) as ledger:
        (found,) = find_source_changes(ledger)
    assert (found.state, found.is_new) == ("elsewhere", False)
    assert found.path == f"desk seven:{one / 'r' / 'report.txt'}"
    monkeypatch.setenv("HARMLEDGER_HOST", "desk seven")
    assert [c.state for c in run_from(one, place, clock, monkeypatch).gone] == ["gone"]


def without_whole_path(items: Iterator[Item | Refusal]) -> Iterator[Item | Refusal]:
    """As an earlier version captured."""
    for item in items:
        yield msgspec.structs.replace(item, file=None)


def make_earlier_rooms() -> Rooms:
    rooms = make_rooms()
    return dataclasses.replace(
        rooms, find_items=lambda paths: without_whole_path(rooms.find_items(paths))
    )


def test_a_path_of_an_earlier_version_is_kept_and_goes_on(
    place: Path | str,
    two_folders: tuple[Path, Path],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, two = two_folders
    monkeypatch.chdir(one)
    with open_ledger(place, write=True, clock=clock) as ledger:
        run_paths([Path("r")], ledger, clock=clock, maker=make_earlier_rooms)
        assert find_source_changes(ledger) == ()
    monkeypatch.chdir(two.parent)
    with open_ledger(place) as ledger:
        (found,) = find_source_changes(ledger)
    assert (found.path, found.state, found.is_new) == ("r/report.txt", "elsewhere", False)
    assert run_from(one, place, clock, monkeypatch).known == 1
    monkeypatch.chdir(two.parent)
    with open_ledger(place) as ledger, ledger.records() as records:
        assert find_source_changes(ledger) == ()
        (document,) = records.iter_documents()
        assert verify_ledger(ledger) == ()
    bare, whole = document.captures
    assert bare.file is None
    assert whole.file == write_location(one / "r" / "report.txt")
    assert run_from(one, place, clock, monkeypatch).known == 1
    with open_ledger(place) as ledger, ledger.records() as records:
        assert [len(d.captures) for d in records.iter_documents()] == [2]


def test_a_run_says_what_is_no_longer_there(tmp_path: Path, run_cli: Callable[..., str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.txt").write_text(f"Shelling in Sumy killed 3 people, said {name}.")
    run_cli(folder)
    (folder / "a.txt").unlink()
    assert f"no longer there: {folder / 'a.txt'} (doc_" in _in_one_line(run_cli(folder))
    (folder / "b.txt").unlink()
    (folder / "c.txt").write_text("Nothing.")
    (lost,) = json.loads(run_cli(folder, "--format", "json"))["gone"]
    assert lost["path"] == str(folder / "b.txt")


@pytest.fixture
def run_cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """``harmledger run`` of a folder into one ledger; gives what it printed."""
    monkeypatch.setitem(run_paths.__kwdefaults__, "maker", make_rooms)
    monkeypatch.setenv("COLUMNS", "300")  # paths of tests are long

    def run(folder: Path, *more: str) -> str:
        args = ["run", str(folder), "--ledger", str(tmp_path / "l.ledger"), *more]
        done = CliRunner().invoke(app, args)
        assert done.exit_code == 0, done.output
        return done.stdout

    return run


def test_reading_the_store_again_goes_round(
    place: Path | str, run: Callable[[], RunResult], clock: Clock
) -> None:
    run()
    with open_ledger(place, write=True, clock=clock) as ledger:
        first, second, third = (rehash_store(ledger, 2) for _ in range(3))
        whole = rehash_store(ledger, 100)
        assert third.first is not None
        with ledger.records() as records:
            taken = {k.sha256 for k in find_kept(records)}
        assert {first.first, first.last, second.first, second.last, third.first} == taken
        assert third.last == first.first
        assert (first.checked, whole.checked, whole.problems) == (2, 5, ())
        damage(ledger, second.first)
        found = rehash_store(ledger, 100)
        assert [p.where for p in found.problems] == [f"store {second.first}"]
        with ledger.records() as records:
            assert records.notes("rehash")[-1][1]["damaged"] == [second.first]


DAY = timedelta(days=1)


def test_what_was_not_read_for_longest_is_read_first(
    place: Path | str, reports: Path, clock: Clock
) -> None:
    """Three files that are written on three days, the name (a hash) saying nothing of the age."""
    start = clock()
    for day, name in enumerate(("c", "a", "b")):
        with open_ledger(place, write=True, clock=lambda day=day: start + day * DAY) as ledger:
            run_paths([reports / f"{name}.txt"], ledger, clock=clock, maker=make_rooms)
    with open_ledger(place, write=True, clock=lambda: start + 9 * DAY) as ledger:
        with ledger.records() as records:
            kept = find_kept(records)
            assert find_last_rehash(records) is None
            names = {d.sha256: d.name for d in records.iter_documents()}
        assert [names[k.sha256] for k in kept] == ["c", "a", "b"]
        assert [k.read_at for k in kept] == [start, start + DAY, start + 2 * DAY]
        later = start + 9 * DAY
        first = rehash_store(ledger, 1, now=later, max_age=7 * DAY)
        assert (names[first.first or ""], first.checked, first.overdue) == ("c", 1, 1)
        rest = rehash_store(ledger, None, now=later, max_age=7 * DAY)
        assert (names[rest.first or ""], rest.checked, rest.overdue) == ("a", 1, 0)
        assert rehash_store(ledger, None, now=later, max_age=7 * DAY).checked == 0
        with ledger.records() as records:
            found = {names[k.sha256]: k.read_at for k in find_kept(records)}
            last = find_last_rehash(records)
        assert found == {"b": start + 2 * DAY, "c": later, "a": later}
        assert last is not None
        assert last[1] == later
        assert verify_ledger(ledger) == ()


def test_a_rehash_of_an_earlier_version_says_what_it_read(
    place: Path | str, run: Callable[[], RunResult], clock: Clock
) -> None:
    """One span by name, round the end; it is no reading of what was written since."""
    run()
    with open_ledger(place, write=True, clock=clock) as ledger:
        with ledger.records() as records:
            names = sorted(k.sha256 for k in find_kept(records))
        body = {"checked": 3, "first": names[-1], "last": names[1], "damaged": []}
        act = Act(actor="harmledger@0.1.0", action="rehash")
        ledger.append(lambda _r, _h: [Draft(kind="rehash", body=body, act=act)])
        with ledger.records() as records:
            last = find_last_rehash(records)
            read = {k.sha256 for k in find_kept(records) if last and k.read_at == last[1]}
        assert read == {names[0], names[1], names[-1]}


def test_doctor_and_verify_say_what_is_overdue(tmp_path: Path, reports: Path) -> None:
    then = datetime.now(UTC) - 40 * DAY
    path = tmp_path / "l.ledger"
    with open_ledger(path, write=True, clock=lambda: then) as ledger:
        run_paths([reports], ledger, clock=lambda: then, maker=make_rooms)
        state = {f.about: f for f in find_state(ledger, then + DAY)}
    assert state["re-hash"].state == "fine"
    cli = CliRunner()
    said = _in_one_line(cli.invoke(app, ["doctor", "--ledger", str(path)]).stdout)
    assert (
        "never read again; 5 of 5 stored files were not read for 30 days, the oldest for 40" in said
    )
    assert "next: Run `harmledger verify --max-age 30`." in said
    verify = ["verify", "--max-age", "30", "--ledger", str(path)]
    part = cli.invoke(app, [*verify, "--rehash", "2"])
    assert part.exit_code == 4, part.output
    assert "2 of 2 stored files read are what their names say." in part.stdout
    assert "3 more were not read for longer than asked" in part.stdout
    rest = cli.invoke(app, [*verify, "--format", "json"])
    assert rest.exit_code == 0, rest.output
    assert (json.loads(rest.stdout)["rehashed"], json.loads(rest.stdout)["overdue"]) == (3, 0)
    said = _in_one_line(cli.invoke(app, ["doctor", "--ledger", str(path)]).stdout)
    assert f"last {datetime.now(UTC):%Y-%m-%d}" in said
    assert "0 of 5 stored files were not read for 30 days" in said


def damage(ledger: Ledger, sha256: str) -> None:
    path = Path(ledger.store.where(sha256))
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b".")


def _in_one_line(said: str) -> str:
    """What was printed, however long the paths in it have made the lines break."""
    return " ".join(said.split())
