"""How hard the reporting is: every share in one place, set by the stated difficulty and not
by how well linking does on it."""

from __future__ import annotations

from harmledger.core.base import Value


class Recipe(Value, frozen=True, kw_only=True):
    """Shares, 0 to 1, by which the world is made and its reports are spoiled.

    They follow what recorders complain of, not what any linker does well: dates left out, places
    named by province, blows that follow one another, copies, corrections, early partial counts.
    """

    siblings: float = 0.12
    """Incidents made close to an earlier one (chance adds more): see ``Difficulty.siblings``."""
    siblings_least: float = 0.255
    """Share of incidents with a sibling, at least: lone ones are moved next to another until it
    is reached, whatever chance did."""
    copies: float = 0.25
    """Reports that are an earlier one under another name."""
    revisions: float = 0.12
    """Reports that are an outlet's own earlier one, corrected."""
    edited: float = 0.15
    """Passages of a copy that an editor rewrote."""
    shifted: float = 0.08
    """Copies printed a day later whose "yesterday" now means another day."""
    undated: float = 0.34
    two_days: float = 0.05
    week: float = 0.03
    day_off: float = 0.03
    """Dated reports that are a day wrong."""
    province_only: float = 0.23
    country_only: float = 0.02
    mistaken_place: float = 0.03
    other_spelling: float = 0.05
    """Towns named as no gazetteer knows them: no id, no point."""
    near_only: float = 0.06
    """Towns given as "near X"."""
    site_told: float = 0.75
    site_mistaken: float = 0.05
    site_name_told: float = 0.6
    name_respelled: float = 0.4
    means_told: float = 0.6
    means_mistaken: float = 0.03
    actor_told: float = 0.5
    actor_disputed: float = 0.06
    hour_told: float = 0.12
    second_incident: float = 0.06
    """Reports that also tell of another incident."""
    rounded: float = 0.25
    in_words: float = 0.1
    partial: float = 0.12


def share_of(part: int, whole: int) -> float:
    """``part`` of ``whole``; 0 of nothing."""
    return part / whole if whole else 0.0
