"""Ages: "six-year-old", "aged 3, 5 and 7", "Olena Petrenko, 34,", "children under five"."""

from __future__ import annotations

from harmledger.extract.quantities.beside import Beside
from harmledger.extract.quantities.tokens import Token, looks_plural
from harmledger.lexicon.persons import load_persons

_EXTREMES = frozenset({"oldest", "youngest", "eldest"})
_OF_AGE = frozenset(
    {"age", "ages", "man", "woman", "boy", "girl", "child", "baby", "toddler", "infant", "youth",
     "teenager",
     "pensioner", "lad", "youngster", "boys", "girls", "teenagers", "youths", "babies", "toddlers",
     "twins", "brothers", "sisters"}
)  # fmt: skip
"""Who is "of nine"; a mother of three has three children."""
_ONLY = frozenset({"just", "only", "barely", "merely", "already", "not", "yet", "even", "still"})
_ONE = frozenset({"a", "an", "another", "the", "his", "her", "their", "my", "our"})
_CALLINGS = ("ist", "man", "woman", "smith", "monger")
_PARENTS = frozenset({"mother", "father", "parent", "grandmother", "grandfather", "widow"})
_SEVERAL = frozenset({"escort", "crew", "party", "entourage", "retinue", "family"})
"""Words of one person or of several: "with his escort of four"."""
_YOUNGEST_PARENT = 15
_MOST_AGES = 16
"""How many words back the comma before a row of ages may stand."""
_BEFELL = frozenset({"bled", "fell", "lost", "lay", "took", "died", "burst", "got", "came"})
"""What happens to one person, right behind the years."""
_BEHIND_AGE = frozenset({"who", "whose", "and", "with", "from", "in", "at", "on", "when", "by"})
_KIN = frozenset({"brothers", "sisters", "sons", "daughters", "boys", "girls", "twins", "children"})
_PAIRED = frozenset(
    {"brother", "sister", "cousin", "cousins", "twins", "siblings", "men", "women", "boys", "girls",
     "sons", "daughters", "children", "brothers", "sisters", "pensioners", "students", "pupils"}
)  # fmt: skip
"""Who stands before the years of two: "a brother and sister, 9 and 12", "men of 71 and 64"."""
_ANYBODY = frozenset({"people", "persons", "residents", "civilians", "patients", "adults"})
_ABLE = frozenset({"can", "cannot", "must", "may", "should", "who", "from", "in", "to"})
_THEM = frozenset({"them", "whom", "all", "most", "mostly", "mainly", "these"})
_MANY = frozenset({"hundred", "thousand", "million", "dozen"})
_JOINTS = frozenset([",", "and", "or", "to", "-", "–", "between", "from", "&"])


def is_age(beside: Beside) -> bool:
    row = beside.row
    if _is_years_old(beside) or _is_said_of_person(beside):
        return True
    decade = beside.head.glued == "s" and (beside.single or 0) < 100
    if decade and row.low(beside.last) != "of":
        return row.low(beside.first - 1) not in {"'", "’"}
    if _is_listed_age(beside) or _is_one_of_each(beside):
        return True
    return _is_age_limit(beside) or _is_age_aside(beside)


def _is_years_old(beside: Beside) -> bool:
    """ "six-year-old", "45 years of age", "19 y/o"."""
    row, kinds = beside.row, beside.kinds
    unit = row.word_after(_behind_half(beside))
    if row.low(unit) in kinds.age_units:
        if row.low(row.word_after(unit + 1)) in kinds.ages_after:
            return True
        if [row.low(unit + 1), row.low(unit + 2)] == ["of", "age"]:
            return True
    if beside.head.glued in {"yo", "yrs"} or beside.after == "yo":
        return True
    return [row.low(beside.last + step) for step in range(3)] == ["y", "/", "o"]


def _is_said_of_person(beside: Beside) -> bool:
    """ "aged just 8", "a boy of nine", "she was only 7", "had turned 40"."""
    row, kinds = beside.row, beside.kinds
    start = _before_only(beside, beside.start)
    if _is_extreme(beside, start):
        return True
    before, named = row.low(start - 1), row.low(start - 2)
    if before in kinds.ages_before or (before == "of" and named in _OF_AGE):
        return True
    if before == "of" and _is_someone_of(beside, start - 2):
        return True
    if before in {"turned", "turning"} and 0 < _years(beside) <= 110:
        after = row.at(beside.last)
        return not (looks_plural(after) or after.low in kinds.death_numbers)
    if before not in {"was", "is"}:
        return False
    if named in {"he", "she", "i", "who"} or named in kinds.persons_singular:
        alone = row.at(beside.last).kind != "word" or row.low(beside.last) in {"when", "and"}
        return alone and 0 < _years(beside) <= 110
    if row.low(beside.last) == "when":
        return row.low(beside.last + 1) in {"he", "she"}
    return bool({named, row.low(start - 3)} & _EXTREMES)


def _is_extreme(beside: Beside, at: int) -> bool:
    """ "the youngest 14", "the oldest of them 71", "the youngest of whom is three": who is so much
    the youngest has years. "The youngest of 14" counts, and so do "the youngest 14 recruits"."""
    row = beside.row
    ended = row.at(beside.last).kind != "word" or row.low(beside.last) in {"and", "when"}
    if not 0 < _years(beside) <= 110 or not ended:
        return False
    if row.low(at - 1) in {"is", "was", "being", "are", "were", ","}:
        at -= 1
    if row.low(at - 1) in _THEM and row.low(at - 2) == "of":
        at -= 2
    if row.low(at - 2) in {"the", "those"} and row.low(at - 3) == "of":
        at -= 3  # "the oldest of the dead was 91"
    return row.low(at - 1) in _EXTREMES


def _is_someone_of(beside: Beside, at: int) -> bool:
    """ "a conscript of 19 has died", "Eulalia Bello, a catechist of 71,": nobody has 71 catechists.
    A parent has children up to the age at which one has children oneself."""
    row, holder = beside.row, beside.row.at(at)
    if not 0 < _years(beside) <= 110 or not {row.low(at - 1), row.low(at - 2)} & _ONE:
        return False
    if holder.low in _SEVERAL:
        return False
    if holder.low in _PARENTS and _years(beside) < _YOUNGEST_PARENT:
        return False
    if holder.low in beside.kinds.headcount_before or not (
        _is_one_person(holder, beside) or holder.low.endswith(_CALLINGS)
    ):
        return False
    after = row.at(beside.last)
    if after.kind != "word" or after.low in beside.kinds.finite_verbs | _BEHIND_AGE:
        return True
    told = after.low in _BEFELL or after.low.endswith("ed")  # "a novice of eleven bled to death"
    return told and _is_one_person(holder, beside)


def _before_only(beside: Beside, at: int) -> int:
    """``at``, or further back over "just", "only", "barely"."""
    while beside.row.low(at - 1) in _ONLY:
        at -= 1
    return at


def _years(beside: Beside) -> int:
    """The number as years, 0 where it is none."""
    if beside.single is not None:
        return int(beside.single)
    words = beside.grammar.words
    return words.units.get(beside.head.low) or words.tens.get(beside.head.low) or 0


def _behind_half(beside: Beside) -> int:
    """Where the number ends, a half behind it included: "two-and-a-half-year-old"."""
    row, at = beside.row, beside.last
    for word in ("and", "a", "half"):
        at = row.word_after(at)
        if row.low(at) != word:
            return beside.last
        at += 1
    return at


def _is_one_person(token: Token, beside: Beside) -> bool:
    """A singular noun for a person: "a boy of nine", "the gunman, 38,"."""
    if token.low in beside.kinds.persons_singular:
        return True
    known = load_persons().single.get(token.low)
    return known is not None and not known.family and not looks_plural(token)


def _is_listed_age(beside: Beside) -> bool:
    """ "aged 3, 5 and 7", "6 and 8 years old"."""
    row, kinds = beside.row, beside.kinds
    at = beside.first - 1
    for _ in range(8):
        if row.low(at) in {"aged", "ages"}:
            return True
        if row.low(at) == "of" and row.low(at - 1) in _OF_AGE:
            return True
        paired = row.low(at) in {",", "of"} and row.low(at - 1) in _PAIRED
        if paired and beside.first <= at + 3 and _is_pair(beside, at + 1):
            return True
        if row.low(at) == "," and row.low(at - 1) in _KIN:
            return row.at(beside.last).kind != "word"  # "the brothers, 12 and 14, were"
        if row.low(at) not in kinds.age_units and not _is_number_or_joint(row.at(at), beside):
            break
        at -= 1
    if row.low(beside.last) not in {"and", "or", "to", ",", "-"}:
        return False
    at = beside.last
    while at < beside.last + 8 and _is_number_or_joint(row.at(at), beside):
        at += 1
    if row.low(at - 1) in {"and", "or", "to", ","}:
        return False
    unit = row.word_after(at)
    return (
        row.low(unit) in kinds.age_units and row.low(row.word_after(unit + 1)) in kinds.ages_after
    )


def _is_pair(beside: Beside, at: int) -> bool:
    """ "two men, 61 and 67", "two boys of 7 and 9 were hurt": the years of both, and nothing
    counted behind them."""
    row = beside.row
    said = row.low(at - 1) == "of" and row.low(at + 3) in beside.kinds.finite_verbs | _BEHIND_AGE
    if row.low(at + 1) != "and" or (row.at(at + 3).kind == "word" and not said):
        return False
    years = [_age_of(row.at(n), beside) for n in (at, at + 2)]
    return all(0 < one <= 110 for one in years)


def _age_of(token: Token, beside: Beside) -> int:
    words = beside.grammar.words
    if token.kind == "number":
        return int(token.low) if token.low.isdecimal() else 0
    return words.units.get(token.low) or words.tens.get(token.low) or 0


def _is_one_of_each(beside: Beside) -> bool:
    """ "Two men, 61 and 67, and two women, 38 and 44": as many numbers behind the comma as the noun
    before it counts are the age of each."""
    row, words = beside.row, beside.grammar.words
    at = beside.first - 1
    for _ in range(_MOST_AGES):
        if "number" not in {row.at(at).kind, row.at(at - 1).kind} and row.low(at) != "and":
            break
        at -= 1
    counted = words.units.get(row.low(at - 2)) if row.low(at) == "," else None
    if counted is None or counted < 2 or row.at(at - 1).kind != "word":
        return False
    ages, at = 0, at + 1
    while row.at(at).kind == "number":
        ages, at = ages + 1, at + 1
        if ages == counted:
            break
        at += row.low(at) == ","
        at += row.low(at) == "and"
    ended = row.at(at).kind != "word" or row.low(at) in {"and", "who", "were"}
    return ages == counted and ended and beside.first < at and 0 < _years(beside) <= 110


def _is_number_or_joint(token: Token, beside: Beside) -> bool:
    words = beside.grammar.words
    spelled = token.low in words.units or token.low in words.tens
    return token.kind == "number" or spelled or token.low in _JOINTS


def _is_age_limit(beside: Beside) -> bool:
    """ "children under five", "women over 60", "men between 18 and 60", "under-18s"."""
    row, kinds = beside.row, beside.kinds
    after = row.at(beside.last)
    if row.low(beside.last - 1) in _MANY:
        return False  # "the number of dead is above two hundred"
    if row.low(beside.start) in {"between", "from"} and beside.tail.value is not None:
        grouped = row.low(beside.start - 1) in kinds.age_groups | _ANYBODY
        ended = after.kind != "word" or after.low in kinds.finite_verbs or after.low in _ABLE
        return grouped and ended and 10 <= beside.tail.value <= 100
    limit = row.low(beside.start) in {"under", "over", "below", "above"}
    if beside.start == beside.first:
        return beside.before in {"under", "over"} and row.joined(beside.first - 1)
    if not limit:
        return False
    if row.low(beside.start - 1) in {"were", "was", "are", "is"}:
        return after.kind != "word"
    if row.low(beside.start - 1) in _THEM:
        return after.kind != "word"
    if row.low(beside.start - 1) in _ANYBODY:
        return after.kind != "word" or after.low in kinds.finite_verbs or after.low in _ABLE
    if row.low(beside.start - 1) not in kinds.age_groups:
        return False
    return after.low not in kinds.death_numbers or after.low in {"were", "had", "killed", "injured"}


def _is_age_aside(beside: Beside) -> bool:
    """ "Olena Petrenko, 34, was"; "a boy (7)"; "her daughters, 7 and 9,"."""
    row, value, start = beside.row, beside.single, _before_only(beside, beside.first)
    if row.low(start - 1) not in {",", "("} or beside.start != beside.first:
        return False
    holder = row.at(start - 2)
    named = start < beside.first and holder.raw[:1].isupper()
    if named and 0 < _years(beside) <= 110 and row.low(beside.last) in {",", ")"}:
        return True  # "Ali, just seven,"
    if value is None and start == beside.first and holder.raw[:1].isupper():
        there = row.low(start - 3) in {"in", "at", "near", "from", "of", "to", "on", "and"}
        spelled = 0 < _years(beside) <= 110 and beside.last == beside.first + 1
        return spelled and not there and row.low(beside.last) in {",", ")"} and holder.low != "the"
    person = _is_one_person(holder, beside)
    if value is None and not person:
        return False
    if value is not None and not 0 < value <= 110:
        return False
    closed = row.low(beside.last) in {",", ".", ";", ")", "", "who"}
    if person:
        return closed or (row.low(beside.last) == "and" and row.low(beside.last + 2) == ",")
    if holder.kind != "word" or not holder.raw[0].isupper() or holder.low in beside.times.months:
        return False
    if row.low(beside.first - 1) == "(":
        return closed and row.at(beside.first - 3).raw[:1].isupper()
    return closed and row.at(beside.last + 1).kind != "number"
