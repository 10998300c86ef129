"""Synthetic reporting with known truth: documents and claims, not texts. For measuring linking."""

from harmledger.evals.synthetic.make import (
    Difficulty,
    Reporting,
    find_tellings,
    make_reporting,
)
from harmledger.evals.synthetic.recipe import Recipe

__all__ = ["Difficulty", "Recipe", "Reporting", "find_tellings", "make_reporting"]
