"""The whole of it: reporting with known truth, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.evals.synthetic.recipe import Recipe, share_of
from harmledger.evals.synthetic.reports import Report, group_of, print_report, write_reports
from harmledger.evals.synthetic.world import Event, count_siblings, make_events, make_towns


class Difficulty(Value, frozen=True, kw_only=True):
    """Measured on what was made, not promised by the recipe. Shares, 0 to 1.

    ``undated`` and ``province_only``: of a report's tellings of an incident; ``siblings``: of
    incidents with another within 2 days and 25 km.
    """

    incidents: int
    reports: int
    claims: int
    undated: float
    province_only: float
    siblings: float

    @property
    def is_stated(self) -> bool:
        """Hard enough to mean something."""
        return self.undated >= 0.3 and self.province_only >= 0.2 and self.siblings >= 0.25


class Reporting(Value, frozen=True, kw_only=True):
    """Documents, claims and origin groups, with the truth: claim id to incident."""

    events: tuple[Event, ...]
    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    groups: dict[str, str]
    truth: dict[str, str]
    difficulty: Difficulty


def make_reporting(
    incidents: int, reports: int, seed: int = 1, recipe: Recipe | None = None
) -> Reporting:
    """Made-up reporting of ``incidents`` incidents in ``reports`` documents.

    Nothing here knows how reports are read or linked: what a document leaves out is drawn from
    ``recipe``. The same arguments give the same reporting.

    Raises:
        ValueError: fewer reports than incidents.
    """
    if reports < incidents:
        raise ValueError(f"{reports} reports cannot tell of {incidents} incidents each; give more")
    recipe, chance = recipe or Recipe(), Random(seed)  # noqa: S311
    provinces = make_towns(incidents, chance)
    events = make_events(incidents, provinces, recipe, chance)
    towns = {towns[0].province: towns for towns in provinces}
    written = write_reports(events, reports, towns, recipe, chance)
    return _print(events, written)


def _print(events: Sequence[Event], written: Sequence[Report]) -> Reporting:
    names: dict[str, str] = {}
    documents, groups, truth = [], {}, {}
    claims: list[Claim] = []
    for report in written:
        document, own = print_report(report, names)
        names[report.name] = document.id
        documents.append(document)
        groups[document.id] = group_of(report)
        for claim, passage in zip(own, report.passages, strict=True):
            truth[claim.id] = passage.event
        claims += own
    return Reporting(
        events=tuple(events),
        documents=tuple(documents),
        claims=tuple(claims),
        groups=groups,
        truth=truth,
        difficulty=measure(events, documents, claims, truth),
    )


def find_tellings(
    claims: Iterable[Claim], truth: Mapping[str, str]
) -> dict[tuple[str, str], list[Claim]]:
    """A document's claims of one incident, by document and incident."""
    tellings: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        tellings.setdefault((claim.document, truth[claim.id]), []).append(claim)
    return tellings


def measure(
    events: Sequence[Event],
    documents: Sequence[Document],
    claims: Sequence[Claim],
    truth: Mapping[str, str],
) -> Difficulty:
    """How hard this reporting is."""
    tellings = find_tellings(claims, truth).values()
    undated = sum(all(c.occurred is None for c in held) for held in tellings)
    places = [[c.place for c in held if c.place is not None] for held in tellings]
    wide = sum(bool(ps) and all(p.precision == 4 for p in ps) for ps in places)
    return Difficulty(
        incidents=len(events),
        reports=len(documents),
        claims=len(claims),
        undated=share_of(undated, len(places)),
        province_only=share_of(wide, len(places)),
        siblings=share_of(count_siblings(events), len(events)),
    )
