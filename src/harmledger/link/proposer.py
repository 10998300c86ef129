"""From everything that counts to incidents, and again at the price of what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from harmledger.core.claim import Claim
from harmledger.core.decision import Judgement
from harmledger.core.document import Document
from harmledger.core.incident import Incident
from harmledger.core.response import Response
from harmledger.core.told import Told, gather_told
from harmledger.lexicon.linking import load_linking
from harmledger.link.answers import find_answers
from harmledger.link.bundles import Judged, Shape, read_judgements
from harmledger.link.describe import distinguish_codes
from harmledger.link.linker import Linker
from harmledger.link.named import find_face, name_node
from harmledger.link.nodes import Node, Rules
from harmledger.link.page import Page, make_page, read_page
from harmledger.link.pairs import Change
from harmledger.link.reach import Distance


class Proposer:
    """What was proposed last. ``propose`` is told everything there is; it finds out by itself
    which documents are not as they were and links only what these touch. What it gives is equal
    to what a new one would give."""

    def __init__(self, distance: Distance | None = None) -> None:
        """Begin with nothing."""
        self.rules = Rules(lexicon=load_linking(), distance=distance)
        self.linker = Linker(self.rules)
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
        return self.propose_told(gather_told(claims, documents), responses, judgements, groups)

    def propose_told(
        self,
        told: Mapping[str, Told],
        responses: Iterable[Response],
        judgements: Iterable[Judgement] = (),
        groups: Mapping[str, str] | None = None,
    ) -> tuple[Incident, ...]:
        """The same of claims by document."""
        judged = read_judgements(judgements)
        change = self._link(told, groups or {}, judged)
        for i in change.gone:
            del self.nodes[i], self.incidents[i]
        for i, node in change.come.items():
            self.nodes[i] = node
            self.incidents[i] = name_node(
                node, self.shapes, find_face(node, self.shapes, told), judged
            )
        answers = find_answers(self.nodes, self.shapes, told, responses, self.rules)
        found = [_answered(i, one, answers) for i, one in self.incidents.items()]
        return distinguish_codes(sorted(found, key=lambda incident: incident.id))

    def _link(self, told: Mapping[str, Told], groups: Mapping[str, str], judged: Judged) -> Change:
        """Bundle the documents that are not as they were, and link what these touch."""
        gone: set[str] = set()
        come: dict[str, Node] = {}
        for name in self.seen.keys() - told.keys():
            gone |= self._forget(name)
        for name, one in told.items():
            page = make_page(name, one, groups, judged)
            if self.seen.get(name) == page:
                continue
            gone |= self._forget(name)
            self.seen[name] = page
            nodes, shapes = read_page(page, judged, self.rules)
            self.bundles[name] = tuple(nodes)
            self.shapes |= shapes
            come |= nodes
        return self.linker.update(gone, come)

    def _forget(self, document: str) -> set[str]:
        self.seen.pop(document, None)
        bundles = self.bundles.pop(document, ())
        for i in bundles:
            del self.shapes[i]
        return set(bundles)


def _answered(
    node: str, incident: Incident, answers: Mapping[str, tuple[Response, ...]]
) -> Incident:
    held = answers.get(node)
    return incident if held is None else msgspec.structs.replace(incident, responses=held)
