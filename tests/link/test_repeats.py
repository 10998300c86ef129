"""Twelve copies of one agency report and one independent report: two origins (R2)."""

from __future__ import annotations

import msgspec

from count.made import HOSPITAL, MARIUPOL, make_claim, make_document, on
from harmledger.core.incident import Incident
from harmledger.count import fill_incident
from harmledger.link import (
    find_repeats,
    propose_incidents,
    propose_origin_groups,
    propose_origins,
)
from link.test_groups import article

STRIKE = {"place": MARIUPOL, "occurred": on("2022-03-09"), "site": HOSPITAL}
AGENCY = [
    make_document(f"copy {n}", f"2022-03-{10 + n // 6}", source=f"Paper {n}") for n in range(12)
]
OTHER = make_document("own report", "2022-03-10", source="The Gazette")
CITED = {d.id: make_claim(low=11, document=d, who="the health ministry", **STRIKE) for d in AGENCY}
OWN = make_claim(low=17, document=OTHER, on_scene=True, **STRIKE)


def texts_of(documents: list) -> dict[str, str]:  # type: ignore[type-arg]
    body = article(3)
    return {
        d.text_sha256: article(4) if d is OTHER else f"(Reuters) - {body} Paper line {n}."
        for n, d in enumerate(documents)
    }


def count(documents: list) -> tuple[Incident, dict, dict]:  # type: ignore[type-arg]
    claims = [OWN if d is OTHER else CITED[d.id] for d in documents]
    groups = propose_origin_groups(documents, texts_of(documents))
    origins = propose_origins(claims, documents, groups)
    [incident] = propose_incidents(claims, [], documents, groups=groups)
    return fill_incident(incident, {c.id: c for c in claims}, origins), origins, groups


def test_twelve_copies_and_one_report_are_two_origins_and_change_no_reading() -> None:
    many, _, groups = count([*AGENCY, OTHER])
    few, _, _ = count([AGENCY[0], OTHER])
    assert len({groups[d.id] for d in AGENCY}) == 1
    assert len(many.origins) == len(few.origins) == 2

    def bounds(incident: Incident) -> list[tuple[object, ...]]:
        return [
            (r.policy, r.harm, r.victims, r.low, r.best, r.high, r.origins)
            for r in incident.readings
        ]

    assert bounds(many) == bounds(few)


def test_the_graph_says_who_repeats_whom_and_why() -> None:
    documents = [*AGENCY, OTHER]
    incident, origins, groups = count(documents)
    claims = [*CITED.values(), OWN]
    by_id = {d.id: d for d in documents}
    graph = find_repeats(claims, by_id, origins, groups, texts_of(documents))
    assert graph.origins == 2
    first = min(AGENCY, key=lambda d: (d.published_at, d.id)).id
    copies = [e for e in graph.edges if e.reason == "agency credit"]
    assert {e.source for e in copies} == {first}
    assert {e.repeater for e in copies} == {d.id for d in AGENCY} - {first}
    assert {e.detail for e in copies} == {"reuters"}
    quotes = [e for e in graph.edges if e.reason == "quotes"]
    assert sorted(i for e in quotes for i in e.claims) == sorted(incident.claims)
    ids = {n.id for n in graph.nodes}
    assert all({e.repeater, e.source} <= ids for e in graph.edges)


def test_a_correction_points_at_what_it_corrects_and_nobody_is_no_origin() -> None:
    early = make_document("early", "2022-03-10", source="Paper")
    late = msgspec.structs.replace(
        make_document("late", "2022-03-11", source="Paper"), supersedes=early.id
    )
    claims = [make_claim(low=3, document=d, **STRIKE) for d in (early, late)]
    groups = {early.id: "g", late.id: "g"}
    origins = propose_origins(claims, [early, late], groups)
    graph = find_repeats(claims, {d.id: d for d in (early, late)}, origins, groups)
    assert [(e.repeater, e.source, e.reason) for e in graph.edges] == [
        (late.id, early.id, "correction")
    ]
    assert graph.origins == 1
    assert {n.kind for n in graph.nodes} == {"document"}
    assert find_repeats([], {}, {}, {}).origins == 0
