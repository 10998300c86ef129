"""From everything that counts to incidents, and again at the price of what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Judgement
from harmledger.core.document import Document
from harmledger.core.incident import Incident
from harmledger.core.response import Response
from harmledger.lexicon.linking import load_linking
from harmledger.link.answers import find_answers
from harmledger.link.bundles import Judged, Shape, read_judgements
from harmledger.link.describe import distinguish_codes
from harmledger.link.linker import Linker
from harmledger.link.named import name_incident
from harmledger.link.nodes import Node, Rules, make_node
from harmledger.link.pairs import Change
from harmledger.link.reach import Distance
from harmledger.link.within import bundle_document


class Page(Value, frozen=True, kw_only=True):
    """A document as linking sees it. ``judged``: all that people said of its claims."""

    claims: list[Claim]
    published: str | None
    supersedes: str | None
    group: str
    judged: tuple[tuple[str, str, str], ...]


class Proposer:
    """What was proposed last. ``propose`` is told everything there is; it finds out by itself
    which documents are not as they were and links only what these touch. What it gives is equal
    to what a new one would give."""

    def __init__(self, distance: Distance | None = None, *, once: bool = False) -> None:
        """Begin with nothing. ``once``: ``propose`` is called only once; takes less memory."""
        self.rules = Rules(lexicon=load_linking(), distance=distance)
        self.linker = Linker(self.rules, once=once)
        self.once = once
        self.seen: dict[str, Page] = {}
        """Documents as they were."""
        self.bundles: dict[str, tuple[str, ...]] = {}
        """Document id to its bundles' ids."""
        self.shapes: dict[str, Shape] = {}
        self.nodes: dict[str, Node] = {}
        self.incidents: dict[str, Incident] = {}
        """By the id of the node, without answers."""

    def propose(
        self,
        claims: Iterable[Claim],
        responses: Iterable[Response],
        documents: Iterable[Document],
        judgements: Iterable[Judgement] = (),
        groups: Mapping[str, str] | None = None,
    ) -> tuple[Incident, ...]:
        """See :func:`harmledger.link.propose_incidents`."""
        judged = read_judgements([(j.left, j.right, j.judgement, j.by) for j in judgements])
        told = {c.id: c for c in claims if c.quantity.scope == "incident"}
        by_id = {d.id: d for d in documents}
        pages = _pages(told.values(), by_id, groups or {}, judged)
        change = self._link(pages, by_id, judged)
        for i in change.gone:
            del self.nodes[i], self.incidents[i]
        for i, node in change.come.items():
            self.nodes[i] = node
            self.incidents[i] = name_incident(node, self.shapes, told, by_id, judged)
        answers = find_answers(self.nodes, self.shapes, told, responses, by_id, self.rules)
        found = [_answered(i, one, answers) for i, one in self.incidents.items()]
        return distinguish_codes(sorted(found, key=lambda incident: incident.id))

    def _link(
        self, pages: Mapping[str, Page], documents: Mapping[str, Document], judged: Judged
    ) -> Change:
        """Bundle the documents that are not as they were, and link what these touch."""
        gone: set[str] = set()
        come: dict[str, Node] = {}
        for name in self.seen.keys() - pages.keys():
            gone |= self._forget(name)
        for name, page in pages.items():
            if self.seen.get(name) == page:
                continue
            gone |= self._forget(name)
            if not self.once:
                self.seen[name] = page
            come |= self._read(name, page, documents.get(name), judged)
        return self.linker.update(gone, come)

    def _forget(self, document: str) -> set[str]:
        self.seen.pop(document, None)
        bundles = self.bundles.pop(document, ())
        for i in bundles:
            del self.shapes[i]
        return set(bundles)

    def _read(
        self, name: str, page: Page, document: Document | None, judged: Judged
    ) -> dict[str, Node]:
        """A document's bundles as nodes."""
        rules = self.rules
        bundles = bundle_document(
            page.claims, document, page.group, judged, rules.lexicon, rules.distance
        )
        ids = tuple(bundle.id for bundle in bundles)
        self.bundles[name] = ids
        found = {}
        for bundle in bundles:
            claims = tuple(claim.id for claim in bundle.claims)
            self.shapes[bundle.id] = Shape(claims=claims, reasons=bundle.reasons)
            apart = frozenset(ids[p] for p in bundle.apart)
            found[bundle.id] = make_node(bundle, apart, judged)
        return found


def _pages(
    told: Iterable[Claim],
    documents: Mapping[str, Document],
    groups: Mapping[str, str],
    judged: Judged,
) -> dict[str, Page]:
    held: dict[str, list[Claim]] = {}
    for claim in told:
        held.setdefault(claim.document, []).append(claim)
    pages = {}
    for name, claims in held.items():
        document = documents.get(name)
        pages[name] = Page(
            claims=sorted(claims, key=lambda c: c.id),
            published=document.published_at if document else None,
            supersedes=document.supersedes if document else None,
            group=groups.get(name, name),
            judged=_judged_of(claims, judged),
        )
    return pages


def _judged_of(claims: Iterable[Claim], judged: Judged) -> tuple[tuple[str, str, str], ...]:
    """All that people said of a document's claims."""
    if not (judged.same or judged.different):
        return ()
    sides = (judged.same, judged.different)
    found = (
        (word, f"{c.id} {other}", by)
        for c in claims
        for word, side in zip(("same", "different"), sides, strict=True)
        for other, by in side.get(c.id, {}).items()
    )
    return tuple(sorted(found))


def _answered(
    node: str, incident: Incident, answers: Mapping[str, tuple[Response, ...]]
) -> Incident:
    held = answers.get(node)
    return incident if held is None else msgspec.structs.replace(incident, responses=held)
