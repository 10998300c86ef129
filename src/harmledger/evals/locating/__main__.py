"""Cross-validate the weights for place and time by report, or learn and write them."""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from harmledger.core.base import Value
from harmledger.evals.gold import hash_gold
from harmledger.evals.locating.questions import (
    RULES_ALONE,
    Answered,
    Looked,
    answer,
    look_at,
    share,
)
from harmledger.evals.locating.softmax import learn
from harmledger.evals.names import PlaceIds, open_place_ids
from harmledger.extract import ClaimExtractor
from harmledger.lexicon.gazetteer import Gazetteer

_ROUNDS = 3
"""How often weights are learned again on what reading with the last ones offers."""
_FOLDS, _SEED, _CALM = 5, 5, 8.0
_FILE = Path("src") / "harmledger" / "lexicon" / "locating.yaml"


class Weights(Value, frozen=True, kw_only=True):
    """Weights by mark, for places and for times."""

    places: Mapping[str, float]
    times: Mapping[str, float]


class Trainer:
    """Holds the extractor and what was seen; learns and reads without looking again."""

    def __init__(self, folder: Path, data: Path) -> None:
        self._extractor = ClaimExtractor(Gazetteer())
        self._ids_of: PlaceIds = _remembered(open_place_ids())
        self.reports = tuple(look_at(folder, data, self._extractor))

    def read(self, reports: Sequence[Looked], weights: Weights) -> list[Answered]:
        """Read reports with these weights."""
        return [
            answer(r, self._extractor, weights.places, weights.times, self._ids_of) for r in reports
        ]

    def learn(self, reports: Sequence[Looked]) -> Weights:
        """Weights from these reports; each round on what reading by the round before offers."""
        weights = Weights(places=RULES_ALONE, times=RULES_ALONE)
        for _ in range(_ROUNDS):
            answers = self.read(reports, weights)
            weights = Weights(
                places=learn([q for a in answers for q in a.places], _CALM),
                times=learn([q for a in answers for q in a.times], _CALM),
            )
        return weights


def _remembered(ids_of: PlaceIds) -> PlaceIds:
    known: dict[str, frozenset[str]] = {}

    def look(name: str) -> frozenset[str]:
        if name not in known:
            known[name] = ids_of(name)
        return known[name]

    return look


def cross_validate(trainer: Trainer) -> dict[str, list[tuple[str, Answered, Answered]]]:
    """Every report read by weights learned from the other folds, and by the rules alone."""
    order = list(range(len(trainer.reports)))
    random.Random(_SEED).shuffle(order)  # noqa: S311 - folds, no secrets
    found: dict[str, list[tuple[str, Answered, Answered]]] = {}
    alone = Weights(places=RULES_ALONE, times=RULES_ALONE)
    for fold in range(_FOLDS):
        held = [trainer.reports[at] for at in order[fold::_FOLDS]]
        rest = [r for r in trainer.reports if r not in held]
        weights = trainer.learn(rest)
        for report, mine, rules in zip(
            held, trainer.read(held, weights), trainer.read(held, alone), strict=True
        ):
            found.setdefault(batch_of(report), []).append((report.gold.doc, mine, rules))
    return found


def batch_of(report: Looked) -> str:
    """Reports written together carry one prefix."""
    return report.gold.doc[:2] if report.gold.stratum == "written" else "found"


def print_shares(name: str, told: Sequence[tuple[str, Answered, Answered]]) -> None:
    """One line: place and date by the weights, and by the rules alone."""
    cells = []
    for field in ("place", "date"):
        for who, at in (("weights", 1), ("rules", 2)):
            right, asked = share([one[at] for one in told], field)  # type: ignore[misc]
            cells.append(f"{field} by {who} {right / max(asked, 1):.3f} ({right}/{asked})")
    print(f"{name}: {', '.join(cells)}")


def write(trainer: Trainer, weights: Weights, told: Mapping[str, str]) -> None:
    """The weights as a file people can read, heaviest first, with its card."""
    golds = tuple(r.gold for r in trainer.reports)
    card = {
        "what": "weights of the marks that decide which place and which day are a claim's own",
        "made_by": "python -m harmledger.evals.locating tests/gold FOLDER --write",
        "data": f"{len(golds)} reports of the development half, gold {hash_gold(golds)}",
        "licence": "that of the project; learned from its own markup alone",
        "cross_validated": dict(told),
    }
    body = {
        "card": card,
        "places": _ordered(weights.places),
        "times": _ordered(weights.times),
    }
    text = yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=110)
    _FILE.write_text(text, encoding="utf-8")


def _ordered(weights: Mapping[str, float]) -> dict[str, float]:
    return dict(sorted(weights.items(), key=lambda one: (-abs(one[1]), one[0])))


def main(arguments: Sequence[str]) -> int:
    """Print the shares of each batch; ``--held PREFIX`` learns without those and reads them."""
    parser = argparse.ArgumentParser(prog="python -m harmledger.evals.locating")
    parser.add_argument("gold", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--held", nargs="*", default=[])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args(arguments)
    trainer = Trainer(options.gold, options.data)
    if options.held:
        held = [r for r in trainer.reports if batch_of(r) in options.held]
        weights = trainer.learn([r for r in trainer.reports if r not in held])
        alone = Weights(places=RULES_ALONE, times=RULES_ALONE)
        pairs = zip(trainer.read(held, weights), trainer.read(held, alone), strict=True)
        print_shares(" ".join(options.held), [("", mine, rules) for mine, rules in pairs])
        return 0
    batches = cross_validate(trainer)
    for name in sorted(batches):
        print_shares(name, batches[name])
    every = [one for told in batches.values() for one in told]
    print_shares("all", every)
    if options.write:
        told = {}
        for field in ("place", "date"):
            for who, at in (("weights", 1), ("rules", 2)):
                right, asked = share([one[at] for one in every], field)  # type: ignore[misc]
                told[f"{field}, by {who}"] = f"{right / max(asked, 1):.3f} of {asked}"
        write(trainer, trainer.learn(trainer.reports), told)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
