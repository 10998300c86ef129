"""Times that the frame of a report gives: the period it covers, the day of a post, the head of a
table (reading rule 18)."""

from __future__ import annotations

import re
from datetime import date

from harmledger.core.when import When
from harmledger.extract.claims.locate.own_time import may_date
from harmledger.extract.claims.locate.weighing.asked import Asked

Framed = tuple[When, tuple[int, int], str]
_PERIOD = re.compile(
    r"\b(?:in|during|over|for|throughout|within) the (?:same |whole |entire )?"
    r"(?:reporting |review )?(?P<unit>week|month|quarter|period)\b"
    r"(?! (?:of|to|before|after|that|from|since|between|ending)\b)",
    re.I,
)
_LENGTHS = {"week": (5, 9), "month": (28, 31), "quarter": (89, 93), "period": (3, 400)}
_STAMP = re.compile(r"\W{0,4}\d{1,2}[:.h]\d{2}\b")


def framed(asked: Asked) -> Framed | None:
    """The time the frame gives where the sentence says so, or says none of its own."""
    own = any(may_date(asked.passage, asked.draft, hit) for hit in asked.passage.times)
    if own:
        return None
    return _period_covered(asked) or _of_section(asked)


def _period_covered(asked: Asked) -> Framed | None:
    """ "1,140 households fled during the week": the week of the report's head."""
    match = _PERIOD.search(asked.passage.text)
    if match is None:
        return None
    least, most = _LENGTHS[match["unit"].lower()]
    for head in asked.report.head_times:
        if head.block < asked.passage.block and least <= _days(head.hit.when) <= most:
            return head.hit.when, (head.hit.start, head.hit.end), "time:heading"
    return None


def _days(when: When) -> int:
    if when.earliest is None or when.latest is None:
        return 0
    return (date.fromisoformat(when.latest) - date.fromisoformat(when.earliest)).days + 1


def _of_section(asked: Asked) -> Framed | None:
    """A row of a table, or a post by the clock, is of its head's time."""
    passage = asked.passage
    section = asked.thread.sections.get(passage.block)
    if section is None or section.when is None or section.when_span is None:
        return None
    block = asked.report.text.blocks[passage.block]
    posted = _STAMP.match(asked.report.text.text, block.start, block.end) is not None
    if passage.kind == "table_row" and any(hit.when.edtf for hit in passage.times):
        return None  # the row says its own day
    if passage.kind != "table_row" and not posted:
        return None
    return section.when, section.when_span, "time:heading"
