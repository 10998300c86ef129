"""Synthetic reporting with known truth: documents and claims, not texts. For measuring linking."""

from harmledger.evals.synthetic.make import (
    Difficulty,
    Printed,
    Reporting,
    find_tellings,
    iter_reporting,
    make_reporting,
)
from harmledger.evals.synthetic.recipe import Recipe
from harmledger.evals.synthetic.stored import StoredReports, write_reports

__all__ = [
    "Difficulty",
    "Printed",
    "Recipe",
    "Reporting",
    "StoredReports",
    "find_tellings",
    "iter_reporting",
    "make_reporting",
    "write_reports",
]
