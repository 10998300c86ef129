"""What is found: every family of harm words and figures, in sentences of different make."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from told import Read, read_report

from harmledger.extract import ClaimExtractor

FAMILIES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "families.yaml").read_text(encoding="utf-8")
)
CASES = [(family, case) for family, cases in FAMILIES.items() for case in cases]


def _said(read: Read, wanted: str) -> list[str]:
    """The claims of a report as the file writes them; the unit only where it is asked for."""
    rows = []
    for claim in read.claims:
        harm = claim.harm if claim.stance == "asserts" else f"{claim.harm}/{claim.stance}"
        low, high = ("-" if n is None else n for n in (claim.quantity.low, claim.quantity.high))
        unit = f" {claim.quantity.unit}" if len(wanted.split()) == 4 else ""
        rows.append(f"{harm} {low} {high}{unit}")
    return rows


@pytest.mark.parametrize(
    ("family", "case"), CASES, ids=[f"{family}: {case['text'][:60]}" for family, case in CASES]
)
def test_found(extractor: ClaimExtractor, family: str, case: dict[str, Any]) -> None:
    read = read_report(extractor, case["text"])
    for wanted, times in Counter(case["says"]).items():
        assert _said(read, wanted).count(wanted) >= times, f"{wanted}\n{read.summary()}"


NO_CLAIM = [
    "The striker took three shots and lost the match in Madrid on Sunday.",
    "The company lost 17 managers to a rival in Lima.",
    "Three ministers left the country for a summit in Geneva.",
    "The president held talks with two generals in Bogota about the war.",
    "Police have not found any evidence of the attack in Quito.",
    "The two leaders returned home from the peace talks in Havana.",
    "The general left the meeting in Cairo without comment on the war.",
    "Thousands of soldiers crossed the border into Kuwait on Sunday.",
    "Rebels held the bridge for two days before they left Mosul.",
    "She has not seen the video of the bombing in Kabul.",
    "The party leader was taken to the capital in an army helicopter.",
    "The US refused to suspend aid to El Salvador during the war.",
    "The government has no power to stop the war in Sudan.",
    "Talks between the guerrilla movement and the government were suspended in Caracas.",
    "The rebels captured the town of Goma and took power.",
    "The army lost control of the road and fell back to Donetsk.",
    "Eleven people drowned when a ferry capsized off Mombasa, police said.",
    "A cave-in at a silver mine killed six workers in Potosi.",
    "Snow closed the mountain road above Bsharri and two hikers died.",
]


@pytest.mark.parametrize("body", NO_CLAIM)
def test_no_claim(extractor: ClaimExtractor, body: str) -> None:
    read = read_report(extractor, body)
    assert not read.claims, read.summary()


def test_listed_figures_that_add_up_are_parts(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "Shelling killed six people in Toretsk: four in the market and two at a bus stop.",
    )
    assert sorted(c.quantity.low or 0 for c in read.of("killed", part=True)) == [2, 4]
    assert read.one("killed").quantity.low == 6, read.summary()


def test_listed_figures_of_other_places_are_no_parts(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "Five people were killed on Monday in Kherson and three in Nikopol."
    )
    assert sorted(c.quantity.low or 0 for c in read.of("killed")) == [3, 5], read.summary()


def test_the_total_of_a_row_holds_its_other_figures(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor,
        "## Civilians killed in the shelling, by town\n\n"
        "| Town | Men | Women | Total |\n|---|---|---|---|\n| Izium | 4 | 3 | 7 |",
    )
    whole = read.one("killed")
    assert (whole.quantity.low, whole.victims.status) == (7, "civilian")
    parts = {c.victims.sex: c.quantity.low for c in read.of("killed", part=True)}
    assert parts == {"male": 4, "female": 3}, read.summary()


@pytest.mark.parametrize("cell", ["14 houses", "houses: 14", "houses burnt: 14"])
def test_a_cell_may_name_what_was_struck_before_or_behind_the_number(
    extractor: ClaimExtractor, cell: str
) -> None:
    body = f"## Killed in the shelling\n\n| Town | Count |\n|---|---|\n| Izium | {cell} |\n"
    claim = read_report(extractor, body).one("object_struck")
    assert (claim.span.quote, claim.quantity.low, claim.quantity.unit) == (cell, 14, "facilities")


def test_a_table_of_an_illness_is_no_record_of_harm(extractor: ClaimExtractor) -> None:
    read = read_report(
        extractor, "## Cholera in the region\n\n| Town | Deaths |\n|---|---|\n| Beira | 12 |"
    )
    assert not read.claims, read.summary()


def test_wounds_and_death_of_one_person_are_killed(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, "A guard was stabbed by gunmen in Quito and died on the spot.")
    assert [c.harm for c in read.claims] == ["killed"], read.summary()


NUMBERS = [
    "4",
    "17",
    "1,200",
    "three",
    "dozens",
    "at least 9",
    "no",
    "2019",
    "40-year-old",
    "a dozen",
]
NOUNS = ["people", "soldiers", "rifles", "women", "houses", "km", "days", "bodies", "families"]
WORDS = ["killed", "wounded", "abducted", "fled", "were missing", "in Kharkiv", "said", "and", ","]


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from(NUMBERS), st.sampled_from(NOUNS)).map(" ".join),
            st.sampled_from(WORDS),
        ),
        min_size=2,
        max_size=12,
    )
)
def test_every_number_has_exactly_one_state(extractor: ClaimExtractor, words: list[str]) -> None:
    read = read_report(extractor, f"Shelling killed {' '.join(words)}. Gunmen {' '.join(words)}.")
    states = read.found.numbers
    assert len({(s.start, s.end) for s in states}) == len(states)
    ids = {c.id for c in read.claims}
    lines = [u.span for u in read.found.unresolved if u.span is not None]
    for state in states:
        assert (state.claim is not None) == (state.state == "used"), state
        assert state.claim is None or state.claim in ids, state
        if state.state == "unresolved":
            covered = any(s.start <= state.start and state.end <= s.end for s in lines)
            assert covered, read.summary()
