"""Every number expression of a sentence, with its bounds and its kind (contract §2, §3)."""

from __future__ import annotations

from harmledger.core.quantity import Bound, Figure, NumberKind
from harmledger.extract.quantities.beside import Beside
from harmledger.extract.quantities.grammar import Grammar, load_grammar, match_phrase, may_begin
from harmledger.extract.quantities.hedges import Hedged, find_hedged, join_bounds
from harmledger.extract.quantities.kinds import guess_kind
from harmledger.extract.quantities.ordinals import find_fraction, find_ordinal
from harmledger.extract.quantities.tokens import Row, cut_tokens
from harmledger.extract.quantities.zero import find_zero, is_no_count, is_rank
from harmledger.lexicon.numbers import NumberProfile

_PLAIN = frozenset({"mark", "word"})
_FIXED: dict[str, NumberKind] = {"date": "date", "clock": "clock", "name": "name"}


_BESIDE_RATE = frozenset({"after", "before", "ago", "earlier", "later", "old"})


def find_figures(text: str, start: int, end: int, profile: NumberProfile) -> tuple[Figure, ...]:
    """Every number expression in ``text[start:end]``: ordered, not overlapping.

    Offsets are code points of ``text``. What is no count has null ``low`` and ``high`` and a
    ``kind`` that says what it is. Implied numbers ("a woman", bare plurals) are not found here.
    """
    row = Row(text, cut_tokens(text, start, end))
    grammar = load_grammar()
    figures: list[Figure] = []
    pending: Hedged | None = None
    last: Hedged | None = None
    at = 0
    while at < len(row):
        token = row.items[at]
        if token.kind in _PLAIN and token.low not in grammar.firsts:
            at += 1
            continue
        if token.kind in _FIXED:
            figures.append(_plain(row, at, at + 1, _FIXED[token.kind], token.kind))
            at += 1
            continue
        again = _as_many(row, at, last) if last is not None else None
        if not again and token.kind in _PLAIN and not may_begin(grammar, row, at):
            at += 1
            continue
        at, found, kind = (again.end, again, "count") if again else _read(row, at, grammar, profile)
        if found is None:
            continue
        if pending and kind == "count" and _said_twice(pending, found, row):
            continue
        joined = kind == "count" and pending and join_bounds(pending, found, row, grammar)
        if joined:
            figures.pop()
            found = joined
        figures.append(_figure(row, found, kind))
        pending = found if kind == "count" else None
        last = pending or last
    return tuple(figures)


_JOINS = frozenset({"and", "while", "with", "but"})
_HURT = frozenset({"injured", "wounded", "hurt", "injuries", "wounds"})
_HELPS = frozenset({"others", "more", "were", "was", "sustained", "received", "suffered", "left"})


def _as_many(row: Row, at: int, last: Hedged) -> Hedged | None:
    """ "Five were killed and as many injured": the number told last, of others. Only behind a joint
    and before a word for the hurt: "twice as many" and "as many as ten" are read elsewhere."""
    if row.low(at) != "as" or row.low(at + 1) != "many" or row.low(at - 1) not in _JOINS:
        return None
    behind = at + 2
    while row.low(behind) in _HELPS:
        behind += 1
    if row.low(behind) not in _HURT:
        return None
    return last._replace(start=at, first=at + 1, last=at + 2, end=at + 2, rule="as_many")


def _said_twice(first: Hedged, second: Hedged, row: Row) -> bool:
    """ "twenty (20) people": one number in words and digits."""
    same = (first.low, first.high) == (second.low, second.high) and first.low is not None
    bracketed = row.low(first.end) == "(" and second.start == first.end + 1
    return same and bracketed and row.low(second.end) == ")"


def _read(
    row: Row, index: int, grammar: Grammar, profile: NumberProfile
) -> tuple[int, Hedged | None, NumberKind]:
    """Read one expression at ``index``: (where to go on, what was found, its kind)."""
    special = find_ordinal(row, index, grammar) or find_fraction(row, index, grammar)
    if special:
        found, kind = special
        return found.end, found, kind
    hedged = find_hedged(row, index, grammar, profile)
    zero = None if hedged and hedged.low != 0 else find_zero(row, index, grammar)
    if zero:
        return zero.end, zero, "count"
    if hedged is None:
        return index + 1, None, "count"
    if is_rank(row, hedged):
        return hedged.end, hedged, "ordinal"
    if is_no_count(row, hedged, grammar):
        return hedged.end, None, "count"
    kind = guess_kind(Beside(row, hedged.start, hedged.first, hedged.last, grammar))
    if kind == "count" and hedged.low is None and hedged.high is None and hedged.rule == "digits":
        kind = "name"  # a decimal that no unit explains: a version, a rating
    if kind != "count":
        return hedged.last, hedged, kind
    return hedged.end, _without_rate(row, hedged, grammar), kind


_WITHIN = frozenset({"in", "within", "after", "during", "following", "before"})
"""What makes a span of what would be a rate: "took in 412 wounded in a day", "after a night"."""


def _without_rate(row: Row, found: Hedged, grammar: Grammar) -> Hedged:
    """ "21 a day" counts nothing by itself (reading rule 13)."""
    none: Bound = "none"
    rate = found._replace(low=None, high=None, bound=none, rule=f"{found.rule}+rate")
    if _is_every(row, found.start - 2 - (row.low(found.start - 1) == ","), grammar):
        return rate
    for at in range(found.last, found.last + 4):
        told = match_phrase(grammar.rates, row, at)
        within = row.low(at - 1) in _WITHIN
        if told and not within and row.low(told[0]) not in _BESIDE_RATE:
            return rate
        if _is_every(row, at, grammar) or _is_every(row, at, grammar, 2):
            return rate
        if row.at(at).kind != "word" or row.low(at) in {"and", "or"}:
            break  # "two patients and a night guard"
    return found


def _is_every(row: Row, at: int, grammar: Grammar, unit: int = 1) -> bool:
    """ "every day", "each night", and with ``unit`` 2 "every ten minutes"."""
    return row.low(at) in {"every", "each"} and row.low(at + unit) in grammar.words.kinds.time_units


def _figure(row: Row, found: Hedged, kind: NumberKind) -> Figure:
    """The figure of an expression; what is no count keeps neither hedge nor bounds."""
    if kind != "count":
        return _plain(row, found.first, found.last, kind, found.rule)
    start, end = row.at(found.start).start, row.at(found.end - 1).end
    return Figure(
        start=start,
        end=end,
        as_written=row.text[start:end],
        low=found.low,
        high=found.high,
        bound=found.bound,
        kind=kind,
        basis=found.basis,
        rule=f"count:{found.rule}",
        core=(row.at(found.first).start, row.at(found.last - 1).end),
    )


def _plain(row: Row, first: int, last: int, kind: NumberKind, rule: str) -> Figure:
    start, end = row.at(first).start, row.at(last - 1).end
    return Figure(
        start=start,
        end=end,
        as_written=row.text[start:end],
        low=None,
        high=None,
        bound="none",
        kind=kind,
        basis="stated",
        rule=f"{kind}:{rule}",
        core=(start, end),
    )
