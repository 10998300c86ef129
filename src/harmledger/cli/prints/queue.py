"""The queue of open questions, and the list of decisions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from harmledger.cli.prints.overview import make_table
from harmledger.core.decision import Decision
from harmledger.publish.words import count_words
from harmledger.review import QueueLine

if TYPE_CHECKING:
    from rich.console import Console


def print_queue(console: Console, lines: Sequence[QueueLine], limit: int) -> None:
    """The first ``limit`` questions, most useful first."""
    if not lines:
        console.print("Nothing is waiting for a decision.")
        return
    table = make_table()
    for heading in ("Kind", "About", "Question"):
        table.add_column(heading, overflow="fold")
    for line in lines[:limit]:
        table.add_row(line.kind.replace("_", " "), "\n".join(line.about), line.question)
    console.print(table)
    if len(lines) > limit:
        more = count_words(len(lines) - limit, "question", "questions")
        console.print(f"{more} more; --limit prints them.")


def print_decisions(console: Console, decisions: Sequence[Decision]) -> None:
    """Each decision on its line, oldest first; withdrawn ones say so."""
    if not decisions:
        console.print("No decisions yet.")
        return
    gone = {about for d in decisions if d.action == "withdraw" for about in d.about}
    table = make_table()
    for heading in ("When", "Who", "What", "About", "Why"):
        table.add_column(heading, overflow="fold")
    for decision in decisions:
        action = decision.action.replace("_", " ")
        table.add_row(
            f"{decision.at[:19]}\n{decision.id}",
            decision.by,
            f"{action} (withdrawn)" if decision.id in gone else action,
            "\n".join(decision.about),
            decision.reason,
        )
    console.print(table)
