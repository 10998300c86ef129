"""Times that the frame of a report gives: the period it covers, the day of a post, the head of a
table (reading rule 18)."""

from __future__ import annotations

import re
from datetime import date

from harmledger.core.when import When
from harmledger.extract.claims.draft import SHARED_OUT
from harmledger.extract.claims.locate.head_lines import heads_incident
from harmledger.extract.claims.locate.own_time import may_date
from harmledger.extract.claims.locate.values import Section
from harmledger.extract.claims.locate.weighing.asked import Asked

Framed = tuple[When, tuple[int, int], str]
_PERIOD = re.compile(
    r"\b(?:in|during|over|for|throughout|within) the (?:same |whole |entire )?"
    r"(?:reporting |review )?(?P<unit>week|month|quarter|period)\b"
    r"(?! (?:of|to|before|after|that|from|since|between|ending)\b)",
    re.I,
)
_LENGTHS = {"week": (5, 9), "month": (28, 31), "quarter": (89, 93), "period": (3, 400)}
_TOP = 4
_NIGHT = 2
_ROWS = 8
"""Blocks of a table, with what stands right above it."""
_ABOVE = 3
"""Paragraphs above a table that may say what it counts."""
_LEAST_PERIOD = 3
_STRETCHES = frozenset({"since", "since_event", "lasting", "for_number", "nth_day", "this_year"})


def framed(asked: Asked) -> Framed | None:
    """The time the frame gives where the sentence says so, or says none of its own."""
    own = any(may_date(asked.passage, asked.draft, hit) for hit in asked.passage.times)
    if own:
        return None
    return _of_total(asked) or _period_covered(asked) or _of_section(asked)


def _of_total(asked: Asked) -> Framed | None:
    """ "By district: Orvan 81, Tesk 44", shares of the total told before: of its time."""
    shares = [d for d in asked.drafts if any(n.rule == SHARED_OUT for n in d.notes)]
    if asked.draft not in shares:
        return None
    added = sum(d.quantity.low or 0 for d in shares)
    for chosen in reversed(asked.course.chosen):
        whole, when = chosen.draft, chosen.when
        if whole.harm == asked.draft.harm and whole.quantity.low == added:
            if when.value is None or when.span is None:
                return None
            return when.value, when.span, when.rule
    return None


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
    if passage.kind == "table_row":
        return _of_table(asked, section)
    if section is None or section.when is None or section.when_span is None:
        return None
    dayed = asked.report.is_diary and section.when.precision == 1
    counted = (
        section.led
        and passage.kind == "list_item"
        and _days(section.when) >= _LEAST_PERIOD
        and not any(hit.when.edtf for hit in passage.times)
    )
    if not (section.posted or dayed or counted):
        return None
    if _told_otherwise(asked, section.when):
        return None
    return section.when, section.when_span, "time:heading"


def _told_otherwise(asked: Asked, posted: When) -> bool:
    """ "Overnight 41 drones came over. One fell on …": the post itself tells of another time."""
    passage = asked.passage
    earlier = [t for t in asked.report.dated.told if t.block == passage.block]
    last = next((t for t in reversed(earlier) if t.sentence < passage.index), None)
    when = last.when if last is not None else None
    return when is not None and when.edtf != posted.edtf and (when.precision or 9) <= _NIGHT


def _of_table(asked: Asked, section: Section | None) -> Framed | None:
    """The time that heads the column, else the table, else what the report covers."""
    passage = asked.passage
    if any(hit.when.edtf for hit in passage.times):
        return None  # the row says its own day
    cell = next((c for c in passage.cells if c.start <= asked.draft.start < c.end), None)
    if section is not None and cell is not None and cell.place < len(section.column_times):
        hit = section.column_times[cell.place]
        if hit is not None:
            return hit.when, (hit.start, hit.end), "time:heading"
    if section is not None and section.row_year is not None:
        year = section.row_year
        return year.when, (year.start, year.end), "time:heading"
    if section is not None and section.when is not None and section.when_span is not None:
        return section.when, section.when_span, "time:heading"
    if section is not None and any(section.column_times):
        return None  # the period is that of another column
    return _period_above(asked)


def _period_above(asked: Asked) -> Framed | None:
    """The period that the head of the report, or a paragraph right above a table, counts."""
    passage, report = asked.passage, asked.report
    tops = [head for head in report.head_times if head.block < _TOP]
    before = [p for p in report.passages_before(passage, _ROWS) if p.kind != "table_row"]
    blocks = list(dict.fromkeys(p.block for p in before if p.kind != "heading"))[:_ABOVE]
    above = [hit for p in before if p.block in blocks for hit in p.times[::-1]]
    for hit in (*(head.hit for head in tops), *above):
        if _days(hit.when) >= _LEAST_PERIOD and hit.when.rule not in _STRETCHES:
            head = next((report.text.blocks[top.block] for top in tops if top.hit is hit), None)
            body = report.text.text[head.start : head.end] if head is not None else ""
            rule = "time:heading_of_incident" if heads_incident(body) else "time:heading"
            return hit.when, (hit.start, hit.end), rule
    return None
