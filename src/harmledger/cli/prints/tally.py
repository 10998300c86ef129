"""``tally``: every reading of every incident chosen, and sums that say what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from harmledger.cli.prints.overview import by_date, make_table, print_totals
from harmledger.cli.prints.phrase import ASSUME_CIVILIAN, figure_words, joined
from harmledger.cli.prints.readings import compare, print_readings
from harmledger.core.incident import Incident, Sum, Total
from harmledger.core.place import Place
from harmledger.core.view import LedgerView
from harmledger.count import tally_sums
from harmledger.lexicon.policies import Policy
from harmledger.pipeline.held import HeldBack, count_held
from harmledger.publish.notice import POLICY_DISCLAIMER
from harmledger.publish.words import count_words, harm_words, number_words, unit_words

if TYPE_CHECKING:
    from rich.console import Console


def choose_incidents(
    incidents: Iterable[Incident],
    place: str | None,
    since: str | None,
    until: str | None,
    name: str | None = None,
) -> tuple[Incident, ...]:
    """Those at ``place`` (name, province, country code or gazetteer id) that may lie within the
    days; ``name``: the one with this id, code, or earlier id. An undated incident is left out as
    soon as a day is given."""
    return tuple(
        incident
        for incident in sorted(incidents, key=by_date)
        if (name is None or name in (incident.id, incident.code, *incident.redirects))
        and (place is None or is_at(incident.place, place))
        and _is_within(incident, since, until)
    )


def choose_totals(totals: Iterable[Total], place: str | None) -> tuple[Total, ...]:
    """Those about ``place``, named as in :func:`choose_incidents`."""
    return tuple(t for t in totals if place is None or is_at(t.place, place))


def is_at(place: Place | None, wanted: str) -> bool:
    """Does the place, or one of its members, go by this name?"""
    if place is None:
        return False
    names = (place.name, place.admin1, place.country, place.gazetteer_id, place.as_written)
    named = any(name is not None and name.casefold() == wanted.casefold() for name in names)
    return named or any(is_at(member, wanted) for member in place.members)


def render_tally(
    view: LedgerView,
    incidents: Sequence[Incident],
    totals: tuple[Total, ...],
    policies: Sequence[Policy],
    held: Mapping[str, HeldBack],
) -> dict[str, Any]:
    """JSON-ready: incidents with their readings, sums, and what each policy does not count."""
    chosen = {claim for incident in incidents for claim in incident.claims}
    return {
        "as_of": view.as_of,
        "policies": [p.name for p in policies],
        "incidents": [_render_incident(i, view, policies, held) for i in incidents],
        "held_back_in_sums": count_held(held, (i.id for i in incidents)),
        "sums": msgspec.to_builtins(tally_sums(incidents)),
        "totals": msgspec.to_builtins(totals),
        "not_counted": {p.name: list(not_counted(view, p, chosen)) for p in policies},
        "note": ASSUME_CIVILIAN,
    }


def print_tally(
    console: Console,
    view: LedgerView,
    incidents: Sequence[Incident],
    totals: tuple[Total, ...],
    policies: Sequence[Policy],
    held: Mapping[str, HeldBack],
) -> None:
    """For people."""
    if not incidents:
        console.print("No incident fits.")
    else:
        print_readings(console, view, incidents, policies, held)
        _print_sums(console, incidents)
        inside = count_held(held, (i.id for i in incidents))
        if inside:
            console.print(
                f"These sums hold {count_words(inside, 'incident', 'incidents')} not to be passed "
                "on: `harmledger publish` counts without them."
            )
    print_totals(console, totals)
    chosen = {claim for incident in incidents for claim in incident.claims}
    for policy in policies:
        rest = not_counted(view, policy, chosen)
        words = ", ".join(harm_words(harm) for harm in rest)
        console.print(f"{policy.name}: {policy.title}")
        if rest:
            console.print(f"  not counted by this policy: {words}")
    console.print()
    console.print(ASSUME_CIVILIAN)
    console.print("Sums run over distinct incidents: recorded, not actual, harm.")
    if any(policy.name != "literal" for policy in policies):
        console.print(POLICY_DISCLAIMER)
    if view.as_of:
        console.print(f"Statements up to the end of {view.as_of}, UTC.")


def not_counted(view: LedgerView, policy: Policy, chosen: set[str]) -> tuple[str, ...]:
    """Harms claimed in the chosen incidents that the policy has no reading for."""
    claimed = {claim.harm for claim in view.claims if claim.id in chosen}
    return tuple(sorted(claimed - set(policy.covers.harms)))


def _is_within(incident: Incident, since: str | None, until: str | None) -> bool:
    when = incident.occurred
    if since is None and until is None:
        return True
    if when is None or (when.earliest is None and when.latest is None):
        return False
    starts_in_time = until is None or when.earliest is None or when.earliest <= until
    ends_in_time = since is None or when.latest is None or when.latest >= since
    return starts_in_time and ends_in_time


def _render_incident(
    incident: Incident,
    view: LedgerView,
    policies: Sequence[Policy],
    held: Mapping[str, HeldBack],
) -> dict[str, Any]:
    keys = ("id", "code", "title", "place", "occurred", "readings", "grade", "denied_by")
    row = {key: msgspec.to_builtins(getattr(incident, key)) for key in (*keys, "conceded_by")}
    row["held_back"] = msgspec.to_builtins(held.get(incident.id))
    if len(policies) > 1:
        row["compared"] = msgspec.to_builtins(compare(incident, view, policies))
    return row


def _print_sums(console: Console, incidents: Sequence[Incident]) -> None:
    table = make_table(title="Sums over these incidents: recorded, not actual, harm")
    for heading in ("Harm", "Victims", "Policy", "Sum", "Incidents", "What it rests on"):
        table.add_column(heading, overflow="fold")
    for total in tally_sums(incidents):
        table.add_row(
            joined((harm_words(total.harm), unit_words(total.unit, 2, None))),
            total.victims,
            total.policy,
            _sum_words(total) if total.incidents else "not stated",
            str(total.incidents),
            f"{total.one_origin} on one origin, {total.on_words} on words, "
            f"{total.set_aside} claims set aside",
        )
    console.print(table)


def _sum_words(total: Sum) -> str:
    """ "55–516, best 55" where the policy has a best beside its range."""
    words = figure_words(total.low, total.high)
    if total.best is None or total.low == total.high:
        return words
    return f"{words}, best {number_words(total.best)}"
