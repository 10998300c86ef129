"""Shares of a figure: "61 people fled, more than half of them under ten".

A part of its whole that states no number (reading rule 13). Only fractions and percentages that say
who they are; "most of them women" describes, and is left to the groups of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.core.quantity import Quantity
from harmledger.extract.claims.counting import Counted
from harmledger.extract.claims.draft import Draft, Note
from harmledger.extract.claims.people import describe_victims
from harmledger.extract.claims.phrases import is_person
from harmledger.extract.passage import Passage
from harmledger.lexicon.persons import PersonLexicon

_SHARE = re.compile(
    r"\b(?:(?:(?:well |just )?(?:more|less|fewer) than|about|around|nearly|almost|over|under|some|"
    r"at least)\s+)?(?:half|(?:a|one|two|three|four)[ -](?:third|quarter|fifth|tenth)s?|"
    r"\d+(?:\.\d+)? ?(?:percent|per cent|%))\s+of (?:them|whom|these|those)\b"
    r"(?:,? (?:are|were|is|was))?\s+(?P<who>(?:aged )?(?:under|over|below|above)\b|[\w’'-]+)",
    re.I,
)
_BY_AGE = re.compile(r"(?:aged )?(?:under|over|below|above)$", re.I)


def draft_shares(
    passage: Passage, drafts: Sequence[Draft], persons: PersonLexicon
) -> tuple[Draft, ...]:
    """The drafts with those of the shares told behind a figure of people."""
    found = list(drafts)
    if not any(d.figures for d in drafts):
        return tuple(found)
    for match in _SHARE.finditer(passage.text):
        start, end = passage.start + match.start(), passage.start + match.end()
        who = next(
            (t for t in passage.tokens if t.start >= passage.start + match.start("who")), None
        )
        whole = max(
            (
                n
                for n, d in enumerate(drafts)
                if d.kind == "person" and d.end <= start + 1 and d.figures
            ),
            key=lambda n: drafts[n].figures[-1].start,
            default=None,
        )
        if who is None or whole is None or any(start < d.end and d.start < end for d in found):
            continue
        if _BY_AGE.match(match["who"]) is None and not is_person(passage, who.index, persons):
            continue
        quantity = Quantity(as_written=match.group(), unit="persons", basis="implied")
        counted = Counted(
            quantity=quantity, head=who.index, noun=who.index, start=start, end=max(end, who.end)
        )
        found.append(
            Draft(
                harm=drafts[whole].harm,
                predicate=drafts[whole].predicate,
                start=start,
                end=counted.end,
                quantity=quantity,
                counted=counted,
                victims=describe_victims(passage, counted, persons),
                cause=drafts[whole].cause,
                kin=whole,
                notes=(
                    *(n for n in drafts[whole].notes if n.field == "harm"),
                    Note(field="part_of", start=start, end=counted.end, rule="part:share"),
                ),
                weak=drafts[whole].weak,
                score=0.7,
            )
        )
    return tuple(found)
