"""What linking does to the count: each policy's reading of the incidents as linked, beside what it
was designed to read, which is its reading of the same reports grouped without a mistake."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.incident import Incident, Origin, Reading
from harmledger.count import fill_incident
from harmledger.evals.synthetic import Reporting
from harmledger.lexicon.policies import Policy, load_policies

_Figure = tuple[int | None, int | None, int | None]


class CountError(Value, frozen=True, kw_only=True):
    """One policy over all incidents with dead. Errors are means of (figure - true toll) / toll;
    the figure is the best where the policy has one, else the low. ``designed``: grouped without a
    mistake; ``found``: as linked, the incident that holds most of the reports. ``equal``: share of
    incidents that read the same both ways; ``holds``: share whose true toll lies in low..high."""

    policy: str
    designed: float
    found: float
    equal: float
    holds_designed: float
    holds_found: float
    unread: int
    """Incidents for which the policy has no figure, as linked."""


def measure_counts(
    reporting: Reporting,
    filled: Sequence[Incident],
    claims: Mapping[str, Claim],
    origins: Mapping[str, Origin],
) -> tuple[CountError, ...]:
    """Errors by policy; ``filled``: incidents as linked, with their readings."""
    largest = find_largest(reporting.truth, filled)
    held: dict[str, list[str]] = {}
    for claim, event in reporting.truth.items():
        held.setdefault(event, []).append(claim)
    dead = {e.id: e.dead for e in reporting.events if e.kind == "killed" and e.id in largest}
    true = {
        event: fill_incident(
            msgspec.structs.replace(largest[event], claims=tuple(held[event])), claims, origins
        )
        for event in dead
    }
    return tuple(_measure(policy, dead, true, largest) for policy in load_policies())


def find_largest(truth: Mapping[str, str], filled: Sequence[Incident]) -> dict[str, Incident]:
    """For each true incident the proposed one that holds most of its claims, of those it leads."""
    largest: dict[str, Incident] = {}
    for incident in sorted(filled, key=lambda i: (len(i.claims), i.id)):
        events = Counter(truth[c] for c in incident.claims)
        largest[events.most_common(1)[0][0]] = incident
    return largest


def _measure(
    policy: Policy,
    dead: Mapping[str, int],
    true: Mapping[str, Incident],
    found: Mapping[str, Incident],
) -> CountError:
    designed = {event: _read(true[event], policy) for event in dead}
    linked = {event: _read(found[event], policy) for event in dead}
    count = max(1, len(dead))
    return CountError(
        policy=policy.name,
        designed=_error(designed, dead),
        found=_error(linked, dead),
        equal=sum(designed[e] == linked[e] for e in dead) / count,
        holds_designed=sum(_holds(designed[e], dead[e]) for e in dead) / count,
        holds_found=sum(_holds(linked[e], dead[e]) for e in dead) / count,
        unread=sum(_figure(linked[e]) is None for e in dead),
    )


def _read(incident: Incident, policy: Policy) -> _Figure:
    """Low, best and high of the dead."""
    wanted = policy.readings[0]
    for r in incident.readings:
        if (r.policy, r.harm, r.unit, r.victims) == (policy.name, "killed", "persons", wanted):
            return _bounds(r)
    return (None, None, None)


def _bounds(reading: Reading) -> _Figure:
    return (reading.low, reading.best, reading.high)


def _figure(read: _Figure) -> int | None:
    return read[1] if read[1] is not None else read[0]


def _error(read: Mapping[str, _Figure], dead: Mapping[str, int]) -> float:
    errors = [(n - dead[e]) / dead[e] for e, f in read.items() if (n := _figure(f)) is not None]
    return sum(errors) / len(errors) if errors else 0.0


def _holds(read: _Figure, dead: int) -> bool:
    low, best, high = read
    if low is None and high is None:
        return best == dead
    return (low or 0) <= dead and (high is None or dead <= high)


def render_counts(errors: Sequence[CountError]) -> str:
    """A table, one line a policy."""
    head = ("policy", "designed", "as linked", "same", "toll inside: designed", "as linked", "none")
    rows = [head]
    rows += [
        (
            e.policy,
            f"{e.designed:+.3f}",
            f"{e.found:+.3f}",
            f"{e.equal:.3f}",
            f"{e.holds_designed:.3f}",
            f"{e.holds_found:.3f}",
            str(e.unread),
        )
        for e in errors
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    return "\n".join(_render_row(row, widths) for row in rows)


def _render_row(row: Sequence[str], widths: Sequence[int]) -> str:
    numbers = (v.rjust(w) for v, w in zip(row[1:], widths[1:], strict=True))
    return "  ".join((row[0].ljust(widths[0]), *numbers))
