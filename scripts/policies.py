"""docs/policies.md: what each counting policy is, and what it makes of the three example cases.

The rows are the program's own answers over ``examples/reports``; ``tests/gold/policies`` holds the
same rows worked out by hand from the rules, and a test compares the two.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from harmledger.core.incident import Incident, Reading
from harmledger.lexicon.numbers import NumberProfile, load_number_profiles
from harmledger.lexicon.policies import Policy, load_policies

ROOT = Path(__file__).resolve().parents[1]
BY_HAND = ROOT / "tests" / "gold" / "policies" / "by_hand.json"
HARMS = ("killed", "injured")
STARTED = datetime(2024, 1, 1, tzinfo=UTC)
CASES = {
    "Mariupol hospital 2022-03-09": "Mariupol",
    "Kunduz 2015-10-03": "Kunduz",
    "Al-Ahli 2023-10-17": "Gaza City",
}
WORDS = ("plural", "several", "many", "few", "unknown", "tens", "dozens", "scores", "hundreds")
WORDS += ("thousands", "millions")


class Row(NamedTuple):
    """One figure: a case on a day, under a policy, for a harm; ``counted``: it covers the harm."""

    case: str
    as_of: str
    policy: str
    harm: str
    victims: str | None
    counted: bool
    low: int | None
    best: int | None
    high: int | None
    possibly_more: int | None
    provisional: bool
    origins: int


def load_by_hand() -> list[dict[str, Any]]:
    """The rows worked out by hand."""
    rows: list[dict[str, Any]] = json.loads(BY_HAND.read_text(encoding="utf-8"))
    return rows


def iter_rows() -> Iterator[Row]:
    """The program's rows for every case and day that was worked out by hand."""
    for case, day in dict.fromkeys((row["case"], row["as_of"]) for row in load_by_hand()):
        incident = find_case(case, day)
        for harm in HARMS:
            for policy in load_policies():
                yield _row(case, day, policy, harm, incident)


def find_case(case: str, day: str) -> Incident:
    """The one incident of a case, by its town, as of a day."""
    (incident,) = [
        i for i in _incidents(day) if i.place is not None and i.place.name == CASES[case]
    ]
    return incident


@cache
def _incidents(day: str) -> tuple[Incident, ...]:
    from harmledger.ledger import open_ledger
    from harmledger.pipeline import view_ledger

    with open_ledger(_ledger()) as opened:
        return view_ledger(opened, as_of=day).incidents


@cache
def _ledger() -> Path:
    """The example reports in a ledger of their own, gone when the program ends."""
    from harmledger.ledger import open_ledger
    from harmledger.pipeline import run_paths

    path = Path(_folder().name) / "examples.ledger"
    with open_ledger(path, write=True, clock=lambda: STARTED) as opened:
        run_paths([ROOT / "examples" / "reports"], opened, clock=lambda: STARTED)
    return path


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="harmledger-policies-")


def _row(case: str, day: str, policy: Policy, harm: str, incident: Incident) -> Row:
    reading = _main(incident.readings, policy.name, harm)
    notes = () if reading is None else reading.notes
    more = [int(note.split()[1]) for note in notes if note.startswith("possibly")]
    return Row(
        case=case,
        as_of=day,
        policy=policy.name,
        harm=harm,
        victims=reading.victims if reading else None,
        counted=reading is not None,
        low=reading.low if reading else None,
        best=reading.best if reading else None,
        high=reading.high if reading else None,
        possibly_more=more[0] if more else None,
        provisional=any(note.startswith("provisional") for note in notes),
        origins=reading.origins if reading else 0,
    )


def _main(readings: Iterable[Reading], policy: str, harm: str) -> Reading | None:
    held = [r for r in readings if (r.policy, r.harm) == (policy, harm)]
    return next((r for r in held if r.victims in ("assume_civilian", "all")), None)


def render_cases() -> str:
    """The table of every case and day under every policy."""
    names = [policy.name for policy in load_policies()]
    head = ["case", "as of", "harm", *(f"`{name}`" for name in names), "grade"]
    lines = [_line(head), _line(["---"] * len(head))]
    rows = {(r.case, r.as_of, r.harm, r.policy): r for r in iter_rows()}
    for case, day in dict.fromkeys((r.case, r.as_of) for r in rows.values()):
        for harm in HARMS:
            cells = [_cell(rows[case, day, harm, name]) for name in names]
            grade = find_case(case, day).grade if harm == HARMS[0] else ""
            lines.append(_line([case, day, harm, *cells, grade]))
    return "\n".join(lines)


def _cell(row: Row) -> str:
    if not row.counted:
        return "not counted"
    if row.low is None and row.high is None:
        words = "–" if row.best is None else str(row.best)
    else:
        ends = [row.low, row.high] if row.best is None else [row.low, row.best, row.high]
        words = ("–" if row.best is None else "/").join(
            "open" if n is None else str(n) for n in ends
        )
    if row.possibly_more is not None:
        words += f", possibly {row.possibly_more} more"
    return f"{words}, provisional" if row.provisional else words


def render_policies() -> str:
    """A section for each policy."""
    return "\n".join(_section(policy) for policy in load_policies())


def _section(policy: Policy) -> str:
    statuses = ", ".join(policy.covers.statuses)
    harms = ", ".join(harm.replace("_", " ") for harm in policy.covers.harms)
    vague = "refused" if policy.refuse_vague else "read literally"
    lines = [
        f"### {policy.name}",
        "",
        f"{policy.title}, edition {policy.edition}. Source: {policy.source}.",
        "",
        policy.says,
        "",
        f"- Covers: {harms}. Status of victims: {statuses}.",
        "- All else is *not counted by this policy*.",
        f"- Prints: {', '.join(policy.readings)}.",
        f"- Number words: profile `{policy.profile.name}`; a word it has no number for is {vague}.",
        f"- Chooses: {policy.chooses}.",
        "",
        "| rule, as we read it | source and edition |",
        "|---|---|",
        *(f"| {rule.says} | {rule.source} |" for rule in policy.rules),
        "",
    ]
    return "\n".join(lines)


def render_profiles() -> str:
    """What each profile reads for each vague word, and where that was read."""
    profiles = tuple(load_number_profiles().values())
    head = ["word", *(f"`{profile.name}`" for profile in profiles)]
    lines = [_line(head), _line(["---"] * len(head))]
    for word in WORDS:
        name = "bare plural" if word == "plural" else word
        lines.append(_line([name, *(_value(profile, word) for profile in profiles)]))
    lines.append("")
    for profile in profiles:
        note = f" {profile.note}" if profile.note else ""
        lines.append(f"- `{profile.name}`: {profile.source}. Edition: {profile.edition}.{note}")
    return "\n".join(lines)


def _value(profile: NumberProfile, word: str) -> str:
    low, high = profile.value(word)
    if low is None and high is None:
        return "no value"
    return str(low) if low == high else f"{low} to {'open' if high is None else high}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
