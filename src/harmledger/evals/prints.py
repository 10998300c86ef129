"""An evaluation for people: measures with their intervals, then what to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from harmledger.evals.agreement import Agreement
from harmledger.evals.claims import Mistake
from harmledger.evals.measures import COVERED, RESAMPLES, Measure, headline_ratios
from harmledger.evals.strata import Evaluation, StratumScore

_RATES = ("unresolved_per_100_words", "words_per_second")
_COLUMNS = f"{'':<34}{'value':>8}{'low':>9}{'high':>8}{'of':>14}"
_OF_A_SET = frozenset({"field.voice", "field.place", "field.date", "field.part"})
_LONGEST_QUOTE = 160


def render_evaluation(evaluation: Evaluation) -> str:
    """Every stratum apart, measures that nothing was asked for left out."""
    lines = [
        f"harmledger {evaluation.version} · {evaluation.extractor} · {evaluation.half} half",
        f"low and high: {COVERED:.0%} of {RESAMPLES} resamples drawn by report",
    ]
    for score in evaluation.strata:
        lines += ["", *_render_stratum(score)]
    lines += [f"\nnot scored: {line}" for line in evaluation.not_scored]
    return "\n".join(lines)


def render_agreement(agreements: Sequence[Agreement]) -> str:
    """Two annotators over the same reports, strata apart; only sums."""
    lines = [
        "two annotators, each in turn taken for the reader, both ways added up",
        f"low and high: {COVERED:.0%} of {RESAMPLES} resamples drawn by report",
    ]
    for agreed in agreements:
        first, second = agreed.claims
        lines += [
            f"\n{agreed.stratum}: {_some(agreed.documents, 'report')}, {first} and "
            f"{_some(second, 'claim')} entered",
            f"  f1 with the first as gold {agreed.f1_first:.3f}, with the second "
            f"{agreed.f1_second:.3f}",
            render_measures(agreed.measures),
        ]
    return "\n".join(lines)


def _render_stratum(score: StratumScore) -> Iterator[str]:
    yield (
        f"{score.stratum}: {_some(score.documents, 'report')}, "
        f"{_some(score.claims, 'claim')} entered, "
        f"gold {score.corpus[:12]}"
    )
    yield _COLUMNS
    headlines = {ratio.name for ratio in headline_ratios()}
    group = ""
    for measure in score.measures:
        if measure.value is None:
            continue
        kind = "" if measure.name in headlines else measure.name.partition(".")[0]
        if kind != group:
            group = kind
            yield {"field": "  fields of the claims found", "recall": "  recall by harm"}[kind]
        yield _render_measure(measure)
    for one in score.sets:
        yield f"  {one.name}, {_some(one.documents, 'report')}"
        yield from (_render_measure(m) for m in one.measures if m.name in headlines | _OF_A_SET)


def render_measures(measures: Iterable[Measure]) -> str:
    """A table of measures with their intervals, those left out that nothing was asked for."""
    rows = [_render_measure(measure) for measure in measures if measure.value is not None]
    return "\n".join([_COLUMNS, *rows])


def _some(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _render_measure(measure: Measure) -> str:
    name = measure.name.partition(".")[2] or measure.name
    digits = 1 if measure.name in _RATES else 3
    value, low, high = (
        "" if number is None else f"{number:.{digits}f}"
        for number in (measure.value, measure.low, measure.high)
    )
    of = "" if measure.name in _RATES else f"{measure.top:g}/{measure.of:g}"
    indent = "    " if "." in measure.name else "  "
    return f"{indent + name:<34}{value:>8}{low:>9}{high:>8}{of:>14}"


def render_mistakes(evaluation: Evaluation) -> str:
    """What was missed, extra or wrong, grouped by kind, the most frequent kind first."""
    lines: list[str] = []
    for score in evaluation.strata:
        groups: dict[str, list[Mistake]] = {}
        for mistake in score.mistakes:
            groups.setdefault(mistake.kind, []).append(mistake)
        for kind, found in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])):
            lines += ["", f"{score.stratum}: {kind} ({len(found)})"]
            lines += [_render_mistake(mistake) for mistake in found]
    return "\n".join(lines)


def _render_mistake(mistake: Mistake) -> str:
    quote = " ".join(mistake.quote.split())
    cut = quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1] + "…"
    return f"  {mistake.doc}: {mistake.detail} | {cut}"
