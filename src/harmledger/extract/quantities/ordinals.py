"""Ordinals and fractions: "third", "72nd Brigade", "two-thirds", "one in five"."""

from __future__ import annotations

from harmledger.core.quantity import NumberKind
from harmledger.extract.quantities.beside import Beside
from harmledger.extract.quantities.grammar import ROMANS, Grammar, match_phrase
from harmledger.extract.quantities.hedges import Hedged
from harmledger.extract.quantities.kinds import guess_kind, is_month
from harmledger.extract.quantities.tokens import Row
from harmledger.lexicon.times import load_time_words

Special = tuple[Hedged, NumberKind]


_NEARLY = frozenset(
    {"roughly", "about", "around", "nearly", "almost", "over", "than", "least", "approximately",
     "some", "under", "barely", "only", "perhaps", "fully", "another"}
)  # fmt: skip
"""Words before "a third" that make it a part of a whole, and no third of its kind."""


def _span(first: int, last: int, rule: str) -> Hedged:
    return Hedged(first, first, last, last, None, None, "none", "stated", rule)


def find_ordinal(row: Row, index: int, grammar: Grammar) -> Special | None:
    """An ordinal at token ``index``, in digits or words ("twenty-first")."""
    words = grammar.words
    token = row.at(index)
    last = index + 1
    if token.low in ROMANS and token.raw.isupper() and row.at(index - 1).raw[:1].isupper():
        return _span(index, last, "roman"), "name"
    if token.low in words.tens and row.joined(last) and row.low(last + 1) in words.ordinals:
        last += 2
    elif token.kind != "ordinal" and token.low not in words.ordinals:
        return None
    if token.low in words.fractions and token.low not in {"first", "second"}:
        fraction = _after_article(row, index, grammar)
        if fraction:
            return fraction
    return _span(index, last, "ordinal"), _ordinal_kind(row, index, last, grammar)


def _ordinal_kind(row: Row, first: int, last: int, grammar: Grammar) -> NumberKind:
    times = load_time_words()
    after = row.at(last)
    if after.low in grammar.words.kinds.formations and (
        after.raw[0].isupper() or row.at(first).kind == "ordinal"
    ):
        return "name"
    if row.low(row.word_after(last)) in {"century", "centuries"}:
        return "date"
    if row.at(first).kind == "ordinal":
        if guess_kind(Beside(row, first, first, last, grammar)) == "date":
            return "date"
        alone = after.kind != "word" or after.low in {"of", "and"}
        if alone and [row.low(first - 1), row.low(first - 2)] == ["the", "on"]:
            return "date"
    of = last + 1 if row.low(last) == "of" else last
    if is_month(row.at(of), times, row.low(of + 1)) or is_month(row.at(first - 1), times):
        return "date"
    return "ordinal"


def find_fraction(row: Row, index: int, grammar: Grammar) -> Special | None:
    """A part of a whole: "half of", "a third of", "two-thirds", "one in five", "most of"."""
    low = row.low(index)
    if low == "half":
        if row.low(index + 1) in {"an", "a"}:
            kinds = grammar.words.kinds
            if row.low(index + 2) in kinds.time_units:
                return _span(index, index + 2, "half"), "duration"
            if row.low(index + 2) in kinds.measures:
                return _span(index, index + 2, "half"), "distance"
            if row.low(index + 2) in _HALVED:
                return _span(index, index + 1, "fraction"), "percent"
        if row.low(index + 1) in grammar.words.kinds.finite_verbs or (
            row.low(index - 1) == "other" and row.low(index - 2) == "the"
        ):
            return _span(index, index + 1, "fraction"), "percent"
        if row.low(index + 1) in {"of", "the", "its", "his", "her", "their", "that", "those"}:
            return _span(index, index + 1, "fraction"), "percent"
        return None
    if low in {"a", "one"}:
        at = row.word_after(index + 1)
        if row.low(at) in grammar.words.fractions and row.low(at) != "half":
            return _after_article(row, at, grammar, index)
    hedge = match_phrase(grammar.hedges, row, index)
    at = hedge[0] if hedge is not None else index  # "nearly nine in ten"
    if row.low(at) in grammar.words.units or row.at(at).kind == "number":
        return _find_one_in(row, at, grammar)
    return None


def _after_article(
    row: Row, index: int, grammar: Grammar, first: int | None = None
) -> Special | None:
    """ "a third of the dead", "one-quarter of"; "a third man" stays an ordinal."""
    start = index if first is None else first
    if row.low(index + 3) in grammar.words.scales:
        return None  # "a quarter of a million" is a number
    timed = row.low(index + 3) in grammar.words.kinds.time_units
    if timed and [row.low(index + 1), row.low(index + 2)] in (["of", "a"], ["of", "an"]):
        return _span(start, index + 1, "fraction"), "duration"  # "a quarter of an hour"
    before = index - 1 - (row.low(index - 1) in {"good", "full"})
    hedged = first is None and row.low(before) == "a" and row.low(before - 1) in _NEARLY
    if hedged or (row.low(index + 1) == "of" and row.low(before) in {"a", "one", "-"}):
        return _span(start, index + 1, "fraction"), "percent"
    return None


_HALVED = frozenset({"village", "town", "city", "street", "district", "family", "population"})
_UNITS = frozenset(
    {"person", "people", "child", "children", "man", "woman", "women", "adult", "family",
     "families",
     "household", "home", "house", "resident", "civilian"}
)  # fmt: skip


def _find_one_in(row: Row, index: int, grammar: Grammar) -> Special | None:
    """ "one in five", "nine out of ten", "3 in 10"."""
    at = index + 1
    bases: tuple[int, ...]
    if row.low(at) == "out" and row.low(at + 1) == "of":
        at += row.low(at + 2) == "every"
        at, bases = at + 2, (10, 100)
    elif row.low(at) == "in" or (row.low(at + 1) == "in" and row.low(at) in _UNITS):
        at += row.low(at) != "in"
        at += row.low(at + 1) in {"every", "each"}
        at, bases = at + 1, (2, 3, 4, 5, 6, 7, 8, 9, 10, 100)
    else:
        return None
    part, whole = _value(row, index, grammar), _value(row, at, grammar)
    if part is None or whole is None or whole not in bases or not 0 < part < whole:
        return None
    after = row.low(at + 1)
    if after in grammar.words.kinds.time_units or after in grammar.words.scales:
        return None
    return _span(index, at + 1, "fraction"), "percent"


def _value(row: Row, index: int, grammar: Grammar) -> int | None:
    token = row.at(index)
    if token.kind == "number" and token.value is not None:
        return int(token.value)
    return grammar.words.units.get(token.low)
