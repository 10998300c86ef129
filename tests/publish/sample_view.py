"""A small ledger view made by hand: what the exports and pages are tested on."""

from __future__ import annotations

from typing import Any

from harmledger.core.claim import (
    AllegedPerpetrator,
    Claim,
    Means,
    Site,
    Victims,
    Voice,
    claim_id,
)
from harmledger.core.decision import Decision
from harmledger.core.document import Capture, Document
from harmledger.core.ids import derived_id, document_id, sha256_of
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
from harmledger.core.place import Place
from harmledger.core.quantity import Quantity
from harmledger.core.response import Response
from harmledger.core.span import Span, Trace, cut_span
from harmledger.core.unresolved import NumberState, Unresolved
from harmledger.core.view import LedgerView
from harmledger.core.when import Moment, When

MARIUPOL = Place(
    as_written="Mariupol", name="Mariupol", gazetteer_id="geonames:701822", country="UKR",
    admin1="Donetsk", lat=47.09514, lon=37.54131, precision=1, kind="town",
)
ZHYTOMYR = Place(
    as_written="Zhytomyr", name="Zhytomyr", gazetteer_id="geonames:686967", country="UKR",
    admin1="Zhytomyr", lat=50.26487, lon=28.67669, precision=1, kind="town",
)
KUNDUZ = Place(
    as_written="Kunduz", name="Kunduz", gazetteer_id="geonames:1135689", country="AFG",
    admin1="Kunduz", lat=36.72896, lon=68.857, precision=1, kind="town",
)
DARFUR = Place(
    as_written="North Darfur", name="Northern Darfur", gazetteer_id="admin1:SD.55", country="SDN",
    lat=15.6, lon=25.0, precision=4, kind="admin1",
)
SUDAN = Place(
    as_written="Sudan", name="Sudan", gazetteer_id="country:SDN", country="SDN", precision=6,
    kind="country",
)
GAZA = Place(
    as_written="غزة", name="Gaza", gazetteer_id="geonames:281133", country="PSE",
    lat=31.50161, lon=34.46672, precision=1, kind="town", disputed=True,
)
COUNCIL = Voice(
    name="city council", organisation="city council", side="civil_authority", verb="said",
    channel="Telegram", as_written="the city council",
)
MSF = Voice(
    name="Médecins Sans Frontières", organisation="MSF", side="humanitarian", verb="said",
    as_written="Médecins Sans Frontières (MSF)",
)
MINISTRY = Voice(name="وزارة الصحة", side="health", verb="قالت", as_written="وزارة الصحة")
ACCUSER = Voice(
    name="Ukrainian officials", side="belligerent:Ukraine", as_written="Ukrainian officials"
)

TEXTS = {
    "mariupol-1": (
        "This example was written for the tests and is no publication.\r\n\r\n"
        "# Three dead, one of them a girl, in Mariupol\r\n\r\n"
        "Three people, one of them a girl, were killed when a maternity hospital in Mariupol was "
        "bombed on Wednesday, the city council said on Thursday. In a message on Telegram it said "
        "17 people had been wounded, among them children.\r\n\r\n"
        "At least 1,207 people have died in Mariupol in nine days of siege, the council said. "
        "A 41-year-old engineer said 200 cars had left.\r\n\r\n"
        "Russia’s defence ministry said the attack was staged.\r\n\r\n"
        "Sign up for our 7 best stories"
    ),
    "mariupol-2": (
        "# <script>alert(1)</script> & \"quoted\" 18 wounded\n\n"
        "Eighteen people were wounded in the strike on a hospital in Mariupol on 9 March.\n\n"
        "In Zhytomyr two hospitals were damaged; nobody died, the mayor said.\n"
    ),
    "kunduz-1": (
        "Nine staff members of Médecins Sans Frontières were killed in Saturday's bombing in "
        "Kunduz, MSF said. Thirty-seven people were wounded.\n\n"
        "A spokesman for US forces said a strike may have resulted in collateral damage.\n"
    ),
    "kunduz-2": (
        "Nineteen people were killed, MSF said in the evening: 12 staff and seven patients.\n"
    ),
    "kunduz-3": (
        "MSF said on Sunday that 22 people were killed: 12 staff and 10 patients. "
        "General Campbell called the strike a mistake.\n"
    ),
    "kunduz-4": "MSF now counts 42 dead: 14 staff, 24 patients and four caretakers.\n",
    "darfur": (
        "Dozens of villagers were killed in North Darfur last week, residents said. "
        "Across Sudan thousands have been displaced.\n"
    ),
    "gaza": "قالت وزارة الصحة إن 471 شخصا قتلوا في المستشفى الأهلي في غزة.\n",
}
ABOUT: dict[str, dict[str, Any]] = {
    "mariupol-1": {
        "title": "Three dead, one of them a girl, in Mariupol hospital strike",
        "source": "Notional News Agency", "published_at": "2022-03-10T08:45:00+02:00",
    },
    "mariupol-2": {
        "title": "<script>alert(1)</script> \" onmouseover=x Eighteen wounded",
        "source": "The <b>Specimen</b> Courier", "published_at": "2022-03-10T12:00:00Z",
        "url": "javascript:alert(1)",
    },
    "kunduz-1": {
        "title": "Nine hospital staff killed in Kunduz", "source": "The Specimen Courier",
        "published_at": "2015-10-03T07:45:00Z", "url": "https://specimen-courier.example/kunduz",
    },
    "kunduz-2": {
        "title": "Nineteen killed in Kunduz trauma centre", "source": "The Template Tribune",
        "published_at": "2015-10-03T19:10:00Z",
    },
    "kunduz-3": {
        "title": "Correction: Kunduz trauma centre", "source": "The Template Tribune",
        "published_at": "2015-10-04T14:00:00Z",
    },
    "kunduz-4": {
        "title": "MSF counts 42 dead in Kunduz", "source": "Galley Proof Radio",
        "published_at": "2015-12-12T10:00:00Z",
    },
    "darfur": {"title": "=HYPERLINK(\"x\") villages attacked", "source": "Sample Relief Watch"},
    "gaza": {
        "title": "وزارة الصحة: 471 قتيلا", "source": "Notional News Agency", "language": "ar",
        "published_at": "2023-10-18T18:00:00+03:00",
    },
}


def text_hash(text: str) -> str:
    return sha256_of(text.encode("utf-8"))


TEXT_OF = {text_hash(text): text for text in TEXTS.values()}


def sample_texts(sha: str) -> str:
    return TEXT_OF[sha]


def document(name: str) -> Document:
    content = sha256_of(f"bytes of {name}".encode())
    return Document(
        id=document_id(content), name=name, sha256=content, media_type="text/markdown",
        text_sha256=text_hash(TEXTS[name]), reader="markdown@1", origin_group=f"org_{name}",
        published_from="front_matter" if "published_at" in ABOUT[name] else None,
        example=name != "gaza",
        captures=(
            Capture(captured_at="2026-01-02T03:04:05Z", path=f"reports/{name}.md", method="file",
                    tool="harmledger@0"),
        ),
        **{"language": "en", **ABOUT[name]},
    )


DOCUMENTS = {name: document(name) for name in TEXTS}


def span(name: str, quote: str) -> Span:
    text = TEXTS[name]
    start = text.index(quote)
    line_start = max(text.rfind("\n", 0, start) + 1, text.rfind(". ", 0, start) + 2, 0)
    ends = [e for e in (text.find(". ", start), text.find("\r", start), text.find("\n", start))
            if e >= start + len(quote)]
    end = min(ends, default=len(text))
    return cut_span(text, start, start + len(quote), (min(line_start, start), end))


def claim(name: str, quote: str, harm: Any, low: int | None, high: int | None, **more: Any) -> Claim:
    where = span(name, quote)
    figure = Quantity(
        as_written=more.pop("number", None), low=low, high=high,
        bound=more.pop("bound", "exact"), unit=more.pop("unit", "persons"),
        scope=more.pop("scope", "incident"), extent=more.pop("extent", "whole"),
    )
    doc, voice, stance = DOCUMENTS[name], more.pop("voice", ()), more.pop("stance", "asserts")
    return Claim(
        id=claim_id(doc.id, doc.text_sha256, where, harm, stance, voice, figure),
        document=doc.id, document_name=name, text_sha256=doc.text_sha256, span=where, harm=harm,
        stance=stance, quantity=figure, voice=voice, extractor="rules@1",
        victims=more.pop("victims", Victims()),
        said_at=Moment(at=more.pop("said", doc.published_at), origin="published"),
        trace=(Trace(field="harm", start=where.start, end=where.end, rule="harm.verb"),),
        **more,
    )


MARCH_9 = When(
    as_written="Wednesday", edtf="2022-03-09", earliest="2022-03-09", latest="2022-03-09",
    precision=1, anchor="published:2022-03-10", rule="weekday",
)
OCTOBER_3 = When(
    as_written="Saturday", edtf="2015-10-03", earliest="2015-10-03", latest="2015-10-03",
    precision=1, rule="weekday",
)
LAST_WEEK = When(as_written="last week", rule="relative")
HOSPITAL = Site(kind="hospital", name="maternity hospital", condition="hit")
BOMB = Means(launch="air", weapon="air_dropped_bomb", as_written="bombed")
HERE: dict[str, Any] = {"place": MARIUPOL, "occurred": MARCH_9, "site": HOSPITAL, "means": BOMB}
THERE: dict[str, Any] = {
    "place": KUNDUZ, "occurred": OCTOBER_3, "voice": (MSF,),
    "site": Site(kind="hospital", name="trauma centre"),
}
CHILD = Victims(as_written="a girl", status="civilian", age="child", sex="female")

KILLED_3 = claim(
    "mariupol-1", "Three people, one of them a girl, were killed", "killed", 3, 3, number="Three",
    voice=(COUNCIL,), **HERE,
    alleged_perpetrator=AllegedPerpetrator(
        name="Russia", as_written="Russian aircraft", alleged_by="Ukrainian officials"
    ),
)
GIRL = claim(
    "mariupol-1", "one of them a girl, were killed when", "killed", 1, 1, number="one",
    voice=(COUNCIL,), victims=CHILD, part_of=KILLED_3.id, **HERE,
)
WOUNDED_17 = claim(
    "mariupol-1", "17 people had been wounded, among them children", "injured", 17, 17,
    number="17", voice=(COUNCIL,), **HERE,
)
SIEGE = claim(
    "mariupol-1", "At least 1,207 people have died", "killed", 1207, None, number="1,207",
    bound="at_least", scope="running_total", voice=(COUNCIL,), place=MARIUPOL,
)
WOUNDED_18 = claim(
    "mariupol-2", "Eighteen people were wounded", "injured", 18, 18, number="Eighteen", **HERE
)
DAMAGED = claim(
    "mariupol-2", "two hospitals were damaged", "object_struck", 2, 2, number="two",
    unit="facilities", place=ZHYTOMYR, voice=(Voice(name="the mayor", side="civil_authority"),),
)
NOBODY = claim(
    "mariupol-2", "nobody died", "killed", 0, 0, place=ZHYTOMYR,
    voice=(Voice(name="the mayor", side="civil_authority", unsure=True),),
)
STAGED = claim(
    "mariupol-1", "the attack was staged", "killed", None, None, bound="none", stance="denies",
    about=KILLED_3.id, voice=(Voice(name="Russia’s defence ministry", side="belligerent:Russia"),),
    place=MARIUPOL, modality="stated",
)
NINE = claim(
    "kunduz-1", "Nine staff members of Médecins Sans Frontières were killed", "killed", 9, 9,
    number="Nine", extent="some", **THERE,
)
WOUNDED_37 = claim(
    "kunduz-1", "Thirty-seven people were wounded", "injured", 37, 37, number="Thirty-seven", **THERE
)
NINETEEN = claim("kunduz-2", "Nineteen people were killed", "killed", 19, 19, number="Nineteen", **THERE)
TWENTY_TWO = claim("kunduz-3", "22 people were killed", "killed", 22, 22, number="22", **THERE)
FORTY_TWO = claim("kunduz-4", "42 dead", "killed", 42, 42, number="42", **THERE)
DOZENS = claim(
    "darfur", "Dozens of villagers were killed", "killed", 24, None, number="Dozens", bound="word",
    place=DARFUR, occurred=LAST_WEEK, voice=(Voice(name="residents", side="resident"),),
    modality="alleged",
)
THOUSANDS = claim(
    "darfur", "thousands have been displaced", "displaced", 2000, None, number="thousands",
    bound="word", place=SUDAN, score=0.4,
)
AHLI = claim("gaza", "471 شخصا قتلوا", "killed", 471, 471, number="471", voice=(MINISTRY,), place=GAZA)
CLAIMS = (
    KILLED_3, GIRL, WOUNDED_17, SIEGE, STAGED, WOUNDED_18, DAMAGED, NOBODY, NINE, WOUNDED_37,
    NINETEEN, TWENTY_TWO, FORTY_TWO, DOZENS, THOUSANDS, AHLI,
)
COVERS = Covers(harms=("killed", "injured"), statuses=("civilian", "undetermined"))


def reading(harm: Any, low: int | None, high: int | None, claims: list[Claim], **more: Any) -> Reading:
    ids = tuple(c.id for c in claims)
    return Reading(
        **{
            "harm": harm, "unit": "persons", "victims": "assume_civilian", "low": low,
            "high": high, "policy": "literal@1", "covers": COVERS, "claims_low": ids,
            "claims_high": ids, "origins": 1, **more,
        }
    )


def link(c: Claim, *why: str) -> Link:
    return Link(claim=c.id, judgement="same", by="linker@1", score=0.83, why=why)


def incident(code: str, title: str, claims: list[Claim], **more: Any) -> Incident:
    return Incident(
        **{
            "id": derived_id("inc", code), "code": code, "title": title,
            "place": claims[0].place, "occurred": claims[0].occurred, "site": claims[0].site,
            "means": claims[0].means, "claims": tuple(c.id for c in claims),
            "documents": tuple(dict.fromkeys(c.document for c in claims)),
            "links": tuple(link(c, "same town", "times overlap") for c in claims), **more,
        }
    )


def response(name: str, quote: str, kind: Any, voice: Voice, **more: Any) -> Response:
    doc = DOCUMENTS[name]
    return Response(
        id=derived_id("rsp", name, quote), document=doc.id, document_name=name, kind=kind,
        voice=(voice,), span=span(name, quote),
        said_at=Moment(at=doc.published_at, origin="published"), **more,
    )


STAGED_RESPONSE = response(
    "mariupol-1", "said the attack was staged", "denial",
    Voice(name="Russia’s defence ministry", side="belligerent:Russia"),
)
MISTAKE = response(
    "kunduz-3", "called the strike a mistake", "concession",
    Voice(name="General Campbell", side="belligerent:United States"), accused="United States",
)
COUNCIL_ORIGIN = Origin(key="voice:council", label="Mariupol city council", kind="voice")
MSF_ORIGIN = Origin(key="voice:msf", label="Médecins Sans Frontières", kind="voice")
PAPER_ORIGIN = Origin(key="unattributed", label="no named speaker", kind="unattributed")

MARIUPOL_INCIDENT = incident(
    "UKR-2022-03-09-mariupol", "Hospital in Mariupol, 9 March 2022",
    [KILLED_3, GIRL, WOUNDED_17, WOUNDED_18, STAGED],
    origins=(COUNCIL_ORIGIN, PAPER_ORIGIN),
    readings=(
        reading("killed", 3, 3, [KILLED_3], floors=(GIRL.id,),
                set_aside=(SetAside(claim=STAGED.id, why="a denial changes no count (R7)"),)),
        reading("killed", 1, 1, [GIRL], victims="strict"),
        reading("injured", 17, 18, [WOUNDED_17], claims_high=(WOUNDED_18.id,), origins=2),
        reading("killed", 3, 3, [KILLED_3], policy="ucdp@ged-23.1", best=3),
    ),
    responses=(STAGED_RESPONSE,),
    conflicts=(
        Conflict(kind="range", harm="injured", claims=(WOUNDED_17.id, WOUNDED_18.id),
                 note="17 and 18 injured"),
    ),
    grade="fair", grade_why="two independent origins in different documents",
    denied_by=("Russia’s defence ministry",),
)
KUNDUZ_INCIDENT = incident(
    "AFG-2015-10-03-kunduz", "Trauma centre in Kunduz, 3 October 2015",
    [NINE, WOUNDED_37, NINETEEN, TWENTY_TWO, FORTY_TWO],
    origins=(MSF_ORIGIN,),
    readings=(
        reading(
            "killed", 42, 42, [FORTY_TWO], floors=(NINE.id,), possibly_more=(WOUNDED_37.id,),
            set_aside=(
                SetAside(claim=NINETEEN.id, why="superseded by a later statement (R5)"),
                SetAside(claim=TWENTY_TWO.id, why="superseded by a later statement (R5)"),
            ),
        ),
        reading("injured", 37, 37, [WOUNDED_37]),
    ),
    responses=(MISTAKE,), grade="confirmed", grade_why="General Campbell accepted the strike",
    conceded_by=("General Campbell",), status="reviewed",
)
ZHYTOMYR_INCIDENT = incident(
    "UKR-2022-03-10-zhytomyr", "Hospitals in Zhytomyr", [DAMAGED, NOBODY],
    readings=(
        reading("killed", 0, 0, [NOBODY]),
        reading("object_struck", 2, 2, [DAMAGED], unit="facilities", victims="all"),
    ),
)
DARFUR_INCIDENT = incident(
    "SDN-undated-darfur", "Villages in North Darfur", [DOZENS],
    readings=(reading("killed", 24, None, [DOZENS], on_words=True, claims_high=()),),
)
SUDAN_INCIDENT = incident(
    "SDN-undated", "Sudan", [THOUSANDS],
    readings=(reading("displaced", 2000, None, [THOUSANDS], on_words=True),),
)
GAZA_INCIDENT = incident(
    "PSE-2023-10-17-gaza", "المستشفى الأهلي", [AHLI],
    readings=(reading("killed", 471, 471, [AHLI]),), grade="contested",
    conflicts=(Conflict(kind="responsibility", harm="killed", claims=(AHLI.id,), note="two parties"),),
)
INCIDENTS = (
    MARIUPOL_INCIDENT, KUNDUZ_INCIDENT, ZHYTOMYR_INCIDENT, DARFUR_INCIDENT, SUDAN_INCIDENT,
    GAZA_INCIDENT,
)
TOTAL = Total(
    id="tot_siege", harm="killed", unit="persons", victims="assume_civilian",
    scope="running_total", speaker="Mariupol city council", place=MARIUPOL,
    period=When(as_written="nine days of siege", edtf="2022-03-02/2022-03-10",
                earliest="2022-03-02", latest="2022-03-10", precision=3),
    series=(TotalPoint(claim=SIEGE.id, said_at="2022-03-10T08:45:00+02:00", low=1207, high=None),),
    incidents=(MARIUPOL_INCIDENT.id,), incident_low=3, incident_high=3, remainder_low=1204,
    remainder_high=None,
)


def unresolved(name: str, quote: str | None, reason: Any, note: str) -> Unresolved:
    return Unresolved(
        id=derived_id("unr", name, reason, note), document=DOCUMENTS[name].id, document_name=name,
        span=span(name, quote) if quote else None, reason=reason, note=note,
    )


def number(name: str, token: str, state: Any, **more: Any) -> NumberState:
    start = TEXTS[name].index(token)
    return NumberState(start=start, end=start + len(token), as_written=token, state=state, **more)


def sample_view() -> LedgerView:
    """Eight documents, sixteen claims, six incidents."""
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
                id="dec_1", at="2026-01-03T10:00:00Z", by="person:A. Recorder", action="accept",
                about=(FORTY_TWO.id,), reason="Checked against MSF’s own statement <b>",
                prev="0" * 64,
            ),
            Decision(
                id="dec_2", at="2026-01-03T10:05:00Z", by="person:A. Recorder", action="set_aside",
                about=(THOUSANDS.id,), reason="too vague", prev="1" * 64,
            ),
        ),
        standings={FORTY_TWO.id: "accepted", THOUSANDS.id: "set_aside"},
        origins={
            KILLED_3.id: COUNCIL_ORIGIN, WOUNDED_17.id: COUNCIL_ORIGIN, WOUNDED_18.id: PAPER_ORIGIN,
            FORTY_TWO.id: MSF_ORIGIN,
        },
        policies=("literal@1", "ucdp@ged-23.1"),
        head="f" * 64,
    )
