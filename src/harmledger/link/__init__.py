"""Claims into proposed incidents, with the reason; origins: who repeats whom."""

from harmledger.link.groups import propose_origin_groups
from harmledger.link.incidents import Pages, propose_each, propose_incidents
from harmledger.link.origin import OriginFinder, find_origin, find_origins, propose_origins
from harmledger.link.proposer import Proposer
from harmledger.link.repeats import find_repeats

__all__ = [
    "OriginFinder",
    "Pages",
    "Proposer",
    "find_origin",
    "find_origins",
    "find_repeats",
    "propose_each",
    "propose_incidents",
    "propose_origin_groups",
    "propose_origins",
]
