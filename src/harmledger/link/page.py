"""A document as linking sees it, and the bundles in it as nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.told import Told
from harmledger.link.bundles import NO_REASONS, Judged, Shape
from harmledger.link.nodes import Node, Rules, make_node
from harmledger.link.signature import tokens_of
from harmledger.link.within import bundle_document


class Page(Value, frozen=True, kw_only=True):
    """All that a document's bundles rest on. ``judged``: all that people said of its claims."""

    told: Told
    group: str
    judged: tuple[tuple[str, str, str], ...]


def make_page(name: str, told: Told, groups: Mapping[str, str], judged: Judged) -> Page:
    """What is to be linked of one document."""
    return Page(told=told, group=groups.get(name, name), judged=_judged_of(told.claims, judged))


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


def read_page(page: Page, judged: Judged, rules: Rules) -> tuple[dict[str, Node], dict[str, Shape]]:
    """A document's bundles: as nodes that can be linked, and as what they are made of; both by
    the bundle's id. Totals are passed over (R3)."""
    claims = [c for c in page.told.claims if c.quantity.scope == "incident"]
    bundles = bundle_document(
        claims, page.told.document, page.group, judged, rules.lexicon, rules.distance
    )
    ids = tuple(bundle.id for bundle in bundles)
    nodes: dict[str, Node] = {}
    shapes: dict[str, Shape] = {}
    for bundle in bundles:
        held = tuple(claim.id for claim in bundle.claims)
        shapes[bundle.id] = Shape(claims=held, reasons=bundle.reasons or NO_REASONS)
        apart = frozenset(ids[p] for p in bundle.apart) if bundle.apart else tokens_of()
        nodes[bundle.id] = make_node(bundle, apart, judged)
    return nodes, shapes
