"""Where a list of those harmed ends, and whether a clause stands in it."""

from __future__ import annotations

from harmledger.extract.passage import Passage


def closed_by_comma(passage: Passage, first: int, last: int) -> int:
    """ "Six people, four soldiers and two civilians, were killed": an aside ends before the comma
    that the verb of the sentence follows; ``last`` where none does."""
    for at in range(first + 1, last):
        if passage.lowered[at] == "," and passage.tokens[at + 1].upos in {"AUX", "VERB"}:
            return at - 1
    return last


def has_finite_verb(passage: Passage, first: int, last: int) -> bool:
    return any(
        t.xpos in {"VBD", "VBZ", "VBP", "MD"} and t.upos in {"VERB", "AUX"}
        for t in passage.tokens[first : last + 1]
    )
