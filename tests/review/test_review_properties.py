"""Whatever people decide in whatever order: a withdrawal restores exactly what was before, and what
was judged different stays apart whatever comes later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from count.made import HOSPITAL, MARIUPOL, make_claim, make_document, on, struck
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.document import Text
from harmledger.core.incident import Incident
from harmledger.lexicon.policies import load_policies
from harmledger.link import propose_incidents
from harmledger.pipeline.assemble import assemble_incidents
from harmledger.review import (
    Decided,
    Effective,
    Known,
    Signature,
    apply_decisions,
    decide_accept,
    decide_amend,
    decide_grade,
    decide_judgement,
    decide_reject,
    decide_set_aside,
    decide_withdraw,
)

DOCUMENTS = tuple(make_document(f"paper {n}", f"2022-03-{10 + n}") for n in range(4))
STRIKE: dict[str, Any] = {"place": MARIUPOL, "occurred": on("2022-03-09"), "means": struck()}
CLAIMS = (
    *(
        make_claim(low=3 + n, who=who, document=d, site=HOSPITAL, **STRIKE)
        for n, (who, d) in enumerate(
            zip(("the council", "MSF", None, "UN"), DOCUMENTS, strict=True)
        )
    ),
    make_claim("injured", 17, who="the council", document=DOCUMENTS[0], start=300, **STRIKE),
    make_claim(low=9, document=DOCUMENTS[3], start=600, place=MARIUPOL, occurred=on("2022-02-25")),
)
KINDS = ("accept", "reject", "set_aside", "same", "different", "unsure", "amend", "grade")
Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(0, 5), st.integers(1, 5)), min_size=1, max_size=7
)
FEW = settings(max_examples=60, deadline=None)


def sign(number: int) -> Signature:
    at = f"2024-01-01T00:00:{number:02}+00:00"
    return Signature(by="Ana", reason=f"reason {number}", at=at, prev="0" * 64)


def text_of(claim: Claim) -> Text:
    return Text(
        sha256=claim.text_sha256, reader="plain@1", text=" " * 2000, blocks=(), sentences=()
    )


def decide(step: Step, number: int) -> Decided:
    kind, first, gap = step
    claim, other = CLAIMS[first], CLAIMS[(first + gap) % len(CLAIMS)]
    known = Known(claims={c.id: c for c in CLAIMS}, incidents={"inc_1": (claim.id, other.id)})
    match kind:
        case "accept":
            return decide_accept(known, claim.id, sign(number))
        case "reject":
            return decide_reject(known, claim.id, sign(number))
        case "set_aside":
            return decide_set_aside(known, (claim.id,), sign(number))
        case "amend":
            changes = {"quantity.low": 1, "quantity.as_written": f"one ({number})"}
            return decide_amend(known, claim.id, changes, text_of(claim), sign(number))
        case "grade":
            return decide_grade(known, "inc_1", "discounted", sign(number))
        case _:
            return decide_judgement(known, kind, claim.id, other.id, sign(number))  # type: ignore[arg-type]


def withdraw(decided: Decided, number: int) -> Decision:
    known = Known(decisions={decided.decision.id: decided.decision})
    return decide_withdraw(known, decided.decision.id, sign(number)).decision


def incidents_of(effective: Effective) -> tuple[Incident, ...]:
    assembled = assemble_incidents(
        DOCUMENTS,
        effective.live,
        (),
        groups={d.id: d.id for d in DOCUMENTS},
        policies=load_policies()[:1],
        judgements=effective.judgements,
        set_aside=effective.set_aside,
        grades=effective.grades,
        standings=effective.standings,
    )
    return assembled.incidents


def state(decided: Sequence[Decided], decisions: Sequence[Decision]) -> tuple[object, ...]:
    """All that stands, and every incident with its figures. A person's own claim stays in the
    record as withdrawn; it is no part of what stands."""
    mine = [d.claim for d in decided if d.claim is not None]
    effective = apply_decisions((*CLAIMS, *mine), decisions)
    standings = {c: s for c, s in effective.standings.items() if s != "withdrawn"}
    return (
        effective.live,
        standings,
        effective.set_aside,
        effective.judgements,
        effective.grades,
        incidents_of(effective),
    )


@FEW
@given(STEPS)
def test_withdrawing_the_last_decision_restores_the_state_before_it(steps: list[Step]) -> None:
    decided = [decide(step, n) for n, step in enumerate(steps)]
    taken = [d.decision for d in decided]
    before = state(decided, taken[:-1])
    assert state(decided, [*taken, withdraw(decided[-1], 50)]) == before


@FEW
@given(STEPS, st.data())
def test_withdrawing_any_decision_is_as_if_it_had_never_been_taken(
    steps: list[Step], data: st.DataObject
) -> None:
    decided = [decide(step, n) for n, step in enumerate(steps)]
    taken = [d.decision for d in decided]
    which = data.draw(st.integers(0, len(steps) - 1))
    left = [d for n, d in enumerate(taken) if n != which]
    assert state(decided, [*taken, withdraw(decided[which], 50)]) == state(decided, left)


@FEW
@given(STEPS)
def test_withdrawing_everything_leaves_what_the_machine_proposed(steps: list[Step]) -> None:
    decided = [decide(step, n) for n, step in enumerate(steps)]
    undone = [withdraw(d, 50 + n) for n, d in enumerate(decided)]
    assert state(decided, [*(d.decision for d in decided), *undone]) == state((), ())


@FEW
@given(st.lists(st.integers(0, 20), max_size=6), st.integers(0, 3), st.integers(1, 3))
def test_different_survives_any_later_evidence(figures: list[int], first: int, gap: int) -> None:
    left, right = CLAIMS[first], CLAIMS[(first + gap) % 4]
    judged = apply_decisions(
        CLAIMS, [decide(("different", first, (CLAIMS.index(right) - first) % 6), 1).decision]
    ).judgements
    assert {(j.left, j.right) for j in judged} == {tuple(sorted((left.id, right.id)))}
    documents = [*DOCUMENTS]
    claims = [*CLAIMS]
    for n, figure in enumerate(figures):  # each would fit both, and say the same as either
        documents.append(make_document(f"later {n}", "2022-03-20"))
        claims.append(make_claim(low=figure, document=documents[-1], site=HOSPITAL, **STRIKE))
    for incident in propose_incidents(claims, [], documents, judged):
        assert not {left.id, right.id} <= set(incident.claims)
