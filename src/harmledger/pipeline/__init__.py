"""The corridor: carries values from room to room; the one failure boundary.

Names are fetched from their modules when they are first asked for: reading opens no ledger, and
need not wait for the libraries of one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harmledger.pipeline.assemble import Assembled, Assembler, assemble_incidents
    from harmledger.pipeline.changes import find_changes_since, find_day_changes
    from harmledger.pipeline.read import read_paths, render_record
    from harmledger.pipeline.rooms import Extractor, RoomMaker, Rooms, open_rooms
    from harmledger.pipeline.run import Progress, RunResult, carry_decisions, run_paths
    from harmledger.pipeline.stream import Stream, Terms
    from harmledger.pipeline.view import view_ledger, view_queue

_MODULES = {
    "assemble": ("Assembled", "Assembler", "assemble_incidents"),
    "changes": ("find_changes_since", "find_day_changes"),
    "read": ("read_paths", "render_record"),
    "rooms": ("Extractor", "RoomMaker", "Rooms", "open_rooms"),
    "run": ("Progress", "RunResult", "carry_decisions", "run_paths"),
    "stream": ("Stream", "Terms"),
    "view": ("view_ledger", "view_queue"),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "Assembled",
    "Assembler",
    "Extractor",
    "Progress",
    "RoomMaker",
    "Rooms",
    "RunResult",
    "Stream",
    "Terms",
    "assemble_incidents",
    "carry_decisions",
    "find_changes_since",
    "find_day_changes",
    "open_rooms",
    "read_paths",
    "render_record",
    "run_paths",
    "view_ledger",
    "view_queue",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
