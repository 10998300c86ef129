"""From what was chosen and counted to the values an edition is made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from harmledger import __version__
from harmledger.core.base import Value
from harmledger.core.claim import Claim, Voice
from harmledger.core.document import Document
from harmledger.core.edition import (
    Edition,
    ShownClaim,
    ShownIncident,
    ShownPoint,
    ShownReading,
    ShownResponse,
    ShownSource,
    ShownTotal,
    ShownVictims,
    ShownVoice,
    ShownWhen,
)
from harmledger.core.incident import Incident, Origin, Reading, Sum, Total
from harmledger.core.response import Response
from harmledger.core.view import LedgerView
from harmledger.core.when import When
from harmledger.lexicon.gazetteer import Gazetteer
from harmledger.lexicon.profiles import Profile
from harmledger.publish.edition.choose import Chosen, Holdings
from harmledger.publish.edition.keyed import Keyed
from harmledger.publish.edition.places import coarsen_place, find_finest
from harmledger.publish.edition.titles import title_of
from harmledger.publish.edition.voices import Names, find_host


class Counted(Value, frozen=True, kw_only=True):
    """What the corridor counted from the chosen claims alone."""

    incidents: tuple[Incident, ...]
    totals: tuple[Total, ...]
    sums: tuple[Sum, ...]
    origins: dict[str, Origin]
    """By claim id."""


def shape_edition(
    view: LedgerView,
    chosen: Chosen,
    counted: Counted,
    profile: Profile,
    holdings: Holdings,
    *,
    keyed: Keyed,
    gazetteer: Gazetteer,
    made_at: datetime,
) -> Edition:
    """The edition. Incidents stand by date, newest first, then by their reference: nothing in
    the order comes from what is held back."""
    shaper = _Shaper(view, chosen, counted, profile, holdings, keyed, gazetteer, made_at)
    incidents = sorted(
        (shaper.incident(incident) for incident in counted.incidents),
        key=lambda i: (i.occurred.latest or "" if i.occurred else "", i.ref),
        reverse=True,
    )
    shown = {incident.ref for incident in incidents}
    totals = "totals" in profile.shows
    return Edition(
        profile=profile.name,
        profile_title=profile.title,
        profile_says=profile.says,
        software=f"harmledger@{__version__}",
        made_at=made_at.isoformat(),
        as_of=view.as_of,
        head=view.head,
        policies=view.policies,
        incidents=tuple(incidents),
        sums=counted.sums,
        totals=tuple(shaper.total(t, shown) for t in counted.totals) if totals else (),
        sources=shaper.sources(incidents),
        withheld=len(chosen.withheld),
        retracted=tuple(sorted(keyed.ref("inc", id_) for id_ in chosen.retracted)),
    )


class _Shaper:
    def __init__(
        self,
        view: LedgerView,
        chosen: Chosen,
        counted: Counted,
        profile: Profile,
        holdings: Holdings,
        keyed: Keyed,
        gazetteer: Gazetteer,
        made_at: datetime,
    ) -> None:
        self._profile, self._holdings, self._keyed = profile, holdings, keyed
        self._gazetteer, self._made_at = gazetteer, made_at
        self._names = Names(gazetteer)
        self._claims = {claim.id: claim for claim in chosen.claims}
        self._documents = {document.id: document for document in view.documents}
        self._origins = counted.origins

    def incident(self, incident: Incident) -> ShownIncident:
        """One incident; every field the profile does not show is null or empty."""
        told = [self._claims[id_] for id_ in incident.claims]
        finest, held = find_finest(incident, told, self._documents, self._profile, self._made_at)
        place = coarsen_place(incident.place, finest, self._gazetteer)
        occurred = show_when(incident.occurred)
        shows = self._profile.shows
        site = incident.site if "site" in shows else None
        means = incident.means if "means" in shows else None
        claims = sorted(told, key=lambda c: (c.said_at.at or "", c.id)) if "claims" in shows else []
        answers = incident.responses if "responses" in shows else ()
        sources = {claim.document for claim in claims} if "sources" in shows else set()
        return ShownIncident(
            ref=self._keyed.ref("inc", incident.id),
            title=title_of(place, site.kind if site else None, occurred),
            place=place,
            occurred=occurred,
            site=site.kind if site else None,
            condition=site.condition if site else None,
            launch=means.launch if means else None,
            weapon=means.weapon if means else None,
            grade=incident.grade,
            status="released" if incident.id in self._holdings.released else incident.status,
            held=held,
            readings=tuple(self._reading(r) for r in incident.readings),
            conflicts=tuple(sorted({conflict.kind for conflict in incident.conflicts})),
            responses=tuple(self._response(answer) for answer in answers),
            claims=tuple(self._claim(claim, incident) for claim in claims),
            origins=incident.independent_origins,
            sources=tuple(sorted(self._keyed.ref("doc", document) for document in sources)),
        )

    def _claim(self, claim: Claim, incident: Incident) -> ShownClaim:
        quantity, released = claim.quantity, claim.id in self._holdings.speakers
        origin = self._origins.get(claim.id)
        quote = claim.span.quote if claim.id in self._holdings.passages else None
        return ShownClaim(
            ref=self._keyed.ref("clm", claim.id),
            document=self._keyed.ref("doc", claim.document),
            start=claim.span.start,
            end=claim.span.end,
            quote_hash=self._keyed.digest("quote", claim.span.quote),
            quote=quote,
            harm=claim.harm,
            cause=claim.cause,
            stance=claim.stance,
            about=self._ref_of(claim.about),
            modality=claim.modality,
            low=quantity.low,
            high=quantity.high,
            bound=quantity.bound,
            unit=quantity.unit,
            scope=quantity.scope,
            extent=quantity.extent,
            part_of=self._ref_of(claim.part_of),
            victims=self._victims(claim, incident),
            voice=self._voices(claim.voice, released=released),
            accused=self._names.find_accused(claim.alleged_perpetrator, self._profile),
            said_at=show_day(claim.said_at.at),
            origin=self._keyed.ref("org", origin.key) if origin else None,
        )

    def _ref_of(self, claim: str | None) -> str | None:
        return self._keyed.ref("clm", claim) if claim in self._claims and claim else None

    def _victims(self, claim: Claim, incident: Incident) -> ShownVictims:
        """Age, sex and role only where the incident's own figure is large enough."""
        own = max(
            (r.low or 0 for r in incident.readings if r.harm == claim.harm and r.unit == "persons"),
            default=0,
        )
        if own < self._profile.details_from:
            return ShownVictims(status=claim.victims.status)
        said = claim.victims
        return ShownVictims(status=said.status, age=said.age, sex=said.sex, roles=said.roles)

    def _voices(self, voices: Iterable[Voice], *, released: bool = False) -> tuple[ShownVoice, ...]:
        if "voices" not in self._profile.shows:
            return ()
        return tuple(
            self._names.show_voice(voice, self._profile, released=released) for voice in voices
        )

    def _reading(self, reading: Reading) -> ShownReading:
        def refs(claims: Iterable[str]) -> tuple[str, ...]:
            if "claims" not in self._profile.shows:
                return ()
            return tuple(self._keyed.ref("clm", claim) for claim in claims)

        return ShownReading(
            harm=reading.harm,
            unit=reading.unit,
            victims=reading.victims,
            policy=reading.policy,
            low=reading.low,
            best=reading.best,
            high=reading.high,
            claims_low=refs(reading.claims_low),
            claims_high=refs(reading.claims_high),
            floors=refs(reading.floors),
            possibly_more=refs(reading.possibly_more),
            set_aside=len(reading.set_aside),
            origins=reading.origins,
            on_words=reading.on_words,
        )

    def _response(self, answer: Response) -> ShownResponse:
        return ShownResponse(
            ref=self._keyed.ref("rsp", answer.id),
            kind=answer.kind,
            voice=self._voices(answer.voice),
            said_at=show_day(answer.said_at.at),
            document=self._keyed.ref("doc", answer.document),
            start=answer.span.start,
            end=answer.span.end,
        )

    def total(self, total: Total, shown: set[str]) -> ShownTotal:
        """A total is said of a whole province or country, or by a body: no finer place appears."""
        first = self._claims[total.series[0].claim]
        voices = self._voices(first.voice[:1])
        inside = tuple(self._keyed.ref("inc", id_) for id_ in total.incidents)
        finest = max(self._profile.finest, 4)
        return ShownTotal(
            harm=total.harm,
            unit=total.unit,
            scope=total.scope,
            speaker=voices[0] if voices else ShownVoice(side="media"),
            place=coarsen_place(total.place, finest, self._gazetteer),
            period=show_when(total.period),
            series=tuple(
                ShownPoint(
                    claim=self._keyed.ref("clm", point.claim),
                    said_at=show_day(point.said_at),
                    low=point.low,
                    high=point.high,
                )
                for point in total.series
            ),
            incidents=tuple(sorted(ref for ref in inside if ref in shown)),
            incident_low=total.incident_low,
            incident_high=total.incident_high,
            remainder_low=total.remainder_low,
            remainder_high=total.remainder_high,
        )

    def sources(self, incidents: Iterable[ShownIncident]) -> tuple[ShownSource, ...]:
        """The documents behind the incidents shown, and no other."""
        wanted = {ref for incident in incidents for ref in incident.sources}
        found = [self._source(document) for document in self._documents.values()]
        return tuple(sorted((s for s in found if s.ref in wanted), key=lambda s: s.ref))

    def _source(self, document: Document) -> ShownSource:
        released = document.id in self._holdings.sources
        captured = [capture.captured_at for capture in document.captures]
        return ShownSource(
            ref=self._keyed.ref("doc", document.id),
            host=find_host(document.url, released=released),
            address_hash=self._keyed.digest("url", document.url) if document.url else None,
            content_hash=self._keyed.digest("bytes", document.sha256),
            published_on=show_day(document.published_at),
            captured_on=show_day(min(captured, default=None)),
            language=show_language(document.language),
            copies_of=self._keyed.ref("rep", document.origin_group or document.id),
        )


def show_when(when: When | None) -> ShownWhen | None:
    """Days only; the words and what they were counted from stay here."""
    if when is None or when.earliest is None:
        return None
    return ShownWhen(
        edtf=when.edtf, earliest=when.earliest, latest=when.latest, precision=when.precision
    )


def show_day(at: str | None) -> str | None:
    """The day of an ISO date or date-time; anything else is not shown."""
    if not at:
        return None
    try:
        return datetime.fromisoformat(at).date().isoformat()
    except ValueError:
        return None


def show_language(code: str | None) -> str | None:
    """A two or three letter code; front matter may say anything."""
    return code if code and len(code) in (2, 3) and code.isascii() and code.isalpha() else None
