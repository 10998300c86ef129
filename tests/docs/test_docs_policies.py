"""Six policies, three cases: the program's answers are those worked out by hand, row by row."""

from __future__ import annotations

import json
from pathlib import Path

import policies
import pytest

from harmledger.lexicon.gazetteer import find_gazetteer
from harmledger.lexicon.policies import load_policies

BY_HAND = policies.load_by_hand()
needs_places = pytest.mark.skipif(find_gazetteer() is None, reason="needs `harmledger gazetteer`")


@pytest.fixture(scope="module")
def rows() -> dict[tuple[str, ...], policies.Row]:
    return {(r.case, r.as_of, r.policy, r.harm): r for r in policies.iter_rows()}


def test_the_rows_by_hand_are_all_there() -> None:
    keys = {(r["case"], r["as_of"], r["policy"], r["harm"]) for r in BY_HAND}
    assert len(keys) == len(BY_HAND) == 96
    assert {key[2] for key in keys} == {policy.name for policy in load_policies()}


@needs_places
@pytest.mark.parametrize(
    "hand", BY_HAND, ids=lambda r: f"{r['case'][:7]} {r['as_of']} {r['policy']} {r['harm']}"
)
def test_a_row_is_as_worked_out_by_hand(
    hand: dict[str, object], rows: dict[tuple[str, ...], policies.Row]
) -> None:
    row = rows[hand["case"], hand["as_of"], hand["policy"], hand["harm"]]  # type: ignore[index]
    assert (row.counted, row.low, row.best, row.high) == (
        hand["counted"],
        hand["low"],
        hand["best"],
        hand["high"],
    )
    if hand["counted"]:
        assert row.victims == hand["victims"]
    assert row.possibly_more == hand.get("possibly_more")
    assert row.provisional == bool(hand.get("provisional"))
    if isinstance(named := hand.get("origins"), list):
        assert row.origins == len(named)


@needs_places
def test_grades_answers_and_concessions_are_as_worked_out_by_hand(root: Path) -> None:
    page = root / "tests" / "gold" / "policies" / "by_hand_incidents.json"
    cases = json.loads(page.read_text(encoding="utf-8"))
    assert len(cases) == 8
    for hand in cases:
        incident = policies.find_case(hand["case"], hand["as_of"])
        assert incident.grade == hand["grade"], hand["case"]
        assert set(incident.denied_by) == {d["who"] for d in hand["denied_by"]}, hand["case"]
        assert bool(incident.conceded_by) == bool(hand["conceded_by"]), hand["case"]
        said = [r.said_at.at or "9999" for r in incident.responses]
        assert [at[:10] for at in said] == sorted(at[:10] for at in said)


def test_the_page_has_every_policy_rule_and_source(root: Path) -> None:
    page = (root / "docs" / "policies.md").read_text(encoding="utf-8")
    for policy in load_policies():
        for words in (f"### {policy.name}\n", policy.source, policy.edition, policy.says):
            assert words in page, f"{policy.name}: run `make docs`"
        assert all(rule.says in page and rule.source in page for rule in policy.rules)
    assert "have not checked or endorsed" in page.replace("\n", " ")
