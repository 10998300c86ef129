"""The table a run ends with, and the list ``show`` begins with."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from rich.table import Table

from harmledger.cli.prints.phrase import (
    ASSUME_CIVILIAN,
    WORKING_COPY,
    answers_cell,
    figure_words,
    joined,
    main_reading,
    other_harms,
    reading_cell,
    voices_cell,
)
from harmledger.core.incident import Incident, Total
from harmledger.core.view import LedgerView
from harmledger.publish.notice import main_policy
from harmledger.publish.words import (
    REASON_WORDS,
    count_words,
    harm_words,
    place_words,
    say,
    unit_words,
    when_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.console import Console

    from harmledger.pipeline import RunResult
    from harmledger.pipeline.held import HeldBack

_WIDE = 165
"""Columns a terminal needs for the table of incidents."""


def render_overview(
    view: LedgerView, result: RunResult, held: Mapping[str, HeldBack]
) -> dict[str, Any]:
    """What a run did and found, as JSON-ready values."""
    return {
        "note": WORKING_COPY,
        "reader_note": result.note,
        "read": result.read,
        "known": result.known,
        "carried": result.carried,
        "refusals": msgspec.to_builtins(result.refusals),
        "gone": msgspec.to_builtins(result.gone),
        "documents": len(view.documents),
        "claims": len(view.claims),
        "policies": list(view.policies),
        "as_of": view.as_of,
        "head": view.head,
        "incidents": msgspec.to_builtins(view.incidents),
        "held_back": msgspec.to_builtins(held),
        "totals": msgspec.to_builtins(view.totals),
        "set_aside": count_set_aside(view),
        "unresolved": count_reasons(view),
    }


def print_overview(
    console: Console,
    view: LedgerView,
    result: RunResult,
    held: Mapping[str, HeldBack],
    site: Path | None = None,
) -> None:
    """Incidents, totals, refusals, and what was left over, by reason."""
    print_incidents(console, view, held)
    print_totals(console, view.totals)
    console.print()
    done = [
        f"{count_words(result.read, 'document', 'documents')} read",
        f"{result.known} known before" if result.known else "",
        f"{result.carried} decisions carried over" if result.carried else "",
        f"{count_words(len(result.refusals), 'document', 'documents')} not read"
        if result.refusals
        else "",
    ]
    console.print(joined(done, ", ") + ".")
    for refusal in result.refusals:
        console.print(f"  not read: {refusal.path}: {refusal.reason}")
    for lost in result.gone:
        console.print(f"  no longer there: {lost.path} ({lost.document}; its bytes are kept)")
    print_leftovers(console, view)
    if result.note:
        console.print(f"The reader says: {result.note}")
    console.print()
    console.print(WORKING_COPY)
    console.print(ASSUME_CIVILIAN)
    if site is not None:
        console.print(f"Pages: {site / 'index.html'}")


def print_incidents(console: Console, view: LedgerView, held: Mapping[str, HeldBack]) -> None:
    """One line per incident, oldest first; on a narrow terminal a few short lines each."""
    policy = main_policy(view)
    incidents = sorted(view.incidents, key=by_date)
    if not incidents:
        console.print("No incidents.")
    elif console.width < _WIDE:
        for incident in incidents:
            _print_stacked(console, incident, policy, held)
    else:
        console.print(_incident_table(incidents, policy, held))


def _incident_table(
    incidents: Iterable[Incident], policy: str, held: Mapping[str, HeldBack]
) -> Table:
    """Fixed widths for what is short, the rest shared by titles and answers."""
    table = make_table()
    table.expand = True
    table.add_column("Incident", ratio=3, overflow="fold")
    for heading, width in (("Date", 10), ("Place", 14), ("Killed", 12), ("Injured", 12)):
        table.add_column(heading, width=width, overflow="fold")
    for heading, width in (("Other harm", 14), ("Rests on", 12)):
        table.add_column(heading, width=width, overflow="fold")
    table.add_column("Beside the count", ratio=2, overflow="fold")
    table.add_column("Grade", width=len("discounted"))
    for incident in incidents:
        table.add_row(
            joined((incident.title, incident.code, held_words(held, incident)), "\n"),
            when_words(incident.occurred),
            place_words(incident.place),
            reading_cell(main_reading(incident, "killed", policy)),
            reading_cell(main_reading(incident, "injured", policy)),
            other_harms(incident, policy),
            voices_cell(incident),
            answers_cell(incident),
            incident.grade,
        )
    return table


def held_words(held: Mapping[str, HeldBack], incident: Incident) -> str:
    """That an incident is not to be passed on; empty where it is not held back."""
    back = held.get(incident.id)
    return "" if back is None else back.words


def _print_stacked(
    console: Console, incident: Incident, policy: str, held: Mapping[str, HeldBack]
) -> None:
    killed = reading_cell(main_reading(incident, "killed", policy))
    injured = reading_cell(main_reading(incident, "injured", policy))
    others = other_harms(incident, policy).replace("\n", " · ")
    answers = answers_cell(incident).replace("\n", " · ")
    where = (when_words(incident.occurred), place_words(incident.place))
    console.print()
    console.print(incident.title)
    console.print(f"  {joined((incident.code, *where))}")
    if incident.id in held:
        console.print(f"  {held_words(held, incident)}")
    console.print(f"  {joined((f'killed {killed}', f'injured {injured}', others))}")
    console.print(f"  {joined((voices_cell(incident), f'grade {incident.grade}'))}")
    if answers:
        console.print(f"  {answers}")


def by_date(incident: Incident) -> tuple[str, str]:
    """Oldest first, undated last."""
    when = incident.occurred
    return ((when.earliest or when.latest) if when else None) or "9999", incident.code


def print_totals(console: Console, totals: tuple[Total, ...]) -> None:
    """Running and period totals: the latest figure of each speaker, and its remainder (R10)."""
    if not totals:
        return
    table = make_table(title="Totals that voices give (never added to incidents)")
    for heading in ("Speaker", "Harm", "Place", "Span", "Latest figure", "Not in any incident"):
        table.add_column(heading, overflow="fold")
    for total in totals:
        last = total.series[-1]
        unit = unit_words(total.unit, last.low, last.high)
        told = f", told {len(total.series)} times" if len(total.series) > 1 else ""
        table.add_row(
            total.speaker,
            joined((harm_words(total.harm), "" if total.victims == "all" else total.victims)),
            place_words(total.place),
            "to date" if total.scope == "running_total" else when_words(total.period),
            f"{figure_words(last.low, last.high)} {unit}{told}",
            _remainder_cell(total),
        )
    console.print(table)


def print_leftovers(console: Console, view: LedgerView) -> None:
    """How much was set aside, and how much was seen and not turned into a claim, by reason."""
    aside = count_set_aside(view)
    if aside:
        console.print(
            f"{count_words(aside, 'claim', 'claims')} set aside in the readings; "
            "`harmledger show INCIDENT` says why."
        )
    for reason, count in count_reasons(view).items():
        console.print(f"  {count:>5}  unresolved: {say(REASON_WORDS, reason)}")


def count_set_aside(view: LedgerView) -> int:
    """Claims that some main reading leaves out."""
    policy = main_policy(view)
    return len(
        {
            aside.claim
            for incident in view.incidents
            for reading in incident.readings
            if reading.policy == policy and reading.victims in ("assume_civilian", "all")
            for aside in reading.set_aside
        }
    )


def count_reasons(view: LedgerView) -> dict[str, int]:
    """Unresolved lines by reason, most first."""
    return dict(Counter(line.reason for line in view.unresolved).most_common())


def make_table(title: str | None = None) -> Table:
    """An aligned table with one rule under its headings."""
    from rich import box

    return Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        header_style="bold",
        show_lines=False,
        pad_edge=False,
    )


def _remainder_cell(total: Total) -> str:
    if total.remainder_low is None and total.remainder_high is None:
        return "–"
    words = figure_words_signed(total.remainder_low, total.remainder_high)
    if any(end is not None and end < 0 for end in (total.remainder_low, total.remainder_high)):
        words += " (a conflict)"
    taken = total.subtraction
    if taken is not None:
        words += f"; as UCDP: {taken.total:,} − {taken.incidents:,} = {taken.remainder:,}"
    return words


def figure_words_signed(low: int | None, high: int | None) -> str:
    """A remainder: a range that may be negative, with open ends said so."""
    ends = ["open" if end is None else f"{end:,}" for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
