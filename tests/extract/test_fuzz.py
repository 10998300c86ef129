"""Garbled reports: no crash, no span beside its words, no number with two states or none.

A minute here. `make fuzz` goes on for as long as HARMLEDGER_FUZZ_SECONDS says, with other seeds.
"""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from extract.garbled import files, read_and_check
from harmledger.core.document import Item
from harmledger.extract import ClaimExtractor

SECONDS = float(os.environ.get("HARMLEDGER_FUZZ_SECONDS", "0"))
ROUND = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    database=None,
    phases=(Phase.generate, Phase.shrink),
)


@settings(ROUND, max_examples=150, derandomize=True)
@given(item=files())
def test_a_garbled_file_is_read_or_refused(extractor: ClaimExtractor, item: Item) -> None:
    read_and_check(extractor, item)


@settings(ROUND, max_examples=450, derandomize=True)
@given(item=files())
def test_a_garbled_file_is_read_by_rules_alone(rules_only: ClaimExtractor, item: Item) -> None:
    read_and_check(rules_only, item)


@pytest.mark.skipif(not SECONDS, reason="set HARMLEDGER_FUZZ_SECONDS, or call `make fuzz`")
def test_garbled_files_for_as_long_as_asked(
    extractor: ClaimExtractor, rules_only: ClaimExtractor
) -> None:
    end, rounds, read = time.monotonic() + SECONDS, 0, 0
    first = int(os.environ.get("HARMLEDGER_FUZZ_SEED", time.time_ns() // 1_000_000))

    def go_on(item: Item) -> None:
        nonlocal read
        read += read_and_check(rules_only if rounds % 3 else extractor, item)

    while time.monotonic() < end:
        print(f"seed {first + rounds}: {read} files read so far", flush=True)
        one_round = given(item=files())(go_on)
        seed(first + rounds)(settings(ROUND, max_examples=500)(one_round))()
        rounds += 1
