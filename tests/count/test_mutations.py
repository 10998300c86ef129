"""Break each counting rule in turn: its test must fail (the table stands in docs/rules.md)."""

from __future__ import annotations

import pytest

from count.mutations import MUTATIONS, RULES, Mutation, broken, find_test, notices


def test_every_rule_is_broken_at_least_once() -> None:
    assert list(dict.fromkeys(m.rule for m in MUTATIONS)) == list(RULES)
    assert len(RULES) == 15


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: f"{m.rule} {m.breaks}")
def test_a_broken_rule_fails_its_test(mutation: Mutation) -> None:
    number = int(mutation.rule[1:])
    name = mutation.test.rpartition(".")[2]
    assert mutation.rule in ("R9",) or name.startswith(f"test_r{number:02}_"), name
    assert notices(mutation), f"{mutation.test} passes although {mutation.breaks}"


def test_a_rule_is_whole_again_afterwards() -> None:
    test = find_test(MUTATIONS[0])
    with broken(MUTATIONS[0]), pytest.raises(AssertionError):
        test()
    assert notices(MUTATIONS[0]), "the test passes again before the rule is broken again"


def test_a_passage_that_is_gone_is_named() -> None:
    stale = MUTATIONS[0]._replace(old="no such words")
    with pytest.raises(AssertionError, match="has changed"), broken(stale):
        pass
