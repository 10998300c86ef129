"""An index that was told decision by decision is the index that would be made anew."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Thread

import numpy as np
from desk_setup import Caller

from harmledger.index import Changed, Filters, Index, find_meta, open_index
from harmledger.index.columns import Columns
from harmledger.index.lists import list_incidents, list_voices
from harmledger.index.names import Numbers
from harmledger.index.sums import count_by, list_spots, sum_all, sum_by_place, sum_by_time
from harmledger.pipeline.desk import WHOLE
from harmledger.web import Desk

VERDICTS = ("accept", "reject", "accept", "accept", "reject", "reject", "accept")
NARROWED = (
    Filters(),
    Filters(harm="injured"),
    Filters(place="sumy"),
    Filters(grade="weak", sort="unreviewed"),
    Filters(status="reviewed"),
    Filters(q="market"),
    Filters(until="2022-04-01", policy="ucdp@ged-23.1", sort="oldest"),
    Filters(as_of="2022-03-10", sort="said"),
)


def look(index: Index) -> list[object]:
    """What pages show of everything, under several filters."""
    found: list[object] = [list_voices(index, 40)]
    for filters in NARROWED:
        found += [
            list_incidents(index, filters, 50),
            sum_by_time(index, filters, "killed"),
            sum_by_place(index, filters, "killed"),
            sum_all(index, filters, "injured"),
            count_by(index, filters, "grade"),
            count_by(index, filters, "status"),
            list_spots(index, filters, 50),
        ]
    return found


def find_claims(desk: Desk) -> list[str]:
    rows = desk.faces.whole.rows("SELECT id FROM claims ORDER BY document, start")
    return [claim for (claim,) in rows]


def decide(caller: Caller, verdict: str, claim: str) -> None:
    answer = caller.post("/review", claim=claim, verdict=verdict)
    assert answer.status_code == 303, answer.text


def test_what_is_in_memory_is_what_would_be_loaded(desk: Desk, caller: Caller) -> None:
    index = desk.faces.whole
    look(index)  # everything is loaded and kept before the first decision
    for verdict, claim in zip(VERDICTS, find_claims(desk), strict=False):
        decide(caller, verdict, claim)
        fresh = open_index(index.path)
        assert look(index) == look(fresh)
        same_columns(index.columns, fresh.columns)
        fresh.close()


def same_columns(patched: Columns, loaded: Columns) -> None:
    assert np.array_equal(patched.alive, loaded.alive)
    for key, block in loaded.blocks.items():
        assert np.array_equal(patched.blocks[key].table, block.table), key
    for key in patched.blocks.keys() - loaded.blocks.keys():
        assert patched.blocks[key].table.shape[1] == 0, key


def test_a_decision_waits_for_no_search(desk: Desk) -> None:
    index = desk.faces.whole
    ids = tuple(index.columns.numbers)
    changing = Thread(
        target=index.take_in, args=(Changed(incidents=ids, figures=True),), daemon=True
    )

    def find_slowly(_: str) -> Numbers:
        changing.start()
        changing.join(timeout=10)
        assert not changing.is_alive(), "the decision waits for the search, and it for the decision"
        return index.columns.homes(np.array([1]))

    index.columns.match(Filters(q="market"), find_slowly)
    assert not changing.is_alive()


def test_accepting_leaves_nothing_to_make_again(desk: Desk, caller: Caller) -> None:
    for claim in find_claims(desk)[:3]:
        decide(caller, "accept", claim)
    patched = dump(desk.folder / WHOLE)
    meta = find_meta(desk.folder / WHOLE)
    assert meta is not None
    assert meta.made_seq == meta.seq
    assert not desk.is_behind
    desk.rebuild(apart=False)
    assert dump(desk.folder / WHOLE) == patched


def test_rejecting_asks_for_the_whole_again(desk: Desk, caller: Caller) -> None:
    decide(caller, "reject", find_claims(desk)[0])
    assert desk.is_behind
    desk.rebuild(apart=False)
    assert not desk.is_behind


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows that stand for the record, of every table that a decision may change."""
    tables = {
        "incidents": "SELECT * FROM incidents ORDER BY id",
        "bodies": "SELECT i.id, b.body FROM bodies b JOIN incidents i ON i.n = b.n ORDER BY 1",
        "readings": "SELECT * FROM readings ORDER BY 1, 2, 3, 4, 5, 6",
        "names": "SELECT * FROM names ORDER BY 1, 2, 3",
        "claims": "SELECT id, standing, incident, effect, live FROM claims ORDER BY id",
        "voices": "SELECT * FROM voices ORDER BY origin",
        "decisions": "SELECT id, body FROM decisions ORDER BY id",
    }
    with closing(sqlite3.connect(path)) as db:
        return {name: db.execute(query).fetchall() for name, query in tables.items()}
