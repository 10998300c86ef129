"""What each day's statements, and what new documents and decisions, changed."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from count.made import MARIUPOL, make_claim, make_document, make_response, on, struck
from harmledger.core.change import Bounds, Change
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision, Judgement
from harmledger.core.document import Capture, Document
from harmledger.core.response import Response
from harmledger.core.view import LedgerView
from harmledger.count import fill_incident, find_changes, find_history
from harmledger.count.changes import judge_bounds
from harmledger.lexicon.policies import load_policies
from harmledger.link import propose_incidents, propose_origins

LITERAL = load_policies()[:1]
HERE = {"place": MARIUPOL, "occurred": on("2022-03-09"), "means": struck()}


def report(name: str, day: str) -> Document:
    seen = Capture(captured_at=f"{day}T12:00:00Z", method="file", tool="made@1")
    return make_document(name, day, captures=(seen,))


FIRST, SECOND, THIRD = (report(n, f"2022-03-{d}") for n, d in (("a", 10), ("b", 11), ("c", 12)))


def history(
    claims: Sequence[Claim], responses: Sequence[Response] = (), **days: str
) -> list[Change]:
    documents = [FIRST, SECOND, THIRD]
    groups = {d.id: d.id for d in documents}
    origins = propose_origins(claims, documents, groups)
    [incident] = propose_incidents(claims, responses, documents, groups=groups)
    by_id = {c.id: c for c in claims}
    return list(find_history(incident, by_id, origins, LITERAL, **days))


def kinds(changes: Sequence[Change]) -> list[tuple[str | None, str]]:
    return [(c.at, c.kind) for c in changes]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ((3, 3), (3, 3), None),
        ((19, 19), (22, 22), "revised_up"),
        ((500, None), (471, 471), "revised_down"),
        ((17, 17), (17, 18), "widened"),
        ((471, 471), (10, 471), "widened"),
        ((10, 471), (300, 471), "narrowed"),
        ((8, None), (8, 8), "narrowed"),
        ((8, 8), (8, None), "widened"),
        ((10, 20), (15, 30), "revised_up"),
        ((10, 20), (5, 15), "revised_down"),
        (None, (0, 0), "first_figure"),
        ((2, None), None, "no_figure"),
    ],
)
def test_which_way_the_figures_went(
    before: tuple[int, int] | None, after: tuple[int, int] | None, kind: str | None
) -> None:
    was, now = (
        None if ends is None else Bounds(low=ends[0], best=None, high=ends[1])
        for ends in (before, after)
    )
    assert judge_bounds(was, now) == kind


def test_a_policy_of_one_number_goes_up_and_down() -> None:
    three, nine = (Bounds(low=None, best=n, high=None) for n in (3, 9))
    assert judge_bounds(three, nine) == "revised_up"
    assert judge_bounds(nine, three) == "revised_down"
    low, high = (Bounds(low=1, best=n, high=9) for n in (3, 5))
    assert judge_bounds(low, high) == "revised_up"


def test_a_toll_that_rises_day_by_day() -> None:
    told = [
        make_claim(low=low, who="the council", document=document, said=day, **HERE)
        for low, document, day in (
            (3, FIRST, "2022-03-10"),
            (7, SECOND, "2022-03-11"),
            (5, THIRD, "2022-03-12"),
        )
    ]
    changes = history(told)
    assert kinds(changes) == [
        ("2022-03-10", "new_incident"),
        ("2022-03-10", "first_figure"),
        ("2022-03-11", "revised_up"),
        ("2022-03-12", "revised_down"),
    ]
    risen = changes[2]
    assert (risen.harm, risen.policy, risen.victims) == ("killed", "literal", "assume_civilian")
    assert (risen.before, risen.after) == (
        Bounds(low=3, best=None, high=3),
        Bounds(low=7, best=None, high=7),
    )
    assert (risen.claims, risen.documents) == ((told[1].id,), (SECOND.id,))
    assert kinds(history(told, since="2022-03-10", until="2022-03-11")) == kinds(changes[2:3])


def test_voices_denials_blame_and_concessions() -> None:
    council = make_claim(low=3, who="the council", by="Russia", document=FIRST, **HERE)
    other = make_claim(low=4, who="Amnesty", document=SECOND, **HERE)
    denied = make_response(
        "denial", "Russian army", document=SECOND, side="belligerent:Russia", about=None, **PLACED
    )
    blamed = make_response(
        "accusation", "Russian army", document=SECOND, side="belligerent:Russia",
        accused="Ukraine", start=900, **PLACED,
    )  # fmt: skip
    sorry = make_response(
        "apology", "Russian army", document=THIRD, side="belligerent:Russia", **PLACED
    )
    changes = history([council, other], [denied, blamed, sorry])
    second = [c for c in changes if c.at == "2022-03-11"]
    assert [(c.kind, c.note) for c in second] == [
        ("widened", ""),
        ("new_voice", "Amnesty"),
        ("contested", "held responsible: Russia, Ukraine"),
        ("denied", "Russian army"),
    ]
    assert second[1].claims == (other.id,)
    third = [c for c in changes if c.at == "2022-03-12"]
    assert [(c.kind, c.note) for c in third] == [
        ("graded", "contested to confirmed: accepted by Russia"),
        ("conceded", "Russia"),
    ]


PLACED = {"place": MARIUPOL, "occurred": on("2022-03-09")}


def test_a_retraction_is_a_withdrawal() -> None:
    said = make_claim(low=19, who="MSF", document=FIRST, **HERE)
    took = make_claim(low=19, who="MSF", document=SECOND, stance="retracts", about=said.id, **HERE)
    changes = history([said, took])
    assert kinds(changes)[2:] == [("2022-03-11", "no_figure"), ("2022-03-11", "withdrawn")]
    assert changes[-1].claims == tuple(sorted((said.id, took.id)))


def test_undated_statements_stand_in_no_days_reading() -> None:
    said = make_claim(low=19, who="MSF", document=FIRST, **HERE)
    undated = make_claim(low=90, who="police", document=make_document("undated"), **HERE)
    assert kinds(history([said, undated])) == kinds(history([said]))


# ---- two views ----------------------------------------------------------------------------------


def view(
    claims: Sequence[Claim],
    decisions: Sequence[Decision] = (),
    judgements: Sequence[Judgement] = (),
    rejected: Sequence[Claim] = (),
) -> LedgerView:
    documents = sorted({FIRST, SECOND, THIRD}, key=lambda d: d.id)
    held = {c.document for c in claims}
    documents = [d for d in documents if d.id in held]
    groups = {d.id: d.id for d in documents}
    origins = propose_origins(claims, documents, groups)
    live = [c for c in claims if c not in rejected]
    by_id = {c.id: c for c in claims}
    proposed = propose_incidents(live, [], documents, judgements, groups)
    return LedgerView(
        documents=tuple(documents),
        claims=tuple(claims),
        responses=(),
        incidents=tuple(fill_incident(i, by_id, origins, policies=LITERAL) for i in proposed),
        totals=(),
        unresolved=(),
        numbers={},
        decisions=tuple(decisions),
        standings={c.id: "rejected" for c in rejected},
        origins=origins,
        policies=("literal",),
    )


ONE = make_claim(low=3, who="the council", document=FIRST, **HERE)
TWO = make_claim(low=5, who="MSF", document=SECOND, **HERE)
FAR = make_claim(low=9, who="the mayor", document=THIRD, place=MARIUPOL, occurred=on("2022-03-01"))


def decision(action: str, *about: str) -> Decision:
    return Decision(
        id=f"dec_{action}", at="2022-04-01T00:00:00+00:00", by="Ana", action=action, about=about,
        reason="r", prev="",
    )  # type: ignore[arg-type]  # fmt: skip


def test_nothing_new_changes_nothing() -> None:
    assert find_changes(view([ONE, TWO]), view([ONE, TWO])) == ()


def test_a_new_document_brings_a_voice_and_a_figure() -> None:
    changes = find_changes(view([ONE]), view([ONE, TWO]))
    assert [c.kind for c in changes] == ["widened", "new_voice", "graded"]
    assert {c.at for c in changes} == {"2022-03-11T12:00:00Z"}
    assert {c.documents for c in changes} == {(SECOND.id,)}


def test_a_new_incident() -> None:
    changes = find_changes(view([ONE]), view([ONE, FAR]))
    assert [c.kind for c in changes] == ["new_incident", "first_figure"]
    assert changes[0].claims == (FAR.id,)


def test_joining_and_splitting_by_a_person() -> None:
    same = decision("same", ONE.id, FAR.id)
    judged = Judgement(
        left=ONE.id, right=FAR.id, judgement="same", by="person:Ana", decision=same.id
    )
    apart, one = view([ONE, FAR]), view([ONE, FAR], [same], [judged])
    joined = find_changes(apart, one)
    assert joined[0].kind == "joined"
    assert set(joined[0].incidents) == {i.id for i in apart.incidents}
    assert {c.decisions for c in joined} == {(same.id,)}
    assert {c.at for c in joined} == {same.at}
    split = find_changes(one, apart)
    assert "split" in [c.kind for c in split]
    assert next(c for c in split if c.kind == "split").incidents == (one.incidents[0].id,)


def test_a_rejected_claim_is_withdrawn_and_an_emptied_incident_is_gone() -> None:
    no = decision("reject", TWO.id)
    changes = find_changes(view([ONE, TWO]), view([ONE, TWO], [no], rejected=[TWO]))
    taken = next(c for c in changes if c.kind == "withdrawn")
    assert (taken.claims, taken.note, taken.decisions) == ((TWO.id,), "rejected", (no.id,))
    assert {"narrowed", "graded"} <= {c.kind for c in changes}
    no = decision("reject", FAR.id)
    gone = find_changes(view([ONE, FAR]), view([ONE, FAR], [no], rejected=[FAR]))
    assert [c.kind for c in gone] == ["gone"]
    assert gone[0].decisions == (no.id,)


def test_the_order_of_claims_changes_nothing() -> None:
    before, after = view([ONE]), view([FAR, TWO, ONE])
    mixed = msgspec.structs.replace(
        after, incidents=after.incidents[::-1], claims=after.claims[::-1]
    )
    assert find_changes(before, after) == find_changes(before, mixed)
