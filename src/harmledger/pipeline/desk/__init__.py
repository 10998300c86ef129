"""The desk's index, made from the ledger: whole in the background, and decision by decision."""

from harmledger.pipeline.desk.log import ASIDE, Logged, read_log
from harmledger.pipeline.desk.patch import hide_incidents, patch_desk
from harmledger.pipeline.desk.recount import recount_incident
from harmledger.pipeline.desk.write import OPEN, WHOLE, write_desk

__all__ = [
    "ASIDE",
    "OPEN",
    "WHOLE",
    "Logged",
    "hide_incidents",
    "patch_desk",
    "read_log",
    "recount_incident",
    "write_desk",
]
