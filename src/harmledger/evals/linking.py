"""How well linking groups reports of one incident, on synthetic reporting with known truth.

B-cubed (Bagga and Baldwin, 1998): for each telling (what one document says of one incident), the
share of its proposed incident that is truly of its incident (precision), and the share of its
true incident that it was put together with (recall); both averaged over all tellings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from random import Random
from time import process_time

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.incident import Incident
from harmledger.core.instant import find_instant
from harmledger.count import fill_incident, tally_totals
from harmledger.evals.counting import CountError, measure_counts, render_counts
from harmledger.evals.synthetic import Difficulty, Reporting, find_tellings, make_reporting
from harmledger.link import propose_incidents, propose_origins

TARGET_F = 0.92
TARGET_OVER_MERGE = 0.02
BASELINE_AT_MOST = 0.80


class BCubed(Value, frozen=True, kw_only=True):
    """Precision and recall, 0 to 1."""

    precision: float
    recall: float

    @property
    def f(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


class LinkingScore(Value, frozen=True, kw_only=True):
    """One run. ``over_merge``: share of proposed incidents that hold tellings of two true ones.
    ``claims``: B-cubed over single claims. ``counts``: by policy."""

    seed: int
    difficulty: Difficulty
    linked: BCubed
    claims: BCubed
    baseline: BCubed
    over_merge: float
    proposed: int
    order_free: bool
    again_free: bool
    counts: tuple[CountError, ...]
    seconds: float


def score_bcubed(proposed: Mapping[str, Hashable], truth: Mapping[str, Hashable]) -> BCubed:
    """B-cubed of a grouping; both map an element's id to its group's key.

    Raises:
        KeyError: an element of ``truth`` is not in ``proposed``.
    """
    if not truth:
        return BCubed(precision=0.0, recall=0.0)
    pairs = {i: (proposed[i], truth[i]) for i in truth}
    both = Counter(pairs.values())
    ours = Counter(p for p, _ in pairs.values())
    theirs = Counter(t for _, t in pairs.values())
    precision = sum(both[pair] / ours[pair[0]] for pair in pairs.values())
    recall = sum(both[pair] / theirs[pair[1]] for pair in pairs.values())
    return BCubed(precision=precision / len(pairs), recall=recall / len(pairs))


def join_by_place_and_day(reporting: Reporting) -> dict[str, Hashable]:
    """The plain baseline, by claim id: the same place named on the same day is one incident. A
    telling without a day takes that of publication, one without a place its document."""
    published = {d.id: find_instant(d.published_at) for d in reporting.documents}
    keys: dict[str, Hashable] = {}
    for (document, _), held in find_tellings(reporting.claims, reporting.truth).items():
        instant = published[document]
        day = next((c.occurred.earliest for c in held if c.occurred), None)
        day = day or (instant[0].date().isoformat() if instant else "")
        place = next((c.place for c in held if c.place is not None), None)
        where = place.gazetteer_id or place.name or place.country if place else document
        keys |= {c.id: (where, day) for c in held}
    return keys


def score_linking(reporting: Reporting, seed: int = 0) -> LinkingScore:
    """Link, count and score; then again, and once more in another order."""
    start = process_time()
    filled = _assemble(reporting, reporting.claims)
    seconds = process_time() - start
    by_id = {c.id: c for c in reporting.claims}
    origins = propose_origins(reporting.claims, reporting.documents, reporting.groups)
    mixed = list(reporting.claims)
    Random(seed).shuffle(mixed)  # noqa: S311
    home = {i: incident.id for incident in filled for i in incident.claims}
    heads = {held[0].id for held in find_tellings(reporting.claims, reporting.truth).values()}
    truth = {i: event for i, event in reporting.truth.items() if i in heads}
    return LinkingScore(
        seed=seed,
        difficulty=reporting.difficulty,
        linked=score_bcubed(home, truth),
        claims=score_bcubed(home, reporting.truth),
        baseline=score_bcubed(join_by_place_and_day(reporting), truth),
        over_merge=_over_merge(home, reporting.truth),
        proposed=len(filled),
        order_free=_assemble(reporting, mixed) == filled,
        again_free=_assemble(reporting, reporting.claims) == filled,
        counts=measure_counts(reporting, filled, by_id, origins),
        seconds=seconds,
    )


def _assemble(reporting: Reporting, claims: Sequence[Claim]) -> tuple[Incident, ...]:
    documents, groups = reporting.documents, reporting.groups
    origins = propose_origins(claims, documents, groups)
    proposed = propose_incidents(claims, [], documents, groups=groups)
    by_id = {c.id: c for c in claims}
    filled = tuple(fill_incident(incident, by_id, origins) for incident in proposed)
    tally_totals(claims, filled, origins)
    return filled


def _over_merge(home: Mapping[str, str], truth: Mapping[str, str]) -> float:
    held: dict[str, set[str]] = {}
    for claim, incident in home.items():
        held.setdefault(incident, set()).add(truth[claim])
    return sum(len(events) > 1 for events in held.values()) / len(held) if held else 0.0


def render_linking(scores: Sequence[LinkingScore]) -> str:
    """Difficulty first, then what was reached, one column a run."""
    rows = [("seed", [str(s.seed) for s in scores])]
    rows += [
        (name, [_difficulty(s, name) for s in scores]) for name in Difficulty.__struct_fields__
    ]
    rows += [
        (f"same place, same day: B3 F (at most {BASELINE_AT_MOST:.2f})", _of(scores, "baseline")),
        ("B3 precision", [f"{s.linked.precision:.3f}" for s in scores]),
        ("B3 recall", [f"{s.linked.recall:.3f}" for s in scores]),
        (f"B3 F (target {TARGET_F:.2f})", _of(scores, "linked")),
        ("B3 F over single claims", _of(scores, "claims")),
        (f"over-merge (at most {TARGET_OVER_MERGE:.2f})", [f"{s.over_merge:.3f}" for s in scores]),
        ("incidents proposed", [str(s.proposed) for s in scores]),
        ("another order, same record", [_yes(s.order_free) for s in scores]),
        ("run again, same record", [_yes(s.again_free) for s in scores]),
        ("processor seconds", [f"{s.seconds:.1f}" for s in scores]),
    ]
    width = max(len(name) for name, _ in rows)
    lines = [f"{name:<{width}}  {'  '.join(f'{v:>8}' for v in vs)}" for name, vs in rows]
    if scores:
        f, over = _pooled(scores)
        lines += ["", f"all seeds together: B3 F {f:.3f}, over-merge {over:.4f}"]
    for score in scores:
        lines += ["", f"count error by policy, seed {score.seed}", render_counts(score.counts)]
    return "\n".join(lines)


def _pooled(scores: Sequence[LinkingScore]) -> tuple[float, float]:
    """B3 F as the mean over seeds of one size; over-merge over all incidents proposed."""
    over = sum(s.over_merge * s.proposed for s in scores) / sum(s.proposed for s in scores)
    return sum(s.linked.f for s in scores) / len(scores), over


def _difficulty(score: LinkingScore, name: str) -> str:
    value = getattr(score.difficulty, name)
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _of(scores: Sequence[LinkingScore], name: str) -> list[str]:
    return [f"{getattr(s, name).f:.3f}" for s in scores]


def _yes(held: bool) -> str:
    return "yes" if held else "NO"


def run_linking(incidents: int, reports: int, seeds: Sequence[int]) -> tuple[LinkingScore, ...]:
    """A score for each seed."""
    return tuple(score_linking(make_reporting(incidents, reports, s), s) for s in seeds)
