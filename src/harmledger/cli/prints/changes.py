"""``changes``: incident by incident in the order things were said, one line a change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from harmledger.cli.prints.overview import make_table
from harmledger.cli.prints.phrase import figure_words, joined
from harmledger.core.change import Bounds, Change
from harmledger.publish.words import count_words, day_words, harm_words, number_words

if TYPE_CHECKING:
    from rich.console import Console


def print_changes(console: Console, changes: Iterable[Change]) -> None:
    """For people."""
    changes = tuple(changes)
    if not changes:
        console.print("Nothing changed.")
        return
    table = make_table(title="Changes")
    for heading in ("When", "Incident", "Change", "What", "Before", "After", "Brought by"):
        table.add_column(heading, overflow="fold")
    for change in changes:
        table.add_row(
            day_words(change.at),
            change.code,
            change.kind.replace("_", " "),
            _what(change),
            bounds_words(change.before),
            bounds_words(change.after),
            _brought_by(change),
        )
    console.print(table)
    console.print("Recorded, not actual, harm. `harmledger show CLAIM` leads back to the words.")


def bounds_words(bounds: Bounds | None) -> str:
    """ "3", "17–18", "10–471, best 10"; a dash where there is none."""
    if bounds is None:
        return "–"
    if bounds.low is None and bounds.high is None and bounds.best is not None:
        return number_words(bounds.best)
    words = figure_words(bounds.low, bounds.high)
    if bounds.best is None or bounds.low == bounds.high:
        return words
    return f"{words}, best {number_words(bounds.best)}"


def _what(change: Change) -> str:
    harm = harm_words(change.harm) if change.harm else ""
    others = f"from {', '.join(change.incidents)}" if change.incidents else ""
    policy = "" if change.policy in (None, "literal") else str(change.policy)
    return joined((harm, policy, change.note, others))


def _brought_by(change: Change) -> str:
    counts = (
        count_words(len(change.claims), "claim", "claims") if change.claims else "",
        count_words(len(change.documents), "document", "documents") if change.documents else "",
        count_words(len(change.decisions), "decision", "decisions") if change.decisions else "",
    )
    return joined(counts, ", ")
