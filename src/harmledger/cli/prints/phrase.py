"""Short phrases for table cells."""

from __future__ import annotations

from collections.abc import Iterable

from harmledger.core.document import Capture
from harmledger.core.incident import Incident, Reading
from harmledger.core.location import show_location
from harmledger.publish.words import count_words, harm_words, number_words, range_words, unit_words

WORKING_COPY = "Working copy: contains quotes; stays on this machine."
ASSUME_CIVILIAN = (
    "People are read as assume_civilian: whoever no voice calls a combatant counts as a civilian "
    "(`harmledger tally` also prints strict). Recorded harm, not actual harm."
)


def figure_words(low: int | None, high: int | None) -> str:
    """A figure as a cell of a table holds it."""
    return "not stated" if low is None and high is None else range_words(low, high)


def main_reading(incident: Incident, harm: str, policy: str) -> Reading | None:
    """The reading that stands in front: assume_civilian, else everyone's, else combatants'."""
    for victims in ("assume_civilian", "all", "combatant"):
        for reading in incident.readings:
            found = (reading.harm, reading.victims, reading.policy)
            if found == (harm, victims, policy) and _says_something(reading):
                return reading
    return None


def reading_cell(reading: Reading | None) -> str:
    """ "17–18", "3 (possibly 2 more)", "12 (combatants)"; a dash where no voice gives a number.

    A policy that gives one number prints that; one that gives a best beside a range prints both.
    """
    if reading is None:
        return "–"
    words = figure_words(reading.low, reading.high)
    if reading.best is not None:
        best = number_words(reading.best)
        words = best if reading.high in (None, reading.low) else f"{words}, best {best}"
    notes = [note for note in reading.notes if note.startswith("possibly")]
    if notes:
        words += f" ({'; '.join(notes)})"
    return f"{words} (combatants)" if reading.victims == "combatant" else words


def other_harms(incident: Incident, policy: str) -> str:
    """Harms beside killed and injured, each with its figure."""
    lines = []
    for harm in dict.fromkeys(r.harm for r in incident.readings if r.policy == policy):
        if harm in ("killed", "injured"):
            continue
        reading = main_reading(incident, harm, policy)
        if reading is None:
            lines.append(harm_words(harm))
            continue
        unit = unit_words(reading.unit, reading.low, reading.high)
        lines.append(f"{harm_words(harm)}: {figure_words(reading.low, reading.high)} {unit}")
    return "\n".join(lines)


def answers_cell(incident: Incident) -> str:
    """Conflicts, and who denied, conceded or looks into it: said beside the count (R7)."""
    lines = [
        f"{word} {', '.join(names)}"
        for word, names in (
            ("denied by", incident.denied_by),
            ("conceded by", incident.conceded_by),
            ("looked into by", incident.inquiry_by),
        )
        if names
    ]
    if incident.conflicts:
        lines.insert(0, count_words(len(incident.conflicts), "conflict", "conflicts"))
    return "\n".join(lines)


def voices_cell(incident: Incident) -> str:
    """How many independent origins, in how many documents."""
    origins = incident.independent_origins
    return (
        f"{count_words(origins, 'origin', 'origins')}, "
        f"{count_words(incident.reports, 'document', 'documents')}"
    )


def seen_at(capture: Capture) -> str:
    """Where the file of a capture lies, as a person would name it from here."""
    return capture.path or "" if capture.file is None else show_location(capture.file)


def joined(parts: Iterable[str], gap: str = " · ") -> str:
    """The parts that are not empty."""
    return gap.join(part for part in parts if part)


def _says_something(reading: Reading) -> bool:
    return (reading.low, reading.best, reading.high) != (None, None, None)
