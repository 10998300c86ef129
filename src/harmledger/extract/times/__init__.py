"""Times in text: when something is said to have happened, as an interval of days."""

from harmledger.extract.times.diary import Written, find_days_written
from harmledger.extract.times.finder import find_times
from harmledger.extract.times.published import parse_published

__all__ = ["Written", "find_days_written", "find_times", "parse_published"]
