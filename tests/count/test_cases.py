"""Three public cases, from claims made by hand: what each figure must be on each day."""

from __future__ import annotations

import pytest

from count.made import (
    GAZA_CITY,
    HOSPITAL,
    KUNDUZ,
    MARIUPOL,
    make_claim,
    make_document,
    make_response,
    on,
    struck,
)
from harmledger.core.claim import Claim, Site
from harmledger.core.document import Document
from harmledger.core.incident import Incident, Reading
from harmledger.core.response import Response
from harmledger.count import fill_incident
from harmledger.link import propose_incidents, propose_origins

Case = tuple[list[Claim], list[Response], list[Document]]


def tell(case: Case, as_of: str | None = None) -> Incident:
    """The one incident of a case, as of a date."""
    claims, responses, documents = case
    groups = {d.id: d.id for d in documents}
    [incident] = propose_incidents(claims, responses, documents, groups=groups)
    origins = propose_origins(claims, documents, groups)
    return fill_incident(incident, {c.id: c for c in claims}, origins, as_of=as_of)


def literal(incident: Incident, harm: str) -> Reading:
    return next(r for r in incident.readings if r.policy == "literal" and r.harm == harm)


@pytest.fixture(scope="module")
def kunduz() -> Case:
    documents: list[Document] = []
    claims: list[Claim] = []

    def report(name: str, published: str) -> Document:
        documents.append(make_document(name, published))
        return documents[-1]

    def msf(document: Document, low: int, start: int, **fields: object) -> Claim:
        who = ("Médecins Sans Frontières", "MSF")[len(claims) % 2]
        fields = {"place": KUNDUZ, "occurred": on("2015-10-03"), "site": HOSPITAL} | fields
        made = make_claim(low=low, who=who, document=document, start=start, **fields)
        claims.append(made)
        return made

    first = report("wire 1", "2015-10-03T09:00:00+04:30")
    msf(first, 3, 10, occurred=on("2015-10-02", "2015-10-03"))
    second = report("wire 2", "2015-10-03T07:45:00Z")
    msf(second, 9, 10, roles=("health_worker",))
    hurt = msf(second, 37, 90, harm="injured", place=None, occurred=None, site=None)
    msf(second, 19, 120, harm="injured", place=None, occurred=None, site=None, part_of=hurt.id)
    third = report("wire 3", "2015-10-03T12:20:00+01:00")
    msf(third, 16, 10)
    evening = report("evening", "2015-10-03T19:10:00Z")
    toll = msf(evening, 19, 10)
    msf(evening, 12, 120, part_of=toll.id, place=None, occurred=None, site=None)
    msf(evening, 7, 140, part_of=toll.id, place=None, occurred=None, site=None)
    correction = report("correction", "2015-10-04T14:00:00Z")
    took = make_claim(
        low=19, document=correction, start=10, stance="retracts", place=KUNDUZ, site=HOSPITAL
    )
    claims.append(took)
    toll = msf(correction, 22, 200, said="2015-10-04", occurred=None)
    msf(correction, 12, 230, part_of=toll.id, place=None, occurred=None, site=None)
    apology = report("apology", "2015-10-08T06:30:00Z")
    msf(apology, 22, 10, said="2015-10-04")
    bodies = report("unidentified", "2015-10-23T15:00:00+02:00")
    msf(bodies, 23, 10, said="2015-10-23")
    beside = "In addition, seven bodies have not been identified."
    msf(
        bodies,
        7,
        200,
        said="2015-10-23",
        extent="some",
        sentence=beside,
        place=None,
        occurred=None,
        site=None,
    )
    thirty = report("thirty", "2015-10-25T17:45:00Z")
    msf(thirty, 30, 10, said="2015-10-25")
    msf(thirty, 23, 200, said="2015-10-23", place=None, occurred=None, site=None)
    december = report("december", "2015-12-12T12:00:00+01:00")
    msf(december, 42, 10, said="2015-12-12")
    msf(december, 30, 200, place=None, occurred=None, site=None)
    msf(december, 19, 260, said="2015-10-03", place=None, occurred=None, site=None)
    responses = [
        make_response(
            "concession",
            "US forces",
            document=second,
            quote="may have resulted in collateral damage",
            side="belligerent:United States",
            start=160,
        ),
        make_response(
            "acknowledgement",
            "US forces",
            document=apology,
            said="2015-10-06",
            side="belligerent:United States",
            start=60,
        ),
        make_response(
            "apology",
            "Barack Obama",
            document=apology,
            said="2015-10-07",
            side="belligerent:United States",
            start=5,
        ),
    ]
    return claims, responses, documents


@pytest.mark.parametrize(
    ("day", "toll", "beside", "grade"),
    [
        ("2015-10-03", 19, 0, "weak"),
        ("2015-10-04", 22, 0, "weak"),
        ("2015-10-06", 22, 0, "confirmed"),
        ("2015-10-23", 23, 7, "confirmed"),
        ("2015-10-25", 30, 0, "confirmed"),
        ("2015-12-12", 42, 0, "confirmed"),
        (None, 42, 0, "confirmed"),
    ],
)
def test_kunduz_rises_and_is_acknowledged(
    kunduz: Case, day: str | None, toll: int, beside: int, grade: str
) -> None:
    incident = tell(kunduz, day)
    killed = literal(incident, "killed")
    assert (killed.low, killed.high) == (toll, toll)
    assert killed.notes == ((f"possibly {beside} more",) if beside else ())
    assert incident.grade == grade
    assert killed.origins == 1
    injured = literal(incident, "injured")
    assert (injured.low, injured.high) == (37, 37)


@pytest.fixture(scope="module")
def al_ahli() -> Case:
    site = Site(kind="hospital", name="Al-Ahli hospital", as_written="Al-Ahli hospital")
    told = {"place": GAZA_CITY, "occurred": on("2023-10-17"), "site": site}
    papers = {
        name: make_document(name, published)
        for name, published in (
            ("first", "2023-10-17T21:50:00+03:00"),
            ("blame", "2023-10-17T22:40:00Z"),
            ("revised", "2023-10-18T15:30:00+03:00"),
            ("lower", "2023-10-19T09:00:00Z"),
            ("european", "2023-10-19T14:15:00Z"),
            ("undated", None),
        )
    }
    source = "A European intelligence source"
    claims = [
        make_claim(
            low=500,
            high=None,
            who="the health ministry in Gaza",
            document=papers["first"],
            by="Israel",
            **told,
        ),
        make_claim(
            low=500, high=None, who="Gaza's Health Ministry", document=papers["blame"], **told
        ),
        make_claim(
            "object_struck",
            1,
            unit="facilities",
            who="the Israeli military",
            by="Islamic Jihad",
            document=papers["blame"],
            start=300,
            **told,
        ),
        make_claim(
            low=471,
            who="Ministry of Health in Gaza",
            said="2023-10-18",
            document=papers["revised"],
            **told,
        ),
        make_claim(
            "injured",
            342,
            who="the ministry",
            said="2023-10-18",
            document=papers["revised"],
            start=120,
            **told,
        ),
        make_claim(low=200, who="the Anglican diocese", document=papers["lower"], **told),
        make_claim(
            low=100,
            high=300,
            who="US intelligence agencies",
            document=papers["lower"],
            start=300,
            **told,
        ),
        make_claim(
            low=24,
            high=None,
            bound="word",
            basis="word:literal",
            who=source,
            document=papers["european"],
            **told,
        ),
        make_claim(
            low=10,
            high=50,
            bound="between",
            who=source,
            document=papers["european"],
            start=130,
            **told,
        ),
        make_claim(
            low=200, who=source, document=papers["european"], start=300, stance="disputes", **told
        ),
        make_claim(low=200, who="the Anglican diocese", document=papers["undated"], **told),
    ]
    return claims, [], list(papers.values())


def test_al_ahli_is_a_wide_range_and_contested(al_ahli: Case) -> None:
    incident = tell(al_ahli, "2023-10-20")
    claims = {c.id: c for c in al_ahli[0]}
    killed, injured = literal(incident, "killed"), literal(incident, "injured")
    assert (killed.low, killed.high) == (10, 471)
    assert (injured.low, injured.high) == (342, 342)
    assert incident.grade == "contested"
    between = {claims[i].quantity.low for i in killed.between}
    assert between == {200, 100}
    aside = {claims[s.claim].quantity.low for s in killed.set_aside}
    assert aside == {500, 24, 200}
    assert {c.kind for c in incident.conflicts} == {"range", "responsibility"}


@pytest.fixture(scope="module")
def mariupol() -> Case:
    told = {"place": MARIUPOL, "occurred": on("2022-03-09"), "site": HOSPITAL, "means": struck()}
    first = make_document("evening", "2022-03-09T20:40:00+02:00")
    agency = make_document("agency", "2022-03-10T08:45:00+02:00")
    paper = make_document("paper", "2022-03-10T11:30:00Z")
    moscow = make_document("moscow", "2022-03-11T07:15:00Z")
    later = make_document("later", "2022-03-14T10:00:00Z")
    council = {"who": "Mariupol city council", "by": "Russia"}
    claims = [
        make_claim("injured", 17, who="Pavlo Kyrylenko", document=first, **told),
        make_claim(
            low=0, who="Pavlo Kyrylenko", document=first, start=300, stance="cannot_confirm", **told
        ),
        make_claim(low=3, document=agency, **council, **told),
        make_claim("injured", 17, document=agency, start=130, **council, **told),
        make_claim("injured", 18, document=paper, **told),
        make_claim(low=3, document=paper, start=200, who="the city council", **told),
        make_claim(
            "object_struck",
            None,
            unit="facilities",
            who="Russian defence ministry",
            stance="denies",
            document=moscow,
            **told,
        ),
        make_claim(low=3, document=moscow, start=300, **council, **told),
        make_claim(low=2, extent="some", document=later, place=MARIUPOL, site=HOSPITAL),
    ]
    inquiry = make_response(
        "inquiry", "Kremlin", document=moscow, quote="would be asked", place=MARIUPOL
    )
    return claims, [inquiry], [first, agency, paper, moscow, later]


def test_mariupol_is_denied_and_stands(mariupol: Case) -> None:
    incident = tell(mariupol)
    killed, injured = literal(incident, "killed"), literal(incident, "injured")
    assert (killed.low, killed.high) == (3, 3)
    assert killed.notes == ("possibly 2 more",)
    assert (injured.low, injured.high) == (17, 18)
    assert incident.grade == "fair"
    assert incident.denied_by == ("Russian defence ministry",)
    assert incident.inquiry_by == ("Kremlin",)
    assert incident.code == "UKR-20220309-mariupol-hospital"
    assert incident.title == "People killed, hospital, Mariupol, 9 March 2022"
