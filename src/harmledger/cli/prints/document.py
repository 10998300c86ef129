"""``show`` for one document: its text with every claim marked, and what was not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from harmledger.cli.prints.marked import Mark, mark_text
from harmledger.cli.prints.overview import make_table
from harmledger.cli.prints.phrase import WORKING_COPY, figure_words, joined, seen_at
from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.core.response import Response
from harmledger.core.unresolved import NumberState, Unresolved
from harmledger.core.view import Standing
from harmledger.pipeline.versions import VersionChange
from harmledger.publish.words import (
    REASON_WORDS,
    STANCE_WORDS,
    day_words,
    harm_words,
    say,
    unit_words,
    voices_words,
)

if TYPE_CHECKING:
    from rich.console import Console


class ShownDocument(Value, frozen=True, kw_only=True):
    """A document as the ledger reads it now."""

    document: Document
    text: str
    claims: tuple[Claim, ...]
    standings: dict[str, Standing]
    responses: tuple[Response, ...]
    unresolved: tuple[Unresolved, ...]
    numbers: tuple[NumberState, ...]
    change: VersionChange | None = None
    """Against the version it follows, where there was one."""

    def render(self) -> dict[str, Any]:
        """JSON-ready, with the whole text."""
        return {
            "document": msgspec.to_builtins(self.document),
            "text": self.text,
            "claims": msgspec.to_builtins(self.claims),
            "standings": {c.id: self.standings.get(c.id, "proposed") for c in self.claims},
            "responses": msgspec.to_builtins(self.responses),
            "unresolved": msgspec.to_builtins(self.unresolved),
            "numbers": msgspec.to_builtins(self.numbers),
            "change": msgspec.to_builtins(self.change),
        }

    def print_to(self, console: Console) -> None:
        """For people."""
        document = self.document
        console.print(joined((document.id, document.name)))
        console.print(document.title or "(no title)")
        console.print(
            joined(
                (
                    document.source or "source not stated",
                    f"published {day_words(document.published_at)}",
                    f"language {document.language or 'unknown'}",
                )
            )
        )
        console.print(f"bytes sha256 {document.sha256}")
        for seen in document.captures:
            where = joined((seen_at(seen), seen.url or ""))
            console.print(
                f"captured {seen.captured_at} from {where} by {seen.tool} ({seen.method})"
            )
        self._print_change(console)
        console.print()
        console.print(mark_text(self.text, self._marks()))
        console.print()
        self._print_claims(console)
        self._print_rest(console)
        console.print(WORKING_COPY)

    def _print_change(self, console: Console) -> None:
        if self.change is None:
            return
        console.print(f"a later version of {self.change.earlier}; both are kept")
        for sign, passages in (("-", self.change.gone), ("+", self.change.come)):
            for passage in passages:
                console.print(f"{sign} {passage.words}")

    def _marks(self) -> list[Mark]:
        shown = [
            Mark(start=c.span.start, end=c.span.end, label=f"{number}:")
            for number, c in enumerate(self.claims, start=1)
            if c.text_sha256 == self.document.text_sha256
        ]
        open_spans = [
            Mark(start=line.span.start, end=line.span.end, label="?", opens="⟨", closes="⟩")
            for line in self.unresolved
            if line.span is not None and line.span.end - line.span.start < len(self.text) // 2
        ]
        return shown + open_spans

    def _print_claims(self, console: Console) -> None:
        if not self.claims:
            console.print("No claims.")
            return
        table = make_table()
        for heading in ("No.", "Claim", "Harm", "Figure", "Voice", "Standing"):
            table.add_column(heading, overflow="fold")
        for number, claim in enumerate(self.claims, start=1):
            quantity = claim.quantity
            unit = unit_words(quantity.unit, quantity.low, quantity.high)
            table.add_row(
                str(number),
                claim.id,
                joined((harm_words(claim.harm), _stance(claim))),
                f"{figure_words(quantity.low, quantity.high)} {unit}",
                voices_words(claim.voice),
                self.standings.get(claim.id, "proposed"),
            )
        console.print(table)

    def _print_rest(self, console: Console) -> None:
        for answer in self.responses:
            who = voices_words(answer.voice)
            console.print(f"{answer.kind} by {who}: “{answer.span.quote}”")
        for line in self.unresolved:
            where = "" if line.span is None else f" “{line.span.quote[:80]}”"
            console.print(f"? {say(REASON_WORDS, line.reason)}:{where} {line.note}")


def _stance(claim: Claim) -> str:
    stance = "" if claim.stance == "asserts" else say(STANCE_WORDS, claim.stance)
    modality = "" if claim.modality == "stated" else claim.modality
    return joined((stance, modality), ", ")
