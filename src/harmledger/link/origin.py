"""R2 and R15: who a claim ultimately rests on. Copies add nobody; a relayed claim keeps its
speaker; a person speaks for the body they speak for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim, Voice
from harmledger.core.document import Document
from harmledger.core.incident import Origin
from harmledger.core.place import Place
from harmledger.lexicon.linking import (
    Linking,
    find_country,
    fold,
    load_linking,
    name_tokens,
)
from harmledger.link.spelling import resolve_within, unite_spellings

Tokens = frozenset[str]


class Speaker(Value, frozen=True, kw_only=True):
    """The originating voice as names in one spelling. ``tokens`` empty: the outlet itself.

    ``kind``: ``body`` (an organisation, or the body a person's office speaks for), ``person``,
    or ``nameless`` (known only by the document it stands in).
    """

    kind: Literal["body", "person", "nameless", "outlet"]
    tokens: Tokens = frozenset()
    label: str = ""
    role: Tokens = frozenset()
    relay: str = ""
    """For the nameless: the agency it spoke to, which makes it one voice across documents."""


def propose_origins(
    claims: Iterable[Claim], documents: Iterable[Document], groups: Mapping[str, str]
) -> dict[str, Origin]:
    """The origin of every claim, by claim id.

    Short names are read by the longer one of the same document ("the ministry", "Gaza's health
    ministry"), spellings of one name are united across documents. Order of arrival has no effect.

    Args:
        claims: any claims.
        documents: the documents they stand in.
        groups: document id to group id, from ``propose_origin_groups``; a document without one is
            a group of its own.
    """
    return OriginFinder().find(claims, documents, groups)


class Heard(Value, frozen=True, kw_only=True):
    """Who speaks in one document: by claim id the speaker, and the name where there is one."""

    speakers: dict[str, Speaker]
    names: dict[str, Tokens]


class OriginFinder:
    """Listens once to every document, and again to those that are not as they were."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._heard: dict[str, tuple[list[Claim], Heard]] = {}
        self._found: dict[str, tuple[tuple[object, ...], dict[str, Origin]]] = {}
        """Origins of a document's claims, and what they rest on besides the claims."""

    def find(
        self, claims: Iterable[Claim], documents: Iterable[Document], groups: Mapping[str, str]
    ) -> dict[str, Origin]:
        """See :func:`propose_origins`; equal to what a new finder would give."""
        by_id = {d.id: d for d in documents}
        pages: dict[str, list[Claim]] = {}
        for claim in claims:
            pages.setdefault(claim.document, []).append(claim)
        heard = {name: self._listen(name, page) for name, page in pages.items()}
        self._heard = {name: (page, heard[name]) for name, page in pages.items()}
        spellings = unite_spellings({n for h in heard.values() for n in h.names.values()})
        outlets = _find_outlets(by_id.values(), groups)
        origins: dict[str, Origin] = {}
        for name, page in pages.items():
            told, document = heard[name], by_id.get(name)
            spelled = {i: spellings.get(spoken, spoken) for i, spoken in told.names.items()}
            group = groups.get(name, name)
            rests_on = (page, spelled, group, outlets.get(group), document and document.source)
            known = self._found.get(name)
            if known is None or known[0] != rests_on:
                found = {
                    c.id: _origin(
                        c, told.speakers[c.id], spelled.get(c.id), groups, outlets, document
                    )
                    for c in page
                }
                known = self._found[name] = (rests_on, found)
            origins |= known[1]
        self._found = {name: self._found[name] for name in pages}
        return _with_one_label(origins)

    def _listen(self, name: str, page: list[Claim]) -> Heard:
        page.sort(key=lambda c: (c.span.start, c.id))
        before = self._heard.get(name)
        return before[1] if before is not None and before[0] == page else _listen(page)


def _listen(page: Sequence[Claim]) -> Heard:
    """Who speaks in one document, its claims given in text order."""
    seats = _find_seats(page)
    heard = {c.id: find_speaker(c, c.place or seats.get(c.document)) for c in page}
    speakers = _recognise(page, heard)
    named = {i: s.tokens for i, s in speakers.items() if s.kind in ("body", "person")}
    return Heard(speakers=speakers, names=resolve_within(named))


def _with_one_label(origins: Mapping[str, Origin]) -> dict[str, Origin]:
    """Each named voice under its longest spelling, so that one origin has one label."""
    labels: dict[str, str] = {}
    for origin in origins.values():
        known = labels.get(origin.key, "")
        labels[origin.key] = max(known, origin.label, key=lambda label: (len(label), label))
    return {
        i: msgspec.structs.replace(o, label=labels[o.key]) if labels[o.key] != o.label else o
        for i, o in origins.items()
    }


def _find_seats(told: Iterable[Claim]) -> dict[str, Place]:
    """The town, else the country, that all places of a document lie in: whose police it is."""
    places: dict[str, dict[str, Place]] = {}
    for claim in told:
        if claim.place is not None and claim.place.country:
            key = claim.place.gazetteer_id or claim.place.name or claim.place.as_written
            places.setdefault(claim.document, {})[key] = claim.place
    seats = {}
    for document, held in places.items():
        countries = {p.country for p in held.values()}
        if len(held) == 1:
            seats[document] = next(iter(held.values()))
        elif len(countries) == 1:
            seats[document] = Place(as_written="", country=countries.pop(), precision=6)
    return seats


def find_origin(claim: Claim, document: Document, group: str) -> Origin:
    """The origin of one claim by itself; ``group`` is the document's origin group.

    ``propose_origins`` also reads short names by the longer ones around them.
    """
    return propose_origins([claim], [document], {document.id: group})[claim.id]


def _recognise(told: Iterable[Claim], heard: Mapping[str, Speaker]) -> dict[str, Speaker]:
    """The nameless who are named elsewhere in their document: "the head said" where one voice is
    "head of the Donetsk region", a source that is said once to have spoken to an agency."""
    named: dict[str, set[Speaker]] = {}
    for claim in told:
        speaker = heard[claim.id]
        if speaker.kind in ("body", "person") or speaker.relay:
            named.setdefault(claim.document, set()).add(speaker)
    known = dict(heard)
    for claim in told:
        speaker = heard[claim.id]
        if speaker.kind == "nameless" and not speaker.relay and speaker.tokens:
            one = _only_one(speaker, named.get(claim.document, set()))
            known[claim.id] = one or speaker
    return known


def _only_one(speaker: Speaker, named: set[Speaker]) -> Speaker | None:
    """The one voice this can be; None when two of them can, or none."""
    fits = [n for n in named if speaker.tokens <= (n.tokens if n.relay else n.role)]
    if len({(n.tokens, n.relay) for n in fits}) != 1:
        return None
    return min(fits, key=lambda n: (n.label, sorted(n.role)))


def find_speaker(claim: Claim, place: Place | None) -> Speaker:
    """The originator (``voice[0]``): relayers never count (R15). ``place``: where the harm was,
    which says whose "the police" are."""
    if not claim.voice:
        return Speaker(kind="outlet")
    voice, lexicon = claim.voice[0], load_linking()
    office = _office(voice, place, lexicon)
    role = name_tokens(voice.role) if voice.role else frozenset[str]()
    for written in (voice.organisation, voice.name):
        if written and not _is_nameless(name_tokens(written), lexicon):
            person = written == voice.name and not voice.organisation
            if person and office:
                return Speaker(kind="body", tokens=office, label=written, role=role)
            if person and voice.side.startswith("belligerent:"):
                party = name_tokens(voice.side.partition(":")[2])
                return Speaker(kind="body", tokens=party, label=written, role=role)
            if person and not _is_body(name_tokens(written), lexicon):
                tokens = name_tokens(written)
                return Speaker(kind="person", tokens=tokens, label=written, role=role)
            return _body(written, place, role, lexicon)
    written = voice.organisation or voice.name or _described(voice)
    if office:
        return Speaker(kind="body", tokens=office, label=written, role=role)
    return _nameless(written, claim, lexicon)


def _described(voice: Voice) -> str:
    """ "Ukrainian officials" where the text says so, rather than the bare role "officials"."""
    role, written = voice.role or "", voice.as_written or ""
    return written if fold(role) in fold(written) else role


def _is_nameless(tokens: Tokens, lexicon: Linking) -> bool:
    words = {t for t in tokens if not t.isupper()}
    return words <= lexicon.nameless and (bool(words) or not tokens)


def _is_body(tokens: Tokens, lexicon: Linking) -> bool:
    return bool(tokens & (lexicon.national | lexicon.local)) or any(
        key in tokens for _, key in lexicon.bodies
    )


def _body(written: str, place: Place | None, role: Tokens, lexicon: Linking) -> Speaker:
    tokens = name_tokens(written)
    heads = lexicon.national | lexicon.local
    if tokens & heads and tokens <= heads | lexicon.nameless | lexicon.institution_words:
        tokens |= _whose(tokens, place, lexicon)
    return Speaker(kind="body", tokens=tokens, label=written, role=role)


def _whose(tokens: Tokens, place: Place | None, lexicon: Linking) -> Tokens:
    """The owner of an institution named without one: the country or town of the harm."""
    if place is None:
        return frozenset()
    if tokens & lexicon.national:
        return frozenset([place.country]) if place.country else frozenset()
    return name_tokens(place.name) if place.name else frozenset()


def _office(voice: Voice, place: Place | None, lexicon: Linking) -> Tokens:
    """The body an office speaks for: a mayor for the council, a regional head for the region."""
    if voice.organisation and not _is_nameless(name_tokens(voice.organisation), lexicon):
        return frozenset()
    role = fold(f"{voice.role or ''} {'' if voice.name else voice.as_written or ''}")
    words = frozenset(role.split())
    for office, body in lexicon.speaks_for:
        if office <= words:
            regional = body == "administration"
            seat = words - office - lexicon.small_words - lexicon.titles - lexicon.region_words
            seat = frozenset(w for w in seat if not find_country(w)) or seat
            if not seat and place is not None:
                seat = _seat(place, regional, lexicon)
            return frozenset([body]) | seat
    return frozenset()


def _seat(place: Place, regional: bool, lexicon: Linking) -> Tokens:
    written = (place.admin1 if regional else place.name) or ""
    return frozenset(fold(written).split()) - lexicon.region_words - lexicon.small_words


def _nameless(written: str, claim: Claim, lexicon: Linking) -> Speaker:
    """Nobody in particular; one voice across documents only when it spoke to a named agency."""
    agencies = {fold(a): a for a in lexicon.agencies}
    relay = next(
        (
            name
            for v in claim.voice[1:]
            for name in (fold(v.organisation or v.name or ""),)
            if name in agencies
        ),
        "",
    )
    return Speaker(kind="nameless", tokens=name_tokens(written), label=written, relay=relay)


def _find_outlets(documents: Iterable[Document], groups: Mapping[str, str]) -> dict[str, str]:
    """Group to the source of its earliest document: who printed it first."""
    first: dict[str, tuple[str, str, str]] = {}
    for d in documents:
        key = (d.published_at or "9999", d.id, d.source or d.id)
        group = groups.get(d.id, d.id)
        first[group] = min(first.get(group, key), key)
    return {group: source for group, (_, _, source) in first.items()}


def _origin(
    claim: Claim,
    speaker: Speaker,
    name: Tokens | None,
    groups: Mapping[str, str],
    outlets: Mapping[str, str],
    document: Document | None,
) -> Origin:
    group = groups.get(claim.document, claim.document)
    outlet = outlets.get(group, claim.document)
    if name:
        key = f"voice:{' '.join(sorted(name))}"
        return Origin(key=key, label=speaker.label, kind="voice", outlet=outlet, group=group)
    if speaker.kind == "nameless":
        who = " ".join(sorted(speaker.tokens)) or "unnamed"
        key = f"via:{speaker.relay}:{who}" if speaker.relay else f"group:{group}:{who}"
        kind: Literal["voice", "document_group"] = "voice" if speaker.relay else "document_group"
        label = speaker.label or "unnamed"
        return Origin(key=key, label=label, kind=kind, outlet=outlet, group=group)
    said_by = f"outlet:{fold(outlet) or outlet}"
    if claim.on_scene:
        label = document.source if document and document.source else outlet
        return Origin(
            key=f"group:{group}",
            label=f"{label} (from the scene)",
            kind="on_scene",
            speaker=said_by,
            outlet=outlet,
            group=group,
        )
    return Origin(
        key="unattributed",
        label="unattributed",
        kind="unattributed",
        speaker=said_by,
        outlet=outlet,
        group=group,
    )
