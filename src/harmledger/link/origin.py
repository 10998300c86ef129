"""R2: who a claim ultimately rests on. Copies add nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.core.incident import Origin
from harmledger.core.told import Told, gather_told
from harmledger.lexicon.linking import fold
from harmledger.link.speaker import Listener, Speaker
from harmledger.link.spelling import Spellings, resolve_within, unite_spellings

Tokens = frozenset[str]


class Heard(Value, frozen=True, kw_only=True):
    """Whose words a claim is; ``name`` where there is one, as its document has it."""

    claim: str
    speaker: Speaker
    name: Tokens | None
    on_scene: bool


class Printed(Value, frozen=True, kw_only=True):
    """Who speaks in one document, in text order, and who printed it when; ``first`` orders the
    documents of a group and is None where nobody has the document."""

    heard: tuple[Heard, ...]
    source: str | None
    first: tuple[str, str, str] | None


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
    return find_origins(gather_told(claims, documents), groups)


def find_origins(told: Mapping[str, Told], groups: Mapping[str, str]) -> dict[str, Origin]:
    """:func:`propose_origins` of claims by document; each document is asked for once, and only
    who speaks in it is kept."""
    listener = Listener()
    return _settle({name: _listen(told[name], listener) for name in told}, groups)


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

    def find(
        self, claims: Iterable[Claim], documents: Iterable[Document], groups: Mapping[str, str]
    ) -> dict[str, Origin]:
        """See :func:`propose_origins`; equal to what a new finder would give."""
        told = gather_told(claims, documents)
        self._heard = {name: (one, self._listen(name, one)) for name, one in told.items()}
        return _settle({name: printed for name, (_, printed) in self._heard.items()}, groups)

    def _listen(self, name: str, one: Told) -> Printed:
        before = self._heard.get(name)
        return (
            before[1] if before is not None and before[0] == one else _listen(one, self._listener)
        )


def _listen(one: Told, listener: Listener) -> Printed:
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
        return Printed(heard=heard, source=None, first=None)
    first = (d.published_at or "9999", d.id, d.source or d.id)
    return Printed(heard=heard, source=d.source, first=first)


def _settle(printed: Mapping[str, Printed], groups: Mapping[str, str]) -> dict[str, Origin]:
    """Origins from what was heard in all documents; equal ones are one value."""
    names = {h.name for p in printed.values() for h in p.heard if h.name is not None}
    spellings, outlets = unite_spellings(names), _find_outlets(printed, groups)
    known: dict[Origin, Origin] = {}
    origins: dict[str, Origin] = {}
    for name, page in printed.items():
        for claim, origin in _origins_of(name, page, groups, outlets, spellings):
            origins[claim] = known.setdefault(origin, origin)
    labels = _longest_labels(known)
    labelled = {
        o: msgspec.structs.replace(o, label=labels[o.key]) if labels[o.key] != o.label else o
        for o in known
    }
    for claim, origin in origins.items():
        origins[claim] = labelled[origin]
    return origins


def _origins_of(
    name: str,
    page: Printed,
    groups: Mapping[str, str],
    outlets: Mapping[str, str],
    spellings: Spellings,
) -> Iterator[tuple[str, Origin]]:
    group = groups.get(name, name)
    outlet = outlets.get(group, name)
    for h in page.heard:
        spelled = None if h.name is None else spellings.get(h.name, h.name)
        yield h.claim, _origin(h, spelled, group, outlet, page.source)


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
