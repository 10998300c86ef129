"""The example reports, from files to readings: what examples/README.md promises a reader."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harmledger.core.claim import Claim
from harmledger.core.document import Item
from harmledger.core.ids import sha256_of
from harmledger.core.incident import Incident, Reading
from harmledger.core.view import LedgerView
from harmledger.ledger import Ledger, open_ledger
from harmledger.lexicon.gazetteer import find_gazetteer
from harmledger.pipeline import Rooms, open_rooms, run_paths, view_ledger

pytestmark = pytest.mark.skipif(find_gazetteer() is None, reason="needs `harmledger gazetteer`")
EXAMPLES = Path(__file__).parents[2] / "examples"
REFUSED_HARD = {
    "binary-junk.txt",
    "mixed-encodings.txt",
    "empty.txt",
    "only-whitespace.md",
    "broken-front-matter.md",
}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    ticks = iter(range(1_000_000))

    def clock() -> datetime:
        return datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=next(ticks))

    path = tmp_path_factory.mktemp("examples") / "examples.ledger"
    with open_ledger(path, write=True, clock=clock) as opened:
        result = run_paths([EXAMPLES / "reports"], opened, clock=clock)
        assert (result.read, result.refusals) == (22, ())
        yield opened


@pytest.fixture(scope="module")
def rooms() -> Rooms:
    return open_rooms()


def incident_at(view: LedgerView, place: str) -> Incident:
    """The one incident of a place."""
    found = [i for i in view.incidents if i.place is not None and i.place.name == place]
    assert len(found) == 1, [i.title for i in view.incidents]
    return found[0]


def literal(incident: Incident, harm: str) -> Reading:
    """The default reading of the literal policy."""
    (reading,) = [
        r
        for r in incident.readings
        if r.policy == "literal" and r.harm == harm and r.victims == "assume_civilian"
    ]
    return reading


def figures(view: LedgerView, ids: tuple[str, ...]) -> set[tuple[int | None, int | None]]:
    by_id = {claim.id: claim for claim in view.claims}
    return {(by_id[i].quantity.low, by_id[i].quantity.high) for i in ids}


def test_three_cases_and_no_more_hospitals(ledger: Ledger) -> None:
    view = view_ledger(ledger)
    places = sorted(i.place.name or "" for i in view.incidents if i.place is not None)
    assert places == ["Gaza City", "Kunduz", "Mariupol", "Zhytomyr"]
    assert all(document.example for document in view.documents)


# ---- Kunduz: rising, then acknowledged -----------------------------------------------------------

KUNDUZ = [
    ("2015-10-03", 19),
    ("2015-10-04", 22),
    ("2015-10-23", 23),
    ("2015-10-25", 30),
    ("2015-12-12", 42),
]


@pytest.mark.parametrize(("day", "killed"), KUNDUZ)
def test_kunduz_as_of(ledger: Ledger, day: str, killed: int) -> None:
    view = view_ledger(ledger, as_of=day)
    reading = literal(incident_at(view, "Kunduz"), "killed")
    assert (reading.low, reading.high) == (killed, killed)
    assert figures(view, reading.claims_low) == {(killed, killed)}
    beside = figures(view, reading.possibly_more)
    assert beside == ({(7, 7)} if day == "2015-10-23" else set())


def test_kunduz_keeps_every_earlier_figure_as_a_claim(ledger: Ledger) -> None:
    view = view_ledger(ledger)
    incident = incident_at(view, "Kunduz")
    told = {
        c.quantity.low
        for c in view.claims
        if c.id in incident.claims and c.harm == "killed" and c.part_of is None
    }
    assert {3, 9, 16, 19, 22, 23, 30, 42} <= told
    aside = {item.claim for item in literal(incident, "killed").set_aside}
    assert {3, 16, 19, 22, 23, 30} <= {c.quantity.low for c in view.claims if c.id in aside}


def test_kunduz_rests_on_one_origin(ledger: Ledger) -> None:
    reading = literal(incident_at(view_ledger(ledger), "Kunduz"), "killed")
    assert reading.origins == 1


@pytest.mark.parametrize(
    ("day", "confirmed"),
    [("2015-10-03", False), ("2015-10-05", False), ("2015-10-06", True), ("2015-12-12", True)],
)
def test_kunduz_is_confirmed_once_the_accused_accepts(
    ledger: Ledger, day: str, confirmed: bool
) -> None:
    incident = incident_at(view_ledger(ledger, as_of=day), "Kunduz")
    assert (incident.grade == "confirmed") == confirmed
    assert bool(incident.conceded_by) == confirmed


def test_a_withdrawn_figure_is_a_retraction(ledger: Ledger) -> None:
    view = view_ledger(ledger)
    (retraction,) = [c for c in view.claims if c.stance == "retracts"]
    (withdrawn,) = [c for c in view.claims if c.id == retraction.about]
    assert withdrawn.quantity.low == 19
    assert withdrawn.document_name == retraction.document_name == "kunduz-03-correction"


# ---- Al-Ahli: contested --------------------------------------------------------------------------


def test_al_ahli_as_of_the_20th(ledger: Ledger) -> None:
    view = view_ledger(ledger, as_of="2023-10-20")
    incident = incident_at(view, "Gaza City")
    killed, injured = literal(incident, "killed"), literal(incident, "injured")
    assert (killed.low, killed.high) == (10, 471)
    assert figures(view, killed.between) == {(100, 300), (200, 200)}
    assert (injured.low, injured.high) == (342, 342)
    assert incident.grade == "contested"


def test_al_ahli_500_is_superseded_by_471(ledger: Ledger) -> None:
    view = view_ledger(ledger, as_of="2023-10-20")
    reading = literal(incident_at(view, "Gaza City"), "killed")
    by_id = {claim.id: claim for claim in view.claims}
    why = {
        item.why
        for item in reading.set_aside
        if by_id[item.claim].quantity.low == 500 and by_id[item.claim].stance == "asserts"
    }
    assert why
    assert all("superseded" in reason or "corrected" in reason for reason in why)
    before = view_ledger(ledger, as_of="2023-10-17")
    first = literal(incident_at(before, "Gaza City"), "killed")
    assert (first.low, first.high) == (500, None)


def test_the_undated_page_is_listed_not_counted_as_of_a_day(ledger: Ledger) -> None:
    view = view_ledger(ledger, as_of="2023-10-20")
    reading = literal(incident_at(view, "Gaza City"), "killed")
    undated = {c.id for c in view.claims if c.document_name == "al-ahli-06-undated-overview"}
    aside = {item.claim: item.why for item in reading.set_aside if item.claim in undated}
    assert aside
    assert all("undated" in why for why in aside.values())


def test_page_furniture_is_never_counted(ledger: Ledger) -> None:
    claims = [
        c for c in view_ledger(ledger).claims if c.document_name == "al-ahli-05-european-source"
    ]
    told = {c.quantity.low for c in claims}
    assert told
    assert not told & {7, 12, 31, 60, 214, 318, 40000}


# ---- Mariupol: denied ----------------------------------------------------------------------------


def test_mariupol(ledger: Ledger) -> None:
    view = view_ledger(ledger)
    incident = incident_at(view, "Mariupol")
    killed, injured = literal(incident, "killed"), literal(incident, "injured")
    assert (killed.low, killed.high) == (3, 3)
    assert (injured.low, injured.high) == (17, 18)
    assert incident.denied_by
    assert incident.grade != "contested"  # nobody else is named for it


def test_the_siege_total_is_never_added_to_the_strike(ledger: Ledger) -> None:
    view = view_ledger(ledger)
    siege = [c for c in view.claims if c.quantity.low == 1207]
    assert siege
    assert {c.quantity.scope for c in siege} == {"running_total"}
    counted = {c for i in view.incidents for r in i.readings for c in (*r.claims_low, *r.floors)}
    assert not counted & {c.id for c in siege}
    assert any(point.low == 1207 for total in view.totals for point in total.series)


def test_attacks_on_health_care_are_not_people(ledger: Ledger) -> None:
    claims = [c for c in view_ledger(ledger).claims if c.quantity.low == 18 and c.harm != "injured"]
    assert claims
    assert {c.quantity.unit for c in claims} == {"attacks"}


def test_copies_share_an_origin_group_and_others_do_not(ledger: Ledger) -> None:
    groups = {d.name: d.origin_group for d in view_ledger(ledger).documents}
    assert groups["mariupol-02-agency"] == groups["mariupol-03-agency-copy"]
    assert groups["mariupol-02-agency"] is not None
    assert len(set(groups.values())) == len(groups) - 1


# ---- any report ----------------------------------------------------------------------------------


def test_every_reading_can_be_walked_back_to_bytes(ledger: Ledger) -> None:
    view = view_ledger(ledger)
    by_id = {claim.id: claim for claim in view.claims}
    documents = {document.id: document for document in view.documents}
    with ledger.records() as records:
        texts = {d.text_sha256: records.text(d.text_sha256) for d in view.documents}
    for incident in view.incidents:
        for reading in incident.readings:
            for name in (*reading.claims_low, *reading.claims_high, *reading.floors):
                claim = by_id[name]
                text = texts[claim.text_sha256]
                assert text[claim.span.start : claim.span.end] == claim.span.quote
                assert sha256_of(text.encode()) == documents[claim.document].text_sha256


def shape(claims: tuple[Claim, ...]) -> list[tuple[str, str, int | None, int | None]]:
    return [(c.harm, c.stance, c.quantity.low, c.quantity.high) for c in claims]


@pytest.mark.parametrize(
    "name",
    ["kunduz-02-saturday-evening", "mariupol-01-first-evening", "al-ahli-03-ministry-revises"],
)
def test_without_a_publication_date_the_same_claims(rooms: Rooms, name: str) -> None:
    path = EXAMPLES / "reports" / f"{name}.md"
    content = path.read_bytes()
    bare = re.sub(rb"(?m)^published: .*\n", b"", content)
    assert bare != content
    dated, undated = (
        rooms.extractor.extract(
            *rooms.read_item(
                Item(
                    name=name,
                    path=str(path),
                    media_type="text/markdown",
                    content=body,
                    sha256=sha256_of(body),
                )
            )
        )
        for body in (content, bare)
    )
    assert shape(undated.claims) == shape(dated.claims)
    said = [c.occurred for c in undated.claims if c.occurred is not None]
    assert said
    assert {(when.edtf, when.earliest, when.latest) for when in said} == {(None, None, None)}
    assert all(when.as_written for when in said)
    reasons = [line.reason for line in undated.unresolved]
    assert reasons.count("no_publication_date") == 1


def run_command(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "harmledger.cli", *map(str, words)],
        capture_output=True, text=True, timeout=300, check=False, encoding="utf-8",
    )  # fmt: skip


def test_the_hard_folder_reaches_its_end(place: Path | str) -> None:
    done = run_command("run", EXAMPLES / "hard", "--ledger", place)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    printed = re.sub(r"\s+", "", done.stdout + done.stderr)
    assert [name for name in sorted(REFUSED_HARD) if name not in printed] == []
    for line in (2, 4, 5):
        assert re.search(rf"broken-line\.jsonl,?(?:line|:){line}\b", printed), printed
    with open_ledger(place) as ledger:
        names = {document.name for document in view_ledger(ledger).documents}
    assert "name with spaces – Кундуз №1" in names
    assert not names & {Path(refused).stem for refused in REFUSED_HARD}


def test_running_again_adds_nothing(place: Path | str, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name in (
        "kunduz-01-saturday-wires.jsonl",
        "mariupol-06-moscow.html",
        "al-ahli-02-blame.md",
    ):
        (folder / name).write_bytes((EXAMPLES / "reports" / name).read_bytes())
    first = run_command("run", folder, "--ledger", place)
    assert first.returncode == 0, first.stderr
    with open_ledger(place) as ledger:
        head, view = ledger.head(), view_ledger(ledger)
    again = run_command("run", folder, "--ledger", place)
    assert again.returncode == 0, again.stderr
    with open_ledger(place) as ledger:
        assert ledger.head() == head
        assert view_ledger(ledger) == view
