"""What each document tells, wherever it is kept: linking and counting ask for one at a time.

A ledger of a million claims does not fit into memory as values. So they are looked up by document
in a mapping, which may be a dictionary, or read a file or a record each time it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.core.document import Document


class Told(Value, frozen=True, kw_only=True):
    """A document and the claims of it that count, each once. ``document`` is None for claims whose
    document nobody has."""

    document: Document | None
    claims: tuple[Claim, ...]


def gather_told(claims: Iterable[Claim], documents: Iterable[Document]) -> dict[str, Told]:
    """By document id, for what is in memory. Of two claims of one id the last stands."""
    known = {d.id: d for d in documents}
    held: dict[str, dict[str, Claim]] = {name: {} for name in known}
    for claim in claims:
        held.setdefault(claim.document, {})[claim.id] = claim
    return {
        name: Told(document=known.get(name), claims=tuple(found.values()))
        for name, found in held.items()
    }


def find_claims(told: Mapping[str, Told], documents: Iterable[str]) -> dict[str, Claim]:
    """Every claim of some documents, by id."""
    return {c.id: c for name in documents for c in told[name].claims}
