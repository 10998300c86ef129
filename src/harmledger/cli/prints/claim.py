"""``show`` for one claim: its words, its fields and their rules, the way back to bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from harmledger.cli.prints.marked import Mark, mark_text
from harmledger.cli.prints.overview import make_table
from harmledger.cli.prints.phrase import WORKING_COPY, figure_words, joined, seen_at
from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.decision import Decision
from harmledger.core.document import Document
from harmledger.publish.words import (
    day_words,
    harm_words,
    means_words,
    place_words,
    precision_words,
    site_words,
    unit_words,
    voices_words,
    when_words,
)

if TYPE_CHECKING:
    from rich.console import Console


class ShownClaim(Value, frozen=True, kw_only=True):
    """A claim and everything that leads away from it."""

    claim: Claim
    document: Document
    text: str
    standing: str
    incidents: tuple[str, ...]
    decisions: tuple[Decision, ...]
    entry: int

    def render(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "claim": msgspec.to_builtins(self.claim),
            "standing": self.standing,
            "incidents": list(self.incidents),
            "decisions": msgspec.to_builtins(self.decisions),
            "document": msgspec.to_builtins(self.document),
            "log_entry": self.entry,
        }

    def print_to(self, console: Console) -> None:
        """For people."""
        claim = self.claim
        kind = (claim.stance, claim.modality, f"score {claim.score:.2f}", self.standing)
        console.print(f"{claim.id}  {harm_words(claim.harm)}")
        console.print(joined(kind))
        console.print()
        console.print(self._quote())
        console.print()
        _print_fields(console, claim)
        _print_trace(console, claim, self.text)
        self._print_path(console)
        for decision in self.decisions:
            console.print(f"{decision.at}  {decision.by}: {decision.action}. {decision.reason}")
        console.print(WORKING_COPY)

    def _quote(self) -> Any:
        span = self.claim.span
        around = self.text.find(span.sentence, max(0, span.start - len(span.sentence)))
        start = around if 0 <= around <= span.start else span.start
        end = max(span.end, start + len(span.sentence) if start == around else span.end)
        return mark_text(
            self.text, [Mark(start=span.start, end=span.end, label="claim:")], start, end
        )

    def _print_path(self, console: Console) -> None:
        claim, document = self.claim, self.document
        console.print("The way back to the bytes")
        console.print(f"  span      {claim.span.start}–{claim.span.end} of the text below")
        console.print(f"  text      sha256 {claim.text_sha256}")
        console.print(f"  document  {document.id} {joined((document.name, document.title or ''))}")
        published = day_words(document.published_at)
        console.print(f"  source    {joined((document.source or 'not stated', published))}")
        console.print(f"  bytes     sha256 {document.sha256}")
        for capture in document.captures:
            found = seen_at(capture) or capture.url or ""
            console.print(f"  captured  {capture.captured_at} by {capture.tool} from {found}")
        console.print(f"  log       entry {self.entry}, written by {claim.extractor}")
        if self.incidents:
            console.print(f"  incident  {', '.join(self.incidents)}")
        console.print()


def field_rows(claim: Claim) -> list[tuple[str, str]]:
    """The fields that say something, in words."""
    quantity, accused = claim.quantity, claim.alleged_perpetrator
    figure = figure_words(quantity.low, quantity.high)
    unit = unit_words(quantity.unit, quantity.low, quantity.high)
    hedge = "" if quantity.bound in ("exact", "none") else quantity.bound.replace("_", " ")
    victims = claim.victims
    rows = [
        (
            "quantity",
            joined(
                (
                    f"{figure} {unit}",
                    hedge,
                    quantity.scope.replace("_", " "),
                    quantity.extent,
                    quantity.basis,
                )
            ),
        ),
        ("cause", claim.cause),
        (
            "victims",
            joined((victims.as_written or "", victims.status, victims.age or "", *victims.roles)),
        ),
        ("voice", voices_words(claim.voice)),
        ("said", day_words(claim.said_at.at)),
        ("place", joined((place_words(claim.place), precision_words(claim.place)))),
        ("occurred", when_words(claim.occurred)),
        ("site", site_words(claim.site)),
        ("means", means_words(claim.means)),
        ("services", ", ".join(claim.services)),
        ("accused", f"{accused.name}, alleged by {accused.alleged_by}" if accused else ""),
        ("part of", claim.part_of or ""),
        ("about", claim.about or ""),
        ("supersedes", claim.supersedes or ""),
        ("replaces", claim.replaces or ""),
    ]
    return [row for row in rows if row[1]]


def _print_fields(console: Console, claim: Claim) -> None:
    table = make_table()
    table.add_column("Field")
    table.add_column("Value", overflow="fold")
    for name, words in field_rows(claim):
        table.add_row(name, words)
    console.print(table)


def _print_trace(console: Console, claim: Claim, text: str) -> None:
    if not claim.trace:
        return
    table = make_table(title="Which words filled which field, by which rule")
    for heading in ("Field", "Words", "Where", "Rule"):
        table.add_column(heading, overflow="fold")
    for trace in claim.trace:
        words = text[trace.start : trace.end]
        table.add_row(trace.field, words, f"{trace.start}–{trace.end}", trace.rule)
    console.print(table)
