"""R2: who a claim ultimately rests on. Copies add nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.core.incident import Origin
from harmledger.core.told import Told, gather_told
from harmledger.lexicon.linking import fold
from harmledger.link.speaker import Listener, Speaker
from harmledger.link.spelling import SpellingBook, Spellings, resolve_within, unite_spellings
from harmledger.link.versions import Version, find_earlier, read_version

Tokens = frozenset[str]


class Heard(Value, frozen=True, kw_only=True):
    """Whose words a claim is; ``name`` where there is one, as its document has it."""

    claim: str
    speaker: Speaker
    name: Tokens | None
    on_scene: bool


class Printed(Value, frozen=True, kw_only=True):
    """Who speaks in one document, in text order, and who printed it when; ``first`` orders the
    documents of a group. It and ``version`` are None where nobody has the document."""

    document: str
    heard: tuple[Heard, ...]
    source: str | None
    first: tuple[str, str, str] | None
    version: Version | None = None


def propose_origins(
    claims: Iterable[Claim], documents: Iterable[Document], groups: Mapping[str, str]
) -> dict[str, Origin]:
    """The origin of every claim, by claim id.

    Short names are read by the longer one of the same document ("the ministry", "Gaza's health
    ministry"), spellings of one name are united across documents, and so are a person who is named
    with an office in one and without it in another. Order of arrival has no effect.

    Args:
        claims: any claims.
        documents: the documents they stand in.
        groups: document id to group id, from ``propose_origin_groups``; a document without one is
            a group of its own.
    """
    return find_origins(gather_told(claims, documents), groups)


def find_origins(
    told: Mapping[str, Told],
    groups: Mapping[str, str],
    notice: Callable[[str, Told], None] | None = None,
) -> dict[str, Origin]:
    """:func:`propose_origins` of claims by document; each document is asked for once, and only
    who speaks in it is kept. ``notice`` is shown each, so that nobody need ask for it again."""
    listener, printed = Listener(), {}
    for name in told:
        one = told[name]
        if notice is not None:
            notice(name, one)
        printed[name] = _listen(name, one, listener)
    spellings = unite_spellings(_names_in(printed.values()))
    return _settle(printed, groups, spellings, _give_origins)


def find_origin(claim: Claim, document: Document, group: str) -> Origin:
    """The origin of one claim by itself; ``group`` is the document's origin group.

    ``propose_origins`` also reads short names by the longer ones around them.
    """
    return propose_origins([claim], [document], {document.id: group})[claim.id]


class OriginFinder:
    """Listens once to every document, and again to those that are not as they were."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._heard: dict[str, tuple[Told, Printed]] = {}
        self._listener = Listener()
        self._book, self._names = SpellingBook(), set[Tokens]()
        self._spellings: Spellings = {}
        self._given: dict[str, tuple[tuple[object, ...], tuple[Origin, ...]]] = {}
        """Origins of a document's claims, and what they rest on."""

    def find(
        self, claims: Iterable[Claim], documents: Iterable[Document], groups: Mapping[str, str]
    ) -> dict[str, Origin]:
        """See :func:`propose_origins`; equal to what a new finder would give."""
        return self.find_told(gather_told(claims, documents), groups)

    def find_told(self, told: Mapping[str, Told], groups: Mapping[str, str]) -> dict[str, Origin]:
        """See :func:`find_origins`."""
        self._heard = {name: (one, self._listen(name, one)) for name, one in told.items()}
        printed = {name: heard for name, (_, heard) in self._heard.items()}
        names = _names_in(printed.values())
        if names != self._names:
            self._names, self._spellings = names, self._book.unite(names)
        self._given = {name: self._given[name] for name in self._given.keys() & printed.keys()}
        return _settle(printed, groups, self._spellings, self._give)

    def _give(
        self,
        page: Printed,
        names: Sequence[Tokens | None],
        group: str,
        outlet: str,
        earlier: tuple[str, ...],
    ) -> tuple[Origin, ...]:
        rests_on = (page, names, group, outlet, earlier)
        before = self._given.get(page.document)
        if before is not None and before[0] == rests_on:
            return before[1]
        found = _give_origins(page, names, group, outlet, earlier)
        self._given[page.document] = (rests_on, found)
        return found

    def _listen(self, name: str, one: Told) -> Printed:
        before = self._heard.get(name)
        if before is not None and before[0] == one:
            return before[1]
        return _listen(name, one, self._listener)


def _listen(name: str, one: Told, listener: Listener) -> Printed:
    """Who speaks in one document."""
    page = sorted(one.claims, key=lambda c: (c.span.start, c.id))
    speakers = listener.listen(page)
    longer = resolve_within(s.tokens for s in speakers if s.kind in ("body", "person"))
    heard = tuple(
        Heard(
            claim=c.id,
            speaker=s,
            name=longer[s.tokens] if s.kind in ("body", "person") else None,
            on_scene=c.on_scene,
        )
        for c, s in zip(page, speakers, strict=True)
    )
    d = one.document
    if d is None:
        return Printed(document=name, heard=heard, source=None, first=None)
    first = (d.published_at or "9999", d.id, d.source or d.id)
    return Printed(
        document=name, heard=heard, source=d.source, first=first, version=read_version(d)
    )


def _names_in(printed: Iterable[Printed]) -> set[Tokens]:
    heard = [h for page in printed for h in page.heard]
    names = {h.name for h in heard if h.name is not None}
    return names | {h.speaker.person for h in heard if h.speaker.person}


def _find_offices(printed: Iterable[Printed], spellings: Spellings) -> Spellings:
    """Persons that some report says speak for a body, to that body: elsewhere they speak for it
    without saying so. Who is said to speak for two bodies speaks for neither."""
    held: dict[Tokens, set[Tokens]] = {}
    for page in printed:
        for h in page.heard:
            if h.speaker.person and h.name:
                person = spellings.get(h.speaker.person, h.speaker.person)
                held.setdefault(person, set()).add(spellings.get(h.name, h.name))
    return {person: bodies.pop() for person, bodies in held.items() if len(bodies) == 1}


Give = Callable[[Printed, Sequence[Tokens | None], str, str, tuple[str, ...]], tuple[Origin, ...]]
"""From a document, its names as they are spelled, its group, outlet and earlier versions to the
claims' origins."""


def _settle(
    printed: Mapping[str, Printed], groups: Mapping[str, str], spellings: Spellings, give: Give
) -> dict[str, Origin]:
    """Origins from what was heard in all documents; equal ones are one value."""
    outlets = _find_outlets(printed, groups)
    offices = _find_offices(printed.values(), spellings)
    earlier = find_earlier({n: p.version for n, p in printed.items() if p.version is not None})
    known: dict[Origin, Origin] = {}
    origins: dict[str, Origin] = {}
    for name, page in printed.items():
        group = groups.get(name, name)
        names = [_spell(h, spellings, offices) for h in page.heard]
        found = give(page, names, group, outlets.get(group, name), earlier.get(name, ()))
        for h, origin in zip(page.heard, found, strict=True):
            origins[h.claim] = known.setdefault(origin, origin)
    labels = _longest_labels(known)
    labelled = {
        o: msgspec.structs.replace(o, label=labels[o.key]) if labels[o.key] != o.label else o
        for o in known
    }
    for claim, origin in origins.items():
        origins[claim] = labelled[origin]
    return origins


def _spell(heard: Heard, spellings: Spellings, offices: Spellings) -> Tokens | None:
    """The name of who is heard, in one spelling; of a person in office the body."""
    if not heard.name:
        return None
    name = spellings.get(heard.name, heard.name)
    return offices.get(name, name) if heard.speaker.kind == "person" else name


def _give_origins(
    page: Printed,
    names: Sequence[Tokens | None],
    group: str,
    outlet: str,
    earlier: tuple[str, ...],
) -> tuple[Origin, ...]:
    told = zip(page.heard, names, strict=True)
    found = (_origin(h, name, group, outlet, page.source) for h, name in told)
    if not earlier:
        return tuple(found)
    return tuple(msgspec.structs.replace(origin, earlier=earlier) for origin in found)


def _longest_labels(origins: Iterable[Origin]) -> dict[str, str]:
    """Each voice by its longest spelling, so that one origin has one label."""
    labels: dict[str, str] = {}
    for origin in origins:
        known = labels.get(origin.key, "")
        labels[origin.key] = max(known, origin.label, key=lambda label: (len(label), label))
    return labels


def _find_outlets(printed: Mapping[str, Printed], groups: Mapping[str, str]) -> dict[str, str]:
    """Group to the source of its earliest document: who printed it first."""
    first: dict[str, tuple[str, str, str]] = {}
    for name, page in printed.items():
        if page.first is not None:
            group = groups.get(name, name)
            first[group] = min(first.get(group, page.first), page.first)
    return {group: source for group, (_, _, source) in first.items()}


def _origin(
    heard: Heard, name: Tokens | None, group: str, outlet: str, source: str | None
) -> Origin:
    speaker = heard.speaker
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
    if heard.on_scene:
        return Origin(
            key=f"group:{group}",
            label=f"{source or outlet} (from the scene)",
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
