"""The corridor: carries values from room to room; the one failure boundary."""

from harmledger.pipeline.rooms import Extractor, RoomMaker, Rooms, open_rooms
from harmledger.pipeline.run import Progress, RunResult, carry_decisions, run_paths

__all__ = [
    "Extractor",
    "Progress",
    "RoomMaker",
    "Rooms",
    "RunResult",
    "carry_decisions",
    "open_rooms",
    "run_paths",
]
