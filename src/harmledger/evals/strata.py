"""Both strata of the gold through the reader, each with its own measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from harmledger import __version__
from harmledger.core.base import Value
from harmledger.evals.claims import Mistake, score_reading
from harmledger.evals.gold import (
    GoldDocument,
    Half,
    Stratum,
    hash_gold,
    load_earlier,
    load_gold,
)
from harmledger.evals.gold_texts import GoldReading, iter_readings, make_finder
from harmledger.evals.measures import Measure, measure_all
from harmledger.evals.names import open_place_ids
from harmledger.pipeline.rooms import RoomMaker, open_rooms

AS_FIRST = "as first marked up"
STRATA: tuple[Stratum, ...] = ("written", "found")


class SetScore(Value, frozen=True, kw_only=True):
    """The reports of one half that came together, measured apart."""

    name: str
    documents: int
    measures: tuple[Measure, ...]


class StratumScore(Value, frozen=True, kw_only=True):
    """One half of one stratum. ``corpus``: hash over what was marked up; the same hash, the same
    questions. ``mistakes`` are of the development half only."""

    stratum: Stratum
    half: Half
    corpus: str
    documents: int
    claims: int
    measures: tuple[Measure, ...]
    mistakes: tuple[Mistake, ...] = ()
    sets: tuple[SetScore, ...] = ()

    def value(self, name: str) -> float | None:
        """The value of the measure called ``name``."""
        return next(m.value for m in self.measures if m.name == name)


class Evaluation(Value, frozen=True, kw_only=True):
    """What ``harmledger eval`` found. ``not_scored`` says which stratum was left out, and why."""

    version: str
    extractor: str
    half: Half
    strata: tuple[StratumScore, ...]
    not_scored: tuple[str, ...] = ()

    def without_mistakes(self) -> Evaluation:
        """The measures alone: no words of any report."""
        bare = (msgspec.structs.replace(score, mistakes=()) for score in self.strata)
        return msgspec.structs.replace(self, strata=tuple(bare))


def score_strata(
    folder: Path,
    data: Path | None,
    half: Half = "development",
    *,
    strata: Sequence[Stratum] = STRATA,
    sets: Mapping[str, tuple[str, ...]] | None = None,
    maker: RoomMaker = open_rooms,
) -> Evaluation:
    """Read the gold's texts and score what was read. The found stratum needs ``data``. Of a stratum
    with reports of several ``sets`` (how their names begin), each set is measured apart too; and
    where reports were marked up again, all of it against what was entered first.

    Raises:
        CannotParse: gold is malformed, or a text is not the one marked up; names file and key.
        MissingResource: ``data`` is given and does not hold the found texts.
    """
    wanted = [s for s in strata if s == "written" or data is not None]
    golds = {stratum: load_gold(folder, stratum, half) for stratum in wanted}
    rooms = maker()
    scores = []
    for stratum, documents in golds.items():
        readings = iter_readings(documents, make_finder(stratum, folder, data), rooms)
        earlier = load_earlier(folder, documents)
        scores.append(_score_stratum(stratum, half, documents, readings, earlier, sets or {}))
    return Evaluation(
        version=__version__,
        extractor=rooms.extractor.version,
        half=half,
        strata=tuple(scores),
        not_scored=tuple(
            f"{stratum}: its texts are not in the repository; name their folder with --data"
            for stratum in strata
            if stratum not in wanted
        ),
    )


def _score_stratum(
    stratum: Stratum,
    half: Half,
    documents: Sequence[GoldDocument],
    readings: Iterable[GoldReading],
    earlier: Mapping[str, GoldDocument],
    sets: Mapping[str, tuple[str, ...]],
) -> StratumScore:
    """``earlier``: what was entered first of documents that were marked up again."""
    ids_of = open_place_ids()
    results, at_first = [], []
    for reading in readings:
        results.append(score_reading(reading, ids_of))
        first = earlier.get(reading.gold.doc)
        again = reading if first is None else msgspec.structs.replace(reading, gold=first)
        at_first.append(results[-1] if first is None else score_reading(again, ids_of))
    counts = [result.counts for result in results]
    mistakes = tuple(m for result in results for m in result.mistakes)
    return StratumScore(
        stratum=stratum,
        half=half,
        corpus=hash_gold(documents),
        documents=len(documents),
        claims=sum(len(document.claims) for document in documents),
        measures=measure_all(counts),
        mistakes=mistakes if half == "development" else (),
        sets=(
            *_measure_sets(documents, counts, sets),
            *_measure_first([result.counts for result in at_first], len(earlier)),
        ),
    )


def _measure_first(
    counts: Sequence[Mapping[str, float]], marked_again: int
) -> tuple[SetScore, ...]:
    if not marked_again:
        return ()
    return (SetScore(name=AS_FIRST, documents=len(counts), measures=measure_all(counts)),)


def _measure_sets(
    documents: Sequence[GoldDocument],
    counts: Sequence[Mapping[str, float]],
    sets: Mapping[str, tuple[str, ...]],
) -> tuple[SetScore, ...]:
    apart = {
        name: [
            one for gold, one in zip(documents, counts, strict=True) if gold.doc.startswith(begin)
        ]
        for name, begin in sets.items()
    }
    there = {name: taken for name, taken in apart.items() if taken}
    if len(there) < 2:
        return ()
    return tuple(
        SetScore(name=name, documents=len(taken), measures=measure_all(taken))
        for name, taken in there.items()
    )
