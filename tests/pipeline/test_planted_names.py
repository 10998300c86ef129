"""500 names planted in texts, titles, file names, addresses and reasons: none is published."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from planted import find_leaks, iter_leaks, make_names, plant

from harmledger.cli.crash import render_crash
from harmledger.core.view import LedgerView
from harmledger.ledger import open_ledger
from harmledger.lexicon.gazetteer import Gazetteer
from harmledger.lexicon.policies import load_policies
from harmledger.lexicon.profiles import Profile, load_profiles
from harmledger.pipeline import run_paths, view_ledger
from harmledger.pipeline.edition import make_edition
from harmledger.publish.edition import write_edition
from harmledger.review import Known, Signature, decide_grade, decide_set_aside, decide_withhold

NAMES, IN_REASONS = 500, 20
KEY = bytes(range(32))
LATER = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    names = make_names(NAMES)
    folder = tmp_path_factory.mktemp("planted") / "reports"
    found = plant(names[IN_REASONS:], folder)
    found.update(dict.fromkeys(names[:IN_REASONS], "reason"))
    found["folder"] = str(folder)
    return found


@pytest.fixture(scope="module")
def view(planted: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> LedgerView:
    """The ledger of all planted reports, with names in the reasons and signatures too."""
    folder = Path(planted.pop("folder"))
    ticks = iter(range(100_000))

    def clock() -> datetime:
        return datetime(2025, 1, 1, 0, 0, 0, next(ticks), tzinfo=UTC)

    with open_ledger(tmp_path_factory.mktemp("ledger") / "l.ledger", write=True) as ledger:
        run_paths([folder], ledger, clock=clock)
        first = view_ledger(ledger)
        reasons = iter([n for n, where in planted.items() if where == "reason"])
        for incident, claim in zip(first.incidents[:5], first.claims[:5], strict=True):
            known = Known(
                incidents={incident.id: incident.claims}, claims={c.id: c for c in first.claims}
            )
            for decide in _decisions(incident.id, claim.id):
                sign = Signature(
                    by=next(reasons),
                    reason=f"asked by {next(reasons)}",
                    at=clock().isoformat(),
                    prev=ledger.head().hash,
                )
                ledger.write_decision(decide(known, sign).decision)
        return view_ledger(ledger)


def _decisions(incident: str, claim: str) -> tuple[Callable[..., object], ...]:
    return (
        lambda known, sign: decide_grade(known, incident, "discounted", sign),
        lambda known, sign: decide_set_aside(known, (claim,), sign),
    )


def edition_of(view: LedgerView, profile: Profile, folder: Path) -> Path:
    edition = make_edition(
        view, profile, load_policies(), key=KEY, gazetteer=Gazetteer(), made_at=LATER
    )
    assert edition.incidents, "an edition of nothing proves nothing"
    return write_edition(edition, folder / profile.name).parent


@pytest.mark.parametrize("profile", load_profiles(), ids=lambda profile: profile.name)
def test_no_planted_name_is_published(
    view: LedgerView, planted: dict[str, str], profile: Profile, tmp_path: Path
) -> None:
    assert find_leaks(edition_of(view, profile, tmp_path), planted) == []


def test_the_search_finds_a_name_that_is_leaked_on_purpose(
    view: LedgerView, planted: dict[str, str], tmp_path: Path
) -> None:
    folder = edition_of(view, load_profiles()[0], tmp_path)
    for name in list(planted)[:: len(planted) // 16]:
        page = folder / "index.html"
        kept = page.read_text(encoding="utf-8")
        page.write_text(kept + f"<p>{name}</p>", encoding="utf-8")
        assert any(name in leak for leak in find_leaks(folder, planted)), name
        page.write_text(kept, encoding="utf-8")


def test_the_working_record_does_hold_them(view: LedgerView, planted: dict[str, str]) -> None:
    """Otherwise the names never reached the place they are kept from."""
    told = " ".join(f"{c.span.sentence} {c.document_name}" for c in view.claims)
    told += " ".join(f"{d.name} {d.title} {d.url}" for d in view.documents)
    told += " ".join(f"{d.by} {d.reason}" for d in view.decisions)
    held = list(iter_leaks(told.encode("utf-8"), planted))
    assert len(held) > 0.7 * len(planted)


def test_a_crash_names_places_in_the_program_and_nobody(planted: dict[str, str]) -> None:
    name = next(iter(planted))
    with pytest.raises(KeyError) as caught:
        {}[f"no such person: {name}"]
    assert name in str(caught.value)
    report = render_crash(caught.type, caught.tb)
    assert "KeyError" in report
    assert "test_planted_names.py" in report
    assert list(iter_leaks(report.encode(), planted)) == []


def test_progress_and_leftover_files_name_nobody(tmp_path: Path) -> None:
    """A run at a terminal whose answers go elsewhere: what the terminal shows, and what lies in
    the folder for temporary files afterwards."""
    names = plant(make_names(24, seed=11), tmp_path / "reports")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    master, terminal = pty.openpty()
    command = [sys.executable, "-m", "harmledger.cli", "run", str(tmp_path / "reports")]
    with subprocess.Popen(
        [*command, "--ledger", str(tmp_path / "l.ledger"), "--format", "json"],
        stdout=subprocess.DEVNULL,
        stderr=terminal,
        env={**os.environ, "TMPDIR": str(scratch)},
    ) as process:
        os.close(terminal)
        shown = b"".join(iter_output(master))
    assert process.returncode == 0
    assert b"read" in shown
    assert list(iter_leaks(shown, names)) == []
    assert find_leaks(scratch, names) == []


def iter_output(master: int) -> Iterator[bytes]:
    """What comes out of a terminal until its other end is closed."""
    with contextlib.suppress(OSError), os.fdopen(master, "rb", buffering=0) as file:
        while chunk := file.read(4096):
            yield chunk


def test_a_withheld_incident_is_nowhere(view: LedgerView, tmp_path: Path) -> None:
    """Neither its reference nor any other incident's numbers or place in the order change."""
    profile = load_profiles()[0]
    before = make_edition(
        view, profile, load_policies(), key=KEY, gazetteer=Gazetteer(), made_at=LATER
    )
    shown = {incident.ref for incident in before.incidents}
    target = view.incidents[len(view.incidents) // 2]
    known = Known(incidents={target.id: target.claims})
    sign = Signature(by="a", reason="b", at="2026-01-01T00:00:00+00:00", prev="0")
    decided = decide_withhold(known, target.id, sign).decision
    after = make_edition(
        msgspec.structs.replace(view, decisions=(*view.decisions, decided)),
        profile,
        load_policies(),
        key=KEY,
        gazetteer=Gazetteer(),
        made_at=LATER,
    )
    gone = shown - {incident.ref for incident in after.incidents}
    assert len(gone) == 1
    assert after.withheld == before.withheld + 1
    ref = next(iter(gone)).encode()
    folder = write_edition(after, tmp_path / "out").parent
    assert not [p for p in folder.rglob("*") if p.is_file() and ref in p.read_bytes()]
    kept = {i.ref: i for i in before.incidents if i.ref not in gone}
    assert [i.ref for i in after.incidents] == [i.ref for i in before.incidents if i.ref in kept]
    assert all(kept[i.ref] == i for i in after.incidents)
