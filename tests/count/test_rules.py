"""The counting rules R1 to R15, each by its number (contract §5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

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
from harmledger.core.claim import Claim, Site, Voice
from harmledger.core.document import Capture, Document
from harmledger.core.incident import Incident, Reading
from harmledger.count import (
    fill_incident,
    find_conflicts,
    grade_incident,
    tally_incident,
    tally_sums,
    tally_totals,
)
from harmledger.lexicon.policies import load_policies
from harmledger.link import propose_incidents, propose_origin_groups, propose_origins

LITERAL = load_policies()[0]
DAY1, DAY2, DAY3 = "2022-03-09", "2022-03-10", "2022-03-11"


def read(claims: Sequence[Claim], harm: str = "killed", **options: object) -> Reading:
    """The first literal reading of ``harm``."""
    origins = propose_origins(claims, [], {})
    readings = tally_incident(claims, origins, LITERAL, **options)  # type: ignore[arg-type]
    reading = next(r for r in readings if r.harm == harm)
    everyone_is_accounted_for(claims, reading)
    return reading


def everyone_is_accounted_for(claims: Sequence[Claim], reading: Reading) -> None:
    """Nothing leaves a reading in silence."""
    named = {
        *reading.claims_low,
        *reading.claims_high,
        *reading.between,
        *reading.floors,
        *reading.possibly_more,
        *(s.claim for s in reading.set_aside),
    }
    unit = reading.unit
    assert {c.id for c in claims if c.harm == reading.harm and c.quantity.unit == unit} <= named


def why(reading: Reading, claim: Claim) -> str:
    return next((s.why for s in reading.set_aside if s.claim == claim.id), "not set aside")


def test_r01_a_correction_is_a_new_claim_that_supersedes() -> None:
    old = make_claim(low=44, who="the council", said=DAY1, start=50)
    new = make_claim(low=53, who="the council", said=DAY1, start=10, supersedes=old.id)
    reading = read([old, new])
    assert (reading.low, reading.high) == (53, 53)
    assert "R1" in why(reading, old)


def test_r01_a_retracted_figure_is_set_aside() -> None:
    report = make_document("a", DAY1)
    said = make_claim(low=19, who="MSF", document=report)
    took = make_claim(low=19, document=report, said=DAY2, stance="retracts", about=said.id)
    kept = make_claim(low=12, who="a witness group", document=report, start=300)
    reading = read([said, took, kept])
    assert (reading.low, reading.high) == (12, 12)
    assert "taken back" in why(reading, said)
    assert read([said, took, kept], as_of=DAY1).high == 19


def versions_of(page: str, *days: str) -> list[Document]:
    """One page as it was on several days."""
    found: list[Document] = []
    for n, day in enumerate(days):
        before = found[-1].id if found else None
        seen = Capture(captured_at=f"{day}T08:00:00Z", path=page, method="file", tool="t@1")
        name = f"{page} {n}"
        found.append(make_document(name, DAY1, supersedes=before, captures=(seen,), source=page))
    return found


def fill(claims: Sequence[Claim], documents: Sequence[Document], **options: Any) -> Incident:
    """These claims as one incident, with its literal readings."""
    groups = propose_origin_groups(documents, {})
    origins = propose_origins(claims, documents, groups)
    incident = Incident(
        id="inc_1",
        code="X",
        title="x",
        place=None,
        occurred=None,
        site=None,
        means=None,
        claims=tuple(c.id for c in claims),
        documents=tuple(sorted({c.document for c in claims})),
    )
    by_id = {c.id: c for c in claims}
    return fill_incident(incident, by_id, origins, policies=[LITERAL], **options)


def test_r01_r02_an_earlier_version_of_a_page_is_no_second_origin() -> None:
    first, second = versions_of("the page", DAY1, DAY2)
    mayor = make_claim(low=12, who="the mayor", document=first, said=DAY1)
    governor = make_claim(low=17, who="the governor", document=second, said=DAY1)
    incident = fill([mayor, governor], [first, second])
    (reading,) = (r for r in incident.readings if r.victims == "assume_civilian")
    assert (reading.low, reading.high, reading.origins) == (17, 17, 1)
    assert why(reading, mayor) == (
        f"corrected in a later version of the page by {governor.id} (R1)"
    )
    assert [o.label for o in incident.origins] == ["the governor"]
    assert (incident.reports, incident.outdated) == (1, (first.id,))
    assert incident.grade == "weak"


def test_r01_what_a_later_version_leaves_out_or_repeats_was_not_corrected() -> None:
    first, second = versions_of("the page", DAY1, DAY2)
    silent = make_claim("injured", low=4, who="the hospital", document=second)
    mayor = make_claim(low=12, who="the mayor", document=first)
    left_out = fill([mayor, silent], [first, second])
    (killed,) = (
        r for r in left_out.readings if (r.harm, r.victims) == ("killed", "assume_civilian")
    )
    assert (killed.low, killed.high) == (12, 12)
    again = make_claim(low=12, who="the mayor", document=second, start=200)
    governor = make_claim(low=17, who="the governor", document=second, start=300)
    repeated = fill([mayor, again, governor], [first, second])
    (killed,) = (r for r in repeated.readings if r.victims == "assume_civilian")
    assert (killed.low, killed.high, killed.origins) == (12, 17, 2)
    assert why(killed, mayor) == "not set aside"


def test_r01_a_page_changed_back_says_what_it_said_first() -> None:
    first, second = versions_of("the page", DAY1, DAY2)
    back = msgspec.structs.replace(first.captures[0], captured_at=f"{DAY3}T08:00:00Z")
    first = msgspec.structs.replace(first, captures=(*first.captures, back))
    mayor = make_claim(low=12, who="the mayor", document=first)
    governor = make_claim(low=17, who="the governor", document=second)
    incident = fill([mayor, governor], [first, second])
    (reading,) = (r for r in incident.readings if r.victims == "assume_civilian")
    assert (reading.low, reading.high, incident.outdated) == (12, 12, (second.id,))


def test_r01_a_rejected_correction_corrects_nothing() -> None:
    first, second, third = versions_of("the page", DAY1, DAY2, DAY3)
    mayor = make_claim(low=12, who="the mayor", document=first)
    governor = make_claim(low=17, who="the governor", document=third)
    documents = [first, second, third]
    set_aside = {governor.id: "rejected by A. Reader"}
    incident = fill([mayor, governor], documents, set_aside=set_aside)
    (reading,) = (r for r in incident.readings if r.victims == "assume_civilian")
    assert (reading.low, reading.high) == (12, 12)
    later = fill([mayor, governor], documents)
    assert [r.high for r in later.readings if r.victims == "assume_civilian"] == [17]


def test_r02_copies_add_no_origin() -> None:
    copies = [make_document(f"copy {n}", DAY2) for n in range(12)]
    other = make_document("other", DAY2)
    claims = [make_claim(low=3, who="the Mariupol city council", document=d) for d in copies]
    claims.append(make_claim(low=4, who="Amnesty International", document=other))
    assert read(claims).origins == 2


def test_r02_copies_of_a_report_from_the_scene_are_one_origin() -> None:
    copies = [make_document(f"copy {n}", DAY2) for n in range(12)]
    claims = [make_claim(low=3, document=d, on_scene=True) for d in copies]
    claims.append(make_claim(low=4, who="Amnesty", document=make_document("other", DAY2)))
    origins = propose_origins(claims, copies, {d.id: "grp_1" for d in copies})
    reading = tally_incident(claims, origins, LITERAL)[0]
    assert reading.origins == 2
    assert {origins[c.id].kind for c in claims} == {"on_scene", "voice"}


def test_r02_unattributed_never_makes_a_second_origin() -> None:
    claims = [make_claim(low=3, document=make_document(n)) for n in "abc"]
    assert read(claims).origins == 1
    claims.append(make_claim(low=3, who="MSF", document=make_document("d")))
    assert read(claims).origins == 1


def test_r03_scope_before_value() -> None:
    strike = make_claim(low=3, who="the council")
    siege = make_claim(low=1207, high=None, who="the council", scope="running_total", start=300)
    reading = read([strike, siege])
    assert (reading.low, reading.high) == (3, 3)
    assert "R3" in why(reading, siege)


def test_r04_low_and_high_of_whole_figures() -> None:
    a = make_claim("injured", 17, who="the council")
    b = make_claim("injured", 18, document=make_document("b"))
    reading = read([a, b], "injured")
    assert (reading.low, reading.high) == (17, 18)
    assert reading.claims_low == (a.id,)
    assert reading.claims_high == (b.id,)


def test_r04_high_is_open_when_none_is_stated() -> None:
    reading = read([make_claim(low=8, high=None, who="police")])
    assert (reading.low, reading.high) == (8, None)


def test_r04_high_is_open_when_a_whole_low_exceeds_it_unless_it_is_a_word() -> None:
    fixed = make_claim(low=471, who="the health ministry")
    more = make_claim(low=600, high=None, who="the church", start=200)
    word = make_claim(low=2000, high=None, who="residents", bound="word", start=300)
    assert read([fixed, more]).high is None
    assert read([fixed, word]).high == 471


def test_r04_a_family_beside_the_toll_is_a_floor() -> None:
    toll = make_claim(low=30, who="the council", said=DAY1)
    family = make_claim(low=6, who="a relative", said=DAY1, extent="some", start=300)
    reading = read([toll, family])
    assert (reading.low, reading.high) == (30, 30)
    assert reading.floors == (family.id,)
    assert reading.possibly_more == ()


def test_r04_low_is_never_below_a_floor_and_floors_are_never_added() -> None:
    toll = make_claim(low=4, who="the council")
    six = make_claim(low=6, who="a relative", extent="some", start=300)
    five = make_claim(low=5, who="a doctor", extent="some", start=400)
    reading = read([toll, six, five])
    assert (reading.low, reading.high) == (6, None)
    conflicts = find_conflicts([toll, six, five], [], [reading])
    assert [c.kind for c in conflicts] == ["below_floor"]


def test_r04_with_no_whole_figure_the_largest_floor_is_the_low() -> None:
    six = make_claim(low=6, who="a relative", extent="some")
    two = make_claim(low=2, who="a doctor", extent="some", start=300)
    reading = read([six, two])
    assert (reading.low, reading.high) == (6, None)


def test_r04_unattributed_counts_for_low_and_high() -> None:
    reading = read([make_claim(low=2), make_claim(low=5, who="MSF", start=300)])
    assert (reading.low, reading.high) == (2, 5)


def test_r04_later_deaths_are_printed_beside() -> None:
    toll = make_claim(low=3, who="the council", said=DAY1)
    later = make_claim(low=2, who="relief workers", said="2022-03-14", extent="some", start=300)
    reading = read([toll, later])
    assert (reading.low, reading.high) == (3, 3)
    assert reading.possibly_more == (later.id,)
    assert "possibly 2 more" in reading.notes


def test_r04_those_told_before_are_no_later_deaths() -> None:
    toll = make_claim(low=30, who="the council", said=DAY1)
    told: dict[str, Any] = {"low": 2, "high": None, "bound": "word", "extent": "some"}
    blame = make_claim(
        **told, who="the party accused", said=DAY2, as_written="the people", start=300
    )
    died = make_claim(**told, who="a doctor", said=DAY2, as_written="several people", start=400)
    assert read([toll, blame]).possibly_more == ()
    assert read([toll, died]).possibly_more == (died.id,)


def test_r04_a_vague_word_beside_a_number_of_the_same_voice() -> None:
    word = make_claim(low=24, high=None, who="a source", bound="word", basis="word:literal")
    band = make_claim(low=10, high=50, who="a source", bound="between", start=300)
    reading = read([word, band])
    assert (reading.low, reading.high) == (10, 50)
    assert "R4" in why(reading, word)


def test_r04_a_word_is_no_floor_under_a_number_of_the_same_voice() -> None:
    word = make_claim(low=24, high=None, who="a source", bound="word", extent="some")
    band = make_claim(low=10, high=50, who="a source", bound="between", start=300)
    assert (read([word, band]).low, read([word, band]).high) == (10, 50)


def test_words_and_other_objects_are_no_conflict() -> None:
    claims = [
        make_claim("object_struck", 1, unit="facilities", site=HOSPITAL),
        make_claim("object_struck", 3, unit="facilities", site=Site(kind="home"), start=300),
        make_claim("object_struck", 2, None, unit="facilities", bound="word", start=400),
    ]
    assert find_conflicts(claims, [], tally_incident(claims, {}, LITERAL)) == ()


def test_r04_a_word_of_another_voice_counts() -> None:
    word = make_claim(low=2, high=None, who="residents", bound="word", basis="word:literal")
    reading = read([word, make_claim(low=9, who="MSF", start=300)])
    assert (reading.low, reading.high) == (2, 9)
    assert reading.on_words


def test_r05_later_statement_of_the_same_speaker_supersedes() -> None:
    first = make_claim(low=500, high=None, who="the health ministry", said=DAY1)
    later = make_claim(low=471, who="the health ministry", said=DAY2, start=300)
    reading = read([first, later])
    assert (reading.low, reading.high) == (471, 471)
    assert "R5" in why(reading, first)


def test_r05_time_and_zone_order_statements_of_a_day() -> None:
    first = make_claim(low=3, who="MSF", said="2015-10-03T09:00:00+04:30")
    later = make_claim(low=9, who="MSF", said="2015-10-03T07:45:00Z", start=300)
    assert read([first, later]).low == 9


def test_r05_a_date_alone_is_not_later_than_an_hour_of_it() -> None:
    first = make_claim(low=3, who="MSF", said="2015-10-03T09:00:00Z")
    same_day = make_claim(low=9, who="MSF", said="2015-10-03", start=300)
    reading = read([first, same_day])
    assert (reading.low, reading.high) == (3, 9)
    assert read([first, make_claim(low=9, who="MSF", said="2015-10-04", start=300)]).low == 9


def test_r05_equal_times_and_no_date_supersede_nothing() -> None:
    a = make_claim(low=17, who="the council", said=DAY1)
    b = make_claim(low=18, who="the council", said=DAY1, start=300)
    undated = make_claim(low=20, who="the council", document=make_document("u"), start=400)
    reading = read([a, b, undated])
    assert (reading.low, reading.high) == (17, 20)


def test_r05_repeating_a_superseded_figure_is_the_old_claim_told_again() -> None:
    old = make_claim(low=30, who="MSF", said="2015-10-25")
    new = make_claim(low=42, who="MSF", said="2015-12-12", start=300)
    again = make_claim(low=30, who="MSF", said="2015-12-13", start=400)
    undated = make_claim(low=30, who="MSF", document=make_document("u"), start=500)
    reading = read([old, new, again, undated])
    assert (reading.low, reading.high) == (42, 42)
    assert len(reading.set_aside) == 3


def test_r05_different_speakers_give_a_range() -> None:
    a = make_claim(low=471, who="the health ministry", said=DAY1)
    b = make_claim(low=200, who="the diocese", said=DAY3, start=300)
    assert (read([a, b]).low, read([a, b]).high) == (200, 471)


def test_r05_as_of_a_date() -> None:
    a = make_claim(low=19, who="MSF", said="2015-10-03T19:10:00Z")
    b = make_claim(low=22, who="MSF", said="2015-10-03T23:30:00-05:00", start=300)
    undated = make_claim(low=99, who="the police", document=make_document("u"), start=400)
    reading = read([a, b, undated], as_of="2015-10-03")
    assert (reading.low, reading.high) == (19, 19)
    assert "undated" in why(reading, undated)
    assert "said after" in why(reading, b)
    assert read([a, b], as_of="2015-10-04").low == 22


def test_r06_parts_are_checked_against_their_whole() -> None:
    whole = make_claim(low=5, who="police")
    part = make_claim(low=6, who="police", part_of=whole.id, age="child", start=120)
    reading = read([whole, part])
    kinds = {c.kind for c in find_conflicts([whole, part], [], [reading])}
    assert "parts_exceed_whole" in kinds
    assert reading.low == 6


def test_r06_parts_never_add_to_their_whole() -> None:
    whole = make_claim(low=20, who="police")
    part = make_claim(low=6, who="police", part_of=whole.id, age="child", start=120)
    reading = read([whole, part])
    assert (reading.low, reading.high) == (20, 20)


def test_r06_a_part_falls_with_its_superseded_whole() -> None:
    whole = make_claim(low=500, who="the ministry of health", said=DAY1)
    part = make_claim(low=200, who="the ministry of health", said=DAY1, part_of=whole.id, start=120)
    later = make_claim(low=150, who="the ministry of health", said=DAY2, start=300)
    reading = read([whole, part, later])
    assert (reading.low, reading.high) == (150, 150)


def test_r07_a_denial_changes_neither_count_nor_grade() -> None:
    said = make_claim(low=3, who="the council", by="Russia")
    denied = make_claim(
        low=None, high=None, who="the Russian defence ministry", stance="denies", start=300
    )
    cannot = make_claim(low=0, who="the regional head", stance="cannot_confirm", start=400)
    with_denial = read([said, denied, cannot])
    assert (with_denial.low, with_denial.high) == (3, 3)
    origins = propose_origins([said, denied, cannot], [], {})
    before = grade_incident([said], [], origins)
    after = grade_incident([said, denied, cannot], [], origins)
    assert (before.grade, after.grade) == ("weak", "weak")
    assert after.denied_by == ("the Russian defence ministry",)


def test_r08_two_readings_where_the_status_is_not_stated() -> None:
    people = make_claim(low=12, who="police")
    civilians = make_claim(low=9, who="MSF", status="civilian", start=300)
    origins = propose_origins([people, civilians], [], {})
    readings = {r.victims: r for r in tally_incident([people, civilians], origins, LITERAL)}
    assert list(readings) == ["assume_civilian", "strict"]
    assert (readings["assume_civilian"].low, readings["assume_civilian"].high) == (9, 12)
    assert (readings["strict"].low, readings["strict"].high) == (9, 9)


def test_r08_combatants_are_apart() -> None:
    whole = make_claim(low=6, who="police", basis="arithmetic")
    fighter = make_claim(low=1, who="police", status="combatant", part_of=whole.id, start=110)
    five = make_claim(low=5, who="police", status="civilian", part_of=whole.id, start=130)
    claims = [whole, fighter, five]
    origins = propose_origins(claims, [], {})
    readings = {r.victims: r for r in tally_incident(claims, origins, LITERAL)}
    bounds = {v: (r.low, r.high) for v, r in readings.items()}
    assert bounds == {"assume_civilian": (5, 5), "strict": (5, 5), "combatant": (1, 1)}


def test_r08_a_label_that_only_the_accused_gives_moves_nobody() -> None:
    army = Voice(organisation="the Israeli military", side="belligerent:Israel")
    whole = make_claim(low=20, voice=(army,))
    fighters = make_claim(low=15, voice=(army,), status="combatant", part_of=whole.id, start=120)
    blamed = make_claim(low=20, who="MSF", by="Israel", start=300)
    reading = read([whole, fighters, blamed])
    assert (reading.low, reading.high) == (20, 20)


def test_r09_different_counts_are_no_evidence_against_one_incident() -> None:
    documents = [make_document("a", DAY2), make_document("b", DAY2)]
    claims = [
        make_claim(low=n, document=d, place=MARIUPOL, occurred=on(DAY1), site=HOSPITAL)
        for n, d in zip((3, 900), documents, strict=True)
    ]
    assert len(propose_incidents(claims, [], documents)) == 1


def test_r10_the_remainder_may_be_negative() -> None:
    report = make_document("a", DAY2)
    strike = make_claim(
        low=30, document=report, place=MARIUPOL, occurred=on(DAY1), site=HOSPITAL, who="MSF"
    )
    total = make_claim(
        low=20, document=report, place=MARIUPOL, scope="running_total", who="the council", start=400
    )
    [figures] = tally_totals([strike, total], filled([strike], [report]), {})
    assert (figures.incident_low, figures.incident_high) == (30, 30)
    assert (figures.remainder_low, figures.remainder_high) == (-10, -10)


def test_r10_series_keep_every_statement_and_an_open_remainder() -> None:
    report = make_document("a", DAY2)
    strike = make_claim(low=3, high=None, document=report, place=MARIUPOL, occurred=on(DAY1))
    totals = [
        make_claim(
            low=low, high=None, said=day, who="the council", place=MARIUPOL, scope="running_total"
        )
        for low, day in ((1582, DAY3), (1207, DAY2))
    ]
    origins = propose_origins([*totals], [], {})
    [figures] = tally_totals(totals, filled([strike], [report]), origins)
    assert [p.low for p in figures.series] == [1207, 1582]
    assert (figures.incident_low, figures.incident_high) == (3, None)
    assert (figures.remainder_low, figures.remainder_high) == (None, None)


def test_r10_states_are_never_summed_over_time() -> None:
    trapped = make_claim("trapped", 200000, place=MARIUPOL, scope="running_total")
    [figures] = tally_totals([trapped], [], {})
    assert figures.incidents == ()
    assert "state" in figures.note


def test_r11_a_total_is_never_split_over_incidents() -> None:
    total = make_claim(low=63, unit="facilities", scope="running_total", place=UKRAINE)
    total = msgspec.structs.replace(total, harm="object_struck")
    assert propose_incidents([total], [], [make_document("a report")]) == ()


def test_r12_sums_say_what_they_rest_on() -> None:
    documents = [make_document("a", DAY2), make_document("b", "2022-05-01")]
    claims = [
        make_claim(low=3, who="MSF", document=documents[0], place=MARIUPOL, occurred=on(DAY1)),
        make_claim(
            low=24,
            high=None,
            bound="word",
            basis="word:literal",
            document=documents[1],
            place=MARIUPOL,
            occurred=on("2022-04-30"),
        ),
    ]
    sums = tally_sums(filled(claims, documents))
    [killed] = [s for s in sums if s.policy == "literal" and s.victims == "assume_civilian"]
    assert (killed.incidents, killed.low, killed.high, killed.open_high) == (2, 27, None, 1)
    assert (killed.one_origin, killed.on_words) == (2, 1)
    assert "recorded, not actual, harm" in killed.note


def test_r13_missing_and_killed_are_never_added() -> None:
    claims = [make_claim(low=3), make_claim("missing", 4, start=300)]
    incidents = filled(claims, [make_document("a report")])
    sums = [s for s in tally_sums(incidents) if s.policy == "literal"]
    assert {(s.harm, s.low) for s in sums if s.victims == "assume_civilian"} == {
        ("killed", 3),
        ("missing", 4),
    }


def test_r14_facilities_attacks_and_persons_are_different_units() -> None:
    claims = [
        make_claim("object_struck", 2, unit="facilities"),
        make_claim("object_struck", 18, unit="attacks", start=300),
    ]
    readings = tally_incident(claims, {}, LITERAL)
    assert {(r.unit, r.low, r.high) for r in readings} == {
        ("facilities", 2, 2),
        ("attacks", 18, 18),
    }


def test_r15_a_relayed_claim_keeps_its_speaker() -> None:
    council = Voice(organisation="Mariupol city council", as_written="the city council")
    agency = Voice(organisation="Reuters", as_written="Reuters")
    relayed = make_claim(low=3, voice=(council, agency), place=MARIUPOL)
    direct = make_claim(low=3, who="Mariupol's city council", place=MARIUPOL, start=300)
    origins = propose_origins([relayed, direct], [], {})
    assert origins[relayed.id].key == origins[direct.id].key
    assert read([relayed, direct]).origins == 1


def test_uncounted_modalities_and_indirect_causes_are_set_aside() -> None:
    stated = make_claim(low=3, who="MSF")
    feared = make_claim(low=90, who="MSF", modality="feared", start=300)
    hunger = make_claim(low=40, who="MSF", cause="indirect", start=400)
    reading = read([stated, feared, hunger])
    assert (reading.low, reading.high) == (3, 3)
    assert len(reading.set_aside) == 2


def test_a_named_persons_decision_sets_aside() -> None:
    a, b = make_claim(low=3, who="MSF"), make_claim(low=90, who="a hoax site", start=300)
    reading = read([a, b], set_aside={b.id: "the site is a known hoax (A. Person)"})
    assert (reading.low, reading.high) == (3, 3)
    assert "hoax" in why(reading, b)


def filled(claims: Sequence[Claim], documents: Sequence) -> tuple[Incident, ...]:  # type: ignore[type-arg]
    """Incidents of ``claims`` with everything counted."""
    origins = propose_origins(claims, documents, {})
    by_id = {c.id: c for c in claims}
    proposed = propose_incidents(claims, [], documents)
    return tuple(fill_incident(i, by_id, origins) for i in proposed)


def test_grades() -> None:
    a, b = make_document("a", DAY2), make_document("b", DAY2)
    one = make_claim(low=3, who="the council", document=a, means=struck())
    two = make_claim(low=4, who="Amnesty", document=b, means=struck())
    origins = propose_origins([one, two], [a, b], {})
    assert grade_incident([one], [], origins).grade == "weak"
    assert grade_incident([one, two], [], origins).grade == "fair"
    blamed = [
        msgspec.structs.replace(make_claim(low=3, who=w, document=a, by=p, start=s), means=struck())
        for w, p, s in (("Hamas", "Israel", 10), ("the Israeli military", "Islamic Jihad", 90))
    ]
    assert grade_incident(blamed, [], {}).grade == "contested"
    sorry = make_response(
        "acknowledgement", "US forces", document=b, side="belligerent:United States"
    )
    assert grade_incident([one], [sorry], origins).grade == "confirmed"
    decided = grade_incident([one], [sorry], origins, decided=("discounted", "fighters only"))
    assert (decided.grade, decided.why) == ("discounted", "fighters only")


def test_copies_of_one_report_do_not_make_a_fair_grade() -> None:
    a, b = make_document("a", DAY2), make_document("b", DAY2)
    claims = [
        make_claim(low=3, who=who, document=d, means=struck(), start=s)
        for d in (a, b)
        for who, s in (("the council", 10), ("Amnesty", 90))
    ]
    groups = {a.id: "grp_1", b.id: "grp_1"}
    origins = propose_origins(claims, [a, b], groups)
    assert grade_incident(claims, [], origins).grade == "weak"
