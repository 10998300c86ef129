"""A text cut into pieces at every place where a claim, response or number begins or ends.

Every code point of the text is in exactly one piece or gap, so nothing is lost or doubled.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.document import Block
from harmledger.core.response import Response
from harmledger.core.span import Span
from harmledger.core.unresolved import NumberState, Unresolved
from harmledger.publish.words import HARM_FAMILIES

_PARAGRAPH = re.compile(r"(?:\r\n|\r|\n){2,}")
NumberMark = Literal["", "used", "read_as", "unresolved"]


class Piece(Value, frozen=True, kw_only=True):
    """A run of text under the same claims. ``ends``: claims whose span ends with this piece."""

    text: str
    claims: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    family: str = ""
    """The family of the innermost claim, for its mark."""
    response: bool = False
    unresolved: str = ""
    """Id of the line that says what was not understood here."""
    number: NumberMark = ""
    number_claim: str = ""
    read_as: str = ""


class Passage(Value, frozen=True, kw_only=True):
    """A block of the text with what was read in it. ``gap``: the empty lines after it."""

    pieces: tuple[Piece, ...]
    gap: str
    heading: bool
    furniture: bool
    claims: tuple[Claim, ...]
    """Claims whose span begins in this block."""
    responses: tuple[Response, ...]
    unresolved: tuple[Unresolved, ...]


class Layer(Value, frozen=True, kw_only=True):
    """Everything that was read in one text."""

    claims: tuple[Claim, ...] = ()
    responses: tuple[Response, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    numbers: tuple[NumberState, ...] = ()


def find_blocks(text: str) -> tuple[Block, ...]:
    """Paragraphs by empty lines, for texts whose reader's own blocks are not at hand."""
    blocks, start = [], 0
    for gap in [*_PARAGRAPH.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if end > start:
            heading = text.startswith("#", start)
            kind: Literal["heading", "paragraph"] = "heading" if heading else "paragraph"
            blocks.append(Block(start=start, end=end, kind=kind))
        start = gap.end() if gap else end
    return tuple(blocks)


def render_passages(text: str, blocks: tuple[Block, ...], layer: Layer) -> tuple[Passage, ...]:
    """The whole text as passages, gaps between blocks included with the block before them."""
    starts = sorted({0, *(block.start for block in blocks)})
    heads = {block.start: block for block in blocks}
    ends = [*starts[1:], len(text)]
    return tuple(
        _passage(text, start, end, heads.get(start), layer)
        for start, end in zip(starts, ends, strict=True)
        if end > start
    )


def _passage(text: str, start: int, end: int, block: Block | None, layer: Layer) -> Passage:
    shown = max(start + len(text[start:end].rstrip()), *_span_ends(layer, start, end), start)

    def here(at: int) -> bool:
        return start <= at < end

    def meets(span: Span | NumberState | None) -> bool:
        return span is not None and span.start < end and start < span.end

    near = Layer(
        claims=tuple(c for c in layer.claims if meets(c.span)),
        responses=tuple(r for r in layer.responses if meets(r.span)),
        unresolved=tuple(u for u in layer.unresolved if meets(u.span)),
        numbers=tuple(n for n in layer.numbers if meets(n)),
    )
    return Passage(
        pieces=cut_pieces(text, start, shown, near),
        gap=text[shown:end],
        heading=block is not None and block.kind == "heading",
        furniture=block is not None and block.furniture,
        claims=tuple(c for c in layer.claims if here(c.span.start)),
        responses=tuple(r for r in layer.responses if here(r.span.start)),
        unresolved=tuple(u for u in layer.unresolved if u.span and here(u.span.start)),
    )


def _span_ends(layer: Layer, start: int, end: int) -> list[int]:
    """Ends of claims inside the block: nothing that was claimed is hidden in a gap."""
    return [c.span.end for c in layer.claims if start < c.span.end <= end] or [start]


def cut_pieces(text: str, start: int, end: int, layer: Layer) -> tuple[Piece, ...]:
    """``text[start:end]`` as pieces; joined, their texts are that slice again."""
    spans = [(c.span.start, c.span.end) for c in layer.claims]
    spans += [(r.span.start, r.span.end) for r in layer.responses]
    spans += [(u.span.start, u.span.end) for u in layer.unresolved if u.span]
    spans += [(n.start, n.end) for n in layer.numbers]
    cuts = sorted({start, end, *(at for pair in spans for at in pair if start < at < end)})
    return tuple(_piece(text, a, b, layer) for a, b in pairwise(cuts))


def _piece(text: str, start: int, end: int, layer: Layer) -> Piece:
    over = [c for c in layer.claims if c.span.start <= start and end <= c.span.end]
    inner = min(over, key=lambda c: (c.span.end - c.span.start, c.id), default=None)
    number = next((n for n in layer.numbers if n.start <= start and end <= n.end), None)
    missed = (u for u in layer.unresolved if u.span and u.span.start <= start and end <= u.span.end)
    return Piece(
        text=text[start:end],
        claims=tuple(c.id for c in over),
        ends=tuple(c.id for c in over if c.span.end == end),
        family=HARM_FAMILIES.get(inner.harm, "object") if inner else "",
        response=any(r.span.start <= start and end <= r.span.end for r in layer.responses),
        unresolved=next((u.id for u in missed), ""),
        number=number.state if number else "",
        number_claim=(number.claim or "") if number else "",
        read_as=(number.read_as or "") if number else "",
    )


def quote_parts(claim: Claim) -> tuple[str, str, str]:
    """The quote as (before, number, after); no number when its words are not in the quote."""
    quote, number = claim.span.quote, claim.quantity.as_written
    at = quote.find(number) if number else -1
    if at < 0 or not number:
        return quote, "", ""
    return quote[:at], number, quote[at + len(number) :]
