"""Hours of the day: "at 5.30", "1430 GMT", "They came at 5, they left at 7"."""

from __future__ import annotations

from harmledger.extract.quantities.beside import Beside
from harmledger.extract.quantities.measures import is_measure


def is_clock(beside: Beside) -> bool:
    """ "at 5.30", "1430 GMT", "at ten to six", "They came at 5"."""
    row, head = beside.row, beside.head
    if head.glued in {"am", "pm", "gmt", "utc", "h", "hrs", "z"} and len(head.raw) > 2:
        return head.glued not in {"h", "hrs"} or head.digits_end - head.start == 4
    after = row.low(beside.last)
    if beside.before == "at" and row.low(beside.first - 2) in beside.times.weekdays:
        hour = len(head.raw) == 4 or (beside.single or 0) <= _HOURS
        return hour and row.at(beside.last).kind != "word"  # not "killed on Tuesday at 200"
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
    if beside.before in {"to", "past"}:
        part = row.low(beside.first - 2)
        fives = part in {"five", "ten", "twenty"} and row.low(beside.first - 3) in {"at", "by"}
        if fives or part in {"quarter", "half", "minutes"}:
            return True
    if _happens_at(beside) or (beside.before in {"at", "by", "until"} and _is_hour(beside)):
        return True
    if after == "in" and [row.low(beside.last + 1), row.low(beside.last + 2)] == ["the", "morning"]:
        return beside.before in {"at", "around", "about", "until", "by", "before", "after"}
    return _is_dotted_clock(beside)


def _is_hour(beside: Beside) -> bool:
    """ "at 11 on Monday", "by 9 last night", "at ten to six", "at 5 he"."""
    row = beside.row
    after, then = row.low(beside.last), row.low(beside.last + 1)
    if (beside.single or 0) > _HOURS or row.low(beside.first - 2) in _STAND:
        return False  # "the toll stood at 26 on Wednesday"
    if after == "on":
        return then in beside.times.weekdays
    if after == "," and beside.first == 1 and beside.before in {"by", "at"}:
        return beside.tail.low in beside.grammar.words.units  # "By seven, the station had 20"
    if after in {"last", "that", "this", "yesterday", "tonight", "the"}:
        return after in {"yesterday", "tonight"} or then in {"night", "morning", "evening", "same"}
    if after in {"to", "past"}:
        return then in beside.grammar.words.units and beside.tail.kind == "word"
    return after in {"he", "she", "they", "it", "we"} and beside.before == "at"


_HOURS = 24
_STAND = frozenset(
    {"stood", "stands", "stand", "put", "puts", "remained", "remains", "toll", "total", "estimated",
     "number", "count"}
)  # fmt: skip
_HAPPENS = frozenset(
    {"came", "come", "comes", "arrived", "left", "leaves", "began", "started", "closed", "closes",
     "closing", "opens", "opened", "woke", "struck", "attacked", "exploded", "over", "down", "off",
     "centre", "again"}
)  # fmt: skip
"""What happens at an hour. Tolls stand and people die at a number that is no hour."""
_BEHIND_HOUR = frozenset({"and", "on", "when", "this", "that", "local", "sharp", "in", "because"})


def _happens_at(beside: Beside) -> bool:
    """ "They came at 5, they left at 7", "the barrier closes at four"."""
    row, words = beside.row, beside.grammar.words
    at = beside.start - 1 if row.low(beside.start - 1) == "at" else beside.first - 1
    if row.low(at) != "at" or row.low(at - 1) not in _HAPPENS:
        return False
    hour = int(beside.single) if beside.single is not None else words.units.get(beside.tail.low, 0)
    after = row.at(beside.last)
    return 0 < hour <= 12 and (after.kind != "word" or after.low in _BEHIND_HOUR)


def _is_bare_clock(beside: Beside) -> bool:
    """ "at 1430,", "By 2300 86 wounded": four digits no year has, after a word of time."""
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
    return int(whole) < 24 and int(minutes) < 60 and not is_measure(beside)
