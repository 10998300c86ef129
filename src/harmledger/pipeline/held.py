"""What people decided to hold back, on the incidents as they stand now: for those who work here,
so that nobody copies a figure that is not to be passed on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Literal

from harmledger.core.base import Value
from harmledger.core.view import LedgerView
from harmledger.review import Held, find_releases


class HeldBack(Value, frozen=True, kw_only=True):
    """``until``: the first day an embargoed incident may appear, an ISO date."""

    state: Literal["withheld", "embargoed", "retracted"]
    until: str | None = None

    @property
    def words(self) -> str:
        """In plain words."""
        if self.state == "embargoed":
            return f"EMBARGOED until {self.until}: not to be passed on before"
        return f"{self.state.upper()}: not to be passed on"


def find_held_back(view: LedgerView, now: datetime | None = None) -> dict[str, HeldBack]:
    """By incident id; ``now`` with zone, the computer's clock when left out."""
    releases = find_releases(view.decisions)
    today = (now or datetime.now(UTC)).date().isoformat()
    found: dict[str, HeldBack] = {}
    for retracted in releases.retracted:
        found |= dict.fromkeys(hold_now(view, [retracted]), HeldBack(state="retracted"))
    withheld = [h for h in releases.held if h.until is None]
    for held in sorted(releases.held, key=lambda h: h.until or ""):
        if held.until is not None and today < held.until:
            back = HeldBack(state="embargoed", until=held.until)
            found |= dict.fromkeys(hold_now(view, [held]), back)
    return found | dict.fromkeys(hold_now(view, withheld), HeldBack(state="withheld"))


def hold_now(view: LedgerView, decided: Iterable[Held]) -> frozenset[str]:
    """The incidents of this view that a decision is about. One that was joined or split since is
    found by the claims it had: every incident that now holds one of them is meant."""
    decided = tuple(decided)
    ids = {held.incident for held in decided}
    claims = {claim for held in decided for claim in held.claims}
    return frozenset(
        incident.id
        for incident in view.incidents
        if incident.id in ids
        or ids.intersection(incident.redirects)
        or claims.intersection(incident.claims)
    )


def count_held(held: Mapping[str, HeldBack], incidents: Iterable[str]) -> int:
    """How many of these incidents are held back."""
    return sum(incident in held for incident in incidents)
