"""The table of readings, and, under several policies, why they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from harmledger.cli.prints.overview import held_words, make_table
from harmledger.cli.prints.phrase import figure_words, joined, reading_cell
from harmledger.core.claim import Claim
from harmledger.core.incident import Incident, Reading
from harmledger.core.view import LedgerView
from harmledger.count import Comparison, compare_policies
from harmledger.lexicon.policies import Policy
from harmledger.publish.words import (
    count_words,
    harm_words,
    number_words,
    place_words,
    unit_words,
    when_words,
)

if TYPE_CHECKING:
    from rich.console import Console

    from harmledger.pipeline.held import HeldBack


def compare(
    incident: Incident, view: LedgerView, policies: Sequence[Policy]
) -> tuple[Comparison, ...]:
    """The incident under ``policies``; nothing where ``literal`` is not among them."""
    return compare_policies(incident, {c.id: c for c in view.claims}, view.origins, policies)


def print_readings(
    console: Console,
    view: LedgerView,
    incidents: Sequence[Incident],
    policies: Sequence[Policy],
    held: Mapping[str, HeldBack],
) -> None:
    """One policy: a table of all. Several: incident by incident, with what sets them apart."""
    claims = {c.id: c for c in view.claims}
    if len(policies) == 1:
        _print_table(console, incidents, claims, held)
        return
    for incident in incidents:
        compared = compare_policies(incident, claims, view.origins, policies)
        _print_compared(console, incident, compared, claims, held)


def beside_words(reading: Reading, claims: Mapping[str, Claim]) -> str:
    """What stands beside a figure: the largest floor, what was conceded apart, provisional."""
    floors = [claims[i].quantity.low or 0 for i in reading.floors if i in claims]
    floor = f"floor of {number_words(max(floors))}" if floors else ""
    return joined((floor, *(n for n in reading.notes if not n.startswith("possibly"))), "; ")


def _print_table(
    console: Console,
    incidents: Sequence[Incident],
    claims: Mapping[str, Claim],
    held: Mapping[str, HeldBack],
) -> None:
    table = make_table(title="Readings")
    headings = ("Incident", "Date", "Place", "Harm", "Victims", "Figure", "Beside it", "Origins")
    for heading in (*headings, "Policy"):
        table.add_column(heading, overflow="fold")
    for incident in incidents:
        for number, reading in enumerate(incident.readings):
            first = number == 0
            table.add_row(
                _named(incident, held) if first else "",
                when_words(incident.occurred) if first else "",
                place_words(incident.place) if first else "",
                joined((harm_words(reading.harm), unit_words(reading.unit, 2, None))),
                reading.victims,
                reading_cell(reading),
                beside_words(reading, claims),
                str(reading.origins),
                reading.policy,
            )
    console.print(table)


def _named(incident: Incident, held: Mapping[str, HeldBack]) -> str:
    return joined((f"{incident.code} {incident.title}", held_words(held, incident)), "\n")


def _print_compared(
    console: Console,
    incident: Incident,
    compared: Sequence[Comparison],
    claims: Mapping[str, Claim],
    held: Mapping[str, HeldBack],
) -> None:
    console.print()
    console.print(joined((incident.title, incident.code, f"grade {incident.grade}")))
    if incident.id in held:
        console.print(held_words(held, incident))
    table = make_table()
    for heading in ("Harm", "Policy", "Victims", "Figure", "Beside it", "Origins", "Why"):
        table.add_column(heading, overflow="fold")
    for one in compared:
        for row in _rows(one, incident, claims):
            table.add_row(*row)
    console.print(table)
    for one in compared:
        console.print(f"  {harm_words(one.harm)}: {effect_words(one)}")


def _rows(
    one: Comparison, incident: Incident, claims: Mapping[str, Claim]
) -> Iterator[tuple[str, ...]]:
    """A row a reading of this harm; those that do not count it share the last."""
    harm = joined((harm_words(one.harm), unit_words(one.unit, 2, None)))
    for says in one.policies:
        for reading in incident.readings:
            if (reading.policy, reading.harm, reading.unit) != (says.policy, one.harm, one.unit):
                continue
            why = "; ".join(says.why) if reading.victims == says.victims else ""
            beside = beside_words(reading, claims)
            figure, origins = reading_cell(reading), str(reading.origins)
            yield (harm, reading.policy, reading.victims, figure, beside, origins, why)
            harm = ""
    without = [p.policy for p in one.policies if not p.covered]
    if without:
        yield (harm, ", ".join(without), "", "–", "", "", "not counted by this policy")


def effect_words(compared: Comparison) -> str:
    """What the voices make of the difference, and what the rules make of it."""
    voices = "; ".join(f"{s.origin} {figure_words(s.low, s.high)}" for s in compared.sources)
    covered = sum(p.covered for p in compared.policies)
    apart = sum(p.differs for p in compared.policies)
    return (
        f"source effect (voices under literal) {figure_words(*compared.source_effect)}: "
        f"{voices or 'no figure'}. Policy effect (same claims, other rules) low ends "
        f"{_span(compared.policy_lows)}, high ends {_span(compared.policy_highs)}: {apart} of "
        f"{count_words(covered, 'policy', 'policies')} that count it differ from literal."
    )


def _span(ends: tuple[int, int] | None) -> str:
    if ends is None:
        return "not stated"
    low, high = ends
    return number_words(low) if low == high else f"{number_words(low)} to {number_words(high)}"
