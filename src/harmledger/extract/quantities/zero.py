"""Zero, and the words "no" and "one" where they are no number (contract §3, reading rule 12)."""

from __future__ import annotations

from harmledger.extract.quantities.grammar import Grammar, match_phrase
from harmledger.extract.quantities.hedges import Hedged
from harmledger.extract.quantities.tokens import Row

_BREAKS = frozenset([",", ".", ";", ":", "!", "?", "(", ")", "-", "–", "—", '"', "”", "“"])


def find_zero(row: Row, index: int, grammar: Grammar) -> Hedged | None:
    """ "no casualties", "none", "nobody", "not a single"; None where "no" counts nothing."""
    found = match_phrase(grammar.zero, row, index)
    if found is None:
        return None
    end = found[0]
    low = row.low(index)
    if low == "no" and end == index + 1 and not _counts_zero(row, index, grammar):
        return None
    if _is_supposed(row, index, end):
        return None
    if low == "neither" and any(row.low(index + step) == "nor" for step in range(2, 9)):
        return None
    if low == "none" and row.low(end) in {"other", "the", "too"}:
        return None
    if end > index + 1 and row.low(end - 1) == "one" and row.low(end) in {"another", "thing"}:
        return None
    return Hedged(index, index, end, end, 0, 0, "exact", "stated", "zero")


_JUDGED = frozenset(
    {"tried", "charged", "convicted", "prosecuted", "punished", "sentenced", "arrested", "indicted",
     "claimed", "claims", "responsible", "accountable", "answered", "listened", "knows", "knew",
     "helped", "came", "should", "must", "shall", "ought", "deserves", "deserved"}
)  # fmt: skip
_HELPING = frozenset(
    {"has", "have", "had", "was", "is", "were", "will", "be", "been", "ever", "yet"}
)
_PARTIES = frozenset({"side", "party", "government", "army", "country", "group", "force"})
_AMMUNITION = frozenset({"shell", "shot", "bullet", "rocket", "missile", "bomb", "round", "drone"})


def _is_supposed(row: Row, index: int, end: int) -> bool:
    """ "if nobody shoots", "no one has been tried", "not one shell was fired": no zero of harm."""
    if row.low(index - 1) in {"if", "unless", "until", "whether"}:
        return True
    if row.low(index) == "not" and row.low(end) in _AMMUNITION:
        return True
    if row.low(index) == "neither" and row.low(end) in _PARTIES:
        return True
    if row.low(index) not in {"nobody", "no", "no-one", "none"}:
        return False
    at = end
    while row.low(at) in _HELPING:
        at += 1
    return row.low(at) in _JUDGED


def _counts_zero(row: Row, index: int, grammar: Grammar) -> bool:
    """Whether "no" at ``index`` says that nobody or nothing was harmed."""
    words = grammar.words
    after = row.at(index + 1)
    if after.kind != "word":
        return False
    if after.low in words.not_zero_after_no and after.low not in words.zero_modifiers:
        return False
    plural = False
    for step in range(1, 6):
        low = row.low(index + step)
        if low in words.zero_stops or not low or low in _BREAKS:
            return plural
        if low in words.zero_nouns:
            return True
        if low in {"of", "in", "from", "to", "on", "at", "was", "were", "is", "had", "has", "have"}:
            return plural
        plural = low.endswith("s") and low not in words.not_zero_after_no
    return plural


def is_rank(row: Row, found: Hedged) -> bool:
    """ "one of the largest cities" gives a rank."""
    if (
        row.low(found.first) != "one"
        or found.last != found.first + 1
        or row.low(found.last) != "of"
    ):
        return False
    best = row.low(found.last + 2)
    owned = row.low(found.last + 1) in {"the", "its", "their", "his", "our", "her"}
    return owned and (
        best.endswith("est") or best in {"most", "least", "worst", "main", "key", "last"}
    )


def is_no_count(row: Row, found: Hedged, grammar: Grammar) -> bool:
    """ "one another", "the one", "one day": "one" that counts nothing; "two by two"."""
    low = row.low(found.first)
    if low in {row.low(found.last + 1), row.low(found.first - 2)} and (
        "by" in {row.low(found.last), row.low(found.first - 1)}
    ):
        return True
    if found.start == found.first and row.low(found.first - 1) == "no" and found.low == 2:
        return True  # "no two accounts agree"
    if found.last != found.first + 1 or row.low(found.first) != "one" or found.start != found.first:
        return False
    before, after = row.low(found.first - 1), row.low(found.last)
    words = grammar.words
    if row.joined(found.last) and row.low(found.last + 1) in words.kinds.time_units:
        return False  # "the one-year anniversary"
    if [after, row.low(found.last + 1), row.low(found.last + 2)] == ["at", "a", "time"]:
        return True
    if before in words.not_one_before or before in {"not", "even"} or after in words.not_one_after:
        return True
    return row.joined(found.first - 1) and before == "-"
