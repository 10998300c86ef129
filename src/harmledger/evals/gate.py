"""The quality gate: floors below which the development half may not fall.

``python -m harmledger.evals.gate tests/gold [DATA]`` measures and raises the floors of
``tests/evals/gate.yaml``. While the gold stays the same, floors only go up.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from harmledger.core.base import Value
from harmledger.core.errors import CannotParse, HarmledgerError
from harmledger.evals.strata import StratumScore, score_strata

GATE = Path("tests") / "evals" / "gate.yaml"
GATED = (
    "precision",
    "recall",
    "f1",
    "whole_claim",
    "killed_injured_exact",
    "not_silent",
    "left_alone",
)
STEP = 0.01
_HEAD = (
    "# Floors of the development half; docs/evaluation.md says how they are raised.\n"
    "# corpus: hash over the gold they were measured on. The same gold: floors only go up.\n"
)


class Floors(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lowest allowed values of one stratum, by measure, and the gold they were measured on."""

    corpus: str
    floors: dict[str, float]


def load_gate(path: Path) -> dict[str, Floors]:
    """The floors by stratum.

    Raises:
        CannotParse: the file is not there, no YAML, or says what it may not say.
    """
    try:
        return msgspec.yaml.decode(path.read_bytes(), type=dict[str, Floors])
    except (OSError, msgspec.DecodeError) as error:
        raise CannotParse(f"{path}: {error}") from error


def find_breaches(score: StratumScore, floors: Floors) -> tuple[str, ...]:
    """What does not hold, in words; nothing when all does."""
    if score.corpus != floors.corpus:
        return (
            f"{score.stratum}: the gold has changed since the floors were set; measure again: "
            "python -m harmledger.evals.gate tests/gold [DATA]",
        )
    return tuple(
        f"{score.stratum}: {name} is {score.value(name)}, its floor is {floor}"
        for name, floor in floors.floors.items()
        if (score.value(name) or 0.0) < floor
    )


def raise_floors(score: StratumScore, before: Floors | None) -> Floors:
    """Floors just below what was measured. On the same gold none goes down."""
    kept: Mapping[str, float] = {}
    if before is not None and before.corpus == score.corpus:
        kept = before.floors
    floors = {name: max(_below(score.value(name)), kept.get(name, 0.0)) for name in GATED}
    return Floors(corpus=score.corpus, floors=floors)


def _below(value: float | None) -> float:
    return round(math.floor((value or 0.0) / STEP) * STEP, 2)


def write_gate(path: Path, gate: Mapping[str, Floors]) -> None:
    """Write the floors as YAML that a person can read."""
    path.write_text(_HEAD + msgspec.yaml.encode(gate).decode("utf-8"), encoding="utf-8")


def main(words: list[str]) -> int:
    """Measure and raise; strata that cannot be measured keep their floors."""
    folder = Path(words[0])
    data = Path(words[1]) if len(words) > 1 else None
    gate = load_gate(GATE) if GATE.exists() else {}
    for score in score_strata(folder, data).strata:
        gate[score.stratum] = raise_floors(score, gate.get(score.stratum))
    write_gate(GATE, gate)
    sys.stdout.write(GATE.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:] or ["tests/gold"]))
    except HarmledgerError as error:
        sys.exit(str(error))
