"""Missing, trapped, held, moved, struck, cut off and buried: exactly the claims a report makes."""

from __future__ import annotations

from typing import Any

import pytest
from test_ways import WAR, load_ways
from told import read_report

from harmledger.extract import ClaimExtractor

CASES = load_ways("other_harms.yaml")


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_exactly_what_is_said(extractor: ClaimExtractor, case: dict[str, Any]) -> None:
    read = read_report(extractor, WAR + case["text"])
    told = []
    for claim in read.claims:
        harm = claim.harm if claim.stance == "asserts" else f"{claim.harm}/{claim.stance}"
        low, high = ("-" if n is None else n for n in (claim.quantity.low, claim.quantity.high))
        told.append(f"{harm} {low} {high}")
    assert sorted(told) == sorted(case["says"]), read.summary()


def test_a_supposed_strike_is_not_counted(extractor: ClaimExtractor) -> None:
    read = read_report(extractor, WAR + "Had the rocket hit the school, many would have died.")
    assert {claim.modality for claim in read.claims} <= {"conditional"}, read.summary()
