"""The frozen half: scored once per version of the extractor, and the result is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from harmledger.core.base import Value
from harmledger.core.errors import CannotParse, HarmledgerError, WrongUsage
from harmledger.core.ids import canonical_json, sha256_of
from harmledger.evals.gold import as_row, load_gold
from harmledger.evals.measures import Measure
from harmledger.evals.strata import STRATA, Evaluation, score_strata
from harmledger.pipeline.rooms import RoomMaker, open_rooms

SETS = {"frozen first": ("wa", "wb", "wc"), "frozen later": ("wx", "wy", "wz")}
"""How the names of written reports begin. The later ones (November 2026) joined when the first were
too few to tell versions apart; the first stay measured apart, as every version read them."""


class FrozenRun(Value, frozen=True, kw_only=True):
    """One line of the log. ``corpus``: hash over the frozen gold of both strata; ``results``: the
    measures of each stratum, and of its :data:`SETS`."""

    version: str
    extractor: str
    date: str
    corpus: str
    results: dict[str, tuple[Measure, ...]]


def score_frozen(
    folder: Path,
    data: Path | None,
    log: Path,
    *,
    today: date,
    maker: RoomMaker = open_rooms,
) -> Evaluation:
    """Score the frozen half of both strata and add a line to ``log``. No document is singled out.

    Raises:
        WrongUsage: ``data`` is not given: both strata are scored at once or not at all.
        HarmledgerError: this extractor was scored on this gold before.
        CannotParse: gold or log are malformed.
    """
    if data is None:
        raise WrongUsage(
            "--frozen scores both strata at once; name the folder of the found texts with --data"
        )
    if not log.parent.is_dir():
        raise WrongUsage(f"there is no folder {log.parent} to keep the result in; see --log")
    corpus = hash_frozen(folder)
    rooms = maker()
    refuse_second(log, rooms.extractor.version, corpus)
    evaluation = score_strata(folder, data, "frozen", sets=SETS, maker=lambda: rooms)
    results: dict[str, tuple[Measure, ...]] = {s.stratum: s.measures for s in evaluation.strata}
    results |= {
        f"{score.stratum}, {one.name}": one.measures
        for score in evaluation.strata
        for one in score.sets
    }
    run = FrozenRun(
        version=evaluation.version,
        extractor=evaluation.extractor,
        date=today.isoformat(),
        corpus=corpus,
        results=results,
    )
    with log.open("ab") as file:
        file.write(msgspec.json.encode(run) + b"\n")
    return evaluation


def hash_frozen(folder: Path) -> str:
    """One hash over the frozen gold of both strata."""
    documents = [gold for stratum in STRATA for gold in load_gold(folder, stratum, "frozen")]
    return sha256_of(
        canonical_json(sorted(sha256_of(canonical_json(as_row(d))) for d in documents))
    )


def load_runs(log: Path) -> tuple[FrozenRun, ...]:
    """The runs kept in ``log``, oldest first; none when there is no such file.

    Raises:
        CannotParse: a line is no run; names file and line.
    """
    if not log.exists():
        return ()
    runs = []
    for number, line in enumerate(log.read_bytes().splitlines(), 1):
        try:
            runs.append(msgspec.json.decode(line, type=FrozenRun))
        except msgspec.DecodeError as error:
            raise CannotParse(f"{log} line {number}: {error}; restore the line") from error
    return tuple(runs)


def refuse_second(log: Path, extractor: str, corpus: str) -> None:
    """See that ``log`` holds no run of this extractor over this corpus.

    Raises:
        HarmledgerError: it holds one; a test is taken once.
        CannotParse: the log is malformed.
    """
    for run in load_runs(log):
        if (run.extractor, run.corpus) == (extractor, corpus):
            raise HarmledgerError(
                f"the frozen half was scored with {extractor} on {run.date} (see {log}). It is "
                "scored again when the extractor has a new version or the gold has changed; work "
                "on the development half."
            )
