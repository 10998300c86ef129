"""What a check says when something does not hold."""

from __future__ import annotations

from harmledger.core.base import Value

RESTORE = (
    "Bring the ledger back from a copy made before (`harmledger restore`), and verify that copy."
)
REBUILD = "Run `harmledger rebuild` to make the tables again from the log."


class Problem(Value, frozen=True, kw_only=True):
    """Something that does not hold: where, what, and what to do."""

    where: str
    what: str
    next: str = RESTORE
