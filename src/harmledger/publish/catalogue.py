"""The view, with every lookup the pages need: made once, never changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TypeVar

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.core.incident import Incident, Reading
from harmledger.core.view import LedgerView
from harmledger.publish.notice import main_policy
from harmledger.publish.words import HARM_WORDS, OWN_VOICE, voices_words

CIVILIAN_FIRST = ("assume_civilian", "all", "strict", "combatant")
"""Which civilian reading stands in front where one line must do (R8)."""

_T = TypeVar("_T")


class Telling(Value, frozen=True, kw_only=True):
    """One thing one speaker said, and every other place where the same is told again."""

    claim: Claim
    again: tuple[Claim, ...]


class Catalogue(Value, frozen=True, kw_only=True):
    """A view, its main policy, and who belongs to whom."""

    view: LedgerView
    policy: str
    claims: dict[str, Claim]
    documents: dict[str, Document]
    incidents: dict[str, Incident]
    incidents_of: dict[str, tuple[Incident, ...]]
    """By claim id."""
    claims_of: dict[str, tuple[Claim, ...]]
    """By document id, in the order of the text."""
    numbers: dict[str, int]
    """Claim id -> its number in its document, from 1."""
    files: dict[str, str]
    """Incident or document id -> page, from the top of the site."""
    texts: Callable[[str], str]

    def standing(self, claim: Claim) -> str:
        return self.view.standings.get(claim.id, "proposed")

    def said_at(self, claim: Claim) -> str | None:
        """When the voice said it: its own time, else the document's (R5)."""
        document = self.documents.get(claim.document)
        return claim.said_at.at or (document.published_at if document else None)

    def speaker(self, claim: Claim) -> str:
        """Whom the claim rests on, for a reader: the voices, else the outlet by name."""
        if claim.voice:
            return voices_words(claim.voice)
        document = self.documents.get(claim.document)
        source = document.source if document else None
        return f"{OWN_VOICE} ({source})" if source else OWN_VOICE

    def claim_page(self, claim: Claim) -> str:
        """The page and place on it where the claim stands beside its words."""
        return f"{self.files.get(claim.document, '')}#{claim.id}"

    def pick(self, ids: Iterable[str]) -> tuple[Claim, ...]:
        """The claims of these ids that are in the view, each once, in the order of statement."""
        found = {i: self.claims[i] for i in ids if i in self.claims}.values()
        return tuple(sorted(found, key=self.order_of))

    def order_of(self, claim: Claim) -> tuple[str, str, int]:
        """By the instant of the statement, undated last; then by document and place in it."""
        return instant_of(self.said_at(claim)), claim.document, claim.span.start

    def readings(self, incident: Incident) -> tuple[Reading, ...]:
        """One reading a harm and unit under the main policy: the default civilian reading."""
        chosen: dict[tuple[str, str], Reading] = {}
        for victims in CIVILIAN_FIRST:
            for reading in incident.readings:
                if reading.policy == self.policy and reading.victims == victims:
                    chosen.setdefault((reading.harm, reading.unit), reading)
        return tuple(sorted(chosen.values(), key=lambda reading: harm_order(reading.harm)))

    def tellings(self, claims: Iterable[Claim]) -> tuple[Telling, ...]:
        """Claims that say the same in the same way by the same speaker, told once."""
        same = group(sorted(claims, key=self.order_of), lambda c: repr(self._said(c)))
        return tuple(Telling(claim=first, again=tuple(rest)) for first, *rest in same.values())

    def _said(self, claim: Claim) -> tuple[object, ...]:
        quantity = claim.quantity
        figure = (quantity.low, quantity.high, quantity.unit, quantity.scope, quantity.extent)
        part = claim.part_of is not None
        standing = self.standing(claim)
        return (
            claim.harm,
            claim.stance,
            claim.modality,
            self.speaker(claim),
            part,
            standing,
            figure,
        )


def build_catalogue(view: LedgerView, texts: Callable[[str], str]) -> Catalogue:
    """Every lookup over ``view``, computed once."""
    by_document = group(view.claims, lambda claim: claim.document)
    claims_of = {
        document: tuple(sorted(claims, key=lambda c: (c.span.start, c.span.end, c.id)))
        for document, claims in by_document.items()
    }
    numbers = {c.id: n for claims in claims_of.values() for n, c in enumerate(claims, start=1)}
    holding = group(
        [(claim, incident) for incident in view.incidents for claim in incident.claims],
        lambda pair: pair[0],
    )
    return Catalogue(
        view=view,
        policy=main_policy(view),
        claims={claim.id: claim for claim in view.claims},
        documents={document.id: document for document in view.documents},
        incidents={incident.id: incident for incident in view.incidents},
        incidents_of={claim: tuple(i for _, i in pairs) for claim, pairs in holding.items()},
        claims_of=claims_of,
        numbers=numbers,
        files={
            **name_files("incidents", [(i.id, i.code or i.id) for i in view.incidents]),
            **name_files("documents", [(d.id, d.id) for d in view.documents]),
        },
        texts=texts,
    )


def harm_order(harm: str) -> int:
    """Harms as the contract lists them, the gravest first; unknown ones last."""
    names = list(HARM_WORDS)
    return names.index(harm) if harm in names else len(names)


def instant_of(moment: str | None) -> str:
    """An ISO date or date-time as UTC, for ordering; a date is its first instant; null is last."""
    try:
        found = datetime.fromisoformat(moment or "")
    except ValueError:
        return "~"
    zoned = found if found.tzinfo else found.replace(tzinfo=UTC)
    return zoned.astimezone(UTC).isoformat()


def group(values: Iterable[_T], key: Callable[[_T], str]) -> dict[str, list[_T]]:
    """Values by key, in the order they came."""
    found: dict[str, list[_T]] = {}
    for value in values:
        found.setdefault(key(value), []).append(value)
    return found


def name_files(folder: str, named: list[tuple[str, str]]) -> dict[str, str]:
    """Id -> ``folder/slug.html``; slugs that would meet carry their id as well."""
    slugs = {key: slug_of(name) for key, name in named}
    often = Counter(slugs.values())
    return {
        key: f"{folder}/{slug if slug and often[slug] == 1 else slug_of(f'{slug}-{key}')}.html"
        for key, slug in slugs.items()
    }


def slug_of(name: str) -> str:
    """Lower-case letters, digits and hyphens only: safe on every disk and in every address."""
    return re.sub(r"[^a-z0-9_]+", "-", name.lower()).strip("-")[:80]
