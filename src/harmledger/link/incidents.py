"""Claims into proposed incidents, with the reason for every link. The machine proposes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from harmledger.core.claim import Claim
from harmledger.core.decision import Judgement
from harmledger.core.document import Document
from harmledger.core.incident import Incident
from harmledger.core.response import Response
from harmledger.core.told import Told, gather_told
from harmledger.lexicon.linking import load_linking
from harmledger.link.answers import find_answers
from harmledger.link.bundles import Shape, read_judgements
from harmledger.link.linker import Linker
from harmledger.link.named import incident_id, name_each
from harmledger.link.nodes import Node, Rules
from harmledger.link.page import make_page, read_page
from harmledger.link.reach import Distance

__all__ = ["Pages", "incident_id", "propose_each", "propose_incidents"]


def propose_incidents(
    claims: Iterable[Claim],
    responses: Iterable[Response],
    documents: Iterable[Document],
    judgements: Iterable[Judgement] = (),
    groups: Mapping[str, str] | None = None,
    *,
    distance: Distance | None = None,
) -> tuple[Incident, ...]:
    """Incidents without readings, ordered by id. Order of arrival changes nothing.

    Args:
        claims: any claims; totals (scope other than ``incident``) are passed over (R3).
        responses: parties' answers; each goes to at most one incident.
        documents: the documents of the claims.
        judgements: what people decided; ``same`` joins, ``different`` keeps apart, also along a
            chain, ``unsure`` binds nobody.
        groups: document id to origin group (``propose_origin_groups``).
        distance: kilometres between two places, None when one has no point; great circle by
            default.

    An incident's id is a hash of its founding claim: the one of the earliest published document,
    then lowest document id, then position. ``redirects`` holds the id the incident would have
    under each of its other claims, so an id given out earlier still leads here.
    """
    told = gather_told(claims, documents)
    return tuple(propose_each(told, responses, judgements, groups, distance=distance))


class Pages:
    """Documents as linking sees them, read one at a time; each is asked for once."""

    def __init__(
        self,
        judgements: Iterable[Judgement] = (),
        groups: Mapping[str, str] | None = None,
        distance: Distance | None = None,
    ) -> None:
        """Begin with none; the arguments are those of :func:`propose_incidents`."""
        self.rules = Rules(lexicon=load_linking(), distance=distance)
        self.judged = read_judgements(judgements)
        self.shapes: dict[str, Shape] = {}
        self._groups = groups or {}
        self._nodes: dict[str, Node] = {}

    def read(self, name: str, one: Told) -> None:
        """Take in what the document of that id tells."""
        page = make_page(name, one, self._groups, self.judged)
        nodes, shapes = read_page(page, self.judged, self.rules)
        self._nodes |= nodes
        self.shapes |= shapes

    def link(self) -> dict[str, Node]:
        """What the documents tell, linked; to be asked once, as what was read is not kept."""
        nodes, self._nodes = self._nodes, {}
        return Linker(self.rules, once=True).update(set(), nodes).come


def propose_each(
    told: Mapping[str, Told],
    responses: Iterable[Response] = (),
    judgements: Iterable[Judgement] = (),
    groups: Mapping[str, str] | None = None,
    *,
    distance: Distance | None = None,
    pages: Pages | None = None,
) -> Iterator[Incident]:
    """The incidents of :func:`propose_incidents`, one after the other.

    Of what ``told`` gives by document id, only what linking compares is held meanwhile; a document
    is asked for again when an incident it tells of is named. ``pages``: all of ``told``, read
    already, with judgements, groups and distance of its own.
    """
    if pages is None:
        pages = Pages(judgements, groups, distance)
        for name in told:
            pages.read(name, told[name])
    nodes = pages.link()
    answers = find_answers(nodes, pages.shapes, told, responses, pages.rules)
    yield from name_each(nodes, pages.shapes, told, pages.judged, answers)
