"""The corridor: carries values from room to room; the one failure boundary."""

from harmledger.pipeline.assemble import Assembled, assemble_incidents
from harmledger.pipeline.read import read_paths, render_record
from harmledger.pipeline.rooms import Extractor, RoomMaker, Rooms, open_rooms
from harmledger.pipeline.run import Progress, RunResult, carry_decisions, run_paths
from harmledger.pipeline.view import view_ledger, view_queue

__all__ = [
    "Assembled",
    "Extractor",
    "Progress",
    "RoomMaker",
    "Rooms",
    "RunResult",
    "assemble_incidents",
    "carry_decisions",
    "open_rooms",
    "read_paths",
    "render_record",
    "run_paths",
    "view_ledger",
    "view_queue",
]
