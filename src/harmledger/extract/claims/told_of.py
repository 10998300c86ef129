"""A claim about people with the words it stands in."""

from __future__ import annotations

from harmledger.core.base import Value
from harmledger.core.claim import Claim
from harmledger.extract.language.tree import Token
from harmledger.extract.passage import Passage


class Told(Value, frozen=True, kw_only=True):
    """A claim with the words it stands in. ``noun``: the token that heads those counted."""

    claim: Claim
    passage: Passage
    noun: int
    context: tuple[Passage, ...] = ()
    """The sentences right before."""

    @property
    def word(self) -> Token:
        """The noun, numeral or pronoun that is counted."""
        return self.passage.tokens[self.noun]
