"""What a number is, if it is no count: age, date, clock, money and so on (contract §2, unresolved).

Each rule looks at the words beside the number. They are tried in the order of :data:`RULES`.
"""

from __future__ import annotations

from collections.abc import Callable

from harmledger.core.quantity import NumberKind
from harmledger.extract.quantities.ages import is_age
from harmledger.extract.quantities.beside import Beside
from harmledger.extract.quantities.clocks import is_clock
from harmledger.extract.quantities.grammar import match_phrase
from harmledger.extract.quantities.measures import is_measure
from harmledger.extract.quantities.names import is_name
from harmledger.extract.quantities.tokens import Token, looks_plural
from harmledger.lexicon.times import TimeWords


def guess_kind(beside: Beside) -> NumberKind:
    """What the number is; ``count`` when nothing beside it says otherwise."""
    for kind, rule in RULES:
        if rule(beside):
            return kind
    shared = _shares_word(beside)
    return guess_kind(shared) if shared is not None else "count"


def _shares_word(beside: Beside) -> Beside | None:
    """The number that has the word of this one: the three of "a two- or three-day battle"."""
    row, at = beside.row, beside.last + 2
    if row.low(beside.last) != "-" or not row.touches(beside.last):
        return None
    if row.low(at - 1) not in {"and", "or", "to", ","} or not row.joined(at + 1):
        return None
    words = beside.grammar.words
    token = row.at(at)
    if token.kind != "number" and token.low not in words.units and token.low not in words.tens:
        return None
    return Beside(row, at, at, at + 1, beside.grammar)


def is_month(token: Token, times: TimeWords, after: str = "") -> bool:
    """A month name written as one: "May" and "March" need their capital, "MAY HAVE" is no month."""
    if token.low not in times.months:
        return False
    if token.low in {"may", "march", "mar", "sep", "dec", "jan"} and not token.raw[0].isupper():
        return False
    return not (token.raw == "MAY" and after in {"have", "be", "not", "also", "still", "yet"})


def _is_per(beside: Beside) -> bool:
    """ "one latrine for every three hundred": a ratio, both ends of it."""
    row = beside.row
    if [row.low(beside.first - 2), row.low(beside.first - 1)] == ["for", "every"]:
        return True
    ahead = [row.low(beside.last + step) for step in range(4)]
    return "for" in ahead and ahead[ahead.index("for") + 1 :][:1] == ["every"]


def _is_per_many(beside: Beside) -> bool:
    """ "41 per 100,000": a rate of people, both numbers of it."""
    row = beside.row
    if row.low(beside.first - 1) == "per":
        return row.at(beside.first - 2).kind == "number"
    return row.low(beside.last) == "per" and row.at(beside.last + 1).kind == "number"


_COMPARED = frozenset({"as", "more", "higher", "greater", "larger", "worse", "the"})
"""Behind "three times": a ratio, not an occasion."""


def _is_percent(beside: Beside) -> bool:
    row, after = beside.row, beside.after
    if after in beside.kinds.percents or (after == "per" and row.low(beside.last + 1) == "cent"):
        return True
    if _is_per(beside) or _is_per_many(beside):
        return True
    if after == "times" and row.low(beside.row.word_after(beside.last) + 1) in _COMPARED:
        return True
    return after in beside.grammar.words.fractions and beside.tail.kind == "word"


_PAID = frozenset({"ransom", "ransoms", "bounty", "reward", "fine", "bail", "bribe", "fee"})


def _is_money(beside: Beside) -> bool:
    kinds = beside.kinds
    row, sign = beside.row, beside.first - 1
    sign -= row.low(sign) == "." and row.touches(sign)
    if row.low(sign) in kinds.currency_signs:
        return True
    if row.low(beside.first - 1) == "of" and row.low(beside.first - 2) in _PAID:
        return row.at(beside.last).kind != "word" or row.low(beside.last) in kinds.finite_verbs
    if [row.low(beside.last), row.low(beside.last + 1)] == ["in", "cash"]:
        return True
    if beside.after in _PAID and row.joined(beside.first - 1):
        return True
    national = row.at(beside.last).raw[:1].isupper() and row.low(beside.last + 1)
    if national and (national in kinds.currencies or national in kinds.weights_or_money):
        return True  # "5,000 Syrian pounds"
    if beside.after in kinds.weights_or_money:
        word = beside.row.word_after(beside.last)
        return word == beside.last and beside.row.low(word + 1) not in kinds.weapon_words
    dollar = beside.row.low(beside.last) in {"$", "€", "£", "₴", "₽"} and (
        beside.row.touches(beside.last)
    )
    return (
        dollar
        or beside.after in kinds.currencies
        or (beside.after == "us" and beside.row.low(beside.last + 1) in kinds.currencies)
    )


def _is_date(beside: Beside) -> bool:
    return (
        _is_day(beside)
        or _is_year(beside)
        or _is_short_year(beside)
        or (
            beside.before in {"day", "week", "month", "year"}
            and beside.row.low(beside.last) in {"of", ",", ".", ""}
        )
    )


def _is_day(beside: Beside) -> bool:
    """A day of the month beside the month's name, alone or in a list or range."""
    row, times = beside.row, beside.times
    if (
        beside.tail.kind == "word"
        and beside.last > beside.first
        and beside.row.at(beside.first).kind == "word"
    ):
        return False
    if beside.tail.kind == "number" and not 1 <= (beside.tail.value or 0) <= 31:
        return False
    at = beside.last
    if row.low(beside.first - 1) in times.weekdays and row.low(at) in {
        "and",
        "to",
        "-",
        "–",
        "until",
    }:
        return row.low(at + 1) in times.weekdays  # "Friday 2 and Wednesday 7 February"
    for _ in range(8):
        if is_month(row.at(at), times, row.low(at + 1)):
            return at == beside.last or row.low(at - 1) not in {",", "and"}
        if row.at(at).kind not in {"number", "ordinal"} and row.low(at) not in {
            ",",
            "and",
            "to",
            "or",
            "of",
            "-",
            "–",
        }:
            break
        at += 1
    return _is_day_after_month(beside)


def _is_day_after_month(beside: Beside) -> bool:
    row = beside.row
    at = beside.first - 1
    after = row.at(beside.last)
    if row.low(at) == "and" and (after.low == "others" or looks_plural(after)):
        return False  # "on 2 June and 15 others were led away"
    for _ in range(6):
        if row.low(at) == "." and is_month(row.at(at - 1), beside.times):
            at -= 1
        if _plain_year(row.at(at).raw):
            return False  # "12 Oct 2023 – 3 killed"
        if is_month(row.at(at), beside.times):
            # "In March 12 people were killed" counts people; "on March 12 people fled" does not.
            if row.at(at - 1).kind in {"number", "ordinal"} and at == beside.first - 1:
                return False  # "on Sunday 5 May 12 died"
            counted = row.low(at - 1) in {"in", "since", "last", "this", "of", "late", "early"}
            return not (counted and row.low(beside.last) in beside.kinds.death_numbers)
        if row.at(at).kind not in {"number", "ordinal"} and row.low(at) not in {
            "and",
            "to",
            "-",
            "–",
            "or",
        }:
            return False
        at -= 1
    return False


def _plain_year(raw: str) -> bool:
    return raw.isdigit() and len(raw) == 4 and 1800 <= int(raw) <= 2099


def _is_short_year(beside: Beside) -> bool:
    """The 89 of "29 MAY 89", the 15 of "2014-15"."""
    row = beside.row
    if _is_decade(beside):
        return True
    if not (beside.head.raw.isdigit() and len(beside.head.raw) == 2):
        return False
    split = row.joined(beside.first - 1) or (
        row.low(beside.first - 1) == "/" and row.touches(beside.first)
    )
    if split and _plain_year(row.at(beside.first - 2).raw):
        return True
    mark = row.low(beside.first - 1) in {"'", "’", "‘"} and row.touches(beside.first)
    if mark and not row.touches(beside.first - 1):
        return True  # "the summer of '92"
    after = row.at(beside.last)
    counted = after.low in beside.kinds.death_numbers or after.low in beside.kinds.finite_verbs
    if int(beside.head.raw) <= 31 and (counted or looks_plural(after)):
        return False
    at = beside.first - 1 - (row.low(beside.first - 1) in {".", "'", "’"})
    return is_month(row.at(at), beside.times) and row.at(at - 1).kind in {"number", "ordinal"}


def _is_decade(beside: Beside) -> bool:
    """ "the '90s", "the 80s"; "in his 70s" is an age."""
    row, head = beside.row, beside.head
    if head.glued != "s" or len(head.raw) != 3 or head.raw[1] != "0":
        return False
    before = row.low(beside.first - 1)
    return before == "the" or (before in {"'", "’", "‘"} and row.touches(beside.first))


def _is_year(beside: Beside) -> bool:
    row, head = beside.row, beside.head
    if not _plain_year(head.raw.removesuffix("s")) or _is_numbered(beside):
        return False
    if is_month(row.at(beside.first - 1), beside.times):
        return True  # "on 14 November 2018 fighters attacked"
    if head.glued == "s":
        return True
    if beside.start == beside.first and row.low(beside.first - 1) in {
        "in",
        "since",
        "until",
        "during",
    }:
        return True
    if row.low(beside.start) in {"between", "from"} and _plain_year(beside.tail.raw):
        return True
    after = row.at(beside.last)
    noun = after.low in beside.kinds.death_numbers and after.low not in {"were", "had", "killed"}
    if noun or looks_plural(after):
        return row.low(beside.first - 1) in {"the", ","} and row.low(beside.first - 2) != "of"
    return beside.start == beside.first or row.low(beside.start) in {
        "around",
        "about",
        "circa",
        "between",
        "from",
    }


def _is_numbered(beside: Beside) -> bool:
    """ "case no. 2017/0443": the number of a file, whatever year it begins with."""
    row = beside.row
    return row.low(beside.first - 1) == "." and row.low(beside.first - 2) in {"no", "nr", "nos"}


def _is_duration(beside: Beside) -> bool:
    row, units = beside.row, beside.kinds.time_units
    if beside.tail.glued in {"h", "hr", "hrs", "min", "mins", "sec", "secs"}:
        return True
    at = beside.thing
    if row.low(at) in {
        "consecutive",
        "working",
        "straight",
        "full",
        "more",
        "long",
        "whole",
        "calendar",
        "successive",
        "further",
    }:
        at += 1
    if row.low(at) == "second":
        return at > beside.last or row.low(beside.first) in {"one", "a"}
    return row.low(at) in units


_THESE = frozenset({"the", "these", "those", "its", "all", "across"})
_AREAS = frozenset(
    {"counties", "districts", "governorates", "provinces", "townships", "regions", "states",
     "municipalities", "departments", "countries", "cities", "towns", "prefectures", "camps",
     "villages", "localities", "communes", "communities", "neighbourhoods", "neighborhoods"}
)  # fmt: skip
_ACTS = frozenset(
    {"attacks", "incidents", "strikes", "raids", "cases", "bombings", "shootings", "clashes",
     "explosions", "operations"}
)  # fmt: skip
_KINDRED = frozenset({"family", "household", "clan", "house", "building", "street", "village"})
_HOLDS = frozenset({"camp", "shelter", "room", "space", "hall", "housing", "accommodation"})
_MADE = frozenset(
    {"built", "designed", "meant", "intended", "planned", "licensed", "enough", "caters",
     "catered", "catering", "equipped"}
)  # fmt: skip
"""A camp "built for 15,000"."""
_PARENTS = frozenset(
    {"mother", "father", "parent", "dad", "mum", "mom", "parents", "grandmother", "grandfather",
     "grandparent", "widow", "widower"}
)  # fmt: skip


def _is_denominator(beside: Beside) -> bool:
    row = beside.row
    compound = row.joined(beside.last) and row.at(beside.last + 1).kind == "word"
    if compound and row.low(beside.last + 1) == "some":
        return False  # "forty-some people"
    if compound and not match_phrase(beside.grammar.suffixes, row, beside.last + 1):
        return True
    if row.low(beside.last) in {"strong", "beds", "seats"}:
        return True
    if row.low(beside.last) == "inhabitants":  # "a town with some 5,000 inhabitants"
        near, before = row.low(beside.start - 1), row.low(beside.start - 2)
        sizes = {"of", "with", "has", "have", "had"}
        if near in sizes or (before in sizes and near in {"some", "about", "around", "over"}):
            return True
    return (
        _is_size(beside)
        or _is_of_areas(beside)
        or _refers_back(beside)
        or _is_whole_of_part(beside)
    )


def _is_size(beside: Beside) -> bool:
    """ "a city of 260,000", "home to 5,000", "a mother of five", "a convoy of 14 lorries"."""
    row, kinds = beside.row, beside.kinds
    back = [row.low(beside.start - step) for step in range(1, 4)]
    if back[:2] == ["of", "out"] or back[:2] == ["to", "home"]:
        return True
    if back[0] == "of" and kinds.headcount_before & {back[1], row.low(beside.start - 3)}:
        return True
    if back[0] == "of" and (back[1] in _PARENTS or back[1:] == ["-", "father"]):
        return True
    if back[0] == "-" and back[1] == "of":
        return True  # "a father-of-two"
    if back[0] in {"from", "of"} and row.low(beside.first) == "one":
        return row.low(beside.last) in _KINDRED  # "five of them from one family"
    if back[0] == ":" and back[1] in {"population", "capacity", "crew"}:
        return True
    if back[0] == "for" and back[1] in _HOLDS | _MADE:
        return True
    return back[0] in {"population", "capacity"} or back[:2] == ["for", "capacity"]


def _is_of_areas(beside: Beside) -> bool:
    """ "in the two counties", "people from five villages": where, not who."""
    before = beside.before
    if beside.after in _AREAS and beside.start == beside.first:
        return before in _THESE or before in {"in", "from"}
    return False


def _refers_back(beside: Beside) -> bool:
    """ "nine died in the other two", "in those 47 attacks": points at what was told."""
    row, at = beside.row, beside.first - 1
    at -= row.low(at) == "other"
    if row.low(at) not in {"the", "those", "these"} or row.low(at - 1) != "in":
        return False
    if beside.tail.low in beside.grammar.words.plural_scales:
        return False  # "in the hundreds"
    after = row.low(beside.last)
    return after in _ACTS or (row.at(beside.last).kind != "word" and after not in {"-", "("})


def _is_whole_of_part(beside: Beside) -> bool:
    """ "one of the 12", "three of his five children", "a tenth of the hamlet's 150 people"."""
    row, words = beside.row, beside.grammar.words
    at = beside.start - 1
    if row.low(at).endswith(("'s", "’s")):
        at -= 1
    if row.low(at) in {"the", "its", "his", "her", "their", "those", "these", "all", "my", "our"}:
        at -= 1
    if row.low(at) == "half" and at < beside.start - 1:
        return True  # "half the 40 hostages"
    if row.low(at) != "of":
        return False
    if (row.low(beside.last + 1), row.low(beside.last + 2)) == ("on", "board"):
        return True  # "Of the 55 people on board, 31 were shot"
    for step in range(3):
        low = row.low(beside.last + step)
        if low in beside.kinds.finite_verbs:
            break
        if low in beside.kinds.base_with_harm:
            return False  # "six of the nine miners they had seized": nine were seized
    part = row.at(at - 1)
    if part.low == "all":
        return row.low(at - 2) in {"almost", "nearly", "not"}  # "all of the 14" are the 14
    number = part.kind == "number" or part.low in words.units or part.low in words.tens
    return number or part.low in {
        "none",
        "some",
        "several",
        "many",
        "most",
        "half",
        "few",
        "dozen",
        "neither",
        "third",
        "quarter",
        "majority",
        "tenth",
        "fifth",
        "quarters",
        "thirds",
        "fifths",
        "tenths",
        "percent",
        "cent",
        "%",
    }


RULES: tuple[tuple[NumberKind, Callable[[Beside], bool]], ...] = (
    ("clock", is_clock),
    ("percent", _is_percent),
    ("money", _is_money),
    ("age", is_age),
    ("date", _is_date),
    ("name", is_name),
    ("duration", _is_duration),
    ("distance", is_measure),
    ("denominator", _is_denominator),
)
