"""A disposable copy of one view of the ledger, arranged for looking things up at once.

One SQLite file, made from a :class:`LedgerView` at a log head and never the record: deleting it
loses nothing. Pages, API and feeds read from here, so that no request links or counts a ledger.
"""

from harmledger.index.changed import Changed
from harmledger.index.effect import tally_effects
from harmledger.index.filters import Filters
from harmledger.index.look import Index, open_index
from harmledger.index.patch import Patch, patch_index
from harmledger.index.rows import NOT_LIVE, Shown
from harmledger.index.write import IndexMeta, find_groups, find_meta, write_index, write_took

__all__ = [
    "NOT_LIVE",
    "Changed",
    "Filters",
    "Index",
    "IndexMeta",
    "Patch",
    "Shown",
    "find_groups",
    "find_meta",
    "open_index",
    "patch_index",
    "tally_effects",
    "write_index",
    "write_took",
]
