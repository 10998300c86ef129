"""Blocks in the making, and which block heads which (contract: figures in a table or list carry
the harm and place of their heading)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from harmledger.core.document import Block, BlockKind


class Draft(NamedTuple):
    """A block before it knows its heading. ``level``: 1..6 for headings. ``header``: a table row
    that names the columns. ``furniture``: known to be so from the markup."""

    start: int
    end: int
    kind: BlockKind
    level: int = 0
    header: bool = False
    furniture: bool = False


def outline(text: str, drafts: Sequence[Draft]) -> tuple[Block, ...]:
    """Blocks with the index of what heads them; follow ``heading`` upwards for all of it.

    A heading is headed by the next higher one above it, a table row by the row that names the
    columns, a list or table by the line above it that ends in a colon, all else by its section.
    """
    blocks: list[Block] = []
    sections: list[tuple[int, int]] = []
    lead: int | None = None
    for number, draft in enumerate(drafts):
        heads = draft.kind == "heading" and not draft.furniture
        while heads and sections and sections[-1][0] >= draft.level:
            sections.pop()
        section = sections[-1][1] if sections else None
        listed = draft.kind in {"list_item", "table_row"}
        blocks.append(
            Block(
                start=draft.start,
                end=draft.end,
                kind=draft.kind,
                furniture=draft.furniture,
                heading=lead if listed and lead is not None else section,
            )
        )
        if heads:
            sections.append((draft.level, number))
        lead = _lead_below(text, draft, number, lead)
    return tuple(blocks)


def _lead_below(text: str, draft: Draft, number: int, lead: int | None) -> int | None:
    """Which block heads the list items or table rows that may follow block ``number``."""
    if draft.header:
        return number
    if draft.kind in {"list_item", "table_row"}:
        return lead
    return number if draft.kind == "paragraph" and text[draft.end - 1] == ":" else None
