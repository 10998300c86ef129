"""One incident under several policies: how much of the difference is the rules' (policy effect) and
how much the voices' (source effect). Pure arithmetic on readings that are there already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from harmledger.core.base import Value
from harmledger.core.change import Bounds
from harmledger.core.claim import Claim, Harm
from harmledger.core.incident import Incident, Origin, Reading, StatusReading
from harmledger.core.quantity import Unit
from harmledger.count.figures import UNKNOWN_ORIGIN, is_vague
from harmledger.lexicon.policies import Policy

_MAIN = ("assume_civilian", "all")


class SourceSays(Value, frozen=True, kw_only=True):
    """What one origin says among the whole figures that stand; null = not stated."""

    origin: str
    low: int | None
    high: int | None
    claims: tuple[str, ...]


class PolicySays(Value, frozen=True, kw_only=True):
    """What one policy makes of the same claims. ``figure`` is null where it has none;
    ``covered`` is false for "not counted by this policy"; ``why``: what sets it apart from
    ``literal``, empty where the numbers agree."""

    policy: str
    victims: StatusReading | None
    covered: bool
    figure: Bounds | None
    differs: bool
    why: tuple[str, ...]


class Comparison(Value, frozen=True, kw_only=True):
    """One harm of one incident. ``source_effect``: lowest and highest figure of the voices that
    stand under ``literal`` alone. ``policy_lows``/``policy_highs``: between which numbers the low
    and the high ends of the policies lie, on the same claims; null where none states one."""

    harm: Harm
    unit: Unit
    sources: tuple[SourceSays, ...]
    policies: tuple[PolicySays, ...]
    source_effect: tuple[int | None, int | None]
    policy_lows: tuple[int, int] | None
    policy_highs: tuple[int, int] | None


def compare_policies(
    incident: Incident,
    claims: Mapping[str, Claim],
    origins: Mapping[str, Origin],
    policies: Sequence[Policy],
) -> tuple[Comparison, ...]:
    """A comparison for each harm and unit that ``literal`` reads; ``incident`` carries readings
    under ``policies``, ``literal`` among them (else there is nothing to compare with).

    Raises:
        KeyError: a claim of a reading is not in ``claims``.
    """
    found = []
    for literal in _mains(incident.readings):
        if literal.policy != "literal":
            continue
        sources = _sources(literal, claims, origins)
        says = tuple(_says(policy, literal, incident.readings, claims) for policy in policies)
        figures = [p.figure for p in says if p.figure is not None]
        found.append(
            Comparison(
                harm=literal.harm,
                unit=literal.unit,
                sources=sources,
                policies=says,
                source_effect=(literal.low, literal.high),
                policy_lows=_spread(_low(f) for f in figures),
                policy_highs=_spread(_high(f) for f in figures),
            )
        )
    return tuple(found)


def _mains(readings: Iterable[Reading]) -> list[Reading]:
    return [r for r in readings if r.victims in _MAIN]


def _sources(
    literal: Reading, claims: Mapping[str, Claim], origins: Mapping[str, Origin]
) -> tuple[SourceSays, ...]:
    ids = {*literal.claims_low, *literal.claims_high, *literal.between} - set(literal.floors)
    held: dict[str, list[Claim]] = {}
    for i in sorted(ids or literal.floors):
        held.setdefault(origins.get(i, UNKNOWN_ORIGIN).label, []).append(claims[i])
    found = [_source(origin, told) for origin, told in held.items()]
    return tuple(sorted(found, key=lambda s: (s.low or 0, s.high or 0, s.origin)))


def _source(origin: str, told: Sequence[Claim]) -> SourceSays:
    highs = [c.quantity.high for c in told]
    return SourceSays(
        origin=origin,
        low=min((c.quantity.low for c in told if c.quantity.low is not None), default=None),
        high=None if None in highs else max(h for h in highs if h is not None),
        claims=tuple(sorted(c.id for c in told)),
    )


def _says(
    policy: Policy, literal: Reading, readings: Iterable[Reading], claims: Mapping[str, Claim]
) -> PolicySays:
    same = [r for r in _mains(readings) if (r.harm, r.unit) == (literal.harm, literal.unit)]
    reading = next((r for r in same if r.policy == policy.name), None)
    if reading is None:
        return PolicySays(
            policy=policy.name,
            victims=None,
            covered=False,
            figure=None,
            differs=False,
            why=("not counted by this policy",),
        )
    figure = _figure(reading)
    differs = _ends(figure) != _ends(_figure(literal))
    return PolicySays(
        policy=policy.name,
        victims=reading.victims,
        covered=True,
        figure=figure,
        differs=differs,
        why=_why(policy, reading, literal, claims) if differs else (),
    )


def _why(
    policy: Policy, reading: Reading, literal: Reading, claims: Mapping[str, Claim]
) -> tuple[str, ...]:
    """The rule it chooses by, the claims only one of the two counts, the words it reads its way."""
    ours = {a.claim: a.why for a in literal.set_aside}
    theirs = {a.claim: a.why for a in reading.set_aside}
    refused = [f"leaves out: {why}" for i, why in theirs.items() if i not in ours]
    taken = [f"counts, and literal does not: {why}" for i, why in ours.items() if i not in theirs]
    rests = {*literal.claims_low, *literal.claims_high, *literal.between} - set(theirs)
    own_words = policy.profile.name != "literal" and any(is_vague(claims[i]) for i in rests)
    words = [f"reads number words by the profile {policy.profile.name}"] if own_words else []
    return tuple(dict.fromkeys([policy.chooses, *words, *sorted(refused), *sorted(taken)]))


def _figure(reading: Reading) -> Bounds | None:
    if (reading.low, reading.best, reading.high) == (None, None, None):
        return None
    return Bounds(low=reading.low, best=reading.best, high=reading.high)


def _low(figure: Bounds) -> int | None:
    return figure.low if figure.low is not None else figure.best


def _high(figure: Bounds) -> int | None:
    return figure.high if figure.high is not None or figure.low is not None else figure.best


def _ends(figure: Bounds | None) -> tuple[int | None, int | None]:
    return (None, None) if figure is None else (_low(figure), _high(figure))


def _spread(ends: Iterable[int | None]) -> tuple[int, int] | None:
    known = [end for end in ends if end is not None]
    return (min(known), max(known)) if known else None
