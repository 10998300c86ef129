"""More of the counting rules by their numbers (contract §5): copies, voices, denials, totals."""

from __future__ import annotations

import msgspec
import pytest

from count.made import (
    HOSPITAL,
    MARIUPOL,
    UKRAINE,
    make_claim,
    make_document,
    make_response,
    on,
    struck,
)
from count.test_rules import DAY1, DAY2, DAY3, LITERAL, filled, read
from harmledger.core.claim import AllegedPerpetrator, Claim, Voice
from harmledger.core.incident import Total
from harmledger.count import fill_incident, grade_incident, tally_incident, tally_sums, tally_totals
from harmledger.lexicon.policies import load_policies
from harmledger.link import propose_incidents, propose_origins

SIDES = ("the Mariupol city council", "Amnesty International", "the ICRC")


def test_r02_twelve_copies_and_one_independent_report() -> None:
    copies = [make_document(f"copy {n}", DAY2) for n in range(12)]
    other = make_document("other", DAY2)
    groups = {d.id: "grp_agency" for d in copies} | {other.id: "grp_other"}
    agency = [
        make_claim(low=low, high=None, who="the Mariupol city council", document=d)
        for low, d in zip([20] * 12, copies, strict=True)
    ]
    independent = make_claim(low=24, who="Amnesty International", document=other)
    documents = [*copies, other]
    once, all_of_them = [
        tally_incident(
            [*told, independent], propose_origins([*told, independent], documents, groups), LITERAL
        )[0]
        for told in (agency[:1], agency)
    ]
    assert (all_of_them.low, all_of_them.high) == (once.low, once.high) == (20, 24)
    assert all_of_them.origins == once.origins == 2


@pytest.mark.parametrize("copied", [False, True])
def test_r02_three_voices_in_one_article_and_the_same_three_in_another(copied: bool) -> None:
    articles = [make_document(name, DAY2) for name in ("one", "two")]
    claims = [
        make_claim(low=low, who=who, document=article, start=start)
        for article in articles
        for low, who, start in zip((3, 4, 5), SIDES, (10, 90, 170), strict=True)
    ]
    groups = {d.id: "grp_1" if copied else d.id for d in articles}
    origins = propose_origins(claims, articles, groups)
    reading = tally_incident(claims, origins, LITERAL)[0]
    assert (reading.low, reading.high, reading.origins) == (3, 5, 3)
    ibc = next(p for p in load_policies() if p.name == "ibc")
    notes = tally_incident(claims, origins, ibc)[0].notes
    assert any("provisional" in note for note in notes) == copied


def test_r04_who_only_says_there_were_some_is_no_origin_of_a_figure() -> None:
    toll = make_claim(low=30, who="the council")
    blame = make_claim(
        low=2, high=None, who="Hamas", bound="none", as_written="the people", extent="some", start=9
    )
    assert read([toll, blame]).origins == 1
    assert read([blame]).origins == 1


def test_r05_as_of_holds_for_grades_and_answers_too() -> None:
    report = make_document("a", DAY1)
    strike = make_claim(low=3, who="the council", document=report, place=MARIUPOL)
    sorry = make_response(
        "acknowledgement",
        "Russian army",
        document=report,
        said=DAY3,
        side="belligerent:Russia",
        place=MARIUPOL,
    )
    origins = propose_origins([strike], [report], {})
    assert grade_incident([strike], [sorry], origins, as_of=DAY2).grade == "weak"
    assert grade_incident([strike], [sorry], origins, as_of=DAY3).grade == "confirmed"


def test_r07_a_denial_of_a_claim_takes_nothing_out() -> None:
    said = make_claim(low=3, who="the council", by="Russia")
    denied = make_claim(
        low=None, high=None, who="Russia's army", stance="denies", about=said.id, start=300
    )
    reading = read([said, denied])
    assert (reading.low, reading.high) == (3, 3)


def test_r07_a_denied_number_is_counted_nowhere() -> None:
    said = make_claim(low=30, who="the council", by="Russia")
    denied = make_claim(low=0, who="Russia's army", stance="denies", about=said.id, start=300)
    reading = read([said, denied])
    assert (reading.low, reading.high, reading.origins) == (30, 30, 1)


def test_r07_who_denies_is_no_origin_of_the_grade() -> None:
    a, b = make_document("a", DAY2), make_document("b", DAY2)
    said = make_claim(low=3, who="the council", document=a, means=struck())
    denied = make_claim(low=None, high=None, who="a minister", stance="denies", document=b)
    origins = propose_origins([said, denied], [a, b], {})
    assert grade_incident([said, denied], [], origins).grade == "weak"


def test_r08_readings_are_nested_and_the_default_is_named() -> None:
    people = make_claim(low=12, who="police")
    women = make_claim(low=4, who="a doctor", status="civilian", extent="some", start=300)
    readings = tally_incident([people, women], {}, LITERAL)
    assert [r.victims for r in readings] == ["assume_civilian", "strict"]
    assert [(r.low, r.high) for r in readings] == [(12, 12), (4, None)]


def series(*claims: Claim, incidents: tuple[Claim, ...] = ()) -> tuple[Total, ...]:
    report = make_document("a report")
    inside = filled(incidents, [report]) if incidents else ()
    return tally_totals(claims, inside, propose_origins(claims, [], {}))


def siege(low: int, said: str, who: str = "the council", **fields: object) -> Claim:
    fields = {"scope": "running_total", "place": MARIUPOL, "high": None} | fields
    return make_claim(low=low, said=said, who=who, **fields)  # type: ignore[arg-type]


def test_r10_one_series_per_speaker_place_and_harm() -> None:
    told = [
        siege(1207, DAY2),
        siege(1582, DAY3, start=300),
        siege(1300, DAY3, who="the ICRC", start=400),
        siege(90, DAY3, place=UKRAINE, start=500),
        siege(400, DAY3, harm="injured", start=600),
    ]
    totals = {(t.harm, t.speaker, t.place and t.place.name): t.series for t in series(*told)}
    assert len(totals) == 4
    (council,) = [s for key, s in totals.items() if key[1:] == ("the council", "Mariupol")
                  and key[0] == "killed"]  # fmt: skip
    assert [(point.said_at, point.low) for point in council] == [(DAY2, 1207), (DAY3, 1582)]


def test_r10_overlapping_spans_are_never_summed() -> None:
    march = siege(100, "2022-04-01", scope="period_total", occurred=on("2022-03-01", "2022-03-31"))
    week = siege(
        60, "2022-04-01", scope="period_total", occurred=on("2022-03-07", "2022-03-13"), start=300
    )
    totals = series(march, week)
    assert sorted([p.low for p in t.series] for t in totals) == [[60], [100]]
    assert tally_sums(filled([march, week], [make_document("a report")])) == ()


def test_r10_the_subtraction_is_shown_as_ucdp_does_it_and_is_not_clipped() -> None:
    strike = make_claim(
        low=30, high=40, bound="between", who="MSF", place=MARIUPOL, occurred=on(DAY1),
        site=HOSPITAL, said=DAY2,
    )  # fmt: skip
    [total] = series(siege(20, DAY3, high=20), incidents=(strike,))
    assert (total.remainder_low, total.remainder_high) == (-20, -10)
    assert total.subtraction is not None
    assert total.subtraction.policy == "ucdp@ged-23.1"
    assert (total.subtraction.total, total.subtraction.incidents) == (20, 30)
    assert total.subtraction.remainder == -10
    assert "a conflict" in total.note


def test_r10_states_are_compared_with_no_incident() -> None:
    trapped = make_claim(
        "trapped", 40, who="MSF", place=MARIUPOL, occurred=on(DAY1), site=HOSPITAL, said=DAY2
    )
    [total] = series(siege(200, DAY3, harm="trapped"), incidents=(trapped,))
    assert total.incidents == ()


def test_r12_an_incident_is_summed_once() -> None:
    report = make_document("a", DAY2)
    [incident] = filled(
        [make_claim(low=3, who="MSF", document=report, place=MARIUPOL, occurred=on(DAY1))], [report]
    )
    sums = tally_sums([incident, incident])
    [killed] = [s for s in sums if (s.policy, s.victims) == ("literal", "assume_civilian")]
    assert (killed.incidents, killed.low, killed.high) == (1, 3, 3)


def test_r12_a_best_beside_a_range_is_summed_beside_the_range() -> None:
    documents = [make_document(name, DAY2) for name in "abc"] + [make_document("d", "2022-05-01")]
    told = zip((3, 3, 9), ("MSF", "the ICRC", "Amnesty International"), documents, strict=False)
    claims = [
        make_claim(low=low, who=who, document=d, place=MARIUPOL, occurred=on(DAY1))
        for low, who, d in told
    ]
    later = on("2022-04-30")
    claims.append(make_claim(low=5, document=documents[3], place=MARIUPOL, occurred=later))
    sums = {(s.policy, s.victims): s for s in tally_sums(filled(claims, documents))}
    ucdp = sums["ucdp@ged-23.1", "all"]
    assert (ucdp.incidents, ucdp.low, ucdp.best, ucdp.high) == (2, 3 + 5, 3 + 5, 9 + 5)
    assert sums["literal", "assume_civilian"].best is None
    assert sums["acled@2017", "all"].best is None


def test_a_general_and_his_state_concede_once() -> None:
    report = make_document("a", DAY2)
    strike = make_claim(low=3, who="MSF", document=report, by="United States")
    answers = [
        make_response(
            "acknowledgement", "John Campbell", document=report, side="belligerent:United States"
        ),
        make_response(
            "apology", "US military", document=report, side="belligerent:United States", start=700
        ),
        make_response(
            "acknowledgement",
            "the United States",
            document=report,
            side="belligerent:United States",
            start=900,
        ),
    ]
    grading = grade_incident([strike], answers, {})
    assert (grading.grade, grading.conceded_by) == ("confirmed", ("United States",))


def test_two_parties_that_concede_are_two() -> None:
    report = make_document("a", DAY2)
    strike = make_claim(low=3, who="MSF", document=report)
    answers = [
        make_response(
            "acknowledgement", f"{side} army", document=report, side=f"belligerent:{side}", start=n
        )
        for n, side in enumerate(("Russia", "Ukraine"))
    ]
    assert grade_incident([strike], answers, {}).conceded_by == ("Russia", "Ukraine")


def test_who_claims_the_act_confirms_it_and_a_person_by_name_alone_does_not() -> None:
    group = make_claim(low=9, who="Boko Haram", by="Boko Haram")
    assert grade_incident([group], [], {}).grade == "confirmed"
    head = Voice(name="Ivan Example", role="head of the region", side="civil_authority")
    told = make_claim(low=9, voice=(head,), by="Ivan Example")
    blamed = AllegedPerpetrator(
        name="Ivan Example", as_written="Ivan Example", alleged_by="Ivan Example"
    )
    told = msgspec.structs.replace(told, alleged_perpetrator=blamed)
    assert grade_incident([told], [], {}).grade == "weak"


def test_answers_stand_in_the_order_they_were_given() -> None:
    report = make_document("a", DAY1)
    strike = make_claim(low=3, who="MSF", document=report, place=MARIUPOL, occurred=on(DAY1))
    kinds = ("apology", "inquiry", "denial", "justification", "accusation")
    days = (DAY3, DAY2, DAY1, None, DAY2)
    undated = make_document("undated")
    answers = [
        make_response(
            kind, "Russia", document=report if day else undated, said=day, start=n, place=MARIUPOL
        )
        for n, (kind, day) in enumerate(zip(kinds, days, strict=True))
    ]
    [incident] = propose_incidents([strike], [], [report])
    incident = msgspec.structs.replace(incident, responses=tuple(answers))
    told = fill_incident(incident, {strike.id: strike}, {}).responses
    assert [r.kind for r in told] == ["denial", "inquiry", "accusation", "apology", "justification"]


def test_what_the_accused_concedes_is_apart_under_airwars() -> None:
    own = Voice(organisation="US military", side="belligerent:United States")
    toll = make_claim(low=20, who="Airwars", by="United States")
    conceded = make_claim(low=2, high=4, bound="between", voice=(own,), start=300)
    airwars = next(p for p in load_policies() if p.name == "airwars")
    reading = tally_incident([toll, conceded], {}, airwars)[0]
    assert (reading.low, reading.high) == (20, 20)
    assert reading.conceded == (conceded.id,)
    assert "conceded, kept apart: 2 to 4" in reading.notes


def test_an_accusation_in_an_answer_names_the_accused_too() -> None:
    report = make_document("a", DAY2)
    own = Voice(organisation="US military", side="belligerent:United States")
    claims = [
        make_claim(low=20, who="a hospital", document=report),
        make_claim(low=2, voice=(own,), document=report, start=300),
    ]
    blamed = make_response("accusation", "MSF", document=report, accused="United States")
    gtd = next(p for p in load_policies() if p.name == "gtd@2017")
    origins = propose_origins(claims, [report], {})
    assert tally_incident(claims, origins, gtd)[0].best == 2
    assert tally_incident(claims, origins, gtd, responses=[blamed])[0].best == 20
