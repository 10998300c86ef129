"""The whole of it: reporting with known truth, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.document import Document
from harmledger.core.told import Told
from harmledger.evals.synthetic.recipe import Recipe, share_of
from harmledger.evals.synthetic.reports import Report, group_of, iter_reports, print_report
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


class Printed(Value, frozen=True, kw_only=True):
    """A document as it was printed, its origin group, and the truth: the incident that each of
    its claims is of."""

    told: Told
    group: str
    events: tuple[str, ...]


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
    recipe, chance = recipe or Recipe(), Random(seed)  # noqa: S311
    events, written = _write(incidents, reports, recipe, chance)
    return _gather(events, tuple(_print_each(written)))


def iter_reporting(
    incidents: int, reports: int, seed: int = 1, recipe: Recipe | None = None
) -> Iterator[Printed]:
    """The same reporting, a document at a time: for more than fits into memory as claims.

    Raises:
        ValueError: fewer reports than incidents.
    """
    recipe, chance = recipe or Recipe(), Random(seed)  # noqa: S311
    return _print_each(_write(incidents, reports, recipe, chance)[1])


def _write(
    incidents: int, reports: int, recipe: Recipe, chance: Random
) -> tuple[list[Event], Iterator[Report]]:
    if reports < incidents:
        raise ValueError(f"{reports} reports cannot tell of {incidents} incidents each; give more")
    provinces = make_towns(incidents, chance)
    events = make_events(incidents, provinces, recipe, chance)
    towns = {towns[0].province: towns for towns in provinces}
    return events, iter_reports(events, reports, towns, recipe, chance)


def _print_each(written: Iterable[Report]) -> Iterator[Printed]:
    names: dict[str, str] = {}
    for report in written:
        document, claims = print_report(report, names)
        names[report.name] = document.id
        events = tuple(passage.event for passage in report.passages)
        told = Told(document=document, claims=tuple(claims))
        yield Printed(told=told, group=group_of(report), events=events)


def _gather(events: Sequence[Event], printed: Sequence[Printed]) -> Reporting:
    documents = tuple(d for p in printed if (d := p.told.document))
    claims = tuple(c for p in printed for c in p.told.claims)
    truth = {c.id: e for p in printed for c, e in zip(p.told.claims, p.events, strict=True)}
    return Reporting(
        events=tuple(events),
        documents=documents,
        claims=claims,
        groups={d.id: p.group for d, p in zip(documents, printed, strict=True)},
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
