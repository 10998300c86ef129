"""Readings, grades, conflicts, totals and sums: pure arithmetic on claims and decisions."""

from harmledger.count.between import find_changes, iter_changes
from harmledger.count.changes import find_history
from harmledger.count.compare import Comparison, compare_policies
from harmledger.count.conflicts import find_conflicts
from harmledger.count.grade import Grading, grade_incident
from harmledger.count.incident import fill_incident
from harmledger.count.sums import tally_sums
from harmledger.count.tally import tally_incident, uncovered_harms
from harmledger.count.totals import TotalsTally, tally_totals

__all__ = [
    "Comparison",
    "Grading",
    "TotalsTally",
    "compare_policies",
    "fill_incident",
    "find_changes",
    "find_conflicts",
    "find_history",
    "grade_incident",
    "iter_changes",
    "tally_incident",
    "tally_sums",
    "tally_totals",
    "uncovered_harms",
]
