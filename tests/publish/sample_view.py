"""A small ledger view made by hand: what the exports and pages are tested on."""

from __future__ import annotations

from typing import Any

from sample_claims import (
    AHLI,
    CLAIMS,
    DAMAGED,
    DOZENS,
    FORTY_TWO,
    FORTY_TWO_AGAIN,
    GIRL,
    KILLED_3,
    NINE,
    NINETEEN,
    NOBODY,
    SIEGE,
    STAGED,
    THOUSANDS,
    TWENTY_TWO,
    WOUNDED_17,
    WOUNDED_18,
    WOUNDED_37,
    span,
)
from sample_texts import (
    DARFUR,
    DOCUMENTS,
    SUDAN,
    TEXTS,
    sample_texts,
)

from count.made import KUNDUZ, MARIUPOL, ZHYTOMYR
from harmledger.core.claim import Claim, Voice
from harmledger.core.decision import Decision
from harmledger.core.ids import derived_id
from harmledger.core.incident import (
    Conflict,
    Covers,
    Incident,
    Link,
    Origin,
    Reading,
    SetAside,
    Total,
    TotalPoint,
)
from harmledger.core.response import Response
from harmledger.core.unresolved import NumberState, Unresolved
from harmledger.core.view import LedgerView
from harmledger.core.when import Moment, When

__all__ = [
    "CLAIMS",
    "DARFUR",
    "GIRL",
    "KILLED_3",
    "KUNDUZ",
    "MARIUPOL",
    "SIEGE",
    "SUDAN",
    "TEXTS",
    "WOUNDED_17",
    "ZHYTOMYR",
    "sample_texts",
    "sample_view",
]


COVERS = Covers(harms=("killed", "injured"), statuses=("civilian", "undetermined"))


def reading(
    harm: Any, low: int | None, high: int | None, claims: list[Claim], **more: Any
) -> Reading:
    ids = tuple(c.id for c in claims)
    return Reading(
        **{
            "harm": harm,
            "unit": "persons",
            "victims": "assume_civilian",
            "low": low,
            "high": high,
            "policy": "literal@1",
            "covers": COVERS,
            "claims_low": ids,
            "claims_high": ids,
            "origins": 1,
            **more,
        }
    )


def link(c: Claim, *why: str) -> Link:
    return Link(claim=c.id, judgement="same", by="linker@1", score=0.83, why=why)


def incident(code: str, title: str, claims: list[Claim], **more: Any) -> Incident:
    return Incident(
        **{
            "id": derived_id("inc", code),
            "code": code,
            "title": title,
            "place": claims[0].place,
            "occurred": claims[0].occurred,
            "site": claims[0].site,
            "means": claims[0].means,
            "claims": tuple(c.id for c in claims),
            "documents": tuple(dict.fromkeys(c.document for c in claims)),
            "links": tuple(link(c, "same town", "times overlap") for c in claims),
            **more,
        }
    )


def response(name: str, quote: str, kind: Any, voice: Voice, **more: Any) -> Response:
    doc = DOCUMENTS[name]
    return Response(
        id=derived_id("rsp", name, quote),
        document=doc.id,
        document_name=name,
        kind=kind,
        voice=(voice,),
        span=span(name, quote),
        said_at=Moment(at=doc.published_at, origin="published"),
        **more,
    )


STAGED_RESPONSE = response(
    "mariupol-1",
    "said the attack was staged",
    "denial",
    Voice(name="Russia’s defence ministry", side="belligerent:Russia"),
)
MISTAKE = response(
    "kunduz-3",
    "called the strike a mistake",
    "concession",
    Voice(name="General Campbell", side="belligerent:United States"),
    accused="United States",
)
COUNCIL_ORIGIN = Origin(key="voice:council", label="Mariupol city council", kind="voice")
MSF_ORIGIN = Origin(key="voice:msf", label="Médecins Sans Frontières", kind="voice")
PAPER_ORIGIN = Origin(key="unattributed", label="no named speaker", kind="unattributed")

MARIUPOL_INCIDENT = incident(
    "UKR-2022-03-09-mariupol",
    "Hospital in Mariupol, 9 March 2022",
    [KILLED_3, GIRL, WOUNDED_17, WOUNDED_18, STAGED],
    origins=(COUNCIL_ORIGIN, PAPER_ORIGIN),
    readings=(
        reading(
            "killed",
            3,
            3,
            [KILLED_3],
            floors=(GIRL.id,),
            set_aside=(SetAside(claim=STAGED.id, why="a denial changes no count (R7)"),),
        ),
        reading("killed", 1, 1, [GIRL], victims="strict"),
        reading("injured", 17, 18, [WOUNDED_17], claims_high=(WOUNDED_18.id,), origins=2),
        reading("killed", 3, 3, [KILLED_3], policy="ucdp@ged-23.1", best=3),
    ),
    responses=(STAGED_RESPONSE,),
    conflicts=(
        Conflict(
            kind="range",
            harm="injured",
            claims=(WOUNDED_17.id, WOUNDED_18.id),
            note="17 and 18 injured",
        ),
    ),
    grade="fair",
    grade_why="two independent origins in different documents",
    denied_by=("Russia’s defence ministry",),
)
KUNDUZ_INCIDENT = incident(
    "AFG-2015-10-03-kunduz",
    "Trauma centre in Kunduz, 3 October 2015",
    [NINE, WOUNDED_37, NINETEEN, TWENTY_TWO, FORTY_TWO, FORTY_TWO_AGAIN],
    origins=(MSF_ORIGIN,),
    readings=(
        reading(
            "killed",
            42,
            42,
            [FORTY_TWO, FORTY_TWO_AGAIN],
            floors=(NINE.id,),
            possibly_more=(WOUNDED_37.id,),
            set_aside=(
                SetAside(claim=NINETEEN.id, why="superseded by a later statement (R5)"),
                SetAside(claim=TWENTY_TWO.id, why="superseded by a later statement (R5)"),
            ),
        ),
        reading("injured", 37, 37, [WOUNDED_37]),
    ),
    responses=(MISTAKE,),
    grade="confirmed",
    grade_why="General Campbell accepted the strike",
    conceded_by=("General Campbell",),
    status="reviewed",
)
ZHYTOMYR_INCIDENT = incident(
    "UKR-2022-03-10-zhytomyr",
    "Hospitals in Zhytomyr",
    [DAMAGED, NOBODY],
    readings=(
        reading("killed", 0, 0, [NOBODY]),
        reading("object_struck", 2, 2, [DAMAGED], unit="facilities", victims="all"),
    ),
)
DARFUR_INCIDENT = incident(
    "SDN-undated-darfur",
    "Villages in North Darfur",
    [DOZENS],
    readings=(reading("killed", 24, None, [DOZENS], on_words=True, claims_high=()),),
)
SUDAN_INCIDENT = incident(
    "SDN-undated",
    "Sudan",
    [THOUSANDS],
    readings=(reading("displaced", 2000, None, [THOUSANDS], on_words=True),),
)
GAZA_INCIDENT = incident(
    "PSE-2023-10-17-gaza",
    "المستشفى الأهلي",
    [AHLI],
    readings=(reading("killed", 471, 471, [AHLI]),),
    grade="contested",
    conflicts=(
        Conflict(kind="responsibility", harm="killed", claims=(AHLI.id,), note="two parties"),
    ),
)
INCIDENTS = (
    MARIUPOL_INCIDENT,
    KUNDUZ_INCIDENT,
    ZHYTOMYR_INCIDENT,
    DARFUR_INCIDENT,
    SUDAN_INCIDENT,
    GAZA_INCIDENT,
)
TOTAL = Total(
    id="tot_siege",
    harm="killed",
    unit="persons",
    victims="assume_civilian",
    scope="running_total",
    speaker="Mariupol city council",
    place=MARIUPOL,
    period=When(
        as_written="nine days of siege",
        edtf="2022-03-02/2022-03-10",
        earliest="2022-03-02",
        latest="2022-03-10",
        precision=3,
    ),
    series=(TotalPoint(claim=SIEGE.id, said_at="2022-03-10T08:45:00+02:00", low=1207, high=None),),
    incidents=(MARIUPOL_INCIDENT.id,),
    incident_low=3,
    incident_high=3,
    remainder_low=1204,
    remainder_high=None,
)


def unresolved(name: str, quote: str | None, reason: Any, note: str) -> Unresolved:
    return Unresolved(
        id=derived_id("unr", name, reason, note),
        document=DOCUMENTS[name].id,
        document_name=name,
        span=span(name, quote) if quote else None,
        reason=reason,
        note=note,
    )


def number(name: str, token: str, state: Any, **more: Any) -> NumberState:
    start = TEXTS[name].index(token)
    return NumberState(start=start, end=start + len(token), as_written=token, state=state, **more)


def sample_view() -> LedgerView:
    """Eight documents, seventeen claims, six incidents."""
    return LedgerView(
        documents=tuple(DOCUMENTS.values()),
        claims=CLAIMS,
        responses=(STAGED_RESPONSE, MISTAKE),
        incidents=INCIDENTS,
        totals=(TOTAL,),
        unresolved=(
            unresolved("mariupol-1", "200 cars", "presence", "200 cars left; nobody was harmed"),
            unresolved("darfur", "last week", "date_unanchored", "no publication date"),
            unresolved("gaza", None, "language_unread", "ar is not read"),
        ),
        numbers={
            DOCUMENTS["mariupol-1"].id: (
                number("mariupol-1", "17", "used", claim=WOUNDED_17.id),
                number("mariupol-1", "1,207", "used", claim=SIEGE.id),
                number("mariupol-1", "41", "read_as", read_as="age"),
                number("mariupol-1", "200", "unresolved"),
            ),
        },
        decisions=(
            Decision(
                id="dec_1",
                at="2026-01-03T10:00:00Z",
                by="person:A. Recorder",
                action="accept",
                about=(FORTY_TWO.id,),
                reason="Checked against MSF’s own statement <b>",
                prev="0" * 64,
            ),
            Decision(
                id="dec_2",
                at="2026-01-03T10:05:00Z",
                by="person:A. Recorder",
                action="set_aside",
                about=(THOUSANDS.id,),
                reason="too vague",
                prev="1" * 64,
            ),
        ),
        standings={
            FORTY_TWO.id: "accepted",
            FORTY_TWO_AGAIN.id: "accepted",
            THOUSANDS.id: "set_aside",
        },
        origins={
            KILLED_3.id: COUNCIL_ORIGIN,
            WOUNDED_17.id: COUNCIL_ORIGIN,
            WOUNDED_18.id: PAPER_ORIGIN,
            FORTY_TWO.id: MSF_ORIGIN,
        },
        policies=("literal@1", "ucdp@ged-23.1"),
        head="f" * 64,
    )
