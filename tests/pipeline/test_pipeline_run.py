"""The corridor: one failure boundary, nothing read twice, the same answer however it is run."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from engines import Place
from fake_rooms import FakeExtractor, find_items, make_later_rooms, make_rooms, read_item
from harmledger.core.errors import MissingResource
from harmledger.core.view import LedgerView
from harmledger.ledger import Ledger, open_ledger, verify_ledger
from harmledger.lexicon.gazetteer import find_gazetteer
from harmledger.pipeline import Rooms, read_paths, run_paths, view_ledger, view_queue
from harmledger.review import Known, Signature, decide_grade, decide_reject, decide_set_aside

Clock = Callable[[], datetime]
NewPlace = Callable[[str], Place]


@pytest.fixture
def ledger(place: Path | str, clock: Clock) -> Any:
    with open_ledger(place, write=True, clock=clock) as opened:
        yield opened


def rooms_with(extractor: FakeExtractor) -> Rooms:
    return Rooms(find_items=find_items, reader="fake@1", read_item=read_item, extractor=extractor)


def without_times(view: LedgerView) -> bytes:
    """A view without what differs between runs of equal content: times and hashes of the log."""
    documents = [
        msgspec.structs.replace(
            d, captures=tuple(msgspec.structs.replace(c, captured_at="") for c in d.captures)
        )
        for d in view.documents
    ]
    bare = msgspec.structs.replace(view, documents=tuple(documents), head=None)
    return msgspec.json.encode(bare, order="sorted")


def test_one_bad_file_stops_nothing(ledger: Ledger, reports: Path, clock: Clock) -> None:
    result = run_paths([reports], ledger, clock=clock, maker=make_rooms)
    assert result.read == 3
    assert [(Path(r.path).name, r.kind) for r in result.refusals] == [
        ("d.txt", "cannot_decode"),
        ("e.txt", "unreadable"),
    ]
    assert "ValueError at fake_rooms.py" in result.refusals[1].reason
    assert "a bug of ours" not in result.refusals[1].reason, "the message may quote the document"
    assert all(ledger.store.has(r.sha256 or "") for r in result.refusals)


def test_a_panic_of_a_library_stops_nothing(ledger: Ledger, reports: Path, clock: Clock) -> None:
    (reports / "aa.txt").write_text("This one panics: 9 killed.")
    before = run_paths([reports], ledger, clock=clock, maker=make_rooms)
    refused = {Path(r.path).name: r.reason for r in before.refusals}
    assert "PanicError" in refused["aa.txt"]
    assert before.read > 1


def test_running_again_adds_nothing(ledger: Ledger, reports: Path, clock: Clock) -> None:
    run_paths([reports], ledger, clock=clock, maker=make_rooms)
    head, before = ledger.head(), without_times(view_ledger(ledger))
    result = run_paths([reports], ledger, clock=clock, maker=make_rooms)
    assert (result.read, result.known, len(result.refusals)) == (0, 3, 2)
    assert ledger.head() == head
    assert without_times(view_ledger(ledger)) == before


def test_the_same_bytes_elsewhere_are_one_document_captured_twice(
    ledger: Ledger, reports: Path, clock: Clock
) -> None:
    (reports / "z.txt").write_bytes((reports / "a.txt").read_bytes())
    result = run_paths([reports], ledger, clock=clock, maker=make_rooms)
    assert (result.read, result.known) == (3, 1)
    with ledger.records() as records:
        document = records.find_document("a")
    assert document is not None
    assert [Path(c.path or "").name for c in document.captures] == ["a.txt", "z.txt"]


def test_what_is_wrong_with_the_installation_stops_the_run(
    ledger: Ledger, reports: Path, clock: Clock
) -> None:
    class Broken(FakeExtractor):
        def extract(self, *_args: object, **_more: object) -> Any:
            raise MissingResource("no gazetteer")

    def maker() -> Rooms:
        return rooms_with(Broken())

    with pytest.raises(MissingResource):
        run_paths([reports], ledger, clock=clock, maker=maker)


def test_worker_processes_change_nothing(new_place: NewPlace, reports: Path, clock: Clock) -> None:
    views = []
    for jobs in (1, 2):
        with open_ledger(new_place(f"{jobs}"), write=True, clock=clock) as ledger:
            run_paths([reports], ledger, clock=clock, maker=make_rooms, jobs=jobs)
            assert verify_ledger(ledger) == ()
            views.append(without_times(view_ledger(ledger)))
    assert views[0] == views[1]


def test_the_order_of_paths_changes_no_view(
    new_place: NewPlace, reports: Path, clock: Clock
) -> None:
    files = sorted(reports.iterdir())
    views = []
    for name, order in (("forth", files), ("back", files[::-1])):
        with open_ledger(new_place(name), write=True, clock=clock) as ledger:
            run_paths(order, ledger, clock=clock, maker=make_rooms)
            views.append(without_times(view_ledger(ledger)))
    assert views[0] == views[1]


def decide_on_first(ledger: Ledger, clock: Clock) -> str:
    with ledger.records() as records:
        document = records.find_document("a")
        assert document is not None
        claim = next(records.iter_claims(document.id)).claim
    sign = Signature(by="Ana", reason="no", at=clock().isoformat(), prev=ledger.head().hash)
    decided = decide_reject(Known(claims={claim.id: claim}), claim.id, sign)
    ledger.write_decision(decided.decision)
    return claim.id


def test_a_later_extractor_stands_beside_the_old(
    ledger: Ledger, reports: Path, clock: Clock
) -> None:
    run_paths([reports], ledger, clock=clock, maker=make_rooms)
    old = {c.id for c in view_ledger(ledger).claims}
    rejected = decide_on_first(ledger, clock)
    result = run_paths([reports], ledger, clock=clock, maker=make_later_rooms)
    view = view_ledger(ledger)
    assert (result.read, result.carried) == (3, 1)
    assert old < {c.id for c in view.claims}
    assert len(view.claims) == 2 * len(old)
    assert view.standings[rejected] == "carried"
    assert sorted(view.standings.values()).count("outdated") == len(old) - 1
    live = {c for i in view.incidents for c in i.claims}
    assert not live & old
    assert len(live) == len(old) - 1
    again = run_paths([reports], ledger, clock=clock, maker=make_later_rooms)
    assert (again.read, again.carried) == (0, 0)
    assert verify_ledger(ledger) == ()


def test_decisions_reach_the_readings(ledger: Ledger, reports: Path, clock: Clock) -> None:
    run_paths([reports], ledger, clock=clock, maker=make_rooms)
    view = view_ledger(ledger)
    (incident,) = [i for i in view.incidents if len(i.documents) > 1]
    highest = next(c for c in view.claims if c.quantity.low == 5)
    sign = Signature(by="Ana", reason="copied", at=clock().isoformat(), prev=ledger.head().hash)
    aside = decide_set_aside(Known(claims={highest.id: highest}), (highest.id,), sign)
    ledger.write_decision(aside.decision)
    sign = msgspec.structs.replace(sign, prev=ledger.head().hash)
    known = Known(incidents={incident.id: incident.claims})
    ledger.write_decision(decide_grade(known, incident.id, "discounted", sign).decision)
    after = next(i for i in view_ledger(ledger).incidents if i.id == incident.id)
    reading = next(r for r in after.readings if (r.harm, r.policy) == ("killed", "literal"))
    assert (reading.low, reading.high) == (3, 3)
    assert [(s.claim, s.why) for s in reading.set_aside if "Ana" in s.why]
    assert (after.grade, after.grade_why) == ("discounted", "copied (Ana)")


def test_as_of_an_earlier_day_nothing_was_said(ledger: Ledger, reports: Path, clock: Clock) -> None:
    run_paths([reports], ledger, clock=clock, maker=make_rooms)
    early = view_ledger(ledger, as_of="2022-03-09")
    assert all(r.low is None for i in early.incidents for r in i.readings)
    now = [r for i in view_ledger(ledger).incidents for r in i.readings]
    assert all(r.low for r in now if (r.policy, r.victims) == ("literal", "assume_civilian"))


def test_the_queue_lists_what_is_open(ledger: Ledger, reports: Path, clock: Clock) -> None:
    run_paths([reports], ledger, clock=clock, maker=make_rooms)
    assert {line.kind for line in view_queue(ledger)} >= {"unresolved"}


def test_reading_without_a_ledger(reports: Path) -> None:
    refused = []
    records = list(read_paths([reports], maker=make_rooms, on_refusal=refused.append))
    assert [r["document"]["name"] for r in records] == ["a", "b", "c"]
    assert [Path(r.path).name for r in refused] == ["d.txt", "e.txt"]
    first = records[0]
    assert {"document", "claims", "incidents", "totals", "unresolved"} <= set(first)
    assert {c["harm"] for c in first["claims"]} == {"killed", "injured"}
    assert all(c["document_name"] == "a" for c in first["claims"])
    (incident,) = first["incidents"]
    assert len({r["policy"] for r in incident["readings"]}) > 1
    msgspec.json.encode(records)


def test_the_first_record_comes_before_the_last_file_is_read(reports: Path) -> None:
    seen: list[str] = []

    class Watching(FakeExtractor):
        def extract(self, document: Any, text: Any, *, layers: bool = False) -> Any:
            seen.append(document.name)
            return super().extract(document, text, layers=layers)

    def maker() -> Rooms:
        return rooms_with(Watching())

    next(read_paths([reports], maker=maker))
    assert seen == ["a"]


RUN = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from engines import Place
from fake_rooms import make_slow_rooms
from harmledger.ledger import open_ledger, utc_clock
from harmledger.pipeline import run_paths
with open_ledger(sys.argv[1], write=True) as ledger:
    print("open", flush=True)
    run_paths([Path(sys.argv[2])], ledger, clock=utc_clock, maker=make_slow_rooms)
"""


def start_run(place: Place, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(place), str(folder), str(Path(__file__).parents[1])],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )


def finish(run: subprocess.Popen[str]) -> int:
    run.communicate()
    return run.returncode


def test_killed_at_any_point_the_next_run_completes(
    new_place: NewPlace, tmp_path: Path, clock: Clock
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        words = f"Shelling left {number} people killed. Then {number + 7} were injured."
        (folder / f"{number:02}.txt").write_text(words)
    (folder / "99.txt").write_text("undecodable")
    whole, broken = new_place("whole"), new_place("broken")
    assert finish(start_run(whole, folder)) == 0
    chance = random.Random(20220309)
    heads = []
    for _ in range(5):
        run = start_run(broken, folder)
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.6))
        run.send_signal(signal.SIGKILL)
        finish(run)
        with open_ledger(broken, write=True, clock=clock) as ledger:
            assert verify_ledger(ledger, heads[-1] if heads else None) == ()
            heads.append(ledger.head().hash)
    assert finish(start_run(broken, folder)) == 0
    with open_ledger(broken) as one, open_ledger(whole) as other:
        assert verify_ledger(one, heads[0]) == ()
        assert without_times(view_ledger(one)) == without_times(view_ledger(other))
        assert one.head().seq == other.head().seq
    assert len(set(heads)) > 1


EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"


@pytest.mark.skipif(find_gazetteer() is None, reason="needs `harmledger gazetteer`")
def test_the_examples_with_the_real_rooms(tmp_path: Path, clock: Clock) -> None:
    with open_ledger(tmp_path / "examples.ledger", write=True, clock=clock) as ledger:
        result = run_paths([EXAMPLES], ledger, clock=clock)
        assert result.refusals == ()
        assert verify_ledger(ledger) == ()
        head, view = ledger.head(), view_ledger(ledger)
        again = run_paths([EXAMPLES], ledger, clock=clock)
        assert (again.read, again.known, ledger.head()) == (0, result.read, head)
    claims = {claim.id for claim in view.claims}
    used = {c for i in view.incidents for r in i.readings for c in (*r.claims_low, *r.claims_high)}
    assert used
    assert used <= claims
    assert set(view.origins) == claims
    assert all(c.document_name and c.trace for c in view.claims)
