"""Bare numbers: digits, spelled numbers and vague words, without hedges (contract §3)."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from harmledger.core.quantity import Bound
from harmledger.extract.quantities.grammar import Grammar, match_phrase
from harmledger.extract.quantities.tokens import Row, looks_plural
from harmledger.lexicon.numbers import NumberProfile

_DIGIT_SCALES = {"10s": "tens", "100s": "hundreds", "1000s": "thousands"}
_PARTS = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}
"""Behind "two and a"."""
_BEING = frozenset({"were", "are", "was", "is"})
"""Before "twins" they tell what somebody is, and count nobody."""
_NOT_COUNTED = frozenset(
    {"legs", "arms", "hands", "eyes", "feet", "ears", "sides", "parties", "countries", "ways",
     "cases",
     "ends", "governments", "numbers", "figures", "armies", "directions", "counts"}
)  # fmt: skip
"""What "both" stands before without counting anybody."""


_OWNERS = frozenset({"his", "her", "their", "its", "my", "our", "the", "these", "those"})
"""Between "both" and what it counts: "both his sons"."""


class Bare(NamedTuple):
    """A number without its hedges; ``first``/``last`` are token indices, ``last`` exclusive."""

    first: int
    last: int
    low: int | None
    high: int | None
    bound: Bound
    basis: str
    rule: str
    value: Decimal | None = None
    scale: int = 1
    """The scale word it ends in, which a range shares: "two to three hundred"."""


def find_bare(row: Row, index: int, grammar: Grammar, profile: NumberProfile) -> Bare | None:
    """The bare number that begins at token ``index``, if one does."""
    token = row.at(index)
    digits = _DIGIT_SCALES.get(token.low) if token.kind == "number" else None
    if digits is not None and row.low(index + 1) == "of":
        return _read_plural_scale(row, index, grammar, profile, term=digits)
    if token.kind == "number":
        return _read_digits(row, index, grammar, profile)
    if token.kind != "word":
        return None
    return (
        _read_half(row, index, grammar, profile)
        or _read_vague(row, index, grammar, profile)
        or _read_plural_scale(row, index, grammar, profile)
        or _read_pair(row, index, grammar, profile)
        or _read_spelled(row, index, grammar, profile)
    )


def _closed(
    first: int, last: int, value: Decimal, scale: int, rule: str, basis: str = "stated"
) -> Bare:
    """A number with a closed value; one that is no whole number has no bounds."""
    whole = int(value) if value == int(value) else None
    return Bare(first, last, whole, whole, "exact", basis, rule, value, scale)


def _read_digits(row: Row, index: int, grammar: Grammar, profile: NumberProfile) -> Bare:
    token = row.at(index)
    value = token.value or Decimal(0)
    words = grammar.words
    if _is_dotted_group(row, index):
        return _closed(index, index + 1, value * 1000, 1, "digits")
    scale = 1
    last = index + 1
    glued = words.glued_scales.get(token.glued, 1)
    if glued > 1 and (token.glued != "m" or is_million(row, index, grammar)):
        scale = glued
    elif not token.glued:
        last, scale, basis = _read_scales(row, last, grammar, profile)
        return _closed(index, last, value * scale, scale, "digits", basis)
    return _closed(index, last, value * scale, scale, "digits")


def _is_dotted_group(row: Row, index: int) -> bool:
    """ "3.400 civilians": a dot before exactly three digits and a plural noun parts thousands."""
    token = row.at(index)
    whole, dot, rest = token.raw.partition(".")
    if not dot or token.glued or len(rest) != 3 or not 1 <= len(whole) <= 3 or whole[0] == "0":
        return False
    after = row.at(index + 1)
    return looks_plural(after)


def is_million(row: Row, index: int, grammar: Grammar) -> bool:
    """ "2.3m people" is a million; "25m long", "25m from the gate" is a length."""
    before, after = row.low(index - 1), row.at(index + 1)
    if before in grammar.words.kinds.currency_signs:
        return True
    return looks_plural(after) or (_is_decimal(row, index) and after.low in _MILLIONS)


def _is_decimal(row: Row, index: int) -> bool:
    """ "1.3m": a length in metres is followed by what it measures, not by who flees."""
    return "." in row.at(index).raw


_MILLIONS = frozenset(
    {"flee", "fled", "uprooted", "homeless", "starving", "hungry", "need", "face", "still"}
)


def _read_scales(
    row: Row, index: int, grammar: Grammar, profile: NumberProfile
) -> tuple[int, int, str]:
    """Scale words after digits: (token after them, their product, basis)."""
    words = grammar.words
    scale, basis = 1, "stated"
    while True:
        at = row.word_after(index)
        low = row.low(at)
        if low in words.scales:
            scale *= words.scales[low]
        elif low in {"dozen", "dozens"} and scale == 1:
            return at + 1, words.dozen, profile.basis
        else:
            return index, scale, basis
        index = at + 1


def _read_half(row: Row, index: int, grammar: Grammar, profile: NumberProfile) -> Bare | None:
    """ "half a million", "half a dozen", "a half-dozen"."""
    at = index + 1 if row.low(index) in {"a", "an"} and row.low(index + 1) == "half" else index
    if row.low(at) != "half":
        return _read_quarters(row, index, grammar)
    after = row.word_after(at + 1)
    if row.low(after) in {"a", "an"}:
        after += 1
    low = row.low(after)
    if low == "dozen":
        half = Decimal(grammar.words.dozen) / 2
        return _closed(index, after + 1, half, 1, "half", profile.basis)
    scale = grammar.words.scales.get(low)
    if scale is None:
        return None
    return _closed(index, after + 1, Decimal(scale) / 2, 1, "half")


def _read_quarters(row: Row, index: int, grammar: Grammar) -> Bare | None:
    """ "a quarter of a million", "three quarters of a million"."""
    count = {"a": 1, "one": 1, "three": 3}.get(row.low(index))
    at = row.word_after(index + 1)
    if count is None or row.low(at) not in {"quarter", "quarters"} or row.low(at + 1) != "of":
        return None
    scale = grammar.words.scales.get(row.low(at + 3))
    if scale is None or row.low(at + 2) not in {"a", "one"}:
        return None
    return _closed(index, at + 4, Decimal(scale * count) / 4, scale, "quarters")


def _read_vague(row: Row, index: int, grammar: Grammar, profile: NumberProfile) -> Bare | None:
    found = match_phrase(grammar.vague, row, index)
    if found is None:
        return None
    last, term = found
    words = grammar.words
    if term in words.few_before_scale:
        scaled = _read_vague_scale(row, index, last, grammar, profile)
        if scaled:
            return scaled
    if not _is_vague_quantity(row, index, last, term, grammar):
        return None
    if row.low(last - 1) == "of" and term != "number":
        last -= 1
    low, high = profile.value(term)
    bound: Bound = "none" if term in {"unknown", "most"} and low is None else "word"
    return Bare(index, last, low, high, bound, profile.basis, f"word:{term}")


def _read_vague_scale(
    row: Row, index: int, last: int, grammar: Grammar, profile: NumberProfile
) -> Bare | None:
    """ "several hundred", "a few dozen", "many thousands": as the plural of the scale says."""
    low = row.low(last)
    plural = low if low in grammar.words.plural_scales else f"{low}s"
    if plural not in grammar.words.plural_scales or plural == "tens":
        return None
    return _read_plural_scale(row, last, grammar, profile, first=index, term=plural)


def _read_plural_scale(
    row: Row,
    index: int,
    grammar: Grammar,
    profile: NumberProfile,
    first: int | None = None,
    term: str = "",
) -> Bare | None:
    """ "dozens", "tens of thousands", "hundreds of thousands"."""
    words = grammar.words
    term = term or row.low(index)
    if term not in words.plural_scales or not _counts_things(row, index, term):
        return None
    low, high = profile.value(term)
    last, factor = index + 1, 1
    if row.low(last) in {"and", "upon", "on"} and row.low(last + 1) == row.low(index):
        last += 2  # "hundreds upon hundreds"
    while True:
        after = last + 1 if row.low(last) == "of" else last
        bigger = row.low(after).removesuffix("s")
        if bigger not in words.scales or (after == last and row.low(after).endswith("s")):
            break
        factor *= words.scales[bigger]
        last = after + 1
    rule = f"word:{term}" if factor == 1 else f"word:{term}x{factor}"
    low, high = (None if n is None else n * factor for n in (low, high))
    start = index if first is None else first
    return Bare(start, last, low, high, "word", profile.basis, rule)


_HARMING = frozenset({"killed", "wounded", "injured", "hurt", "killing", "wounding", "injuring"})


def _counts_things(row: Row, index: int, term: str) -> bool:
    """ "scores" of a match and "tens" of a watch are not counts; "wounded scores" is one."""
    if term == "scores":
        after = row.at(index + 1)
        counted = after.low in {"injured", "missing", "feared", "others"} and after.kind == "word"
        outright = {"of", "more", "were", "are", "have", "dead", "killed", "wounded"}
        return row.low(index - 1) in _HARMING or after.low in outright or counted
    return True


def _read_pair(row: Row, index: int, grammar: Grammar, profile: NumberProfile) -> Bare | None:
    """ "a couple", "the pair", "a couple of dozen"; "double homicide"."""
    words = grammar.words
    low = row.low(index)
    if low == "both" and _counts_both(row, index, grammar):
        return _closed(index, index + 1, Decimal(2), 1, "both")
    if low in words.multiples and row.low(index + 1) in words.multiple_of:
        return _closed(index, index + 1, Decimal(words.multiples[low]), 1, "multiple")
    at = index + 1 if low in {"a", "an"} else index
    value = words.pairs.get(row.low(at))
    if value is None or (row.low(at) in {"twins", "triplets"} and row.low(at - 1) in _BEING):
        return None
    last, scale = at + 1, 1
    after = last + 1 if row.low(last) == "of" else last
    big = row.low(after).removesuffix("s")
    if big == "dozen" or big in words.scales:
        scale = words.dozen if big == "dozen" else words.scales[big]
        last = after + 1
    return _closed(index, last, Decimal(value * scale), scale, "pair", profile.basis)


def _counts_both(row: Row, index: int, grammar: Grammar) -> bool:
    """ "both drivers", not "both Russia and Ukraine"."""
    after = row.at(index + 1)
    for step in range(2, 6):
        if row.low(index + step) in grammar.words.kinds.finite_verbs:
            break  # "both brothers were blindfolded and taken"
        if row.low(index + step) == "and":
            return False
    if after.low in _OWNERS:
        owned = row.at(index + 2)
        return owned.low not in _NOT_COUNTED and looks_plural(owned)
    if after.low in _NOT_COUNTED:
        return False
    return after.low in grammar.words.both or looks_plural(after)


def _read_spelled(row: Row, index: int, grammar: Grammar, profile: NumberProfile) -> Bare | None:
    """ "twenty-three", "one hundred and five", "two dozen", "a dozen", "a thousand"."""
    words = grammar.words
    at = last = index
    if row.low(index) in {"a", "an"}:
        at += 1
        if row.low(at) not in words.scales and row.low(at) not in {"dozen", "score"}:
            return None
    total, current, ceiling, scale = 0, 0, 10**18, 1
    while True:
        low = row.low(at)
        step = _small(low, current, grammar)
        if step is not None:
            current, scale = current + step, 1
        elif low == "hundred" and current < 100 and (current or not total):
            current, scale = max(current, 1) * 100, 100
        elif (
            low != "hundred" and words.scales.get(low, ceiling) < ceiling and (current or not total)
        ):
            scale = ceiling = words.scales[low]
            total, current = total + max(current, 1) * scale, 0
        else:
            break
        last = at + 1
        at = _over_joint(row, last, scale, grammar)
    dozens = _read_dozen(row, index, last, total + current, grammar, profile)
    if dozens or last == index:
        return dozens
    return _with_half(row, index, last, total + current, scale, grammar)


def _small(low: str, current: int, grammar: Grammar) -> int | None:
    """The value of a unit, teen or tens word where it fits after ``current``."""
    unit = grammar.words.units.get(low)
    if unit is not None:
        fits = current % 100 == 0 or (unit < 10 and current % 10 == 0 and current % 100 >= 20)
        return unit if fits else None
    tens = grammar.words.tens.get(low)
    return tens if tens is not None and current % 100 == 0 else None


def _over_joint(row: Row, at: int, scale: int, grammar: Grammar) -> int:
    """Step over a hyphen, or over "and" between a scale word and a small number."""
    words = grammar.words
    after = row.low(at + 1)
    small = after in words.units or after in words.tens
    if row.joined(at) and (small or after in words.scales):
        return at + 1
    if row.low(at) == "and" and scale >= 100 and small and after != "zero":
        return at + 1
    return at


_BEHIND_SCORE = frozenset(
    {"of", "or", "were", "died", "dead", "killed", "wounded", "injured", "hurt"}
)
"""What tells that "a score" counts: "a score were hurt", not "a score settled"."""


def _read_dozen(
    row: Row, index: int, at: int, value: int, grammar: Grammar, profile: NumberProfile
) -> Bare | None:
    """ "two dozen", "a dozen", "dozen", "a score"."""
    start = at + 1 if at == index and row.low(at) in {"a", "an"} else row.word_after(at)
    low = row.low(start)
    if low in {"dozen", "dozens"} and (value or low == "dozen"):
        worth = grammar.words.dozen
    elif low == "score" and (
        (value > 1 and row.at(start + 1).kind == "word")
        or (start > index and row.low(start + 1) in _BEHIND_SCORE)
    ):
        worth = grammar.words.score
    else:
        return None
    value = max(value, 1) * worth
    if [row.low(start + step) for step in (1, 2, 3)] == ["and", "a", "half"]:
        value, start = value + worth // 2, start + 3
    return _closed(index, start + 1, Decimal(value), worth, "dozen", profile.basis)


def _with_half(row: Row, index: int, last: int, value: int, scale: int, grammar: Grammar) -> Bare:
    """ "two and a half million", "a million and a half"."""
    number = Decimal(value)
    part = _PARTS.get(row.low(last + 2))
    if part is not None and [row.low(last), row.low(last + 1)] == ["and", "a"]:
        unit = grammar.words.scales.get(row.low(last + 3))
        if unit:
            return _closed(index, last + 4, (number + part) * unit, unit, "spelled")
    if part == _PARTS["half"] and [row.low(last), row.low(last + 1)] == ["and", "a"]:
        number += part * scale
        return _closed(index, last + 3, number, scale, "spelled")
    return _closed(index, last, number, scale, "spelled")


def _is_vague_quantity(row: Row, index: int, last: int, term: str, grammar: Grammar) -> bool:
    """Whether a vague word stands for a number of things here."""
    words = grammar.words
    after = row.at(last)
    low = row.low(index)
    if term == "some":
        if after.low == "of":
            return row.low(last + 1) in words.some_of
        return after.low in words.some_nouns or (
            after.kind == "word"
            and after.low not in words.not_some_after
            and _plural_ahead(row, last)
        )
    if term == "most" and last == index + 1:
        return looks_plural(after)
    if low == "many":
        return row.low(index - 1) not in {"how", "as", "so", "too", "not"}
    if low == "multiple" or (term == "many" and row.low(last - 1) == "of"):
        return _plural_ahead(row, last)  # "a lot of people", not "a lot of water"
    return True


def _plural_ahead(row: Row, index: int) -> bool:
    """A plural noun within the next three words."""
    for step in range(3):
        token = row.at(index + step)
        if token.kind != "word":
            return False
        if looks_plural(token):
            return True
    return False
