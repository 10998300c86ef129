"""``show`` for one incident: readings, the claims they rest on, conflicts and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from harmledger.cli.prints.overview import make_table
from harmledger.cli.prints.phrase import (
    ASSUME_CIVILIAN,
    WORKING_COPY,
    figure_words,
    joined,
    reading_cell,
)
from harmledger.cli.prints.repeats import print_repeats
from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.incident import Incident, Reading
from harmledger.core.repeats import Repeats
from harmledger.core.view import Standing
from harmledger.pipeline.held import HeldBack
from harmledger.publish.words import (
    CONFLICT_WORDS,
    day_words,
    harm_words,
    means_words,
    place_words,
    say,
    site_words,
    unit_words,
    voices_words,
    when_words,
)

if TYPE_CHECKING:
    from rich.console import Console


class ShownIncident(Value, frozen=True, kw_only=True):
    """An incident and its claims, in the order they were said."""

    incident: Incident
    claims: tuple[Claim, ...]
    standings: dict[str, Standing]
    repeats: Repeats
    held: HeldBack | None = None
    """That it is not to be passed on."""

    def render(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "incident": msgspec.to_builtins(self.incident),
            "claims": msgspec.to_builtins(self.claims),
            "standings": {c.id: self.standings.get(c.id, "proposed") for c in self.claims},
            "repeats": msgspec.to_builtins(self.repeats),
            "held_back": msgspec.to_builtins(self.held),
        }

    def print_to(self, console: Console) -> None:
        """For people."""
        incident = self.incident
        console.print(joined((incident.code, incident.id, incident.status)))
        console.print(incident.title)
        if self.held is not None:
            console.print(self.held.words)
        facts = (
            when_words(incident.occurred),
            place_words(incident.place),
            site_words(incident.site),
            means_words(incident.means),
        )
        console.print(joined(facts))
        console.print(f"grade: {joined((incident.grade, incident.grade_why))}")
        console.print()
        self._print_readings(console)
        self._print_claims(console)
        print_repeats(console, self.repeats, {c.document: c.document_name for c in self.claims})
        console.print()
        self._print_beside(console)
        console.print(ASSUME_CIVILIAN)
        console.print(WORKING_COPY)

    def _print_readings(self, console: Console) -> None:
        table = make_table(title="Readings")
        for heading in ("Harm", "Victims", "Figure", "Low rests on", "High rests on", "Policy"):
            table.add_column(heading, overflow="fold")
        numbers = self._numbers()
        for reading in self.incident.readings:
            table.add_row(
                joined((harm_words(reading.harm), unit_words(reading.unit, 2, None))),
                reading.victims,
                reading_cell(reading),
                _refer(reading.claims_low, numbers),
                _refer(reading.claims_high, numbers),
                reading.policy,
            )
        console.print(table)

    def _print_claims(self, console: Console) -> None:
        aside = set_aside_reasons(self.incident.readings)
        table = make_table(title="Claims")
        for heading in ("No.", "Said", "Voice", "Harm", "Figure", "Words", "Not counted because"):
            table.add_column(heading, overflow="fold")
        for number, claim in enumerate(self.claims, start=1):
            quantity = claim.quantity
            table.add_row(
                f"{number}\n{claim.id}",
                day_words(claim.said_at.at),
                voices_words(claim.voice),
                joined((harm_words(claim.harm), _stance(claim))),
                figure_words(quantity.low, quantity.high),
                f"“{claim.span.quote}”\n{claim.document_name}",
                aside.get(claim.id, ""),
            )
        console.print(table)

    def _print_beside(self, console: Console) -> None:
        numbers = self._numbers()
        for conflict in self.incident.conflicts:
            rests = _refer(conflict.claims, numbers)
            where = "" if rests == "–" else f" ({rests})"
            console.print(f"{say(CONFLICT_WORDS, conflict.kind)}: {conflict.note}{where}")
        for answer in self.incident.responses:
            who, when = voices_words(answer.voice), day_words(answer.said_at.at)
            console.print(f"{answer.kind}, {who}, {when}: “{answer.span.quote}”")
        unsure = [link for link in self.incident.links if link.judgement == "unsure"]
        for link in unsure:
            console.print(f"perhaps also here: {link.claim} ({'; '.join(link.why)})")
        console.print()

    def _numbers(self) -> dict[str, int]:
        return {claim.id: number for number, claim in enumerate(self.claims, start=1)}


def set_aside_reasons(readings: tuple[Reading, ...]) -> dict[str, str]:
    """Why a claim stands in no main reading, by claim id."""
    return {
        aside.claim: aside.why
        for reading in readings
        if reading.victims in ("assume_civilian", "all")
        for aside in reading.set_aside
    }


def _refer(claims: tuple[str, ...], numbers: dict[str, int]) -> str:
    known = sorted(numbers[claim] for claim in claims if claim in numbers)
    return f"no. {', '.join(map(str, known))}" if known else "–"


def _stance(claim: Claim) -> str:
    stance = "" if claim.stance == "asserts" else claim.stance.replace("_", " ")
    return joined((stance, "" if claim.modality == "stated" else claim.modality), ", ")
