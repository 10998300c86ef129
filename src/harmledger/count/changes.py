"""Changes over time: what statements of each day, or new documents and decisions, did to the
readings, the grade and the voices of an incident. Pure functions of two moments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import Any

from harmledger.core.base import Value
from harmledger.core.change import Bounds, Change, ChangeKind
from harmledger.core.claim import Claim
from harmledger.core.incident import Incident, Origin, Reading
from harmledger.core.instant import find_instant
from harmledger.core.when import Moment
from harmledger.count.incident import fill_incident
from harmledger.lexicon.policies import Policy

_MAIN = ("assume_civilian", "all", "combatant")


class Cause(Value, frozen=True, kw_only=True):
    """What lies between two moments: the day or moment, new claims by id, other documents (of
    answers) and decisions; origins by claim id. ``new``: an incident without an earlier state is
    a new one."""

    at: str | None
    claims: dict[str, Claim]
    origins: Mapping[str, Origin]
    new: bool = True
    documents: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()


def find_history(
    incident: Incident,
    claims: Mapping[str, Claim],
    origins: Mapping[str, Origin],
    policies: Sequence[Policy],
    *,
    since: str | None = None,
    until: str | None = None,
    set_aside: Mapping[str, str] | None = None,
) -> tuple[Change, ...]:
    """What each day's statements changed, oldest first: the incident as of one day against the
    day before on which anything was said (R5). Undated statements stand in no day's reading.

    ``incident`` carries every claim and answer. ``since``/``until``: ISO dates; only what was
    said after the end of the one and up to the end of the other.

    Raises:
        KeyError: a claim of the incident is not in ``claims``.
        ValueError: ``since`` or ``until`` is no ISO date.
    """
    told = [claims[i] for i in incident.claims]
    days = _days([c.said_at for c in told] + [r.said_at for r in incident.responses])
    found: list[Change] = []
    before: Incident | None = None
    for day in days:
        if until is not None and day > until:
            break
        after = fill_incident(
            incident,
            claims,
            origins,
            policies=policies,
            as_of=day,
            set_aside=set_aside,
        )
        if since is None or day > since:
            cause = Cause(
                at=day,
                claims={c.id: c for c in told if _day_of(c.said_at) == day},
                origins=origins,
                documents=tuple(r.document for r in after.responses if _day_of(r.said_at) == day),
            )
            found += compare_incident(before, after, cause)
        before = after
    return tuple(found)


def _days(moments: Iterable[Moment]) -> list[str]:
    return sorted({day for m in moments if (day := _day_of(m)) is not None})


def _day_of(moment: Moment) -> str | None:
    """The first day, UTC, whose end the statement is part of (as-of readings take it then)."""
    said = find_instant(moment.at)
    return None if said is None else said[0].date().isoformat()


def compare_incident(before: Incident | None, after: Incident, cause: Cause) -> list[Change]:
    """Every change between two states of one incident; ``before`` is None for a new one."""
    documents = tuple(sorted({*(c.document for c in cause.claims.values()), *cause.documents}))
    common: dict[str, Any] = {
        "incident": after.id,
        "code": after.code,
        "title": after.title,
        "at": cause.at,
        "documents": documents,
        "decisions": cause.decisions,
    }
    found: list[Change] = []
    if before is None and cause.new:
        found.append(_change("new_incident", common, cause.claims))
    found += _compare_readings(before, after, cause, common)
    found += _find_retractions(cause, common)
    if before is not None:
        found += _compare_voices(before, after, cause, common)
    return [*found, *_compare_answers(before, after, common)]


def _change(
    kind: ChangeKind, common: Mapping[str, Any], claims: Iterable[str] = (), **more: Any
) -> Change:
    return Change(kind=kind, claims=tuple(sorted(claims)), **{**common, **more})


def _compare_readings(
    before: Incident | None, after: Incident, cause: Cause, common: Mapping[str, Any]
) -> Iterator[Change]:
    old = {_key(r): r for r in before.readings if r.victims in _MAIN} if before else {}
    new = {_key(r): r for r in after.readings if r.victims in _MAIN}
    for key in sorted({*old, *new}):
        was, now = _bounds(old.get(key)), _bounds(new.get(key))
        kind = judge_bounds(was, now)
        if kind is None:
            continue
        policy, harm, unit, victims = key
        brought = [i for i, c in cause.claims.items() if (c.harm, c.quantity.unit) == (harm, unit)]
        yield _change(
            kind,
            common,
            brought,
            harm=harm,
            unit=unit,
            victims=victims,
            policy=policy,
            before=was,
            after=now,
            note=_note(new.get(key)),
        )


def _key(reading: Reading) -> tuple[str, str, str, str]:
    return (reading.policy, reading.harm, reading.unit, reading.victims)


def _bounds(reading: Reading | None) -> Bounds | None:
    """None when the reading has no number."""
    if reading is None or (reading.low, reading.best, reading.high) == (None, None, None):
        return None
    return Bounds(low=reading.low, best=reading.best, high=reading.high)


def _note(reading: Reading | None) -> str:
    return "; ".join(n for n in (reading.notes if reading else ()) if n.startswith("possibly"))


def judge_bounds(before: Bounds | None, after: Bounds | None) -> ChangeKind | None:
    """Which way the figures went; None when they are the same."""
    if before == after:
        return None
    if before is None:
        return "first_figure"
    if after is None:
        return "no_figure"
    (low, high), (new_low, new_high) = _ends(before), _ends(after)
    if (low, high) == (new_low, new_high):
        return "revised_up" if (after.best or 0) > (before.best or 0) else "revised_down"
    if new_low <= low and high <= new_high:
        return "widened"
    if low <= new_low and new_high <= high:
        return "narrowed"
    return "revised_up" if (new_low, new_high) > (low, high) else "revised_down"


def _ends(bounds: Bounds) -> tuple[float, float]:
    """Low and high on one scale: an open high lies above all numbers, an unstated low below; of a
    policy of one number, that."""
    if bounds.low is None and bounds.high is None and bounds.best is not None:
        return (bounds.best, bounds.best)
    low = -inf if bounds.low is None else bounds.low
    return (low, inf if bounds.high is None else bounds.high)


def _find_retractions(cause: Cause, common: Mapping[str, Any]) -> Iterator[Change]:
    for claim in cause.claims.values():
        if claim.stance == "retracts":
            taken = (claim.id, claim.about) if claim.about else (claim.id,)
            yield _change("withdrawn", common, taken, harm=claim.harm, unit=claim.quantity.unit)


def _compare_voices(
    before: Incident, after: Incident, cause: Cause, common: Mapping[str, Any]
) -> Iterator[Change]:
    """Origins not heard before on this incident; ``unattributed`` is nobody."""
    heard = {o.key for o in before.origins}
    for origin in after.origins:
        if origin.key not in heard and origin.kind != "unattributed":
            own = [i for i in cause.claims if i in cause.origins]
            own = [i for i in own if cause.origins[i].key == origin.key]
            yield _change("new_voice", common, own, note=origin.label)


def _compare_answers(
    before: Incident | None, after: Incident, common: Mapping[str, Any]
) -> Iterator[Change]:
    grade = before.grade if before else None
    if after.grade == "contested" and grade != "contested":
        yield _change("contested", common, note=after.grade_why)
    elif grade is not None and after.grade != grade:
        yield _change("graded", common, note=f"{grade} to {after.grade}: {after.grade_why}")
    kinds: tuple[tuple[ChangeKind, str], ...] = (
        ("conceded", "conceded_by"),
        ("denied", "denied_by"),
    )
    for kind, field in kinds:
        known = getattr(before, field) if before else ()
        names = [name for name in getattr(after, field) if name not in known]
        if names:
            yield _change(kind, common, note=", ".join(names))
