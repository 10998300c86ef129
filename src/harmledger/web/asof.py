"""Sums as of a day: a view's incidents counted again, where they are few enough to wait for."""

from __future__ import annotations

from harmledger.core.incident import Incident
from harmledger.index import Filters, Index
from harmledger.index.columns import Numbers
from harmledger.index.lists import list_incidents
from harmledger.index.sums import count_incidents, rows_of
from harmledger.pipeline.desk import recount_incident

MOST_RECOUNTED = 300
"""Incidents of a view that are counted again as of a day; of more the sums are today's, and the
page says so. A few milliseconds each, kept until a figure moves."""


def recount_view(index: Index, filters: Filters) -> tuple[Incident, ...] | None:
    """Every incident within the filters as of their day; None where no day is asked for, or the
    incidents are too many."""
    if not filters.as_of or count_incidents(index, filters) > MOST_RECOUNTED:
        return None
    key = ("recounted", filters.narrowing)

    def make() -> tuple[Incident, ...]:
        found = list_incidents(index, filters, MOST_RECOUNTED)
        return tuple(recount_incident(index, i, as_of=filters.as_of) for i in found)

    return index.cached("figures", key, make)


def find_rows(index: Index, filters: Filters, harm: str) -> Numbers | None:
    """What sums of the view run over: None for the readings the index holds, today's."""
    counted = recount_view(index, filters)
    return None if counted is None else rows_of(index, counted, filters.policy, harm)
