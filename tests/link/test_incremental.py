"""Linking again after a change gives exactly what linking all of it anew would give."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from count.made import make_response
from harmledger.core.claim import Claim
from harmledger.core.decision import Judgement
from harmledger.core.incident import Incident
from harmledger.core.response import Response
from harmledger.evals.synthetic import Reporting, make_reporting
from harmledger.lexicon.policies import load_policies
from harmledger.link import Proposer, propose_incidents
from harmledger.pipeline import Assembler, assemble_incidents

REPORTINGS = {seed: make_reporting(60, 300, seed) for seed in (21, 22)}


def make_answers(reporting: Reporting) -> list[Response]:
    """A denial after every twentieth report, about nothing in particular."""
    return [
        make_response("denial", "Someone", document=document, start=200, place=claim.place)
        for document in reporting.documents[::20]
        for claim in reporting.claims
        if claim.document == document.id
    ]


def judge(left: Claim, right: Claim, judgement: str) -> Judgement:
    return Judgement(
        left=left.id, right=right.id, judgement=judgement, by="person:Ana", decision="dec_1"
    )  # type: ignore[arg-type]


class Told:
    """A proposer and what it was told last."""

    def __init__(self, reporting: Reporting) -> None:
        self.reporting, self.proposer = reporting, Proposer()
        self.answers = make_answers(reporting)
        self.held: set[str] = set()
        self.judgements: list[Judgement] = []

    def inputs(self) -> tuple:  # type: ignore[type-arg]
        r = self.reporting
        return (
            [c for c in r.claims if c.document in self.held],
            [a for a in self.answers if a.document in self.held],
            [d for d in r.documents if d.id in self.held],
            self.judgements,
            {d: g for d, g in r.groups.items() if d in self.held},
        )

    def again(self) -> tuple[Incident, ...]:
        return self.proposer.propose(*self.inputs())

    def anew(self) -> tuple[Incident, ...]:
        return propose_incidents(*self.inputs())


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(sorted(REPORTINGS)),
    st.lists(st.integers(1, 60), min_size=2, max_size=6),
    st.integers(0, 10**6),
)
def test_adding_and_taking_away_equals_linking_anew(
    seed: int, steps: list[int], chance: int
) -> None:
    rng = random.Random(chance)
    told = Told(REPORTINGS[seed])
    names = [d.id for d in told.reporting.documents]
    told.held = set(rng.sample(names, 150))
    told.again()
    for step in steps:
        for name in rng.sample(names, step):
            told.held ^= {name}
        assert told.again() == told.anew()


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(sorted(REPORTINGS)), st.integers(0, 10**6))
def test_judgements_given_and_withdrawn(seed: int, chance: int) -> None:
    rng = random.Random(chance)
    told = Told(REPORTINGS[seed])
    told.held = {d.id for d in told.reporting.documents}
    first = told.again()
    claims = told.reporting.claims
    for _ in range(3):
        for _ in range(4):
            incident = rng.choice([i for i in first if len(i.documents) > 1])
            one, other = rng.sample(incident.claims, 2)
            by_id = {c.id: c for c in claims}
            told.judgements.append(judge(by_id[one], by_id[other], "different"))
            told.judgements.append(judge(*rng.sample(claims, 2), rng.choice(["same", "unsure"])))
        assert told.again() == told.anew()
    told.judgements = []
    assert told.again() == first


def test_different_survives_whatever_comes_later() -> None:
    told = Told(REPORTINGS[22])
    names = [d.id for d in told.reporting.documents]
    told.held = set(names)
    by_id = {c.id: c for c in told.reporting.claims}
    joined = [i for i in told.again() if len(i.documents) > 3]
    pairs = [(by_id[i.claims[0]], by_id[i.claims[-1]]) for i in joined]
    told.judgements = [judge(one, other, "different") for one, other in pairs]
    told.held = set(names[:60])
    for later in range(60, len(names) + 1, 60):
        told.held |= set(names[:later])
        home = {c: i.id for i in told.again() for c in i.claims}
        assert all(a.id not in home or home[a.id] != home.get(b.id) for a, b in pairs)
    assert len(pairs) > 10


@settings(max_examples=6, deadline=None)
@given(st.sampled_from(sorted(REPORTINGS)), st.integers(0, 10**6))
def test_readings_again_equal_readings_anew(seed: int, chance: int) -> None:
    rng = random.Random(chance)
    told, assembler, policies = Told(REPORTINGS[seed]), Assembler(), load_policies()
    names = [d.id for d in told.reporting.documents]
    told.held = set(rng.sample(names, 200))
    for _ in range(3):
        claims, answers, documents, judgements, groups = told.inputs()
        aside = {c.id: "wrong" for c in rng.sample(claims, 3)}
        more = {"groups": groups, "policies": policies, "judgements": judgements}
        again = assembler.assemble(documents, claims, answers, set_aside=aside, **more)
        assert again == assemble_incidents(documents, claims, answers, set_aside=aside, **more)
        for name in rng.sample(names, 20):
            told.held ^= {name}


def test_nothing_new_changes_nothing_and_links_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told(REPORTINGS[21])
    told.held = {d.id for d in told.reporting.documents}
    first = told.again()

    def refuse(*_: object) -> None:
        raise AssertionError("linked again")

    monkeypatch.setattr("harmledger.link.proposer.read_page", refuse)
    monkeypatch.setattr("harmledger.link.proposer.name_node", refuse)
    assert told.again() == first


def test_another_group_of_copies_is_a_change() -> None:
    told = Told(REPORTINGS[22])
    told.held = {d.id for d in told.reporting.documents}
    told.again()
    groups = told.reporting.groups
    for document in list(groups)[:40]:
        groups[document] = groups[next(iter(groups))]
    try:
        assert told.again() == told.anew()
    finally:
        groups |= make_reporting(60, 300, 22).groups
