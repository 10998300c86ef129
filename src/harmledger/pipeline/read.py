"""``read``: the stateless reader. One record per document, as soon as it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from harmledger.core.document import Document, Item, Refusal
from harmledger.core.extraction import Extraction, Layers
from harmledger.lexicon.policies import load_policies
from harmledger.pipeline.assemble import assemble_incidents
from harmledger.pipeline.rooms import RoomMaker, open_rooms
from harmledger.pipeline.work import Done, Failed, Order, iter_outcomes


def read_paths(
    paths: Sequence[Path],
    layers: bool = False,
    *,
    maker: RoomMaker = open_rooms,
    jobs: int = 1,
    on_refusal: Callable[[Refusal], None] | None = None,
) -> Iterator[dict[str, Any]]:
    """JSON-ready records (contract §8) in the order of the files; no ledger is touched.

    Incidents are linked within the document and carry readings under every policy shipped.
    Items that cannot be read go to ``on_refusal`` and stop nothing.

    Raises:
        MissingResource, LexiconError: the installation is not complete.
    """
    rooms = maker()
    orders = _make_orders(rooms.find_items(paths), layers)
    for outcome in iter_outcomes(orders, rooms, maker, jobs):
        if isinstance(outcome, Done):
            yield render_record(outcome.document, outcome.extraction)
        elif isinstance(outcome, Failed) and on_refusal is not None:
            on_refusal(outcome.refusal)


def render_record(document: Document, extraction: Extraction) -> dict[str, Any]:
    """One document's record, with ``layers`` when the extraction has them."""
    assembled = assemble_incidents(
        (document,),
        extraction.claims,
        extraction.responses,
        groups={document.id: document.id},
        policies=load_policies(),
    )
    claims = []
    for claim in extraction.claims:
        row = msgspec.to_builtins(claim)
        row["origin"] = msgspec.to_builtins(assembled.origins.get(claim.id))
        claims.append(row)
    record = {
        "document": msgspec.to_builtins(document),
        "claims": claims,
        "incidents": msgspec.to_builtins(assembled.incidents),
        "totals": msgspec.to_builtins(assembled.totals),
        "unresolved": msgspec.to_builtins(extraction.unresolved),
        "responses": msgspec.to_builtins(extraction.responses),
        "numbers": msgspec.to_builtins(extraction.numbers),
    }
    if extraction.layers is not None:
        record["layers"] = render_layers(extraction.layers)
    return record


def render_layers(layers: Layers) -> dict[str, Any]:
    """Everything seen, flat as contract §8 lists it."""
    return {
        "times": [
            {"start": seen.start, "end": seen.end} | msgspec.to_builtins(seen.when)
            for seen in layers.times
        ],
        "places": [
            {"start": seen.start, "end": seen.end} | msgspec.to_builtins(seen.place)
            for seen in layers.places
        ],
        "quantities": msgspec.to_builtins(layers.quantities),
        "voices": msgspec.to_builtins(layers.voices),
    }


def _make_orders(items: Iterator[Item | Refusal], layers: bool) -> Iterator[Order | Failed]:
    for item in items:
        if isinstance(item, Refusal):
            yield Failed(item=None, refusal=item)
        else:
            yield Order(item=item, layers=layers)
