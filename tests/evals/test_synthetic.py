"""Synthetic reporting: reproducible, as hard as it says, and linked in any order."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from harmledger.evals.linking import (
    BASELINE_AT_MOST,
    render_linking,
    score_bcubed,
    score_linking,
)
from harmledger.evals.synthetic import (
    Recipe,
    Reporting,
    StoredReports,
    find_tellings,
    iter_reporting,
    make_reporting,
    write_reports,
)
from harmledger.evals.synthetic.world import Event, find_siblings, make_events, make_towns
from harmledger.lexicon.policies import load_policies
from harmledger.pipeline import Stream, Terms, assemble_incidents


def make_world(incidents: int, seed: int) -> list[Event]:
    chance = Random(seed)
    return make_events(incidents, make_towns(incidents, chance), Recipe(), chance)


@pytest.fixture(scope="module")
def reporting() -> Reporting:
    return make_reporting(400, 2000, seed=5)


def test_the_same_seed_gives_the_same_reporting(reporting: Reporting) -> None:
    again = make_reporting(400, 2000, seed=5)
    assert (again.claims, again.documents, again.truth) == (
        reporting.claims,
        reporting.documents,
        reporting.truth,
    )
    assert make_reporting(400, 2000, seed=6).claims != reporting.claims


def test_it_is_as_hard_as_it_says(reporting: Reporting) -> None:
    found = make_reporting(2000, 10000, seed=5).difficulty
    assert (found.incidents, found.reports) == (2000, 10000)
    assert found.is_stated
    tellings = find_tellings(reporting.claims, reporting.truth)
    assert len(tellings) >= len(reporting.documents)


def test_every_claim_has_its_truth_and_its_own_id(reporting: Reporting) -> None:
    ids = {c.id for c in reporting.claims}
    assert len(ids) == len(reporting.claims)
    assert ids == set(reporting.truth)
    assert set(reporting.truth.values()) == {e.id for e in reporting.events}


def test_there_are_copies_corrections_parts_and_words(reporting: Reporting) -> None:
    assert len(set(reporting.groups.values())) < len(reporting.documents)
    assert any(d.supersedes for d in reporting.documents)
    assert any(c.part_of for c in reporting.claims)
    bounds = {c.quantity.bound for c in reporting.claims}
    assert {"exact", "word", "about", "at_least", "more_than"} <= bounds
    assert {c.quantity.extent for c in reporting.claims} == {"whole", "some"}


def test_fewer_reports_than_incidents_are_refused() -> None:
    with pytest.raises(ValueError, match="give more"):
        make_reporting(10, 5)


def test_bcubed_by_hand() -> None:
    truth = dict(zip("abcde", (1, 1, 1, 2, 2), strict=True))
    right = score_bcubed(truth, truth)
    assert (right.precision, right.recall, right.f) == (1.0, 1.0, 1.0)
    one = score_bcubed(dict.fromkeys("abcde", 0), truth)
    assert (one.precision, one.recall) == (pytest.approx(13 / 25), 1.0)
    none = score_bcubed({i: i for i in "abcde"}, truth)
    assert (none.precision, none.recall) == (1.0, pytest.approx(2 / 5))


@pytest.mark.parametrize("seed", range(300, 320))
def test_siblings_are_as_many_as_stated_whatever_the_seed(seed: int) -> None:
    events = make_world(400, seed)
    assert len(find_siblings(events)) >= 0.25 * len(events)


def test_linking_beats_the_baseline_in_any_order() -> None:
    reporting = make_reporting(150, 750, seed=3)
    score = score_linking(reporting, seed=3)
    assert {c.policy for c in score.counts} == {p.name for p in load_policies()}
    by_name = {c.policy: c for c in score.counts}
    assert by_name["literal"].holds_designed > by_name["gtd@2017"].holds_designed
    assert all(c.equal >= 0.6 for c in score.counts)
    assert score.order_free
    assert score.again_free
    assert score.baseline.f <= BASELINE_AT_MOST
    assert score.linked.f >= score.baseline.f + 0.15
    assert "B3 F" in render_linking([score])


def test_plain_reporting_is_linked_almost_whole() -> None:
    """Full dates and towns, nothing mistaken: what is left is what reports do not say."""
    plain = Recipe(
        siblings=0.0,
        siblings_least=0.0,
        undated=0.0,
        province_only=0.0,
        country_only=0.0,
        day_off=0.0,
        mistaken_place=0.0,
        other_spelling=0.0,
        second_incident=0.0,
        shifted=0.0,
        site_mistaken=0.0,
        hour_told=0.0,
    )
    score = score_linking(make_reporting(150, 600, seed=4, recipe=plain), seed=4)
    assert score.linked.f >= 0.95


def test_read_from_a_file_it_is_linked_and_counted_as_in_memory(tmp_path: Path) -> None:
    made = make_reporting(40, 200, seed=9)
    path = tmp_path / "reports.jsonl"
    assert write_reports(path, iter_reporting(40, 200, seed=9)) == len(made.claims)
    stored = StoredReports(path)
    assert list(stored) == [d.id for d in made.documents]
    assert stored.groups == made.groups
    assert tuple(c for name in stored for c in stored[name].claims) == made.claims
    terms = Terms(policies=load_policies())
    stream = Stream(stored, (), stored.groups, terms)
    held = assemble_incidents(
        made.documents, made.claims, (), groups=made.groups, policies=terms.policies
    )
    assert tuple(stream) == held.incidents
    assert (stream.totals(), stream.origins) == (held.totals, held.origins)
    stored.close()


def test_the_world_stays_on_the_globe_however_large_it_is() -> None:
    provinces = make_towns(16 * 7000, Random(1))
    points = [(t.lat, t.lon) for towns in provinces for t in towns]
    assert all(0 < lat < 75 and 0 < lon < 370 for lat, lon in points)
    corners = {((t.lat - 9.99) // 1.4, (t.lon - 9.99) // 1.6) for t, *_ in provinces}
    assert len(corners) == len(provinces)
    with pytest.raises(ValueError, match="the globe holds 7700 provinces"):
        make_towns(16 * 7701, Random(1))
