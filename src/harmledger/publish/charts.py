"""Range bars, the timeline and the course of a toll, as plain values in view units of an SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from math import log10

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.incident import Incident, Reading
from harmledger.publish.catalogue import Catalogue, instant_of
from harmledger.publish.words import day_words, number_words, range_words, when_words

BAR_WIDTH = 240.0
BAR_EDGE = 8.0
"""View units kept free at both ends of a bar, for open ends."""
AXIS_STEPS = (0, 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000)
TIMELINE_WIDTH = 960.0
TIMELINE_LETTER = 7.6
LANE = 30.0
COLUMN = 84.0
CHART_HEIGHT = 190.0
CHART_TOP = 26.0
CHART_LEFT = 40.0
CHART_RIGHT = 56.0
SERIES_SHAPES = 8
"""Speakers are told apart by the shape of their marks and by a list, never by colour alone.
From the ninth speaker on shapes come again; the claims below say who is meant."""


class Axis(Value, frozen=True, kw_only=True):
    """A logarithmic axis from 0 to the largest figure shown: x = log10(1 + n)."""

    top: int
    ticks: tuple[tuple[float, int], ...]

    def place(self, value: int) -> float:
        share = log10(1 + max(0, value)) / log10(1 + self.top)
        return round(BAR_EDGE + share * (BAR_WIDTH - 2 * BAR_EDGE), 1)


class Bar(Value, frozen=True, kw_only=True):
    """A reading on an axis. ``ticks``: where each whole figure that somebody stated stands."""

    left: float
    right: float
    open_low: bool
    open_high: bool
    ticks: tuple[float, ...]
    text: str


def build_axis(values: list[int]) -> Axis:
    """An axis that ends at the power of ten above the largest value."""
    most = max([1, *values])
    top = next((step for step in AXIS_STEPS[1:] if step >= most), most)
    axis = Axis(top=top, ticks=())
    steps = [step for step in AXIS_STEPS if step <= top]
    return Axis(top=top, ticks=tuple((axis.place(step), step) for step in steps))


def short_range(low: int | None, high: int | None) -> str:
    """A figure for a label in a drawing: "42", "100–300", "500+", "≤ 9", "" when none."""
    if low is None and high is None:
        return ""
    if low == high or high is None:
        return number_words(low or 0) + ("+" if high is None else "")
    return range_words(low, high) if low is not None else f"≤ {number_words(high)}"


def stated_values(claims: Iterable[Claim]) -> list[int]:
    """Every bound that a claim states."""
    ends = ((claim.quantity.low, claim.quantity.high) for claim in claims)
    return [value for pair in ends for value in pair if value is not None]


def reading_values(reading: Reading, claims: Iterable[Claim]) -> list[int]:
    """What an axis must have room for: the reading's bounds and the figures it rests on."""
    bounds = (reading.low, reading.high)
    return [value for value in bounds if value is not None] + stated_values(claims)


def render_bar(reading: Reading, claims: tuple[Claim, ...], axis: Axis) -> Bar:
    """Where the reading and the figures it rests on stand; open ends reach the edge."""
    stated = sorted(set(stated_values(claims)))
    return render_range(axis, reading.low, reading.high, stated)


def render_range(axis: Axis, low: int | None, high: int | None, stated: Iterable[int] = ()) -> Bar:
    """A range on an axis, with a stroke for each stated value; an open end reaches the edge."""
    return Bar(
        left=axis.place(low) if low is not None else 0.0,
        right=axis.place(high) if high is not None else BAR_WIDTH,
        open_low=low is None,
        open_high=high is None,
        ticks=tuple(axis.place(value) for value in stated),
        text=range_words(low, high),
    )


class Moment(Value, frozen=True, kw_only=True):
    """One incident on the timeline; ``left`` and ``right`` are equal within a day."""

    left: float
    right: float
    y: float
    label: str
    href: str
    when: str
    before: bool
    """The label stands left of the mark, for want of room on its right."""


class Timeline(Value, frozen=True, kw_only=True):
    """Incidents with a date, and how many have none."""

    width: float
    height: float
    years: tuple[tuple[float, str], ...]
    moments: tuple[Moment, ...]
    undated: tuple[Incident, ...]


def render_timeline(catalogue: Catalogue) -> Timeline | None:
    """All dated incidents in lanes whose labels do not meet; None when nothing has a date."""
    dated = []
    for incident in catalogue.view.incidents:
        days = _days(incident)
        if days:
            dated.append((days, incident))
    undated = tuple(i for i in catalogue.view.incidents if _days(i) is None)
    if not dated:
        return None
    dated.sort(key=lambda row: (row[0], row[1].id))
    first = date.fromordinal(min(days[0] for days, _ in dated))
    last = date.fromordinal(max(days[1] for days, _ in dated))
    years = range(first.year, last.year + 2)
    start, end = date(years[0], 1, 1).toordinal(), date(years[-1], 1, 1).toordinal()

    def place(day: int) -> float:
        return round(24 + (day - start) / (end - start) * (TIMELINE_WIDTH - 48), 1)

    moments, lanes = _lanes(catalogue, dated, place)
    every = max(1, len(years) // 12)
    return Timeline(
        width=TIMELINE_WIDTH,
        height=lanes * LANE + 34,
        years=tuple((place(date(y, 1, 1).toordinal()), str(y)) for y in years[::every]),
        moments=tuple(moments),
        undated=undated,
    )


def _days(incident: Incident) -> tuple[int, int] | None:
    when = incident.occurred
    if when is None:
        return None
    try:
        latest = date.fromisoformat(when.latest or when.earliest or "")
        earliest = date.fromisoformat(when.earliest or when.latest or "")
    except ValueError:
        return None
    return earliest.toordinal(), latest.toordinal()


def _lanes(
    catalogue: Catalogue,
    dated: list[tuple[tuple[int, int], Incident]],
    place: Callable[[int], float],
) -> tuple[list[Moment], int]:
    """Each incident in the first lane where its mark and label are free."""
    ends: list[list[tuple[float, float]]] = []
    moments = []
    for (first, last), incident in dated:
        left, right = place(first), place(last)
        wide = len(incident.title) * TIMELINE_LETTER + 16
        before = right + wide > TIMELINE_WIDTH and left - wide > 0
        span = (left - wide, right + 8) if before else (left - 8, right + wide)
        lane = next((n for n, taken in enumerate(ends) if _free(span, taken)), len(ends))
        if lane == len(ends):
            ends.append([])
        ends[lane].append(span)
        moments.append(
            Moment(
                left=left,
                right=right,
                y=16 + lane * LANE,
                label=incident.title,
                href=catalogue.files[incident.id],
                when=when_words(incident.occurred),
                before=before,
            )
        )
    return moments, len(ends)


def _free(span: tuple[float, float], taken: list[tuple[float, float]]) -> bool:
    return all(span[1] <= left or right <= span[0] for left, right in taken)


class Dot(Value, frozen=True, kw_only=True):
    """One stated figure. ``low_y``/``high_y`` are None where the voice left an end open;
    ``again``: the speaker had given the same figure before."""

    x: float
    y: float
    low_y: float | None
    high_y: float | None
    text: str
    again: bool


class Series(Value, frozen=True, kw_only=True):
    """One speaker's whole figures in order of statement."""

    speaker: str
    shape: int
    dots: tuple[Dot, ...]
    path: str


class Course(Value, frozen=True, kw_only=True):
    """How the figures for one harm moved: a column a statement time, equally far apart."""

    harm: str
    width: float
    height: float
    columns: tuple[tuple[float, str, str], ...]
    """x, day, clock."""
    grid: tuple[tuple[float, int], ...]
    series: tuple[Series, ...]


def render_course(catalogue: Catalogue, harm: str, claims: tuple[Claim, ...]) -> Course | None:
    """The whole figures of ``claims`` over the times they were said; None with fewer than two."""
    told = [c for c in claims if _is_figure(c) and catalogue.said_at(c)]
    times = sorted({instant_of(catalogue.said_at(c)): catalogue.said_at(c) for c in told}.items())
    if len(told) < 2 or len(times) < 2:
        return None
    top = max(value for c in told for value in stated_values([c]))
    places = {instant: CHART_LEFT + COLUMN * (n + 0.5) for n, (instant, _) in enumerate(times)}
    speakers = list(dict.fromkeys(catalogue.speaker(c) for c in told))
    series = tuple(
        _series(catalogue, n, [c for c in told if catalogue.speaker(c) == speaker], places, top)
        for n, speaker in enumerate(speakers)
    )
    steps = sorted({0, top // 2, top})
    return Course(
        harm=harm,
        width=CHART_LEFT + COLUMN * len(times) + CHART_RIGHT,
        height=CHART_HEIGHT + CHART_TOP + 44,
        columns=tuple((places[i], *_column_words(said or "")) for i, said in times),
        grid=tuple((_height(step, top), step) for step in steps),
        series=series,
    )


def _is_figure(claim: Claim) -> bool:
    quantity = claim.quantity
    return (
        claim.stance == "asserts"
        and quantity.extent == "whole"
        and quantity.scope == "incident"
        and claim.part_of is None
        and (quantity.low is not None or quantity.high is not None)
    )


def _height(value: int, top: int) -> float:
    return round(CHART_TOP + CHART_HEIGHT * (1 - value / max(1, top)), 1)


def _column_words(said: str) -> tuple[str, str]:
    day, _, clock = day_words(said).partition(" ")
    return day, clock


def _series(
    catalogue: Catalogue, number: int, claims: list[Claim], places: dict[str, float], top: int
) -> Series:
    """The line runs through figures when first told; a figure told again is a mark beside it."""
    told: set[tuple[int | None, int | None]] = set()
    dots: dict[tuple[float, float], Dot] = {}
    for claim in sorted(claims, key=catalogue.order_of):
        low, high = claim.quantity.low, claim.quantity.high
        dot = Dot(
            x=places[instant_of(catalogue.said_at(claim))],
            y=_height(max(stated_values([claim])), top),
            low_y=None if low is None else _height(low, top),
            high_y=None if high is None else _height(high, top),
            text=short_range(low, high),
            again=(low, high) in told,
        )
        told.add((low, high))
        dots.setdefault((dot.x, dot.y), dot)
    first = [dot for dot in dots.values() if not dot.again]
    return Series(
        speaker=catalogue.speaker(claims[0]),
        shape=number % SERIES_SHAPES,
        dots=tuple(dots.values()),
        path="".join(f"{'L' if n else 'M'}{dot.x:g} {dot.y:g}" for n, dot in enumerate(first)),
    )
