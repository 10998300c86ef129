"""A number with the words around it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from harmledger.extract.quantities.grammar import Grammar
from harmledger.extract.quantities.tokens import Row, Token
from harmledger.lexicon.numbers import NumberKinds
from harmledger.lexicon.times import TimeWords, load_time_words


@dataclass(frozen=True, slots=True)
class Beside:
    """A number in its sentence: token indices of hedge start, first and end of the number."""

    row: Row
    start: int
    first: int
    last: int
    grammar: Grammar

    @property
    def kinds(self) -> NumberKinds:
        """The context words."""
        return self.grammar.words.kinds

    @property
    def times(self) -> TimeWords:
        """Months and weekdays."""
        return load_time_words()

    @property
    def head(self) -> Token:
        """The first token of the number."""
        return self.row.at(self.first)

    @property
    def tail(self) -> Token:
        """The last token of the number."""
        return self.row.at(self.last - 1)

    @property
    def before(self) -> str:
        """The word before the number, a joining hyphen skipped."""
        return self.row.low(self.row.word_before(self.first))

    @property
    def thing(self) -> int:
        """Index of the word after the number, a joining hyphen skipped, and the "of" of
        "thousands of dollars"."""
        at = self.row.word_after(self.last)
        words = self.grammar.words
        tail = self.tail.low
        vague = self.tail.kind == "word" and tail not in words.units and tail not in words.tens
        return at + 1 if vague and self.row.low(at) == "of" else at

    @property
    def after(self) -> str:
        """The word after the number, see ``thing``."""
        return self.row.low(self.thing)

    @property
    def single(self) -> Decimal | None:
        """The value when the number is one token of digits."""
        return self.head.value if self.last == self.first + 1 else None
