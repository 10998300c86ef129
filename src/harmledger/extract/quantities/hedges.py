"""Binding hedges and ranges to the number beside them (contract §3)."""

from __future__ import annotations

from typing import NamedTuple

from harmledger.core.quantity import Bound
from harmledger.extract.quantities.bare import Bare, find_bare
from harmledger.extract.quantities.grammar import Grammar, match_phrase
from harmledger.extract.quantities.tokens import Row, is_hyphen
from harmledger.lexicon.numbers import NumberProfile
from harmledger.lexicon.times import load_time_words

_MOST_HEDGES = 3
"""More hedges than this in a row are no English, and reading them would not stay linear."""


_BEHIND = {
    ("or", "more"): "at_least",
    ("at", "least"): "at_least",
    ("at", "most"): "at_most",
    ("or", "so"): "about",
}


_BEHIND_COMMA = frozenset({"give", "and", "or"})
_ENDS_ASIDE = frozenset({"take", "counting", "rising", "climbing", "mounting", "so", "thereabouts"})
"""Ends of the hedges that stand behind a comma: "eighty, give or take, were killed"."""
_GO = frozenset({"go", "goes", "going", "gone", "went", "rise", "risen", "rose", "climbed", "crept",
                 "moved", "jumped", "shot"})  # fmt: skip
"""Verbs of movement that take "up" to themselves."""
_GUESSED = frozenset({"maybe", "perhaps", "possibly"})


class Hedged(NamedTuple):
    """A number with its hedges. Token indices; ``last`` and ``end`` are exclusive."""

    start: int
    first: int
    last: int
    end: int
    low: int | None
    high: int | None
    bound: Bound
    basis: str
    rule: str


def find_hedged(row: Row, index: int, grammar: Grammar, profile: NumberProfile) -> Hedged | None:
    """The number expression that begins at token ``index``, hedges included, if one does."""
    operators: list[str] = []
    at = index
    if row.low(index) == "up" and row.low(index + 1) == "to" and row.low(index - 1) in _GO:
        return None  # "has gone up to six": the way, and no bound
    while len(operators) < _MOST_HEDGES and (found := match_phrase(grammar.hedges, row, at)):
        aside = row.low(at) == "at" and row.low(found[0]) == ","  # "at a minimum, 70"
        at, operator = found[0] + aside, found[1]
        operators.append(operator)
        filler = match_phrase(grammar.fillers, row, at)
        at = filler[0] if filler else at
    core = find_range(row, at, grammar, profile)
    if core is None and at > index:
        # "some civilians": the word is no hedge but a number of its own.
        at, operators, core = index, [], find_range(row, index, grammar, profile)
    if core is None:
        return None
    end, suffix = _find_suffix(row, core.last, grammar)
    low, high, bound = core.low, core.high, core.bound
    for operator in [*([suffix] if suffix else []), *reversed(operators)]:
        low, high, bound = _apply(operator, low, high, bound)
    rule = "+".join([*operators, core.rule, *([suffix] if suffix else [])])
    return Hedged(index, core.first, core.last, end, low, high, bound, core.basis, rule)


def _apply(
    operator: str, low: int | None, high: int | None, bound: Bound
) -> tuple[int | None, int | None, Bound]:
    """What one hedge does to the bounds it is said of. A vague word keeps its open end."""
    closed = bound not in {"word", "none"}
    if operator == "at_least":
        return low, None, "at_least"
    if operator == "more_than":
        return (low + 1 if low is not None and closed else low), None, "more_than"
    if operator == "at_most":
        return None, high, "at_most"
    if operator == "fewer_than":
        return None, (max(high - 1, 0) if high is not None and closed else high), "fewer_than"
    return low, high, ("about" if bound == "exact" else bound)


def _find_suffix(row: Row, last: int, grammar: Grammar) -> tuple[int, str]:
    """A hedge after the number ("or more", "+", "-odd"): (token after it, what it does)."""
    at = row.word_after(last)
    if at > last and row.low(at) == "some":
        return at + 1, "about"  # "forty-some people"
    found = match_phrase(grammar.suffixes, row, at)
    if found is None and row.low(at) == "," and row.low(at + 1) in _BEHIND_COMMA:
        found = match_phrase(grammar.suffixes, row, at + 1)
        if found and row.low(found[0] - 1) not in _ENDS_ASIDE:
            found = None
    if found:
        end, operator = found
        if row.low(at) == "+":
            return (end, operator) if row.touches(at) else (last, "")
        if not _starts_number(row, end, grammar):
            return end, operator
    return last, _behind_noun(row, last, grammar)


def _behind_noun(row: Row, last: int, grammar: Grammar) -> str:
    """What a hedge behind the noun does: "twelve people or more", "twelve people at most"."""
    if row.at(last).kind != "word" or _starts_number(row, last + 3, grammar):
        return ""
    behind = (row.low(last + 1), row.low(last + 2))
    return _BEHIND.get(behind, "")


def _starts_number(row: Row, index: int, grammar: Grammar) -> bool:
    token = row.at(index)
    words = grammar.words
    return token.kind == "number" or token.low in words.units or token.low in words.tens


def find_range(row: Row, index: int, grammar: Grammar, profile: NumberProfile) -> Bare | None:
    """A bare number, or two of them with "to", "or", a dash, "between … and", "from … to"."""
    opener = row.low(index)
    if opener in {"between", "from"}:
        joints = {"and", "to"} if opener == "between" else {"to"}
        low = _range_end(row, index + 1, grammar, profile)
        high = low and _second(row, low, joints, grammar, profile)
        if not low or not high or (opener == "from" and _is_revision(row, index, grammar)):
            return None
        return _join(low, high)
    low = find_bare(row, index, grammar, profile)
    if low is None or low.bound != "exact":
        return low
    if row.low(index - 1) in {"from", "by"} and _is_revision(row, index - 1, grammar):
        return low
    high = _second(row, low, {"to", "or", "through"}, grammar, profile)
    if high is not None and _is_day(row, low, high):
        return low
    high = high or _guessed(row, low, grammar, profile)
    return _join(low, high) if high else low


def _is_day(row: Row, low: Bare, high: Bare) -> bool:
    """ "Killed since October 7 to 147": the day a period began, and a toll that is no day."""
    month = load_time_words().months.get(row.low(low.first - 1))
    return month is not None and (low.value or 0) <= _DAYS < (high.value or 0)


_DAYS = 31


def _guessed(row: Row, low: Bare, grammar: Grammar, profile: NumberProfile) -> Bare | None:
    """The second of "five, maybe six": a range where it is at most twice as much."""
    if row.low(low.last) != "," or row.low(low.last + 1) not in _GUESSED:
        return None
    high = find_bare(row, low.last + 2, grammar, profile)
    if high is None or high.value is None or low.value is None or row.low(high.last) == "of":
        return None
    return high if low.value < high.value <= 2 * low.value else None


def _range_end(row: Row, index: int, grammar: Grammar, profile: NumberProfile) -> Bare | None:
    """A number inside "between … and …", where a hedge of its own adds nothing."""
    found = match_phrase(grammar.hedges, row, index)
    at = found[0] if found and found[1] == "about" else index
    bare = find_bare(row, at, grammar, profile)
    return bare if bare and bare.bound == "exact" else None


def _second(
    row: Row, low: Bare, joints: set[str], grammar: Grammar, profile: NumberProfile
) -> Bare | None:
    """The upper end of a range whose lower end is ``low``."""
    at = low.last
    if is_hyphen(row.at(at)):
        at += 1
        if row.low(at) == "to":
            at += 1 + is_hyphen(row.at(at + 1))
    elif row.low(at) in joints:
        at += 1
    else:
        return None
    high = _range_end(row, at, grammar, profile)
    if high is None or high.value is None or low.value is None:
        return None
    if row.at(high.last - 1).glued or row.low(high.last) in {"%", ":"}:
        return high if high.value > low.value else None
    scaled = low.value * (high.scale if low.scale == 1 else 1)
    return high if scaled < high.value else None


def _join(low: Bare, high: Bare) -> Bare:
    """low..high; a scale at the end is shared ("two to three hundred", "40-50,000")."""
    value = low.value or 0
    if low.rule == high.rule == "digits" and 0 < value < 1000 and (high.value or 0) % 1000 == 0:
        value *= 1000 if value * 1000 < (high.value or 0) and low.scale == high.scale == 1 else 1
    if low.scale == 1 and high.scale > 1 and value * high.scale < (high.value or 0):
        value *= high.scale
    floor = int(value) if value == int(value) and high.low is not None else None
    last = max(high.last, low.last)
    basis = high.basis if low.basis == "stated" else low.basis
    return Bare(low.first, last, floor, high.high, "between", basis, "range", high.value)


def _is_revision(row: Row, index: int, grammar: Grammar) -> bool:
    """ "risen from 44 to 53" gives two figures, not a range."""
    return any(row.low(index - step) in grammar.words.revisions for step in range(1, 7))


def join_bounds(first: Hedged, second: Hedged, row: Row, grammar: Grammar) -> Hedged | None:
    """ "at least 10 but no more than 20" as one figure, or None where they are two."""
    between = [row.low(at) for at in range(first.end, second.start)]
    floor, ceiling = first, second
    if second.bound in {"at_least", "more_than"} and "but" in between:
        floor, ceiling = second, first  # "no more than 20 but at least 10"
    if floor.bound not in {"at_least", "more_than"} or floor.low is None:
        return None
    if ceiling.bound not in {"at_most", "fewer_than"} or ceiling.high is None:
        return None
    if "about+" in second.rule:
        return None  # "and possibly as many as 20" is a guess of its own
    plain = all(low == "," or low in grammar.words.bound_joints for low in between)
    if not plain or len(between) > 4 or ceiling.high < floor.low:
        return None
    return second._replace(
        start=first.start,
        first=first.first,
        low=floor.low,
        high=ceiling.high,
        bound="between",
        rule=f"{first.rule}..{second.rule}",
    )
