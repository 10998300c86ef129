"""What a named person decided. Undo is a new entry; nothing decided disappears."""

from __future__ import annotations

from typing import Any, Literal

from harmledger.core.base import Value

Action = Literal[
    "accept",
    "amend",
    "reject",
    "add",
    "same",
    "different",
    "unsure",
    "set_aside",
    "grade",
    "withhold",
    "embargo",
    "release",
    "retract",
    "withdraw",
    "forget",
    "carry",
]


class Decision(Value, frozen=True, kw_only=True):
    """``about``: ids of claims, incidents or decisions (``withdraw``). ``prev``: hash of the log
    entry before it. ``value``: for amend/add the new claim's id and changed fields; for grade the
    grade; else null."""

    id: str
    at: str
    by: str
    action: Action
    about: tuple[str, ...]
    value: dict[str, Any] | None = None
    reason: str
    prev: str


class Judgement(Value, frozen=True, kw_only=True):
    """Two claims say the same incident, different ones, or nobody can tell."""

    left: str
    right: str
    judgement: Literal["same", "different", "unsure"]
    by: str
    decision: str
