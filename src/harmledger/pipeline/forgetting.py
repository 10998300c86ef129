"""Forgetting a person: what a named person decides, and what the ledger then destroys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from harmledger.ledger import Clock, Forgotten, Ledger, forget_person, utc_clock
from harmledger.review import Decided, Signature, decide_forget


def forget(
    ledger: Ledger,
    names: Sequence[str],
    by: str,
    second: str,
    reason: str,
    *,
    clock: Clock = utc_clock,
) -> Forgotten:
    """Destroy what ``ledger`` (sealed, open for writing) holds of a person. ``names``: every
    spelling known; they are written down nowhere. ``second``: another person who agrees.

    Raises:
        LedgerRefused: not sealed, nobody of that name, no two different people, no reason.
    """

    def decide(about: tuple[str, ...], value: dict[str, Any], prev: str) -> Decided:
        sign = Signature(by=by, reason=reason, at=clock().isoformat(), prev=prev)
        return decide_forget(about, value, second, sign)

    return forget_person(ledger, names, decide)
