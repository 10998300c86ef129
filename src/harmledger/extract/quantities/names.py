"""Numbers that name something: "School No 21", "won 3-1", a telephone, a house in its street."""

from __future__ import annotations

from harmledger.extract.quantities.beside import Beside
from harmledger.extract.quantities.tokens import Token, looks_plural

_STREETS = frozenset(
    {"street", "avenue", "road", "lane", "boulevard", "square", "drive", "crescent"}
)
_VOTES = frozenset(
    {"vote", "votes", "voted", "voting", "won", "win", "lost", "beat", "beaten", "score", "scored",
     "defeated", "ruled", "margin", "approved", "rejected", "lead", "drew"}
)  # fmt: skip
_SHORTENED = frozenset({"no", "nr", "nos", "fig", "vol", "art", "p", "pp", "para", "sec", "ch"})
_CALLS = frozenset(
    {"call", "dial", "phone", "tel", "telephone", "hotline", "whatsapp", "fax", "sms", "helpline"}
)


def is_name(beside: Beside) -> bool:
    row, kinds = beside.row, beside.kinds
    at = beside.first - 1
    if row.low(at) == "." and row.low(at - 1) in _SHORTENED:
        at -= 1
    cue = row.at(at)
    if cue.low == "number" and (row.low(at - 1) in {*kinds.base_with_harm, "now", "already"}):
        return False  # "the dead number 13": the verb
    if cue.low == "no" and beside.head.kind != "number":
        return False  # "no two accounts agree"
    if cue.low in kinds.name_before and beside.start == beside.first:
        titled = cue.raw[:1].isupper() and not _shouted(cue)
        certain = cue.low in kinds.name_before_any_case or titled
        if certain and row.low(beside.last) not in kinds.death_numbers:
            return True
    if row.low(at) == "of" and row.at(at - 1).raw in {"Group", "GROUP"}:
        return True
    if row.low(at) == "[" and row.low(beside.last) == "]":
        return True
    if row.low(at) == "|" and at == 0 and row.low(beside.last) in {"|", "("}:
        return beside.head.kind == "number"  # what a row of a table is called
    if _numbers_item(beside):
        return True
    after = row.at(beside.last)
    formed = beside.single is not None and after.low in kinds.formations
    if formed and after.raw[0].isupper() and not _shouted(after):
        return True
    return any(
        rule(beside)
        for rule in (
            _is_score, _is_vote, _is_phone, _is_lettered, _is_house_number, _is_known, _is_title,
        )
    )  # fmt: skip


def _numbers_item(beside: Beside) -> bool:
    """ "1. Bunia: 16 killed. 2. Mahagi: 5 abducted": the numbers of a list, in one line too."""
    row, last = beside.row, beside.last
    if beside.head.kind != "number" or row.low(last) not in {".", ")"} or last + 1 >= len(row):
        return False
    if beside.first == 0:
        return True
    listed = row.at(0).kind == "number" and row.low(1) == row.low(last)
    begins = row.low(beside.first - 1) in {".", ";"} and row.at(last + 1).raw[:1].isupper()
    return listed and begins and row.touches(last)


def _shouted(token: Token) -> bool:
    """A word in capitals throughout: in telexes and headlines all are, and none is a title."""
    return len(token.raw) > 3 and token.raw.isupper()


def _is_score(beside: Beside) -> bool:
    """ "won 3-1": digits on both sides of a hyphen that are no range."""
    row = beside.row
    left = row.joined(beside.first - 1) and row.at(beside.first - 2).kind == "number"
    right = row.joined(beside.last) and row.at(beside.last + 1).kind == "number"
    return (left or right) and beside.head.kind == "number"


def _is_vote(beside: Beside) -> bool:
    """ "voted 14 to 1": the larger number first is no range."""
    row = beside.row
    at = beside.first if row.low(beside.last) == "to" else beside.first - 2
    high, low = row.at(at).value, row.at(at + 2).value
    if row.low(at + 1) != "to" or high is None or low is None or high <= low:
        return False
    return any(row.low(at - step) in _VOTES for step in range(1, 7))


def _is_phone(beside: Beside) -> bool:
    """ "+380 44 123 4567", "call 112"."""
    row = beside.row
    if beside.single is None:
        return False
    near = {row.low(beside.first - step) for step in range(1, 4)}
    if near & _CALLS and row.at(beside.last).kind != "word":
        return True
    first = beside.first
    while _goes_on(beside, first - 1):
        first -= 1
    last = beside.last
    while _goes_on(beside, last):
        last += 1
    groups = sum(row.at(i).kind == "number" for i in range(first, last))
    return groups > 2


def _goes_on(beside: Beside, at: int) -> bool:
    token = beside.row.at(at)
    bound = token.low == "-" and beside.row.joined(at)
    return bound or (token.kind == "number" and not token.glued)


def _is_lettered(beside: Beside) -> bool:
    """ "7B", "37U": a capital written onto the digits that is no unit and no scale."""
    head, kinds = beside.head, beside.kinds
    letters = head.raw[head.digits_end - head.start :]
    if beside.single is None or not letters.isupper() or not 1 <= len(letters) <= 2:
        return False
    if letters == "G" and len(head.raw) == 2:
        return True  # "4G"
    if head.glued in kinds.measures or head.glued in kinds.clock_after or head.glued == "h":
        return False
    if head.glued in beside.grammar.words.glued_scales:
        cue = beside.row.at(beside.first - 1)
        return cue.low in kinds.name_before and not looks_plural(beside.row.at(beside.last))
    return True


def _is_house_number(beside: Beside) -> bool:
    """ "17 Lenin Street"."""
    row = beside.row
    if beside.single is None or not row.at(beside.last).raw[:1].isupper():
        return False
    return any(row.low(beside.last + step) in _STREETS for step in (1, 2))


_CHANNELS = frozenset({"france", "russia", "ukraine", "news", "africa", "haiti"})
_EMERGENCY = frozenset({"911", "112", "999"})


def _is_known(beside: Beside) -> bool:
    """ "France 24", "a 911 call", "P5+1"."""
    row, head = beside.row, beside.head
    if head.raw == "24" and row.low(beside.first - 1) in _CHANNELS:
        return not looks_plural(row.at(beside.last)) and row.low(beside.last) != "people"
    if head.raw in _EMERGENCY and row.low(beside.last) in {"call", "calls", "dispatcher"}:
        return True
    return row.low(beside.first - 1) == "+" and row.at(beside.first - 2).kind == "name"


def _is_title(beside: Beside) -> bool:
    """ "the Guildford Four", "the Gang of Four", in a sentence that is no headline in capitals."""
    row, at = beside.row, beside.first - 1
    if beside.head.kind != "word" or not beside.head.raw[0].isupper() or beside.last - at != 2:
        return False
    if _shouted(beside.head):
        return False  # "so THREE dead": a stress
    after = row.at(beside.last)
    leads = at >= 0 and after.kind == "word" and after.raw[0].isupper()
    if leads and (row.at(at).kind == "word" or row.low(at) == ","):
        return _is_sentence(beside)  # "the Two Rivers Monitor"
    at -= row.low(at) == "of"
    before = row.at(at)
    if at < 0 or before.kind != "word" or not before.raw[0].isupper() or before.raw.isupper():
        return False
    return _is_sentence(beside)


def _is_sentence(beside: Beside) -> bool:
    """Most words begin small: a capital says something."""
    row = beside.row
    words = [token for token in row.items if token.kind == "word"]
    return sum(token.raw[0].islower() for token in words) * 2 > len(words)
