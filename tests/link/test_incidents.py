"""Which claims are about one incident, and why (R9)."""

from __future__ import annotations

import msgspec
import pytest

from count.made import (
    GAZA_CITY,
    HOSPITAL,
    MARIUPOL,
    UKRAINE,
    ZHYTOMYR,
    make_claim,
    make_document,
    make_response,
    on,
    struck,
)
from harmledger.core.claim import Claim, Site
from harmledger.core.decision import Judgement
from harmledger.core.document import Document
from harmledger.core.incident import Incident
from harmledger.core.place import Place
from harmledger.link import propose_incidents
from harmledger.link.incidents import incident_id

STRIKE = {"place": MARIUPOL, "occurred": on("2022-03-09"), "site": HOSPITAL, "means": struck()}
A = make_document("a", "2022-03-10")
B = make_document("b", "2022-03-10")
C = make_document("c", "2022-03-11")


def judge(left: Claim, right: Claim, judgement: str) -> Judgement:
    return Judgement(
        left=left.id,
        right=right.id,
        judgement=judgement,  # type: ignore[arg-type]
        by="person:Ana",
        decision="dec_1",
    )


def together(incidents: tuple[Incident, ...], *claims: Claim) -> bool:
    wanted = {c.id for c in claims}
    return any(wanted <= set(i.claims) for i in incidents)


def propose(*claims: Claim, judgements: tuple[Judgement, ...] = ()) -> tuple[Incident, ...]:
    documents: list[Document] = [A, B, C]
    return propose_incidents(claims, [], documents, judgements)


def test_the_siege_report_keeps_its_incidents_apart() -> None:
    day = on("2022-03-10")
    strike = make_claim(low=3, document=A, start=900, **STRIKE)
    hurt = make_claim("injured", 18, document=A, start=940, sentence=strike.span.sentence, **STRIKE)
    wednesday = make_claim(
        "injured", 17, document=A, start=3000, occurred=on("2022-03-09"),
        sentence="The Wednesday attack wounded 17 people.",
    )  # fmt: skip
    window = make_claim(
        "access_denied", 200000, document=A, start=500, place=MARIUPOL, occurred=day,
        site=Site(kind="evacuation_convoy"), sentence="A day after they were killed.",
    )  # fmt: skip
    medical = make_claim(
        low=3, document=A, start=560, sentence="A day after they were killed.",
        place=MARIUPOL, occurred=on("2022-03-09"), site=Site(kind="other_health"),
    )  # fmt: skip
    routes = make_claim("access_denied", None, document=A, start=2000, place=MARIUPOL)
    truce = make_claim(
        "access_denied", None, document=A, start=920, sentence=strike.span.sentence,
        place=MARIUPOL, occurred=on("2022-03-09"),
    )  # fmt: skip
    cut_off = make_claim("service_denied", None, document=A, start=700, place=MARIUPOL)
    grave = make_claim("mass_burial", 1, unit="graves", document=A, start=50, place=MARIUPOL)
    elsewhere = make_claim(
        "object_struck", 2, unit="facilities", document=A, start=3200, site=HOSPITAL,
        sentence="Bombs also fell on two hospitals in another city west of the capital.",
    )  # fmt: skip
    zhytomyr = make_claim(
        "object_struck", 2, unit="facilities", document=A, start=3600, site=HOSPITAL, place=ZHYTOMYR
    )
    rubble = make_claim(
        "trapped", 2, None, document=A, start=4500, place=MARIUPOL,
        sentence="The president said the Mariupol strike trapped children under debris.",
    )  # fmt: skip
    bleeding = make_claim("injured", 1, extent="some", document=A, start=4300, sentence="Police.")
    incidents = propose(
        strike, truce, hurt, wednesday, window, medical, routes, cut_off, grave, elsewhere,
        zhytomyr, rubble, bleeding,
    )  # fmt: skip
    assert together(incidents, strike, hurt, wednesday, medical, rubble, bleeding)
    assert together(incidents, window, routes)
    assert together(incidents, strike, truce)
    assert together(incidents, elsewhere, zhytomyr)
    assert len(incidents) == 5
    assert not together(incidents, strike, window)


def test_another_day_is_another_incident_even_in_one_sentence() -> None:
    words = "It was smashed a day after three were killed."
    strike = make_claim(low=3, document=A, sentence=words, **STRIKE)
    convoy = make_claim(
        "access_denied", None, document=A, start=130, sentence=words,
        place=MARIUPOL, occurred=on("2022-03-10"),
    )  # fmt: skip
    assert len(propose(strike, convoy)) == 2


def test_documents_join_by_place_day_and_site() -> None:
    a = make_claim(low=3, document=A, **STRIKE)
    b = make_claim(low=40, document=B, place=MARIUPOL, occurred=on("2022-03-09"))
    undated = make_claim("injured", 17, document=C, place=MARIUPOL, site=HOSPITAL)
    [incident] = propose(a, b, undated)
    assert {link.judgement for link in incident.links} == {"same"}
    assert all(link.why for link in incident.links)


def test_other_towns_other_days_other_named_sites_stay_apart() -> None:
    strike = make_claim(low=3, document=A, **STRIKE)
    town = make_claim(low=3, document=B, **(STRIKE | {"place": ZHYTOMYR}))
    day = make_claim(low=3, document=C, **(STRIKE | {"occurred": on("2022-03-07")}))
    assert len(propose(strike, town, day)) == 3
    named = [
        make_claim(
            low=3, document=d, place=GAZA_CITY, occurred=on("2023-10-17"),
            site=Site(kind="hospital", name=name),
        )
        for d, name in ((A, "Al-Ahli hospital"), (B, "Al-Shifa hospital"), (C, "al Ahli Hospital"))
    ]  # fmt: skip
    documents = [make_document(d.name, "2023-10-18") for d in (A, B, C)]
    incidents = propose_incidents(named, [], documents)
    assert len(incidents) == 2
    assert together(incidents, named[0], named[2])


def test_a_town_lies_in_its_region_and_country() -> None:
    region = Place(
        as_written="Donetsk region", name="Donetsk", country="UKR", admin1="Donetsk", precision=4,
        kind="admin1",
    )  # fmt: skip
    strike = make_claim(low=3, document=A, **STRIKE)
    for area in (region, UKRAINE):
        other = make_claim(low=3, document=B, **(STRIKE | {"place": area}))
        assert together(propose(strike, other), strike, other)
    syria = msgspec.structs.replace(UKRAINE, country="SYR", name="Syria")
    apart = make_claim(low=3, document=B, **(STRIKE | {"place": syria}))
    assert not together(propose(strike, apart), strike, apart)


def test_the_same_country_and_day_alone_do_not_join() -> None:
    a = make_claim(low=3, document=A, place=UKRAINE, occurred=on("2022-03-09"))
    b = make_claim(low=3, document=B, place=UKRAINE, occurred=on("2022-03-09"))
    assert len(propose(a, b)) == 2


def test_the_name_of_the_town_names_no_hospital() -> None:
    first = make_claim(
        low=3, document=A, **(STRIKE | {"site": Site(kind="hospital", name="Mariupol hospital")})
    )
    other = Site(kind="hospital", name="Regional hospital No 3, Mariupol")
    second = make_claim(low=3, document=B, **(STRIKE | {"site": other}))
    assert len(propose(first, second)) == 1


def test_an_undated_report_months_later_finds_its_incident_by_place_and_site() -> None:
    late = make_document("late", "2022-06-20")
    strike = make_claim(low=3, document=A, by="Russia", **STRIKE)
    undated = make_claim(low=5, document=late, place=MARIUPOL, site=HOSPITAL, by="Russia")
    assert len(propose_incidents([strike, undated], [], [A, late])) == 1


def test_nothing_is_reported_before_it_happens() -> None:
    early = make_document("early", "2022-03-05")
    strike = make_claim(low=3, document=A, **STRIKE)
    before = make_claim(low=2, document=early, place=MARIUPOL, site=HOSPITAL)
    assert len(propose_incidents([strike, before], [], [A, early])) == 2


def test_background_history_with_its_own_date_stays_apart() -> None:
    strike = make_claim(low=3, document=A, **STRIKE)
    history = make_claim(low=300, document=A, start=200, place=MARIUPOL, occurred=on("2015-01-24"))
    assert len(propose(strike, history)) == 2


def test_a_person_joins_and_keeps_apart() -> None:
    a = make_claim(low=3, document=A, **STRIKE)
    b = make_claim(low=3, document=B, **STRIKE)
    c = make_claim(low=2, document=C)
    assert together(propose(a, b), a, b)
    split = propose(a, b, judgements=(judge(b, a, "different"),))
    assert len(split) == 2
    assert any(link.judgement == "different" for link in split[0].links)
    joined = propose(a, c, judgements=(judge(a, c, "same"),))
    assert together(joined, a, c)
    assert any(link.by == "person:Ana" for link in joined[0].links)


def test_a_chain_with_one_different_does_not_join() -> None:
    a, b, c = (make_claim(low=3, document=d, **STRIKE) for d in (A, B, C))
    assert together(propose(a, b, c), a, b, c)
    incidents = propose(
        a, b, c, judgements=(judge(a, b, "same"), judge(b, c, "same"), judge(a, c, "different"))
    )
    assert not together(incidents, a, c)


def test_different_splits_claims_of_one_document() -> None:
    a = make_claim(low=3, document=A, **STRIKE)
    b = make_claim("injured", 17, document=A, start=200, **STRIKE)
    assert len(propose(a, b)) == 1
    assert len(propose(a, b, judgements=(judge(a, b, "different"),))) == 2


def test_id_comes_from_the_founding_claim_and_old_ids_lead_here() -> None:
    first = make_claim(low=3, document=A, **STRIKE)
    later = make_claim(low=3, document=C, **STRIKE)
    [alone] = propose(later)
    [both] = propose(later, first)
    assert both.id == incident_id(first.id)
    assert alone.id in both.redirects


def test_parts_and_corrections_follow_their_claim() -> None:
    whole = make_claim(low=3, document=A, start=2000, **STRIKE)
    part = make_claim(low=1, document=A, start=9000, part_of=whole.id, age="child")
    other = make_claim(low=9, document=A, start=8900, place=ZHYTOMYR, occurred=on("2022-03-01"))
    assert together(propose(whole, part, other), whole, part)


def test_a_claim_of_no_anchor_far_from_two_incidents_stands_alone() -> None:
    a = make_claim(low=3, document=A, start=100, **STRIKE)
    b = make_claim(low=9, document=A, start=1500, place=ZHYTOMYR, occurred=on("2022-03-01"))
    lost = make_claim(low=4, document=A, start=9000)
    near = make_claim(low=4, document=A, start=1700)
    incidents = propose(a, b, lost, near)
    assert together(incidents, b, near)
    assert [i.claims for i in incidents if lost.id in i.claims] == [(lost.id,)]
    link = next(x for i in incidents for x in i.links if x.claim == near.id)
    assert link.score <= 0.5
    assert link.why == ("the nearest sentences",)


def test_a_country_alone_is_no_place_of_its_own() -> None:
    strike = make_claim(low=3, document=A, start=100, **STRIKE)
    vague = make_claim("injured", 5, document=A, start=200, place=UKRAINE)
    syria = msgspec.structs.replace(UKRAINE, country="SYR", name="Syria")
    far = make_claim("injured", 5, document=A, start=300, place=syria)
    incidents = propose(strike, vague, far)
    assert together(incidents, strike, vague)
    assert not together(incidents, strike, far)


@pytest.mark.parametrize("about", [True, False])
def test_responses_go_to_the_incident_they_answer(about: bool) -> None:
    strike = make_claim(low=3, document=A, start=100, **STRIKE)
    other = make_claim(low=9, document=A, start=5000, place=ZHYTOMYR, occurred=on("2022-03-01"))
    answer = make_response(
        "inquiry",
        "Kremlin",
        document=A,
        start=5100 if about else 300,
        about=strike.id if about else None,
    )
    incidents = propose_incidents([strike, other], [answer], [A])
    assert [len(i.responses) for i in incidents if strike.id in i.claims] == [1]


def test_a_response_in_a_document_without_claims_finds_its_incident() -> None:
    strike = make_claim(low=3, document=A, **STRIKE)
    answer = make_response(
        "justification",
        "Sergei Lavrov",
        document=C,
        place=MARIUPOL,
        occurred=on("2022-03-09"),
        site_kind="hospital",
    )
    lost = make_response("inquiry", "Nobody", document=B)
    [incident] = propose_incidents([strike], [answer, lost], [A, B, C])
    assert [r.kind for r in incident.responses] == ["justification"]


def test_code_and_title_are_in_plain_words() -> None:
    claims = (
        make_claim(low=3, document=A, **STRIKE),
        make_claim("object_struck", 1, unit="facilities", document=A, start=200, **STRIKE),
    )
    [incident] = propose(*claims)
    assert incident.code == "UKR-20220309-mariupol-hospital"
    assert incident.title == "Hospital struck, Mariupol, 9 March 2022"
    bare = make_claim("displaced", 40, document=B)
    [incident] = propose(bare)
    assert incident.code == "XXX-undated-displaced"
    assert incident.title == "People displaced, place unknown, date unknown"
