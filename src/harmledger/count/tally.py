"""Readings: policy(version) x claims x decisions (contract §5). Pure arithmetic, any order in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from harmledger.core.base import Value
from harmledger.core.claim import PERSON_HARMS, Claim, Harm
from harmledger.core.incident import Origin, Reading, SetAside, StatusReading
from harmledger.core.quantity import Unit
from harmledger.core.response import Response
from harmledger.count import screens
from harmledger.count.bounds import Bounds, find_possibly_more, ids
from harmledger.count.figures import Figure, Standing, count_origins, drop, giving, open_standing
from harmledger.count.rules import RULES, Outcome
from harmledger.count.statements import (
    drop_superseded,
    drop_vague_beside_number,
    find_corrected,
    find_retracted,
    find_superseded,
)
from harmledger.count.voices import accused_names, distinct_parties, was_said
from harmledger.count.words import read_words
from harmledger.lexicon.policies import Policy


def tally_incident(
    claims: Sequence[Claim],
    origins: Mapping[str, Origin],
    policy: Policy,
    *,
    responses: Sequence[Response] = (),
    as_of: str | None = None,
    set_aside: Mapping[str, str] | None = None,
) -> tuple[Reading, ...]:
    """One reading per harm, unit and victims reading that ``policy`` covers.

    Args:
        claims: the claims of one incident, in any order.
        origins: by claim id (``propose_origins``); a claim without one counts as unattributed.
        policy: from ``load_policies()``.
        responses: answers about the incident; they name who is accused and change no number
            but those of the accused (R7, R8).
        as_of: ISO date; only statements up to the end of that day, UTC, are read (R5).
        set_aside: claim id to the reason a named person gave.

    Every claim of a covered harm stands in each reading of it once or more: in ``claims_low``,
    ``claims_high``, ``between``, ``floors``, ``possibly_more`` or ``set_aside``.

    Raises:
        ValueError: ``as_of`` is no ISO date.
    """
    return tally_policies(
        claims, origins, [policy], responses=responses, as_of=as_of, set_aside=set_aside
    )


def tally_policies(
    claims: Sequence[Claim],
    origins: Mapping[str, Origin],
    policies: Sequence[Policy],
    *,
    responses: Sequence[Response] = (),
    as_of: str | None = None,
    set_aside: Mapping[str, str] | None = None,
) -> tuple[Reading, ...]:
    """:func:`tally_incident` under several policies, one after the other; what they leave out
    alike is worked out once."""
    aside = set_aside or {}
    accused = _accused_parties(claims, responses, as_of, aside)
    tables = []
    for (harm, unit), group in _by_harm(claims):
        if any(harm in policy.covers.harms for policy in policies):
            told = open_standing(group, origins, accused)
            tables.append(Table(harm, unit, told, screen(told, as_of=as_of, set_aside=aside)))
    return tuple(
        table.read(victims, policy)
        for policy in policies
        for table in tables
        if table.harm in policy.covers.harms
        for victims in _victim_readings(table.harm, table.counted.figures, policy)
    )


def _accused_parties(
    claims: Sequence[Claim],
    responses: Sequence[Response],
    as_of: str | None,
    aside: Mapping[str, str],
) -> frozenset[str]:
    """Everyone held responsible for this incident so far."""
    if not responses and all(c.alleged_perpetrator is None for c in claims):
        return frozenset()
    told = [c for c in claims if c.id not in aside and was_said(c.said_at, as_of)]
    answers = [r for r in responses if was_said(r.said_at, as_of)]
    return frozenset(distinct_parties(accused_names(told, answers)))


def uncovered_harms(claims: Iterable[Claim], policy: Policy) -> tuple[Harm, ...]:
    """Harms claimed that ``policy`` does not count; print them as "not counted by this policy"."""
    return tuple(sorted({c.harm for c in claims} - set(policy.covers.harms)))


def screen(standing: Standing, *, as_of: str | None, set_aside: Mapping[str, str]) -> Standing:
    """What every policy leaves out alike, in this order; later steps see only what is left."""
    standing = screens.drop_totals(standing)
    standing = screens.drop_not_yet_said(standing, as_of)
    standing = screens.drop_decided(standing, set_aside)
    taken_back = find_retracted(standing.figures)
    standing = screens.drop_stances(standing)
    standing = drop(standing, taken_back)
    standing = screens.drop_uncounted(standing)
    standing = screens.drop_indirect(standing)
    standing = drop(standing, find_corrected(standing.figures))
    gone = {s.claim: s.why for s in standing.aside} | find_superseded(standing.wholes)
    standing = screens.drop_parts_of(standing, gone)
    return screens.drop_numberless(standing)


def _by_harm(claims: Sequence[Claim]) -> list[tuple[tuple[Harm, Unit], list[Claim]]]:
    groups: dict[tuple[Harm, Unit], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.harm, claim.quantity.unit), []).append(claim)
    return sorted(groups.items())


def _victim_readings(
    harm: Harm, figures: tuple[Figure, ...], policy: Policy
) -> tuple[StatusReading, ...]:
    """R8: ``strict`` only where the status of someone counted is contested or not stated,
    ``combatant`` only where there are some; things and blocked ways have no status."""
    if "all" in policy.readings or harm not in PERSON_HARMS:
        return ("all",)
    statuses = {f.claim.victims.status for f in figures}
    shown: list[StatusReading] = []
    for reading in policy.readings:
        if reading == "strict" and statuses <= {"civilian"}:
            continue
        if reading == "combatant" and "combatant" not in statuses:
            continue
        shown.append(reading)
    return tuple(shown)


class Table:
    """The figures of one harm and unit; what every policy does alike is done once."""

    def __init__(self, harm: Harm, unit: Unit, told: Standing, counted: Standing) -> None:
        """``told``: every figure; ``counted``: what the screens left."""
        self.harm, self.unit, self.told, self.counted = harm, unit, told, counted
        self._unsuperseded: dict[StatusReading, Standing] = {}
        self._literal: dict[StatusReading, Standing] = {}
        self._stated: dict[int, Stated] = {}
        """By the identity of a standing, which is kept beside."""

    def read(self, victims: StatusReading, policy: Policy) -> Reading:
        """The reading of ``victims`` under ``policy``."""
        standing = self._read_words(victims, policy)
        outcome = RULES[policy.rule](standing, policy)
        stated = self._state(outcome.standing)
        return _reading(self.harm, self.unit, victims, policy, stated, outcome)

    def _read_words(self, victims: StatusReading, policy: Policy) -> Standing:
        """What stands, its words as the policy's profile reads them; most figures are no words."""
        standing = self._stand(victims)
        spoken = read_words(standing, policy)
        if spoken is not standing:
            return screens.drop_unread(spoken)
        known = self._literal.get(victims)
        if known is None:
            known = self._literal[victims] = screens.drop_unread(standing)
        return known

    def _state(self, standing: Standing) -> Stated:
        """What policies that leave the same figures standing say alike."""
        known = self._stated.get(id(standing))
        if known is None:
            known = self._stated[id(standing)] = _state(standing, self.told)
        return known

    def _stand(self, victims: StatusReading) -> Standing:
        if victims not in self._unsuperseded:
            standing = screens.keep_status(self.counted, victims)
            self._unsuperseded[victims] = drop_superseded(drop_vague_beside_number(standing))
        return self._unsuperseded[victims]


class Stated(Value, frozen=True, kw_only=True):
    """What a reading says of the figures that stand, whatever its policy makes of them."""

    standing: Standing
    floors: tuple[str, ...]
    beside: tuple[Figure, ...]
    set_aside: tuple[SetAside, ...]
    origins: int
    words: frozenset[str]


def _state(standing: Standing, told: Standing) -> Stated:
    return Stated(
        standing=standing,
        floors=ids(standing.floors),
        beside=find_possibly_more(standing, told.figures),
        set_aside=tuple(sorted(standing.aside, key=_aside_order)),
        origins=count_origins(giving(standing)),
        words=frozenset(f.id for f in standing.figures if f.vague),
    )


def _reading(
    harm: Harm,
    unit: Unit,
    victims: StatusReading,
    policy: Policy,
    stated: Stated,
    outcome: Outcome,
) -> Reading:
    standing, bounds = stated.standing, outcome.bounds
    named = {*bounds.claims_low, *bounds.claims_high}
    return Reading(
        harm=harm,
        unit=unit,
        victims=victims,
        low=bounds.low,
        best=outcome.best,
        high=bounds.high,
        policy=policy.name,
        covers=policy.covers,
        claims_low=bounds.claims_low,
        claims_high=bounds.claims_high,
        between=ids(f for f in standing.wholes if f.id not in named),
        floors=stated.floors,
        possibly_more=ids(stated.beside),
        set_aside=stated.set_aside,
        conceded=ids(outcome.conceded),
        origins=stated.origins,
        on_words=_on_words(stated.words, bounds),
        notes=bounds.notes + _beside_notes(stated.beside),
    )


def _aside_order(aside: SetAside) -> tuple[str, str]:
    return (aside.claim, aside.why)


def _on_words(words: frozenset[str], bounds: Bounds) -> bool:
    """A bound rests on words alone."""
    ends = (bounds.claims_low, bounds.claims_high)
    return any(claims and words.issuperset(claims) for claims in ends)


def _beside_notes(beside: tuple[Figure, ...]) -> tuple[str, ...]:
    """The largest: figures beside the toll are never added, they may be told twice."""
    numbers = [f.low if f.low is not None else f.high or 0 for f in beside]
    return (f"possibly {max(numbers)} more",) if numbers else ()
