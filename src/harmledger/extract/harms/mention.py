"""A harm word in a passage, with the phrases of the harmed."""

from __future__ import annotations

from harmledger.core.base import Value
from harmledger.core.claim import Harm


class Mention(Value, frozen=True, kw_only=True):
    """One harm word. ``harmed`` are head tokens of the phrases of those harmed, in text order;
    empty when nobody is named. ``first..last`` are the tokens of the harm word itself."""

    harm: Harm
    first: int
    last: int
    predicate: int
    """The token the clause hangs on: the verb, noun or adjective."""
    harmed: tuple[int, ...] = ()
    pattern: str
    rule: str
    weak: bool = False
    denied: bool = False
    """The word says the harm because it is denied ("have not been found")."""
