"""Numbers in text: every expression, its bounds, and what it is a number of."""

from harmledger.extract.quantities.arithmetic import sum_figures
from harmledger.extract.quantities.cardinal import find_value, write_out
from harmledger.extract.quantities.figures import find_figures

__all__ = ["find_figures", "find_value", "sum_figures", "write_out"]
