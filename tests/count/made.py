"""Hand-made claims, documents and responses for tests of linking and counting."""

from __future__ import annotations

from typing import Any

from harmledger.core.claim import AllegedPerpetrator, Claim, Means, Site, Victims, Voice, claim_id
from harmledger.core.document import Document
from harmledger.core.ids import document_id, sha256_of
from harmledger.core.place import Place
from harmledger.core.quantity import Quantity
from harmledger.core.response import Response
from harmledger.core.span import Span
from harmledger.core.when import Moment, When

ALIKE: Any = object()

MARIUPOL = Place(
    as_written="Mariupol",
    name="Mariupol",
    gazetteer_id="geonames:701822",
    country="UKR",
    admin1="Donetsk",
    lat=47.09514,
    lon=37.54131,
    precision=1,
    kind="town",
)
ZHYTOMYR = Place(
    as_written="Zhytomyr",
    name="Zhytomyr",
    gazetteer_id="geonames:686967",
    country="UKR",
    admin1="Zhytomyr",
    lat=50.2649,
    lon=28.6767,
    precision=1,
    kind="town",
)
KUNDUZ = Place(
    as_written="Kunduz",
    name="Kunduz",
    gazetteer_id="geonames:1135689",
    country="AFG",
    admin1="Kunduz",
    lat=36.729,
    lon=68.857,
    precision=1,
    kind="town",
)
GAZA_CITY = Place(
    as_written="Gaza City",
    name="Gaza City",
    gazetteer_id="geonames:281133",
    country="PSE",
    admin1="Gaza Strip",
    lat=31.5,
    lon=34.466,
    precision=1,
    kind="town",
)
UKRAINE = Place(as_written="Ukraine", name="Ukraine", country="UKR", precision=6, kind="country")
HOSPITAL = Site(kind="hospital", as_written="hospital")


def on(earliest: str, latest: str | None = None) -> When:
    """A day, or days from first to last."""
    latest = latest or earliest
    return When(as_written=earliest, earliest=earliest, latest=latest, precision=1)


def make_document(name: str, published: str | None = None, **fields: Any) -> Document:
    """A document called ``name``; its text is not needed."""
    digest = sha256_of(name.encode())
    fields = {"source": f"{name} outlet", "language": "en"} | fields
    return Document(
        id=document_id(digest),
        name=name,
        published_at=published,
        sha256=digest,
        media_type="text/plain",
        text_sha256=sha256_of(f"text of {name}".encode()),
        reader="plain@1",
        **fields,
    )


def make_voice(who: str | None) -> tuple[Voice, ...]:
    """The voice of a body; none for the outlet itself."""
    return (Voice(organisation=who, as_written=who),) if who else ()


def make_claim(
    harm: str = "killed",
    low: int | None = None,
    high: int | None = ALIKE,
    *,
    document: Document | None = None,
    said: str | None = None,
    who: str | None = None,
    start: int = 100,
    sentence: str = "",
    **fields: Any,
) -> Claim:
    """A claim of ``low`` to ``high`` (``high`` left out: the same) that ``who`` made at ``said``.

    ``extent``, ``bound``, ``unit``, ``scope``, ``as_written`` and ``basis`` go to the quantity,
    ``status``, ``age``, ``roles`` to the victims, ``by`` to the alleged perpetrator, the rest to
    the claim.
    """
    document = document or make_document("a report")
    high = low if high is ALIKE else high
    quantity = Quantity(
        low=low,
        high=high,
        as_written=fields.pop("as_written", str(low)),
        bound=fields.pop("bound", "exact" if low == high and low is not None else "at_least"),
        unit=fields.pop("unit", "persons"),
        scope=fields.pop("scope", "incident"),
        extent=fields.pop("extent", "whole"),
        basis=fields.pop("basis", "stated"),
    )
    victims = Victims(**{k: fields.pop(k) for k in ("status", "age", "roles") if k in fields})
    by = fields.pop("by", None)
    voice = fields.pop("voice", None) or make_voice(who)
    span = Span(
        start=start, end=start + 10, quote="x" * 10, sentence=sentence or f"Sentence {start}."
    )
    at = said if said is not None else document.published_at
    made = Claim(
        id="",
        document=document.id,
        document_name=document.name,
        text_sha256=document.text_sha256,
        span=span,
        harm=harm,  # type: ignore[arg-type]
        quantity=quantity,
        victims=victims,
        voice=voice,
        said_at=fields.pop("said_at", Moment(at=at, origin="stated" if said else "published")),
        extractor="made@1",
        alleged_perpetrator=by
        and AllegedPerpetrator(name=by, as_written=by, alleged_by=who or "the outlet"),
        **fields,
    )
    return _with_id(made)


def _with_id(claim: Claim) -> Claim:
    import msgspec

    i = claim_id(
        claim.document,
        claim.text_sha256,
        claim.span,
        claim.harm,
        claim.stance,
        claim.voice,
        claim.quantity,
    )
    return msgspec.structs.replace(claim, id=i)


def make_response(
    kind: str, who: str, *, document: Document, said: str | None = None, **fields: Any
) -> Response:
    """A party's answer, with its span where ``start`` says."""
    start = fields.pop("start", 500)
    quote = fields.pop("quote", "called it a mistake")
    side = fields.pop("side", "unknown")
    return Response(
        id=f"rsp_{document.id}_{kind}_{start}",
        document=document.id,
        document_name=document.name,
        kind=kind,  # type: ignore[arg-type]
        voice=(Voice(organisation=who, as_written=who, side=side),),
        span=Span(start=start, end=start + len(quote), quote=quote, sentence=quote),
        said_at=Moment(at=said or document.published_at),
        **fields,
    )


def struck(**fields: Any) -> Means:
    """Struck from the air."""
    return Means(**({"launch": "air", "weapon": "air_dropped_bomb"} | fields))
