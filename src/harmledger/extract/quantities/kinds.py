"""What a number is, if it is no count: age, date, clock, money and so on (contract §2, unresolved).

Each rule looks at the words beside the number. They are tried in the order of :data:`RULES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from harmledger.core.quantity import NumberKind
from harmledger.extract.quantities.bare import is_million
from harmledger.extract.quantities.grammar import Grammar, match_phrase
from harmledger.extract.quantities.tokens import Row, Token
from harmledger.lexicon.numbers import NumberKinds
from harmledger.lexicon.times import TimeWords, load_time_words

_JOINTS = frozenset(", and or to - – between from &".split())


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
    def after(self) -> str:
        """The word after the number, a joining hyphen skipped."""
        return self.row.low(self.row.word_after(self.last))

    @property
    def single(self) -> Decimal | None:
        """The value when the number is one token of digits."""
        return self.head.value if self.last == self.first + 1 else None


def guess_kind(beside: Beside) -> NumberKind:
    """What the number is; ``count`` when nothing beside it says otherwise."""
    for kind, rule in RULES:
        if rule(beside):
            return kind
    return "count"


def is_month(token: Token, times: TimeWords, after: str = "") -> bool:
    """A month name written as one: "May" and "March" need their capital, "MAY HAVE" is no month."""
    if token.low not in times.months:
        return False
    if token.low in {"may", "march", "mar", "sep", "dec", "jan"} and not token.raw[0].isupper():
        return False
    return not (token.raw == "MAY" and after in {"have", "be", "not", "also", "still", "yet"})


def _is_clock(beside: Beside) -> bool:
    row, head = beside.row, beside.head
    if head.glued in {"am", "pm", "gmt", "utc", "h", "hrs", "z"} and len(head.raw) > 2:
        return head.glued != "h" or head.digits_end - head.start == 4
    after = row.low(beside.last)
    if after in {"a", "p"} and [row.low(beside.last + 1), row.low(beside.last + 2)] == [".", "m"]:
        return True
    digits = head.raw.isdigit() and len(head.raw) == 4 and beside.single is not None
    if digits and (head.raw[0] == "0" or after in {"hours", "hrs", "gmt", "utc", "local"}):
        return True
    if digits and _is_bare_clock(beside):
        return True
    if after in beside.kinds.clock_after:
        return after != "local" or row.low(beside.last + 1) == "time"
    if beside.before == "+" and row.low(beside.first - 2) in {"gmt", "utc"}:
        return True
    if after == "in" and [row.low(beside.last + 1), row.low(beside.last + 2)] == ["the", "morning"]:
        return beside.before in {"at", "around", "about", "until", "by", "before", "after"}
    return _is_dotted_clock(beside)


def _is_bare_clock(beside: Beside) -> bool:
    """ "at 1430,", "By 2300 86 wounded": four digits that no year has, with a word of time before."""
    row, raw = beside.row, beside.head.raw
    if not (int(raw[:2]) < 24 and int(raw[2:]) < 60) or 1800 <= int(raw) <= 2099:
        return False
    near = row.low(beside.start - 1) if beside.start == beside.first else row.low(beside.start)
    if near not in {"at", "by", "around", "about", "until", "from", "after", "before"}:
        return False
    return row.at(beside.last).kind != "word" or row.low(beside.last) in {"on", "when", "and"}


def _is_dotted_clock(beside: Beside) -> bool:
    """ "at 5.30" and "about 17.45", with no unit after."""
    whole, dot, minutes = beside.head.raw.partition(".")
    if not dot or len(minutes) != 2 or not (whole + minutes).isdigit() or beside.single is None:
        return False
    near = {beside.before, beside.row.low(beside.start - 1), beside.row.low(beside.start)}
    if not near & {"at", "around", "about", "until", "by", "before", "after", "from"}:
        return False
    return int(whole) < 24 and int(minutes) < 60 and not _is_measure(beside)


def _is_percent(beside: Beside) -> bool:
    row, after = beside.row, beside.after
    if after in beside.kinds.percents or (after == "per" and row.low(beside.last + 1) == "cent"):
        return True
    return after in beside.grammar.words.fractions and beside.tail.kind == "word"


def _is_money(beside: Beside) -> bool:
    kinds = beside.kinds
    if beside.row.low(beside.first - 1) in kinds.currency_signs:
        return True
    if beside.after in kinds.weights_or_money:
        word = beside.row.word_after(beside.last)
        return word == beside.last and beside.row.low(word + 1) not in kinds.weapon_words
    dollar = beside.row.low(beside.last) in {"$", "€", "£", "₴", "₽"} and (
        beside.row.touches(beside.last)
    )
    return dollar or beside.after in kinds.currencies or (
        beside.after == "us" and beside.row.low(beside.last + 1) in kinds.currencies
    )


def _is_age(beside: Beside) -> bool:
    row, kinds = beside.row, beside.kinds
    unit = row.word_after(beside.last)
    if row.low(unit) in kinds.age_units and row.low(row.word_after(unit + 1)) in kinds.ages_after:
        return True
    if beside.head.glued in {"yo", "yrs"} or beside.after == "yo":
        return True
    before = row.low(beside.start - 1)
    if before in kinds.ages_before or (
        before == "of" and row.low(beside.start - 2) in {"age", "ages"}
    ):
        return True
    if beside.head.glued == "s" and (beside.single or 0) < 100:
        return True
    return _is_listed_age(beside) or _is_age_limit(beside) or _is_age_aside(beside)


def _is_listed_age(beside: Beside) -> bool:
    """ "aged 3, 5 and 7", "6 and 8 years old"."""
    row, kinds = beside.row, beside.kinds
    at = beside.first - 1
    for _ in range(8):
        if row.low(at) in {"aged", "ages"}:
            return True
        if not _is_number_or_joint(row.at(at), beside):
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
    return row.low(unit) in kinds.age_units and row.low(row.word_after(unit + 1)) in kinds.ages_after


def _is_number_or_joint(token: Token, beside: Beside) -> bool:
    words = beside.grammar.words
    spelled = token.low in words.units or token.low in words.tens
    return token.kind == "number" or spelled or token.low in _JOINTS


def _is_age_limit(beside: Beside) -> bool:
    """ "children under five", "women over 60", "under-18s"."""
    row, kinds = beside.row, beside.kinds
    after = row.at(beside.last)
    limit = row.low(beside.start) in {"under", "over", "below", "above"}
    if beside.start == beside.first:
        return beside.before == "under" and row.joined(beside.first - 1)
    if not limit:
        return False
    if row.low(beside.start - 1) in {"were", "was", "are", "is"}:
        return after.kind != "word"
    if row.low(beside.start - 1) not in kinds.age_groups:
        return False
    return after.low not in kinds.death_numbers or after.low in {"were", "had", "killed", "injured"}


def _is_age_aside(beside: Beside) -> bool:
    """ "Olena Petrenko, 34, was"; "a boy (7)"; "her daughters, 7 and 9,"."""
    row, kinds, value = beside.row, beside.kinds, beside.single
    if row.low(beside.first - 1) not in {",", "("} or beside.start != beside.first:
        return False
    holder = row.at(beside.first - 2)
    person = holder.low in kinds.persons_singular
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


def _is_date(beside: Beside) -> bool:
    return _is_day(beside) or _is_year(beside) or (
        beside.before == "day" and beside.row.low(beside.last) in {"of", ",", ".", ""}
    )


def _is_day(beside: Beside) -> bool:
    """A day of the month beside the month's name, alone or in a list or range."""
    row, times = beside.row, beside.times
    if beside.tail.kind == "word" and beside.last > beside.first and beside.row.at(beside.first).kind == "word":
        return False
    if beside.tail.kind == "number" and not 1 <= (beside.tail.value or 0) <= 31:
        return False
    at = beside.last
    for _ in range(8):
        if is_month(row.at(at), times, row.low(at + 1)):
            return at == beside.last or row.low(at - 1) not in {",", "and"}
        if row.at(at).kind not in {"number", "ordinal"} and row.low(at) not in {",", "and", "to", "or", "of", "-", "–"}:
            break
        at += 1
    return _is_day_after_month(beside)


def _is_day_after_month(beside: Beside) -> bool:
    row = beside.row
    at = beside.first - 1
    for _ in range(6):
        if row.low(at) == "." and is_month(row.at(at - 1), beside.times):
            at -= 1
        if is_month(row.at(at), beside.times):
            # "In March 12 people were killed" counts people; "on March 12 people fled" does not.
            counted = row.low(at - 1) in {"in", "since", "last", "this", "of", "late", "early"}
            return not (counted and row.low(beside.last) in beside.kinds.death_numbers)
        if row.at(at).kind not in {"number", "ordinal"} and row.low(at) not in {"and", "to", "-", "–", "or"}:
            return False
        at -= 1
    return False


def _plain_year(raw: str) -> bool:
    return raw.isdigit() and len(raw) == 4 and 1800 <= int(raw) <= 2099


def _is_year(beside: Beside) -> bool:
    row, head = beside.row, beside.head
    if not _plain_year(head.raw.removesuffix("s")):
        return False
    if head.glued == "s":
        return True
    if beside.start == beside.first and row.low(beside.first - 1) in {"in", "since", "until", "during"}:
        return True
    if row.low(beside.start) in {"between", "from"} and _plain_year(beside.tail.raw):
        return True
    after = row.at(beside.last)
    noun = after.low in beside.kinds.death_numbers and after.low not in {"were", "had", "killed"}
    if noun or (after.kind == "word" and after.low.endswith("s") and len(after.low) > 4):
        return row.low(beside.first - 1) in {"the", ","} and row.low(beside.first - 2) != "of"
    return beside.start == beside.first or row.low(beside.start) in {
        "around", "about", "circa", "between", "from",
    }


def _is_name(beside: Beside) -> bool:
    row, kinds = beside.row, beside.kinds
    at = beside.first - 1
    if row.low(at) == "." and row.low(at - 1) in {"no", "nr", "nos", "fig", "vol", "art"}:
        at -= 1
    cue = row.at(at)
    if cue.low in kinds.name_before and beside.start == beside.first:
        certain = cue.low in kinds.name_before_any_case or cue.raw[:1].isupper()
        if certain and row.low(beside.last) not in kinds.death_numbers:
            return True
    if row.low(at) == "[" and row.low(beside.last) == "]":
        return True
    if beside.first == 0 and row.low(beside.last) in {".", ")"} and beside.last + 1 < len(row):
        return beside.head.kind == "number"
    after = row.at(beside.last)
    if beside.single is not None and after.low in kinds.formations and after.raw[0].isupper():
        return True
    return _is_score(beside)


def _is_score(beside: Beside) -> bool:
    """ "won 3-1": digits on both sides of a hyphen that are no range."""
    row = beside.row
    left = row.joined(beside.first - 1) and row.at(beside.first - 2).kind == "number"
    right = row.joined(beside.last) and row.at(beside.last + 1).kind == "number"
    return (left or right) and beside.head.kind == "number"


def _is_duration(beside: Beside) -> bool:
    row, units = beside.row, beside.kinds.time_units
    if beside.tail.glued in {"h", "hr", "hrs", "min", "mins", "sec", "secs"}:
        return True
    at = row.word_after(beside.last)
    if row.low(at) in {"consecutive", "straight", "full", "more", "long", "whole", "calendar", "successive", "further"}:
        at += 1
    if row.low(at) == "second":
        return at > beside.last or row.low(beside.first) in {"one", "a"}
    return row.low(at) in units


def _is_measure(beside: Beside) -> bool:
    kinds = beside.kinds
    if beside.tail.glued and beside.tail.glued in kinds.measures:
        return beside.tail.glued != "m" or not is_million(beside.row, beside.last - 1, beside.grammar)
    after = beside.after
    if len(after) <= 2 and beside.tail.kind != "number":
        return False
    if after in kinds.weights_or_money:
        return True
    return after in kinds.measures or beside.row.low(beside.first - 1) == "magnitude"


def _is_denominator(beside: Beside) -> bool:
    row, kinds = beside.row, beside.kinds
    compound = row.joined(beside.last) and row.at(beside.last + 1).kind == "word"
    if compound and not match_phrase(beside.grammar.suffixes, row, beside.last + 1):
        return True
    if row.low(beside.last) in {"strong", "inhabitants"}:
        return True
    back = [row.low(beside.start - step) for step in range(1, 4)]
    if back[:2] == ["of", "out"] or back[:2] == ["to", "home"]:
        return True
    if back[0] == "of" and kinds.headcount_before & {back[1], row.low(beside.start - 3)}:
        return True
    if back[0] in {"population", "capacity"} or back[:2] == ["for", "capacity"]:
        return True
    return _is_whole_of_part(beside)


def _is_whole_of_part(beside: Beside) -> bool:
    """ "one of the 12", "three of his five children"."""
    row, words = beside.row, beside.grammar.words
    at = beside.start - 1
    if row.low(at) in {"the", "its", "his", "her", "their", "those", "these", "all", "my", "our"}:
        at -= 1
    if row.low(at) != "of":
        return False
    for step in range(3):
        low = row.low(beside.last + step)
        if low in beside.kinds.finite_verbs:
            break
        if low in beside.kinds.base_with_harm:
            return False  # "six of the nine miners they had seized": nine were seized
    part = row.at(at - 1)
    number = part.kind == "number" or part.low in words.units or part.low in words.tens
    return number or part.low in {"none", "some", "several", "many", "most", "all", "half", "few", "dozen"}


RULES: tuple[tuple[NumberKind, Callable[[Beside], bool]], ...] = (
    ("clock", _is_clock),
    ("percent", _is_percent),
    ("money", _is_money),
    ("age", _is_age),
    ("date", _is_date),
    ("name", _is_name),
    ("duration", _is_duration),
    ("distance", _is_measure),
    ("denominator", _is_denominator),
)
