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
from harmledger.link.bundles import Judged, Shape, read_judgements
from harmledger.link.linker import Linker
from harmledger.link.named import incident_id, name_each
from harmledger.link.nodes import Node, Rules
from harmledger.link.page import make_page, read_page
from harmledger.link.reach import Distance

__all__ = ["incident_id", "propose_each", "propose_incidents"]


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


def propose_each(
    told: Mapping[str, Told],
    responses: Iterable[Response] = (),
    judgements: Iterable[Judgement] = (),
    groups: Mapping[str, str] | None = None,
    *,
    distance: Distance | None = None,
) -> Iterator[Incident]:
    """The incidents of :func:`propose_incidents`, one after the other.

    Of what ``told`` gives by document id, only what linking compares is held meanwhile; a document
    is asked for again when an incident it tells of is named.
    """
    rules = Rules(lexicon=load_linking(), distance=distance)
    judged = read_judgements(judgements)
    found, shapes = _read_all(told, groups or {}, judged, rules)
    nodes = Linker(rules, once=True).update(set(), found).come
    del found
    answers = find_answers(nodes, shapes, told, responses, rules)
    yield from name_each(nodes, shapes, told, judged, answers)


def _read_all(
    told: Mapping[str, Told], groups: Mapping[str, str], judged: Judged, rules: Rules
) -> tuple[dict[str, Node], dict[str, Shape]]:
    nodes: dict[str, Node] = {}
    shapes: dict[str, Shape] = {}
    for name in told:
        page = make_page(name, told[name], groups, judged)
        held, made_of = read_page(page, judged, rules)
        nodes |= held
        shapes |= made_of
    return nodes, shapes
