"""Scoring the number and time grammars against labelled phrases.

The files are those of ``tests/gold/phrases``: a line with an even index (from 0) is for
development, one with an odd index is held out and only its total is looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from harmledger.core.base import Value
from harmledger.core.errors import CannotParse
from harmledger.core.quantity import Figure
from harmledger.core.span import overlap
from harmledger.extract.quantities import find_figures
from harmledger.extract.times import find_times, parse_published
from harmledger.lexicon.numbers import load_number_profile, load_number_words

Half = Literal["development", "held_out", "all"]


class PhraseScore(Value, frozen=True, kw_only=True):
    """``right`` of ``total`` labels were read as labelled; ``extra`` readings have no label.

    ``left_out``: labels that are no number expression (implied nouns, bare plurals, sums), which
    the claim builder reads, not the grammar.
    """

    name: str
    half: Half
    total: int
    right: int
    extra: int
    left_out: int = 0
    misses: tuple[str, ...] = ()
    """One line per miss or extra; filled for the development half only."""

    @property
    def recall(self) -> float:
        """Share of labels read right."""
        return self.right / self.total if self.total else 0.0

    @property
    def precision(self) -> float:
        """Share of readings that are right."""
        found = self.total + self.extra
        return self.right / found if found else 0.0


def load_phrases(path: Path) -> list[dict[str, Any]]:
    """The lines of a phrase file.

    Raises:
        CannotParse: a line is no JSON object; names file and line.
    """
    lines: list[dict[str, Any]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            lines.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise CannotParse(
                f"{path}, line {number}: {error}; expected one JSON object"
            ) from error
    return lines


def take_half(lines: Sequence[dict[str, Any]], half: Half) -> Sequence[dict[str, Any]]:
    """Even lines for development, odd ones held out."""
    return {"development": lines[::2], "held_out": lines[1::2], "all": lines}[half]


def score_quantities(lines: Sequence[dict[str, Any]], half: Half) -> PhraseScore:
    """Bounds and kind of every labelled number; labels and readings are paired by overlap."""
    profile = load_number_profile()
    total = right = extra = left_out = 0
    misses: list[str] = []
    for line in take_half(lines, half):
        text = line["text"]
        figures = find_figures(text, 0, len(text), profile)
        spans = [_label_span(label) for label in line["quantities"]]
        for label, span in zip(line["quantities"], spans, strict=True):
            if not _is_expression(label):
                left_out += 1
                continue
            total += 1
            found = _best([(f.start, f.end) for f in figures], span)
            if found is not None and _agrees(figures[found], label):
                right += 1
            else:
                misses.append(f"{label} read as {_show(figures, found)} in: {text}")
        for figure in figures:
            if all(not overlap((figure.start, figure.end), span) for span in spans):
                extra += 1
                misses.append(f"extra {figure.as_written!r} ({figure.kind}) in: {text}")
    kept = tuple(misses) if half == "development" else ()
    return PhraseScore(
        name="quantities",
        half=half,
        total=total,
        right=right,
        extra=extra,
        left_out=left_out,
        misses=kept,
    )


def score_second_annotator(
    lines: Sequence[dict[str, Any]], again: Sequence[dict[str, Any]]
) -> PhraseScore:
    """How far someone who labelled the held-out lines anew agrees with their labels, measured as a
    reader is: no reader can be asked for more."""
    total = right = extra = 0
    for line, other in zip(take_half(lines, "held_out"), again, strict=True):
        spans = [_label_span(label) for label in other["quantities"]]
        own = [_label_span(label) for label in line["quantities"]]
        for label, span in zip(line["quantities"], own, strict=True):
            if _is_expression(label):
                found = _best(spans, span)
                total += 1
                right += found is not None and _same_label(label, other["quantities"][found])
        for label, span in zip(other["quantities"], spans, strict=True):
            extra += _is_expression(label) and not any(overlap(span, known) for known in own)
    return PhraseScore(
        name="quantities, two annotators", half="held_out", total=total, right=right, extra=extra
    )


def _same_label(one: dict[str, Any], other: dict[str, Any]) -> bool:
    asked = ("kind", "low", "high", "bound") if one["kind"] == "count" else ("kind",)
    return all(one[key] == other[key] for key in asked)


def score_times(lines: Sequence[dict[str, Any]], half: Half) -> PhraseScore:
    """EDTF, earliest and latest of every labelled phrase; a line without one must get no date."""
    right = extra = 0
    misses: list[str] = []
    chosen = take_half(lines, half)
    for line in chosen:
        text = line["text"]
        hits = find_times(text, 0, len(text), parse_published(line["published"]))
        if line["as_written"] is None:
            dated = [hit for hit in hits if hit.when.edtf]
            right += not dated
            extra += len(dated)
            misses.extend(f"extra {hit.when.as_written!r} in: {text}" for hit in dated)
            continue
        found = _best([(hit.start, hit.end) for hit in hits], _label_span(line))
        read = hits[found].when if found is not None else None
        wanted = (line["edtf"], line["earliest"], line["latest"])
        if read and (read.edtf, read.earliest, read.latest) == wanted:
            right += 1
        else:
            misses.append(
                f"{line['as_written']!r} wanted {line['edtf']} read "
                f"{(read.as_written, read.edtf, read.rule) if read else None} "
                f"({line['published']}) in: {text}"
            )
    kept = tuple(misses) if half == "development" else ()
    return PhraseScore(
        name="times", half=half, total=len(chosen), right=right, extra=extra, misses=kept
    )


def _label_span(label: dict[str, Any]) -> tuple[int, int]:
    if label["start"] is None:
        return 0, 0
    return label["start"], label["start"] + len(label["as_written"])


def _best(spans: Iterable[tuple[int, int]], wanted: tuple[int, int]) -> int | None:
    """The span that shares most with ``wanted``."""
    shared = [(overlap(span, wanted), -index) for index, span in enumerate(spans)]
    if not shared or max(shared)[0] == 0:
        return None
    return -max(shared)[1]


def _is_expression(label: dict[str, Any]) -> bool:
    """Whether a label holds a number word or digit of its own."""
    if label["basis"] in {"implied", "arithmetic"}:
        return False
    if label["bound"] != "word":
        return True
    words = load_number_words()
    vague = {
        word for phrases in words.vague.values() for phrase in phrases for word in phrase.split()
    }
    known = (vague | set(words.plural_scales)) - {"a", "an", "the", "of"}
    return bool(known & set(label["as_written"].lower().split()))


def _agrees(figure: Figure, label: dict[str, Any]) -> bool:
    if label["kind"] != "count":
        return bool(figure.kind == label["kind"])
    read = (figure.kind, figure.low, figure.high, figure.bound)
    return bool(read == ("count", label["low"], label["high"], label["bound"]))


def _show(figures: Sequence[Figure], found: int | None) -> str:
    if found is None:
        return "nothing"
    figure = figures[found]
    return f"{figure.as_written!r} {figure.low}/{figure.high} {figure.bound} {figure.kind}"


def render_scores(folder: Path) -> str:
    """Both files, both halves, as a small table.

    Raises:
        CannotParse: a phrase file holds a line that is no JSON object.
        OSError: a phrase file is not there.
    """
    rows = ["file        half         right  total  recall  extra  left out"]
    for name, score in (("quantities", score_quantities), ("times", score_times)):
        lines = load_phrases(folder / f"{name}.jsonl")
        halves: tuple[Half, ...] = ("development", "held_out")
        for half in halves:
            found = score(lines, half)
            rows.append(
                f"{name:<11} {half:<12} {found.right:>5} {found.total:>6} {found.recall:>7.3f}"
                f" {found.extra:>6} {found.left_out:>9}"
            )
    return "\n".join(rows)
