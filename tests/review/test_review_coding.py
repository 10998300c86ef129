"""Two coders: blind queues, dissent, agreement, and a sitting at the keyboard."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from fake_rooms import make_rooms
from harmledger.cli import main
from harmledger.cli.app import app
from harmledger.ledger import Ledger, open_ledger, verify_ledger
from harmledger.pipeline import run_paths, view_ledger, view_queue
from harmledger.pipeline.decide import decide_on
from harmledger.review import (
    decide_accept,
    decide_amend,
    decide_reject,
    find_coders,
    find_dissents,
    tally_agreement,
)

Clock = Callable[[], datetime]
Place = Path | str


@pytest.fixture
def filled(place: Place, reports: Path, clock: Clock) -> Place:
    with open_ledger(place, write=True, clock=clock) as ledger:
        run_paths([reports], ledger, clock=clock, maker=make_rooms)
    return place


def code(ledger: Ledger, clock: Clock, by: str, number: int, answer: str) -> str:
    with ledger.records() as records:
        machine = [k.claim for k in records.iter_claims() if not k.claim.replaces]
    claim = sorted(machine, key=lambda c: c.span.quote)[number]

    def decide(records, known, sign):  # type: ignore[no-untyped-def]
        if answer == "accept":
            return decide_accept(known, claim.id, sign)
        if answer == "reject":
            return decide_reject(known, claim.id, sign)
        text = records.find_text(claim.document, claim.text_sha256)
        return decide_amend(known, claim.id, {"victims.status": answer}, text, sign)

    decide_on(ledger, (claim.id,), by, "read it", decide, clock=clock)
    return claim.id


def test_two_coders_field_by_field(filled: Place, clock: Clock) -> None:
    with open_ledger(filled, write=True, clock=clock) as ledger:
        for number, (ana, bo) in enumerate(
            [
                ("accept", "accept"),
                ("reject", "reject"),
                ("civilian", "combatant"),
                ("accept", "reject"),
            ]
        ):
            code(ledger, clock, "Ana", number, ana)
            code(ledger, clock, "Bo", number, bo)
        with ledger.records() as records:
            decisions = records.decisions()
            claims = {k.claim.id: k.claim for k in records.iter_claims()}
        assert verify_ledger(ledger) == ()
    assert find_coders(decisions) == ("Ana", "Bo")
    found = {f.field: f for f in tally_agreement("Ana", "Bo", decisions, claims)}
    assert (found["is a claim"].agreed, found["is a claim"].claims) == (3, 4)
    assert found["is a claim"].kappa == pytest.approx(0.5)
    assert (found["status"].agreed, found["status"].claims) == (1, 2)
    assert (found["low"].agreed, found["low"].claims) == (2, 2)
    assert tally_agreement("Ana", "Cy", decisions, claims) == ()
    notes = sorted(d.note for d in find_dissents(decisions))
    assert notes == ["Ana: accept; Bo: reject", "Ana: amend; Bo: amend"]


def test_two_coders_of_whom_one_rejects_everything(filled: Place, clock: Clock) -> None:
    with open_ledger(filled, write=True, clock=clock) as ledger:
        code(ledger, clock, "Ana", 0, "accept")
        code(ledger, clock, "Bo", 0, "reject")
        with ledger.records() as records:
            decisions = records.decisions()
            claims = {k.claim.id: k.claim for k in records.iter_claims()}
    (there,) = tally_agreement("Ana", "Bo", decisions, claims)
    assert (there.field, there.agreed, there.claims) == ("is a claim", 0, 1)


def test_a_blind_queue_hides_what_others_decided(filled: Place, clock: Clock) -> None:
    with open_ledger(filled, write=True, clock=clock) as ledger:
        bound = next(line for line in view_queue(ledger) if line.kind == "bound")
        (claim,) = bound.about
        decide_on(
            ledger,
            (claim,),
            "Ana",
            "wrong town",
            lambda _r, known, sign: decide_reject(known, claim, sign),
            clock=clock,
        )
        assert claim not in {c for line in view_queue(ledger) for c in line.about}
        assert claim in {c for line in view_queue(ledger, "Bo") for c in line.about}
        assert claim not in {c for line in view_queue(ledger, "Ana") for c in line.about}


def test_the_queue_starts_with_what_moves_a_range_furthest(filled: Place) -> None:
    with open_ledger(filled) as ledger:
        effects = [line.effect for line in view_queue(ledger)]
    assert effects == sorted(effects, reverse=True)
    assert effects[0] > effects[-1] == 0


def test_before_and_after_stand_in_the_log(filled: Place, clock: Clock) -> None:
    with open_ledger(filled, write=True, clock=clock) as ledger:
        claim = code(ledger, clock, "Ana", 0, "accept")
        code(ledger, clock, "Bo", 0, "reject")
        with ledger.records() as records:
            acts = [msgspec.json.decode(e.act or "") for e in records.iter_entries()][-2:]
    assert [(a["actor"], a["before"], a["after"]) for a in acts] == [
        ("Ana", {claim: "proposed"}, {claim: "accepted"}),
        ("Bo", {claim: "accepted"}, {claim: "rejected"}),
    ]
    assert all("literal" in a["policy"] for a in acts)


def sit(
    place: Place,
    keys: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *words: str,
) -> str:
    command = ["harmledger", "review", "start", "--ledger", str(place), "--by", "Ana"]
    monkeypatch.setattr(sys, "argv", [*command, "--reason", "read against the text", *words])
    monkeypatch.setattr(sys, "stdin", io.StringIO(keys))
    with pytest.raises(SystemExit) as ended:
        main()
    out = capsys.readouterr()
    assert not ended.value.code, out.out + out.err
    return out.out


def test_a_sitting_at_the_keyboard(
    filled: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = "x\na\nu\nr the wrong town\ne victims.status=civilian\nq\n"
    out = sit(filled, keys, monkeypatch, capsys)
    assert "2 decisions stand from this sitting" in out
    assert "withdrawn: accept" in out
    with open_ledger(filled) as ledger:
        view = view_ledger(ledger)
        assert verify_ledger(ledger) == ()
    actions = [(d.action, d.reason) for d in view.decisions]
    assert actions == [
        ("accept", "read against the text"),
        ("withdraw", "read against the text"),
        ("reject", "the wrong town"),
        ("amend", "read against the text"),
    ]
    out = sit(filled, "", monkeypatch, capsys, "--blind")
    assert "0 decisions stand" in out


def test_what_may_be_shown_stands_in_the_log_before_and_after(filled: Place) -> None:
    with open_ledger(filled) as ledger:
        incident = view_ledger(ledger).incidents[0].id
        with ledger.records() as records:
            claim = next(iter(records.iter_claims())).claim.id
    for *words, by in (
        ("withhold", incident, "Ana"),
        ("release", "incident", incident, "Ana"),
        ("release", "passage", claim, "Ana"),
        ("release", "passage", claim, "Bo"),
    ):
        command = ["review", *words, "--ledger", str(filled), "--by", by, "--reason", "so"]
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 0, done.output
    with open_ledger(filled) as ledger, ledger.records() as records:
        acts = [
            msgspec.json.decode(e.act)
            for e in records.iter_entries()
            if e.kind == "decision" and e.act
        ]
        assert verify_ledger(ledger) == ()
    assert [(act["action"], act["before"], act["after"]) for act in acts] == [
        ("withhold", {incident: []}, {incident: ["withheld"]}),
        ("release", {incident: ["withheld"]}, {incident: ["released"]}),
        ("release", {claim: []}, {claim: ["passage released by one of two"]}),
        (
            "release",
            {claim: ["passage released by one of two"]},
            {claim: ["passage released"]},
        ),
    ]
    assert all(act["policy"] for act in acts)
