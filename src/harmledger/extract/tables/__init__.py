"""Tables and lists of figures: each figure takes harm and people from its headings (rule 18)."""

from harmledger.extract.tables.cells import Cell, find_cells, find_lead, find_list_heads

__all__ = ["Cell", "find_cells", "find_lead", "find_list_heads"]
