"""Which lines of a report head what stands under them, and how far down."""

from __future__ import annotations

import re

from harmledger.core.document import Block, Text
from harmledger.extract.times import find_times
from harmledger.lexicon.incident_words import load_incident_words

_BOLD = re.compile(r"\s*(?:\*\*|__)[^*_\n]{3,140}(?:\*\*|__):?\s*")
_LEVEL = re.compile(r"\s*(#{1,6})\s")
TITLE = re.compile(
    r"\b(?:statement|letter|update|snapshot|summary|bulletin|reports?|weekly?|monthly|notes?|monitor|"
    r"situation|overview|register|review|brief|briefing|digest|dispatch|communiqu[eé]|log|diary|"
    r"at a glance|what happened (?:over|in|during) the|in figures|"
    r"by (?:county|district|province|region|cercle|governorate))\b",
    re.I,
)
"""Words of a report's own title, which tells no incident."""
_TOP = 4
"""Blocks at the head of a report among which its title may stand."""
_INCIDENT = re.compile(
    r"\bthe (?:\w+ )?(?:fighting|battle|attack|raid|assault|shelling|bombardment|clash(?:es)?|"
    r"operation|offensive|siege|bombing|storming|massacre|strike) (?:in|at|of|on|for|near)\b",
    re.I,
)
""" "casualties of the fighting in Zawiya": all under it is of one incident."""


def heads_incident(body: str) -> bool:
    """Whether a head tells of one incident, which all figures under it are of."""
    return _INCIDENT.search(body) is not None


_COVERS = re.compile(
    r"\W*(?:(?:this|the|our) )?(?:[\w-]+ ){0,2}?"
    r"(?:(?:bulletin|report|update|summary|digest|briefing|brief|snapshot|dispatch|newsletter|review|"
    r"overview|log) (?:covers|covering|spans|is for|for the (?:week|month|period)|"
    r"(?:of|on) the (?:week|month|period))\b"
    r"|period (?:covered|under review|of report):|reporting (?:period|week|month):|covering\b)",
    re.I,
)
_SHORT = 110


def says_what_it_covers(body: str) -> bool:
    """ "This bulletin covers 6 to 12 May 2024.": a line of its own at the head of a report."""
    return len(body) < _SHORT and _COVERS.match(body) is not None


def _in_table(text: Text, number: int) -> bool:
    """Whether rows of a table stand right before or after a row."""
    beside = (*text.blocks[max(0, number - 1) : number], *text.blocks[number + 1 : number + 2])
    return any(block.kind == "table_row" for block in beside)


def level_of(text: Text, block: Block, number: int) -> int | None:
    """1 to 6 for headings, 7 for a line in bold, 2 for a title line of plain words, or of words
    parted by a bar; None for the rest and for headlines that tell an incident."""
    body = text.text[block.start : block.end]
    if block.kind == "heading":
        match = _LEVEL.match(body)
        level = len(match[1]) if match else 2
        telling = _without_times(text.text, block)
        return level if level > 1 or TITLE.search(body) or _names_no_incident(telling) else None
    if block.kind == "table_row" and number < _TOP and not _in_table(text, number):
        return 2 if TITLE.search(body) else None
    if block.kind != "paragraph":
        return None
    if _BOLD.fullmatch(body):
        return 7
    if number < _TOP and says_what_it_covers(body):
        return 2
    title = number < _TOP and len(body) < 100 and body.rstrip()[-1:].isalnum()
    return 2 if title and TITLE.search(body) and "\n" not in body.strip() else None


def _without_times(text: str, block: Block) -> str:
    """The words of a heading but those of its times: "March 2022" tells of no march."""
    body = text[block.start : block.end]
    for hit in find_times(text, block.start, block.end, None):
        body = body.replace(text[hit.start : hit.end], " ")
    return body


def _names_no_incident(body: str) -> bool:
    lowered = re.findall(r"[\w'’-]+", body.lower())
    singular = [word[:-1] if word.endswith("s") else word for word in lowered]
    words = load_incident_words()
    return not any(
        words.named.match(lowered, singular, at) or singular[at] in words.victims
        for at in range(len(lowered))
    )
