"""R15: whose words a claim is: a relayed claim keeps its speaker; a person speaks for the body they
speak for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from harmledger.core.base import Value
from harmledger.core.claim import Claim, Voice
from harmledger.core.place import Place
from harmledger.lexicon.linking import (
    Linking,
    find_country,
    fold,
    load_linking,
    name_tokens,
)

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
    person: Tokens = frozenset()
    """The name of who speaks for the body, where it is told."""
    relay: str = ""
    """For the nameless: the agency it spoke to, which makes it one voice across documents."""


class Seat(Value, frozen=True, kw_only=True):
    """Where the harm was, as far as it says whose "the police" are."""

    country: str | None = None
    admin1: str | None = None
    name: str | None = None


def _find_seat(page: Iterable[Claim]) -> Seat | None:
    """The town, else the country, that all places of a document lie in: whose police it is."""
    held: dict[str, Place] = {}
    for claim in page:
        if claim.place is not None and claim.place.country:
            key = claim.place.gazetteer_id or claim.place.name or claim.place.as_written
            held[key] = claim.place
    countries = {p.country for p in held.values()}
    if len(held) == 1:
        return _seat_of(next(iter(held.values())))
    return Seat(country=countries.pop()) if len(countries) == 1 else None


def _seat_of(place: Place) -> Seat:
    """A place as a seat."""
    return Seat(country=place.country, admin1=place.admin1, name=place.name)


def _recognise(speakers: Iterable[Speaker]) -> dict[Speaker, Speaker]:
    """Of the speakers of one document the nameless who are named elsewhere in it: "the head said"
    where one voice is "head of the Donetsk region", a source that is said once to have spoken to
    an agency."""
    distinct = set(speakers)
    named = {s for s in distinct if s.kind in ("body", "person") or s.relay}
    found = {}
    for speaker in distinct:
        if speaker.kind == "nameless" and not speaker.relay and speaker.tokens:
            one = _only_one(speaker, named)
            if one is not None:
                found[speaker] = one
    return found


def _only_one(speaker: Speaker, named: set[Speaker]) -> Speaker | None:
    """The one voice this can be; None when two of them can, or none."""
    fits = [n for n in named if speaker.tokens <= (n.tokens if n.relay else n.role)]
    if len({(n.tokens, n.relay) for n in fits}) != 1:
        return None
    return min(fits, key=lambda n: (n.label, sorted(n.role)))


OUTLET = Speaker(kind="outlet")


def find_speaker(voices: tuple[Voice, ...], place: Seat | None) -> Speaker:
    """The originator (the first): relayers never count (R15)."""
    if not voices:
        return OUTLET
    voice, lexicon = voices[0], load_linking()
    office = _office(voice, place, lexicon)
    role = name_tokens(voice.role) if voice.role else frozenset[str]()
    for written in (voice.organisation, voice.name):
        if written and not _is_nameless(name_tokens(written), lexicon):
            person = written == voice.name and not voice.organisation
            if person and office:
                name = name_tokens(written)
                return Speaker(kind="body", tokens=office, label=written, role=role, person=name)
            if person and voice.side.startswith("belligerent:"):
                party = name_tokens(voice.side.partition(":")[2])
                return Speaker(kind="body", tokens=party, label=written, role=role)
            if person and not _is_body(name_tokens(written), lexicon):
                tokens = name_tokens(written)
                return Speaker(kind="person", tokens=tokens, label=written, role=role)
            return _body(voice, written, place, role, lexicon)
    written = voice.organisation or voice.name or _described(voice)
    if office:
        return Speaker(kind="body", tokens=office, label=written, role=role)
    return _nameless(written, voices, lexicon)


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


def _body(
    voice: Voice, written: str, place: Seat | None, role: Tokens, lexicon: Linking
) -> Speaker:
    tokens = name_tokens(written)
    named = name_tokens(voice.name) if voice.name and written != voice.name else frozenset[str]()
    person = frozenset[str]() if _is_nameless(named, lexicon) else named
    heads = lexicon.national | lexicon.local
    if tokens & heads and tokens <= heads | lexicon.nameless | lexicon.institution_words:
        tokens |= _whose(tokens, place, lexicon)
    return Speaker(kind="body", tokens=tokens, label=written, role=role, person=person)


def _whose(tokens: Tokens, place: Seat | None, lexicon: Linking) -> Tokens:
    """The owner of an institution named without one: the country or town of the harm."""
    if place is None:
        return frozenset()
    if tokens & lexicon.national:
        return frozenset([place.country]) if place.country else frozenset()
    return name_tokens(place.name) if place.name else frozenset()


def _office(voice: Voice, place: Seat | None, lexicon: Linking) -> Tokens:
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


def _seat(place: Seat, regional: bool, lexicon: Linking) -> Tokens:
    written = (place.admin1 if regional else place.name) or ""
    return frozenset(fold(written).split()) - lexicon.region_words - lexicon.small_words


def _nameless(written: str, voices: tuple[Voice, ...], lexicon: Linking) -> Speaker:
    """Nobody in particular; one voice across documents only when it spoke to a named agency."""
    agencies = {fold(a): a for a in lexicon.agencies}
    relay = next(
        (
            name
            for v in voices[1:]
            for name in (fold(v.organisation or v.name or ""),)
            if name in agencies
        ),
        "",
    )
    return Speaker(kind="nameless", tokens=name_tokens(written), label=written, relay=relay)


class Listener:
    """Knows again whom it has heard: a few voices say most of what is said."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._known: dict[tuple[tuple[Voice, ...], Seat | None], Speaker] = {}

    def hear(self, voices: tuple[Voice, ...], place: Seat | None) -> Speaker:
        """See :func:`find_speaker`."""
        if not voices:
            return OUTLET
        key = (voices, place)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = find_speaker(voices, place)
        return known

    def listen(self, page: Sequence[Claim]) -> list[Speaker]:
        """Whose words each claim of one document is, its claims given in text order."""
        seat = _find_seat(page)
        spoken = [self.hear(c.voice, _seat_of(c.place) if c.place else seat) for c in page]
        known = _recognise(spoken)
        return [known.get(s, s) for s in spoken]
