"""The tables of docs/evaluation.md: ``python -m harmledger.evals.tables DATA [NAME ...]``.

NAME is one or more of agreement, again, development, ablation, apart; all of them if none is named.
Each stands in the document between ``<!-- table: NAME -->`` and ``<!-- end -->``. Only sums and
names of measures are written: nothing of any report.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from harmledger.core.errors import HarmledgerError, WrongUsage
from harmledger.evals.ablation import score_ladder
from harmledger.evals.agreement import score_again, score_agreement
from harmledger.evals.geovirus import GeoVirusScore, load_passages, score_gazetteer
from harmledger.evals.measures import Measure
from harmledger.evals.phrases import (
    PhraseScore,
    load_phrases,
    score_quantities,
    score_second_annotator,
    score_times,
)
from harmledger.evals.strata import score_strata
from harmledger.lexicon.gazetteer import Gazetteer

_Name = TypeVar("_Name", bound=str)
DOCUMENT = Path("docs") / "evaluation.md"
GOLD = Path("tests") / "gold"
GEOVIRUS = Path("geo") / "GeoVirus.xml.gz"
_COUNTS = ("must_not_say", "unresolved_per_100_words", "words_per_second")
_RUNGS = (
    "f1",
    "whole_claim",
    "killed_injured_exact",
    "field.voice",
    "field.place",
    "field.date",
)


def render_agreement_table(data: Path) -> str:
    """Annotator against annotator, both strata side by side."""
    agreed = {a.stratum: a.measures for a in score_agreement(GOLD, data)}
    return _side_by_side(agreed)


def render_again(data: Path) -> str:
    """The written reports that were marked up again: three markings, two by two."""
    return _side_by_side({name: a.measures for name, a in score_again(GOLD).items()})


def render_development(data: Path) -> str:
    """The development half as it is read today."""
    evaluation = score_strata(GOLD, data)
    scores = {score.stratum: score.measures for score in evaluation.strata}
    corpora = ", ".join(f"{s.stratum} gold `{s.corpus[:12]}`" for s in evaluation.strata)
    return f"{_side_by_side(scores)}\n\nRead by `{evaluation.extractor}`; {corpora}."


def _side_by_side(columns: Mapping[_Name, Sequence[Measure]]) -> str:
    rows: dict[str, dict[_Name, Measure]] = {}
    for column, measures in columns.items():
        for measure in measures:
            rows.setdefault(measure.name, {})[column] = measure
    lines = [_row("measure", *columns), _row("---", *("---" for _ in columns))]
    for name, found in rows.items():
        if any(measure.value is not None for measure in found.values()):
            lines.append(_row(f"`{name}`", *(_cell(found.get(column)) for column in columns)))
    return "\n".join(lines)


def render_ablation(data: Path) -> str:
    """Rules alone, then one layer more at a time."""
    lines = [
        _row("stratum", "layers", *(f"`{name}`" for name in _RUNGS), "`f1` gained"),
        _row(*("---" for _ in range(len(_RUNGS) + 3))),
    ]
    for rung in score_ladder(GOLD, data):
        measures = {measure.name: measure for measure in rung.measures}
        cells = [_cell(measures.get(name)) for name in _RUNGS]
        gain = "" if rung.gain is None else _interval(rung.gain, "+.3f")
        lines.append(_row(rung.stratum, rung.name, *cells, gain))
    return "\n".join(lines)


def render_apart(data: Path) -> str:
    """Place names, time phrases and number phrases, each measured apart from claims."""
    lines = [_row("what", "measure", "value", "of"), _row("---", "---", "---", "---")]
    score = score_gazetteer(load_passages(data / GEOVIRUS), Gazetteer())
    lines += [_row(*row) for row in _geovirus_rows(score)]
    for name, judge in (("quantities", score_quantities), ("times", score_times)):
        phrases = load_phrases(GOLD / "phrases" / f"{name}.jsonl")
        for half in ("development", "held_out"):
            lines += [_row(*row) for row in _phrase_rows(judge(phrases, half))]
    lines += [_row(*row) for score in _further_phrases() for row in _phrase_rows(score)]
    return "\n".join(lines)


def _further_phrases() -> Iterator[PhraseScore]:
    """The held-out lines as a second annotator has them, and the sets that came later."""
    folder = GOLD / "phrases"
    again = load_phrases(folder / "quantities_again.jsonl")
    yield score_second_annotator(load_phrases(folder / "quantities.jsonl"), again)
    for name in ("second", "third", "fourth", "fifth"):
        score = score_quantities(load_phrases(folder / f"quantities_{name}.jsonl"), "all")
        yield msgspec.structs.replace(score, name=f"quantities, {name} set")


def _geovirus_rows(score: GeoVirusScore) -> Iterator[tuple[str, str, str, str]]:
    yield "GeoVirus", "names, F", f"{score.names_f:.3f}", f"{score.names_gold} names"
    for label, meant in (
        ("countries", "countries and continents right by code"),
        ("towns", "towns within 161 km"),
        ("regions", "regions with the point in their box"),
        ("others", "seas, wider areas, others"),
    ):
        right, of = getattr(score, label)
        share = f"{of / score.names_found:.0%}" if score.names_found else "none"
        yield "GeoVirus", meant, f"{right / of:.3f}" if of else "–", f"{of}, {share} of those found"


def _phrase_rows(score: PhraseScore) -> Iterator[tuple[str, str, str, str]]:
    half = score.half.replace("_", " ")
    told = f"{score.right} of {score.total}; {score.extra} read where nothing is labelled"
    yield f"{score.name}, {half}", "read as labelled", f"{score.recall:.3f}", told


def _cell(measure: Measure | None) -> str:
    if measure is None or measure.value is None:
        return "–"
    if measure.name in _COUNTS:
        return _interval(measure, ".2f" if measure.name == "must_not_say" else ".1f")
    return f"{_interval(measure, '.3f')}, {measure.top:g}/{measure.of:g}"


def _interval(measure: Measure, shape: str) -> str:
    return f"{measure.value:{shape}} ({measure.low:{shape}} to {measure.high:{shape}})"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


TABLES: Mapping[str, Callable[[Path], str]] = {
    "agreement": render_agreement_table,
    "again": render_again,
    "development": render_development,
    "ablation": render_ablation,
    "apart": render_apart,
}


def find_table(document: str, name: str) -> str | None:
    """What stands between the marks of the table called ``name``."""
    found = _block(name).search(document)
    return found.group(2).strip() if found else None


def put_table(document: str, name: str, table: str) -> str:
    """The document with another table between its marks.

    Raises:
        WrongUsage: the document has no such marks.
    """
    if find_table(document, name) is None:
        raise WrongUsage(f"{DOCUMENT} has no `<!-- table: {name} -->` and `<!-- end -->`")
    return _block(name).sub(lambda m: f"{m.group(1)}{table}\n{m.group(3)}", document)


def _block(name: str) -> re.Pattern[str]:
    return re.compile(rf"(<!-- table: {name} -->\n)(.*?)(<!-- end -->)", re.S)


def main(words: Sequence[str]) -> int:
    """Make the tables again and write them into the document.

    Raises:
        WrongUsage: no folder of data, or a table of another name.
    """
    if not words or not set(words[1:]) <= set(TABLES):
        raise WrongUsage(f"python -m harmledger.evals.tables DATA [{' | '.join(TABLES)}]")
    _write(Path(words[0]), words[1:] or TABLES)
    return 0


def _write(data: Path, names: Iterable[str]) -> None:
    for name in names:
        table = TABLES[name](data)
        DOCUMENT.write_text(
            put_table(DOCUMENT.read_text(encoding="utf-8"), name, table), encoding="utf-8"
        )
        sys.stdout.write(f"{table}\n\n")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except HarmledgerError as error:
        sys.exit(str(error))
