"""Decisions: checked before they are written, undone only by another line."""

from __future__ import annotations

import msgspec
import pytest

from fake_rooms import FakeExtractor, read_item
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.document import Document, Item, Text
from harmledger.core.errors import LedgerRefused
from harmledger.core.ids import sha256_of
from harmledger.core.incident import Conflict, Incident
from harmledger.core.unresolved import Unresolved
from harmledger.review import (
    Known,
    Signature,
    apply_decisions,
    decide_accept,
    decide_add,
    decide_amend,
    decide_carry,
    decide_grade,
    decide_judgement,
    decide_reject,
    decide_set_aside,
    decide_withdraw,
    propose_carries,
    propose_queue,
)

WORDS = "Shelling left 3 people killed. The mayor said 17 were injured. He saw two bodies."
SIGN = Signature(by="Ana", reason="read the text", at="2024-01-01T00:00:00+00:00", prev="0" * 64)


def later(seconds: int) -> Signature:
    return msgspec.structs.replace(SIGN, at=f"2024-01-01T00:00:{seconds:02}+00:00")


def read(extractor: FakeExtractor | None = None) -> tuple[Document, Text, tuple[Claim, ...]]:
    content = WORDS.encode()
    item = Item(
        name="a",
        path="a.txt",
        media_type="text/plain",
        content=content,
        sha256=sha256_of(content),
    )
    document, text = read_item(item)
    return document, text, (extractor or FakeExtractor()).extract(document, text).claims


DOCUMENT, TEXT, (KILLED, INJURED) = read()
KNOWN = Known(claims={KILLED.id: KILLED, INJURED.id: INJURED})


def ids(claims: tuple[Claim, ...]) -> list[str]:
    return [claim.id for claim in claims]


def test_without_decisions_everything_is_live() -> None:
    effective = apply_decisions((KILLED, INJURED), ())
    assert ids(effective.live) == [KILLED.id, INJURED.id]
    assert effective.standings == {}


def test_accept_and_reject() -> None:
    yes = decide_accept(KNOWN, KILLED.id, later(1)).decision
    no = decide_reject(KNOWN, INJURED.id, later(2)).decision
    effective = apply_decisions((KILLED, INJURED), (yes, no))
    assert effective.standings == {KILLED.id: "accepted", INJURED.id: "rejected"}
    assert ids(effective.live) == [KILLED.id]


def test_the_later_decision_stands() -> None:
    no = decide_reject(KNOWN, KILLED.id, later(1)).decision
    yes = decide_accept(KNOWN, KILLED.id, later(2)).decision
    assert apply_decisions((KILLED,), (no, yes)).standings == {KILLED.id: "accepted"}


def test_amending_leaves_the_machine_claim_and_counts_the_persons() -> None:
    decided = decide_amend(KNOWN, KILLED.id, {"quantity.low": 2, "place.name": "X"}, TEXT, SIGN)
    mine = decided.claim
    assert mine is not None
    assert (mine.quantity.low, mine.place and mine.place.name) == (2, "X")
    assert (mine.extractor, mine.replaces, mine.score) == ("person:Ana", KILLED.id, 1.0)
    assert mine.id != KILLED.id
    effective = apply_decisions((KILLED, INJURED, mine), (decided.decision,))
    assert ids(effective.live) == [INJURED.id, mine.id]
    assert effective.standings[KILLED.id] == "amended"


def test_an_amendment_of_place_alone_gets_an_id_of_its_own() -> None:
    decided = decide_amend(KNOWN, KILLED.id, {"place": None}, TEXT, SIGN)
    assert decided.claim is not None
    assert decided.claim.id != KILLED.id
    assert decided.claim.place is None


def test_amending_makes_what_was_null() -> None:
    changes = {"site.kind": "hospital", "site.name": "Children's hospital"}
    mine = decide_amend(KNOWN, KILLED.id, changes, TEXT, SIGN).claim
    assert mine is not None
    assert mine.site is not None
    assert (mine.site.kind, mine.site.name) == ("hospital", "Children's hospital")


def test_amending_the_span_copies_the_words() -> None:
    mine = decide_amend(KNOWN, KILLED.id, {"span": [0, 8]}, TEXT, SIGN).claim
    assert mine is not None
    assert mine.span.quote == "Shelling"
    assert mine.span.sentence == "Shelling left 3 people killed."


def test_withdrawing_an_amendment_brings_the_machine_claim_back() -> None:
    amended = decide_amend(KNOWN, KILLED.id, {"quantity.low": 2}, TEXT, SIGN)
    assert amended.claim is not None
    known = msgspec.structs.replace(KNOWN, decisions={amended.decision.id: amended.decision})
    undone = decide_withdraw(known, amended.decision.id, later(5)).decision
    effective = apply_decisions((KILLED, amended.claim), (amended.decision, undone))
    assert ids(effective.live) == [KILLED.id]
    assert effective.standings == {amended.claim.id: "withdrawn"}


def test_amending_twice_counts_the_second() -> None:
    first = decide_amend(KNOWN, KILLED.id, {"quantity.low": 2}, TEXT, later(1))
    second = decide_amend(KNOWN, KILLED.id, {"quantity.low": 1}, TEXT, later(2))
    assert first.claim is not None
    assert second.claim is not None
    claims = (KILLED, first.claim, second.claim)
    effective = apply_decisions(claims, (first.decision, second.decision))
    assert ids(effective.live) == [second.claim.id]


def test_amending_an_amendment() -> None:
    first = decide_amend(KNOWN, KILLED.id, {"quantity.low": 2}, TEXT, later(1))
    assert first.claim is not None
    known = Known(claims={first.claim.id: first.claim})
    second = decide_amend(known, first.claim.id, {"quantity.low": 1}, TEXT, later(2))
    assert second.claim is not None
    claims = (KILLED, first.claim, second.claim)
    effective = apply_decisions(claims, (first.decision, second.decision))
    assert ids(effective.live) == [second.claim.id]


def test_references_follow_the_amended_claim() -> None:
    part = msgspec.structs.replace(INJURED, part_of=KILLED.id)
    decided = decide_amend(KNOWN, KILLED.id, {"quantity.low": 2}, TEXT, SIGN)
    assert decided.claim is not None
    effective = apply_decisions((KILLED, part, decided.claim), (decided.decision,))
    live = {claim.id: claim for claim in effective.live}
    assert live[part.id].part_of == decided.claim.id


def test_adding_a_claim_from_a_span() -> None:
    start = WORDS.index("two bodies")
    fields = {"quantity.low": 2, "quantity.high": 2, "quantity.extent": "some"}
    decided = decide_add(DOCUMENT, TEXT, (start, start + 10), "killed", fields, SIGN)
    mine = decided.claim
    assert mine is not None
    assert mine.span.quote == "two bodies"
    assert mine.span.sentence.strip() == "He saw two bodies."
    assert mine.said_at.at == DOCUMENT.published_at
    effective = apply_decisions((KILLED, mine), (decided.decision,))
    assert effective.standings == {mine.id: "accepted"}
    assert mine.id in ids(effective.live)


def test_setting_aside_keeps_the_claim_and_its_reason() -> None:
    decided = decide_set_aside(KNOWN, (KILLED.id,), SIGN).decision
    effective = apply_decisions((KILLED,), (decided,))
    assert effective.set_aside == {KILLED.id: "read the text (Ana)"}
    assert ids(effective.live) == [KILLED.id]


def test_judgements_latest_wins_and_names_the_person() -> None:
    first = decide_judgement(KNOWN, "same", KILLED.id, INJURED.id, later(1)).decision
    second = decide_judgement(KNOWN, "different", INJURED.id, KILLED.id, later(2)).decision
    (judgement,) = apply_decisions((KILLED, INJURED), (first, second)).judgements
    assert judgement.judgement == "different"
    assert judgement.by == "person:Ana"


def test_judgements_follow_amendments() -> None:
    judged = decide_judgement(KNOWN, "same", KILLED.id, INJURED.id, later(1)).decision
    amended = decide_amend(KNOWN, KILLED.id, {"quantity.low": 2}, TEXT, later(2))
    assert amended.claim is not None
    claims = (KILLED, INJURED, amended.claim)
    (judgement,) = apply_decisions(claims, (judged, amended.decision)).judgements
    assert amended.claim.id in (judgement.left, judgement.right)


def test_grading_keeps_the_claims_it_was_given_for() -> None:
    known = Known(incidents={"inc_1": (KILLED.id,)})
    decided = decide_grade(known, "inc_1", "discounted", SIGN).decision
    (grade,) = apply_decisions((KILLED,), (decided,)).grades
    assert (grade.incident, grade.grade, grade.claims) == ("inc_1", "discounted", (KILLED.id,))


REFUSED = {
    "unknown claim": (lambda: decide_accept(KNOWN, "clm_x", SIGN), "there is no claim clm_x"),
    "empty reason": (
        lambda: decide_accept(KNOWN, KILLED.id, msgspec.structs.replace(SIGN, reason=" ")),
        "reason",
    ),
    "empty name": (
        lambda: decide_accept(KNOWN, KILLED.id, msgspec.structs.replace(SIGN, by="")),
        "name",
    ),
    "one claim twice": (
        lambda: decide_judgement(KNOWN, "same", KILLED.id, KILLED.id, SIGN),
        "two different claims",
    ),
    "nothing set aside": (lambda: decide_set_aside(KNOWN, (), SIGN), "names no claim"),
    "unknown incident": (lambda: decide_grade(KNOWN, "inc_x", "fair", SIGN), "no incident inc_x"),
    "unknown grade": (
        lambda: decide_grade(Known(incidents={"inc_1": ()}), "inc_1", "good", SIGN),
        "no grade",
    ),
    "unknown decision": (lambda: decide_withdraw(KNOWN, "dec_x", SIGN), "no decision dec_x"),
    "no change": (lambda: decide_amend(KNOWN, KILLED.id, {}, TEXT, SIGN), "changes nothing"),
    "fixed field": (
        lambda: decide_amend(KNOWN, KILLED.id, {"document": "doc_x"}, TEXT, SIGN),
        "cannot be changed",
    ),
    "unknown field": (
        lambda: decide_amend(KNOWN, KILLED.id, {"quantity.lowest": 1}, TEXT, SIGN),
        "no field 'quantity.lowest'",
    ),
    "unknown first field": (
        lambda: decide_amend(KNOWN, KILLED.id, {"colour.red": 1}, TEXT, SIGN),
        "no field",
    ),
    "field inside a word": (
        lambda: decide_amend(KNOWN, KILLED.id, {"harm.kind": 1}, TEXT, SIGN),
        "no field",
    ),
    "wrong kind of value": (
        lambda: decide_amend(KNOWN, KILLED.id, {"quantity.low": "many"}, TEXT, SIGN),
        "quantity.low",
    ),
    "true is no number": (
        lambda: decide_amend(KNOWN, KILLED.id, {"quantity.low": True}, TEXT, SIGN),
        "quantity.low",
    ),
    "no such harm": (
        lambda: decide_amend(KNOWN, KILLED.id, {"harm": "annoyed"}, TEXT, SIGN),
        "annoyed",
    ),
    "range the wrong way round": (
        lambda: decide_amend(KNOWN, KILLED.id, {"quantity.low": 9}, TEXT, SIGN),
        "no range",
    ),
    "span outside": (
        lambda: decide_amend(KNOWN, KILLED.id, {"span": [0, 9999]}, TEXT, SIGN),
        "does not lie",
    ),
    "added outside": (
        lambda: decide_add(DOCUMENT, TEXT, (5, 5), "killed", {}, SIGN),
        "does not lie",
    ),
    "span of words": (
        lambda: decide_amend(KNOWN, KILLED.id, {"span": "killed"}, TEXT, SIGN),
        "no span",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusals_say_what_is_wrong(name: str) -> None:
    decide, words = REFUSED[name]
    with pytest.raises(LedgerRefused, match=words):
        decide()


def test_a_withdrawal_is_not_withdrawn_nor_done_twice() -> None:
    yes = decide_accept(KNOWN, KILLED.id, later(1)).decision
    known = Known(claims=KNOWN.claims, decisions={yes.id: yes})
    undo = decide_withdraw(known, yes.id, later(2)).decision
    known = Known(claims=KNOWN.claims, decisions={yes.id: yes, undo.id: undo})
    with pytest.raises(LedgerRefused, match="already withdrawn"):
        decide_withdraw(known, yes.id, later(3))
    with pytest.raises(LedgerRefused, match="itself a withdrawal"):
        decide_withdraw(known, undo.id, later(3))


NEWER = FakeExtractor(version="fake-claims@2", wider=1)
NEW_KILLED = read(NEWER)[2][0]


def carried(decision: Decision) -> Decision:
    (carry,) = propose_carries([KILLED], [NEW_KILLED], [decision])
    return decide_carry(carry.decision, carry.old, carry.new, later(9)).decision


def test_a_decision_is_carried_to_the_same_words() -> None:
    no = decide_reject(KNOWN, KILLED.id, later(1)).decision
    carry = carried(no)
    effective = apply_decisions((KILLED, NEW_KILLED), (no, carry), {KILLED.id})
    assert effective.standings == {KILLED.id: "carried", NEW_KILLED.id: "rejected"}
    assert effective.live == ()
    assert propose_carries([KILLED], [NEW_KILLED], [no, carry]) == ()


def test_a_carried_amendment_counts_once() -> None:
    amended = decide_amend(KNOWN, KILLED.id, {"quantity.low": 2}, TEXT, later(1))
    assert amended.claim is not None
    carry = carried(amended.decision)
    claims = (KILLED, NEW_KILLED, amended.claim)
    effective = apply_decisions(claims, (amended.decision, carry), {KILLED.id})
    assert ids(effective.live) == [amended.claim.id]


def test_withdrawing_what_was_carried_frees_the_new_claim() -> None:
    no = decide_reject(KNOWN, KILLED.id, later(1)).decision
    carry = carried(no)
    known = Known(claims=KNOWN.claims, decisions={no.id: no, carry.id: carry})
    undo = decide_withdraw(known, no.id, later(10)).decision
    effective = apply_decisions((KILLED, NEW_KILLED), (no, carry, undo), {KILLED.id})
    assert ids(effective.live) == [NEW_KILLED.id]
    assert effective.standings == {KILLED.id: "outdated"}


def test_another_figure_is_not_carried_to_and_stays() -> None:
    yes = decide_accept(KNOWN, KILLED.id, later(1)).decision
    quantity = msgspec.structs.replace(NEW_KILLED.quantity, low=4, high=4)
    other = msgspec.structs.replace(NEW_KILLED, quantity=quantity)
    assert propose_carries([KILLED], [other], [yes]) == ()
    effective = apply_decisions((KILLED, other), (yes,), {KILLED.id})
    assert ids(effective.live) == [KILLED.id, other.id]
    queue = propose_queue((KILLED, other), effective.standings, (), (), (yes,), {KILLED.id})
    assert [(line.kind, line.about) for line in queue] == [
        ("overtaken", (KILLED.id,)),
        ("overtaken", (other.id,)),
    ]


def test_undecided_outdated_claims_stay_out_of_readings() -> None:
    effective = apply_decisions((KILLED, NEW_KILLED), (), {KILLED.id})
    assert ids(effective.live) == [NEW_KILLED.id]
    assert effective.standings == {KILLED.id: "outdated"}


def test_the_queue_asks_conflicts_before_the_rest() -> None:
    incident = Incident(
        id="inc_1",
        code="A",
        title="Hospital",
        place=None,
        occurred=None,
        site=None,
        means=None,
        claims=(KILLED.id, INJURED.id),
        documents=(DOCUMENT.id,),
        conflicts=(Conflict(kind="range", harm="killed", claims=(KILLED.id,), note="3 or 5"),),
    )
    line = Unresolved(
        id="unr_1",
        document=DOCUMENT.id,
        document_name="a",
        span=None,
        reason="place_unknown",
        note="Qwerty",
    )
    doubtful = msgspec.structs.replace(INJURED, score=0.2)
    kinds = [q.kind for q in propose_queue((KILLED, doubtful), {}, (incident,), (line,), ())]
    assert kinds == ["conflict", "low_score", "unresolved"]


def test_decisions_have_ids_from_their_content() -> None:
    one = decide_accept(KNOWN, KILLED.id, SIGN).decision
    assert one == decide_accept(KNOWN, KILLED.id, SIGN).decision
    assert one.id != decide_accept(KNOWN, KILLED.id, later(1)).decision.id
