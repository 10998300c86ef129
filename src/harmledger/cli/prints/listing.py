"""``show`` without an id, and ``show`` of a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from harmledger.cli.prints.overview import make_table, print_incidents, print_leftovers
from harmledger.cli.prints.phrase import ASSUME_CIVILIAN, WORKING_COPY
from harmledger.core.base import Value
from harmledger.core.decision import Decision
from harmledger.core.view import LedgerView
from harmledger.pipeline.held import HeldBack
from harmledger.publish.words import day_words

if TYPE_CHECKING:
    from rich.console import Console


class ShownList(Value, frozen=True, kw_only=True):
    """Incidents and documents of the whole ledger."""

    view: LedgerView
    held: dict[str, HeldBack]
    """What is not to be passed on, by incident id."""

    def render(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "incidents": msgspec.to_builtins(self.view.incidents),
            "held_back": msgspec.to_builtins(self.held),
            "documents": msgspec.to_builtins(self.view.documents),
            "head": self.view.head,
        }

    def print_to(self, console: Console) -> None:
        """For people."""
        print_incidents(console, self.view, self.held)
        table = make_table(title="Documents")
        for heading in ("Document", "Name", "Source", "Published", "Claims"):
            table.add_column(heading, overflow="fold")
        for document in self.view.documents:
            claims = sum(c.document == document.id for c in self.view.claims)
            table.add_row(
                document.id,
                document.name,
                document.source or "–",
                day_words(document.published_at),
                str(claims),
            )
        console.print(table)
        print_leftovers(console, self.view)
        console.print(ASSUME_CIVILIAN)
        console.print(WORKING_COPY)


class ShownDecision(Value, frozen=True, kw_only=True):
    """One line of the decision log."""

    decision: Decision

    def render(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"decision": msgspec.to_builtins(self.decision)}

    def print_to(self, console: Console) -> None:
        """For people."""
        decision = self.decision
        console.print(f"{decision.id}  {decision.action}  {', '.join(decision.about)}")
        console.print(f"{decision.at}  {decision.by}: {decision.reason}")
        for key, value in (decision.value or {}).items():
            console.print(f"  {key}: {value}")
