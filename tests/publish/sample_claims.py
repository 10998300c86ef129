"""The claims of the hand-made view, each cut from its text."""

from __future__ import annotations

from typing import Any

from sample_texts import (
    COUNCIL,
    DARFUR,
    DOCUMENTS,
    GAZA,
    MINISTRY,
    MSF,
    SUDAN,
    TEXTS,
)

from count.made import KUNDUZ, MARIUPOL, ZHYTOMYR
from harmledger.core.claim import (
    AllegedPerpetrator,
    Claim,
    Means,
    Site,
    Victims,
    Voice,
    claim_id,
)
from harmledger.core.quantity import Quantity
from harmledger.core.span import Span, Trace, cut_span
from harmledger.core.when import Moment, When


def span(name: str, quote: str) -> Span:
    text = TEXTS[name]
    start = text.index(quote)
    line_start = max(text.rfind("\n", 0, start) + 1, text.rfind(". ", 0, start) + 2, 0)
    ends = [
        e
        for e in (text.find(". ", start), text.find("\r", start), text.find("\n", start))
        if e >= start + len(quote)
    ]
    end = min(ends, default=len(text))
    return cut_span(text, start, start + len(quote), (min(line_start, start), end))


def claim(
    name: str, quote: str, harm: Any, low: int | None, high: int | None, **more: Any
) -> Claim:
    where = span(name, quote)
    figure = Quantity(
        as_written=more.pop("number", None),
        low=low,
        high=high,
        bound=more.pop("bound", "exact"),
        unit=more.pop("unit", "persons"),
        scope=more.pop("scope", "incident"),
        extent=more.pop("extent", "whole"),
    )
    doc, voice, stance = DOCUMENTS[name], more.pop("voice", ()), more.pop("stance", "asserts")
    return Claim(
        id=claim_id(doc.id, doc.text_sha256, where, harm, stance, voice, figure),
        document=doc.id,
        document_name=name,
        text_sha256=doc.text_sha256,
        span=where,
        harm=harm,
        stance=stance,
        quantity=figure,
        voice=voice,
        extractor="rules@1",
        victims=more.pop("victims", Victims()),
        said_at=Moment(at=more.pop("said", doc.published_at), origin="published"),
        trace=(Trace(field="harm", start=where.start, end=where.end, rule="harm.verb"),),
        **more,
    )


MARCH_9 = When(
    as_written="Wednesday",
    edtf="2022-03-09",
    earliest="2022-03-09",
    latest="2022-03-09",
    precision=1,
    anchor="published:2022-03-10",
    rule="weekday",
)
OCTOBER_3 = When(
    as_written="Saturday",
    edtf="2015-10-03",
    earliest="2015-10-03",
    latest="2015-10-03",
    precision=1,
    rule="weekday",
)
LAST_WEEK = When(as_written="last week", rule="relative")
HOSPITAL = Site(kind="hospital", name="maternity hospital", condition="hit")
BOMB = Means(launch="air", weapon="air_dropped_bomb", as_written="bombed")
HERE: dict[str, Any] = {"place": MARIUPOL, "occurred": MARCH_9, "site": HOSPITAL, "means": BOMB}
THERE: dict[str, Any] = {
    "place": KUNDUZ,
    "occurred": OCTOBER_3,
    "voice": (MSF,),
    "site": Site(kind="hospital", name="trauma centre"),
}
CHILD = Victims(as_written="a girl", status="civilian", age="child", sex="female")

KILLED_3 = claim(
    "mariupol-1",
    "Three people, one of them a girl, were killed",
    "killed",
    3,
    3,
    number="Three",
    voice=(COUNCIL,),
    **HERE,
    alleged_perpetrator=AllegedPerpetrator(
        name="Russia", as_written="Russian aircraft", alleged_by="Ukrainian officials"
    ),
)
GIRL = claim(
    "mariupol-1",
    "one of them a girl, were killed when",
    "killed",
    1,
    1,
    number="one",
    voice=(COUNCIL,),
    victims=CHILD,
    part_of=KILLED_3.id,
    **HERE,
)
WOUNDED_17 = claim(
    "mariupol-1",
    "17 people had been wounded, among them children",
    "injured",
    17,
    17,
    number="17",
    voice=(COUNCIL,),
    **HERE,
)
SIEGE = claim(
    "mariupol-1",
    "At least 1,207 people have died",
    "killed",
    1207,
    None,
    number="1,207",
    bound="at_least",
    scope="running_total",
    voice=(COUNCIL,),
    place=MARIUPOL,
)
WOUNDED_18 = claim(
    "mariupol-2", "Eighteen people were wounded", "injured", 18, 18, number="Eighteen", **HERE
)
DAMAGED = claim(
    "mariupol-2",
    "two hospitals were damaged",
    "object_struck",
    2,
    2,
    number="two",
    unit="facilities",
    place=ZHYTOMYR,
    voice=(Voice(name="the mayor", side="civil_authority"),),
)
NOBODY = claim(
    "mariupol-2",
    "nobody died",
    "killed",
    0,
    0,
    place=ZHYTOMYR,
    voice=(Voice(name="the mayor", side="civil_authority", unsure=True),),
)
STAGED = claim(
    "mariupol-1",
    "the attack was staged",
    "killed",
    None,
    None,
    bound="none",
    stance="denies",
    about=KILLED_3.id,
    voice=(Voice(name="Russia’s defence ministry", side="belligerent:Russia"),),
    place=MARIUPOL,
    modality="stated",
)
NINE = claim(
    "kunduz-1",
    "Nine staff members of Médecins Sans Frontières were killed",
    "killed",
    9,
    9,
    number="Nine",
    extent="some",
    **THERE,
)
WOUNDED_37 = claim(
    "kunduz-1",
    "Thirty-seven people were wounded",
    "injured",
    37,
    37,
    number="Thirty-seven",
    **THERE,
)
NINETEEN = claim(
    "kunduz-2", "Nineteen people were killed", "killed", 19, 19, number="Nineteen", **THERE
)
TWENTY_TWO = claim("kunduz-3", "22 people were killed", "killed", 22, 22, number="22", **THERE)
FORTY_TWO = claim("kunduz-4", "42 dead", "killed", 42, 42, number="42", **THERE)
FORTY_TWO_AGAIN = claim("kunduz-4", "toll of 42", "killed", 42, 42, number="42", **THERE)
DOZENS = claim(
    "darfur",
    "Dozens of villagers were killed",
    "killed",
    24,
    None,
    number="Dozens",
    bound="word",
    place=DARFUR,
    occurred=LAST_WEEK,
    voice=(Voice(name="residents", side="resident"),),
    modality="alleged",
)
THOUSANDS = claim(
    "darfur",
    "thousands have been displaced",
    "displaced",
    2000,
    None,
    number="thousands",
    bound="word",
    place=SUDAN,
    score=0.4,
)
AHLI = claim(
    "gaza", "471 شخصا قتلوا", "killed", 471, 471, number="471", voice=(MINISTRY,), place=GAZA
)
CLAIMS = (
    KILLED_3,
    GIRL,
    WOUNDED_17,
    SIEGE,
    STAGED,
    WOUNDED_18,
    DAMAGED,
    NOBODY,
    NINE,
    WOUNDED_37,
    NINETEEN,
    TWENTY_TWO,
    FORTY_TWO,
    FORTY_TWO_AGAIN,
    DOZENS,
    THOUSANDS,
    AHLI,
)
