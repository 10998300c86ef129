"""Who repeats whom: reports and the voices they rest on, as a graph that can be drawn (R2)."""

from __future__ import annotations

from typing import Literal

from harmledger.core.base import Value

RepeatReason = Literal["near-duplicate text", "agency credit", "correction", "copy", "quotes"]


class RepeatNode(Value, frozen=True, kw_only=True):
    """A report (``document``: its id), or the voice it rests on (``origin``: its key)."""

    id: str
    kind: Literal["document", "origin"]
    label: str


class RepeatEdge(Value, frozen=True, kw_only=True):
    """``repeater`` tells what ``source`` told first, and why we think so; ``claims`` by which it
    quotes a voice, empty between documents."""

    repeater: str
    source: str
    reason: RepeatReason
    detail: str = ""
    claims: tuple[str, ...] = ()


class Repeats(Value, frozen=True, kw_only=True):
    """Nodes in order of id, edges in order of repeater and source."""

    nodes: tuple[RepeatNode, ...]
    edges: tuple[RepeatEdge, ...]
    origins: int
    """Independent origins: ``unattributed`` never makes a second."""
